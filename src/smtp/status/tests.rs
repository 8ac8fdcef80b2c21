//! The table of real answers.

use super::{
    Phase::{Data, Hello, Login, Mail, NullSender, OpenRecipient, Recipient, Sender},
    *,
};

/// The status in one word, and `!` where it is the operator's.
fn word(status: &DeliveryStatus) -> &'static str {
    match status {
        DeliveryStatus::Accepted { .. } => "accepted",
        DeliveryStatus::Deferred { .. } => "deferred",
        DeliveryStatus::Refused { .. } => "refused",
        DeliveryStatus::Unknown { .. } => "unknown",
        DeliveryStatus::Fault(fault) if fault.needs_operator() => "fault!",
        DeliveryStatus::Fault(_) => "fault",
    }
}

#[track_caller]
fn check(phase: Phase, code: u16, text: &str, expected: &str) {
    assert_eq!(
        word(&judge(phase, Reply::new(code, text))),
        expected,
        "{code} {text}"
    );
}

const ONE_RECIPIENT: &[(Phase, u16, &str, &str)] = &[
    // Postfix, unknown user: https://www.postfix.org/postconf.5.html#unknown_local_recipient_reject_code
    (
        Recipient,
        550,
        "5.1.1 <nobody@uni.test>: Recipient address rejected: User unknown in virtual mailbox table",
        "refused",
    ),
    // Postfix, a name server that does not answer; chatmail/core src/smtp.rs tells why it is believed.
    (
        Recipient,
        450,
        "4.1.2 <anna@uni.test>: Recipient address rejected: Domain not found",
        "deferred",
    ),
    // Postfix, address verification under way: https://www.postfix.org/postconf.5.html#unverified_recipient_reject_code
    (
        Recipient,
        450,
        "4.1.1 <anna@uni.test>: Recipient address rejected: unverified address: Address verification in progress",
        "deferred",
    ),
    // Greylisting: https://postgrey.schweikert.ch
    (
        Recipient,
        450,
        "4.2.0 <anna@uni.test>: Recipient address rejected: Greylisted",
        "deferred",
    ),
    (
        Recipient,
        451,
        "4.7.1 Greylisting in action, please come back later",
        "deferred",
    ),
    // RFC 5321, 4.5.3.1.10; RFC 3463, X.5.3
    (Recipient, 452, "4.5.3 Too many recipients", "deferred"),
    (
        Recipient,
        421,
        "4.3.2 The server is shutting down",
        "deferred",
    ),
    // A full mailbox: Dovecot over LMTP (552 5.2.2), Gmail (452-4.2.2).
    (
        Recipient,
        552,
        "5.2.2 <anna@uni.test> Quota exceeded (mailbox for user is full)",
        "deferred",
    ),
    (
        Recipient,
        452,
        "4.2.2 The email account that you tried to reach is over quota",
        "deferred",
    ),
    // Postfix, relaying, as it is by default: https://www.postfix.org/SMTPD_RELAY_README.html
    (
        Recipient,
        454,
        "4.7.1 <anna@far.test>: Relay access denied",
        "deferred",
    ),
    // Postfix, relaying: https://www.postfix.org/SMTPD_ACCESS_README.html
    (
        Recipient,
        554,
        "5.7.1 <anna@far.test>: Relay access denied",
        "refused",
    ),
    (
        Recipient,
        501,
        "5.1.3 Bad recipient address syntax",
        "refused",
    ),
    // Yandex and Mail.ru, spam; chatmail/core src/smtp.rs
    (
        Mail,
        554,
        "5.7.1 [2] Message rejected under suspicion of SPAM",
        "refused",
    ),
    (
        Mail,
        550,
        "spam message rejected. Please visit http://help.test/notspam-support",
        "refused",
    ),
    // Postfix with a milter that is down: https://support.delta.chat/t/every-other-message-gets-stuck/877/2
    (Mail, 550, "5.5.0 Service unavailable", "deferred"),
    (Recipient, 550, "5.5.0 Service unavailable", "deferred"),
    (Mail, 451, "4.3.0 Error: queue file write error", "deferred"),
    (Mail, 452, "4.3.1 Insufficient system storage", "deferred"),
    (Mail, 552, "5.3.4 Error: message file too big", "refused"),
    // A loop: RFC 3463, X.4.6
    (Mail, 554, "5.4.6 Too many hops", "refused"),
    (Data, 554, "5.5.1 Error: no valid recipients", "refused"),
    // Sendmail and Exchange, where who logs in may write to strangers and nobody else may.
    (
        OpenRecipient,
        530,
        "5.7.0 Authentication required for relaying",
        "refused",
    ),
    // Without enhanced codes.
    (Recipient, 550, "No such user here", "refused"),
    (Recipient, 550, "", "refused"),
];

