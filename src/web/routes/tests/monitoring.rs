//! What monitoring and other programs are told.

use super::*;

#[tokio::test]
async fn the_monitoring_is_told_every_cause() {
    let site = site(settings(), "no such host");
    let Answer(_, headers, words) = ask(&site, Method::GET, "/metrics", &[]).await;
    let kind = headers["content-type"].to_str().expect("ASCII");
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    for line in [
        "okno_tickets_overdue{queue=\"it\"} 1",
        "okno_mailbox_up{mailbox=\"it\"} 0",
        "okno_quarantine_mails 2",
        "okno_outbox_held_mails 1",
        "okno_outbox_stopped_mails 2",
    ] {
        assert!(words.contains(line), "{line}: {words}");
    }
    assert!(words.ends_with("# EOF\n"));
    let Answer(_, _, words) = ask(&site, Method::GET, "/readyz", &[]).await;
    let read: serde_json::Value = serde_json::from_str(&words).expect("JSON");
    assert_eq!(read["ready"], false);
    let causes = read["causes"].as_array().expect("a list");
    let checks: Vec<&str> = causes
        .iter()
        .filter_map(|one| one["check"].as_str())
        .collect();
    // That the administrator has stopped some mail is no cause.
    assert_eq!(checks, ["mailbox", "outbox"], "{words}");
    site.clock.advance(std::time::Duration::from_secs(121));
    let Answer(code, _, words) = ask(&site, Method::GET, "/readyz", &[]).await;
    assert_eq!(code, StatusCode::SERVICE_UNAVAILABLE);
    assert!(words.contains("it has not answered for 121 s"), "{words}");
}

/// Whether it can be read is for the process to say that reads it; when it was read last stands in the database.
#[test]
fn of_a_mailbox_that_was_handed_over_only_its_last_look_is_told() {
    let (meters, mut known) = (Meters::default(), status("it"));
    meters.show(&known);
    assert!(
        meters
            .written()
            .contains("okno_mailbox_up{mailbox=\"it\"} 0")
    );
    let told = |known: &Status| {
        let readiness = Readiness::of(Some(known), SignedDuration::ZERO, None);
        let causes = readiness.causes.iter();
        let causes = causes.map(|cause| format!("{}: {}", cause.name, cause.detail));
        causes.collect::<Vec<_>>()
    };
    known.held = Heap::default();
    let since = "it: since 2026-11-17T08:00:00Z: ";
    assert_eq!(told(&known), [format!("{since}it")]);
    let mailbox = known.mailboxes.get_mut(&"it".into()).expect("a mailbox");
    (mailbox.trouble, mailbox.is_ours) = (None, false);
    mailbox.read_at = Some(at("2026-11-17T08:50:00Z"));
    meters.show(&known);
    let written = meters.written();
    assert!(
        !written.contains("okno_mailbox_up{mailbox=\"it\"}"),
        "{written}"
    );
    for line in [
        "okno_mailbox_up{mailbox=\"hr\"} 1",
        "okno_mailbox_read_timestamp_seconds{mailbox=\"it\"} 1794905400",
        "okno_mailbox_silence_limit_seconds{mailbox=\"it\"} 900",
    ] {
        assert!(written.contains(line), "{line}: {written}");
    }
    assert!(told(&known).is_empty());
    // Nor has the other one read it for an hour.
    let mailbox = known.mailboxes.get_mut(&"it".into()).expect("a mailbox");
    mailbox.read_at = Some(at("2026-11-17T08:00:00Z"));
    assert_eq!(told(&known), [format!("{since}it was not read since")]);
    // This process runs for ten minutes only: whoever read before may have ended with the machine.
    known.started_at = at("2026-11-17T08:50:00Z");
    assert!(told(&known).is_empty());
}

#[test]
fn a_mailbox_that_nobody_ever_reads_is_a_cause_in_the_end() {
    let mut known = Status::sample("it");
    known.held = Heap::default();
    known.mailboxes.retain(|name, _| *name == "lab".into());
    let mut told = |started: &str, poll: u64| {
        known.started_at = at(started);
        let mailbox = known.mailboxes.get_mut(&"lab".into()).expect("a mailbox");
        mailbox.poll = std::time::Duration::from_secs(poll);
        let readiness = Readiness::of(Some(&known), SignedDuration::ZERO, None);
        readiness.causes.first().map(|cause| cause.detail.clone())
    };
    assert_eq!(told("2026-11-17T08:50:00Z", 60), None);
    let never = "since 2026-11-17T08:40:00Z: it was never read";
    assert_eq!(told("2026-11-17T08:40:00Z", 60).as_deref(), Some(never));
    assert_eq!(told("2026-11-17T08:40:00Z", 600), None);
}

