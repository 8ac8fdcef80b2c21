//! A card says what its requester has asked before, where the queue shows histories, and to nobody who may not see it.

use std::time::Duration;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

const ON: &str = "commands = [\"history\"]";

/// Support shows histories, and Anna also serves accounting.
fn university(accounting: &str) -> String {
    UNIVERSITY
        .replace("target = \"8 h\"", &format!("target = \"8 h\"\n{ON}"))
        .replace("agents = [\"vera\"]", accounting)
}

/// Somebody asks a queue; the last card of whoever is named here.
fn asks(desk: &Desk, who: &Person<'_>, (to, reader): (&str, &str), about: [&str; 2]) -> Received {
    who.writes(&Letter::to(to, about[0], about[1]));
    desk.step();
    who.inbox();
    let card = desk.inbox(reader).pop().expect("a card");
    for other in ["anna@uni.test", "boris@uni.test", "vera@uni.test"] {
        desk.inbox(other);
    }
    card
}

const IT: (&str, &str) = ("it@uni.test", "anna@uni.test");
const BUH: (&str, &str) = ("buh@uni.test", "vera@uni.test");

/// How the history on a card begins.
const TITLE: &str = "Раньше заявитель обращался:";

/// Three requests of Olga's to support, a day apart, the first of which is solved; the card of the fourth.
fn fourth_card(desk: &Desk) -> Received {
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    let first = asks(desk, &olga, IT, ["Принтер", "Печатает пустые листы."]);
    assert!(!first.text().contains(TITLE), "{}", first.text());
    desk.person("Анна Петрова", "anna@uni.test")
        .writes(&Letter::reply_to(&first, "Сменили картридж.\nрешено"));
    desk.step();
    olga.inbox();
    desk.inbox("boris@uni.test");
    for about in [
        ["Проектор в зале 12", "Не включается, пульт молчит."],
        ["", "Нужен доступ к папке отдела кадров."],
    ] {
        desk.advance(DAY);
        desk.step();
        asks(desk, &olga, IT, about);
    }
    desk.advance(DAY);
    desk.step();
    asks(desk, &olga, IT, ["Почта", "Не приходят письма извне."])
}

#[test]
fn a_card_says_what_else_its_requester_has_asked() {
    let desk = Desk::with(&university("agents = [\"vera\"]"));
    let card = fourth_card(&desk);
    insta::assert_snapshot!(card.text());
    // It is recorded as every history is, and only what was shown.
    let history = desk.history(1004);
    let shown: Vec<&String> = history
        .iter()
        .filter(|one| one.starts_with("history_shown"))
        .collect();
    assert_eq!(shown, ["history_shown (on_card)"]);
    // Somebody else's card says nothing of hers.
    let petr = desk.person("Пётр", "petr@uni.test");
    let card = asks(&desk, &petr, IT, ["Почта", "Пароль не подходит."]);
    assert!(!card.text().contains(TITLE), "{}", card.text());
    let history = desk.history(1005);
    let is_shown = |one: &String| one.starts_with("history_shown");
    assert!(!history.iter().any(is_shown), "{history:?}");
}

#[test]
fn a_card_in_english_says_it_too() {
    let source = university("agents = [\"vera\"]").replace(ON, &format!("{ON}\nlanguage = \"en\""));
    let desk = Desk::with(&source);
    let olga = desk.person("Olga White", "olga@uni.test");
    asks(&desk, &olga, IT, ["Printer", "It prints blank pages."]);
    let card = asks(&desk, &olga, IT, ["Mail", "Nothing arrives from outside."]);
    insta::assert_snapshot!(card.text());
}

#[test]
fn what_a_reader_of_the_card_does_not_serve_is_not_on_it() {
    // Anna serves accounting, too, Boris does not, and both read the card.
    let desk = Desk::with(&university("agents = [\"vera\", \"anna\"]"));
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    asks(&desk, &olga, BUH, ["Зарплата", "Премия не пришла."]);
    let card = asks(&desk, &olga, IT, ["Принтер", "Застряла бумага."]);
    assert!(!card.text().contains("BUH-"), "{}", card.text());

    // Once Boris serves it as well everybody may know.
    let both = "agents = [\"vera\", \"anna\", \"boris\"]";
    let desk = Desk::with(&university(both));
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    asks(&desk, &olga, BUH, ["Зарплата", "Премия не пришла."]);
    let card = asks(&desk, &olga, IT, ["Принтер", "Застряла бумага."]);
    let told = format!("{TITLE}\n- BUH-1001 Зарплата, ");
    assert!(card.text().contains(&told), "{}", card.text());
    // Accounting has not switched histories on.
    let card = asks(&desk, &olga, BUH, ["Отпускные", "Когда их ждать?"]);
    assert!(!card.text().contains(TITLE), "{}", card.text());
}

#[test]
fn nothing_of_a_confidential_queue_is_on_a_card() {
    let both = format!("confidential = true\n{ON}\nagents = [\"vera\", \"anna\", \"boris\"]");
    let desk = Desk::with(&university(&both));
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    asks(&desk, &olga, BUH, ["Увольнение", "Хочу уйти."]);
    let card = asks(&desk, &olga, IT, ["Принтер", "Застряла бумага."]);
    assert!(!card.text().contains(TITLE), "{}", card.text());
    // Not even on one of its own cards.
    let card = asks(&desk, &olga, BUH, ["Расчёт", "Когда его ждать?"]);
    assert!(!card.text().contains(TITLE), "{}", card.text());
}

#[test]
fn a_shared_address_has_no_history_on_cards() {
    let source = university("agents = [\"vera\"]");
    let desk = Desk::with(&format!(
        "{source}\n[directory]\nfile = \"DATA/people.csv\"\n"
    ));
    desk.brings_people(&["name;email;kind", "Деканат;dean@uni.test;shared mailbox"]);
    let dean = desk.person("Деканат", "dean@uni.test");
    asks(&desk, &dean, IT, ["Принтер", "Застряла бумага."]);
    let card = asks(&desk, &dean, IT, ["Почта", "Не приходит."]);
    assert!(!card.text().contains(TITLE), "{}", card.text());
}

#[test]
fn a_card_lists_the_five_newest() {
    let desk = Desk::with(&university("agents = [\"vera\"]"));
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    let about = [
        ["Принтер", "Застряла бумага."],
        ["Проектор", "Пульт не отвечает."],
        ["Почта", "Не приходят письма."],
        ["Пароль", "Забыла, какой он."],
        ["Телефон", "Гудок пропадает."],
        ["Сканер", "Полосы на всех страницах."],
    ];
    for about in about {
        asks(&desk, &olga, IT, about);
        desk.advance(DAY);
        desk.step();
    }
    let card = asks(&desk, &olga, IT, ["Ключ", "Дверь не открывается."]);
    let listed: Vec<&str> = card
        .text()
        .lines()
        .filter_map(|line| line.strip_prefix("- IT-")?.split(' ').next())
        .collect();
    assert_eq!(listed, ["1006", "1005", "1004", "1003", "1002"]);
}
