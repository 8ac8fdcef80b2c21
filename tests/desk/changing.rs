//! An agent changes what a ticket is, by when it is promised, and whose it is.

use okno::model::{
    classification::RequestClass,
    ticket::{State, Ticket},
};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

/// The university's desk with all commands; both departments promise eight hours, accounting opens an hour later.
fn university() -> Desk {
    let on = "target = \"8 h\"\ncommands = [\"all\"]\ncategories = [\"Принтеры\", \"сеть\"]";
    let buh = "prefix = \"BUH\"\nhours = \"пн-пт 10:00-18:00\"\ntarget = \"8 h\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    Desk::with(&source.replace("prefix = \"BUH\"", buh))
}

fn people(desk: &Desk) -> [Person<'_>; 3] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
    ]
}

fn due(ticket: &Ticket) -> Option<String> {
    ticket.next_clock().map(|clock| clock.due_at.to_string())
}

/// The words of a mail on one line.
fn words(mail: &Received) -> String {
    mail.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_ticket_is_said_to_be_of_a_class_and_about_something() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (acknowledged, card) = desk.asked();
    anna.writes(&Letter::reply_to(
        &card,
        "взять\n#класс экстренное весь корпус стоит\n#категория принтеры\n#приоритет high",
    ));
    desk.step();
    boris.only_mail();
    let class = desk.ticket(1001).classification;
    assert_eq!(
        (class.class, class.category.as_deref()),
        (RequestClass::Emergency, Some("Принтеры"))
    );
    olga.writes(&Letter::reply_to(&acknowledged, "Скорее!"));
    desk.step();
    let told = words(&anna.only_mail());
    assert!(
        told.contains("Вид: экстренное, высокий приоритет, категория «Принтеры»"),
        "{told}"
    );
}

#[test]
fn what_is_not_in_the_list_is_told_with_the_list() {
    let desk = university();
    let [_, anna, _] = people(&desk);
    let (_, card) = desk.asked();
    for (command, says) in [
        ("#класс срочнейшее", "экстренное, срочное, стандартное"),
        ("#категория слоны", "Можно: Принтеры, сеть"),
        ("#причина износ", "список для этой очереди не задан"),
    ] {
        anna.writes(&Letter::reply_to(&card, command));
        desk.step();
        let told = words(&anna.only_mail());
        assert!(told.contains(says), "{told}");
    }
}

#[test]
fn a_moved_date_is_told_with_its_reason_and_judged_by_the_first() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "#срок 20.11 ждём картриджи"));
    desk.step();
    let told = olga.only_mail();
    let tag = desk.tag(&desk.ticket(1001));
    insta::assert_snapshot!(told.text().replace(&tag, "[IT-1001-....]"));
    let ticket = desk.ticket(1001);
    let clock = ticket.next_clock().expect("it runs");
    let days = (clock.due_at.to_string(), clock.promised_at().to_string());
    assert_eq!(days.0, "2026-11-18T08:00:00Z");
    assert_eq!(days.1, "2026-11-20T15:00:00Z");
    boris.inbox();
    for (command, says) in [
        ("#срок 21.11", "не сказано почему"),
        ("#срок 16.11 раньше", "дата уже прошла"),
    ] {
        anna.writes(&Letter::reply_to(&card, command));
        desk.step();
        let told = words(&anna.only_mail());
        assert!(told.contains(says), "{told}");
    }
    olga.got_nothing();
}

#[test]
fn a_ticket_goes_to_another_department_with_its_number_and_its_time() {
    let desk = university();
    let [olga, anna, boris] = people(&desk);
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(
        &card,
        "#передать Бухгалтерия, это про зарплату",
    ));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.queue.as_str(), ticket.state), ("buh", State::New));
    // Noon of Tuesday: six hours today, two from ten tomorrow.
    assert_eq!(due(&ticket).as_deref(), Some("2026-11-18T09:00:00Z"));
    let told = olga.only_mail();
    let from = told.mail.from.as_ref().map(|from| from.address.as_str());
    assert_eq!(from, Some("buh@uni.test"));
    assert!(words(&told).contains("теперь отвечает Бухгалтерия"));
    let handed = vera.only_mail();
    let tag = desk.tag(&ticket);
    insta::assert_snapshot!(handed.text().replace(&tag, "[IT-1001-....]"));
    boris.inbox();
    anna.inbox();

    // Vera's answer comes from her department, under the same number.
    vera.writes(&Letter::reply_to(&handed, "Посмотрим."));
    desk.step();
    assert!(olga.only_mail().subject().contains(&tag));
    // Anna's card gives her no word in it any more.
    anna.writes(&Letter::reply_to(&card, "Я всё-таки отвечу."));
    desk.step();
    olga.got_nothing();
    let told = words(&anna.only_mail());
    assert!(told.contains("только сотрудники очереди"), "{told}");
    vera.inbox();
}

#[test]
fn a_queue_that_does_not_exist_is_told_with_those_that_do() {
    let desk = university();
    let [_, anna, _] = people(&desk);
    let (_, card) = desk.asked();
    for (command, says) in [
        ("#передать кадры", "Бухгалтерия (buh)"),
        ("#передать it", "обращение уже в этой очереди"),
    ] {
        anna.writes(&Letter::reply_to(&card, command));
        desk.step();
        let told = words(&anna.only_mail());
        assert!(told.contains(says), "{told}");
    }
}
