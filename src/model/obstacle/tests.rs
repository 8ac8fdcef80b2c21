//! One line a server, and what becomes of it.

use super::*;

#[track_caller]
fn check(status: &str, said: &str, obstacle: Obstacle) {
    let status = (!status.is_empty()).then_some(status);
    assert_eq!(Obstacle::of(status, said), obstacle, "{status:?} {said}");
}

#[test]
fn precise_codes_decide_alone() {
    check("5.1.1", "", Obstacle::NoSuchMailbox);
    check("5.1.1", "550 mailbox full", Obstacle::NoSuchMailbox);
    check("5.1.2", "550 Host unknown", Obstacle::NoSuchDomain);
    check("5.1.3", "", Obstacle::BadAddress);
    check("5.1.8", "", Obstacle::SenderUnwanted);
    check("5.2.2", "", Obstacle::Full);
    check("4.2.2", "", Obstacle::Full);
    check("5.2.3", "", Obstacle::TooLarge);
    check("5.3.4", "", Obstacle::TooLarge);
    check("5.4.4", "", Obstacle::NoSuchDomain);
    check("5.4.6", "", Obstacle::Loop);
    check("5.7.13", "", Obstacle::SwitchedOff);
    check("5.7.26", "", Obstacle::Unproven);
    check("5.7.27", "", Obstacle::Unproven);
    check("5.7.606", "", Obstacle::ServerUnwanted);
    check("5.7.133", "", Obstacle::Closed);
}

#[test]
fn vague_codes_ask_the_words() {
    check("5.1.10", "", Obstacle::TakesNoMail);
    check(
        "5.1.10",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
        Obstacle::NoSuchMailbox,
    );
    check(
        "5.1.10",
        "the domain returned Null MX",
        Obstacle::TakesNoMail,
    );
    check("5.2.1", "", Obstacle::SwitchedOff);
    check(
        "5.2.1",
        "550 5.2.1 <a@b.test>... User unknown",
        Obstacle::NoSuchMailbox,
    );
    check("5.7.1", "", Obstacle::Rules);
    check(
        "5.7.1",
        "554 5.7.1 message rejected as spam",
        Obstacle::Spam,
    );
    check(
        "5.7.1",
        "554 5.7.1 <a@b.test>: Relay access denied",
        Obstacle::NotResponsible,
    );
    check(
        "5.7.1",
        "550 5.7.1 Client host rejected: listed in zen",
        Obstacle::ServerUnwanted,
    );
    check(
        "5.7.1",
        "rejected due to the DMARC policy of uni.test",
        Obstacle::Unproven,
    );
    check(
        "5.7.1",
        "You are not authorized to send to this group",
        Obstacle::Closed,
    );
    check(
        "5.7.1",
        "550 5.7.1 No mailbox found",
        Obstacle::NoSuchMailbox,
    );
    check(
        "5.4.1",
        "550 5.4.1 Recipient address rejected: Access denied",
        Obstacle::NoSuchMailbox,
    );
}

#[test]
fn vague_codes_say_something_where_the_words_do_not() {
    check("4.4.1", "", Obstacle::Unreachable);
    check("4.4.7", "", Obstacle::Expired);
    check(
        "4.4.7",
        "552 mailbox is full: retry timeout exceeded",
        Obstacle::Full,
    );
    check("4.7.1", "", Obstacle::Busy);
    check("4.3.2", "", Obstacle::Busy);
    check("5.6.1", "", Obstacle::BadForm);
    check(
        "5.7.0",
        "<a@b.test>: Recipient address rejected: Policy violation",
        Obstacle::Rules,
    );
    check(
        "5.0.0",
        "554 Rcpt <a@b.test> does not exist",
        Obstacle::NoSuchMailbox,
    );
    check(
        "5.0.0",
        "553 mx.uni.test does not exist",
        Obstacle::NoSuchDomain,
    );
    check("5.0.0", "", Obstacle::Refused);
    check(
        "5.0.0",
        "host mx.uni.test said: 550 user unknown",
        Obstacle::NoSuchMailbox,
    );
}

#[test]
fn words_stand_alone_where_there_is_no_code() {
    check("", "", Obstacle::Unsaid);
    check("", "computer says no", Obstacle::Refused);
    check("", "Почтовый ящик переполнен", Obstacle::Full);
    check("", "Пользователь не найден", Obstacle::NoSuchMailbox);
    check("", "Учётная запись заблокирована", Obstacle::SwitchedOff);
    check("", "Размер письма превышает допустимый", Obstacle::TooLarge);
    check("", "Dieses Postfach ist voll", Obstacle::Full);
    check("", "The mail was infected with a virus", Obstacle::BadFile);
    check("", "Disk quota exceeded", Obstacle::Full);
    check(
        "",
        "554 You've reached your daily relay quota",
        Obstacle::TooMany,
    );
    check("", "retry timeout exceeded", Obstacle::Expired);
    check(
        "",
        "connect to mx.uni.test[192.0.2.1]:25: Connection timed out",
        Obstacle::Unreachable,
    );
    check("", "Unrouteable address", Obstacle::NoSuchDomain);
    check(
        "",
        "450 4.7.1 Greylisted, try again later",
        Obstacle::TooMany,
    );
}

#[test]
fn every_obstacle_has_words_of_its_own_and_no_jargon() {
    const ALL: [Obstacle; 25] = [
        Obstacle::NoSuchMailbox,
        Obstacle::Moved,
        Obstacle::BadAddress,
        Obstacle::NoSuchDomain,
        Obstacle::TakesNoMail,
        Obstacle::SwitchedOff,
        Obstacle::Full,
        Obstacle::ServerFull,
        Obstacle::TooLarge,
        Obstacle::Unreachable,
        Obstacle::Expired,
        Obstacle::Loop,
        Obstacle::BadForm,
        Obstacle::BadFile,
        Obstacle::Spam,
        Obstacle::Unproven,
        Obstacle::Closed,
        Obstacle::NotResponsible,
        Obstacle::SenderUnwanted,
        Obstacle::ServerUnwanted,
        Obstacle::TooMany,
        Obstacle::Rules,
        Obstacle::Busy,
        Obstacle::Refused,
        Obstacle::Unsaid,
    ];
    const JARGON: [&str; 9] = [
        "SMTP", "MX", "DNS", "DMARC", "SPF", "DKIM", "MIME", "5.", "IP",
    ];
    let mut seen = std::collections::BTreeSet::new();
    for obstacle in ALL {
        for language in Language::ALL {
            let sentence = obstacle.sentence(language);
            assert!(seen.insert(sentence), "said twice: {sentence}");
            assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
            for word in JARGON {
                assert!(!sentence.contains(word), "{word} in {sentence}");
            }
        }
        assert!(
            seen.insert(obstacle.code()),
            "two of one name: {obstacle:?}"
        );
        // The status made for an obstacle tells the same one again, or one as vague.
        let again = Obstacle::of(Some(&format!("5.{}", obstacle.detail())), "");
        let is_vague = matches!(obstacle.detail(), "0.0" | "7.0" | "7.1" | "3.2");
        assert!(again == obstacle || is_vague, "{obstacle:?} {again:?}");
    }
}

#[test]
fn a_long_answer_is_cut_within_a_letter() {
    check("", &"ж".repeat(5000), Obstacle::Refused);
}
