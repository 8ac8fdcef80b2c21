//! The elements of HTML as far as a mail's text goes: which make lines, which are not shown, which have no end.

/// What sort of element a tag belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Anchor,
    Blockquote,
    /// Begins and ends a line.
    Block,
    Break,
    /// `td`, `th`.
    Cell {
        is_head: bool,
    },
    /// Its content is no text: it is passed over to its end.
    Dropped,
    Image,
    /// Everything that stands within a line.
    Inline,
    Item,
    List {
        is_numbered: bool,
    },
    /// Stands apart, with an empty line above and below.
    Paragraph,
    Preformatted,
    Row,
    Rule,
    Table,
    /// Has neither content nor meaning here.
    Void,
}

/// The longest name that is known: `blockquote`, `figcaption`.
const LONGEST: usize = 10;

impl Element {
    /// What an element of this name is, whatever its case.
    pub(super) fn named(name: &str) -> Self {
        let mut lower = [0_u8; LONGEST];
        let Some(lower) = lower.get_mut(..name.len()) else {
            return Self::Inline;
        };
        for (to, from) in lower.iter_mut().zip(name.bytes()) {
            *to = from.to_ascii_lowercase();
        }
        Self::of(lower)
    }

    fn of(lower: &[u8]) -> Self {
        match lower {
            b"a" => Self::Anchor,
            b"blockquote" => Self::Blockquote,
            b"br" => Self::Break,
            b"td" => Self::Cell { is_head: false },
            b"th" => Self::Cell { is_head: true },
            b"script" | b"style" | b"title" | b"noframes" | b"xml" | b"template" => Self::Dropped,
            b"img" => Self::Image,
            b"li" => Self::Item,
            b"ul" | b"menu" | b"dir" => Self::List { is_numbered: false },
            b"ol" => Self::List { is_numbered: true },
            b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"dl" => Self::Paragraph,
            b"pre" | b"listing" | b"xmp" | b"plaintext" => Self::Preformatted,
            b"tr" => Self::Row,
            b"hr" => Self::Rule,
            b"table" => Self::Table,
            b"input" | b"meta" | b"link" | b"col" | b"area" | b"base" | b"wbr" | b"embed"
            | b"source" | b"track" | b"param" | b"bgsound" => Self::Void,
            b"div" | b"body" | b"html" | b"head" | b"center" | b"section" | b"article"
            | b"header" | b"footer" | b"main" | b"nav" | b"aside" | b"address" | b"form"
            | b"fieldset" | b"legend" | b"details" | b"summary" | b"figure" | b"figcaption"
            | b"dt" | b"dd" | b"option" | b"tbody" | b"thead" | b"tfoot" | b"caption" => {
                Self::Block
            }
            _ => Self::Inline,
        }
    }

    /// Whether it stands within a line: its tags are kept track of only where they mean something.
    pub(super) const fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Anchor)
    }

    /// Whether it never has an end tag.
    pub(super) const fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Image | Self::Rule | Self::Void)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_whatever_their_case() {
        assert_eq!(Element::named("TD"), Element::Cell { is_head: false });
        assert_eq!(Element::named("Blockquote"), Element::Blockquote);
        assert_eq!(Element::named("o:p"), Element::Inline);
        assert_eq!(Element::named("anna-very-long"), Element::Inline);
        assert_eq!(Element::named(""), Element::Inline);
    }
}
