//! Agents bring other people's requests: personal mails that they forward, calls that they write down. Each is its
//! asker's; where it is not sure whose it is, the agent is asked before anybody is written to.

use std::time::Duration;

use okno::model::ticket::State;

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const PASSED: &str = "mx.uni.test; dmarc=pass header.from=uni.test";
const HEADER: &str = "Почта;ФИО;Отдел;Таб. №;Куратор;Язык;Тип";
const OLGA: &str = "olga@uni.test;Смирнова Ольга Петровна;Кафедра химии;000123;;;";

/// The university, where ИТ may bring requests, its server judges all mail, and there is a people directory.
fn university(people: &[&str]) -> Desk {
    let on = "target = \"8 h\"\nhandover = true\ncommands = [\"all\"]";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    let desk = Desk::with(&format!(
        "{source}\n[trust]\nservers = [\"mx.uni.test\"]\n[directory]\nfile = \"DATA/people.csv\"\n"
    ));
    if !people.is_empty() {
        let rows = [HEADER].into_iter().chain(people.iter().copied());
        desk.brings_people(&rows.collect::<Vec<_>>());
    }
    desk
}

/// A mail of Anna's that our server proves.
fn proven(subject: &str, text: &str) -> Letter {
    Letter::to("it@uni.test", subject, text).with("Authentication-Results", PASSED)
}

fn anna(desk: &Desk) -> Person<'_> {
    desk.person("Анна Петрова", "anna@uni.test")
}

fn outlook(note: &str, from: &str, date: &str) -> String {
    format!(
        "{note}\n\n________________________________\nОт: {from}\nОтправлено: {date}\nКому: Анна Петрова\nТема: Принтер\n\n\
         Анна, принтер в 214 не печатает.\n\nОльга"
    )
}

/// Anna's program forwards Olga's mail; what she writes above stays inside.
#[track_caller]
fn is_olgas(text: &str) {
    let desk = university(&[OLGA]);
    let anna = anna(&desk);
    anna.writes(&proven("Fwd: Принтер", text));
    desk.step();
    let ticket = desk.ticket(1001);
    let olga = desk.person("Ольга", "olga@uni.test");
    let ack = olga.only_mail();
    assert_eq!(ticket.subject.as_str(), "Принтер", "{text}");
    assert!(
        ack.text().starts_with(
            "Ваше письмо передал нам сотрудник (Анна Петрова), чтобы на него ответили."
        ),
        "{}",
        ack.text()
    );
    assert!(!ack.text().contains("грубит"), "{}", ack.text());
    let card = anna.only_mail();
    assert!(
        card.text()
            .contains("От кого: Смирнова Ольга Петровна <olga@uni.test>"),
        "{}",
        card.text()
    );
    assert!(
        card.text().contains("Осторожно, грубит."),
        "{}",
        card.text()
    );
    assert!(card.text().contains("не печатает"), "{}", card.text());
    assert!(!card.text().contains("Кому:"), "{}", card.text());
    desk.inbox("boris@uni.test");
    assert!(ticket.collaborators.is_empty(), "nobody else has asked");
    // The conversation goes on as if she had written to us herself.
    anna.writes(&Letter::reply_to(&card, "Зайдём в полдень."));
    desk.step();
    let answer = olga.only_mail();
    assert!(
        answer.text().starts_with("Зайдём в полдень."),
        "{}",
        answer.text()
    );
    assert!(!answer.text().contains("грубит"), "{}", answer.text());
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::reply_to(&answer, "Хорошо."));
    desk.step();
    assert!(anna.only_mail().text().contains("Хорошо."));
    anna.got_nothing();
}

