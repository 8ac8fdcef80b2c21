//! Request forms by mail: offered, filled in, asked about once, answered, corrected.

use std::time::Duration;

use okno::model::{
    clock::ClockKind,
    ticket::{State, Ticket},
};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const HOUR: Duration = Duration::from_secs(3600);

const FORMS: &str = r#"
[form.ndfl]
title = "Справка 2-НДФЛ"
title_en = "Income certificate"
about = "О доходах за год; готовим за два рабочих дня."
about_en = "On the income of a year; ready in two working days."
queue = "buh"
asks = "pause"
files = ["/nowhere/Памятка 2-НДФЛ.pdf"]
field.kind = { title = "Тип запроса", title_en = "Kind of request", choices = ["справка о доходах", "справка для визы"], choices_en = ["certificate of income", "for a visa"], required = true }
field.period = { title = "Период", title_en = "Period", hint = "год или годы", hint_en = "the year or years", required = true }
field.way = { title = "Способ получения", title_en = "How to get it", choices = ["на почту", "в печатном виде"], choices_en = ["by mail", "on paper"], required = true }
field.day = { title = "Нужна к", title_en = "Needed by", kind = "date" }

[form.trouble]
title = "Поломка"
queue = "it"
field.kind = { title = "Тип проблемы", choices = ["принтер", "сеть", "другое"], required = true }
field.urgency = { title = "Срочность", choices = ["низкая", "средняя", "высокая"], required = true }
field.place = { title = "Местоположение", required = true }
"#;

/// The university with forms: the accountants have hours and a promise, and may correct fields.
fn desk() -> Desk {
    Desk::with(&source())
}

fn source() -> String {
    let queues = UNIVERSITY
        .replace(
            "agents = [\"vera\"]",
            "agents = [\"vera\"]\nhours = \"пн-пт 09:00-18:00\"\ntarget = \"16 h\"\nreminders = []\n\
             commands = [\"field\"]",
        )
        .replace(
            "reminders = []\n[queue.buh]",
            "reminders = []\nrequester_commands = [\"forms\"]\n[queue.buh]",
        );
    format!("{queues}{FORMS}")
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Вера Орлова", "vera@uni.test"),
    )
}

const WHOLE: &str = "Тип запроса: справка для визы\nПериод: 2025\nСпособ получения: на почту\n";

/// `name=value` of the form as it stands.
fn fields(ticket: &Ticket) -> String {
    let form = ticket.form.as_ref().expect("it was asked by a form");
    let fields = form.fields.iter();
    let words: Vec<String> = fields
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!("{}: {}", form.form, words.join(", "))
}

/// A letter without what differs each time.
fn shown(desk: &Desk, mail: &Received) -> String {
    mail.text().replace(&desk.tag(&desk.ticket(1001)), "[TAG]")
}

fn target(desk: &Desk) -> Option<i64> {
    let ticket = desk.ticket(1001);
    ticket.clock(ClockKind::Resolution)?.left_secs
}

#[test]
fn the_list_of_forms_comes_on_request_and_opens_nothing() {
    let desk = desk();
    let (olga, vera) = people(&desk);
    for (to, subject, text) in [
        ("it+forms@uni.test", "Вопрос", "Что у вас есть?"),
        ("buh@uni.test", "Формы", ""),
        ("buh@uni.test", "Вопрос", "шаблоны"),
    ] {
        olga.writes(&Letter::to(to, subject, text));
        desk.step();
        let list = olga.only_mail();
        assert_eq!(
            list.header("Auto-Submitted").as_deref(),
            Some("auto-replied")
        );
        assert!(
            list.text().contains("Справка 2-НДФЛ [form:ndfl]"),
            "{}",
            list.text()
        );
        assert!(
            list.text().contains("Поломка [form:trouble]"),
            "{}",
            list.text()
        );
        desk.advance(HOUR);
    }
    assert_eq!(desk.tickets(), 0);
    vera.got_nothing();
    desk.inbox("anna@uni.test");

    // Whoever writes of forms at length has a question.
    olga.writes(&Letter::to(
        "buh@uni.test",
        "Формы",
        "Форма 2-НДФЛ не открывается.",
    ));
    desk.step();
    assert_eq!(desk.tickets(), 1);
    olga.only_mail();
    vera.only_mail();
}

