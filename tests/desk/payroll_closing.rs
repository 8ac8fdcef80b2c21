//! A month is closed when everybody has approved all of it, and not otherwise: queues that nobody approves, queues that go while a
//! draft waits, drafts made by a clock that is ahead or before all mail of the month is decided.

use std::sync::atomic::Ordering;

use okno::{clock::Clock, desk::payroll::MonthState};

use super::{
    adjusted::{comes_back, is_approved, november_is_paid, rows},
    desk::{ALL_PROVEN, Desk},
    letter::{Letter, Received},
    lists_moved::{others, state},
    orders::restarted,
    payroll::{
        OTHERS, a_draft_comes, a_month_of_work, accountant, answers, darya, elena, file, files,
        is_sound, nobody_reads, proved, root, says, university, university_with, vera,
        with_head_vera,
    },
    payroll_late::is_of_a_settled_month,
};

const LISTED: &str = "queues = [\"it\"]";
const BOTH: &str = "queues = [\"it\", \"buh\"]";

/// Darya decides for IT, Vera for the accounting department; one list pays both.
fn two_heads() -> Desk {
    let desk = with_head_vera(university("volume.toml"), "");
    a_month_of_work(&desk);
    desk
}

/// The drafts of November, Darya's and Vera's.
fn drafts_come(desk: &Desk) -> (Received, Received) {
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(desk, &OTHERS);
    desk.looks_around();
    nobody_reads(desk, &OTHERS);
    (darya(desk).only_mail(), vera(desk).only_mail())
}

/// The accountants' file, on its day, and nothing else but what heads are told of it.
#[track_caller]
fn is_sent(desk: &Desk, day: &str) -> String {
    desk.until(day);
    desk.looks_around();
    is_told_of_the_file(desk, &accountant(desk).only_mail())
}

#[track_caller]
fn is_told_of_the_file(desk: &Desk, sent: &Received) -> String {
    assert!(sent.subject().contains("утверждено"), "{}", sent.subject());
    for head in [darya(desk), vera(desk)] {
        let told = head.inbox();
        let told: Vec<&str> = told.iter().map(Received::subject).collect();
        assert!(
            told.iter()
                .all(|one| one.contains("отправлены в бухгалтерию")),
            "{told:?}"
        );
    }
    root(desk).got_nothing();
    nobody_reads(desk, &OTHERS);
    file(sent).0
}

fn november(desk: &Desk, list: &str) -> MonthState {
    state(desk, list, "2026-11")
}

#[test]
fn a_queue_that_is_taken_out_while_its_draft_waits_is_paid_for_that_month() {
    let desk = two_heads();
    let (first, second) = drafts_come(&desk);
    let told = answers(&desk, darya(&desk), &first, "утвердить");
    says(&told, &["Ещё не утвердили: Вера Орлова"]);
    let source = desk.source.replace(BOTH, LISTED);
    let desk = restarted(desk, &source);
    desk.looks_around();
    nobody_reads(&desk, &OTHERS);
    darya(&desk).got_nothing();
    vera(&desk).got_nothing();
    let told = answers(&desk, vera(&desk), &second, "утвердить");
    says(&told, &["утверждены всеми и закрыты: версия 1"]);
    let sent = is_sent(&desk, "2026-12-03T06:00:00Z");
    assert_eq!(rows(&sent, "УТ-00044")[0], "2026-M11 VOLUME 0");
    is_sound(&desk, 1);
}