#[test]
fn a_forwarded_mail_is_its_authors() {
    is_olgas(&outlook(
        "Осторожно, грубит.",
        "Смирнова Ольга <olga@uni.test>",
        "16 ноября 2026 г. 10:15",
    ));
    is_olgas(
        "Осторожно, грубит.\n\n---------- Forwarded message ---------\nОт: Смирнова Ольга <olga@uni.test>\n\
         Date: пн, 16 нояб. 2026 г. в 10:15\nSubject: Принтер\nTo: Анна <anna@uni.test>\n\n\nАнна, не печатает.",
    );
    is_olgas(
        "Осторожно, грубит.\n\nBegin forwarded message:\n\n> From: Olga <olga@uni.test>\n> Subject: Принтер\n\
         > Date: 16 November 2026 at 10:15:00 GMT+3\n> To: anna@uni.test\n> \n> Анна, не печатает.",
    );
    is_olgas(
        "Осторожно, грубит.\n\n-------- Перенаправленное сообщение --------\nТема: Принтер\n\
         Дата: Mon, 16 Nov 2026 10:15:00 +0300\nОт: Ольга <olga@uni.test>\nКому: anna@uni.test\n\nАнна, не печатает.",
    );
}

#[test]
fn a_name_is_looked_up_in_the_directory() {
    // Outlook shows people of one's own house by name alone.
    is_olgas(&outlook(
        "Осторожно, грубит.",
        "Смирнова Ольга Петровна",
        "16 ноября 2026 г. 10:15",
    ));
}

#[test]
fn a_mail_attached_whole_is_its_authors_too() {
    let desk = university(&[OLGA]);
    let anna = anna(&desk);
    let bytes = |extra: &str| {
        format!(
            "From: Анна Петрова <anna@uni.test>\r\nTo: it@uni.test\r\nSubject: Fwd: x\r\nMessage-ID: <a1@uni.test>\r\n\
             Authentication-Results: {PASSED}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n#взять\r\nОна на третьем этаже.\r\n--b\r\n\
             Content-Type: message/rfc822\r\n\r\nFrom: Olga <olga@uni.test>\r\nTo: anna@uni.test\r\n{extra}Subject: Printer\r\n\
             Date: Mon, 16 Nov 2026 10:15:00 +0300\r\nMessage-ID: <o1@uni.test>\r\n\
             Content-Type: text/plain\r\n\r\nIt smokes.\r\n--b--\r\n"
        )
    };
    desk.arrives("it", bytes("").as_bytes());
    desk.step();
    let olga = desk.person("Ольга", "olga@uni.test");
    assert!(olga.only_mail().subject().contains("Printer"));
    let card = anna.only_mail();
    assert!(card.text().contains("It smokes."), "{}", card.text());
    assert!(
        card.text().contains("Она на третьем этаже."),
        "{}",
        card.text()
    );
    // Boris need not be told of a ticket that was never free.
    desk.person("Борис", "boris@uni.test").got_nothing();
    let assignee = desk.ticket(1001).assignee;
    assert_eq!(
        assignee.map(|agent| agent.to_string()).as_deref(),
        Some("anna")
    );
    anna.writes(&Letter::reply_to(&card, "полностью"));
    desk.step();
    let whole = anna.only_mail();
    assert!(whole.text().contains("It smokes."), "{}", whole.text());

    // A machine's or a list's, which it shows only where it is attached whole.
    let list = bytes("List-Id: <news.uni.test>\r\n").replace("a1@", "a2@");
    desk.arrives("it", list.as_bytes());
    desk.step();
    olga.got_nothing();
    let asked = anna.only_mail();
    assert!(
        asked.text().contains("отправила программа или рассылка"),
        "{}",
        asked.text()
    );
    anna.writes(&Letter::reply_to(&asked, "1"));
    desk.step();
    olga.only_mail();
    anna.only_mail();
}

/// Anna forwards something doubtful: she is asked, and nobody else hears of it. What she was asked.
#[track_caller]
fn doubted(desk: &Desk, letter: &Letter, why: &str) -> Received {
    let anna = anna(desk);
    anna.writes(letter);
    desk.step();
    let asked = anna.only_mail();
    assert_eq!(asked.header("X-Okno-Event").as_deref(), Some("whose"));
    assert!(asked.text().contains(why), "{}", asked.text());
    assert_eq!(desk.unread(), [""; 0], "nobody else is written to");
    asked
}

