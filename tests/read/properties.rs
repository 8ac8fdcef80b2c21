//! What holds of every mail, tried on mails that chance makes: of any bytes, of what mails are made of, and of our own
//! with a few bytes changed.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{own, sound::sound};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_read(raw in vec(any::<u8>(), 0..4_000)) {
        sound(&raw);
    }

    #[test]
    fn anything_like_a_mail_is_read(pieces in vec(select(PIECES), 0..120)) {
        sound(pieces.concat().as_bytes());
    }

    #[test]
    fn our_own_mails_with_something_changed_are_read(
        which in any::<prop::sample::Index>(),
        changes in vec((any::<prop::sample::Index>(), change()), 1..8),
    ) {
        let mails = own::mails();
        let mut raw = which.get(mails).1.clone();
        for (at, change) in changes {
            change.make(&mut raw, &at);
        }
        sound(&raw);
    }

    #[test]
    fn two_of_our_own_mails_in_one_are_read(
        first in any::<prop::sample::Index>(),
        second in any::<prop::sample::Index>(),
        (until, from) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let mails = own::mails();
        let (first, second) = (&first.get(mails).1, &second.get(mails).1);
        let raw = [&first[..until.index(first.len())], &second[from.index(second.len())..]].concat();
        sound(&raw);
    }
}

/// Something that goes wrong with a mail on its way.
#[derive(Debug, Clone)]
enum Change {
    Put(Vec<u8>),
    PutPiece(&'static str),
    Remove(usize),
    Repeat(usize, usize),
    Cut,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        vec(any::<u8>(), 1..4).prop_map(Change::Put),
        select(PIECES).prop_map(Change::PutPiece),
        (1..200_usize).prop_map(Change::Remove),
        (1..200_usize, 1..20_usize).prop_map(|(length, times)| Change::Repeat(length, times)),
        Just(Change::Cut),
    ]
}

impl Change {
    fn make(&self, raw: &mut Vec<u8>, at: &prop::sample::Index) {
        let at = if raw.is_empty() {
            0
        } else {
            at.index(raw.len())
        };
        let until = |length: usize| (at + length).min(raw.len());
        match self {
            Self::Put(bytes) => drop(raw.splice(at..until(bytes.len()), bytes.iter().copied())),
            Self::PutPiece(piece) => drop(raw.splice(at..at, piece.bytes())),
            Self::Remove(length) => drop(raw.drain(at..until(*length))),
            Self::Repeat(length, times) => {
                let piece = raw[at..until(*length)].repeat(*times);
                drop(raw.splice(at..at, piece));
            }
            Self::Cut => raw.truncate(at),
        }
    }
}

/// What mails are made of.
const PIECES: &[&str] = &[
    "From: ",
    "To: ",
    "Subject: ",
    "Date: ",
    "References: ",
    "Content-Type: ",
    "Content-Disposition: attachment; ",
    "Content-Transfer-Encoding: ",
    "Return-Path: <>",
    "Auto-Submitted: auto-replied",
    "text/plain; charset=utf-8",
    "text/html",
    "multipart/mixed; boundary=B",
    "multipart/alternative; boundary=\"C\"",
    "multipart/report; report-type=delivery-status; boundary=B",
    "message/rfc822",
    "message/delivery-status",
    "text/calendar; method=REQUEST",
    "base64",
    "quoted-printable",
    "x-uuencode",
    "filename*0*=utf-8''%D0",
    "filename*1=x",
    "name=\"",
    "format=flowed",
    "charset=utf-7",
    "charset=iso-2022-jp",
    "\r\n",
    "\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    " ",
    "\t",
    "--B\n",
    "--C\n",
    "--B--\n",
    "--",
    ";",
    ",",
    ":",
    "<",
    ">",
    "\"",
    "(",
    ")",
    "@",
    "=",
    "=?",
    "?=",
    "=?utf-8?B?0J/R?=",
    "=?koi8-r?Q?=F0_?=",
    "+BB8-",
    "\u{1B}$B",
    "a@uni.test",
    "<a@uni.test>",
    "Анна",
    "текст\n",
    "> quoted\n",
    ">> deep\n",
    "On Mon, 23 Nov 2026 at 10:15, Anna <a@uni.test> wrote:\n",
    "23.11.2026, 10:15, \"Анна\" <a@uni.test>:\n",
    "-----Original Message-----\n",
    "---------- Forwarded message ---------\n",
    "----- Forwarded Message ----- From: a@uni.test To: b@uni.test\n",
    "From: Anna\nSent: Monday\nTo: IT\nSubject: x\n",
    "--- Ответьте выше этой строки ---\n",
    "-- \n",
    "С уважением,\n",
    "Final-Recipient: rfc822; b@uni.test\n",
    "Status: 5.1.1\n",
    "Action: failed\n",
    "MAILER-DAEMON@uni.test",
    "BEGIN:VEVENT\n",
    "SUMMARY:x\n",
    "END:VEVENT\n",
    "<div>",
    "</div>",
    "<blockquote>",
    "</blockquote>",
    "<div class=gmail_quote>",
    "<br>",
    "<p>",
    "<a href='https://uni.test/'>",
    "</a>",
    "<pre>",
    "<style>",
    "<!--",
    "&nbsp;",
    "&#1055;",
    "<div id=divRplyFwdMsg>",
    "\0",
    "\u{202E}",
    "\u{E000}",
    "\u{E002}",
    "\u{FEFF}",
    "begin 644 x\n",
    "#0V%T\n",
    "0",
    "9",
];
