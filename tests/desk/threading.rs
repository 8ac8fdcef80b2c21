//! Where mails belong when References say it, and when they do not.

use super::{
    desk::{Desk, Person},
    letter::{Letter, Received},
};

/// A ticket of Olga's with its acknowledgement.
fn opened(desk: &Desk) -> (Person<'_>, Received) {
    let olga = desk.person("Ольга Белова", "olga@uni.test");
    olga.writes(
        &Letter::to("it@uni.test", "Сеть", "Нет сети в 12.")
            .with("Cc", "Пётр <petr@uni.test>")
            .with("Message-ID", "<first@uni.test>"),
    );
    desk.step();
    let acknowledged = olga.only_mail();
    forget_cards(desk);
    (olga, acknowledged)
}

fn forget_cards(desk: &Desk) {
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

/// The last decision on ticket 1001 says this of how the mail found it.
#[track_caller]
fn joined(desk: &Desk, how: &str) {
    desk.step();
    let history = desk.history(1001);
    let joined = format!("message_joined ({how})");
    assert!(history.contains(&joined), "{history:?}");
    forget_cards(desk);
}

#[test]
fn people_in_cc_who_answer_each_other_join() {
    let desk = Desk::open();
    opened(&desk);
    let petr = desk.person("Пётр", "petr@uni.test");
    petr.writes(
        &Letter::to("olga@uni.test", "Re: Сеть", "У меня тоже.")
            .with("Cc", "it@uni.test")
            .with("In-Reply-To", "<first@uni.test>"),
    );
    joined(&desk, "by_known_message");
    // Ivan was not there, but he answers all of them.
    let ivan = desk.person("Иван", "ivan@uni.test");
    ivan.writes(
        &Letter::to("petr@uni.test", "Re: Сеть", "И у меня.")
            .with("Cc", "olga@uni.test, it@uni.test")
            .with("References", "<first@uni.test> <elsewhere@uni.test>"),
    );
    desk.step();
    assert_eq!(desk.tickets(), 1);
    petr.got_nothing();
    ivan.got_nothing();
    forget_cards(&desk);
}

#[test]
fn an_id_that_somebody_used_before_leads_nobody_astray() {
    let desk = Desk::open();
    let mallory = desk.person("Mallory", "mallory@evil.example");
    mallory.writes(
        &Letter::to("it@uni.test", "Hello", "Send me what comes.")
            .with("Message-ID", "<first@uni.test>"),
    );
    desk.step();
    mallory.only_mail();
    forget_cards(&desk);
    // Olga's own mail opens her own ticket, and who answers it lands there.
    let olga = desk.person("Ольга", "olga@uni.test");
    let letter = Letter::to("it@uni.test", "Сеть", "Нет сети в 12.")
        .with("Cc", "petr@uni.test")
        .with("Message-ID", "<first@uni.test>");
    olga.writes(&letter);
    desk.step();
    assert_eq!(desk.tickets(), 2);
    olga.only_mail();
    let petr = desk.person("Пётр", "petr@uni.test");
    petr.writes(
        &Letter::to("olga@uni.test", "Re: Сеть", "У меня тоже.")
            .with("Cc", "it@uni.test")
            .with("In-Reply-To", "<first@uni.test>"),
    );
    desk.step();
    assert_eq!(desk.tickets(), 2);
    let history = desk.history(1002);
    assert!(history.contains(&"message_joined (by_named_message)".to_owned()));
    // And her mail, come a second time by an alias, is a copy.
    let bytes = olga.bytes(&letter);
    desk.arrives("it", &bytes);
    desk.step();
    assert_eq!(desk.tickets(), 2);
    mallory.got_nothing();
    forget_cards(&desk);
}

#[test]
fn a_gateway_that_marks_the_subject_makes_no_second_mail() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    let letter = |subject| {
        Letter::to("it@uni.test", subject, "Нет сети.").with("Message-ID", "<one@uni.test>")
    };
    olga.writes(&letter("Сеть"));
    olga.writes(&letter("[EXTERNAL] Сеть"));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    olga.only_mail();
    // Another text under the same id is another mail.
    olga.writes(
        &Letter::to("it@uni.test", "Сеть", "Нет и света.").with("Message-ID", "<one@uni.test>"),
    );
    desk.step();
    assert_eq!(desk.tickets(), 2);
    olga.only_mail();
    forget_cards(&desk);
}

const INDEX: &str = "AQHaFw3318LFvAxTVE2UsO7HMrUPGw==";
const ANSWER: &str = "AQHaFw3318LFvAxTVE2UsO7HMrUPGwAACOsw";

