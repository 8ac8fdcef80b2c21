//! Whatever is written, nothing breaks, and nobody writes their own judgement.

use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};

use super::*;

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
