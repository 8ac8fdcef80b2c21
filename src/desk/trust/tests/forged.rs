//! What those write who want to be believed: whose values count.

use super::*;

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
