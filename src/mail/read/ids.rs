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

/// Every id of a value, in order, each once. Without brackets, the words with an `@`.
pub(super) fn all(value: &str) -> Vec<MessageId> {
    let mut found: Vec<MessageId> = Vec::new();
    let mut known = std::collections::HashSet::new();
    let mut add = |id: &str| {
        let id: String = id
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        let is_new = !id.is_empty() && id.len() <= 998 && known.insert(id.clone());
        if is_new {
            found.push(MessageId(id));
        }
    };
    if value.contains('<') {
        for piece in value.split('<').skip(1) {
            let id = piece.split('>').next().unwrap_or(piece);
            add(id);
        }
    } else {
        for word in value
            .split([' ', '\t', ',', '\n', '\r'])
            .filter(|w| w.contains('@'))
        {
            add(word.trim_matches(['<', '>', '"', ';']));
        }
    }
    found
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
