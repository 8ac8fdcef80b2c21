//! Who is believed: headers as real servers write them, and as those write them who want to be believed.

mod arbitrary;
mod forged;
mod guise;
mod judged;
mod servers;

use super::*;
use crate::model::{
    address::{Address, NamedAddress},
    event::Trust,
    message::{IncomingMessage, Marks},
};

/// uni.test: one server, everything switched on, forged values taken out.
fn site() -> TrustPolicy {
    TrustPolicy {
        challenge_days: CHALLENGE_DAYS_DEFAULT,
        servers: vec![Server::Named("mx.uni.test".to_owned())],
        removes_forged: true,
        hops_above_max: None,
        own_domains: vec!["uni.test".to_owned()],
        submission: Submission {
            auth: true,
            local: true,
            exchange: true,
        },
    }
}

/// A site whose server leaves forged values where they are.
fn careless() -> TrustPolicy {
    TrustPolicy {
        removes_forged: false,
        ..site()
    }
}

fn at(server: Server) -> TrustPolicy {
    TrustPolicy {
        servers: vec![server],
        ..site()
    }
}

/// A mail from that author with those values, topmost first.
fn mail(from: &str, values: &[&str]) -> Reading {
    let (name, address) = match from.rsplit_once(" <") {
        Some((name, address)) => (Some(name.to_owned()), address.trim_end_matches('>')),
        None => (None, from),
    };
    Reading {
        message: IncomingMessage {
            from: Some(NamedAddress {
                name,
                address: address.to_owned(),
            }),
            authentication: values.iter().map(|value| (*value).to_owned()).collect(),
            ..IncomingMessage::default()
        },
        marks: Marks {
            authors: 1,
            hops_above: values.iter().map(|_| 1).collect(),
            ..Marks::default()
        },
        ..Reading::default()
    }
}

fn agents(check: impl FnOnce(&[Staff<'_>])) {
    let address = |words| Address::parse(words).unwrap();
    let (work, home) = (address("anna@uni.test"), address("anna@home.example"));
    let head = address("boris@uni.test");
    check(&[
        Staff {
            name: "Анна Петрова",
            addresses: vec![&work, &home],
        },
        Staff {
            name: "Boris Stone",
            addresses: vec![&head],
        },
    ]);
}

#[track_caller]
fn check_at(policy: &TrustPolicy, from: &str, values: &[&str], expected: Ground) {
    agents(|staff| {
        assert_eq!(
            judge(&mail(from, values), policy, staff),
            expected,
            "{from} {values:#?}"
        );
    });
}

#[track_caller]
fn check(from: &str, values: &[&str], expected: Ground) {
    check_at(&site(), from, values, expected);
}

#[test]
fn codes_are_each_their_own() {
    let codes: std::collections::BTreeSet<&str> =
        Ground::ALL.iter().map(|ground| ground.code()).collect();
    assert_eq!(codes.len(), Ground::ALL.len());
    assert_eq!(Ground::Dmarc.trust(), Trust::Proven);
    assert_eq!(Ground::NotJudged.trust(), Trust::Claimed);
    assert_eq!(Ground::SeveralAuthors.trust(), Trust::Suspicious);
}

#[test]
fn an_administrator_is_shown_who_judged() {
    let reading = mail(
        "olga@work.test",
        &[
            "mx.uni.test; none",
            "spf=pass smtp.mailfrom=x.test",
            "x; (",
            "old.work.test; none",
        ],
    );
    assert_eq!(servers_of(&reading), ["mx.uni.test", "", "old.work.test"]);
}