#[test]
fn every_doubt_is_asked_about_first() {
    const FRESH: &str = "16 ноября 2026 г. 10:15";
    let cases = [
        ("Сидоров Пётр", FRESH, "справочник такого человека не знает"),
        ("Смирнова", FRESH, "так зовут нескольких"),
        ("", FRESH, "не видно, кто его написал"),
        ("ИТ-поддержка <it@uni.test>", FRESH, "наш собственный ящик"),
        ("Борис Ким <boris@uni.test>", FRESH, "его написал сотрудник"),
        (
            "Магазин <noreply@shop.example>",
            FRESH,
            "программа или рассылка",
        ),
        (
            "Ольга <olga@uni.test>",
            "16 сентября 2026 г. 10:15",
            "оно давнее",
        ),
    ];
    let irina = "irina@uni.test;Смирнова Ирина;;;;;";
    for (from, date, why) in cases {
        let desk = university(&[OLGA, irina]);
        let text = outlook("Посмотрите.", from, date);
        let text = match from {
            "" => {
                "Посмотрите.\n\n-------- Пересылаемое сообщение --------\n\nАнна, принтер не печатает."
            }
            _ => &text,
        };
        let letter = proven("FW: Принтер", text);
        let asked = doubted(&desk, &letter, why);
        // Whatever was not sure, the agent's word settles it.
        anna(&desk).writes(&Letter::reply_to(&asked, "olga@uni.test"));
        desk.step();
        let ack = desk.person("Ольга", "olga@uni.test").only_mail();
        assert!(
            ack.text().starts_with("Ваше письмо передал нам"),
            "{}",
            ack.text()
        );
        let card = anna(&desk).only_mail();
        assert!(
            card.text().contains("<olga@uni.test>"),
            "{from}: {}",
            card.text()
        );
        assert!(
            card.text().contains("Посмотрите."),
            "{from}: {}",
            card.text()
        );
        desk.person("Борис", "boris@uni.test").only_mail();
    }
}

#[test]
fn one_of_several_is_chosen_by_number_and_commands_wait_for_that() {
    let desk = university(&[OLGA, "irina@uni.test;Смирнова Ирина;Деканат;;;;"]);
    let text = outlook("#назначить boris\nКто это?", "Смирнова", "16.11.2026 10:15");
    let asked = doubted(&desk, &proven("FW: Принтер", &text), "так зовут нескольких");
    insta::assert_snapshot!(asked.text());
    assert_eq!(desk.ticket(1001).assignee, None, "nothing half-done");

    let anna = anna(&desk);
    anna.writes(&Letter::reply_to(&asked, "Наверное, первая"));
    desk.step();
    let again = anna.only_mail();
    assert!(
        again.text().contains("Такого имени нет в справочнике"),
        "{}",
        again.text()
    );
    assert_eq!(desk.unread(), [""; 0]);

    anna.writes(&Letter::reply_to(&again, "2"));
    desk.step();
    desk.person("Ирина", "irina@uni.test").only_mail();
    desk.person("Ольга", "olga@uni.test").got_nothing();
    let card = desk.person("Борис", "boris@uni.test").only_mail();
    assert!(
        card.text().contains("Смирнова Ирина <irina@uni.test>"),
        "{}",
        card.text()
    );
    anna.got_nothing();
    let ticket = desk.ticket(1001);
    assert_eq!(
        ticket.assignee.map(|agent| agent.to_string()).as_deref(),
        Some("boris")
    );
    assert_eq!(desk.tickets(), 1);
}

