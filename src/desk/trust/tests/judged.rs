//! What a judgement proves: domains, signatures, envelopes, passwords.

use super::*;

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
