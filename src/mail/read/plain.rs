//! The plain way to read a mail, for one that [`super::read`] could not be got through: its header and the beginning of
//! its first text. No quote is sought in it, no file, nothing is judged; and of all that could fail little is used.

use super::{
    bytes::{cut, shorten},
    charset,
    clean::clean,
    facts,
    limits::Limits,
    mime::{Part, Structure},
    transfer,
};
use crate::model::{message::Reading, text::Text};

/// How much of the mail is looked at.
const SIZE: usize = 256 << 10;

/// How much of the text is kept.
const TEXT: usize = 64 << 10;

/// Reads a mail the plain way. It may not be answered automatically: nobody has looked who wrote it.
#[must_use]
pub fn read_plainly(raw: &[u8], limits: &Limits) -> Reading {
    let limits = Limits {
        header: limits.header.min(SIZE),
        parts: 20,
        depth: 5,
        addresses: 100,
        references: 50,
        ..limits.clone()
    };
    let shown = cut(raw, 0, SIZE.min(limits.size));
    let structure = Structure::read(shown, &limits);
    let mut reading = Reading {
        size: super::size_of(raw),
        ..Reading::default()
    };
    if let Some(root) = structure.parts.first() {
        reading.marks = facts::read(&mut reading.message, &root.headers, &limits);
    }
    let of_type = |name| {
        let mut parts = structure.parts.iter();
        parts.find(|part| part.is(name) && part.disposition.value != "attachment")
    };
    let text = of_type("text/plain")
        .or_else(|| of_type("text/html"))
        .map(|part| text_of(part, shown));
    reading.message.text = text.filter(|text| !text.trim().is_empty());
    clean(&mut reading.message);
    reading
}

fn text_of(part: &Part, raw: &[u8]) -> String {
    let encoded = cut(part.content(raw), 0, TEXT.saturating_mul(3));
    let bytes = transfer::decode(encoded, part.encoding);
    let label = part.content_type.text("charset");
    let text = charset::decode(&bytes, label.as_deref()).text;
    let text = if part.is("text/html") {
        without_tags(&text)
    } else {
        text
    };
    let text: String = Text::new(shorten(&text, TEXT)).into();
    text.trim_matches('\n').trim_end().to_owned()
}

/// What stands outside `<` and `>`, every tag a line end: ugly, and all the words are there.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' if !is_tag => {
                is_tag = true;
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            '>' if is_tag => is_tag = false,
            _ if is_tag => {}
            _ if c.is_whitespace() && text.ends_with(char::is_whitespace) => {}
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, text: Option<&str>) {
        let reading = read_plainly(raw.as_bytes(), &Limits::default());
        assert_eq!(reading.message.text.as_deref(), text, "{raw}");
        assert!(!reading.message.answer_automatically);
    }

    #[test]
    fn header_and_first_text_are_read() {
        check("Subject: a\n\nbody\n", Some("body"));
        check("Subject: a\n\n", None);
        check("", None);
        let two = "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>rich</p>\n\
                   --b\nContent-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64\n\n8NLJ18XU\n--b--\n";
        check(two, Some("Привет"));
        check(
            "Content-Type: text/html\n\n<html><p>one <b>two</b></p>\n<p>three",
            Some("one \ntwo\nthree"),
        );
        let reading = read_plainly(
            b"From: Anna <anna@uni.test>\nSubject: Printer\nX-Okno-Loop: a; hop=1\n\nx",
            &Limits::default(),
        );
        assert_eq!(reading.message.from.unwrap().address, "anna@uni.test");
        assert_eq!(reading.message.subject.as_deref(), Some("Printer"));
        assert_eq!(reading.marks.okno_loop, ["a; hop=1"]);
    }

    #[test]
    fn a_large_mail_is_read_at_its_beginning() {
        let raw = format!("Subject: a\n\n{}", "слово ".repeat(1 << 20));
        let reading = read_plainly(raw.as_bytes(), &Limits::default());
        assert!(reading.message.text.unwrap().len() <= TEXT);
        assert_eq!(reading.size, raw.len() as u64);
    }
}
