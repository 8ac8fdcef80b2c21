//! A whole mail way: Postfix takes mail from anybody, judges the sender and gives it to Dovecot; okno reads there and
//! sends by the same Postfix.

use std::path::PathBuf;

use okno::lab::{Destination, Postfix, PostfixOptions, Talk};

use crate::ground::{DESK, Ground, drain, header, text, until, words_of};

/// What the site's server says of senders: its own people log in, of all others it says what it knows.
const VERDICTS: [(&str, &str); 2] = [
    (
        "@uni\\.test$",
        "mx.uni.test; dmarc=pass header.from=uni.test",
    ),
    ("@(.*)$", "mx.uni.test; spf=pass smtp.mailfrom=$1"),
];

/// Servers, a configured desk of two agents, and the program to be drained.
pub(crate) struct MailWay {
    postfix: Postfix,
    pub(crate) config: PathBuf,
    pub(crate) ground: Ground,
}

impl MailWay {
    /// None where Postfix cannot run; never in CI.
    pub(crate) fn open(name: &str) -> Option<Self> {
        Self::with(name, "", "")
    }

    /// The same with further keys of the mailbox, and further tables, in which `IMAPS` stands for Dovecot's port.
    pub(crate) fn with(name: &str, keys: &str, tables: &str) -> Option<Self> {
        if let Err(missing) = Postfix::available() {
            assert!(
                std::env::var_os("CI").is_none(),
                "never skipped in CI: {missing}"
            );
            eprintln!("\nSKIPPED 1 test: {missing}\n");
            return None;
        }
        let ground = Ground::new(name);
        let options = PostfixOptions {
            verdicts: &VERDICTS,
            ..PostfixOptions::to(Destination::Lmtp(ground.dovecot.lmtp_port()))
        };
        let postfix = Postfix::start(&ground.scratch.path().join("postfix"), options)
            .unwrap_or_else(|error| panic!("{error}"));
        let tables = tables
            .replace("IMAPS", &ground.dovecot.imaps_port().to_string())
            .replace("SCRATCH", &ground.scratch.path().display().to_string());
        let desk = ground
            .full(postfix.smtp_port())
            .replace(
                "agents = [\"anna\"]",
                "agents = [\"anna\", \"boris\"]\ndistribution = \"self\"",
            )
            .replace("[mailbox.it]", &format!("[mailbox.it]\n{keys}"));
        let config = ground.configure(&format!(
            "{desk}\n[agent.boris]\nname = \"Борис Иванов\"\naddress = \"boris@uni.test\"\n\
             [trust]\nservers = [\"mx.uni.test\"]\n{tables}"
        ));
        Some(Self {
            postfix,
            config,
            ground,
        })
    }

    /// Sends a mail over SMTP as `envelope`, whatever its From says.
    pub(crate) fn sends(&self, envelope: &str, to: &[&str], mail: &str) {
        let mut talk = Talk::smtp(self.postfix.smtp_port()).unwrap();
        let answers = talk.send(envelope, to, mail.as_bytes()).unwrap();
        assert!(
            answers.iter().all(okno::lab::Answer::is_good),
            "{answers:?}"
        );
        talk.quit().unwrap();
    }

    /// Serves the desk until nothing is under way any more.
    pub(crate) fn settle(&self) {
        loop {
            self.arrived();
            let before = self.inbox(DESK).len();
            drain(&self.config);
            self.arrived();
            if self.inbox(DESK).len() == before {
                return;
            }
        }
    }

    fn arrived(&self) {
        until("Postfix to hand all mail on", || {
            self.postfix.waiting().unwrap() == 0
        });
    }

    /// All mails of somebody, oldest first.
    pub(crate) fn inbox(&self, address: &str) -> Vec<String> {
        text(self.ground.dovecot.mails(address).unwrap())
    }

    /// What the mails of somebody say, one after another, subjects included.
    pub(crate) fn words_to(&self, address: &str) -> String {
        let mails = self.inbox(address);
        let words = mails.iter().map(|mail| words_of(mail));
        words.collect::<Vec<_>>().join("\n")
    }

    /// The Message-ID of the newest mail somebody has.
    pub(crate) fn newest_id(&self, address: &str) -> String {
        header(self.inbox(address).last().unwrap(), "Message-ID")
    }
}

/// A mail as somebody writes it.
pub(crate) fn mail(from: &str, id: &str, subject: &str, more: &str, words: &str) -> String {
    format!(
        "From: {from}\nTo: {DESK}\nSubject: {subject}\nMessage-ID: <{id}>\n{more}\
         Content-Type: text/plain; charset=utf-8\n\n{words}\n"
    )
}
