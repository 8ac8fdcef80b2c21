//! A report that a mail could not be delivered: in prose, in fields, or both.
#![no_main]

use libfuzzer_sys::fuzz_target;
use okno_fuzz::{choice, sound};

fuzz_target!(|bytes: &[u8]| {
    let (form, text) = choice(bytes);
    let (prose, fields) = text.split_at(text.len() / 2);
    let head: &[u8] = b"Return-Path: <>\nFrom: MAILER-DAEMON@mx.firm.example\nTo: it@uni.test\nSubject: Undelivered Mail Returned to Sender\n";
    let report: &[u8] = b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\n";
    let status: &[u8] = b"\n--b\nContent-Type: message/delivery-status\n\n";
    let original: &[u8] = b"\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours@uni.test>\n--b--\n";
    let raw = match form % 4 {
        0 => [head, b"\n", text].concat(),
        1 => [head, report, b"Sorry.", status, text, original].concat(),
        2 => [head, report, prose, status, fields, original].concat(),
        _ => [head, b"X-Failed-Recipients: ", prose, b"\n\n", fields].concat(),
    };
    sound(&raw);
});
