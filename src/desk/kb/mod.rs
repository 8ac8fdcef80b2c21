//! The texts at hand: canned answers by their names, articles by their words. What is one queue's is told to nobody else.

mod looking;

pub use looking::HITS_MAX;

use std::collections::BTreeSet;

use super::{command::is_slip_of, policy::Policy, stems::stems};
use crate::model::{
    ids::QueueName,
    kb::{KbKind, KbText},
    language::Language,
    outgoing::ShownArticle,
};

/// How many names are told to whoever has written one that there is not.
const NEAR_MAX: usize = 8;

/// The texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kb {
    texts: Vec<Indexed>,
}

/// A text with the stems by which it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Indexed {
    text: KbText,
    /// Of its title, its name and its words.
    strong: BTreeSet<i64>,
    /// Of what it says.
    weak: BTreeSet<i64>,
}

impl Kb {
    /// The texts, indexed.
    #[must_use]
    pub fn new(texts: impl IntoIterator<Item = KbText>) -> Self {
        let index = |text: KbText| {
            let words = text.words.iter().map(String::as_str);
            let named = [text.title.as_str(), text.name.as_str()];
            Indexed {
                strong: stems(named.into_iter().chain(words)),
                weak: stems([text.text.as_str()]),
                text,
            }
        };
        Self {
            texts: texts.into_iter().map(index).collect(),
        }
    }

    /// The text of that name that may be put into an answer of this queue: a canned answer, else an article; where there are
    /// several, the one in that language.
    ///
    /// # Errors
    /// There is none: names that are near.
    pub fn by_name(
        &self,
        name: &str,
        queue: &QueueName,
        language: Language,
    ) -> Result<&KbText, Vec<String>> {
        let wanted = called(name);
        let usable = || {
            self.texts
                .iter()
                .map(|one| &one.text)
                .filter(|text| is_of(text, queue))
        };
        let fits = |text: &&KbText| {
            let is_other = text.language.is_some_and(|own| own != language);
            (text.kind, is_other, text.language.is_none())
        };
        let best = usable()
            .filter(|text| called(&text.name) == wanted)
            .min_by_key(fits);
        best.ok_or_else(|| {
            let sought = stems([name]);
            let is_near = |text: &&KbText| {
                let own = called(&text.name);
                let shares =
                    || !sought.is_disjoint(&stems([text.name.as_str(), text.title.as_str()]));
                let holds =
                    || !wanted.is_empty() && (own.contains(&wanted) || wanted.contains(&own));
                is_slip_of(&wanted, &own) || holds() || shares()
            };
            let mut near = names(usable().filter(is_near));
            if near.is_empty() {
                near = names(usable().filter(|text| text.kind == KbKind::Answer));
            }
            near
        })
    }
}

/// An article as it is shown in a letter: at most so many letters of it, whole lines.
#[must_use]
pub fn shown(text: &KbText, letters: usize) -> ShownArticle {
    let mut room = letters;
    let mut lines: Vec<&str> = Vec::new();
    for line in text.text.lines() {
        let long = line.chars().count().saturating_add(1);
        if long > room && !lines.is_empty() {
            break;
        }
        room = room.saturating_sub(long);
        lines.push(line);
    }
    let shown = lines.join("\n").trim_end().to_owned();
    ShownArticle {
        name: text.name.clone(),
        title: text.title.clone(),
        is_cut: shown.len() < text.text.trim_end().len(),
        text: shown,
    }
}

/// Whether a text is for this queue.
fn is_of(text: &KbText, queue: &QueueName) -> bool {
    text.queues.is_empty() || text.queues.contains(queue)
}

/// Whether a text may be sent to people who have asked nobody for it: not what is a confidential queue's.
fn is_open(text: &KbText, policy: &Policy) -> bool {
    !text
        .queues
        .iter()
        .any(|queue| policy.is_confidential(queue))
}

fn names<'t>(texts: impl Iterator<Item = &'t KbText>) -> Vec<String> {
    let mut names: Vec<String> = texts.map(|text| text.name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names.truncate(NEAR_MAX);
    names
}

/// A name as it is compared: however it is spelled, one space between its words.
fn called(name: &str) -> String {
    let name = name.to_lowercase().replace('ё', "е");
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn text(kind: KbKind, name: &str, queue: Option<&str>, text: &str) -> KbText {
        KbText {
            kind,
            file: format!("{name}.md"),
            name: name.to_owned(),
            title: name.to_owned(),
            queues: queue.map(Into::into).into_iter().collect(),
            language: None,
            words: Vec::new(),
            text: text.to_owned(),
            first_line: 1,
        }
    }

    fn kb() -> Kb {
        let english = KbText {
            language: Some(Language::En),
            ..text(KbKind::Answer, "пароль", None, "Password.")
        };
        let russian = KbText {
            language: Some(Language::Ru),
            ..text(KbKind::Answer, "пароль", None, "Пароль.")
        };
        Kb::new([
            text(KbKind::Article, "пароль", None, "Статья."),
            english,
            russian,
            text(KbKind::Answer, "vpn-setup", Some("it"), "VPN."),
            text(KbKind::Article, "Отпуск", Some("buh"), "Отпуск."),
        ])
    }

    #[test]
    fn a_text_is_found_by_its_name() {
        let kb = kb();
        let found = |name: &str, queue: &str, language| {
            let found = kb.by_name(name, &queue.into(), language);
            found.map(|text| text.text.clone())
        };
        assert_eq!(
            found("Пароль", "it", Language::Ru),
            Ok("Пароль.".to_owned())
        );
        assert_eq!(
            found("пароль", "it", Language::En),
            Ok("Password.".to_owned())
        );
        assert_eq!(
            found("VPN setup", "it", Language::Ru),
            Ok("VPN.".to_owned())
        );
        assert_eq!(
            found("отпуск", "buh", Language::Ru),
            Ok("Отпуск.".to_owned())
        );
        // Another queue's is not even named.
        assert_eq!(
            found("отпуск", "it", Language::Ru),
            Err(vec!["vpn-setup".to_owned(), "пароль".to_owned()])
        );
        assert_eq!(
            found("парол", "it", Language::Ru),
            Err(vec!["пароль".to_owned()])
        );
        assert_eq!(
            found("vpn", "it", Language::Ru),
            Err(vec!["vpn-setup".to_owned()])
        );
        assert_eq!(
            found("vpn", "buh", Language::Ru),
            Err(vec!["пароль".to_owned()])
        );
    }
}
