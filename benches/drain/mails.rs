//! Mails as people write them to a service desk: Russian and English, from 2 to 10 kB, plain, with HTML beside, with
//! quotes and enclosures. The same number always gives the same mail.

use data_encoding::BASE64_MIME;

#[path = "../support/words.rs"]
mod words;

use words::{Chance, ENGLISH, RUSSIAN, encoded_word};

/// How many different kinds of mail there are: the next one after this many looks like the first.
const KINDS: u64 = 8;

/// Who sends mail number `n`; nobody else does.
pub(crate) fn sender(n: u64) -> String {
    format!("visitor{n}@customers.test")
}

/// Mail number `n` to `to`; at least `size_min` bytes, most of them then in one enclosure.
pub(crate) fn mail(n: u64, to: &str, size_min: usize) -> Vec<u8> {
    let mut chance = Chance(n);
    let is_russian = chance.below(10) < 7;
    let sentences = if is_russian { RUSSIAN } else { ENGLISH };
    let size = usize::try_from(chance.below(5_000))
        .unwrap_or(0)
        .saturating_add(1_200);
    let text = chance.words(sentences, size);
    let mut head = format!(
        "Return-Path: <{from}>\r\nDelivered-To: {to}\r\n\
         Received: from client.customers.test (client.customers.test [192.0.2.{host}])\r\n\
         \tby mx.uni.test (Postfix) with ESMTPS id 4Z{n:08X}\r\n\tfor <{to}>; Tue, 17 Nov 2026 12:{minute:02}:07 +0300 (MSK)\r\n\
         Date: Tue, 17 Nov 2026 12:{minute:02}:03 +0300\r\n\
         From: {name} <{from}>\r\nTo: <{to}>\r\nSubject: {subject}\r\n\
         Message-ID: <{n}.{unique:016x}@mail.customers.test>\r\nMIME-Version: 1.0\r\n\
         User-Agent: Mozilla Thunderbird\r\n",
        from = sender(n),
        host = n % 250,
        minute = n % 60,
        name = encoded_word(if is_russian {
            "Ольга Тестова"
        } else {
            "Olga Example"
        }),
        subject = encoded_word(&subject(n, is_russian)),
        unique = chance.next(),
    );
    let kind = if size_min > 0 { KINDS } else { n % KINDS };
    let body = match kind {
        0..=2 => base64_text(&text),
        3 => eight_bit(&text),
        4 => eight_bit(&format!("{text}{}", quoted(&mut chance, sentences))),
        5 | 6 => alternative(&text, n),
        _ => {
            let count = usize::try_from(chance.below(3_000))
                .unwrap_or(0)
                .saturating_add(500);
            // Base64 takes four bytes for three, and two more a line.
            let wanted = size_min.saturating_mul(73) / 100;
            with_enclosure(&text, &chance.bytes(count.max(wanted)), n)
        }
    };
    head.push_str(&body);
    head.into_bytes()
}

fn subject(n: u64, is_russian: bool) -> String {
    if is_russian {
        format!("Не работает доступ к порталу, обращение сотрудника {n}")
    } else {
        format!("No access to the portal, employee {n}")
    }
}

fn base64_text(text: &str) -> String {
    format!(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        BASE64_MIME.encode(text.as_bytes())
    )
}

fn eight_bit(text: &str) -> String {
    format!(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}"
    )
}

/// What a program leaves of an earlier letter below the answer.
fn quoted(chance: &mut Chance, sentences: &[&str]) -> String {
    let old = chance.words(sentences, 1_500);
    let lines: String = old.lines().map(|line| format!("> {line}\r\n")).collect();
    format!("\r\n16.11.2026 18:40, Colleague <colleague@customers.test>:\r\n{lines}")
}

fn alternative(text: &str, n: u64) -> String {
    let paragraphs: String = text
        .lines()
        .map(|line| format!("<p style=\"margin:0;font-family:Arial\">{line}</p>\r\n"))
        .collect();
    format!(
        "Content-Type: multipart/alternative; boundary=\"alt-{n}\"\r\n\r\n--alt-{n}\r\n{}\r\n--alt-{n}\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--alt-{n}--\r\n",
        base64_text(text),
        BASE64_MIME.encode(format!("<html><body>{paragraphs}</body></html>").as_bytes())
    )
}

fn with_enclosure(text: &str, bytes: &[u8], n: u64) -> String {
    format!(
        "Content-Type: multipart/mixed; boundary=\"mix-{n}\"\r\n\r\n--mix-{n}\r\n{}\r\n--mix-{n}\r\n\
         Content-Type: image/png; name=\"screen.png\"\r\nContent-Disposition: attachment; filename=\"screen.png\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--mix-{n}--\r\n",
        base64_text(text),
        BASE64_MIME.encode(bytes)
    )
}
