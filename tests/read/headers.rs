//! Whatever stands in a header: read without a panic, into text that can be shown, in time that grows with its length.

use std::{fmt::Write as _, time::Duration};

use okno::{
    mail::read::{Limits, read},
    model::message::IncomingMessage,
};
use proptest::{prelude::*, sample::select};

use super::processor::spent;

/// The fields whose values are looked into.
const FIELDS: &[&str] = &[
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Sender",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Return-Path",
    "Delivered-To",
    "List-Id",
    "Content-Type",
    "Content-Disposition",
    "Content-Transfer-Encoding",
    "Content-ID",
    "Content-Description",
    "Content-Location",
    "Authentication-Results",
];

/// What their values are made of.
const SIGNS: &[&str] = &[
    "\"",
    "\\",
    "(",
    ")",
    "<",
    ">",
    ",",
    ";",
    ":",
    "@",
    ".",
    "=",
    "?",
    "*",
    "'",
    "%",
    "%D0",
    "=?",
    "?=",
    "=?utf-8?B?",
    "=?utf-8?Q?",
    "=?koi8-r?B?8NLJ",
    "=?iso-2022-jp?B?GyRC",
    "=D0=9F",
    "0J/R",
    " ",
    "\t",
    "\r\n ",
    "\n\t",
    "\0",
    "\u{1B}$B",
    "a@uni.test",
    "<a@uni.test>",
    "Anna",
    "Анна",
    "mailto:",
    "multipart/mixed",
    "text/plain",
    "boundary=",
    "filename=",
    "filename*=",
    "filename*0*=utf-8''",
    "filename*1=",
    "name=",
    "charset=koi8-r",
    "attachment",
    "inline",
    "&lt;",
    "--",
    "Mon, 23 Nov 2026",
    "10:15:00",
    "+0300",
    "(MSK)",
    "2026",
    "\u{202E}",
    "\u{FEFF}",
    "é",
    "+BB8-",
];

fn shown(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
}

/// What holds of every header.
fn hold(message: &IncomingMessage) {
    let people = message
        .from
        .iter()
        .chain(&message.sender)
        .chain(&message.to);
    for person in people.chain(&message.cc).chain(&message.reply_to) {
        assert!(shown(&person.address) && person.address.len() <= 1000);
        assert!(
            person
                .name
                .as_deref()
                .is_none_or(|n| shown(n) && !n.trim().is_empty())
        );
    }
    assert!(
        message
            .subject
            .as_deref()
            .is_none_or(|s| shown(s) && s.len() <= 4000)
    );
    assert!(
        message
            .date
            .as_deref()
            .is_none_or(|d| d.parse::<jiff::Timestamp>().is_ok())
    );
    for id in message
        .message_id
        .iter()
        .chain(&message.in_reply_to)
        .chain(&message.references)
    {
        assert!(shown(id.as_str()) && !id.as_str().is_empty());
    }
    for file in &message.attachments {
        let name = file.name.as_deref().unwrap_or("x");
        assert!(
            shown(name) && !name.is_empty() && name.len() <= 200 && !name.contains(['/', '\\'])
        );
    }
}

