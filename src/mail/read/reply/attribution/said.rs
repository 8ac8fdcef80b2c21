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
        let is_when = |sort: Sort| matches!(sort, Sort::Number | Sort::Month);
        let first = words.iter().position(|(sort, _)| is_when(*sort));
        let last = words.iter().rposition(|(sort, _)| is_when(*sort));
        // Days and the like between and around the numbers belong to the date.
        let when = first.zip(last).map(|(first, last)| {
            let before = words.get(..first).unwrap_or_default();
            let days = before
                .iter()
                .rev()
                .take_while(|(sort, word)| *sort == Sort::Known && !word.contains('@'))
                .count();
            let from = first.saturating_sub(days);
            let date: Vec<&str> = words
                .get(from..=last)
                .unwrap_or_default()
                .iter()
                .filter(|(sort, _)| {
                    !matches!(
                        sort,
                        Sort::Bracketed | Sort::Address | Sort::Quoted | Sort::Verb(_)
                    )
                })
                .map(|(_, word)| *word)
                .collect();
            date.join(" ").trim_end_matches([',', ':', '.']).to_owned()
        });
        let is_within = |at: usize| {
            first
                .zip(last)
                .is_some_and(|(first, last)| (first..=last).contains(&at))
        };
        let named = |(at, (sort, word)): (usize, &(Sort, &str))| {
            let is_part = match sort {
                Sort::Bracketed | Sort::Address | Sort::Quoted => true,
                // Within a date `AM` is no name.
                Sort::Name | Sort::Stranger => !is_within(at),
                Sort::Number
                | Sort::Month
                | Sort::Known
                | Sort::Opening
                | Sort::Verb(_)
                | Sort::Short
                | Sort::Speaking => false,
            };
            is_part.then(|| word.trim_matches([',', ':', '：']).to_owned())
        };
        let who: Vec<String> = words.iter().enumerate().filter_map(named).collect();
        Self {
            who: who.join(" "),
            when: when.filter(|when| !when.is_empty()),
        }
    }
}