#[test]
fn without_an_answer_it_is_the_agents_and_nothing_is_lost() {
    let desk = university(&[]);
    let text = outlook("Посмотрите.", "Сидоров", "16.11.2026 10:15");
    doubted(
        &desk,
        &proven("FW: Принтер", &text),
        "справочник такого человека не знает",
    );
    desk.advance(Duration::from_secs(3 * 3600));
    desk.step();
    assert_eq!(desk.unread(), [""; 0]);
    desk.advance(Duration::from_secs(3600));
    desk.step();
    for who in ["anna@uni.test", "boris@uni.test"] {
        let card = desk.inbox(who);
        assert!(
            card[0].text().contains("Анна Петрова <anna@uni.test>"),
            "{}",
            card[0].text()
        );
        assert!(card[0].text().contains("не печатает"), "{}", card[0].text());
    }
}

#[test]
fn what_may_be_her_own_question_stays_hers_by_a_word() {
    let desk = university(&[]);
    let text = outlook(
        "Что делать?",
        "Борис Ким <boris@uni.test>",
        "16.11.2026 10:15",
    );
    let asked = doubted(
        &desk,
        &proven("FW: Принтер", &text),
        "его написал сотрудник",
    );
    anna(&desk).writes(&Letter::reply_to(&asked, "Мне."));
    desk.step();
    let cards = desk.inbox("boris@uni.test");
    assert!(
        cards[0].text().contains("Анна Петрова <anna@uni.test>"),
        "{}",
        cards[0].text()
    );
    desk.inbox("anna@uni.test");
}

#[test]
fn a_call_is_written_down_for_whoever_called() {
    let desk = university(&[OLGA]);
    let anna = anna(&desk);
    let text = "От: Смирнова О.П.\n\nНе включается проектор в 310.\nзаметка: очень спешит\n#взять";
    anna.writes(&proven("Проектор", text));
    desk.step();
    let olga = desk.person("Ольга", "olga@uni.test");
    let ack = olga.only_mail();
    insta::assert_snapshot!(ack.text().replace(&desk.tag(&desk.ticket(1001)), "[TAG]"));
    let card = anna.only_mail();
    assert!(
        card.text()
            .contains("Со слов заявителя записал сотрудник: Анна Петрова"),
        "{}",
        card.text()
    );
    assert!(
        card.text().contains("Не включается проектор"),
        "{}",
        card.text()
    );
    assert!(card.text().contains("очень спешит"), "{}", card.text());
    desk.person("Борис", "boris@uni.test").got_nothing();

    // Somebody whom nobody knows yet, helped at once.
    let text =
        "От: petr@firm.example\nНе открывается сайт.\n#решено Подсказали по телефону другой адрес.";
    anna.writes(&proven("Сайт", text));
    desk.step();
    let mails = desk.inbox("petr@firm.example");
    assert_eq!(mails.len(), 2, "{:?}", desk.unread());
    let solved = mails.iter().find(|mail| mail.text().contains("Подсказали"));
    let all = || mails.iter().map(Received::text).collect::<Vec<_>>();
    let solved = solved.unwrap_or_else(|| panic!("no resolution: {:#?}", all()));
    assert!(
        !solved.text().contains("Не открывается"),
        "{}",
        solved.text()
    );
    assert_eq!(desk.ticket(1002).state, State::Resolved);
    anna.inbox();
}

