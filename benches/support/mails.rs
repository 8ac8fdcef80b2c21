//! Short mails to a department: new ones, and answers of both sides. The same number always gives the same mail.

use data_encoding::HEXLOWER;
use okno::model::ids::MessageId;

#[path = "words.rs"]
mod words;

pub(crate) use words::Chance;
use words::{ENGLISH, RUSSIAN, encoded_word};

/// Who asks in mail number `n`.
pub(crate) fn visitor(n: u64) -> String {
    format!("visitor{n}@customers.test")
}

/// Mail number `n`, from somebody, in answer to something or to nothing.
pub(crate) fn mail(n: u64, from: &str, answers: Option<&MessageId>) -> Vec<u8> {
    let mut chance = Chance(n);
    let sentences = if chance.below(10) < 7 {
        RUSSIAN
    } else {
        ENGLISH
    };
    let answers = answers.map_or_else(String::new, |id| {
        let id = id.as_str();
        format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n")
    });
    format!(
        "Return-Path: <{from}>\r\nDelivered-To: it@uni.test\r\n\
         Date: Tue, 17 Nov 2026 12:00:03 +0300\r\nFrom: {name} <{from}>\r\nTo: <it@uni.test>\r\n\
         Subject: {subject}\r\nMessage-ID: <{n}.{unique}@mail.customers.test>\r\n{answers}MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}",
        name = encoded_word("Ольга Тестова"),
        subject = encoded_word(&format!("Не работает доступ к порталу, обращение {n}")),
        unique = HEXLOWER.encode(&chance.bytes(8)),
        text = chance.words(sentences, 500),
    )
    .into_bytes()
}
