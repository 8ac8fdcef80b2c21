//! What an attribution says: who wrote, and when.

use super::shape::{Sort, sorted};

/// Who, as a header field would say it, and when, as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::mail::read) struct Said {
    pub(in crate::mail::read) who: String,
    pub(in crate::mail::read) when: Option<String>,
}

impl Said {
    /// Reads an attribution put on one line.
    pub(in crate::mail::read) fn read(text: &str) -> Self {
        let words = sorted(text);
        let is_when = |(sort, _): &(Sort, &str)| matches!(sort, Sort::Number | Sort::Month);
        let from = words.iter().position(is_when);
        let to = words.iter().rposition(is_when);
        let is_within =
            |at: usize| from.is_some_and(|from| from <= at) && to.is_some_and(|to| at <= to);
        let who: Vec<&str> = words
            .iter()
            .enumerate()
            .filter(|(at, (sort, _))| match sort {
                Sort::Bracketed | Sort::Address | Sort::Quoted => true,
                Sort::Name | Sort::Stranger => !is_within(*at),
                Sort::Number
                | Sort::Month
                | Sort::Known
                | Sort::Opening
                | Sort::Verb(_)
                | Sort::Short
                | Sort::Speaking => false,
            })
            .map(|(_, (_, word))| word.trim_matches([',', ':', '：']))
            .collect();
        let within = from.zip(to).and_then(|(from, to)| words.get(from..=to));
        Self {
            who: who.join(" "),
            when: within.and_then(|words| when(text, words)),
        }
    }
}

/// The date that begins and ends with these words, as it is written; without what else stands between them.
fn when(text: &str, words: &[(Sort, &str)]) -> Option<String> {
    let is_else = |(sort, _): &(Sort, &str)| {
        matches!(
            sort,
            Sort::Bracketed | Sort::Address | Sort::Quoted | Sort::Verb(_)
        )
    };
    let (_, first) = words.first()?;
    let (_, last) = words.last()?;
    let date = if words.iter().any(is_else) {
        let only = words.iter().filter(|word| !is_else(word));
        only.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    } else {
        let from = text.find(first)?;
        let to = text.rfind(last)?.saturating_add(last.len());
        text.get(from..to)?.to_owned()
    };
    let date = date.trim_matches([',', ':', '.', '(', ')', ' ']);
    (!date.is_empty()).then(|| date.to_owned())
}
