//! Who is believed: headers as real servers write them, and as those write them who want to be believed.

use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};

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
fn postfix_with_opendkim_and_opendmarc() {
    let dmarc = "mx.uni.test; dmarc=pass (p=none dis=none) header.from=work.test";
    let dkim = "mx.uni.test; dkim=pass (2048-bit key; unprotected) header.d=work.test header.i=@work.test \
                header.a=rsa-sha256 header.s=mail header.b=AbCdEfGh";
    let spf = "mx.uni.test; spf=pass (sender SPF authorized) smtp.mailfrom=work.test (client-ip=192.0.2.7; \
               helo=out.work.test; envelope-from=olga@work.test; receiver=<UNKNOWN>)";
    check("olga@work.test", &[dmarc, dkim, spf], Ground::Dmarc);
    check("olga@work.test", &[dkim, spf], Ground::Dkim);
    check("olga@work.test", &[spf], Ground::Spf);
    check("olga@other.test", &[dmarc, dkim, spf], Ground::NotProven);
    check(
        "olga@work.test",
        &[
            "mx.uni.test; dkim=fail reason=\"signature verification failed\" (2048-bit key) header.d=work.test",
        ],
        Ground::NotProven,
    );
    check(
        "olga@work.test",
        &["mx.uni.test; dmarc=fail (p=none dis=none) header.from=work.test"],
        Ground::DmarcFailed,
    );
    check(
        "olga@work.test",
        &["mx.uni.test; dmarc=fail (p=reject dis=none) header.from=work.test"],
        Ground::DmarcRefused,
    );
}

#[test]
fn rspamd() {
    let value = "mx.uni.test; dkim=pass header.d=work.test header.s=mail header.b=AbCdEfGh; \
                 dmarc=pass (policy=quarantine) header.from=work.test; \
                 spf=pass (mx.uni.test: domain of olga@work.test designates 192.0.2.7 as permitted sender) \
                 smtp.mailfrom=olga@work.test";
    check("Olga <olga@work.test>", &[value], Ground::Dmarc);
    check(
        "olga@work.test",
        &[
            "mx.uni.test; dkim=none; dmarc=fail reason=\"No valid SPF, No valid DKIM\" header.from=work.test \
           (policy=quarantine); spf=softfail (mx.uni.test: 192.0.2.9 is neither permitted nor denied by domain \
           of olga@work.test) smtp.mailfrom=olga@work.test",
        ],
        Ground::DmarcRefused,
    );
    check(
        "anna@uni.test",
        &["mx.uni.test; auth=pass smtp.auth=anna smtp.mailfrom=anna@uni.test"],
        Ground::Submission,
    );
}

#[test]
fn exchange_online() {
    let online = at(Server::Unnamed);
    let value = "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=work.test; dkim=pass (signature was verified) \
                 header.d=work.test;dmarc=pass action=none header.from=work.test;compauth=pass reason=100";
    check_at(&online, "olga@work.test", &[value], Ground::Dmarc);
    check("olga@work.test", &[value], Ground::NotJudged);
    check_at(
        &online,
        "olga@work.test",
        &[
            "spf=fail (sender IP is 192.0.2.9) smtp.mailfrom=work.test; dkim=none (message not signed) \
           header.d=none;dmarc=fail action=oreject header.from=work.test;compauth=fail reason=000",
        ],
        Ground::DmarcRefused,
    );
    check_at(
        &online,
        "olga@work.test",
        &[
            "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=bulk.test; dkim=none (message not signed) \
           header.d=none;dmarc=bestguesspass action=none header.from=work.test;compauth=pass reason=109",
        ],
        Ground::NotProven,
    );
    let inside =
        "dkim=none (message not signed) header.d=none;dmarc=none action=none header.from=uni.test;";
    let with_auth_as = |from: &str, auth_as: &[&str]| {
        let mut reading = mail(from, &[inside]);
        reading.marks.exchange_auth_as = auth_as.iter().map(|word| (*word).to_owned()).collect();
        judge(&reading, &online, &[])
    };
    assert_eq!(
        with_auth_as("anna@uni.test", &["Internal"]),
        Ground::Internal
    );
    assert_eq!(with_auth_as("anna@uni.test", &[]), Ground::NotProven);
    assert_eq!(
        with_auth_as("anna@uni.test", &["Anonymous"]),
        Ground::NotProven
    );
    assert_eq!(
        with_auth_as("anna@uni.test", &["Anonymous", "Internal"]),
        Ground::NotProven
    );
    assert_eq!(
        with_auth_as("olga@work.test", &["Internal"]),
        Ground::NotProven
    );
    let elsewhere = TrustPolicy {
        submission: Submission::default(),
        ..online.clone()
    };
    let mut reading = mail("anna@uni.test", &[inside]);
    reading.marks.exchange_auth_as = vec!["Internal".to_owned()];
    assert_eq!(judge(&reading, &elsewhere, &[]), Ground::NotProven);
}

