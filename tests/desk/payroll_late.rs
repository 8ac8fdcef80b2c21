//! A payroll month that does not go its way: not everything of it is known, heads are silent, there is no file on its day.

use std::collections::BTreeMap;

use okno::{
    desk::payroll::{FileTold, PayrollStep},
    model::{
        ids::{MailboxName, PayrollName},
        payroll::Unsettled,
    },
    store::{payrolls, work},
    web::reports::Waits,
};

use super::{
    desk::Desk,
    letter::{Letter, Received},
    orders::restarted,
    payroll::{
        OTHERS, a_draft_comes, a_month_of_work, accountant, darya, file, is_sound, nobody_reads,
        root, says, university, vera,
    },
};

/// A draft that has nothing to say of what is not known.
#[track_caller]
pub(super) fn is_of_a_settled_month(draft: &Received) {
    says(draft, &["утвердите"]);
    assert!(
        !draft.text().contains("не окончательный"),
        "{}",
        draft.text()
    );
}

/// The mail of IT cannot be read since the last evening of November; it is the first of December, nine in the morning.
fn a_month_whose_end_is_not_read(desk: &Desk) {
    a_month_of_work(desk);
    desk.until("2026-11-30T15:00:00Z");
    desk.looks_around();
    desk.cannot_read(&["it"]);
    nobody_reads(desk, &OTHERS);
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(desk, &OTHERS);
    desk.looks_around();
    darya(desk).got_nothing();
    root(desk).got_nothing();
    let status = desk.with_house(async |house| house.status().await.unwrap());
    let waits = status.reports.iter().map(|one| &one.waits);
    assert!(
        waits.clone().any(|one| *one == Waits::Unsettled),
        "the page says what the draft waits for"
    );
}