#[test]
fn a_draft_of_what_is_approved_already_is_closed_as_it_is_made() {
    let desk = two_heads();
    let (first, _) = drafts_come(&desk);
    answers(&desk, darya(&desk), &first, "утвердить");
    // Vera's people get a list of their own, for this month already.
    let source = desk.source.replace(BOTH, LISTED);
    let desk = restarted(desk, &format!("{source}\n{}", others("2026-11")));
    desk.looks_around();
    let mut told = darya(&desk).inbox();
    told.sort_by_key(|mail| mail.subject().to_owned());
    let subjects: Vec<&str> = told.iter().map(|mail| mail.subject()).collect();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(
        subjects[0].starts_with("Закрыты показатели за ноябрь 2026 · ИТ"),
        "{subjects:?}"
    );
    insta::assert_snapshot!("closed_at_once", told[0].text());
    assert!(subjects[1].contains("Бухгалтерия"), "{subjects:?}");
    // Her deputy hears of it, too.
    assert_eq!(elena(&desk).inbox().len(), 1);
    let closed = november(&desk, "it");
    assert_eq!(closed.frozen.map(|(version, _)| version), Some(1));
    assert_eq!(closed.drafted.unwrap().draft.number, 2);
    // Of Vera's people there is no file yet.
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    let mails = accountant(&desk).inbox();
    let [none, sent] = mails.as_slice() else {
        panic!("{mails:?}");
    };
    assert!(
        none.subject().contains("ещё не утверждены · Бухгалтерия"),
        "{}",
        none.subject()
    );
    says(
        &root(&desk).only_mail(),
        &["others/2026-11", "ещё не утвердили: Дарья Громова"],
    );
    let sent = is_told_of_the_file(&desk, sent);
    assert!(!sent.contains("УТ-00044"), "{sent}");
    is_sound(&desk, 1);
}

#[test]
fn a_correction_that_is_taken_back_leaves_what_was_approved() {
    let desk = two_heads();
    let (first, second) = drafts_come(&desk);
    answers(&desk, darya(&desk), &first, "утвердить");
    answers(
        &desk,
        darya(&desk),
        &first,
        "исключить 1001 учебная тревога",
    );
    desk.looks_around();
    says(&darya(&desk).only_mail(), &["Это черновик 2"]);
    let told = answers(&desk, vera(&desk), &second, "утвердить");
    says(&told, &["Ещё не утвердили: Дарья Громова"]);
    answers(
        &desk,
        darya(&desk),
        &first,
        "вернуть 1001 тревога была настоящей",
    );
    desk.looks_around();
    for head in [darya(&desk), vera(&desk)] {
        says(
            &head.only_mail(),
            &["закрыты: версия 1. Черновик 3 состоит только из того, что уже утверждено"],
        );
    }
    let sent = is_sent(&desk, "2026-12-03T06:00:00Z");
    assert_eq!(rows(&sent, "УТ-00042")[0], "2026-M11 VOLUME 1");
    is_sound(&desk, 1);
}