#[test]
fn the_great_providers() {
    // Gmail's shape.
    check(
        "olga@work.test",
        &[
            "mx.uni.test; dkim=pass header.i=@work.test header.s=mail header.b=AbCdEfGh; \
           arc=pass (i=1 spf=pass spfdomain=work.test dkim=pass dkdomain=work.test dmarc=pass fromdomain=work.test); \
           spf=pass (google.test: domain of olga@work.test designates 192.0.2.7 as permitted sender) \
           smtp.mailfrom=olga@work.test; dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=work.test",
        ],
        Ground::Dmarc,
    );
    // Yandex': many servers, no DMARC, smtp.mail.
    let yandex = at(Server::Below("mail.uni.test".to_owned()));
    let signed = "mxfront10q.mail.uni.test; spf=pass (mxfront10q.mail.uni.test: domain of work.test designates \
                  192.0.2.7 as permitted sender, rule=[ip4:192.0.2.0/24]) smtp.mail=olga@work.test; \
                  dkim=pass header.i=@work.test";
    check_at(&yandex, "olga@work.test", &[signed], Ground::Dkim);
    check_at(
        &yandex,
        "olga@work.test",
        &["mxfront7.mail.uni.test; spf=pass (rule=[ip4:192.0.2.0/24]) smtp.mail=olga@work.test"],
        Ground::Spf,
    );
    check_at(
        &yandex,
        "olga@work.test",
        &["mail.uni.test; dkim=pass header.i=@work.test"],
        Ground::NotJudged,
    );
    check_at(
        &yandex,
        "olga@work.test",
        &["evilmail.uni.test; dkim=pass header.i=@work.test"],
        Ground::NotJudged,
    );
    // Mail.ru's.
    check_at(
        &yandex,
        "olga@work.test",
        &[
            "mxs7.mail.uni.test; spf=pass (mxs7.mail.uni.test: domain of olga@work.test designates 192.0.2.7 as \
           permitted sender) smtp.mailfrom=olga@work.test smtp.helo=out.work.test; dkim=pass header.d=work.test; \
           dmarc=pass header.from=work.test",
        ],
        Ground::Dmarc,
    );
}

#[test]
fn only_our_own_servers_are_believed() {
    let pass = "; dmarc=pass header.from=work.test";
    let by = |server: &str| format!("{server}{pass}");
    check("olga@work.test", &[], Ground::NotJudged);
    check(
        "olga@work.test",
        &[&by("mx.evil.example")],
        Ground::NotJudged,
    );
    check(
        "olga@work.test",
        &[&by("mx.uni.test.evil.example")],
        Ground::NotJudged,
    );
    check("olga@work.test", &[&by("MX.Uni.TEST")], Ground::Dmarc);
    check("olga@work.test", &[&by("mx.uni.test 1")], Ground::Dmarc);
    check("olga@work.test", &[&by("mx.uni.test 2")], Ground::NotJudged);
    check("olga@work.test", &[&by("\"mx.uni.test\"")], Ground::Dmarc);
    check("olga@work.test", &["mx.uni.test; none"], Ground::NotProven);
    check_at(
        &at(Server::Named("mx.почта.test".to_owned())),
        "olga@work.test",
        &[&by("mx.xn--80a1acny.test")],
        Ground::Dmarc,
    );
    check_at(
        &at(Server::Named("mx.xn--80a1acny.test".to_owned())),
        "olga@work.test",
        &[&by("mx.Почта.test")],
        Ground::Dmarc,
    );
    check_at(
        &TrustPolicy::default(),
        "olga@work.test",
        &[&by("mx.uni.test")],
        Ground::NoServers,
    );
}

