//! The boxes in which mail programs put what they quote.

use super::tag::Attributes;

/// What an element is to the text within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A mail program's box around what it quotes, attribution and all.
    Quoted,
    /// From here to the end all is quoted.
    Rest,
    /// A quote like `> `.
    Blockquote,
    /// None of these.
    Plain,
}

/// Classes by which mail programs mark what they quote.
const CLASSES: [&str; 13] = [
    "gmail_quote",
    "gmail_attr",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "moz-cite-prefix",
    "moz-forward-container",
    "zmail_extra",
    "outlookmessageheader",
    "hs_reply",
    "mail_quote",
    "gmail_quote_container",
    "ms-outlook-mobile-reference-message",
];

/// Ids by which they do.
const IDS: [&str; 8] = [
    "divrplyfwdmsg",
    "appendonsend",
    "olk_src_body_section",
    "mail-editor-reference-message-container",
    "isforwardcontent",
    "isreplycontent",
    "reply-intro",
    "divtagdefaultwrapper-quote",
];

/// The colours of the line that Outlook draws above the header block of what it quotes.
const RULE_COLOURS: [&str; 4] = ["#b5c4df", "#e1e1e1", "#e5e5e5", "windowtext"];

/// What class and id say. Outlook on the web writes `x_` before those of the mail it quotes.
pub(super) fn role(attributes: &Attributes<'_>) -> Role {
    let is_one_of = |word: &str, known: &[&str]| {
        let word = word.strip_prefix("x_").unwrap_or(word);
        known.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let is_quoting = attributes.class.is_some_and(|class| {
        class
            .split_ascii_whitespace()
            .any(|word| is_one_of(word, &CLASSES))
    });
    if is_quoting {
        return Role::Quoted;
    }
    let Some(id) = attributes.id.map(|id| id.trim_start_matches("x_")) else {
        return Role::Plain;
    };
    if id.eq_ignore_ascii_case("reply-intro") {
        Role::Quoted
    } else if is_one_of(id, &IDS) {
        Role::Rest
    } else {
        Role::Plain
    }
}

/// Whether a line above an element, and none else, is the one that Outlook draws.
pub(super) fn is_outlooks_rule(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    RULE_COLOURS.iter().any(|colour| style.contains(colour))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(class: Option<&str>, id: Option<&str>, expected: Role) {
        let attributes = Attributes {
            class,
            id,
            ..Attributes::default()
        };
        assert_eq!(role(&attributes), expected, "{class:?} {id:?}");
    }

    #[test]
    fn quoting_elements_are_known() {
        check(Some("a gmail_quote"), None, Role::Quoted);
        check(Some("x_gmail_quote"), None, Role::Quoted);
        check(None, Some("x_divRplyFwdMsg"), Role::Rest);
        check(None, Some("reply-intro"), Role::Quoted);
        check(Some("quote"), Some("main"), Role::Plain);
        assert!(is_outlooks_rule("border-top:solid #B5C4DF 1.0pt"));
    }
}
