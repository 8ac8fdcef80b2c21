//! Words that begin, end or stand within a text.

use std::{collections::HashMap, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{Row, all, announced, banners, fine_print, signing, wrote};

/// Words by which a text is searched, folded.
#[derive(Debug)]
pub(in crate::mail::read::reply) struct Stems {
    by_first: HashMap<char, Vec<String>>,
    /// Any of them.
    any: Option<AhoCorasick>,
}

impl Stems {
    fn new(rows: &'static [Row]) -> Self {
        let mut by_first: HashMap<char, Vec<String>> = HashMap::new();
        let mut any = Vec::new();
        for stem in all(rows) {
            any.push(stem.clone());
            if let Some(first) = stem.chars().next() {
                by_first.entry(first).or_default().push(stem);
            }
        }
        Self {
            by_first,
            any: AhoCorasick::builder()
                // A tenth of the memory of the fastest kind, which takes some megabytes for each of the larger tables.
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .match_kind(MatchKind::LeftmostFirst)
                .build(any)
                .ok(),
        }
    }

    /// The longest stem with which `folded` begins.
    pub(in crate::mail::read::reply) fn beginning(&self, folded: &str) -> Option<&str> {
        let first = folded.chars().next()?;
        let found = self.by_first.get(&first)?.iter();
        found
            .filter(|stem| folded.starts_with(stem.as_str()))
            .max_by_key(|stem| stem.len())
            .map(String::as_str)
    }

    /// Whether `folded` ends with one.
    pub(in crate::mail::read::reply) fn ends(&self, folded: &str) -> bool {
        let mut all = self.by_first.values().flatten();
        all.any(|stem| folded.ends_with(stem.as_str()))
    }

    /// Whether one stands within `folded`.
    pub(in crate::mail::read::reply) fn within(&self, folded: &str) -> bool {
        self.any.as_ref().is_some_and(|any| any.is_match(folded))
    }

    /// How many different ones stand within `folded`; not more than `most` are counted.
    pub(in crate::mail::read::reply) fn count(&self, folded: &str, most: usize) -> usize {
        let mut found: Vec<&str> = Vec::new();
        let stems = self.any.iter().flat_map(|any| any.find_iter(folded));
        for stem in stems.filter_map(|stem| folded.get(stem.range())) {
            if found.len() >= most {
                break;
            }
            if !found.contains(&stem) {
                found.push(stem);
            }
        }
        found.len()
    }

    /// Whether a word of `folded` begins with one; with a short one, whether it is one.
    pub(in crate::mail::read::reply) fn begin_a_word(&self, folded: &str) -> bool {
        folded
            .split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .filter(|word| !word.is_empty())
            .any(|word| {
                self.beginning(word)
                    .is_some_and(|stem| word == stem || stem.chars().count() > 3)
            })
    }
}

macro_rules! stems {
    ($($(#[$about:meta])* $name:ident = $rows:expr;)*) => {
        $($(#[$about])* pub(in crate::mail::read::reply) static $name: LazyLock<Stems> = LazyLock::new(|| Stems::new($rows));)*
    };
}

stems! {
    /// The mail that is answered, named between rules.
    ORIGINAL = announced::ORIGINAL;
    /// A mail passed on, named between rules.
    FORWARDED = announced::FORWARDED;
    /// The end of a mail passed on.
    END = announced::END;
    /// Other desks' requests to answer above a line.
    ABOVE = announced::ABOVE;
    /// Verbs of writing at the end of texts without spaces.
    WROTE_EAST = wrote::WROTE_EAST;
    /// Closings that a name follows.
    CLOSINGS = signing::CLOSINGS;
    /// Beginnings of lines that phones add.
    SENT_FROM = signing::SENT_FROM;
    /// Devices and programs.
    DEVICES = signing::DEVICES;
    /// Beginnings of paragraphs that say who may read a mail.
    DISCLAIMERS = fine_print::DISCLAIMERS;
    /// What else they say.
    LEGAL = fine_print::LEGAL;
    /// Beginnings of lines that scanners and houses add.
    ADDED = fine_print::ADDED;
    /// Beginnings of lines that lists add.
    LISTS = fine_print::LISTS;
    /// Beginnings of the banners of gateways.
    BANNERS = banners::BANNERS;
    /// What else they say.
    OUTSIDE = banners::OUTSIDE;
}
