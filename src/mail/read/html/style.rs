//! The little of CSS that decides what of a mail is read: what is hidden, what keeps its line ends, how close lines stand.

use crate::mail::read::bytes::starts_with_ignore_case as starts;

/// What a `style` attribute says, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style(u8);

impl Style {
    /// Not shown.
    pub(super) const HIDDEN: Self = Self(1);
    /// Line ends and spaces count.
    pub(super) const PREFORMATTED: Self = Self(2);
    /// Of no size at all; what stands within may say a size of its own.
    pub(super) const TINY: Self = Self(4);
    /// Of a readable size, whatever the size around it.
    pub(super) const READABLE: Self = Self(8);
    /// No space above and below: a paragraph of this sort is one line, not one with an empty line around it.
    pub(super) const TIGHT: Self = Self(16);
    /// The number or dot that Word writes before a list's item.
    pub(super) const LIST_MARK: Self = Self(32);
    /// A line is drawn above, and none else: how Outlook parts what it quotes from what is new.
    pub(super) const RULED_OFF: Self = Self(64);
    /// No line is drawn around: a `blockquote` of this sort only moves its text to the right.
    pub(super) const UNFRAMED: Self = Self(128);

    /// Reads a `style` attribute.
    pub(super) fn read(style: &str) -> Self {
        let mut found = Self::default();
        let mut edges = Edges::default();
        for declaration in style.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let (name, value) = (name.trim(), value.trim());
            found = found.with(looks(name, value));
            edges.read(name, value);
        }
        found.with(edges.sum())
    }

    /// Whether it says `wanted`.
    pub(super) const fn has(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// Whether the element's end must be known, within text too small to be seen or not.
    pub(super) const fn matters(self, is_tiny: bool) -> bool {
        let looks = Self::HIDDEN.0 | Self::PREFORMATTED.0 | Self::TINY.0 | Self::LIST_MARK.0;
        self.0 & looks != 0 || (is_tiny && self.has(Self::READABLE))
    }

    /// The same, nothing hidden.
    pub(super) const fn shown(self) -> Self {
        Self(self.0 & !(Self::HIDDEN.0 | Self::TINY.0))
    }

    /// Both together.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn when(self, holds: bool) -> Self {
        if holds { self } else { Self::default() }
    }
}

/// What one declaration says of the text. `mso-hide` alone hides nothing: it is how a button is hidden from Outlook only.
fn looks(name: &str, value: &str) -> Style {
    match name.len() {
        7 if is(name, "display") => Style::HIDDEN.when(starts(value, "none")),
        7 if is(name, "opacity") => Style::HIDDEN.when(value == "0"),
        8 if is(name, "mso-list") => Style::LIST_MARK.when(starts(value, "ignore")),
        9 if is(name, "font-size") => match length(value) {
            Some(0) => Style::TINY,
            Some(_) | None => Style::READABLE,
        },
        10 if is(name, "visibility") => Style::HIDDEN.when(starts(value, "hidden")),
        11 if is(name, "white-space") => {
            let keeps = starts(value, "pre") || starts(value, "break-spaces");
            Style::PREFORMATTED.when(keeps)
        }
        _ => Style::default(),
    }
}

/// What has been said of an element's edges and measures.
#[derive(Default)]
struct Edges {
    /// No space above, below.
    tight: (bool, bool),
    /// No border at all, but one above.
    border: (bool, bool),
    /// No height, and nothing shown beyond it.
    height: (bool, bool),
}

impl Edges {
    fn read(&mut self, name: &str, value: &str) {
        let is_none = || length(value) == Some(0);
        match name.len() {
            6 if is(name, "margin") => self.tight = margins(value),
            10 if is(name, "margin-top") => self.tight.0 = is_none(),
            13 if is(name, "margin-bottom") => self.tight.1 = is_none(),
            6 if is(name, "border") => self.border.0 |= starts(value, "none") || is_none(),
            10 if is(name, "border-top") => self.border.1 |= starts(value, "solid"),
            6 if is(name, "height") => self.height.0 |= is_none(),
            10 if is(name, "max-height") => self.height.0 |= is_none(),
            8 if is(name, "overflow") => self.height.1 |= starts(value, "hidden"),
            _ => {}
        }
    }

    fn sum(&self) -> Style {
        let has_all = (true, true);
        Style::TIGHT
            .when(self.tight == has_all)
            .with(Style::HIDDEN.when(self.height == has_all))
            .with(Style::RULED_OFF.when(self.border == has_all))
            .with(Style::UNFRAMED.when(self.border == (true, false)))
    }
}

/// Whether `margin: 0 …` leaves no space above and below.
fn margins(value: &str) -> (bool, bool) {
    let is_none = |word| length(word) == Some(0);
    let mut words = value.split_ascii_whitespace();
    let top = words.next().is_some_and(is_none);
    let bottom = words.nth(1).map_or(top, is_none);
    (top, bottom)
}

/// The whole part of a length; `None` for shares of another one such as `100%` and `1.2em`. Word writes `.0001pt` for
/// nothing.
fn length(value: &str) -> Option<u32> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let whole = value.get(..digits)?;
    let rest = value.get(digits..)?;
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if whole.is_empty() && unit.len() == rest.len() {
        return None;
    }
    let whole: u32 = if whole.is_empty() {
        0
    } else {
        whole.parse().unwrap_or(u32::MAX)
    };
    let is_share = ["%", "em", "rem", "ex", "vw"]
        .iter()
        .any(|u| starts(unit, u));
    (whole == 0 || !is_share).then_some(whole)
}

fn is(word: &str, wanted: &str) -> bool {
    word.eq_ignore_ascii_case(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(style: &str, says: Style) {
        assert_eq!(Style::read(style), says, "{style}");
    }

    #[test]
    fn what_is_hidden_is_known() {
        check("display: none", Style::HIDDEN);
        check("color:red;DISPLAY:NONE!important", Style::HIDDEN);
        check("visibility:hidden", Style::HIDDEN);
        check("opacity:0", Style::HIDDEN);
        check("max-height:0px; overflow:hidden", Style::HIDDEN);
        check("font-size:0", Style::TINY);
        check("font-size:0px!important", Style::TINY);
    }

    #[test]
    fn what_is_shown_is_known() {
        let plain = Style::default();
        check("", plain);
        check("display:block", plain);
        check("mso-hide:all", plain);
        check("opacity:0.8", plain);
        check("max-height:0", plain);
        check("font-size:1px", Style::READABLE);
        check("font-size:14px", Style::READABLE);
        check("font-size:1em", Style::READABLE);
        check("font-size:100%", Style::READABLE);
        check("font-size:small", Style::READABLE);
        check("white-space:nowrap", plain);
        check(
            "white-space:pre-wrap;font-size:12pt",
            Style::PREFORMATTED.with(Style::READABLE),
        );
    }

    #[test]
    fn edges_are_known() {
        check("margin:0cm;margin-bottom:.0001pt", Style::TIGHT);
        check("margin: 0 0 0 40px", Style::TIGHT);
        check("margin-top:0pt;margin-bottom:0pt", Style::TIGHT);
        check("margin:0 0 10px", Style::default());
        check(
            "border:none; border-top:solid #B5C4DF 1.0pt",
            Style::RULED_OFF,
        );
        check("border-top:solid red 1.0pt", Style::default());
        check(
            "margin:0 0 0 40px;border:none",
            Style::TIGHT.with(Style::UNFRAMED),
        );
        check("mso-list:Ignore", Style::LIST_MARK);
    }
}
