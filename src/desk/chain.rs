//! The hash chain: each event's hash covers its own text and the hash before it, so that history cannot be changed
//! in the middle without breaking everything after. Erasable words are covered by a salted hash of their own.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The hash before the first event.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What the hash of one event covers, exactly as stored.
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// The event's place in history.
    pub seq: i64,
    /// The decision it came from.
    pub decision: i64,
    /// `stream_kind`, `stream_id`, `stream_seq` joined by `/`.
    pub stream: &'a str,
    /// The kind and version joined by `/`.
    pub kind: &'a str,
    /// The instant that counts and the one it was recorded at, milliseconds, joined by `/`.
    pub at: &'a str,
    /// Actor, role and trust joined by `/`.
    pub who: &'a str,
    /// The causing mail's Message-ID, or nothing.
    pub message_id: &'a str,
    /// The reason's code.
    pub reason: &'a str,
    /// The data as stored.
    pub data: &'a str,
    /// The hash of the erasable words, or nothing.
    pub private_hash: &'a str,
    /// The decision this takes back, or nothing.
    pub undoes: &'a str,
}

/// The hash of an event that follows the event with hash `prev`; hex.
#[must_use]
pub fn hash(prev: &str, link: &Link<'_>) -> String {
    let mut sum = Sha256::new();
    let (seq, decision) = (link.seq.to_string(), link.decision.to_string());
    let texts = [
        prev,
        &seq,
        &decision,
        link.stream,
        link.kind,
        link.at,
        link.who,
        link.message_id,
        link.reason,
        link.data,
        link.private_hash,
        link.undoes,
    ];
    for text in texts {
        // The length first, so that no two different events run together into the same bytes.
        sum.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        sum.update(text.as_bytes());
    }
    HEXLOWER.encode(&sum.finalize())
}

/// The hash of erasable words under their salt; hex.
#[must_use]
pub fn private_hash(salt: &str, text: &str) -> String {
    let mut sum = Sha256::new();
    sum.update(salt.as_bytes());
    sum.update([0]);
    sum.update(text.as_bytes());
    HEXLOWER.encode(&sum.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_counts() {
        let link = Link {
            seq: 1,
            decision: 2,
            stream: "ticket/1042/1",
            kind: "reopened/1",
            at: "5/6",
            who: "okno/house/proven",
            message_id: "",
            reason: "reopened",
            data: "{}",
            private_hash: "",
            undoes: "",
        };
        let plain = hash(GENESIS, &link);
        assert_eq!(plain.len(), GENESIS.len());
        assert_ne!(plain, hash(&plain, &link));
        assert_ne!(plain, hash(GENESIS, &Link { seq: 2, ..link }));
        assert_ne!(
            plain,
            hash(
                GENESIS,
                &Link {
                    message_id: "reopened",
                    reason: "",
                    ..link
                }
            )
        );
        assert_ne!(
            plain,
            hash(
                GENESIS,
                &Link {
                    data: "{ }",
                    ..link
                }
            )
        );
    }
}