#[test]
fn what_concerns_one_recipient() {
    for (phase, code, text, expected) in ONE_RECIPIENT {
        check(*phase, *code, text, expected);
    }
}

const THE_RELAY: &[(Phase, u16, &str, &str)] = &[
    // RFC 4954, 6
    (
        Login,
        535,
        "5.7.8 Error: authentication failed: UGFzc3dvcmQ6",
        "fault!",
    ),
    (
        Login,
        534,
        "5.7.9 Application-specific password required",
        "fault!",
    ),
    (
        Login,
        454,
        "4.7.0 Temporary authentication failure",
        "fault",
    ),
    (
        Login,
        504,
        "5.5.4 Unrecognized authentication type",
        "fault!",
    ),
    (Sender, 530, "5.7.0 Authentication required", "fault!"),
    (
        Recipient,
        530,
        "5.7.0 Must issue a STARTTLS command first",
        "fault!",
    ),
    (Mail, 535, "5.7.3 Authentication unsuccessful", "fault!"),
    // RFC 5321, 3.8 and 4.2.3
    (
        Hello,
        421,
        "4.7.0 too many connections from 192.0.2.7",
        "fault",
    ),
    (
        Hello,
        554,
        "5.7.1 Service unavailable; client host blocked",
        "fault!",
    ),
    (Sender, 421, "4.4.2 timeout exceeded", "fault"),
    // Postfix, reject_sender_login_mismatch; Exchange, SendAsDenied
    (
        Sender,
        553,
        "5.7.1 <it@uni.test>: Sender address rejected: not owned by user hr@uni.test",
        "fault!",
    ),
    (
        Sender,
        550,
        "5.7.60 SMTP; Client does not have permissions to send as this sender",
        "fault!",
    ),
    (
        NullSender,
        550,
        "5.7.1 null sender is not allowed here",
        "refused",
    ),
    (
        Sender,
        552,
        "5.3.4 Message size exceeds fixed limit",
        "refused",
    ),
    (
        Sender,
        552,
        "Message size exceeds fixed maximum message size",
        "refused",
    ),
    (Sender, 451, "4.3.0 Try again later", "deferred"),
    (Sender, 550, "5.5.0 Service unavailable", "deferred"),
    (Recipient, 503, "5.5.1 Error: need MAIL command", "fault!"),
    (Data, 502, "5.5.2 Error: command not recognized", "fault!"),
];

#[test]
fn what_concerns_the_relay() {
    for (phase, code, text, expected) in THE_RELAY {
        check(*phase, *code, text, expected);
    }
}

#[test]
fn replies_are_taken_apart() {
    let reply = Reply::new(550, "5.1.1 <a@b.test>: User\tunknown");
    assert_eq!(reply.status.as_deref(), Some("5.1.1"));
    assert_eq!(reply.words, "<a@b.test>: User unknown");
    assert_eq!(reply.to_string(), "550 5.1.1 <a@b.test>: User unknown");
    // RFC 2034, 4: a status of another class is a part of the words.
    assert_eq!(Reply::new(450, "5.1.1 odd").status, None);
    assert_eq!(Reply::new(250, "2.0.0").status.as_deref(), Some("2.0.0"));
    assert_eq!(Reply::new(250, "10.0.0.1 ok").status, None);
    assert_eq!(Reply::new(550, "Нет такого").to_string(), "550 Нет такого");
    assert_eq!(Reply::new(550, "").to_string(), "550");
}