#[test]
fn forged_values_above_and_below_ours() {
    let forged = "mx.uni.test; dmarc=pass header.from=uni.test";
    let ours = "mx.uni.test; spf=pass smtp.mailfrom=evil.example";
    let failed = "mx.uni.test; dmarc=fail header.from=uni.test";
    let foreign = "mx.evil.example; dmarc=pass header.from=uni.test";
    // Below ours: it came with the mail.
    check_at(
        &careless(),
        "anna@uni.test",
        &[ours, forged],
        Ground::OwnDomainForged,
    );
    check_at(
        &careless(),
        "anna@uni.test",
        &[failed, forged],
        Ground::OwnDomainForged,
    );
    // A site that takes them out has none, and where it has two, a failure weighs more.
    check("anna@uni.test", &[failed, forged], Ground::OwnDomainForged);
    // Below one of another server: the mail has been elsewhere since.
    check("anna@uni.test", &[foreign, forged], Ground::NotJudged);
    check(
        "anna@uni.test",
        &["mx.uni.test; spf=pass (never closed", forged],
        Ground::NotJudged,
    );
    check_at(
        &at(Server::Unnamed),
        "anna@uni.test",
        &[foreign, "dmarc=pass header.from=uni.test"],
        Ground::NotJudged,
    );
}

#[test]
fn a_value_further_from_us_than_our_servers_is_not_theirs() {
    let counted = TrustPolicy {
        hops_above_max: Some(1),
        ..careless()
    };
    let pass = "mx.uni.test; dmarc=pass header.from=work.test";
    let with_hops = |hops: &[u32]| {
        let mut reading = mail("olga@work.test", &[pass]);
        reading.marks.hops_above = hops.to_vec();
        judge(&reading, &counted, &[])
    };
    assert_eq!(with_hops(&[0]), Ground::Dmarc);
    assert_eq!(with_hops(&[1]), Ground::Dmarc);
    assert_eq!(with_hops(&[2]), Ground::NotJudged);
    assert_eq!(with_hops(&[]), Ground::NotJudged);
}

#[test]
fn who_may_speak_for_whom() {
    let dkim = |domain: &str| format!("mx.uni.test; dkim=pass header.d={domain}");
    let check = |from: &str, domain: &str, expected| check(from, &[&dkim(domain)], expected);
    check("olga@work.test", "work.test", Ground::Dkim);
    check("olga@Work.TEST", "WORK.test.", Ground::Dkim);
    check("olga@почта.test", "xn--80a1acny.test", Ground::Dkim);
    check("olga@work.test", "mail.work.test", Ground::NotProven);
    check("olga@mail.work.test", "work.test", Ground::NotProven);
    check("olga@work.test", "test", Ground::NotProven);
    check("olga@work.test", "evilwork.test", Ground::NotProven);
    check("olga@work.test", "", Ground::NotProven);
    // Within the site's own domains the one above hands out the one below, never the other way.
    check("anna@chem.uni.test", "uni.test", Ground::Dkim);
    check("anna@uni.test", "students.uni.test", Ground::NotProven);
    check("anna@chem.uni.test", "students.uni.test", Ground::NotProven);
    check("anna@chem.uni.test", "test", Ground::NotProven);
}

#[test]
fn signatures_and_dmarc() {
    let pass = |words: &str| format!("mx.uni.test; {words}");
    let check = |from: &str, words: &str, expected| check(from, &[&pass(words)], expected);
    check(
        "olga@work.test",
        "dkim=pass header.i=olga@work.test",
        Ground::Dkim,
    );
    check(
        "olga@work.test",
        "dkim=pass header.i=@evil.example",
        Ground::NotProven,
    );
    check(
        "olga@work.test",
        "dkim=pass header.d=evil.example; dkim=pass header.d=work.test",
        Ground::Dkim,
    );
    check(
        "olga@work.test",
        "dkim=fail header.d=work.test; spf=pass smtp.mailfrom=work.test",
        Ground::Spf,
    );
    check("olga@work.test", "dkim=pass", Ground::NotProven);
    check("olga@work.test", "dmarc=pass", Ground::NotProven);
    check("olga@work.test", "dmarc=fail", Ground::DmarcFailed);
    check(
        "olga@work.test",
        "dmarc=pass header.from=<olga@work.test>",
        Ground::Dmarc,
    );
    check(
        "olga@work.test",
        "dmarc=pass header.from=evil.example",
        Ground::NotProven,
    );
    check(
        "olga@work.test",
        "dmarc=temperror header.from=work.test",
        Ground::NotProven,
    );
    check(
        "olga@work.test",
        "dmarc=fail header.from=work.test; dkim=pass header.d=work.test",
        Ground::DmarcFailed,
    );
    check(
        "olga@work.test",
        "dmarc=pass header.from=work.test; dmarc=fail (p=quarantine) header.from=work.test",
        Ground::DmarcRefused,
    );
}

