//! What SMTP scripts have in common.

use super::{Fake, Step, hear, say};

/// Greeting and EHLO, which okno says twice.
pub(crate) fn hello(abilities: &[&str]) -> Vec<Step> {
    let ehlo = || {
        let mut steps = vec![hear("EHLO okno.test"), say("250-mail.test")];
        steps.extend(
            abilities
                .iter()
                .map(|ability| say(&format!("250-{ability}"))),
        );
        steps.push(say("250 HELP"));
        steps
    };
    [vec![say("220 mail.test ESMTP")], ehlo(), ehlo()].concat()
}

/// From MAIL to the final dot.
pub(crate) fn taken() -> Vec<Step> {
    vec![
        hear("MAIL FROM:<it@uni.test>"),
        say("250 2.1.0 Ok"),
        hear("RCPT TO:<anna@uni.test>"),
        say("250 2.1.5 Ok"),
        hear("DATA"),
        say("354 go on"),
        Step::HearMail,
    ]
}

/// A server of one connection.
pub(crate) fn server(abilities: &[&str], rest: Vec<Step>) -> Fake {
    Fake::start(vec![[hello(abilities), rest].concat()])
}
