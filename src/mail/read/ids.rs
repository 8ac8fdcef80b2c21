//! Message-IDs (RFC 5322, 3.6.4), compared case-sensitively, read with or without brackets.

use crate::model::ids::MessageId;

/// The first id of a value.
pub(super) fn first(value: &str) -> Option<MessageId> {
    all(value).into_iter().next().or_else(|| {
        let word = value
            .split_whitespace()
            .next()?
            .trim_matches(['<', '>', '"', ',']);
        (!word.is_empty()).then(|| MessageId::from(word))
    })
}

/// Every id of a value, in order, each once. Without brackets, the words with an `@`, or the only word there is.
pub(super) fn all(value: &str) -> Vec<MessageId> {
    let mut found: Vec<MessageId> = Vec::new();
    let mut known = std::collections::HashSet::new();
    let mut add = |id: &str| {
        let id: String = without_comments(id)
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        let is_new = !id.is_empty() && id.len() <= 998 && known.insert(id.clone());
        if is_new {
            found.push(MessageId(id));
        }
    };
    let unescaped = value
        .contains("&lt;")
        .then(|| value.replace("&lt;", "<").replace("&gt;", ">"));
    let value = unescaped.as_deref().unwrap_or(value);
    if value.contains('<') {
        for piece in value.split('<').skip(1) {
            let id = piece.split('>').next().unwrap_or(piece);
            add(id);
        }
        return found;
    }
    let words = || {
        value
            .split([' ', '\t', ',', '\n', '\r'])
            .filter(|w| !w.is_empty())
    };
    let has_at = value.contains('@');
    if has_at || words().nth(1).is_none() {
        for word in words().filter(|w| !has_at || w.contains('@')) {
            add(word.trim_matches(['<', '>', '"', ';']));
        }
    }
    found
}

/// `id` without the comments that obsolete syntax allows in its right side.
fn without_comments(id: &str) -> String {
    let Some((before, after)) = id.split_once('(').filter(|(b, _)| b.contains('@')) else {
        return id.to_owned();
    };
    match after.split_once(')') {
        Some((_, rest)) => format!("{before}{rest}"),
        None => id.to_owned(),
    }
}

/// Keeps the oldest and the newest of too many; true where some were dropped.
pub(super) fn trim_middle(ids: &mut Vec<MessageId>, max: usize) -> bool {
    let excess = ids.len().saturating_sub(max);
    if excess == 0 {
        return false;
    }
    let kept_first = max / 2;
    ids.drain(kept_first..kept_first.saturating_add(excess));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, ids: &[&str]) {
        let ids: Vec<MessageId> = ids.iter().map(|id| MessageId::from(*id)).collect();
        assert_eq!(all(value), ids, "{value}");
    }

    #[test]
    fn ids_are_found() {
        check("<a@b.test>", &["a@b.test"]);
        check(
            "<a@b.test>\r\n <c@d.test><a@b.test>",
            &["a@b.test", "c@d.test"],
        );
        check("Your mail of Monday <a@b.test>", &["a@b.test"]);
        check("a@b.test c@d.test", &["a@b.test", "c@d.test"]);
        check("<fol\r\n ded@b.test>", &["folded@b.test"]);
        check(
            "<1234   @   local(blah)  .machine .example>",
            &["1234@local.machine.example"],
        );
        check("&lt;a@b.test&gt;", &["a@b.test"]);
        check("a@b.test, c@d.test;", &["a@b.test", "c@d.test"]);
        check("0002", &["0002"]);
        check("Your message of Monday", &[]);
        check("<a@b.test", &["a@b.test"]);
        check("", &[]);
        assert_eq!(first("no-at-sign"), Some(MessageId::from("no-at-sign")));
    }

    #[test]
    fn the_middle_goes_first() {
        let mut ids: Vec<MessageId> = (0..6).map(|n| MessageId(n.to_string())).collect();
        assert!(trim_middle(&mut ids, 4));
        assert_eq!(ids, ["0", "1", "4", "5"].map(MessageId::from));
    }
}
