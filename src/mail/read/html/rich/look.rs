//! How the words look: the elements that are passed on, and of their styles what means something to a reader.
//!
//! Everything is written anew, nothing copied: a colour is a number, a weight is a word of ours. Colours that are near
//! black, white or grey are left to the reader's program: on a dark screen black text would be lost, and white text on
//! white is how words are hidden.

use super::super::{
    entities,
    links::{self, Target},
    tag::Attributes,
};

/// The elements that are passed on, pictures aside.
pub(super) const ELEMENTS: [&str; 43] = [
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// How different the parts of a colour must be for it to say something.
const TELLING: u8 = 64;

/// The brightest text, and the darkest ground, of 255.
const BRIGHT_MAX: u32 = 200;
const DARK_MIN: u32 = 150;

/// The element of ours that an element of this name becomes.
pub(super) fn element(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let wanted = match lower.as_str() {
        "font" => "span",
        "center" => "div",
        "tt" => "code",
        other => other,
    };
    ELEMENTS.iter().find(|known| **known == wanted).copied()
}

/// The start tag of such an element; `None` where it would say nothing.
pub(super) fn start_tag(element: &str, attributes: &Attributes<'_>) -> Option<String> {
    let mut tag = format!("<{element}");
    match element {
        "a" => tag.push_str(&format!(
            " href=\"{}\"",
            escaped(&target(attributes.href?)?)
        )),
        "ol" => number(&mut tag, "start", attributes.start),
        "td" | "th" => {
            number(&mut tag, "colspan", attributes.colspan);
            number(&mut tag, "rowspan", attributes.rowspan);
        }
        "table" => tag.push_str(" cellspacing=\"0\" cellpadding=\"4\""),
        _ => {}
    }
    let style = style(element, attributes);
    if !style.is_empty() {
        tag.push_str(&format!(" style=\"{}\"", style.join(";")));
    } else if element == "span" {
        return None;
    }
    tag.push('>');
    Some(tag)
}

/// The tag of a picture of the mail itself.
pub(super) fn picture(new_id: &str, attributes: &Attributes<'_>) -> String {
    let mut tag = format!("<img src=\"cid:{}\"", escaped(new_id));
    if let Some(alt) = attributes.alt {
        let alt: String = entities::decoded(alt).chars().take(200).collect();
        tag.push_str(&format!(" alt=\"{}\"", escaped(&alt)));
    }
    number(&mut tag, "width", attributes.width);
    number(&mut tag, "height", attributes.height);
    tag.push('>');
    tag
}

/// Where a link leads: to pages and mail addresses.
fn target(href: &str) -> Option<String> {
    match links::target(href)? {
        Target::Mail(address) => Some(format!("mailto:{address}")),
        Target::Page(page) => {
            let (scheme, _) = page.split_once(':')?;
            let is_web = ["http", "https"]
                .iter()
                .any(|s| scheme.eq_ignore_ascii_case(s));
            is_web.then_some(page)
        }
    }
}

/// Text as it stands in HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\u{A0}' => html.push_str("&nbsp;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => html.push(c),
        }
    }
    html
}

fn number(tag: &mut String, name: &str, value: Option<&str>) {
    let value = value.map(|value| value.trim().trim_end_matches("px"));
    if let Some(number) = value.and_then(|value| value.parse::<u16>().ok())
        && (1..=2000).contains(&number)
    {
        tag.push_str(&format!(" {name}=\"{number}\""));
    }
}

fn style(element: &str, attributes: &Attributes<'_>) -> Vec<String> {
    let mut style = Vec::new();
    let mut add = |property: &str, value: Option<String>| {
        if let Some(value) = value {
            style.push(format!("{property}:{value}"));
        }
    };
    add("color", attributes.color.and_then(text_colour));
    add("text-align", attributes.align.and_then(side));
    let is_cell = matches!(element, "td" | "th");
    let mut is_framed = false;
    for declaration in attributes.style.unwrap_or_default().split(';').take(100) {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let property = property.trim().to_ascii_lowercase();
        let value = entities::decoded(value).trim().to_ascii_lowercase();
        match property.as_str() {
            "color" => add("color", text_colour(&value)),
            "background" | "background-color" => {
                add("background-color", ground_colour(&value));
            }
            "font-weight" => add("font-weight", weight(&value)),
            "font-style" => add("font-style", one_of(&value, &["italic"])),
            "text-decoration" => {
                add(
                    "text-decoration",
                    one_of(&value, &["underline", "line-through"]),
                );
            }
            "text-align" => add("text-align", side(&value)),
            "font-family"
                if ["courier", "consolas", "monospace"]
                    .iter()
                    .any(|f| value.contains(f)) =>
            {
                add("font-family", Some("monospace".to_owned()));
            }
            "white-space" => add(
                "white-space",
                value.starts_with("pre").then(|| "pre-wrap".to_owned()),
            ),
            property if property.starts_with("border") => is_framed |= value.contains("solid"),
            _ => {}
        }
    }
    if is_cell && is_framed {
        add("border", Some("1px solid #767676".to_owned()));
    }
    style
}

