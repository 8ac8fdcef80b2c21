//! Queues as people name them.

use super::Policy;
use crate::{
    desk::{command::folded, stems::stems},
    model::ids::QueueName,
};

impl Policy {
    /// The queue that the words begin with, and what follows: whichever has the longest of the names, prefixes and titles they
    /// may begin with, in whatever grammatical case it is written: `в бухгалтерию`.
    pub(in crate::desk) fn queue_named(&self, words: &str) -> Option<(QueueName, String)> {
        let written: Vec<&str> = words.split_whitespace().collect();
        let skipped = written
            .first()
            .filter(|first| is_to(first))
            .map_or(0, |_| 1);
        let words = written.get(skipped..)?.join(" ");
        let whole = folded(&words);
        let named = self.queues.iter().flat_map(|(name, queue)| {
            [name.as_str(), &queue.prefix, &queue.title].map(|word| (folded(word), name))
        });
        let begins = |word: &str| begins_with(&whole, word).or_else(|| declined(&whole, word));
        let best = named
            .filter_map(|(word, name)| Some((begins(&word)?, name)))
            .max_by_key(|(length, _)| *length);
        let (length, name) = best?;
        // The words as written, not as folded.
        let why: String = words.chars().skip(length).collect();
        let why = why.trim_start_matches([' ', ',', ':', ';', '-', '—']);
        Some((name.clone(), why.to_owned()))
    }
}

/// How many letters of the words are that name.
fn begins_with(whole: &str, name: &str) -> Option<usize> {
    let rest = whole.strip_prefix(name).filter(|_| !name.is_empty())?;
    let ends = rest.is_empty() || rest.starts_with([' ', ',', ':', ';']);
    ends.then(|| name.chars().count())
}

/// The same, where the name is in another case.
fn declined(whole: &str, name: &str) -> Option<usize> {
    let count = name.split(' ').count();
    let words: Vec<&str> = whole.split(' ').take(count).collect();
    let head = words.join(" ");
    let head = head.trim_end_matches([',', ':', ';']);
    let (said, named) = (stems([head]), stems([name]));
    (!named.is_empty() && said == named).then(|| head.chars().count())
}

/// Whether the word says only that a place follows.
pub(in crate::desk) fn is_to(word: &str) -> bool {
    ["в", "во", "to"].contains(&word.to_lowercase().as_str())
}