#[test]
fn the_list_shows_each_form_as_a_link_as_lines_and_with_its_files() {
    let desk = desk();
    let (olga, _) = people(&desk);
    olga.writes(&Letter::to("buh@uni.test", "формы", ""));
    desk.step();
    let list = olga.only_mail();
    insta::assert_snapshot!("list_ru", list.text());
    let files: Vec<_> = list
        .mail
        .attachments
        .iter()
        .map(|file| file.name.clone())
        .collect();
    assert_eq!(files, [Some("Памятка 2-НДФЛ.pdf".to_owned())]);
    let raw = String::from_utf8_lossy(&list.bytes).replace("=\r\n", "");
    let link = "mailto:buh@uni.test?subject=3D%D0%A1%D0%BF";
    assert!(
        raw.contains(link) || raw.contains(&link.replace("=3D", "=")),
        "{raw}"
    );

    let emma = desk.person("Emma Clark", "emma@guests.test");
    emma.writes(&Letter::to("buh@uni.test", "Forms", ""));
    desk.step();
    insta::assert_snapshot!("list_en", emma.only_mail().text());
}

#[test]
fn a_requester_asks_for_the_list_with_one_word() {
    let desk = desk();
    let (olga, anna) = (
        people(&desk).0,
        desk.person("Анна Петрова", "anna@uni.test"),
    );
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    desk.step();
    let acknowledged = olga.only_mail();
    assert!(
        acknowledged
            .text()
            .contains("формы — какие есть формы обращений"),
        "{}",
        acknowledged.text()
    );
    anna.only_mail();
    desk.inbox("boris@uni.test");
    olga.writes(&Letter::reply_to(&acknowledged, "Формы"));
    desk.step();
    assert!(olga.only_mail().text().contains("Поломка [form:trouble]"));
    anna.got_nothing();
    assert_eq!(desk.tickets(), 1);
}

#[test]
fn machines_and_forged_circles_get_no_list_and_without_forms_there_is_none() {
    let desk = desk();
    let robot = desk.person("Робот", "robot@uni.test");
    robot.writes(&Letter::to("buh@uni.test", "Формы", "").with("Auto-Submitted", "auto-replied"));
    desk.step();
    robot.got_nothing();
    // At most four automatic mails an hour to one address.
    let (olga, _) = people(&desk);
    for _ in 0..6 {
        olga.writes(&Letter::to("buh@uni.test", "Формы", ""));
        desk.step();
    }
    assert_eq!(olga.inbox().len(), 4);
    desk.inbox("root@uni.test");

    let plain = Desk::open();
    let olga = plain.person("Ольга Белова", "olga@uni.test");
    olga.writes(&Letter::to("buh@uni.test", "Формы", ""));
    plain.step();
    assert_eq!(plain.tickets(), 1, "a request like any other");
    olga.only_mail();
    plain.inbox("vera@uni.test");
}

