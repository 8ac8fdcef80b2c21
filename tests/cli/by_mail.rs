//! A month that is approved by mail, at the terminal: told, not closed again, its file sent once more.

use std::{
    fs::File,
    time::{Duration, SystemTime},
};

use data_encoding::HEXLOWER;
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use okno::{
    clock::Clock,
    lab::MailFolder,
    mail::read::{Limits, decode_all, read},
};
use sha2::{Digest as _, Sha256};

use super::house::{Ended, House, REQUEST};

/// A month that is over for long: its draft and its file are due, whatever day it is.
fn month() -> String {
    let first = Clock::System
        .now()
        .to_zoned(TimeZone::UTC)
        .date()
        .first_of_month();
    let before = first.checked_sub(2.months()).unwrap();
    format!("{}-{:02}", before.year(), before.month())
}

fn house() -> House {
    let house = House::new();
    std::fs::write(
        house.path("kpi.toml"),
        include_str!("../../kpi.example.toml"),
    )
    .unwrap();
    let people = "e-mail;name;employee no.\nanna@uni.test;Petrova Anna;000123\n";
    std::fs::write(house.path("people.csv"), people).unwrap();
    house.configure(&format!(
        "[smtp]\nmaildir = \"out\"\n[directory]\nfile = \"people.csv\"\n\
         [payroll.it]\nqueues = [\"it\"]\nto = [\"payroll@uni.test\"]\nscores = \"kpi.toml\"\n\
         first = \"{}\"\napprover = \"anna\"\ntitle = \"IT staff\"\n[trust]\nservers = [\"mx.uni.test\"]\n",
        month()
    ));
    house.receives(REQUEST);
    has_lain_there(&house);
    house.okno(&["drain"]).with(0);
    house.okno(&["drain"]).with(0);
    house
}

/// The mail has lain in the mailbox since that month: before anything came there is nothing to pay by.
fn has_lain_there(house: &House) {
    let zone = TimeZone::UTC;
    let first: Date = format!("{}-10", month()).parse().unwrap();
    let at = first.to_zoned(zone).unwrap().timestamp();
    let since = Duration::from_secs(at.as_second().unsigned_abs());
    for file in MailFolder::at(house.path("in")).files().unwrap() {
        let file = File::options().write(true).open(file).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH.checked_add(since).unwrap())
            .unwrap();
    }
}

/// Anna has the draft, and approves it.
fn approved(house: &House) {
    let named = HEXLOWER.encode(format!("it/{}/1", month()).as_bytes());
    let letters = house.sent_to("anna@uni.test");
    let lines = letters.iter().flat_map(|letter| letter.lines());
    let id = lines
        .filter_map(|line| line.strip_prefix("Message-ID: "))
        .find(|id| id.starts_with(&format!("<okno.kpi-{named}-")))
        .unwrap();
    house.receives(&format!(
        "Authentication-Results: mx.uni.test; dmarc=pass header.from=uni.test\n\
         From: Anna Petrova <anna@uni.test>\nTo: it@uni.test\nSubject: Re: figures\n\
         Message-ID: <approved@uni.test>\nIn-Reply-To: {id}\n\napprove\n"
    ));
    for _ in 0..3 {
        house.okno(&["drain"]).with(0);
    }
}

fn resend(house: &House, more: &[&str]) -> Ended {
    let month = month();
    let mut words = vec!["period", "resend", "it", &month];
    words.extend(more);
    house.okno(&words)
}

/// The files that the accountants were sent of the month.
fn files_sent(house: &House) -> Vec<Vec<u8>> {
    let name = format!("pay_{}_it_v1.xlsx", month());
    let mails = house.sent_to("payroll@uni.test");
    let own = mails.iter().filter(|mail| mail.contains(&name));
    own.map(|mail| {
        let bytes = mail.as_bytes();
        let reading = read(bytes, &Limits::default());
        decode_all(bytes, reading.places.iter()).remove(0)
    })
    .collect()
}