fn side(value: &str) -> Option<String> {
    one_of(
        &value.to_ascii_lowercase(),
        &["left", "center", "right", "justify"],
    )
}

fn one_of(value: &str, known: &[&str]) -> Option<String> {
    let mut words = value.split_ascii_whitespace();
    words.find(|word| known.contains(word)).map(str::to_owned)
}

fn weight(value: &str) -> Option<String> {
    let is_bold = value.starts_with("bold") || value.parse::<u16>().is_ok_and(|n| n >= 600);
    is_bold.then(|| "bold".to_owned())
}

fn text_colour(value: &str) -> Option<String> {
    telling(value)
        .filter(|c| brightness(*c) <= BRIGHT_MAX)
        .map(written)
}

fn ground_colour(value: &str) -> Option<String> {
    telling(value)
        .filter(|c| brightness(*c) >= DARK_MIN)
        .map(written)
}

/// A colour that is one: no black, white or grey.
fn telling(value: &str) -> Option<[u8; 3]> {
    let colour = value
        .split_ascii_whitespace()
        .find_map(colour)
        .or_else(|| colour(value))?;
    let most = colour.iter().max()?;
    let least = colour.iter().min()?;
    (most.saturating_sub(*least) >= TELLING).then_some(colour)
}

fn colour(value: &str) -> Option<[u8; 3]> {
    let value = value.trim().to_ascii_lowercase();
    if let Some(digits) = value.strip_prefix('#') {
        let digit = |at: usize| digits.get(at..at.saturating_add(1)).map(|d| d.repeat(2));
        let pair = |at: usize| digits.get(at..at.saturating_add(2)).map(str::to_owned);
        let parts = match digits.len() {
            3 => [digit(0)?, digit(1)?, digit(2)?],
            6 => [pair(0)?, pair(2)?, pair(4)?],
            _ => return None,
        };
        let mut colour = [0; 3];
        for (to, from) in colour.iter_mut().zip(&parts) {
            *to = u8::from_str_radix(from, 16).ok()?;
        }
        return Some(colour);
    }
    if let Some(inside) = value.strip_prefix("rgb(").and_then(|v| v.strip_suffix(')')) {
        let mut parts = inside.split(',').map(|part| part.trim().parse::<u8>().ok());
        return Some([parts.next()??, parts.next()??, parts.next()??]);
    }
    Some(match value.as_str() {
        "red" => [255, 0, 0],
        "darkred" | "maroon" => [128, 0, 0],
        "green" => [0, 128, 0],
        "blue" => [0, 0, 255],
        "navy" => [0, 0, 128],
        "purple" => [128, 0, 128],
        "orange" => [255, 140, 0],
        "teal" => [0, 128, 128],
        "brown" => [165, 42, 42],
        "yellow" => [255, 255, 0],
        "lime" => [0, 255, 0],
        "aqua" | "cyan" => [0, 255, 255],
        "fuchsia" | "magenta" => [255, 0, 255],
        _ => return None,
    })
}

/// How bright people see it, of 255 (ITU-R BT.601).
fn brightness([red, green, blue]: [u8; 3]) -> u32 {
    let weighted = [(red, 299), (green, 587), (blue, 114)];
    let sum = weighted.iter().fold(0_u32, |sum, (part, weight)| {
        sum.saturating_add(u32::from(*part).saturating_mul(*weight))
    });
    sum / 1000
}

fn written([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, kept: &str) {
        let attributes = Attributes {
            style: Some(given),
            ..Attributes::default()
        };
        assert_eq!(style("td", &attributes).join(";"), kept, "{given}");
    }

    #[test]
    fn looks_that_mean_something_are_kept() {
        check(
            "font-weight:700; COLOR: Red",
            "font-weight:bold;color:#ff0000",
        );
        check("color:#c00", "color:#cc0000");
        check("color:rgb(0, 0, 200)", "color:#0000c8");
        check(
            "background:yellow;font-style:italic",
            "background-color:#ffff00;font-style:italic",
        );
        check(
            "text-decoration:line-through",
            "text-decoration:line-through",
        );
        check("border:solid windowtext 1.0pt", "border:1px solid #767676");
    }

    #[test]
    fn what_hides_or_covers_is_not() {
        for given in [
            "color:black",
            "color:#fff",
            "color:#eeff00",
            "color:windowtext",
            "background:#000",
            "background:url(https://evil.example/x.png)",
            "background:#003366",
            "position:fixed;top:0;z-index:9",
            "font-size:0",
            "behavior:url(x.htc)",
            "width:expression(alert(1))",
        ] {
            check(given, "");
        }
    }
}
