//! Figures are held against what does not come of them: the table of tickets as it is, and the closed month before. Where they
//! differ, nobody is sent any, and the administrator is told.

use std::time::Duration;

use data_encoding::{BASE64, HEXLOWER};
use jiff::tz::TimeZone;
use okno::{
    desk::{
        cause::Operation,
        kpi::{Period, Sheet},
    },
    house::periods::{self, NotClosed},
    model::{ids::QueueName, period::ClosedPeriod},
    store::{Statement, work},
};
use sha2::{Digest as _, Sha256};

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
    payroll::{OTHERS, a_month_of_work, darya, nobody_reads, says},
};

const HOUR: Duration = Duration::from_secs(3600);

fn zone() -> TimeZone {
    TimeZone::get("Europe/Moscow").unwrap()
}

fn month(name: &str) -> Period {
    Period::named(name, &zone()).unwrap()
}

fn prepare(desk: &Desk, name: &str) -> Result<ClosedPeriod, NotClosed> {
    let now = desk.clock.now();
    desk.with_house(async |house| {
        let prepared = periods::prepare(&house.db, &month(name), &zone(), now).await;
        prepared.unwrap()
    })
}

fn is_closed(desk: &Desk, closed: ClosedPeriod) {
    let now = desk.clock.now();
    desk.with_house(async |house| {
        let operation = Operation::ClosePeriod {
            closed: Box::new(closed),
            files: std::collections::BTreeMap::new(),
            reason: "утвердила Дарья Громова".to_owned(),
        };
        work::order(&house.db, operation, now).await.unwrap();
    });
    desk.step();
}

fn draft(desk: &Desk, name: &str) -> Sheet {
    desk.with_house(async |house| {
        let draft = periods::draft(&house.db, &month(name), &zone()).await;
        draft.unwrap().sheet
    })
}

fn meddles(desk: &Desk, sql: &'static str) {
    desk.with_house(async |house| {
        let statement = Statement::both(sql);
        let done = house.db.write("meddle", statement, |tx, statement| {
            Box::pin(async move { tx.exec(statement, &[]).await.map(drop) })
        });
        done.await.unwrap();
    });
}

/// It is the first of December; Olga's second question is still open, and answered from the shared mailbox on the last day of
/// November.
fn a_month_is_over() -> Desk {
    let source = UNIVERSITY.replace(
        "maildir = \"/nowhere/it\"",
        "maildir = \"/nowhere/it\"\nsent = \"Sent\"",
    );
    let desk = Desk::with(&source);
    let olga = desk.person("Ольга", "olga@uni.test");
    for (day, subject) in [("2026-11-20", "Сканер"), ("2026-11-30", "Принтер")] {
        desk.until(&format!("{day}T08:00:00Z"));
        olga.writes(&Letter::to("it@uni.test", subject, "Не работает."));
        desk.step();
    }
    desk.advance(HOUR);
    let answer = Letter::to("olga@uni.test", "Re: Принтер", "Замените картридж.")
        .with("In-Reply-To", "<m2@uni.test>")
        .with("References", "<m2@uni.test>");
    desk.is_sent_from(
        "it",
        &answer.bytes("ИТ <it@uni.test>", "w1@webmail.uni.test"),
    );
    desk.step();
    desk.until("2026-12-01T07:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk
}

#[test]
fn a_month_begins_as_the_closed_one_before_has_ended() {
    let desk = a_month_is_over();
    let closed = prepare(&desk, "2026-11").unwrap();
    let it = QueueName::from("it");
    assert_eq!(draft(&desk, "2026-11").balances[&it].end, 2);
    is_closed(&desk, closed);
    // That she was content with what was written on the thirtieth turns out in December: November ended with one less.
    desk.until("2026-12-20T07:00:00Z");
    let solved = desk.history(1002).join("\n");
    assert!(solved.contains("resolved_outside (quiet)"), "{solved}");
    let december = draft(&desk, "2026-12");
    assert_eq!(december.balances[&it].start, 1);
    assert_eq!(december.unbalanced(), Vec::<&QueueName>::new());
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn a_month_that_begins_otherwise_is_not_closed() {
    let desk = a_month_is_over();
    let mut closed = prepare(&desk, "2026-11").unwrap();
    // The frozen file says that three were left.
    let file = String::from_utf8(periods::bytes_of(&closed).unwrap()).unwrap();
    let other = file.replace(";it;*;backlog_end;2;", ";it;*;backlog_end;3;");
    assert_ne!(file, other);
    closed.sha256 = HEXLOWER.encode(&Sha256::digest(other.as_bytes()));
    closed.file = BASE64.encode(&zstd::encode_all(other.as_bytes(), 0).unwrap());
    is_closed(&desk, closed);
    desk.until("2027-01-04T07:00:00Z");
    let it = QueueName::from("it");
    assert_eq!(draft(&desk, "2026-12").unbalanced(), [&it]);
    let refused = prepare(&desk, "2026-12");
    assert_eq!(refused, Err(NotClosed::Unbalanced(vec![it])));
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn a_table_of_tickets_that_says_otherwise_stops_the_draft_and_is_told() {
    let desk = super::payroll::university("kpi.toml");
    a_month_of_work(&desk);
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Не работает."));
    desk.step();
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
    meddles(&desk, "UPDATE ticket SET state = 'closed' WHERE id = 1003");
    desk.looks_around();
    darya(&desk).got_nothing();
    let told = desk.person("Администратор", "root@uni.test").only_mail();
    says(&told, &["Суммы показателей не сходятся", "it/2026-11"]);
    // What was meddled with is put right, and the draft comes.
    meddles(&desk, "UPDATE ticket SET state = 'new' WHERE id = 1003");
    desk.looks_around();
    says(
        &darya(&desk).only_mail(),
        &["Посмотрите показатели за ноябрь 2026"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}