#[test]
fn envelopes() {
    let pass = |words: &str| format!("mx.uni.test; {words}");
    let check = |from: &str, words: &str, expected| check(from, &[&pass(words)], expected);
    check(
        "olga@work.test",
        "spf=pass smtp.mailfrom=bounces.work.test",
        Ground::NotProven,
    );
    check(
        "olga@work.test",
        "spf=pass smtp.helo=work.test",
        Ground::NotProven,
    );
    check(
        "olga@work.test",
        "spf=fail smtp.mailfrom=olga@work.test",
        Ground::NotProven,
    );
    check(
        "olga@work.test",
        "spf=pass smtp.mailfrom=work.test; spf=fail smtp.mailfrom=work.test",
        Ground::NotProven,
    );
    check(
        "anna@uni.test",
        "spf=fail smtp.mailfrom=anna@uni.test",
        Ground::OwnDomainForged,
    );
    // The site's own name inside, and another's on the envelope.
    for (words, expected) in [
        (
            "spf=pass smtp.mailfrom=evil.example",
            Ground::OwnDomainForged,
        ),
        (
            "spf=none smtp.mailfrom=x@evil.example",
            Ground::OwnDomainForged,
        ),
        ("spf=pass smtp.mailfrom=lists.uni.test", Ground::NotProven),
        ("spf=none smtp.mailfrom=<>", Ground::NotProven),
        ("spf=none smtp.helo=evil.example", Ground::NotProven),
        (
            "dkim=pass header.d=uni.test; spf=pass smtp.mailfrom=list.example",
            Ground::Dkim,
        ),
    ] {
        check("anna@uni.test", words, expected);
    }
    check(
        "anna@uni.test",
        "dmarc=fail (p=none) header.from=uni.test",
        Ground::OwnDomainForged,
    );
    check(
        "anna@uni.test",
        "spf=fail smtp.mailfrom=uni.test; dkim=pass header.d=uni.test",
        Ground::Dkim,
    );
}

#[test]
fn a_password_proves_its_owner() {
    let check = |from: &str, words: &str, expected| {
        check(from, &[&format!("mx.uni.test; {words}")], expected);
    };
    check(
        "anna@uni.test",
        "auth=pass (plain) smtp.auth=anna",
        Ground::Submission,
    );
    check(
        "anna@uni.test",
        "auth=pass smtp.auth=Anna@UNI.test",
        Ground::Submission,
    );
    check(
        "anna@uni.test",
        "auth=pass smtp.mailfrom=anna@uni.test",
        Ground::NotProven,
    );
    check(
        "anna@uni.test",
        "auth=pass smtp.auth=boris smtp.mailfrom=anna@uni.test",
        Ground::OtherPassword,
    );
    check(
        "anna@uni.test",
        "auth=pass smtp.auth=boris; dkim=pass header.d=uni.test; dmarc=pass header.from=uni.test",
        Ground::OtherPassword,
    );
    check(
        "anna@uni.test",
        "auth=pass smtp.auth=anna; auth=pass smtp.auth=boris",
        Ground::OtherPassword,
    );
    check(
        "anna@uni.test",
        "auth=pass smtp.auth=anna@evil.example",
        Ground::OtherPassword,
    );
    check(
        "anna@uni.test",
        "auth=fail smtp.auth=boris; dkim=pass header.d=uni.test",
        Ground::Dkim,
    );
    check("anna@uni.test", "auth=pass", Ground::NotProven);
    check(
        "anna@uni.test",
        "auth=fail smtp.auth=anna",
        Ground::NotProven,
    );
    check(
        "anna@work.test",
        "auth=pass smtp.auth=anna",
        Ground::NotProven,
    );
    check("anna@uni.test", "local=pass", Ground::Submission);
    check("anna@work.test", "local=pass", Ground::NotProven);
    let plain = TrustPolicy {
        submission: Submission::default(),
        ..site()
    };
    for words in ["auth=pass smtp.auth=anna", "local=pass"] {
        let value = format!("mx.uni.test; {words}");
        check_at(&plain, "anna@uni.test", &[&value], Ground::NotProven);
    }
}

