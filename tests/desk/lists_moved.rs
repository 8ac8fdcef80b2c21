//! A month of a queue is paid once, by whichever list has it: lists are renamed, queues move between them or go, months are
//! closed at the terminal, and the zone changes.

use std::{collections::BTreeMap, time::Duration};

use jiff::tz::TimeZone;
use okno::desk::{cause::Operation, kpi::Period, payroll::MonthState};
use okno::house::periods;
use okno::model::ids::PayrollName;
use okno::store::{payrolls, work};

use super::{
    adjusted::{comes_back, is_approved, november_is_paid, rows},
    desk::Desk,
    letter::{Letter, Received},
    orders::restarted,
    payroll::{
        WITH_VERA, a_draft_comes, accountant, darya, file, is_sound, nobody_reads, nothing_is_read,
        says, university,
    },
};

const HOUR: Duration = Duration::from_secs(3600);

/// The same desk with the list's queues written so, and with this besides.
fn listed(desk: Desk, queues: &str, more: &str) -> Desk {
    let list = "title = \"ИТ\"\nqueues = [\"it\"]";
    let other = format!("approver = \"darya\"\ntitle = \"ИТ\"\nqueues = {queues}");
    let source = desk.source.replace(list, &other);
    let desk = restarted(desk, &format!("{source}\n{more}"));
    desk.brings_people(&WITH_VERA);
    desk
}

/// A list of the accounting department's own.
pub(super) fn others(first: &str) -> String {
    format!(
        "[payroll.others]\ntitle = \"Бухгалтерия\"\nqueues = [\"buh\"]\nto = [\"payroll@uni.test\"]\nscores = \"volume.toml\"\n\
         first = \"{first}\"\nworking_day = 3\napprover = \"darya\"\nformat = \"csv-utf8\"\n"
    )
}

/// A letter has lain in the mailbox since October.
fn october_was_there(desk: &Desk) {
    desk.was_reached(Some("2026-10-20T08:00:00Z".parse().unwrap()));
    let pavel = desk.person("Павел", "pavel@uni.test");
    pavel.writes(&Letter::to("it@uni.test", "Монитор", "Он не включается."));
    desk.was_reached(None);
    desk.step();
    nothing_is_read(desk);
}

