//! The same asked again, and what may belong to an earlier ticket.

use std::time::Duration;

use okno::model::ids::TicketNumber;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const BLANK: &str = "Здравствуйте!\nПринтер в аудитории 214 с утра печатает пустые листы, картридж меняли в пятницу.";
const AGAIN: &str = "Добрый день! Принтер в аудитории 214 с утра печатает пустые листы, картридж меняли в \
                     пятницу.\nСпасибо!";

const OTHER: &str = "Проектор в зале 12 не включается, пульт не отвечает.";

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Writes to the queue, and what its card for Anna says.
fn asks(desk: &Desk, who: &Person<'_>, subject: &str, text: &str) -> Received {
    who.writes(&Letter::to("it@uni.test", subject, text));
    desk.step();
    who.inbox();
    desk.inbox("boris@uni.test");
    desk.person("Анна", "anna@uni.test").only_mail()
}

/// Anna answers a card.
fn answers(desk: &Desk, card: &Received, words: &str) {
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    anna.writes(&Letter::reply_to(card, words));
    desk.step();
}

#[test]
fn the_same_asked_again_is_proposed_and_counts_once_an_agent_says_so() {
    let desk = Desk::open();
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    let first = asks(&desk, &olga, "Принтер", BLANK);
    assert!(!first.text().contains("повтор"), "{}", first.text());
    desk.advance(3 * DAY);
    let second = asks(&desk, &olga, "Снова листы", AGAIN);
    let told = "Похоже на повтор: IT-1001 «Принтер» от";
    assert!(second.text().contains(told), "{}", second.text());
    assert!(
        second
            .text()
            .contains("заявитель — Ольга Белова, не решено")
    );
    assert!(!second.text().contains("Возможно"), "{}", second.text());
    let repeats = || {
        desk.ticket(1002)
            .repeats
            .map(|one| (one.ticket.0, one.is_confirmed))
    };
    assert_eq!(repeats(), Some((1001, false)));
    answers(&desk, &second, "повтор");
    assert_eq!(repeats(), Some((1001, true)));
    answers(&desk, &second, "не повтор");
    assert_eq!(repeats(), None);
    let history = desk.history(1002);
    let said: Vec<&String> = history
        .iter()
        .filter(|one| one.starts_with("repeat_"))
        .collect();
    assert_eq!(
        said,
        [
            "repeat_proposed (similar_words)",
            "repeat_confirmed (agent_command)",
            "repeat_denied (agent_command)"
        ]
    );
    olga.got_nothing();
}

#[test]
fn another_persons_words_and_other_words_are_no_repeat() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    asks(&desk, &olga, "Принтер", BLANK);
    let petr = desk.person("Пётр", "petr@uni.test");
    let card = asks(&desk, &petr, "Листы", AGAIN);
    assert!(!card.text().contains("IT-1001"), "{}", card.text());
    let card = asks(&desk, &olga, "Проектор", OTHER);
    assert!(!card.text().contains("IT-1001"), "{}", card.text());
    for number in 1001..=1003 {
        assert_eq!(desk.ticket(number).repeats, None, "{number}");
    }
}

#[test]
fn what_ended_long_ago_is_not_compared() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let first = asks(&desk, &olga, "Принтер", BLANK);
    answers(&desk, &first, "Почистили.\nрешено");
    olga.inbox();
    desk.inbox("boris@uni.test");
    desk.advance(5 * DAY);
    let lately = asks(&desk, &olga, "Опять листы", AGAIN);
    assert!(
        lately.text().contains("повтор: IT-1001"),
        "{}",
        lately.text()
    );
    assert!(
        lately.text().contains("решено, исполнитель — "),
        "{}",
        lately.text()
    );
    answers(&desk, &lately, "Почистили снова.\nрешено");
    olga.inbox();
    desk.inbox("boris@uni.test");
    desk.advance(30 * DAY);
    desk.step();
    let late = asks(&desk, &olga, "И снова листы", AGAIN);
    assert!(!late.text().contains("повтор"), "{}", late.text());
}

#[test]
fn a_queue_that_compares_nothing_is_told_nothing() {
    let desk = Desk::with(&UNIVERSITY.replace("[queue.it]", "[queue.it]\nrepeat_days = 0"));
    let olga = desk.person("Ольга", "olga@uni.test");
    asks(&desk, &olga, "Принтер печатает пустые листы", BLANK);
    let second = asks(&desk, &olga, "Принтер печатает пустые листы", AGAIN);
    assert!(!second.text().contains("1001"), "{}", second.text());
}

#[test]
fn two_in_one_batch_see_each_other() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", BLANK));
    olga.writes(&Letter::to("it@uni.test", "Снова листы", AGAIN));
    desk.step();
    olga.inbox();
    desk.inbox("boris@uni.test");
    let cards = desk.inbox("anna@uni.test");
    assert!(
        cards[1].text().contains("повтор: IT-1001"),
        "{}",
        cards[1].text()
    );
}

