//! Months of payroll lists and the terminal: a list carries what has changed in what was closed there, and the other way round; and a
//! month of a list is approved there in its heads' place.

use okno::desk::cause::Operation;
use okno::house::payroll::NotKept;
use okno::model::ids::PayrollName;
use okno::store::work;

use super::{
    adjusted::{SETTINGS, comes_back, is_approved, november_is_paid, rows},
    desk::Desk,
    letter::Letter,
    payroll::{a_draft_comes, accountant, darya, elena, file, is_sound, says, university},
    terminal::{
        OTHER_SETTINGS, PEOPLE, TAKEN_OFF, closes, files, is_proved, listed_from, nothing_is_read,
        prepared,
    },
};

#[test]
fn a_list_carries_what_was_excused_in_a_month_that_was_closed_at_the_terminal() {
    let desk = listed_from("2026-12");
    desk.until("2026-11-25T07:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Сканер", "Он не работает."));
    desk.step();
    let card = anna.inbox().pop().unwrap();
    anna.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    // She has it, and her time passes.
    desk.until("2026-11-27T12:00:00Z");
    anna.writes(&Letter::reply_to(&card, "Починили.\nрешено"));
    desk.step();
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    closes(&desk, "2026-11", SETTINGS);
    let november = files(&desk, "2026-11");
    assert_eq!(
        rows(&november["pay_2026-11_v1.csv"], "УТ-00042"),
        [
            "2026-M11 VOLUME 1",
            "2026-M11 SLA_ALL 0,00",
            "2026-M11 KOEFF 0,5"
        ]
    );
    // In January the head has the draft of December, the first month of the list, and excuses what was late.
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    desk.looks_around();
    let draft = darya(&desk).inbox().pop().unwrap();
    darya(&desk).writes(&Letter::reply_to(&draft, "простить 1001 не было света"));
    desk.step();
    nothing_is_read(&desk);
    let (draft, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    assert!(
        !draft.text().contains("передаются только KORR_SOLVED"),
        "{}",
        draft.text()
    );
    let anna = rows(&december, "УТ-00042");
    // Of her only promise nothing is judged now: what she had solved is all that she is scored by.
    assert_eq!(anna[3..], ["2026-M11 KORR_KOEFF 0,5000"], "{december}");
    assert_eq!(files(&desk, "2026-11"), november);
    is_proved(&desk, 1);
    nothing_is_read(&desk);
    is_sound(&desk, 1);
}

#[test]
fn a_month_at_the_terminal_carries_what_a_list_was_paid_by() {
    let desk = university("volume.toml");
    let (resolution, _, _) = november_is_paid(&desk);
    comes_back(&desk, &resolution, "boris");
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    desk.brings_people(&PEOPLE);
    // Without settings of scores nobody would be told what Anna has less.
    let (_, refused) = prepared(&desk, "2026-12", None);
    assert!(
        matches!(&refused, Err(NotKept::Owed(periods)) if periods.iter().eq(["2026-11"])),
        "{refused:?}"
    );
    closes(&desk, "2026-12", OTHER_SETTINGS);
    let december = files(&desk, "2026-12");
    let anna = rows(&december["pay_2026-12_v1.csv"], "УТ-00042");
    assert_eq!(anna[2..], TAKEN_OFF, "{anna:?}");
    is_proved(&desk, 1);
    is_sound(&desk, 1);
}

/// Anna approves that draft of November in Darya's place.
fn approves(desk: &Desk, draft: u32) {
    let operation = Operation::ApproveMonth {
        list: PayrollName::from("it"),
        period: "2026-11".to_owned(),
        draft,
        reason: "подписано на бумаге".to_owned(),
    };
    let now = desk.clock.now();
    desk.with_house(async |house| work::order(&house.db, operation, now).await.unwrap());
    desk.step();
}

#[test]
fn a_month_of_a_list_is_approved_at_the_terminal_and_goes_the_same_road() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    nothing_is_read(&desk);
    approves(&desk, 1);
    let told = darya(&desk).only_mail();
    insta::assert_snapshot!("approved_in_her_place", told.text());
    assert_eq!(elena(&desk).inbox().len(), 1, "her deputy hears of it, too");
    // Whoever approves now is told that there is nothing to approve; and whoever closes it again closes nothing.
    approves(&desk, 1);
    darya(&desk).got_nothing();
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["месяц уже закрыт"]);
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    let sent = accountant(&desk).only_mail();
    says(
        &sent,
        &["Утвердили: Дарья Громова (утверждено администратором в терминале)"],
    );
    let (pay, _) = file(&sent);
    assert_eq!(
        rows(&pay, "УТ-00042").last().unwrap(),
        "2026-M11 KOEFF 1,0000",
        "{pay}"
    );
    nothing_is_read(&desk);
    is_sound(&desk, 1);
}

#[test]
fn a_draft_that_is_not_the_newest_is_not_approved_at_the_terminal() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(&draft, "исключить 1001 учения"));
    desk.step();
    // What was corrected is drafted anew within a minute.
    approves(&desk, 1);
    desk.looks_around();
    approves(&desk, 1);
    nothing_is_read(&desk);
    is_sound(&desk, 0);
    approves(&desk, 2);
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    is_sound(&desk, 1);
    nothing_is_read(&desk);
}