#[test]
fn a_month_that_is_approved_by_mail_is_told_and_its_file_sent_once_more() {
    let (house, month) = (house(), month());
    resend(&house, &[])
        .with(1)
        .says(&[&format!("{month}: is not approved yet by the list it")]);
    approved(&house);
    let first = files_sent(&house);
    assert_eq!(first.len(), 1);
    let sha = HEXLOWER.encode(&Sha256::digest(&first[0]));
    let closed = format!("{month} it v1: closed by mail ");
    let line = [
        closed.as_str(),
        "approved by: Anna Petrova",
        &format!("pay_{month}_it_v1.xlsx SHA-256 {sha}"),
    ];
    house
        .okno(&["period", "list"])
        .with(0)
        .says(&line)
        .never_says(&["No period is closed", "not sent yet"]);
    // The figures go to other programs; who has approved them stands beside.
    let shown = house.okno(&["period", "show", &month]).with(0);
    assert!(
        shown.out.starts_with("period;queue;agent;figure;") && !shown.out.contains("Anna"),
        "{shown:?}"
    );
    assert!(
        shown.err.contains(line[0]) && shown.err.contains(line[1]),
        "{shown:?}"
    );
    let adjusted = house.okno(&["period", "adjust", &month]).with(0);
    assert_eq!(adjusted.out.lines().count(), 1, "{}", adjusted.out);
    resend(&house, &["--to", "stranger@uni.test"])
        .with(1)
        .says(&["stranger@uni.test: the file goes only to: payroll@uni.test"]);
    resend(&house, &["--to", "payroll@uni.test"])
        .with(0)
        .says(&[
            "The same file is to be sent once more",
            "payroll@uni.test",
            &sha,
        ]);
    house.okno(&["drain"]).with(0);
    let sent = files_sent(&house);
    assert!(sent.len() == 2 && sent[0] == sent[1], "{}", sent.len());
    house
        .okno(&["period", "resend", "hr", &month])
        .with(1)
        .says(&["There is no payroll list hr", "There are: it"]);
    house
        .okno(&["verify"])
        .with(0)
        .says(&["Closed periods checked: 1, faults: 0"]);
}

#[test]
fn a_month_of_a_payroll_list_is_not_closed_at_the_terminal() {
    let (house, month) = (house(), month());
    let close = |period: &str| {
        let reason = "approved by Anna";
        house.okno(&[
            "period",
            "close",
            period,
            "--reason",
            reason,
            "--without-scores",
        ])
    };
    let by_mail = ["this month is closed by mail", "Payroll lists: it"];
    close(&month).with(1).says(&by_mail);
    let files = ["report", "files", "--period", &month, "--to", "files"];
    let draft = format!("kpi_{month}_v0.xlsx");
    house.okno(&files).with(0).says(&[&draft]).says(&by_mail);
    approved(&house);
    // What was sent is written as it was, and what it rests on as it was closed.
    let sent = format!("pay_{month}_it_v1.xlsx");
    house.okno(&files).with(0).says(&[
        &format!("{sent}: as it was sent, byte for byte"),
        &format!("kpi_{month}_it_v1.xlsx"),
        &format!("{month} it: closed "),
        "version 1; nothing has changed since",
    ]);
    let written = std::fs::read(house.path("files").join(&sent)).unwrap();
    assert_eq!(vec![written], files_sent(&house));
    let figures = ["report", "kpi", "--period", &month, "--queue", "it"];
    house
        .okno(&figures)
        .with(0)
        .says(&["version 1; nothing has changed since"])
        .never_says(&["COUNTED ANEW"]);
    let anew = [&files[..], &["--recount"]].concat();
    house.okno(&anew).with(0).says(&[
        &draft,
        "not to be paid by: the month is closed by mail",
        &format!("{month} it v1: closed by mail"),
        "COUNTED ANEW, NOT TO BE PAID BY",
    ]);
    // Before the list began, and what is no month, is nobody's but the administrator's.
    close("2019-12").with(0).says(&["To be closed", "2019-12"]);
    close("2020-q1").with(0).says(&["To be closed", "2020-q1"]);
    // Also where the list is gone from the configuration.
    house.configure("[smtp]\nmaildir = \"out\"\n");
    close(&month).with(1).says(&by_mail);
}

#[test]
fn a_month_of_a_payroll_list_is_approved_at_the_terminal_in_its_heads_place() {
    let (house, month) = (house(), month());
    let close = |list: &str| {
        let words = [
            "period",
            "close",
            &month,
            "--list",
            list,
            "--reason",
            "signed on paper",
        ];
        house.okno(&words)
    };
    close("hr").with(1).says(&["There is no payroll list hr"]);
    close("it").with(0).says(&[
        &format!("closed (a running okno does so within half a minute): {month} it, draft 1"),
        "in the place of: Anna Petrova",
        &format!("pay_{month}_it_v1.xlsx: rows "),
    ]);
    for _ in 0..3 {
        house.okno(&["drain"]).with(0);
    }
    assert_eq!(files_sent(&house).len(), 1);
    house.okno(&["period", "list"]).with(0).says(&[
        "approved by: Anna Petrova (the administrator at the terminal in the place of those who had not answered: signed on paper)",
    ]);
    close("it").with(1).says(&["is closed already"]);
    let scores = [
        "period", "close", &month, "--list", "it", "--reason", "x", "--scores", "kpi.toml",
    ];
    house.okno(&scores).with(2).says(&["cannot be used with"]);
    house
        .okno(&["verify"])
        .with(0)
        .says(&["Closed periods checked: 1, faults: 0"]);
}

#[test]
fn a_payroll_list_is_told_before_its_day() {
    house().okno(&["check"]).with(0).says(&[
        "Payroll list «IT staff»",
        "Queues: it",
        "Approved by: anna",
        "The file goes to: payroll@uni.test",
        "File of ",
    ]);
}