#[test]
fn one_author_and_no_more() {
    let pass = "mx.uni.test; dmarc=pass header.from=work.test";
    let mut reading = mail("olga@work.test", &[pass]);
    reading.marks.authors = 2;
    assert_eq!(judge(&reading, &site(), &[]), Ground::SeveralAuthors);
    reading.message.from = None;
    assert_eq!(judge(&reading, &site(), &[]), Ground::NoAuthor);
    let mut reading = mail("olga@work.test", &[pass]);
    reading.message.oddities = vec!["no_from".to_owned()];
    assert_eq!(judge(&reading, &site(), &[]), Ground::NoAuthor);
    check("undisclosed", &[pass], Ground::NoAuthor);
}

#[test]
fn an_envelope_that_could_forge_a_judgement_spoils_it() {
    let value = "mx.uni.test; spf=pass smtp.mailfrom=x;dmarc=pass header.from=work.test";
    let with_path = |path: Option<&str>| {
        let mut reading = mail("olga@work.test", &[value]);
        reading.message.return_path = path.map(str::to_owned);
        judge(&reading, &site(), &[])
    };
    assert_eq!(with_path(None), Ground::Dmarc);
    assert_eq!(with_path(Some("")), Ground::Dmarc);
    assert_eq!(
        with_path(Some("bounces+olga=work.test@bulk.test")),
        Ground::Dmarc
    );
    for odd in [
        "\"x;dmarc=pass header.from=work.test\"@evil.example",
        "x;dmarc=pass@evil.example",
        "\"x) (\"@evil.example",
        "a b@evil.example",
    ] {
        assert_eq!(with_path(Some(odd)), Ground::OddEnvelope, "{odd}");
    }
}

#[test]
fn names_that_show_another_address() {
    let pass = "mx.uni.test; dmarc=pass header.from=evil.example";
    let check_evil = |from: &str, expected| check(from, &[pass], expected);
    check_evil("Xenia <x@evil.example>", Ground::Dmarc);
    check_evil("x@evil.example <x@evil.example>", Ground::Dmarc);
    check_evil("'X@Evil.Example' <x@evil.example>", Ground::Dmarc);
    check_evil("x+news@evil.example <x@evil.example>", Ground::Dmarc);
    check_evil("Xenia @ work <x@evil.example>", Ground::Dmarc);
    check_evil("anna@uni.test <x@evil.example>", Ground::OtherAddressInName);
    check_evil(
        "Anna <anna@uni.test> <x@evil.example>",
        Ground::OtherAddressInName,
    );
    check_evil(
        "Anna (anna＠uni.test) <x@evil.example>",
        Ground::OtherAddressInName,
    );
    check_evil(
        "an\u{200B}na@uni.test <x@evil.example>",
        Ground::OtherAddressInName,
    );
    check_evil("\"anna@uni.test\"@evil.example", Ground::NoAuthor);
    check_evil("anna@uni.test@evil.example", Ground::OtherAddressInName);
    // An agent's own other address.
    check(
        "anna@uni.test <anna@home.example>",
        &["mx.uni.test; dmarc=pass header.from=home.example"],
        Ground::Dmarc,
    );
}

#[test]
fn names_of_agents_belong_to_agents() {
    let check = |from: &str, expected| {
        let domain = from.rsplit_once('@').unwrap().1.trim_end_matches('>');
        check(
            from,
            &[&format!("mx.uni.test; dmarc=pass header.from={domain}")],
            expected,
        );
    };
    check("Анна Петрова <anna@uni.test>", Ground::Dmarc);
    check("Анна Петрова <anna@home.example>", Ground::Dmarc);
    check("Анна Петрова <x@evil.example>", Ground::StaffNameOutside);
    check("ПЕТРОВА, Анна <x@evil.example>", Ground::StaffNameOutside);
    check(
        "Аннa Пeтрoва (IT) <x@evil.example>",
        Ground::StaffNameOutside,
    );
    check("Bоris Stоne <x@evil.example>", Ground::StaffNameOutside);
    check(
        "Boris  STONE <boris@evil.example>",
        Ground::StaffNameOutside,
    );
    // Somebody of the house may bear the same name.
    check("Анна Петрова <a.petrova@chem.uni.test>", Ground::Dmarc);
    check("Анна Сидорова <x@evil.example>", Ground::Dmarc);
    check("Анна <x@evil.example>", Ground::Dmarc);
    check("Boris Stonehouse <x@evil.example>", Ground::Dmarc);
}