#[test]
fn outlooks_conversation_joins_where_references_are_lost() {
    let desk = Desk::open();
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Сеть", "Нет сети.").with("Thread-Index", INDEX));
    desk.step();
    olga.only_mail();
    olga.writes(
        &Letter::to("it@uni.test", "Ещё о том же", "И света.").with("Thread-Index", ANSWER),
    );
    joined(&desk, "by_conversation");
    assert_eq!(desk.tickets(), 1);
    // Whoever answers the same circular has a matter of their own.
    let ivan = desk.person("Иван", "ivan@uni.test");
    ivan.writes(&Letter::to("it@uni.test", "RE: Сеть", "А у меня?").with("Thread-Index", ANSWER));
    desk.step();
    assert_eq!(desk.tickets(), 2);
    ivan.only_mail();
    forget_cards(&desk);
}

#[test]
fn many_answer_one_circular_and_each_has_a_ticket() {
    let desk = Desk::open();
    let answer = |text| {
        Letter::to("it@uni.test", "Re: Новый порядок", text)
            .with("Cc", "hr@uni.test")
            .with("In-Reply-To", "<circular@uni.test>")
    };
    for (n, who) in ["olga", "ivan"].iter().enumerate() {
        let person = desk.person(who, &format!("{who}@uni.test"));
        person.writes(&answer(who));
        desk.step();
        assert_eq!(desk.tickets(), n + 1);
    }
    // Olga once more: hers.
    desk.person("olga", "olga@uni.test")
        .writes(&answer("И ещё."));
    joined(&desk, "by_named_message");
    assert_eq!(desk.tickets(), 2);
    desk.inbox("olga@uni.test");
    desk.inbox("ivan@uni.test");
}

#[test]
fn the_line_of_our_letter_joins_where_subject_and_references_are_lost() {
    let desk = Desk::open();
    let (olga, acknowledged) = opened(&desk);
    let quoted: String = acknowledged
        .text()
        .lines()
        .map(|line| format!("> {line}\r\n"))
        .collect();
    let answer = format!("Всё ещё нет.\r\n\r\n{quoted}");
    olga.writes(&Letter::to("it@uni.test", "Ответ", &answer));
    joined(&desk, "by_line");
    assert_eq!(desk.tickets(), 1);
    // A stranger who quotes it opens a ticket of his own, and so does she who forwards it.
    let mallory = desk.person("Mallory", "mallory@evil.example");
    mallory.writes(&Letter::to("it@uni.test", "Hello", &answer));
    desk.step();
    assert_eq!(desk.tickets(), 2);
    mallory.only_mail();
    let forwarded = format!(
        "Оплатите, пожалуйста.\r\n\r\n-------- Пересылаемое сообщение --------\r\nОт: ИТ-поддержка <it@uni.test>\r\n\
         Кому: olga@uni.test\r\nТема: Сеть\r\nДата: 17 ноября 2026\r\n\r\n{}",
        acknowledged.text()
    );
    olga.writes(&Letter::to("buh@uni.test", "Fwd: Сеть", &forwarded));
    desk.step();
    assert_eq!(desk.tickets(), 3);
    olga.only_mail();
    desk.inbox("vera@uni.test");
    forget_cards(&desk);
}

#[test]
fn a_number_without_letters_joins_only_those_who_take_part() {
    let desk = Desk::open();
    let (olga, _) = opened(&desk);
    olga.writes(&Letter::to("it@uni.test", "по IT-1001", "Появилась."));
    joined(&desk, "by_number");
    olga.writes(&Letter::to("it@uni.test", "Re: Сеть (№ 1001)", "Пропала."));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    // What may be an invoice is one.
    olga.writes(&Letter::to(
        "buh@uni.test",
        "Счёт № 1001",
        "Оплатите, пожалуйста.",
    ));
    let ivan = desk.person("Иван", "ivan@uni.test");
    ivan.writes(&Letter::to("it@uni.test", "по IT-1001", "А что там?"));
    desk.step();
    assert_eq!(desk.tickets(), 3);
    olga.only_mail();
    ivan.only_mail();
    desk.inbox("vera@uni.test");
    forget_cards(&desk);
}

#[test]
fn of_two_tags_the_one_counts_that_the_writer_takes_part_in() {
    let desk = Desk::open();
    let (olga, _) = opened(&desk);
    let ivan = desk.person("Иван", "ivan@uni.test");
    ivan.writes(&Letter::to("it@uni.test", "Свет", "Нет света."));
    desk.step();
    ivan.only_mail();
    let (olgas, ivans) = (desk.tag(&desk.ticket(1001)), desk.tag(&desk.ticket(1002)));
    let subject = format!("Re: {ivans} Re: {olgas} Сеть");
    olga.writes(&Letter::to("it@uni.test", &subject, "Появилась."));
    joined(&desk, "by_tag");
    assert_eq!(desk.tickets(), 2);
    // References are stronger than what stands in the subject.
    olga.writes(
        &Letter::to("it@uni.test", &format!("Re: {ivans} Свет"), "И ещё.")
            .with("In-Reply-To", "<first@uni.test>"),
    );
    joined(&desk, "by_known_message");
    assert!(
        !desk
            .history(1002)
            .iter()
            .any(|event| event.contains("by_known"))
    );
    forget_cards(&desk);
}
