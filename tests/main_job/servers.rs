//! TLS in both kinds, refusals told in words, and Postfix on the way out.

use okno::lab::{Destination, Postfix, PostfixOptions};

use crate::{
    ground::{DESK, Ground, drain, header, okno, proved, said, text, words_of},
    mails,
};

fn configured(ground: &Ground) -> String {
    mails::config(&ground.dovecot, ground.door.port(), DESK)
}

#[test]
fn tls_from_the_first_byte_and_starttls() {
    let ground = Ground::new("tls");
    ground.receives(&mails::generated(1, DESK, 0));
    let over_tls = configured(&ground);
    drain(&ground.configure(&over_tls));
    assert_eq!(ground.sent_to(&mails::sender(1)).len(), 1);
    ground.receives(&mails::generated(2, DESK, 0));
    let tls_port = format!("port = {}", ground.dovecot.imaps_port());
    let port = format!(
        "port = {}\nsecurity = \"starttls\"",
        ground.dovecot.imap_port()
    );
    let config = ground.configure(&over_tls.replacen(&tls_port, &port, 1));
    drain(&config);
    assert_eq!(ground.sent_to(&mails::sender(2)).len(), 1);
    proved(&config, 2);
}

/// The drain fails with these words; once the cause is gone, the same mail is served.
fn refused(ground: &Ground, bad: &str, words: &[&str]) {
    ground.receives(&mails::generated(1, DESK, 0));
    let config = ground.configure(bad);
    let done = okno(&config, "drain");
    let told = said(&done);
    assert_eq!(done.status.code(), Some(1), "{told}");
    for word in words {
        assert!(told.contains(word), "no «{word}» in: {told}");
    }
    assert!(!told.contains(ground.dovecot.password()), "{told}");
    ground.secret("password", ground.dovecot.password());
    let config = ground.configure(&configured(ground));
    drain(&config);
    assert_eq!(ground.sent_to(&mails::sender(1)).len(), 1);
    proved(&config, 1);
}

#[test]
fn a_wrong_password_is_told_and_tried_again() {
    let ground = Ground::new("password");
    ground.secret("password", "wrong");
    refused(
        &ground,
        &configured(&ground),
        &["it", "AUTHENTICATIONFAILED"],
    );
}

#[test]
fn an_untrusted_certificate_is_told_and_tried_again() {
    let ground = Ground::new("certificate");
    let trusting = configured(&ground);
    let bad: String = trusting
        .lines()
        .filter(|line| !line.starts_with("extra_ca"))
        .map(|line| format!("{line}\n"))
        .collect();
    refused(&ground, &bad, &["it", "ertificate"]);
}

#[test]
fn postfix_takes_the_mail_and_a_refusal_is_told_to_the_agent() {
    if let Err(missing) = Postfix::available() {
        assert!(
            std::env::var_os("CI").is_none(),
            "never skipped in CI: {missing}"
        );
        eprintln!("\nSKIPPED 1 test: {missing}\n");
        return;
    }
    let ground = Ground::new("postfix");
    let gone = mails::sender(7);
    let place = ground.scratch.path().join("postfix");
    let options = PostfixOptions {
        refused: &[&gone],
        ..PostfixOptions::to(Destination::Lmtp(ground.dovecot.lmtp_port()))
    };
    let postfix = Postfix::start(&place, options).unwrap_or_else(|error| panic!("{error}"));
    let config = ground.configure(&ground.full(postfix.smtp_port()));
    let inbox = |address: &str| text(ground.dovecot.mails(address).unwrap());
    ground.receives(&mails::generated(6, DESK, 0));
    ground.receives(&mails::generated(7, DESK, 0));
    drain(&config);
    crate::ground::until("acknowledgement, two cards and the refusal told", || {
        inbox(&mails::sender(6)).len() == 1 && inbox("anna@uni.test").len() == 3
    });
    let is_refusal = |mail: &String| words_of(mail).contains("no such mailbox");
    assert_eq!(
        inbox("anna@uni.test")
            .iter()
            .filter(|mail| is_refusal(mail))
            .count(),
        1
    );

    // Anna answers the one who is gone: she is the one who is told.
    let cards = inbox("anna@uni.test");
    let card = cards
        .iter()
        .find(|mail| !is_refusal(mail) && words_of(mail).contains(&gone))
        .unwrap();
    let id = header(card, "Message-ID");
    ground.receives(
        format!(
            "From: anna@uni.test\nTo: {DESK}\nSubject: Re: card\nMessage-ID: <answer@uni.test>\n\
             In-Reply-To: {id}\nReferences: {id}\n\nTry switching it off and on.\n"
        )
        .as_bytes(),
    );
    drain(&config);
    crate::ground::until("the second refusal told", || {
        inbox("anna@uni.test")
            .iter()
            .filter(|mail| is_refusal(mail))
            .count()
            == 2
    });
    assert!(inbox(&gone).is_empty());
    proved(&config, 2);
}