/// On 25 November Vera solves what Olga asks of the accounting department.
fn vera_works(desk: &Desk) -> Received {
    desk.until("2026-11-25T07:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("buh@uni.test", "Справка", "Нужна справка."));
    desk.step();
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let card = vera.inbox().pop().unwrap();
    desk.advance(HOUR);
    vera.writes(&Letter::reply_to(&card, "Она у секретаря.\nрешено"));
    desk.step();
    let resolution = olga.inbox().pop().unwrap();
    nothing_is_read(desk);
    resolution
}

/// It comes back on 4 December, and stays open.
fn comes_back_to_vera(desk: &Desk, resolution: &Received) {
    desk.until("2026-12-04T08:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::reply_to(resolution, "Там её нет."));
    desk.step();
    nothing_is_read(desk);
}

/// What the accountants have got, by the name of the file.
fn paid(desk: &Desk) -> Vec<(String, String)> {
    let mails = accountant(desk).inbox();
    let named = |mail: &Received| {
        let text = mail.text();
        let name = text
            .split_whitespace()
            .find(|word| word.starts_with("pay_"));
        let name = name.unwrap_or_default().trim_end_matches([',', '.', ')']);
        (name.to_owned(), file(mail).0)
    };
    mails.iter().map(named).collect()
}

/// The head approves every draft that has come; their subjects.
fn approves_all(desk: &Desk) -> Vec<Received> {
    desk.looks_around();
    let mut drafts = darya(desk).inbox();
    drafts.retain(|mail| mail.subject().starts_with("Утвердите"));
    for draft in &drafts {
        darya(desk).writes(&Letter::reply_to(draft, "утвердить"));
        desk.step();
    }
    nothing_is_read(desk);
    drafts
}

fn subjects(drafts: &[Received]) -> Vec<String> {
    let drafts = drafts.iter();
    let named = drafts.map(|draft| {
        let subject = draft.subject().to_owned();
        subject
            .split(", черновик")
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let mut named: Vec<String> = named.collect();
    named.sort();
    named
}

pub(super) fn state(desk: &Desk, list: &str, period: &str) -> MonthState {
    let all = desk.with_house(async |house| payrolls::states(&house.db).await.unwrap());
    let key = (PayrollName::from(list), period.to_owned());
    all.months.get(&key).cloned().unwrap_or_default()
}

#[test]
fn a_list_that_is_renamed_pays_no_month_anew_and_tells_what_has_changed() {
    let desk = university("volume.toml");
    let (resolution, _, _) = november_is_paid(&desk);
    let renamed = desk.source.replace("[payroll.it]", "[payroll.support]");
    let desk = restarted(desk, &renamed);
    desk.looks_around();
    darya(&desk).got_nothing();
    comes_back(&desk, &resolution, "boris");
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    let (draft, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    says(&draft, &["2026-11, Анна Петрова, решено: было 1, стало 0"]);
    assert_eq!(
        rows(&december, "УТ-00042")[3..],
        [
            "2026-M11 KORR_SOLVED -1",
            "2026-M11 KORR_MET -1",
            "2026-M11 KORR_VOLUME -1",
            "2026-M11 KORR_SLA_ALL -100,00",
            "2026-M11 KORR_KOEFF -1,0",
        ]
    );
    is_sound(&desk, 2);
}

#[test]
fn the_month_before_a_queue_moves_stays_with_the_list_that_had_it() {
    // October is paid by one list: its last word about Vera's people.
    let desk = university("volume.toml");
    october_was_there(&desk);
    let source = desk.source.replace("2026-11", "2026-10");
    let desk = restarted(desk, &source);
    let desk = listed(desk, "[\"it\", \"buh\"]", "");
    assert_eq!(
        subjects(&approves_all(&desk)),
        ["Утвердите показатели за октябрь 2026 · ИТ"]
    );
    let resolution = vera_works(&desk);
    paid(&desk);
    // On the first of December she has a list of her own.
    let source = desk.source.replace("[\"it\", \"buh\"]", "[\"it\"]");
    let desk = restarted(desk, &format!("{source}\n{}", others("2026-12")));
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    assert_eq!(
        subjects(&approves_all(&desk)),
        ["Утвердите показатели за ноябрь 2026 · ИТ"]
    );
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    let mut november = paid(&desk);
    november.retain(|(name, _)| name.contains("2026-11"));
    assert_eq!(november.len(), 1, "{november:?}");
    assert_eq!(rows(&november[0].1, "УТ-00044")[0], "2026-M11 VOLUME 1");
    // What comes back is taken off by the list that has her now, once.
    comes_back_to_vera(&desk, &resolution);
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    assert_eq!(
        subjects(&approves_all(&desk)),
        [
            "Утвердите показатели за декабрь 2026 · Бухгалтерия",
            "Утвердите показатели за декабрь 2026 · ИТ"
        ]
    );
    desk.until("2027-01-14T08:00:00Z");
    desk.looks_around();
    let december = paid(&desk);
    assert_eq!(december.len(), 2, "{december:?}");
    let of_vera: Vec<String> = december
        .iter()
        .flat_map(|(_, file)| rows(file, "УТ-00044"))
        .collect();
    let again = of_vera.iter().filter(|row| row.contains("KORR"));
    let again: Vec<&str> = again.map(String::as_str).collect();
    assert_eq!(again[0], "2026-M11 KORR_SOLVED -1");
    let koeff = again.iter().filter(|row| row.contains("KORR_KOEFF"));
    assert_eq!(koeff.count(), 1, "{again:?}");
    is_sound(&desk, 4);
    nothing_is_read(&desk);
}

#[test]
fn what_one_list_has_paid_another_does_not_pay_and_says_so() {
    let desk = listed(university("volume.toml"), "[\"it\", \"buh\"]", "");
    vera_works(&desk);
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    approves_all(&desk);
    // Her queue moves to a list that is about November, too: there is nothing left of it to pay.
    let source = desk.source.replace("[\"it\", \"buh\"]", "[\"it\"]");
    let desk = restarted(desk, &format!("{source}\n{}", others("2026-11")));
    desk.looks_around();
    darya(&desk).got_nothing();
    assert_eq!(state(&desk, "others", "2026-11"), MonthState::default());
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    let november = paid(&desk);
    assert_eq!(november.len(), 1, "{november:?}");
    assert_eq!(rows(&november[0].1, "УТ-00044")[0], "2026-M11 VOLUME 1");
    is_sound(&desk, 1);
    nothing_is_read(&desk);
}

#[test]
fn a_draft_without_what_another_list_has_paid_names_it() {
    let desk = listed(university("volume.toml"), "[\"it\", \"buh\"]", "");
    vera_works(&desk);
    let own = desk.source.replace("[\"it\", \"buh\"]", "[\"it\"]");
    let desk = restarted(desk, &format!("{own}\n{}", others("2026-11")));
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    desk.looks_around();
    let drafts = darya(&desk).inbox();
    assert_eq!(drafts.len(), 2);
    let others_draft = drafts
        .iter()
        .find(|draft| draft.subject().contains("Бухгалтерия"));
    darya(&desk).writes(&Letter::reply_to(others_draft.unwrap(), "утвердить"));
    desk.step();
    nothing_is_read(&desk);
    // Both lists become one: the draft that waits takes in her queue, but not her November.
    let source = desk.source.replace(&others("2026-11"), "");
    let source = source.replace("queues = [\"it\"]", "queues = [\"it\", \"buh\"]");
    let desk = restarted(desk, &source);
    desk.until("2026-12-01T08:00:00Z");
    desk.looks_around();
    // Nothing of ИТ is another: what waits stays as it is, until something is.
    darya(&desk).got_nothing();
    let other = desk.source.replace("volume.toml", "kpi.toml");
    let desk = restarted(desk, &other);
    desk.looks_around();
    let again = darya(&desk).only_mail();
    says(
        &again,
        &[
            "Очереди «Бухгалтерия» здесь нет: за этот месяц её сотрудникам платят по списку «others».",
        ],
    );
    assert!(!again.text().contains("Орлова"), "{}", again.text());
    nothing_is_read(&desk);
    nobody_reads(&desk, &["payroll@uni.test"]);
}

#[test]
fn changes_of_a_queue_that_no_list_has_any_more_are_told_by_the_first_one() {
    let desk = listed(university("volume.toml"), "[\"it\", \"buh\"]", "");
    let resolution = vera_works(&desk);
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    approves_all(&desk);
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    paid(&desk);
    let source = desk.source.replace("[\"it\", \"buh\"]", "[\"it\"]");
    let desk = restarted(desk, &source);
    comes_back_to_vera(&desk, &resolution);
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    let drafts = approves_all(&desk);
    let note = "Очереди «Бухгалтерия» больше нет ни в одном списке; здесь только корректировки её закрытых месяцев.";
    says(&drafts[0], &[note]);
    let unpaid = "Очереди «Бухгалтерия» больше нет ни в одном списке: за декабрь 2026 её сотрудникам не платят.";
    says(&drafts[0], &[unpaid]);
    desk.until("2027-01-14T08:00:00Z");
    desk.looks_around();
    let december = paid(&desk);
    let vera = rows(&december[0].1, "УТ-00044");
    assert_eq!(vera[0], "2026-M11 KORR_SOLVED -1", "{vera:?}");
    assert!(vera.iter().all(|row| row.contains("KORR")), "{vera:?}");
    is_sound(&desk, 2);
    // Of her queue nothing of December is closed, whatever was told with it.
    let closed = desk.with_house(async |house| {
        let closed = periods::closed_figures(&house.db, "2026-12").await;
        closed.unwrap()
    });
    let has = |queue: &str| closed.iter().any(|one| one.has(&queue.into()));
    assert_eq!((has("it"), has("buh")), (true, false));
    // Once.
    desk.until("2027-02-02T08:00:00Z");
    nothing_is_read(&desk);
    approves_all(&desk);
    desk.until("2027-02-05T08:00:00Z");
    desk.looks_around();
    assert!(!paid(&desk)[0].1.contains("KORR"));
    is_sound(&desk, 3);
    nothing_is_read(&desk);
}

/// The administrator closes a month at the terminal.
pub(super) fn is_closed_at_the_terminal(desk: &Desk, name: &str) -> String {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let period = Period::named(name, &zone).unwrap();
    let now = desk.clock.now();
    let closed = desk.with_house(async |house| {
        let prepared = periods::prepare(&house.db, &period, &zone, now).await;
        prepared.unwrap().unwrap()
    });
    let file = String::from_utf8(periods::bytes_of(&closed).unwrap()).unwrap();
    let operation = Operation::ClosePeriod {
        closed: Box::new(closed),
        files: BTreeMap::new(),
        reason: "утвердила Дарья Громова".to_owned(),
    };
    desk.with_house(async |house| work::order(&house.db, operation, now).await.unwrap());
    desk.step();
    file
}

fn is_proved(desk: &Desk) {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let proved = desk.with_house(async |house| periods::prove(&house.db, &zone).await.unwrap());
    assert_eq!((proved.periods, proved.faults), (1, Vec::new()));
}

#[test]
fn a_list_carries_what_has_changed_in_a_month_that_was_closed_at_the_terminal() {
    let desk = university("volume.toml");
    let source = desk.source.replace("2026-11", "2026-12");
    let desk = restarted(desk, &source);
    desk.until("2026-11-25T07:00:00Z");
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Он не печатает."));
    desk.step();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    let card = anna.inbox().pop().unwrap();
    anna.writes(&Letter::reply_to(&card, "Заменили картридж.\nрешено"));
    desk.step();
    let resolution = olga.inbox().pop().unwrap();
    desk.until("2026-12-01T06:00:00Z");
    nothing_is_read(&desk);
    is_closed_at_the_terminal(&desk, "2026-11");
    comes_back(&desk, &resolution, "boris");
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    let (draft, december) = is_approved(&desk, "2027-01-14T08:00:00Z");
    says(
        &draft,
        &[
            "2026-11, Анна Петрова, решено: было 1, стало 0",
            "За ноябрь 2026 передаются только KORR_SOLVED и KORR_MET",
        ],
    );
    let anna = rows(&december, "УТ-00042");
    assert_eq!(
        anna[3..],
        ["2026-M11 KORR_SOLVED -1", "2026-M11 KORR_MET -1"]
    );
    is_sound(&desk, 1);
    is_proved(&desk);
}

#[test]
fn what_is_closed_at_the_terminal_carries_what_has_changed_in_a_month_of_a_list() {
    let desk = university("volume.toml");
    let (resolution, _, _) = november_is_paid(&desk);
    comes_back(&desk, &resolution, "boris");
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    let december = is_closed_at_the_terminal(&desk, "2026-12");
    assert!(
        december.contains("2026-11;it;anna;solved;-1;;1001"),
        "{december}"
    );
    is_sound(&desk, 1);
    is_proved(&desk);
}

/// People move two hours to the east on 1 December: what they do in the last two hours of Moscow's November is November's.
#[test]
fn a_month_begins_where_the_one_before_was_closed_whatever_the_zone_is_by_now() {
    let desk = university("volume.toml");
    november_is_paid(&desk);
    let moved = desk.source.replace("Europe/Moscow", "Asia/Yekaterinburg");
    let desk = restarted(desk, &moved);
    desk.until("2027-01-12T08:00:00Z");
    nothing_is_read(&desk);
    let (draft, _) = is_approved(&desk, "2027-01-14T08:00:00Z");
    says(&draft, &["Часовой пояс выплат изменился"]);
    let (november, december) = (state(&desk, "it", "2026-11"), state(&desk, "it", "2026-12"));
    let bounds = |state: MonthState| {
        let draft = state.drafted.unwrap().draft;
        (draft.from.to_string(), draft.to.to_string())
    };
    assert_eq!(bounds(november).1, "2026-11-30T21:00:00Z");
    assert_eq!(
        bounds(december),
        (
            "2026-11-30T21:00:00Z".to_owned(),
            "2026-12-31T19:00:00Z".to_owned()
        )
    );
    is_sound(&desk, 2);
}

#[test]
fn another_zone_makes_another_draft_of_a_month_that_waits() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    let moved = desk.source.replace("Europe/Moscow", "Asia/Yekaterinburg");
    let desk = restarted(desk, &moved);
    desk.looks_around();
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    let drafted = state(&desk, "it", "2026-11").drafted.unwrap().draft;
    assert_eq!(drafted.number, 2);
    assert_eq!(drafted.zone.as_deref(), Some("Asia/Yekaterinburg"));
    nothing_is_read(&desk);
}

#[test]
fn a_correction_holds_up_every_month_that_waits_whichever_letter_it_answers() {
    let desk = university("volume.toml");
    october_was_there(&desk);
    let source = desk.source.replace("2026-11", "2026-10");
    let desk = restarted(desk, &source);
    // October is approved on the spot, and so late that its file goes at once.
    let (october, _) = is_approved(&desk, "2026-11-18T06:00:00Z");
    let november = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(
        &october,
        "исключить 1001 учебная тревога",
    ));
    desk.step();
    says(&darya(&desk).only_mail(), &["Исправления приняты"]);
    darya(&desk).writes(&Letter::reply_to(&november, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["есть более новый черновик"]);
    assert!(state(&desk, "it", "2026-11").frozen.is_none());
    nothing_is_read(&desk);
}

/// A list is written to begin long before okno had anything to count.
#[test]
fn nobody_is_asked_to_approve_months_before_the_house_began() {
    let desk = university("volume.toml");
    let source = desk.source.replace("2026-11", "2026-01");
    let desk = restarted(desk, &source);
    let draft = a_draft_comes(&desk);
    assert!(
        draft.subject().contains("ноябрь 2026"),
        "{}",
        draft.subject()
    );
    darya(&desk).got_nothing();
    nothing_is_read(&desk);
}
