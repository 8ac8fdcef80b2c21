//! Mails that were spoilt on their way: cut off, with bytes changed, with lines lost. Our own, and the real ones where they
//! are at hand. The same every time.

use std::{fs, path::Path};

use super::{own, sound::sound};

/// Of larger mails only the beginning is spoilt, or it would take too long.
const BYTES_MAX: usize = 8_000;

/// Chance that repeats itself (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }
}

/// Cut off twice, bytes changed, a piece lost: each is still read soundly.
fn spoil(raw: &[u8], seed: u64) {
    let raw = &raw[..raw.len().min(BYTES_MAX)];
    let mut chance = Chance(seed);
    let (one, other) = (chance.below(raw.len()), chance.below(raw.len()));
    sound(&raw[..one]);
    sound(&raw[..other]);
    let lost = [&raw[..one.min(other)], &raw[one.max(other)..]].concat();
    sound(&lost);
    let mut changed = raw.to_vec();
    for _ in 0..=chance.below(10) {
        let (at, bit) = (chance.below(raw.len()), chance.below(8));
        if let Some(byte) = changed.get_mut(at) {
            *byte ^= 1 << bit;
        }
    }
    sound(&changed);
}

#[test]
fn our_own_mails_may_be_spoilt() {
    for (seed, (_, raw)) in (0_u64..).zip(own::mails()) {
        for n in 0..4 {
            spoil(raw, seed * 4 + n);
        }
    }
}

#[test]
fn our_own_mails_may_break_off_anywhere() {
    for (_, raw) in own::mails() {
        for end in (0..raw.len()).step_by(7) {
            sound(&raw[..end]);
        }
    }
}

#[test]
fn real_mails_may_be_spoilt() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared/corpora", "../../shared/corpora"].map(|folder| package.join(folder));
    let Some(folder) = folders.iter().find(|folder| folder.is_dir()) else {
        eprintln!(
            "SKIPPED: no folder shared/corpora beside the project, so real mail is not tried"
        );
        return;
    };
    let manifest = fs::read_to_string(folder.join("manifest.jsonl")).unwrap();
    for (seed, line) in (0_u64..).zip(manifest.lines()) {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let raw = fs::read(folder.join(entry["file"].as_str().unwrap())).unwrap();
        spoil(&raw, seed);
    }
}