/// A program is told in its own way, and when to ask again.
#[tokio::test]
async fn a_program_that_asks_too_early_is_told_so_in_json() {
    let site = empty(settings(), &[]);
    let Answer(code, headers, words) = ask(&site, Method::GET, "/status.json", &[]).await;
    assert_eq!(code, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["retry-after"], "5");
    assert!(!headers.contains_key("refresh"), "no person looks");
    let read: serde_json::Value = serde_json::from_str(&words).expect("JSON");
    assert_eq!(
        (&read["schema"], &read["error"]),
        (&1.into(), &"not_yet".into())
    );
}

/// Mail that one recipient's server does not take is tried for days; that is no trouble of the house.
#[test]
fn only_mail_that_is_not_even_tried_is_stuck() {
    let mut known = sound();
    known.outbox = Heap {
        count: 3,
        since: Some(at("2026-11-15T09:00:00Z")),
    };
    let told = |known: &Status| Readiness::of(Some(known), SignedDuration::ZERO, None);
    assert!(told(&known).ready);
    known.stuck = Heap {
        count: 2,
        since: Some(at("2026-11-17T08:45:00Z")),
    };
    let causes = told(&known).causes;
    let details: Vec<&str> = causes.iter().map(|cause| cause.detail.as_str()).collect();
    let expected = "2 are due and not sent, the first since 2026-11-17T08:45:00Z";
    assert_eq!(details, [expected]);
}

/// Everything that the rules and the dashboard ask for is there, under that name.
#[test]
fn the_monitoring_asks_for_what_there_is() {
    use crate::web::meters::{ByEnding, ByReason, OfMailbox, OfVerdict};
    let meters = Meters::default();
    meters.show(&status("it"));
    let word = || "x".to_owned();
    let mailbox = OfMailbox { mailbox: word() };
    for family in [&meters.received, &meters.failures, &meters.reconnects] {
        family.get_or_create(&mailbox).inc();
    }
    for family in [&meters.decisions, &meters.withheld] {
        family.get_or_create(&ByReason { reason: word() }).inc();
    }
    let verdict = OfVerdict {
        queue: word(),
        clock: word(),
        outcome: word(),
    };
    meters.verdicts.get_or_create(&verdict).inc();
    meters
        .sent
        .get_or_create(&ByEnding { ending: word() })
        .inc();
    meters.lag.observe(1.0);
    let written = meters.written();
    let known: BTreeSet<&str> = written
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(['{', ' ']).next())
        .collect();
    let mut asked = 0;
    for file in [
        include_str!("../../../../monitoring/alerts.yml"),
        include_str!("../../../../monitoring/grafana.json"),
    ] {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let names = file
            .split(|c| !is_part(c))
            .filter(|word| word.starts_with("okno_"));
        for name in names {
            assert!(known.contains(name), "{name}: {known:?}");
            asked += 1;
        }
    }
    assert!(asked > 20, "{asked}");
}

/// A mailbox that was never read is as silent as if it had been read when the process started, and somebody is woken.
#[test]
fn the_monitoring_hears_of_a_mailbox_that_was_never_read_and_of_who_decides() {
    let meters = Meters::default();
    let mut known = status("it");
    for mailbox in known.mailboxes.values_mut() {
        mailbox.read_at = None;
    }
    known.decider = DeciderPresence::Nobody;
    meters.show(&known);
    let written = meters.written();
    let started = known.started_at.as_second();
    for line in [
        format!("okno_mailbox_read_timestamp_seconds{{mailbox=\"it\"}} {started}\n"),
        "okno_decider{decider=\"nobody\"} 1\n".to_owned(),
        "okno_decider{decider=\"here\"} 0\n".to_owned(),
    ] {
        assert!(written.contains(&line), "{line}: {written}");
    }
}

#[test]
fn a_house_in_trouble_says_what_it_is() {
    let status = status("no such host");
    let readiness = Readiness::of(Some(&status), SignedDuration::ZERO, None);
    let told: Vec<String> = readiness
        .causes
        .iter()
        .map(|cause| format!("{} {}: {}", cause.check, cause.name, cause.detail))
        .collect();
    assert_eq!(
        told,
        [
            "mailbox it: since 2026-11-17T08:00:00Z: no such host",
            "outbox held: the fuse holds 1: `okno outbox`",
        ]
    );
}
