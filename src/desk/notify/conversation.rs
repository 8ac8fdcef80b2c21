//! The index by which Outlook and Exchange keep a conversation together (MS-OXOMSG, 2.2.1.3, PidTagConversationIndex): 22
//! octets of the conversation, then five for each mail in it.

use data_encoding::BASE64;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::model::ids::MessageId;

/// Seconds from 1601, where a FILETIME begins, to 1970.
const BEFORE_1970: i64 = 11_644_473_600;

/// A FILETIME counts tenths of a microsecond.
const TICKS: i64 = 10_000_000;

/// The `Thread-Index` of a mail in the conversation of that `root`, which began at `began`; `own` is the mail's own id and
/// its instant, `None` for the first one.
pub(super) fn index(
    root: &MessageId,
    began: Timestamp,
    own: Option<(&MessageId, Timestamp)>,
) -> String {
    // The first of a FILETIME's octets is 1 until 2057, which is what the index begins with.
    let time = ticks(began).to_be_bytes();
    let mut index: Vec<u8> = std::iter::once(1)
        .chain(time.into_iter().skip(1).take(5))
        .chain(Sha256::digest(root.as_str()).into_iter().take(16))
        .collect();
    if let Some((id, at)) = own {
        index.extend(block(id, ticks(at).saturating_sub(ticks(began))));
    }
    BASE64.encode(&index)
}

/// One mail of the conversation: how long after its beginning, in one of two grains, and four bits of its own.
fn block(id: &MessageId, after: u64) -> [u8; 5] {
    const BITS: u64 = 0x7FFF_FFFF;
    let fine = after >> 18;
    let (grain, delta) = match fine <= BITS {
        true => (0, fine),
        false => (1 << 31, (after >> 23) & BITS),
    };
    let [_, _, _, _, a, b, c, d] = (grain | delta).to_be_bytes();
    let own = Sha256::digest(id.as_str()).first().copied();
    [a, b, c, d, own.unwrap_or_default() & 0xF0]
}

fn ticks(at: Timestamp) -> u64 {
    let seconds = at.as_second().saturating_add(BEFORE_1970);
    u64::try_from(seconds.saturating_mul(TICKS)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(index: &str) -> Vec<u8> {
        BASE64.decode(index.as_bytes()).expect("base64")
    }

    #[test]
    fn a_conversation_has_one_beginning_and_a_block_for_each_mail() {
        let root = MessageId("okno.1001.root@uni.test".to_owned());
        let other = MessageId("okno.1002.root@uni.test".to_owned());
        let began: Timestamp = "2026-11-17T09:00:00Z".parse().expect("an instant");
        let later = |seconds| began + jiff::SignedDuration::from_secs(seconds);
        let first = bytes(&index(&root, began, None));
        assert_eq!(first.len(), 22);
        // Of a FILETIME six octets are kept.
        let ticks = ticks(began).to_be_bytes();
        assert_eq!(first[..6], ticks[..6]);
        let [a, b] = [("a@uni.test", 60), ("b@uni.test", 86_400)].map(|(id, after)| {
            let id = MessageId(id.to_owned());
            bytes(&index(&root, began, Some((&id, later(after)))))
        });
        assert_eq!((a.len(), &a[..22]), (27, first.as_slice()));
        assert_eq!(&b[..22], first.as_slice());
        assert!(a[22..26] < b[22..26], "later mails stand later");
        // 60 seconds are 6e8 ticks; without their last 18 bits 2288.
        assert_eq!(a[22..26], 2288_u32.to_be_bytes());
        assert_ne!(bytes(&index(&other, began, None))[6..], first[6..]);
        // After 1.7 years the grain is coarser, and says so in its first bit.
        let id = MessageId("c@uni.test".to_owned());
        let years = bytes(&index(&root, began, Some((&id, later(70_000_000)))));
        assert_eq!(years[22] & 0x80, 0x80);
    }
}
