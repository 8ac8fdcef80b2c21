//! What real servers write.

use super::*;

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
