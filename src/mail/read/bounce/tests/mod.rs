//! One small report for each habit of a mail system: whom it names, why, about which mail.

mod endless;
mod fields;
mod ordinary;
mod providers;
mod servers;

use crate::{
    mail::read::{Limits, read},
    model::message::{IncomingMessage, Kind},
};

fn message(mail: &str) -> IncomingMessage {
    read(mail.as_bytes(), &Limits::default()).message
}

/// A report in prose from `from`, to whom our mails come back.
fn prose(from: &str, subject: &str, body: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: {from}\nTo: it@desk.test\nSubject: {subject}\nMessage-ID: <report@mx.test>\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    )
}

/// A report by the standard; `status` stands below the fields of the whole mail.
fn standard(text: &str, status: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.test\nTo: it@desk.test\nSubject: Report\nMessage-ID: <report@mx.test>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\n{status}\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours@desk.test>\nTo: olga@uni.test\nSubject: x\n--b--\n"
    )
}

/// Everything a report tells, an address a line: `failed olga@uni.test 5.1.1: no such user`.
fn told(mail: &str) -> String {
    let message = message(mail);
    let is_delay = message.kind == Kind::DelayNotice;
    if message.kind != Kind::Bounce && !is_delay {
        return format!("{:?}", message.kind);
    }
    let mut told = if is_delay { "delay. " } else { "" }.to_owned();
    let bounce = message.bounce.unwrap_or_default();
    if let Some(id) = bounce.original_message_id {
        told.push_str(&format!("{id}: "));
    }
    let lines: Vec<String> = bounce
        .recipients
        .iter()
        .map(|one| {
            let original = one.original.as_ref();
            format!(
                "{} {}{} {}: {}",
                one.action.as_deref().unwrap_or("?"),
                original.map(|o| format!("{o} -> ")).unwrap_or_default(),
                one.address,
                one.status.as_deref().unwrap_or("?"),
                one.diagnostic.as_deref().unwrap_or("?"),
            )
        })
        .collect();
    told + &lines.join("\n")
}

#[track_caller]
fn check(mail: &str, expected: &str) {
    assert_eq!(told(mail), expected, "{mail}");
}
