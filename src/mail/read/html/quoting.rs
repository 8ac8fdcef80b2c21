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

/// How classes end by which mail programs mark what they quote; they put letters of their own before those of the mail
/// they quote: `x_`, `ecx`, `m_-123`, `ydp1a2b`.
const CLASS_ENDS: [&str; 6] = [
    "gmail_quote",
    "gmail_attr",
    "yahoo_quoted",
    "protonmail_quote",
    "zmail_extra",
    "outlookmessageheader",
];

/// Other classes by which they do, as a whole.
const CLASSES: [&str; 12] = [
    "tutanota_quote",
    "moz-cite-prefix",
    "moz-forward-container",
    "hs_reply",
    "mail_quote",
    "mail_android_quote",
    "gmail_quote_container",
    "fairemail_quote",
    "freshdesk_quote",
    "front-blockquote",
    "missive_quote",
    "ms-outlook-mobile-reference-message",
];

/// Ids by which they do. What stands behind one is quoted to the end only if it begins as a mail does.
const IDS: [&str; 11] = [
    "divrplyfwdmsg",
    "appendonsend",
    "olk_src_body_section",
    "mail-editor-reference-message-container",
    "isforwardcontent",
    "isreplycontent",
    "reply-intro",
    "divtagdefaultwrapper-quote",
    "zwchr",
    "stopspelling",
    "original-content",
];

/// Names by which Spark and Zimbra do (`name`, `data-marker`).
const NAMES: [&str; 3] = ["messagereplysection", "__quoted_text__", "__headers__"];

/// The colours of the line that Outlook draws above the header block of what it quotes.
const RULE_COLOURS: [&str; 5] = ["#b5c4df", "#e1e1e1", "#e5e5e5", "rgb(229", "windowtext"];

/// What class, id and name say.
pub(super) fn role(attributes: &Attributes<'_>) -> Role {
    let is_one_of = |word: &str, known: &[&str]| {
        let word = word.strip_prefix("x_").unwrap_or(word);
        known.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let is_quoting = |class: &str| {
        class
            .split_ascii_whitespace()
            .any(|word| ends_as_quote(word) || is_one_of(word, &CLASSES))
    };
    if attributes.class.is_some_and(is_quoting)
        || attributes.name.is_some_and(|name| is_one_of(name, &NAMES))
    {
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

fn ends_as_quote(class: &str) -> bool {
    CLASS_ENDS.iter().any(|end| {
        let from = class.len().checked_sub(end.len());
        from.and_then(|from| class.get(from..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    })
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
        for class in ["x_gmail_quote", "m_-12gmail_quote", "ydp1a2byahoo_quoted"] {
            check(Some(class), None, Role::Quoted);
        }
        let named = Attributes {
            name: Some("messageReplySection"),
            ..Attributes::default()
        };
        assert_eq!(role(&named), Role::Quoted);
        check(None, Some("x_divRplyFwdMsg"), Role::Rest);
        check(None, Some("zwchr"), Role::Rest);
        check(None, Some("reply-intro"), Role::Quoted);
        check(Some("quote"), Some("main"), Role::Plain);
        assert!(is_outlooks_rule("border-top:solid #B5C4DF 1.0pt"));
    }
}