#[test]
fn a_form_goes_to_its_queue_and_its_fields_stand_above_the_text() {
    let desk = desk();
    let (olga, vera) = people(&desk);
    // To the wrong department, with a word of her own.
    let text = format!("Добрый день! Прошу: поскорее.\n\n{WHOLE}");
    olga.writes(&Letter::to(
        "it@uni.test",
        "Справка 2-НДФЛ [form:ndfl]",
        &text,
    ));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!(ticket.queue.as_str(), "buh");
    assert_eq!(ticket.subject.as_str(), "Справка 2-НДФЛ");
    assert_eq!(
        fields(&ticket),
        "ndfl: kind=справка для визы, period=2025, way=на почту"
    );
    assert_eq!((ticket.state, target(&desk)), (State::New, None));
    insta::assert_snapshot!("acknowledgement_whole", shown(&desk, &olga.only_mail()));
    let card = vera.only_mail();
    insta::assert_snapshot!("card_whole", shown(&desk, &card));
    assert!(card.text().contains("Прошу: поскорее."));
    desk.person("", "anna@uni.test").got_nothing();
    let history = desk.history(1001);
    assert!(
        history.contains(&"fields_filled (form_filled)".to_owned()),
        "{history:?}"
    );
}

#[test]
fn what_is_missing_is_asked_for_once_and_the_clock_stands_until_the_answer() {
    let desk = desk();
    let (olga, vera) = people(&desk);
    let text =
        "Тип запроса: справка для визы\nПериод: \nСпособ получения: голубем\nНужна к: 15.12.2026\n";
    olga.writes(&Letter::to(
        "buh@uni.test",
        "Справка 2-НДФЛ [form:ndfl]",
        text,
    ));
    desk.step();
    let asked = olga.only_mail();
    insta::assert_snapshot!("acknowledgement_asks", shown(&desk, &asked));
    let card = vera.only_mail();
    insta::assert_snapshot!("card_asked", shown(&desk, &card));
    assert_eq!(desk.ticket(1001).state, State::Pending);
    assert_eq!(target(&desk), Some(16 * 3600));

    // Half of it: the rest is not asked for again, and the clock goes on.
    desk.advance(4 * HOUR);
    olga.writes(&Letter::reply_to(&asked, "Период - 2025 год\n\nСпасибо!"));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!(
        fields(&ticket),
        "ndfl: kind=справка для визы, way=голубем, day=2026-12-15, period=2025 год"
    );
    assert_eq!((ticket.state, target(&desk)), (State::Open, None));
    olga.got_nothing();
    let follow_up = vera.only_mail();
    insta::assert_snapshot!("follow_up_filled", shown(&desk, &follow_up));

    // And the other half, as one word.
    olga.writes(&Letter::reply_to(&asked, "На почту"));
    desk.step();
    assert!(fields(&desk.ticket(1001)).contains("way=на почту"));
    olga.got_nothing();
    assert!(!vera.only_mail().text().contains("Не хватает"));
}

#[test]
fn the_rest_may_be_filled_in_within_the_quote_and_without_an_answer_the_ticket_goes_on() {
    let desk = desk();
    let (olga, vera) = people(&desk);
    olga.writes(&Letter::to(
        "buh@uni.test",
        "Справка 2-НДФЛ [form:ndfl]",
        "Тип запроса: 1\nСпособ получения: 2\n",
    ));
    desk.step();
    let asked = olga.only_mail();
    let card = vera.only_mail();
    // Vera need not wait for it.
    vera.writes(&Letter::reply_to(&card, "взять"));
    desk.step();
    assert_eq!(desk.ticket(1001).state, State::Open);

    let quoted: String = asked
        .text()
        .lines()
        .map(|line| match line.starts_with("Период") {
            true => format!("> {line} 2024 и 2025\n"),
            false => format!("> {line}\n"),
        })
        .collect();
    let answer = Letter::reply_to(&asked, "");
    let text = format!("17.11.2026 12:00, Бухгалтерия пишет:\n{quoted}");
    let subject = format!("Re: {}", asked.subject());
    let answer = Letter::to("buh@uni.test", &subject, &text)
        .with("In-Reply-To", &answer.header("In-Reply-To"))
        .with("References", &answer.header("References"));
    olga.writes(&answer);
    desk.step();
    assert!(
        fields(&desk.ticket(1001)).contains("period=2024 и 2025"),
        "{}",
        fields(&desk.ticket(1001))
    );
    vera.only_mail();
    olga.got_nothing();
}

