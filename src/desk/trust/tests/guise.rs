//! Authors, names and domains that pass for others.

use super::*;

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