/// November is paid by one list; from January on the accounting department has a list of its own, and no head.
#[test]
fn a_month_that_nobody_approves_is_no_draft_and_is_paid_once() {
    let desk = two_heads();
    let (first, second) = drafts_come(&desk);
    answers(&desk, darya(&desk), &first, "утвердить");
    answers(&desk, vera(&desk), &second, "утвердить");
    is_sent(&desk, "2026-12-03T06:00:00Z");
    desk.until("2027-01-01T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let source = desk.source.replace(BOTH, LISTED);
    let source = source.replace("head = \"vera\"\n", "");
    let desk = restarted(desk, &format!("{source}\n{}", others("2027-01")));
    desk.until("2027-01-12T08:00:00Z");
    desk.looks_around();
    darya(&desk).got_nothing();
    let alarms = root(&desk).inbox();
    let [nobody, no_file] = alarms.as_slice() else {
        panic!("{alarms:?}");
    };
    says(
        nobody,
        &[
            "за месяц, по которому платят, некому утвердить: it/2026-12",
            "buh",
        ],
    );
    assert!(no_file.subject().contains("бухгалтерия без файла"));
    desk.until("2027-01-14T08:00:00Z");
    desk.looks_around();
    desk.looks_around();
    says(
        &accountant(&desk).only_mail(),
        &["показатели некоторых очередей некому утвердить"],
    );
    // Both are brought to mind the day after.
    let again = root(&desk).inbox();
    let again: Vec<&str> = again.iter().map(Received::subject).collect();
    assert_eq!(again, [nobody.subject(), no_file.subject()]);
    // The administrator names who approves: the month is drafted, with all its people.
    let source = desk
        .source
        .replace("title = \"ИТ\"", "title = \"ИТ\"\napprover = \"darya\"");
    let desk = restarted(desk, &source);
    desk.looks_around();
    nobody_reads(&desk, &OTHERS);
    let draft = darya(&desk).only_mail();
    answers(&desk, darya(&desk), &draft, "утвердить");
    let sent = is_sent(&desk, "2027-01-14T09:00:00Z");
    assert_eq!(rows(&sent, "УТ-00044")[0], "2026-M12 VOLUME 0");
    assert_eq!(state(&desk, "others", "2026-12"), MonthState::default());
    is_sound(&desk, 2);
}

/// The machine wakes up on 18 November with a clock that shows the first of December, and is put right.
#[test]
fn a_draft_by_a_clock_that_was_ahead_is_not_approved_and_comes_anew() {
    let desk = university("kpi.toml");
    a_month_of_work(&desk);
    let right = desk.clock.now();
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    nobody_reads(&desk, &OTHERS);
    let early = darya(&desk).only_mail();
    let Clock::Manual(shown) = &desk.clock else {
        panic!("a clock that a test turns");
    };
    shown.store(right.as_millisecond(), Ordering::SeqCst);
    let told = answers(&desk, darya(&desk), &early, "утвердить");
    says(
        &told,
        &["месяц ещё не кончился: черновик составлен, когда часы машины спешили"],
    );
    a_month_of_work(&desk);
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    nobody_reads(&desk, &OTHERS);
    let again = darya(&desk).only_mail();
    says(
        &again,
        &["Это черновик 2", "Анна Петрова, решено: было 1, стало 2"],
    );
    let told = answers(&desk, darya(&desk), &again, "утвердить");
    says(&told, &["закрыты: версия 1"]);
    is_sound(&desk, 1);
    nobody_reads(&desk, &["root@uni.test", "payroll@uni.test"]);
}

/// The same, and the head approves before the clock is put right: what is closed stays so, and everybody knows what follows.
#[test]
fn a_month_that_was_closed_by_a_clock_that_was_ahead_is_paid_in_two_parts() {
    let desk = university("volume.toml");
    a_month_of_work(&desk);
    let right = desk.clock.now();
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let early = darya(&desk).only_mail();
    let told = answers(&desk, darya(&desk), &early, "утвердить");
    says(&told, &["закрыты: версия 1"]);
    let Clock::Manual(shown) = &desk.clock else {
        panic!("a clock that a test turns");
    };
    shown.store(right.as_millisecond(), Ordering::SeqCst);
    desk.looks_around();
    desk.looks_around();
    says(
        &root(&desk).only_mail(),
        &[
            "Месяц it/2026-11 составлен и утверждён, пока часы машины спешили",
            "по тем часам утверждён 01.12.2026 09:00",
            "Закрытое не меняется и заново не открывается",
            "строками корректировок (KORR_…) в файле следующего месяца",
            "okno period adjust",
        ],
    );
    a_month_of_work(&desk);
    desk.until("2026-12-03T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    desk.looks_around();
    let note = "Месяц закрыт, когда часы машины спешили и показывали вторник, 1 декабря 2026";
    let sent = accountant(&desk).only_mail();
    says(&sent, &[note]);
    assert_eq!(rows(&file(&sent).0, "УТ-00042")[0], "2026-M11 VOLUME 1");
    says(&darya(&desk).only_mail(), &[note]);
    // It is over once the file has gone; proof names it, and finds no fault.
    desk.with_house(async |house| {
        let mut standing = house.standing_alarms().await.unwrap();
        house.watch(&mut standing).await.unwrap();
    });
    desk.step();
    let alarms = root(&desk).inbox();
    let last = alarms.last().unwrap();
    says(last, &["Месяц it/2026-11 кончился, его файл отправлен"]);
    let proved = proved(&desk);
    assert_eq!(
        (proved.early, proved.faults),
        (vec!["it 2026-11".to_owned()], vec![])
    );
    desk.until("2027-01-12T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let draft = darya(&desk).inbox().pop().unwrap();
    answers(&desk, darya(&desk), &draft, "утвердить");
    desk.until("2027-01-14T08:00:00Z");
    desk.looks_around();
    nobody_reads(&desk, &["darya@uni.test"]);
    let december = files(&accountant(&desk).only_mail()).remove(0);
    let anna = rows(&december, "УТ-00042");
    assert!(
        anna.contains(&"2026-M11 KORR_VOLUME 1".to_owned()),
        "{anna:?}"
    );
    nobody_reads(&desk, &["root@uni.test"]);
    nobody_reads(&desk, &OTHERS);
}

/// On the first of December a mail is fetched that has lain on the server since the last evening of November.
#[test]
fn a_draft_waits_for_mail_of_its_month_that_was_fetched_after_its_end() {
    let desk = university("kpi.toml");
    a_month_of_work(&desk);
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.was_reached(Some("2026-11-30T14:00:00Z".parse().unwrap()));
    desk.person("Ольга", "olga@uni.test").writes(&Letter::to(
        "it@uni.test",
        "Принтер",
        "Он не печатает.",
    ));
    desk.was_reached(None);
    // The look finds it undecided.
    desk.looks_around();
    darya(&desk).got_nothing();
    desk.looks_around();
    is_of_a_settled_month(&darya(&desk).only_mail());
    let received = state(&desk, "it", "2026-11").drafted.unwrap().draft;
    assert_eq!(received.unsettled, []);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

/// Between the approval and the promised day Anna marries, and Kim joins the department.
#[test]
fn what_is_sent_of_a_closed_month_names_the_people_of_its_file() {
    let desk = university("volume.toml");
    let draft = a_draft_comes(&desk);
    answers(&desk, darya(&desk), &draft, "утвердить");
    let source = desk
        .source
        .replace("[\"anna\", \"boris\"]", "[\"anna\", \"boris\", \"kim\"]");
    let kim = "[agent.kim]\nname = \"Ким Ли\"\naddress = \"kim@uni.test\"\n";
    let desk = restarted(desk, &format!("{source}\n{kim}"));
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Иванова Анна Сергеевна;УТ-00042",
        "boris@uni.test;Ким Борис Олегович;УТ-00043",
        "kim@uni.test;Ли Ким;УТ-00099",
    ]);
    desk.until("2026-12-03T06:00:00Z");
    nobody_reads(&desk, &["darya@uni.test"]);
    desk.looks_around();
    let sent = accountant(&desk).only_mail();
    let own = darya(&desk).only_mail();
    let text = format!("{}{}{}", sent.text(), own.text(), files(&own).join("\n"));
    assert!(sent.text().contains("Петрова Анна Сергеевна"), "{text}");
    for other in ["Иванова", "Ли Ким", "УТ-00099"] {
        assert!(!text.contains(other), "{other} in {text}");
    }
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test", "kim@uni.test"]);
}

/// Boris solves in December what Anna was paid for in November.
#[test]
fn charts_of_a_draft_show_closed_months_as_they_were_closed() {
    let desk = university_with("volume.toml", &format!("charts = true\n{ALL_PROVEN}"));
    let (resolution, _, _) = november_is_paid(&desk);
    comes_back(&desk, &resolution, "boris");
    desk.until("2027-01-12T08:00:00Z");
    nobody_reads(&desk, &OTHERS);
    let (draft, _) = is_approved(&desk, "2027-01-14T08:00:00Z");
    says(
        &draft,
        &[
            "ноя 2026: получено 1, решено 1",
            "дек 2026: получено 0, решено 1",
        ],
    );
    is_sound(&desk, 2);
}