#[test]
fn what_programs_make_of_a_form_is_read_all_the_same() {
    let desk = desk();
    let (olga, vera) = people(&desk);
    // Outlook: HTML alone, a table with lines, the subject's code lost, the title kept.
    let rows = [
        ("Тип запроса", "Справка для визы"),
        ("Период", "2025"),
        ("Способ&nbsp;получения", "в печатном виде"),
    ];
    let rows: String = rows
        .iter()
        .map(|(title, value)| {
            format!("<tr><td width=200><p class=MsoNormal><b>{title}:</b><o:p></o:p></p></td><td><p class=MsoNormal>{value}<o:p></o:p></p></td></tr>")
        })
        .collect();
    let html = format!(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><body><div class=WordSection1><p class=MsoNormal>Здравствуйте!</p>\
         <table class=MsoTableGrid border=1 cellspacing=0>{rows}</table><p class=MsoNormal>С уважением,<br>Ольга</p></div></body></html>"
    );
    let outlook = format!(
        "From: {}\r\nTo: buh@uni.test\r\nSubject: RE: =?utf-8?B?{}?=\r\nMessage-ID: <o1@uni.test>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        olga.author,
        data_encoding::BASE64.encode("Справка 2-НДФЛ".as_bytes()),
        data_encoding::BASE64_MIME.encode(html.as_bytes()),
    );
    desk.arrives("buh", outlook.as_bytes());
    desk.step();
    assert_eq!(
        fields(&desk.ticket(1001)),
        "ndfl: kind=справка для визы, period=2025, way=в печатном виде"
    );
    olga.only_mail();
    vera.only_mail();

    // A phone: paragraphs of HTML, small letters, a slip of the finger, its own signature.
    let ivan = desk.person("Иван", "ivan@uni.test");
    let html = "<div dir=\"ltr\">тип проблемы:&nbsp;Принтре</div><div>срочность - 3</div><div>местоположение:<br></div>\
                <div>корпус Б, 214</div><div><br></div><div>Отправлено с iPhone</div>";
    let phone = format!(
        "From: {}\r\nTo: it@uni.test\r\nSubject: =?utf-8?B?{}?=\r\nMessage-ID: <p1@uni.test>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        ivan.author,
        data_encoding::BASE64.encode("Поломка [form:trouble]".as_bytes()),
        data_encoding::BASE64_MIME.encode(html.as_bytes()),
    );
    desk.arrives("it", phone.as_bytes());
    desk.step();
    assert_eq!(
        fields(&desk.ticket(1002)),
        "trouble: kind=принтер, urgency=высокая, place=корпус Б, 214"
    );
    ivan.only_mail();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}

#[test]
fn prose_with_colons_is_no_form() {
    let desk = desk();
    let (olga, vera) = people(&desk);
    let text = "Вопрос такой.\nПериод: любой.\nТип запроса: не знаю какой нужен.";
    olga.writes(&Letter::to("buh@uni.test", "Вопрос о справке", text));
    desk.step();
    assert_eq!(desk.ticket(1001).form, None);
    assert!(!olga.only_mail().text().contains("Не хватает"));
    assert!(!vera.only_mail().text().contains("Форма:"));
}

#[test]
fn an_english_form_is_answered_in_english() {
    let desk = desk();
    let emma = desk.person("Emma Clark", "emma@guests.test");
    let text = "Hello, I need it for the consulate, please.\n\nKind of request: For a visa\nPeriod:\nHow to get it: by mail\nNeeded by: 15 December\n";
    emma.writes(&Letter::to(
        "buh@uni.test",
        "Income certificate [form:ndfl]",
        text,
    ));
    desk.step();
    insta::assert_snapshot!("acknowledgement_asks_en", shown(&desk, &emma.only_mail()));
    assert_eq!(
        fields(&desk.ticket(1001)),
        "ndfl: kind=справка для визы, way=на почту, day=2026-12-15"
    );
    desk.inbox("vera@uni.test");
}

