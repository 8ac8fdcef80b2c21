//! Okno was away when regular letters were promised: each comes once, the oldest first, and says what was then.

use okno::store::Faults;

use super::{
    desk::Desk,
    letter::{Letter, Received},
    reviews::{HOUR, a_week_of_work, asks, nobody_reads, university, weeks, with_director},
};

/// Okno is away, and comes back.
fn is_away(desk: &Desk, days: u32) {
    desk.stop();
    desk.advance(HOUR * 24 * days);
    desk.start(Faults::none());
}

/// What Darya is sent in this many looks, each of which leaves one letter a sort.
fn told(desk: &Desk, looks: usize, begins: &str) -> Vec<Received> {
    let mut told = Vec::new();
    for _ in 0..looks {
        desk.looks_around();
        let new = desk.inbox("darya@uni.test").into_iter();
        told.extend(new.filter(|mail| mail.subject().starts_with(begins)));
        nobody_reads(desk);
    }
    told
}

fn subjects(mails: &[Received]) -> Vec<&str> {
    let subjects = mails.iter().map(Received::subject);
    subjects.collect()
}

#[test]
fn missed_weeks_come_each_once_the_oldest_first_in_working_time() {
    let desk = Desk::with(&university());
    // It was switched on in the middle of a week: nothing is owed for the one before.
    desk.looks_around();
    assert_eq!(weeks(&desk, "darya@uni.test").len(), 0);
    a_week_of_work(&desk);
    asks(&desk, "it", "olga", "Проектор");
    let card = desk.inbox("anna@uni.test").pop().unwrap();
    desk.until("2026-11-23T05:30:00Z");
    assert_eq!(told(&desk, 2, "Итоги недели").len(), 1);
    // Away for the next two Mondays, and back on a Wednesday night. What is open since is solved before the letters go.
    is_away(&desk, 15);
    desk.until("2026-12-09T00:30:00Z");
    assert_eq!(told(&desk, 2, "Итоги недели").len(), 0, "at night");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(&card, "Лампа заменена.\nрешено"));
    desk.step();
    nobody_reads(&desk);
    desk.until("2026-12-09T07:00:00Z");
    let first = told(&desk, 1, "Итоги недели");
    // A restart between two of them sends nothing twice.
    desk.stop();
    desk.start(Faults::none());
    let second = told(&desk, 3, "Итоги недели");
    let both = [first, second].concat();
    assert_eq!(
        subjects(&both),
        [
            "Итоги недели 48 · ИТ-поддержка: 0 получено, 0 решено, 3 просрочено",
            "Итоги недели 49 · ИТ-поддержка: 0 получено, 0 решено, 2 просрочено",
        ]
    );
    insta::assert_snapshot!("a_week_that_others_have_followed", both[0].text());
    let last = both[1].text();
    assert!(
        last.contains("Сейчас открыто 2") && last.contains("\nПросрочены:"),
        "{last}"
    );
    let house = desk.stream("house", "house").join("\n");
    assert_eq!(house.matches("reviewed (reviewed)").count(), 3, "{house}");
}

#[test]
fn of_more_than_five_missed_weeks_the_oldest_letter_names_the_rest() {
    let desk = Desk::with(&university());
    asks(&desk, "it", "olga", "Принтер");
    nobody_reads(&desk);
    desk.until("2026-11-23T05:30:00Z");
    assert_eq!(told(&desk, 1, "Итоги недели").len(), 1);
    // Weeks 48 of 2026 to 2 of 2027 are over.
    is_away(&desk, 56);
    desk.until("2027-01-20T07:00:00Z");
    let all = told(&desk, 8, "Итоги недели");
    let numbers: Vec<_> = all
        .iter()
        .filter_map(|mail| mail.subject().split(' ').nth(2))
        .collect();
    assert_eq!(numbers, ["51", "52", "53", "1", "2"]);
    let names = "За недели с 23 ноября 2026 по 13 декабря 2026 письма не отправлялись: okno тогда не работал или не отправлял их.";
    let naming: Vec<_> = all.iter().map(|mail| mail.text().contains(names)).collect();
    assert_eq!(
        naming,
        [true, false, false, false, false],
        "{}",
        all[0].text()
    );
}

#[test]
fn missed_months_come_to_the_head_and_to_the_director_each_with_its_own_figures() {
    let desk = Desk::with(&with_director());
    a_week_of_work(&desk);
    desk.until("2026-12-01T06:00:00Z");
    assert_eq!(told(&desk, 3, "Итоги за ноябрь").len(), 1);
    desk.inbox("elena@uni.test");
    desk.inbox("rector@uni.test");
    desk.until("2026-12-15T07:00:00Z");
    asks(&desk, "it", "olga", "Сканер");
    nobody_reads(&desk);
    // Away until February; on Monday the first figures of January are owed, too.
    is_away(&desk, 55);
    desk.until("2027-02-10T07:00:00Z");
    let mut pages = Vec::new();
    let mut months = Vec::new();
    for _ in 0..4 {
        desk.looks_around();
        let is_month = |mail: &Received| mail.subject().starts_with("Итоги за");
        pages.extend(desk.inbox("elena@uni.test").into_iter().filter(is_month));
        months.extend(desk.inbox("darya@uni.test").into_iter().filter(is_month));
        nobody_reads(&desk);
        desk.inbox("rector@uni.test");
    }
    let months_told = subjects(&months).into_iter();
    let months_told = months_told.filter_map(|subject| subject.split(" [kpi:").next());
    assert_eq!(
        months_told.collect::<Vec<_>>(),
        [
            "Итоги за декабрь 2026 · ИТ-поддержка: 1 получено, 0 решено",
            "Итоги за январь 2027 · ИТ-поддержка: 0 получено, 0 решено",
        ]
    );
    let begins: Vec<_> = pages
        .iter()
        .filter_map(|mail| mail.subject().split(':').next())
        .collect();
    assert_eq!(begins, ["Итоги за декабрь 2026", "Итоги за январь 2027"]);
    assert!(
        months[0]
            .text()
            .contains("Письмо опоздало: оно было обещано в пятницу, 1 января 2027, 8:30 (МСК)."),
        "{}",
        months[0].text()
    );
    let of_it = pages[0].text();
    assert!(of_it.contains("Открыто на конец месяца 3"), "{of_it}");
}
