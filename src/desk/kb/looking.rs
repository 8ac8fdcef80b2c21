//! Which articles say what somebody asks.

use std::collections::BTreeSet;

use super::{Indexed, Kb, is_of, is_open};
use crate::{
    desk::{policy::Policy, stems::stems},
    model::{
        ids::QueueName,
        kb::{KbKind, KbText},
    },
};

/// How many articles an agent is shown.
const FOUND_MAX: usize = 5;

/// How many articles a requester is shown unasked.
pub const HITS_MAX: usize = 2;

/// So many of the words that an article names must be in a mail whose author is shown it unasked.
const STRONG_MIN: usize = 2;

/// What a word that an article names itself counts for, beside one that it says.
const STRONG: usize = 3;

impl Kb {
    /// The articles that say at least half of these words, the best first: those of everybody and of these queues.
    #[must_use]
    pub fn search(&self, words: &str, served: &BTreeSet<QueueName>) -> Vec<&KbText> {
        let sought = stems([words]);
        let score = |one: &Indexed| {
            let strong = sought.intersection(&one.strong).count();
            let said = sought
                .iter()
                .filter(|stem| one.strong.contains(stem) || one.weak.contains(stem));
            let said = said.count();
            let is_near = said > 0 && said.saturating_mul(2) >= sought.len();
            is_near.then(|| strong.saturating_mul(STRONG).saturating_add(said))
        };
        let is_shown = |text: &KbText| {
            text.queues.is_empty() || text.queues.iter().any(|queue| served.contains(queue))
        };
        self.best(is_shown, score)
            .into_iter()
            .take(FOUND_MAX)
            .map(|(_, text)| text)
            .collect()
    }

    /// The articles that surely answer a mail to this queue: those of which it says several of the words that they name.
    #[must_use]
    pub fn hits<'t>(
        &self,
        said: impl IntoIterator<Item = &'t str>,
        queue: &QueueName,
        policy: &Policy,
    ) -> Vec<&KbText> {
        if !self
            .texts
            .iter()
            .any(|one| one.text.kind == KbKind::Article)
        {
            return Vec::new();
        }
        let said = stems(said);
        let score = |one: &Indexed| {
            let strong = said.intersection(&one.strong).count();
            (strong >= STRONG_MIN).then_some(strong)
        };
        let best = self.best(|text| is_of(text, queue) && is_open(text, policy), score);
        let most = best.first().map_or(0, |(score, _)| *score);
        let near = best
            .into_iter()
            .filter(|(score, _)| score.saturating_mul(2) > most);
        near.take(HITS_MAX).map(|(_, text)| text).collect()
    }

    fn best(
        &self,
        is_shown: impl Fn(&KbText) -> bool,
        score: impl Fn(&Indexed) -> Option<usize>,
    ) -> Vec<(usize, &KbText)> {
        let articles = self
            .texts
            .iter()
            .filter(|one| one.text.kind == KbKind::Article && is_shown(&one.text));
        let mut found: Vec<(usize, &KbText)> = articles
            .filter_map(|one| Some((score(one)?, &one.text)))
            .collect();
        found.sort_by(|(one, a), (other, b)| other.cmp(one).then_with(|| a.name.cmp(&b.name)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::text;
    use super::*;
    use crate::desk::fixture::policy;

    fn kb() -> Kb {
        let article = |name: &str, words: &[&str], queue: Option<&str>, says: &str| KbText {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..text(KbKind::Article, name, queue, says)
        };
        Kb::new([
            article(
                "Сброс пароля",
                &["забыл", "войти"],
                None,
                "Зайдите на страницу входа.",
            ),
            article(
                "Пароль от почты",
                &["почта"],
                Some("it"),
                "Пароль почты меняет сервер.",
            ),
            article(
                "Расчётный лист",
                &["зарплата", "лист"],
                Some("buh"),
                "Пароль к листу — табельный номер.",
            ),
        ])
    }

    #[test]
    fn agents_find_articles_of_their_queues() {
        let kb = kb();
        let found = |words: &str, queue: &str| {
            let found = kb.search(words, &BTreeSet::from([queue.into()]));
            found
                .iter()
                .map(|text| text.name.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("пароли", "it"), ["Пароль от почты", "Сброс пароля"]);
        assert_eq!(found("пароль", "buh"), ["Сброс пароля", "Расчётный лист"]);
        assert_eq!(found("страница входа", "it"), ["Сброс пароля"]);
        assert_eq!(found("зарплата", "it"), [""; 0]);
        assert_eq!(found("принтер", "it"), [""; 0]);
    }

    #[test]
    fn requesters_are_shown_what_is_sure_and_nobodys_secret() {
        let (kb, mut policy) = (kb(), policy());
        let hits = |policy: &Policy, said: &str, queue: &str| {
            let hits = kb.hits([said], &queue.into(), policy);
            hits.iter()
                .map(|text| text.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            hits(&policy, "Забыла пароль, не могу войти", "it"),
            ["Сброс пароля"]
        );
        assert_eq!(
            hits(&policy, "Пароль", "it"),
            [""; 0],
            "one word is not enough"
        );
        assert_eq!(hits(&policy, "Где мой расчётный лист?", "it"), [""; 0]);
        assert_eq!(
            hits(&policy, "Где мой расчётный лист?", "buh"),
            ["Расчётный лист"]
        );
        if let Some(buh) = policy.queues.get_mut(&"buh".into()) {
            buh.confidential = true;
        }
        assert_eq!(hits(&policy, "Где мой расчётный лист?", "buh"), [""; 0]);
    }
}