#[test]
fn domains_that_look_like_ours() {
    let check = |domain: &str, expected| {
        check(
            &format!("anna@{domain}"),
            &[&format!("mx.uni.test; dmarc=pass header.from={domain}")],
            expected,
        );
    };
    check("uni.test", Ground::Dmarc);
    check("chem.uni.test", Ground::Dmarc);
    check("unl.test", Ground::LookAlikeDomain);
    check("un1.test", Ground::LookAlikeDomain);
    check("unі.test", Ground::LookAlikeDomain); // Cyrillic і
    check(
        &idna::domain_to_ascii("unі.test").unwrap(),
        Ground::LookAlikeDomain,
    );
    check("mail.un1.test", Ground::LookAlikeDomain);
    check("uni.test.evil.example", Ground::LookAlikeDomain);
    check("login.uni.test.evil.example", Ground::LookAlikeDomain);
    check("myuni.test", Ground::Dmarc);
    check("uni.example", Ground::Dmarc);
    check("work.test", Ground::Dmarc);
    check("почта.test", Ground::Dmarc);
    check("пoчта.test", Ground::MixedScripts); // Latin o
    let same = |own: &str, other: &str| {
        let policy = TrustPolicy {
            own_domains: vec![own.to_owned()],
            ..site()
        };
        judge(&mail(&format!("anna@{other}"), &[]), &policy, &[])
    };
    assert_eq!(same("modern.test", "rnodem.test"), Ground::LookAlikeDomain);
    assert_eq!(same("work.test", "vvork.test"), Ground::LookAlikeDomain);
    assert_eq!(same("office.test", "0ffice.test"), Ground::LookAlikeDomain);
    assert_eq!(same("рост.test", "poct.test"), Ground::LookAlikeDomain);
    assert_eq!(same("Почта.test", "xn--80a1acny.test"), Ground::NotJudged);
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

/// Pieces that values are made of, in any order, and anything else.
fn pieces() -> impl Strategy<Value = String> {
    let known = [
        "mx.uni.test",
        ";",
        "=",
        "(",
        ")",
        "\"",
        "\\",
        ".",
        "/",
        "1",
        "dmarc",
        "dkim",
        "spf",
        "pass",
        "fail",
        "header.from",
        "header.d",
        "smtp.mailfrom",
        "uni.test",
        "@",
        " ",
        "\t",
        "reason",
        "none",
        "é",
        "\0",
    ];
    prop::collection::vec(
        proptest::prop_oneof![
            4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ],
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_it(values in prop::collection::vec(pieces(), 0..4), from in pieces(), path in pieces()) {
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let mut reading = mail(&from, &values);
        reading.message.return_path = Some(path);
        let seen = servers_of(&reading);
        for policy in [site(), careless(), at(Server::Unnamed), TrustPolicy::default()] {
            let is_own = |server: &String| {
                let server = (!server.is_empty()).then_some(server.as_str());
                policy.servers.iter().any(|own| own.is(server))
            };
            agents(|staff| {
                let is_proven = judge(&reading, &policy, staff).trust() == Trust::Proven;
                assert!(!is_proven || seen.iter().any(is_own), "{values:?}");
            });
        }
    }

    /// Whatever the sender writes into a remark or a quoted value of a server that quotes properly, it proves nothing.
    #[test]
    fn a_sender_cannot_write_a_judgement(words in pieces()) {
        let quoted = words.replace('\\', "\\\\").replace('"', "\\\"");
        let remark: String = words.chars().filter(|c| !"()\\\"".contains(*c)).collect();
        let value = format!("mx.uni.test; spf=pass (domain of {remark}) smtp.mailfrom=\"{quoted}\"@evil.example");
        agents(|staff| {
            let ground = judge(&mail("anna@uni.test", &[&value]), &site(), staff);
            let is_none = matches!(ground, Ground::NotProven | Ground::NotJudged | Ground::OwnDomainForged);
            assert!(is_none, "{ground:?} {value}");
        });
    }
}
