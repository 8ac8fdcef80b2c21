//! Generated mails, and the configuration of a desk that takes them: for the tests on real servers and the bench.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "a helper of tests: small numbers"
)]

use std::fmt::Write as _;

use okno::lab::Dovecot;

/// The sender of mail number `number`.
pub(crate) fn sender(number: usize) -> String {
    format!("requester{number}@somewhere.test")
}

/// A mail of a sender of its own, as people's programs write it, with a file of so many bytes if any.
pub(crate) fn generated(number: usize, to: &str, file_bytes: usize) -> Vec<u8> {
    let from = sender(number);
    let room = number % 400 + 100;
    let mut mail = format!(
        "Return-Path: <{from}>\nDelivered-To: {to}\n\
         Received: from mx.somewhere.test (mx.somewhere.test [192.0.2.7])\n\
         \tby mail.uni.test with ESMTPS for <{to}>; Mon, 16 Nov 2026 10:15:00 +0300\n\
         From: =?utf-8?B?0JzQsNGA0LjRjw==?= <{from}>\nTo: {to}\n\
         Subject: Printer {number} in room {room}\n\
         Message-ID: <request-{number}.{file_bytes}@somewhere.test>\n\
         Date: Mon, 16 Nov 2026 10:14:{:02} +0300\nMIME-Version: 1.0\n",
        number % 60
    );
    let mut words = format!("Добрый день!\n\nПринтер {number} в комнате {room} не печатает.\n");
    for line in 0..12 {
        let _written = writeln!(
            words,
            "Строка {line}: на панели ошибка {}, бумага есть, кабель включён.",
            number * 31 + line
        );
    }
    words.push_str("\n-- \nМария\n");
    if file_bytes == 0 {
        mail.push_str(
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n",
        );
        mail.push_str(&words);
        return mail.into_bytes();
    }
    mail.push_str(
        "Content-Type: multipart/mixed; boundary=\"b1\"\n\n--b1\n\
         Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n",
    );
    mail.push_str(&words);
    mail.push_str(
        "\n--b1\nContent-Type: application/octet-stream; name=\"scan.bin\"\n\
         Content-Disposition: attachment; filename=\"scan.bin\"\nContent-Transfer-Encoding: base64\n\n",
    );
    mail.push_str(&noise(number, file_bytes));
    mail.push_str("\n--b1--\n");
    mail.into_bytes()
}

/// So many bytes of base64 that do not compress: the same ones for the same number.
fn noise(number: usize, bytes: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut state = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut text = String::with_capacity(bytes + bytes / 76);
    for at in 0..bytes / 4 * 4 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let letter = LETTERS.get((state >> 40) as usize % 64);
        text.extend(letter.map(|letter| char::from(*letter)));
        if at % 76 == 75 {
            text.push('\n');
        }
    }
    text
}

/// A desk with one mailbox of Dovecot's and one agent, from the beginning, in mode "acknowledge".
pub(crate) fn config(dovecot: &Dovecot, smtp_port: u16, address: &str) -> String {
    format!(
        r#"administrator = "root@uni.test"
data = "data"
extra_ca = ["{}"]
[mailbox.it]
address = "{address}"
mode = "acknowledge"
start_from = "beginning"
server = "localhost"
port = {}
password = {{ file = "password" }}
[queue.it]
title = "ИТ-поддержка"
target = "8 h"
agents = ["anna"]
[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"
[smtp]
server = "127.0.0.1"
port = {smtp_port}
security = "none"
"#,
        dovecot.authority().display(),
        dovecot.imaps_port(),
    )
}
