//! The text of an answer: plain, flowed, a page, or both. Nothing a person wrote may vanish.
#![no_main]

use libfuzzer_sys::fuzz_target;
use okno::model::boundary::is_boundary;
use okno_fuzz::{choice, mail, sound};

fuzz_target!(|bytes: &[u8]| {
    let (form, text) = choice(bytes);
    let plain = "Subject: Re: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n";
    let page = plain.replace("text/plain", "text/html");
    let raw = match form % 4 {
        0 => mail(plain, text),
        1 => mail(&plain.replace("utf-8", "utf-8; format=flowed"), text),
        2 => mail(&page, text),
        _ => {
            let (plain_text, page_text) = text.split_at(text.len() / 2);
            let parts = [
                b"--b\nContent-Type: text/plain; charset=utf-8\n\n",
                plain_text,
                b"\n--b\nContent-Type: text/html; charset=utf-8\n\n",
                page_text,
                b"\n--b--\n",
            ];
            mail("Subject: Re: a\nContent-Type: multipart/alternative; boundary=b\n", &parts.concat())
        }
    };
    let message = sound(&raw).message;
    let (text, reply) = (message.text.unwrap_or_default(), message.reply.unwrap_or_default());
    if reply.is_empty() && message.signature.is_none() {
        // Only our own letter may come back as nothing.
        assert!(text.trim().is_empty() || text.lines().any(is_boundary), "{text:?} left no reply");
    }
});