#[test]
fn a_near_subject_of_the_same_people_is_a_hint() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(
        &Letter::to("it@uni.test", "Сеть в корпусе Б", "Не открывается ничего.")
            .with("Cc", "petr@uni.test"),
    );
    desk.step();
    olga.inbox();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
    // Petr, who read along, writes anew instead of answering.
    let petr = desk.person("Пётр", "petr@uni.test");
    let card = asks(&desk, &petr, "Сеть в корпусе Б", "Уже второй день.");
    let told = "Возможно, относится к обращению: IT-1001 «Сеть в корпусе Б» от";
    assert!(card.text().contains(told), "{}", card.text());
    let ways = "отдельной строкой «#повтор IT-1001» и отвечайте здесь.";
    assert!(card.text().contains(ways), "{}", card.text());
    assert_eq!(desk.ticket(1002).repeats, None, "a hint proposes nothing");
    // A stranger with the same subject is told of nobody's ticket, and neither are his agents.
    let ivan = desk.person("Иван", "ivan@uni.test");
    let card = asks(&desk, &ivan, "Сеть в корпусе Б", "И у нас.");
    assert!(!card.text().contains("IT-1001"), "{}", card.text());
    answers(&desk, &card, "#повтор IT-1001");
    let repeats = desk
        .ticket(1003)
        .repeats
        .map(|one| (one.ticket.0, one.is_confirmed));
    assert_eq!(repeats, Some((1001, true)), "an agent knows better");
}

#[test]
fn a_hint_offers_what_the_queue_has_on() {
    let all = UNIVERSITY.replace("[queue.it]", "[queue.it]\ncommands = [\"all\"]");
    let desk = Desk::with(&all);
    let olga = desk.person("Ольга", "olga@uni.test");
    let subject = "Сеть в корпусе Б";
    asks(&desk, &olga, subject, "Не открывается ничего.");
    let card = asks(&desk, &olga, subject, "Уже второй день.");
    for way in [
        "«#повтор IT-1001»",
        "«#объединить IT-1001»",
        "«#связать IT-1001»",
    ] {
        assert!(card.text().contains(way), "{way}: {}", card.text());
    }
    answers(&desk, &card, "#объединить IT-1001");
    assert_eq!(desk.ticket(1002).merged_into, Some(TicketNumber(1001)));
    desk.advance(DAY);
    asks(&desk, &olga, "Проектор", OTHER);
    let again = asks(&desk, &olga, "Опять", OTHER);
    let told = "Продолжить разговор там — «#объединить IT-1003».";
    assert!(again.text().contains(told), "{}", again.text());
    // Nobody goes on in what is solved.
    answers(&desk, &again, "Пульт заменили.\nрешено");
    olga.inbox();
    desk.inbox("boris@uni.test");
    let card = asks(&desk, &olga, "Опять", "И снова то же.");
    let told = "Возможно, относится к обращению: IT-1004 «Опять»";
    assert!(card.text().contains(told), "{}", card.text());
    assert!(
        !card.text().contains("#объединить IT-1004"),
        "{}",
        card.text()
    );
    assert!(
        card.text().contains("«#связать IT-1004»"),
        "{}",
        card.text()
    );
}

#[test]
fn what_was_proposed_stays_with_those_who_were_told() {
    let on = "[queue.it]\ncommands = [\"transfer\"]";
    let desk = Desk::with(&UNIVERSITY.replace("[queue.it]", on));
    let olga = desk.person("Ольга", "olga@uni.test");
    asks(&desk, &olga, "Принтер", BLANK);
    let card = asks(&desk, &olga, "Снова листы", AGAIN);
    answers(&desk, &card, "#передать buh");
    // She is told who answers now.
    olga.inbox();
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let handed = vera.only_mail();
    assert!(!handed.text().contains("IT-1001"), "{}", handed.text());
    vera.writes(&Letter::reply_to(&handed, "повтор"));
    desk.step();
    let refusal = vera.only_mail();
    assert!(
        refusal.text().contains("не предлагал"),
        "{}",
        refusal.text()
    );
    assert_eq!(desk.ticket(1002).repeats, None);
    desk.inbox("boris@uni.test");
}

#[test]
fn what_cannot_be_a_repeat_is_refused_with_a_reason() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let card = asks(&desk, &olga, "Принтер", BLANK);
    asks(&desk, &olga, "Проектор", OTHER);
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    for (words, told) in [
        ("повтор", "не предлагал считать"),
        ("не повтор", "не предлагал считать"),
        ("#повтор IT-1001", "это то же самое обращение"),
        (
            "#повтор 7777",
            "такого обращения нет ни в одной из очередей",
        ),
        ("#повтор IT-1002", "обращение IT-1002 открыто позже этого"),
    ] {
        answers(&desk, &card, words);
        let refusal = anna.only_mail();
        assert!(refusal.text().contains(told), "{words}: {}", refusal.text());
    }
    assert_eq!(desk.ticket(1001).repeats, None);
}

#[test]
fn an_agent_learns_nothing_of_queues_of_others() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("buh@uni.test", "Принтер", BLANK));
    desk.step();
    olga.inbox();
    desk.inbox("vera@uni.test");
    let card = asks(&desk, &olga, "Принтер", AGAIN);
    assert!(!card.text().contains("1001"), "{}", card.text());
    answers(&desk, &card, "#повтор BUH-1001");
    let refusal = desk.person("Анна", "anna@uni.test").only_mail();
    assert!(refusal.text().contains("нет ни в одной из очередей"));
    assert_eq!(desk.ticket(1002).repeats, None);
}