#[test]
fn an_agent_corrects_a_field_where_that_is_switched_on() {
    let desk = desk();
    let (olga, vera) = people(&desk);
    olga.writes(&Letter::to(
        "buh@uni.test",
        "Справка 2-НДФЛ [form:ndfl]",
        WHOLE,
    ));
    desk.step();
    olga.only_mail();
    let card = vera.only_mail();
    vera.writes(&Letter::reply_to(
        &card,
        "#поле Период: 2024 и 2025\n#field how to get it: 2",
    ));
    desk.step();
    let ticket = desk.ticket(1001);
    assert_eq!(
        fields(&ticket),
        "ndfl: kind=справка для визы, period=2024 и 2025, way=в печатном виде"
    );
    vera.got_nothing();
    vera.writes(&Letter::reply_to(
        &card,
        "#поле Цвет: синий\n#поле Способ получения: голубем",
    ));
    desk.step();
    let told = vera.only_mail();
    let words = told.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("такого поля в форме нет. Есть: Тип запроса, Период"),
        "{words}"
    );
    assert!(
        words.contains("Можно: на почту, в печатном виде."),
        "{words}"
    );
    olga.got_nothing();

    let trouble = "Тип проблемы: сеть\nСрочность: низкая\nМестоположение: 214\n";
    olga.writes(&Letter::to(
        "it@uni.test",
        "Поломка [form:trouble]",
        trouble,
    ));
    desk.step();
    olga.only_mail();
    let anna = desk.person("Анна Петрова", "anna@uni.test");
    desk.inbox("boris@uni.test");
    anna.writes(&Letter::reply_to(
        &anna.only_mail(),
        "#поле Срочность: высокая",
    ));
    desk.step();
    assert!(anna.only_mail().text().contains("не включена"));
    assert!(fields(&desk.ticket(1002)).contains("urgency=низкая"));
}

#[test]
fn where_nobody_may_be_written_to_nobody_is_asked_and_no_clock_stands() {
    let desk = desk();
    let robot = desk.person("Список", "list@uni.test");
    let letter = Letter::to(
        "buh@uni.test",
        "Справка 2-НДФЛ [form:ndfl]",
        "Период: 2025\n",
    );
    robot.writes(&letter.with("X-Auto-Response-Suppress", "All"));
    desk.step();
    robot.got_nothing();
    let ticket = desk.ticket(1001);
    assert_eq!((ticket.state, target(&desk)), (State::New, None));
    assert!(!ticket.form.expect("a form").is_asked);
    let card = desk.inbox("vera@uni.test").remove(0);
    assert!(
        card.text()
            .contains("Не хватает: Тип запроса, Способ получения"),
        "{}",
        card.text()
    );
}

#[test]
fn rules_go_by_what_a_form_says() {
    let rule = "[[rule]]\nname = \"Срочные поломки\"\nwhen = { field = { \"срочность\" = [\"высокая\"] } }\npriority = \"high\"\n";
    let desk = Desk::with(&format!("{}{rule}", source()));
    let (olga, _) = people(&desk);
    let trouble =
        |urgency: &str| format!("Тип проблемы: сеть\nСрочность: {urgency}\nМестоположение: 214\n");
    for (urgency, is_high) in [("3", true), ("низкая", false)] {
        let text = trouble(urgency);
        olga.writes(&Letter::to("it@uni.test", "Поломка [form:trouble]", &text));
        desk.step();
        let number = i64::try_from(desk.tickets()).unwrap() + 1000;
        let kind = desk.ticket(number).classification.remarkable();
        let is_said = kind.iter().any(|part| part.word == "high");
        assert_eq!(is_said, is_high, "{urgency}");
    }
    olga.inbox();
    desk.inbox("anna@uni.test");
    desk.inbox("boris@uni.test");
}