#[test]
fn what_is_not_proven_is_asked_of_the_agent_and_does_nothing_before() {
    let desk = university(&[OLGA]);
    let text = outlook("#взять", "Ольга <olga@uni.test>", "16.11.2026 10:15");
    let letter = Letter::to("it@uni.test", "FW: Принтер", &text);
    let asked = doubted(&desk, &letter, "ничто не подтверждает");
    assert_eq!(desk.ticket(1001).assignee, None);
    // The letter lies in Anna's own mailbox: whoever answers it is Anna.
    anna(&desk).writes(&Letter::reply_to(&asked, "1"));
    desk.step();
    desk.person("Ольга", "olga@uni.test").only_mail();
    anna(&desk).only_mail();
    assert!(desk.ticket(1001).assignee.is_some());

    // Never answered, its commands were never said.
    let asked = doubted(
        &desk,
        &letter.with("Message-ID", "<z9@evil.example>"),
        "ничто не подтверждает",
    );
    assert!(asked.text().contains("1 —"), "{}", asked.text());
    desk.advance(Duration::from_secs(4 * 3600));
    desk.step();
    desk.person("Ольга", "olga@uni.test").got_nothing();
    assert_eq!(desk.ticket(1002).assignee, None);
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn who_may_not_hand_over_asks_for_themselves() {
    let text = outlook("Посмотрите.", "Ольга <olga@uni.test>", "16.11.2026 10:15");
    // Another queue's agent, somebody outside, and a queue that has not switched it on.
    let desk = university(&[OLGA]);
    for (name, from) in [("Вера Орлова", "vera@uni.test"), ("Пётр", "petr@uni.test")]
    {
        let person = desk.person(name, from);
        person.writes(&proven("FW: Принтер", &text));
        desk.step();
        assert!(
            person.only_mail().text().contains("зарегистрировано"),
            "{from}"
        );
        desk.person("Ольга", "olga@uni.test").got_nothing();
        desk.inbox("anna@uni.test");
        desk.inbox("boris@uni.test");
    }
    let desk = Desk::with(&format!(
        "{UNIVERSITY}\n[trust]\nservers = [\"mx.uni.test\"]\n"
    ));
    let anna = anna(&desk);
    anna.writes(&proven("FW: Принтер", &text));
    desk.step();
    desk.person("Ольга", "olga@uni.test").got_nothing();
    assert_eq!(anna.inbox().len(), 2, "her acknowledgement and her card");
    desk.inbox("boris@uni.test");
}

#[test]
fn the_forwarded_words_execute_nothing() {
    let desk = university(&[OLGA]);
    let text = outlook(
        "Смотрите ниже.",
        "Ольга <olga@uni.test>",
        "16.11.2026 10:15",
    )
    .replace("Ольга\n", "#взять\nрешено\nзаметка: секрет\n");
    anna(&desk).writes(&proven("FW: Принтер", &format!("{text}\n#решено\n#взять")));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, ticket.assignee), (State::New, None));
    desk.inbox("olga@uni.test");
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn explain_tells_whose_it_is() {
    let desk = university(&[OLGA]);
    let text = outlook("", "Сидоров", "16.11.2026 10:15");
    let asked = doubted(
        &desk,
        &proven("FW: Принтер", &text),
        "справочник такого человека не знает",
    );
    anna(&desk).writes(&Letter::reply_to(&asked, "Смирнова"));
    desk.step();
    let history = desk.history(1001);
    for event in [
        "ticket_opened (origin_unsure)",
        "origin_asked (origin_unsure)",
        "requester_named (origin_answered)",
    ] {
        assert!(history.contains(&event.to_owned()), "{event}: {history:?}");
    }
    desk.inbox("olga@uni.test");
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn a_mistyped_address_is_asked_about() {
    let desk = university(&[OLGA]);
    let letter = proven("Принтер", "От: olga@\nНе печатает.");
    let asked = doubted(&desk, &letter, "вместо адреса в нём стоит что-то другое");
    anna(&desk).writes(&Letter::reply_to(&asked, "it@uni.test"));
    desk.step();
    let again = anna(&desk).only_mail();
    assert!(
        again.text().contains("Это адрес нашего собственного ящика"),
        "{}",
        again.text()
    );
    anna(&desk).writes(&Letter::reply_to(&again, "Ольга Смирнова"));
    desk.step();
    let ack = desk.person("Ольга", "olga@uni.test").only_mail();
    assert!(
        ack.text()
            .starts_with("Обращение с ваших слов записал сотрудник"),
        "{}",
        ack.text()
    );
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
