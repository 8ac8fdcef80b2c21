//! Texts that say the same: for repeats (same requester, similar text within some days) and for the hint that a mail
//! may belong to a ticket.
//!
//! A text is normalised to words and cut into shingles, four words in a row each. [`Sketch::simhash`] is what a store
//! keeps: similar texts differ in few of its bits, so it sorts out quickly what need not be read. Whether two texts
//! are similar is then said by the texts themselves ([`is_repeat`]).

mod near;
mod words;

use std::collections::{BTreeMap, HashSet};

pub use self::near::{is_telling, near_people, near_subject};
use self::words::without_greetings;
pub(in crate::desk) use self::words::words_of;

/// Words in a shingle.
const SHINGLE: usize = 4;

/// Texts of fewer words are cut into pairs: one other word would spoil all their longer shingles.
const SHORT_TEXT: usize = 12;

/// The most words that are looked at.
const WORDS_MAX: usize = 2000;

/// How many words a text must have to be compared: `спасибо` is everybody's.
const WORDS_MIN: usize = 4;

/// The share of common shingles from which texts are similar.
const JACCARD_MIN: f64 = 0.5;

/// The most differing bits of two hashes of similar texts: short near duplicates differ in up to 20, and what is
/// let through in vain is only read.
const BITS_MAX: u32 = 22;

/// A text, normalised and cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sketch {
    shingles: HashSet<u64>,
    words: usize,
    /// The fields of a filled-in form: label and value, normalised.
    fields: BTreeMap<String, String>,
    field_words: usize,
}

impl Sketch {
    /// Sketches what a person wrote; quotes and greetings do not count.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut fields = BTreeMap::new();
        let mut field_words = 0_usize;
        for line in text.lines().filter(|line| !is_quoted(line)) {
            let said = words_of(line);
            if let Some((label, value)) = field(line) {
                field_words = field_words.saturating_add(said.len());
                fields.entry(label).or_insert(value);
            }
            words.extend(said);
            if words.len() >= WORDS_MAX {
                break;
            }
        }
        let words = without_greetings(&words);
        Self {
            shingles: shingles(words).collect(),
            words: words.len(),
            fields,
            field_words,
        }
    }

    /// 64 bits that similar texts have nearly all in common, the same for ever; as stored.
    #[must_use]
    pub fn simhash(&self) -> i64 {
        let mut votes = [0_u64; 64];
        for shingle in &self.shingles {
            let mut bits = *shingle;
            for vote in &mut votes {
                *vote = vote.wrapping_add(bits & 1);
                bits >>= 1;
            }
        }
        // Set is what is set in more than half of them.
        let all = u64::try_from(self.shingles.len()).unwrap_or(u64::MAX);
        let hash = (0_u32..).zip(votes).fold(0_u64, |hash, (bit, vote)| {
            let is_set = vote.saturating_mul(2) > all;
            hash | u64::from(is_set).checked_shl(bit).unwrap_or(0)
        });
        hash.cast_signed()
    }

    /// The share of shingles the two have in common, 0 to 1.
    #[must_use]
    pub fn jaccard(&self, other: &Self) -> f64 {
        let common = self.shingles.intersection(&other.shingles).count();
        let all = self.shingles.union(&other.shingles).count();
        share(common, all)
    }

    /// The same in hundredths.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> u8 {
        let common = self.shingles.intersection(&other.shingles).count();
        let all = self.shingles.union(&other.shingles).count();
        let hundredths = common.saturating_mul(100).checked_div(all);
        u8::try_from(hundredths.unwrap_or(0)).unwrap_or(100)
    }

    /// Whether it says enough to be compared.
    #[must_use]
    pub const fn says_enough(&self) -> bool {
        self.words >= WORDS_MIN
    }

    /// Whether it is mostly a filled-in form.
    fn is_form(&self) -> bool {
        self.fields.len() > 1 && self.field_words.saturating_mul(2) >= self.words
    }
}

/// In how many bits two `SimHashes` differ: fewer are more alike.
#[must_use]
pub const fn distance(one: i64, other: i64) -> u32 {
    (one ^ other).count_ones()
}

/// Whether two `SimHashes` may belong to similar texts: worth reading them.
#[must_use]
pub const fn may_be_similar(one: i64, other: i64) -> bool {
    distance(one, other) <= BITS_MAX
}

/// Whether two texts of one requester ask for the same. Two filled-in copies of one form are alike in all their labels,
/// so they are compared field by field: another period or another document is another request.
#[must_use]
pub fn is_repeat(one: &Sketch, other: &Sketch) -> bool {
    if !one.says_enough() || !other.says_enough() {
        return false;
    }
    let is_same_form = one.is_form()
        && other.is_form()
        && one
            .fields
            .keys()
            .any(|label| other.fields.contains_key(label));
    if is_same_form {
        return one.fields == other.fields;
    }
    one.jaccard(other) >= JACCARD_MIN
}

/// A line somebody else wrote.
fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with(['>', '|'])
}

/// `Период: 2025`, with its label of a few words, normalised.
fn field(line: &str) -> Option<(String, String)> {
    let (label, value) = line.split_once([':', '：'])?;
    let (label, value) = (words_of(label), words_of(value));
    let is_field = (1..=6).contains(&label.len()) && !value.is_empty();
    is_field.then(|| (label.join(" "), value.join(" ")))
}

fn shingles(words: &[String]) -> impl Iterator<Item = u64> + '_ {
    let size = match words.len() {
        0 => 1,
        1..SHORT_TEXT => 2.min(words.len()),
        _ => SHINGLE,
    };
    words.windows(size).map(hash)
}

/// FNV-1a over the words, its bits mixed as splitmix64 does. Stored `SimHashes` and stems are made of it: it never changes.
pub(in crate::desk) fn hash(words: &[impl AsRef<str>]) -> u64 {
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let fnv = words.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, word| {
        add(word.as_ref().bytes().fold(hash, add), 0)
    });
    let mixed = (fnv ^ (fnv >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn share(part: usize, whole: usize) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 {
        0.0
    } else {
        count(part) / count(whole)
    }
}

#[cfg(test)]
mod tests;