fn read_mail(raw: &[u8]) -> IncomingMessage {
    read(raw, &Limits::default()).message
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_in_a_field_are_read(field in select(FIELDS), value in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut raw = format!("{field}: ").into_bytes();
        raw.extend(value);
        raw.extend(b"\n\ntext");
        hold(&read_mail(&raw));
    }

    #[test]
    fn any_signs_in_fields_are_read(
        fields in proptest::collection::vec((select(FIELDS), proptest::collection::vec(select(SIGNS), 0..30)), 1..6),
    ) {
        let mut raw = String::new();
        for (field, signs) in fields {
            writeln!(raw, "{field}: {}", signs.concat()).unwrap();
        }
        hold(&read_mail(format!("{raw}\ntext").as_bytes()));
    }

    #[test]
    fn a_subject_cut_anywhere_is_put_together(
        subject in "[a-zA-Zа-яёА-Яそにほ0-9][a-zA-Zа-яёА-Яそにほ0-9 .,!?=_-]{0,60}[a-zA-Zа-яёА-Яそにほ0-9]",
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..5),
        is_base64 in any::<bool>(),
    ) {
        let mut value = String::new();
        for piece in cut(subject.as_bytes(), &cuts) {
            let word = if is_base64 {
                format!("=?utf-8?B?{}?=", data_encoding::BASE64.encode(piece))
            } else {
                let quoted: String = piece.iter().map(|b| format!("={b:02X}")).collect();
                format!("=?UTF-8?q?{quoted}?=")
            };
            write!(value, "{word}\r\n ").unwrap();
        }
        let raw = format!("From: a@uni.test\r\nSubject: {}\r\n\r\ntext", value.trim_end());
        let words: Vec<&str> = subject.split_whitespace().collect();
        prop_assert_eq!(read_mail(raw.as_bytes()).subject.unwrap(), words.join(" "));
    }

    #[test]
    fn a_file_name_cut_anywhere_is_put_together(
        name in "[a-zа-яА-ЯéØ0-9][a-zа-яА-ЯéØ0-9 '%()-]{0,40}\\.pdf",
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..5),
        is_backwards in any::<bool>(),
    ) {
        let mut params: Vec<String> = cut(name.as_bytes(), &cuts)
            .iter()
            .enumerate()
            .map(|(number, piece)| {
                let coded: String = piece.iter().map(|b| format!("%{b:02X}")).collect();
                let charset = if number == 0 { "utf-8''" } else { "" };
                format!("filename*{number}*={charset}{coded}")
            })
            .collect();
        if is_backwards {
            params.reverse();
        }
        let raw = format!(
            "From: a@uni.test\nContent-Type: application/pdf\nContent-Disposition: attachment;\n {}\n\nx",
            params.join(";\n ")
        );
        let words: Vec<&str> = name.split_whitespace().collect();
        prop_assert_eq!(read_mail(raw.as_bytes()).attachments[0].name.clone().unwrap(), words.join(" "));
    }

    #[test]
    fn a_name_in_quotes_is_read_as_it_is(name in "[a-zA-Zа-яА-Я][a-zA-Zа-яА-Я ,;:<>@()\\\\\"]{0,30}[a-zA-Zа-яА-Я]") {
        let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
        let raw = format!("From: \"{quoted}\" <a@uni.test>, \"x\" <b@uni.test>\n\ntext");
        let message = read_mail(raw.as_bytes());
        let from = message.from.unwrap();
        prop_assert_eq!(from.address, "a@uni.test");
        let words: Vec<&str> = name.split_whitespace().collect();
        let read = from.name.unwrap();
        // A single stray quote is taken off a name.
        prop_assert_eq!(read.replace('"', ""), words.join(" ").replace('"', ""));
    }

    #[test]
    fn russian_is_read_from_every_charset(
        words in proptest::collection::vec(select(&["Принтер", "на", "втором", "этаже", "не", "печатает", "Срочно", "VPN", "ООО", "и", "2026", "счёт"][..]), 1..12),
        charset in select(&["koi8-r", "windows-1251", "ibm866", "iso-8859-5", "x-mac-cyrillic", "utf-8"][..]),
    ) {
        let subject = words.join(" ");
        let (bytes, _, is_lossy) = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap().encode(&subject);
        prop_assert!(!is_lossy);
        let raw = format!("From: a@uni.test\nSubject: =?{charset}?B?{}?=\n\ntext", data_encoding::BASE64.encode(&bytes));
        prop_assert_eq!(read_mail(raw.as_bytes()).subject.unwrap(), subject);
    }
}

/// `bytes` cut at some places, none of the pieces empty.
fn cut<'a>(bytes: &'a [u8], at: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut ends: Vec<usize> = at
        .iter()
        .map(|i| i.index(bytes.len()))
        .filter(|i| *i > 0)
        .collect();
    ends.push(bytes.len());
    ends.sort_unstable();
    ends.dedup();
    let mut from = 0;
    ends.into_iter()
        .map(|end| {
            let piece = &bytes[from..end];
            from = end;
            piece
        })
        .collect()
}

#[test]
fn hostile_fields_take_no_time() {
    const PIECES: &[&str] = &[
        "(",
        ")",
        "<",
        "<,",
        ">",
        "\"",
        "\"\\",
        "\"a\" ",
        "\\\"",
        "=?",
        "=?a?q?",
        "=?utf-8?Q?=",
        "=?utf-8?B?",
        "=?utf-8?Q?a?=41",
        "?=",
        "=\"a\"b;",
        "=\"\\\"",
        " (",
        ";",
        ",",
        ":",
        "@",
        "a@b ",
        "a@b:",
        "&lt;",
        "%D0",
        "x*0*=",
        "filename*1*=",
        "<a>",
        "\u{1B}$B",
        "é=?",
        "1:1 ",
        "(1 ",
        ". ",
        " @ ",
        "[",
        "--",
        "&",
    ];
    const LOOKED_INTO: &[&str] = &[
        "From",
        "Subject",
        "Date",
        "References",
        "List-Id",
        "Content-Type",
        "Content-Disposition",
    ];
    for field in LOOKED_INTO {
        for piece in PIECES {
            let value = piece.repeat((40 << 10) / piece.len());
            let raw = format!("{field}: {value}\n\ntext");
            let taken = spent(|| hold(&read_mail(raw.as_bytes()))).unwrap();
            assert!(taken < Duration::from_secs(10), "{field}: {piece}");
        }
    }
}

#[test]
fn hostile_lines_take_no_time() {
    for piece in [
        "x\n",
        "x\nTo: a\n",
        " \n",
        " x\n",
        "From x\n",
        "a:\n",
        "\r",
        "\r\r\n",
        "--\n",
        "--b\n",
        "--b--\n",
        ":\n",
        "begin 644 x\n",
        "begin 644 x\n#0V%T\n",
    ] {
        for start in [
            "",
            "Subject: x\n",
            "Content-Type: multipart/mixed; boundary=b\n\n",
            "Content-Type: text/plain\n\n",
        ] {
            let raw = format!("{start}{}", piece.repeat((30 << 10) / piece.len()));
            let taken = spent(|| hold(&read_mail(raw.as_bytes()))).unwrap();
            assert!(taken < Duration::from_secs(10), "{start:?} {piece:?}");
        }
    }
}