#[test]
fn a_draft_waits_until_its_month_is_settled_and_comes_at_once_then() {
    let desk = university("kpi.toml");
    a_month_whose_end_is_not_read(&desk);
    // The administrator hears of it once, and the head of nothing.
    desk.until("2026-12-01T09:00:00Z");
    desk.looks_around();
    desk.until("2026-12-01T10:00:00Z");
    desk.looks_around();
    says(
        &root(&desk).only_mail(),
        &[
            "Месяц, по которому платят, ещё не окончательный: it/2026-11",
            "до конца месяца не прочитаны ящики: it",
        ],
    );
    darya(&desk).got_nothing();
    desk.cannot_read(&[]);
    desk.looks_around();
    is_of_a_settled_month(&darya(&desk).only_mail());
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

/// The draft that had to go on the eve of the promised day.
fn an_unsettled_draft_comes(desk: &Desk) -> Received {
    a_month_whose_end_is_not_read(desk);
    desk.until("2026-12-02T05:59:00Z");
    desk.looks_around();
    darya(desk).got_nothing();
    desk.until("2026-12-02T06:00:00Z");
    desk.looks_around();
    desk.looks_around();
    let draft = darya(desk).only_mail();
    says(
        &draft,
        &[
            "Внимание: этот месяц ещё не окончательный. Утверждая, вы закрываете его таким",
            "до конца месяца не прочитаны ящики: it",
        ],
    );
    nobody_reads(desk, &OTHERS);
    nobody_reads(desk, &["root@uni.test"]);
    draft
}

#[test]
fn on_the_eve_of_the_promised_day_the_draft_goes_and_says_what_is_not_settled() {
    let desk = university("kpi.toml");
    let draft = an_unsettled_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    let all = desk.with_house(async |house| payrolls::states(&house.db).await.unwrap());
    let state = &all.months[&(PayrollName::from("it"), "2026-11".to_owned())];
    let unread = Unsettled::Unread {
        mailboxes: vec![MailboxName::from("it")],
    };
    assert_eq!(state.drafted.as_ref().unwrap().draft.unsettled, [unread]);
    is_sound(&desk, 1);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn what_is_settled_before_the_head_has_approved_comes_as_a_new_draft() {
    let desk = university("kpi.toml");
    let draft = an_unsettled_draft_comes(&desk);
    desk.cannot_read(&[]);
    desk.looks_around();
    desk.looks_around();
    let again = darya(&desk).only_mail();
    says(&again, &["Это черновик 2"]);
    is_of_a_settled_month(&again);
    // The figures are those that she has read, and she may answer either letter.
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

/// Vera is the director.
fn with_director() -> Desk {
    let desk = university("kpi.toml");
    let source = desk.source.replace(
        "administrator = \"root@uni.test\"",
        "administrator = \"root@uni.test\"\ndirector = \"vera\"",
    );
    restarted(desk, &source)
}

#[test]
fn the_director_hears_of_a_file_that_is_not_there_and_of_heads_who_are_silent() {
    let desk = with_director();
    a_draft_comes(&desk);
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    desk.looks_around();
    says(
        &accountant(&desk).only_mail(),
        &["показатели не утверждены (ждём утверждения: Дарья Громова)"],
    );
    says(
        &vera(&desk).only_mail(),
        &[
            "Сегодня бухгалтерии обещан файл за ноябрь 2026, но его нет",
            "Дарья Громова",
        ],
    );
    darya(&desk).got_nothing();
    desk.until("2026-12-04T07:00:00Z");
    desk.looks_around();
    desk.looks_around();
    let told = vera(&desk).only_mail();
    says(
        &told,
        &[
            "уже два рабочих дня ждут утверждения: Дарья Громова",
            "от вас okno ничего не ждёт",
        ],
    );
    says(&darya(&desk).only_mail(), &["ещё не утверждены"]);
    // Her letter is for her to know: it approves nothing.
    vera(&desk).writes(&Letter::reply_to(&told, "утвердить"));
    desk.step();
    says(&vera(&desk).only_mail(), &["выполнить ничего не удалось"]);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

fn looks_twice_at(desk: &Desk, instant: &str) {
    desk.until(instant);
    desk.looks_around();
    desk.looks_around();
}

#[test]
fn without_a_director_the_administrator_hears_on_the_eve_of_the_day_who_is_silent() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    looks_twice_at(&desk, "2026-12-02T05:59:00Z");
    root(&desk).got_nothing();
    looks_twice_at(&desk, "2026-12-02T06:00:00Z");
    let alarm = root(&desk).only_mail();
    assert!(
        alarm
            .subject()
            .contains("руководители не утвердили показатели: it/2026-11"),
        "{}",
        alarm.subject()
    );
    says(
        &alarm,
        &[
            "список «ИТ», файл обещан бухгалтерии 03.12.2026; ещё не утвердили: Дарья Громова",
            "утвердить можно одним словом «утвердить» в ответ на письмо с черновиком",
        ],
    );
    // On the day it is brought to mind, and is no other alarm besides.
    looks_twice_at(&desk, "2026-12-03T05:59:00Z");
    root(&desk).got_nothing();
    looks_twice_at(&desk, "2026-12-03T06:00:00Z");
    assert_eq!(root(&desk).only_mail().subject(), alarm.subject());
    says(
        &accountant(&desk).only_mail(),
        &["показатели не утверждены (ждём утверждения: Дарья Громова)"],
    );
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.looks_around();
    file(&accountant(&desk).only_mail());
    desk.looks_at_alarms();
    says(
        &root(&desk).only_mail(),
        &["Месяц it/2026-11 больше не ждёт утверждения этих руководителей"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
    looks_twice_at(&desk, "2026-12-04T06:00:00Z");
    root(&desk).got_nothing();
    nobody_reads(&desk, &OTHERS);
}

/// Elena is the director, and the list's deputy: nobody else would tell her what she is asked herself.
#[test]
fn where_the_director_is_asked_too_the_administrator_hears_of_the_silence() {
    let desk = university("kpi.toml");
    let source = desk.source.replace(
        "administrator = \"root@uni.test\"",
        "administrator = \"root@uni.test\"\ndirector = \"elena\"",
    );
    let desk = restarted(desk, &source);
    a_draft_comes(&desk);
    looks_twice_at(&desk, "2026-12-02T06:00:00Z");
    says(
        &root(&desk).only_mail(),
        &["ещё не утвердили: Дарья Громова"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["elena@uni.test"]);
}

/// Nobody is silent who was asked on the eve itself: they have hours to answer.
#[test]
fn whoever_has_the_draft_on_the_eve_only_is_not_called_silent_at_once() {
    let desk = university("kpi.toml");
    an_unsettled_draft_comes(&desk);
    let silent = |instant: &str| {
        looks_twice_at(&desk, instant);
        let mails = root(&desk).inbox().into_iter();
        let named = mails.filter(|mail| mail.subject().contains("не утвердили"));
        named.count()
    };
    assert_eq!(silent("2026-12-02T08:59:00Z"), 0);
    assert_eq!(silent("2026-12-02T09:00:00Z"), 1);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
}

/// What the house leaves where sums do not close on the promised day.
#[test]
fn accountants_hear_once_that_there_are_no_figures() {
    let desk = with_director();
    a_month_of_work(&desk);
    desk.until("2026-12-03T06:00:00Z");
    let step = PayrollStep::Tell {
        list: PayrollName::from("it"),
        period: "2026-11".to_owned(),
        why: "balance".to_owned(),
        is_file: false,
        told: FileTold::default(),
        letters: BTreeMap::new(),
    };
    let step = serde_json::to_string(&step).unwrap();
    let now = desk.clock.now();
    for _ in 0..2 {
        desk.with_house(async |house| work::add(&house.db, "payroll", &step, now).await.unwrap());
        desk.step();
    }
    let told = accountant(&desk).only_mail();
    assert!(
        told.subject()
            .starts_with("Показатели за ноябрь 2026 ещё не утверждены"),
        "{}",
        told.subject()
    );
    says(&told, &["суммы не сходятся. Администратор об этом знает"]);
    says(
        &vera(&desk).only_mail(),
        &["показатели не удалось подсчитать"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(
        &desk,
        &["darya@uni.test", "elena@uni.test", "vera@uni.test"],
    );
}

/// On 25 November a request of that department is solved; nobody looks at anything until the first of December.
fn is_solved_late(desk: &Desk, (mailbox, agent): (&str, &str)) {
    desk.until("2026-11-25T07:00:00Z");
    nobody_reads(desk, &OTHERS);
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to(
        &format!("{mailbox}@uni.test"),
        "Справка",
        "Нужна справка.",
    ));
    desk.step();
    let agent = desk.person(agent, &format!("{agent}@uni.test"));
    let card = agent.inbox().pop().unwrap();
    agent.writes(&Letter::reply_to(&card, "Она у секретаря.\nрешено"));
    desk.step();
    nobody_reads(desk, &OTHERS);
    nobody_reads(desk, &["vera@uni.test", "darya@uni.test", "root@uni.test"]);
}

/// The clock is turned, and nothing that falls due meanwhile happens.
fn is_asleep_until(desk: &Desk, instant: &str) {
    let until: jiff::Timestamp = instant.parse().unwrap();
    desk.advance(until.duration_since(desk.clock.now()).unsigned_abs());
}

#[test]
fn a_list_waits_for_no_request_of_another_department() {
    let desk = university("kpi.toml");
    a_month_of_work(&desk);
    is_solved_late(&desk, ("buh", "vera"));
    is_asleep_until(&desk, "2026-12-01T06:00:00Z");
    desk.looks_around();
    is_of_a_settled_month(&darya(&desk).only_mail());
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["vera@uni.test", "root@uni.test"]);
}

#[test]
fn a_draft_names_the_requests_that_it_waits_for_by_queue() {
    let desk = university("kpi.toml");
    a_month_of_work(&desk);
    is_solved_late(&desk, ("buh", "vera"));
    is_solved_late(&desk, ("it", "anna"));
    is_asleep_until(&desk, "2026-12-02T06:00:00Z");
    desk.looks_around();
    says(
        &darya(&desk).only_mail(),
        &["обращений, которые должны были закрыться и ещё не закрыты: 1 («ИТ-поддержка»: 1004)"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["vera@uni.test", "root@uni.test"]);
}
