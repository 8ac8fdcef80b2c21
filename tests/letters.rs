//! Letters: their words as people read them, and their bytes as programs do.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests may fail loudly"
)]

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::{Timestamp, tz::TimeZone};
use mail_parser::{Message, MessageParser, MimeHeaders};
use okno::{
    desk::command::Verb,
    mail::{
        render::{Letter, Letters, samples},
        write::{Enclosed, Stamp, write},
    },
    model::{
        address::{Address, NamedAddress},
        ids::{MessageId, QueueName, TicketNumber},
        language::Language,
        outgoing::{AutoSubmitted, Body, Button, Class, HelpList, OutgoingMail, Sender},
    },
};
use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};

const ZONE: &str = "Europe/Moscow";

fn zones() -> BTreeMap<String, TimeZone> {
    BTreeMap::from([(ZONE.to_owned(), TimeZone::get(ZONE).unwrap())])
}

fn letters() -> Letters {
    Letters::new(&[], zones()).unwrap()
}

fn stamp() -> Stamp {
    Stamp {
        at: "2026-11-17T06:30:00.250Z".parse::<Timestamp>().unwrap(),
        zone: TimeZone::get(ZONE).unwrap(),
        instance: "desk.uni.test".to_owned(),
    }
}

fn address(words: &str) -> Address {
    Address::parse(words).unwrap()
}

fn button(what: &str) -> Button {
    Button {
        what: what.to_owned(),
        word: what.to_owned(),
        subject: format!("Re: [IT-1042-K7Q4] [do:1042:0a0mq51h123456789] {what}"),
    }
}

/// What may be tapped in a mail with that body.
fn buttons(body: &Body) -> Vec<Button> {
    let whats: &[&str] = if matches!(body, Body::Resolution { .. }) {
        &[
            "yes", "no", "rate_5", "rate_4", "rate_3", "rate_2", "rate_1",
        ]
    } else {
        &[
            "take", "done", "spam", "send", "approve", "reject", "cancel", "urgent",
        ]
    };
    whats.iter().map(|what| button(what)).collect()
}

/// A mail with that body, as the decider would make it.
fn mail(language: Language, body: Body) -> OutgoingMail {
    let (class, auto_submitted) = match &body {
        Body::Acknowledgement { .. }
        | Body::Told { .. }
        | Body::Forms(_)
        | Body::Refusal(_)
        | Body::Tried(_)
        | Body::WorkListAnswer(_) => (Class::Automatic, AutoSubmitted::Replied),
        Body::Reply { .. } => (Class::Human, AutoSubmitted::No),
        Body::Alarm { .. } => (Class::Alarm, AutoSubmitted::Generated),
        Body::WorkList(_)
        | Body::Duty(_)
        | Body::Queue(_)
        | Body::Passport(_)
        | Body::Payroll(_)
        | Body::PayFile(_)
        | Body::Report(_)
        | Body::Weekly(_)
        | Body::Monthly(_)
        | Body::Director(_)
        | Body::IdleRules(_) => (Class::Report, AutoSubmitted::Generated),
        Body::Card { .. }
        | Body::FollowUp { .. }
        | Body::Resolution { .. }
        | Body::News { .. }
        | Body::Transcript { .. }
        | Body::Help(_)
        | Body::Found(_)
        | Body::FoundArticles(_)
        | Body::Undone(_)
        | Body::Why(_)
        | Body::ArticleDraft(_)
        | Body::Head(_)
        | Body::Nps { .. }
        | Body::Challenge { .. }
        | Body::EscalationQuestion(_)
        | Body::Escalation(_)
        | Body::Whose(_)
        | Body::Crossed(_)
        | Body::Original { .. }
        | Body::Undelivered { .. }
        | Body::Offer(_)
        | Body::OfferAnswer { .. }
        | Body::Quarantine(_)
        | Body::QuarantineAnswer(_)
        | Body::Late(_)
        | Body::Digest { .. } => (Class::Automatic, AutoSubmitted::Generated),
    };
    let sender = Sender {
        mailbox: "it".into(),
        name: "ИТ-поддержка".to_owned(),
        address: address("it@uni.test"),
    };
    let id = ("sample".to_owned(), MessageId::from("1042.r.1@uni.test"));
    OutgoingMail {
        ticket: Some(TicketNumber(1042)),
        queue: Some(QueueName::from("it")),
        envelope_from: None,
        to: vec![NamedAddress::new(
            "Мария Соколова",
            &address("m.sokolova@uni.test"),
        )],
        cc: vec![NamedAddress::new("Falcon, Mary", &address("mary@uni.test"))],
        in_reply_to: Some(MessageId::from("request-1@uni.test")),
        references: vec![MessageId::from("request-1@uni.test")],
        auto_submitted,
        buttons: buttons(&body),
        ..OutgoingMail::new(id, class, sender, language, body)
    }
}

fn parse(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).expect("a mail")
}

/// Header fields one a line, decoded where people read them.
fn shown_header(bytes: &[u8]) -> String {
    let message = parse(bytes);
    let mut shown = String::new();
    for (name, value) in message.headers_raw() {
        let value: String = match name {
            "Subject" => message.subject().unwrap_or_default().to_owned(),
            "From" | "To" | "Cc" => names(&message, name).join(", "),
            _ => value.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        writeln!(shown, "{name}: {value}").unwrap();
    }
    shown
}

/// `name <address>` of every mailbox of a field.
fn names(message: &Message<'_>, field: &str) -> Vec<String> {
    let given = match field {
        "From" => message.from(),
        "To" => message.to(),
        _ => message.cc(),
    };
    given
        .map(|all| {
            all.iter()
                .map(|one| {
                    let name = one.name().unwrap_or_default();
                    format!("{name} <{}>", one.address().unwrap_or_default())
                })
                .collect()
        })
        .unwrap_or_default()
}

fn text_of(bytes: &[u8]) -> String {
    parse(bytes)
        .body_text(0)
        .expect("a plain part")
        .replace("\r\n", "\n")
}

#[test]
fn help_has_words_for_every_command() {
    let bodies = samples(Language::En, ZONE).into_iter();
    let listed = bodies.filter_map(|body| {
        let Body::Help(HelpList { lines, .. }) = body else {
            return None;
        };
        Some(lines)
    });
    let listed: Vec<String> = listed.flatten().map(|line| line.verb).collect();
    let verbs: Vec<&str> = Verb::all().map(Verb::code).collect();
    assert_eq!(listed, verbs);
}

/// Help as agents get it: each command in the words that are understood.
fn say_commands(body: &mut Body, language: Language) {
    if let Body::Help(HelpList { lines, .. }) = body {
        for line in lines {
            let verb = Verb::from_code(&line.verb).expect("a command");
            line.form = verb.shown(language);
        }
    }
}

/// One snapshot of the words of all samples of a template, one of the page of the first.
fn check_template(language: Language, template: &str) {
    let letters = letters();
    let mut words = String::new();
    let mut page = None;
    for mut body in samples(language, ZONE) {
        if body.template() != template {
            continue;
        }
        say_commands(&mut body, language);
        let mail = mail(language, body);
        let letter = letters.render(&mail).unwrap();
        let bytes = write(&mail, &letter, &[], &stamp());
        check_sound(&bytes);
        check_page(&letter);
        if text_of(&bytes).starts_with("---") {
            check_no_command(&text_of(&bytes));
        }
        if words.is_empty() {
            words = format!("{}\n", shown_header(&bytes));
        } else {
            write!(words, "\n======== {}\n\n", letter.subject).unwrap();
        }
        words.push_str(&text_of(&bytes));
        page.get_or_insert(letter.html);
    }
    let name = format!("{template}_{}", language.code());
    insta::assert_snapshot!(name.as_str(), words.replace(" \n", "⏎\n"));
    insta::assert_snapshot!(format!("{name}_html"), page.expect("a sample"));
}

/// What every mail must keep to (RFC 5322, 2.1.1 and 2.3): lines of at most 998 octets, CRLF only, ASCII only.
#[track_caller]
fn check_sound(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("our mails are UTF-8");
    assert!(text.is_ascii(), "an 8-bit character");
    for line in text.split("\r\n") {
        assert!(
            !line.contains(['\r', '\n', '\0']),
            "a lone line end: {line:?}"
        );
        assert!(line.len() <= 998, "a line of {} octets", line.len());
    }
}

/// What every page must keep to: small, nothing fetched from anywhere, nothing that runs.
#[track_caller]
fn check_page(letter: &Letter) {
    assert!(letter.html.len() < 20_000, "{} bytes", letter.html.len());
    // A chart is part of the mail itself.
    let lower = letter.html.to_lowercase().replace("<img src=\"cid:", "");
    for forbidden in [
        "<script", "<img", "<link", "<form", "src=", "url(", "http://", "https://",
    ] {
        assert!(!lower.contains(forbidden), "{forbidden} in the page");
    }
}

/// No line of what an agent replies to is a command: mail programs that quote without marks would have agents say it.
#[track_caller]
fn check_no_command(text: &str) {
    for line in text.lines() {
        let lower = line.trim().to_lowercase();
        let is_command = lower.starts_with('#')
            || ["заметка:", "note:"]
                .iter()
                .any(|word| lower.starts_with(word))
            || ["взять", "решено", "готово", "take", "done"]
                .contains(&lower.trim_end_matches(['.', ',', ':']));
        assert!(!is_command, "{line}");
    }
}

macro_rules! templates {
    ($($test:ident: $template:literal),+ $(,)?) => {$(
        #[test]
        fn $test() {
            for language in Language::ALL {
                check_template(language, $template);
            }
        }
    )+};
}

templates! {
    acknowledgement_letters: "acknowledgement",
    card_letters: "card",
    follow_up_letters: "follow_up",
    reply_letters: "reply",
    resolution_letters: "resolution",
    news_letters: "news",
    transcript_letters: "transcript",
    told_letters: "told",
    help_letters: "help",
    found_letters: "found",
    found_articles_letters: "found_articles",
    article_draft_letters: "article_draft",
    head_letters: "head",
    nps_letters: "nps",
    challenge_letters: "challenge",
    whose_letters: "whose",
    crossed_letters: "crossed",
    escalation_question_letters: "escalation_question",
    escalation_letters: "escalation",
    original_letters: "original",
    undelivered_letters: "undelivered",
    refusal_letters: "refusal",
    offer_letters: "offer",
    offer_answer_letters: "offer_answer",
    digest_letters: "digest",
    queue_letters: "queue",
    passport_letters: "passport",
    payroll_letters: "payroll",
    pay_file_letters: "pay_file",
    report_letters: "report",
    weekly_letters: "weekly",
    director_letters: "director",
    monthly_letters: "monthly",
    idle_rules_letters: "idle_rules",
    tried_letters: "tried",
    work_list_letters: "work_list",
    work_list_answer_letters: "work_list_answer",
    quarantine_letters: "quarantine",
    quarantine_answer_letters: "quarantine_answer",
    alarm_letters: "alarm",
    undone_letters: "undone",
    why_letters: "why",
    duty_letters: "duty",
    forms_letters: "forms",
    late_letters: "late",
}

fn first(language: Language, template: &str) -> Body {
    samples(language, ZONE)
        .into_iter()
        .find(|body| body.template() == template)
        .expect("every template has a sample")
}

#[test]
fn the_same_mail_gives_the_same_bytes() {
    let mail = mail(Language::Ru, first(Language::Ru, "card"));
    let letter = letters().render(&mail).unwrap();
    let file = Enclosed {
        name: "Пробный лист.pdf".to_owned(),
        shown: None,
        media_type: "application/pdf".to_owned(),
        bytes: vec![0, 13, 10, 255],
        content_id: None,
    };
    let once = write(&mail, &letter, std::slice::from_ref(&file), &stamp());
    let again = write(&mail, &letter, &[file], &stamp());
    assert_eq!(once, again);
}

#[test]
fn files_arrive_with_their_names_and_bytes() {
    let mail = mail(Language::Ru, first(Language::Ru, "reply"));
    let letter = letters().render(&mail).unwrap();
    let given: Vec<Enclosed> = [
        (
            "Пробный лист.pdf",
            "application/pdf",
            &b"%PDF\r\n\x00\xff"[..],
        ),
        (
            "notes \"final\".txt",
            "text/plain",
            b"one\ntwo\r\nthree\rfour",
        ),
        ("письмо.eml", "message/rfc822", b"Subject: \xff\r\n\r\nx"),
        ("отчёт; a=b, c'd%20.tar.gz", "not a type", b""),
    ]
    .into_iter()
    .map(|(name, media_type, bytes)| Enclosed {
        name: name.to_owned(),
        shown: None,
        media_type: media_type.to_owned(),
        bytes: bytes.to_vec(),
        content_id: None,
    })
    .collect();
    let bytes = write(&mail, &letter, &given, &stamp());
    check_sound(&bytes);
    let message = parse(&bytes);
    let read: Vec<_> = message
        .attachments()
        .map(|part| {
            (
                part.attachment_name().unwrap().to_owned(),
                part.contents().to_vec(),
            )
        })
        .collect();
    let expected: Vec<_> = given
        .into_iter()
        .map(|file| (file.name, file.bytes))
        .collect();
    assert_eq!(read, expected);
    let raw = String::from_utf8(bytes.clone()).unwrap();
    assert!(
        raw.contains("filename=\"file-1.pdf\""),
        "an ASCII name for old programs"
    );
    assert!(text_of(&bytes).starts_with("Мария, здравствуйте!"));
    assert!(message.body_html(0).unwrap().starts_with("<!DOCTYPE html>"));
}

#[test]
fn a_file_that_we_made_has_a_name_for_old_programs_and_one_for_people() {
    let mail = mail(Language::Ru, first(Language::Ru, "reply"));
    let letter = letters().render(&mail).unwrap();
    let file = Enclosed {
        name: "pay_2026-10_buh-5bcf_v1.csv".to_owned(),
        shown: Some("pay_2026-10_Бух_v1.csv".to_owned()),
        media_type: "text/csv; charset=utf-8; header=present".to_owned(),
        bytes: b"1\r\n".to_vec(),
        content_id: None,
    };
    let bytes = write(&mail, &letter, &[file], &stamp());
    check_sound(&bytes);
    let read = parse(&bytes);
    let name = read
        .attachments()
        .next()
        .unwrap()
        .attachment_name()
        .unwrap();
    assert_eq!(name, "pay_2026-10_Бух_v1.csv");
    let raw = String::from_utf8(bytes.clone()).unwrap();
    assert!(raw.contains("filename*=UTF-8''pay_2026-10_%D0%91%D1%83%D1%85_v1.csv"));
    assert!(raw.contains("filename=\"pay_2026-10_buh-5bcf_v1.csv\""));
}

#[test]
fn a_broken_override_names_file_line_and_cause() {
    let refused = |source: &str| {
        Letters::new(&[("ru/card.txt".to_owned(), source.to_owned())], zones())
            .unwrap_err()
            .to_string()
    };
    let unknown = refused("Новое обращение\n\n{{ tiket.label }}");
    assert!(unknown.starts_with("ru/card.txt:3: "), "{unknown}");
    assert!(unknown.contains("tiket"), "{unknown}");
    let unclosed = refused("Тема\n{% if ticket.due %}");
    assert!(unclosed.starts_with("ru/card.txt:2: "), "{unclosed}");
    let field = refused("{{ ticket.deu | date }}");
    assert!(field.starts_with("ru/card.txt:1: "), "{field}");
    let form = refused("{% if ticket.due %}{{ ticket.due | date(form=\"late\") }}{% endif %}");
    assert!(
        form.starts_with("ru/card.txt:1: ") && form.contains("no such form of a date: late"),
        "{form}"
    );
    let filter = refused("\n{{ text | wrpa }}");
    assert!(
        filter.starts_with("ru/card.txt:2: ") && filter.contains("wrpa"),
        "{filter}"
    );
}

#[test]
fn an_override_replaces_a_letter() {
    let own = (
        "en/acknowledgement.txt".to_owned(),
        "We have it: {{ ticket.label }}".to_owned(),
    );
    let letters = Letters::new(&[own], zones()).unwrap();
    let letter = letters
        .render(&mail(Language::En, first(Language::En, "acknowledgement")))
        .unwrap();
    assert_eq!(letter.text, "We have it: IT-1042\n");
    assert_eq!(
        letter.subject,
        "Re: [IT-1042-K7Q4] The printer does not work"
    );
}

#[test]
fn what_people_write_stays_text_in_the_page() {
    let mut body = first(Language::En, "card");
    if let Body::Card {
        ticket,
        requester,
        text,
        files,
        ..
    } = &mut body
    {
        let evil = "<script>alert(1)</script>&\"'";
        ticket.subject = evil.to_owned();
        *requester = evil.to_owned();
        *text = format!("{evil}\n  indented {{{{ 7 * 7 }}}}");
        *files = vec![evil.to_owned()];
    }
    let letter = letters().render(&mail(Language::En, body)).unwrap();
    check_page(&letter);
    assert!(letter.html.contains(
        "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;<br>\n&nbsp;&nbsp;indented {{ 7 * 7 }}"
    ));
    assert!(!letter.html.contains("&amp;lt;"), "escaped twice");
}

/// Words of somebody who wants a page to run them: in text, in an attribute of either quotes.
const HOSTILE: &str = "zq<i zq=\"1\" zq='2'>&amp;</i>{{ 7 }}{% x %}";

/// The same where an address is expected.
const HOSTILE_ADDRESS: &str = "zq'&zq=`1`@uni.test";

/// A body with every word in it hostile; codes too where asked for.
fn hostile(body: &Body, with_codes: bool) -> Body {
    fn poison(value: &mut serde_json::Value, key: &str, with_codes: bool) {
        match value {
            serde_json::Value::String(words) => match key {
                "template" | "at" | "zone" => {}
                "what" | "why" | "warnings" | "status" | "alarm" if !with_codes => {}
                "address" | "requester_address" | "author_address" | "recipient" | "write_to"
                | "asker" | "written_by" => {
                    *words = HOSTILE_ADDRESS.to_owned();
                }
                _ => *words = HOSTILE.to_owned(),
            },
            serde_json::Value::Array(all) => {
                all.iter_mut().for_each(|one| poison(one, key, with_codes));
            }
            serde_json::Value::Object(all) => {
                all.iter_mut()
                    .for_each(|(key, one)| poison(one, key, with_codes));
            }
            serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {
            }
        }
    }
    let mut value = serde_json::to_value(body).unwrap();
    poison(&mut value, "", with_codes);
    serde_json::from_value(value).unwrap()
}

#[test]
fn no_words_become_markup_in_any_letter() {
    let letters = letters();
    for language in Language::ALL {
        for sample in samples(language, ZONE) {
            for with_codes in [false, true] {
                let mut mail = mail(language, hostile(&sample, with_codes));
                mail.from.name = Some(HOSTILE.to_owned());
                let name = sample.template();
                let letter = letters.render(&mail).unwrap();
                let html = &letter.html;
                assert!(
                    html.contains("zq"),
                    "{name}: nothing hostile came into the page"
                );
                for live in [
                    "<i zq",
                    "zq=\"1",
                    "zq='2",
                    "zq='1",
                    "zq'&zq",
                    "&amp;amp;lt",
                    "&amp;lt;",
                ] {
                    assert!(!html.contains(live), "{name}: {live} in {html}");
                }
                // Nothing is lost either, and what is no page is not escaped.
                let is_said = letter
                    .text
                    .contains("zq<i zq=\"1\" zq='2'>&amp;</i>{{ 7 }}{% x %}")
                    || letter.text.contains(HOSTILE_ADDRESS);
                assert!(is_said, "{name}: {}", letter.text);
                for page in [&letter.text, &letter.subject] {
                    assert!(
                        !page.contains("&lt;") && !page.contains("&quot;"),
                        "{name}: {page}"
                    );
                }
                check_sound(&write(&mail, &letter, &[], &stamp()));
            }
        }
    }
}

/// Tera escapes what ends with `.html`. The parts that pages and plain texts share have no markup of their own.
#[test]
fn only_pages_have_markup() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/mail");
    let mut folders = vec![folder];
    let mut pages = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let words = std::fs::read_to_string(&path).unwrap();
            let shown = path.display();
            match path.extension().and_then(|end| end.to_str()) {
                Some("html") => {
                    pages += 1;
                    assert!(!words.contains("safe"), "{shown}: something is not escaped");
                }
                Some("txt" | "subject" | "part") => {
                    let has_tag = words.split('<').skip(1).any(|tail| {
                        tail.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
                    });
                    assert!(!has_tag, "{shown}: markup outside of a page");
                }
                other => unreachable!("{shown}: what is {other:?}?"),
            }
        }
    }
    assert!(pages > 10, "{pages} pages");
}

#[test]
fn dead_links_stay_dead_in_letters() {
    let evil = "Please log in: https://evil.test/login?a=b.c or www.evil.test, evil.test/x; \
                mail mailto:x@evil.test or y@evil.test <https://evil.test>";
    let mut body = first(Language::En, "card");
    if let Body::Card { text, ticket, .. } = &mut body {
        *text = okno::model::inert::inert(evil);
        ticket.subject = okno::model::inert::inert("see evil.test/now");
    }
    let letter = letters().render(&mail(Language::En, body)).unwrap();
    for words in [&letter.subject, &letter.text, &letter.html] {
        assert!(!words.contains("evil.test"), "{words}");
        assert!(words.contains("evil[.]test"), "{words}");
    }
    assert!(!letter.text.contains("https:") && !letter.html.contains("https:"));
    assert!(!letter.html.contains("mailto:x"), "{}", letter.html);
}

#[test]
fn long_references_keep_both_ends_and_bad_ids_are_left_out() {
    let mut mail = mail(Language::En, first(Language::En, "reply"));
    mail.references = (0..40)
        .map(|n| MessageId(format!("{n}@uni.test")))
        .collect();
    mail.references
        .push(MessageId("bad\r\nBcc: all@uni.test".to_owned()));
    mail.in_reply_to = Some(MessageId(format!("{}@uni.test", "x".repeat(2000))));
    let letter = letters().render(&mail).unwrap();
    let bytes = write(&mail, &letter, &[], &stamp());
    check_sound(&bytes);
    let message = parse(&bytes);
    let kept = message.references().as_text_list().unwrap().join(" ");
    let wanted: Vec<String> = [0, 1]
        .into_iter()
        .chain(30..40)
        .map(|n| format!("{n}@uni.test"))
        .collect();
    assert_eq!(kept, wanted.join(" "));
    assert!(message.in_reply_to().as_text().is_none());
    assert!(message.bcc().is_none());
}

#[test]
fn odd_addresses_are_quoted_and_what_is_none_is_left_out() {
    let mut mail = mail(Language::En, first(Language::En, "reply"));
    let named = |name: Option<&str>, address: &str| NamedAddress {
        name: name.map(str::to_owned),
        address: address.to_owned(),
    };
    mail.to = vec![
        named(Some("Anna \"the\\fixer\" P., IT"), "anna+x@uni.test"),
        named(None, "a..b@uni.test"),
        named(None, "info@почта.test"),
        named(Some("Мария"), "undisclosed recipients\r\nBcc: all@uni.test"),
        named(
            Some("Очень Длинное Имя Которое Не Поместится В Одну Строку Заголовка Никак"),
            "m@uni.test",
        ),
    ];
    let letter = letters().render(&mail).unwrap();
    let bytes = write(&mail, &letter, &[], &stamp());
    check_sound(&bytes);
    let read = names(&parse(&bytes), "To");
    let wanted = [
        "Anna \"the\\fixer\" P., IT <anna+x@uni.test>",
        " <\"a..b\"@uni.test>",
        " <info@xn--80a1acny.test>",
        "Очень Длинное Имя Которое Не Поместится В Одну Строку Заголовка Никак <m@uni.test>",
    ];
    assert_eq!(read, wanted);
}

#[test]
fn a_person_is_answered_without_marks_of_automatic_mail() {
    let header = |template| {
        let mail = mail(Language::Ru, first(Language::Ru, template));
        let letter = letters().render(&mail).unwrap();
        shown_header(&write(&mail, &letter, &[], &stamp()))
    };
    let reply = header("reply");
    assert!(
        !reply.contains("Auto-Submitted") && !reply.contains("X-Auto-Response-Suppress"),
        "{reply}"
    );
    let alarm = header("alarm");
    assert!(
        alarm.contains("Importance: high\n") && alarm.contains("Auto-Submitted: auto-generated\n")
    );
    for template in ["reply", "alarm", "card", "acknowledgement"] {
        let header = header(template);
        assert!(
            header.contains("X-Okno-Loop: desk.uni.test; hop=1\n"),
            "{header}"
        );
        assert!(!header.contains("Precedence") && !header.contains("Disposition-Notification-To"));
    }
}

/// Anything a person could send, line ends and control characters included.
fn anything() -> impl Strategy<Value = String> {
    prop::collection::vec(
        proptest::prop_oneof![
            any::<char>().prop_map(String::from),
            proptest::sample::select(vec![
                "\r\n",
                "\n",
                "\r",
                "\0",
                "\r\n\r\n",
                "\r\nBcc: x@y.test",
                "=?utf-8?q?x?=",
                "\"",
                "\\",
                "<a@b.test>",
                ",",
                " ",
                "\u{2028}",
                "\u{202E}",
                "From ",
                "> ",
                "-- \n",
                "слово ",
                "\t",
                ".\r\n",
            ])
            .prop_map(str::to_owned),
            "[a-z]{1,80}",
        ],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

/// What is left of words on one line.
fn one_line(words: &str) -> String {
    okno::model::text::Text::line(words).into()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_can_break_a_mail(subject in anything(), name in anything(), text in anything(), file in anything()) {
        let mut body = first(Language::Ru, "reply");
        if let Body::Reply { ticket, agent, text: said, files_left_out, .. } = &mut body {
            ticket.subject.clone_from(&subject);
            agent.clone_from(&name);
            *said = text;
            *files_left_out = vec![file.clone()];
        }
        let mut mail = mail(Language::Ru, body);
        mail.from.name = Some(name.clone());
        mail.queue = Some(QueueName(name.clone()));
        let letter = letters_once().render(&mail).unwrap();
        let enclosed = Enclosed { name: file, shown: None, media_type: subject, bytes: name.clone().into_bytes(), content_id: None };
        let bytes = write(&mail, &letter, &[enclosed], &stamp());
        check_sound(&bytes);
        let message = parse(&bytes);
        proptest::prop_assert_eq!(message.attachments().next().unwrap().contents(), name.as_bytes());
        proptest::prop_assert!(message.bcc().is_none());
        let header_end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let header = std::str::from_utf8(&bytes[..header_end]).unwrap();
        let mut fields: Vec<&str> = header
            .split("\r\n")
            .filter(|line| !line.starts_with(' '))
            .map(|line| line.split(':').next().unwrap_or_default())
            .filter(|name| *name != "X-Okno-Queue")
            .collect();
        fields.sort_unstable();
        proptest::prop_assert_eq!(fields, FIELDS, "{}", header);
    }

    #[test]
    fn what_is_written_is_read_back(subject in anything(), name in anything(), id in "[!-;=?-~]{1,60}@[a-z]{1,20}\\.test") {
        let mut mail = mail(Language::En, first(Language::En, "card"));
        mail.to = vec![NamedAddress { name: Some(name.clone()), address: "anna.p@uni.test".to_owned() }];
        mail.references = vec![MessageId(id.clone()), MessageId("last@uni.test".to_owned())];
        mail.in_reply_to = Some(MessageId(id.clone()));
        let letter = Letter { subject: subject.clone(), text: "x\n".to_owned(), html: "<p>x".to_owned() };
        let bytes = write(&mail, &letter, &[], &stamp());
        check_sound(&bytes);
        let message = parse(&bytes);
        proptest::prop_assert_eq!(message.subject().unwrap_or_default(), one_line(&subject));
        let to = message.to().unwrap().first().unwrap();
        proptest::prop_assert_eq!(to.name().unwrap_or_default(), one_line(&name));
        proptest::prop_assert_eq!(to.address(), Some("anna.p@uni.test"));
        proptest::prop_assert_eq!(message.in_reply_to().as_text(), Some(id.as_str()));
        proptest::prop_assert_eq!(message.references().as_text_list().unwrap().len(), 2);
    }

    #[test]
    fn flowed_text_joins_to_what_was_said(words in "[a-zа-я]{1,30}( [a-zа-я,.]{1,30}){0,60}") {
        let mail = mail(Language::Ru, first(Language::Ru, "reply"));
        let letter = Letter { subject: "x".to_owned(), text: format!("{words}\n"), html: "<p>x".to_owned() };
        let text = text_of(&write(&mail, &letter, &[], &stamp()));
        for line in text.lines() {
            proptest::prop_assert!(line.trim_end().chars().count() <= 72, "{}", line);
        }
        let joined = text.replace(" \n", " ");
        proptest::prop_assert_eq!(joined.trim_end(), words);
    }
}

/// All a relayed reply has, besides `X-Okno-Queue`.
const FIELDS: [&str; 15] = [
    "Cc",
    "Content-Language",
    "Content-Type",
    "Date",
    "From",
    "In-Reply-To",
    "MIME-Version",
    "Message-ID",
    "References",
    "Subject",
    "To",
    "X-Okno-Due",
    "X-Okno-Event",
    "X-Okno-Loop",
    "X-Okno-Ticket",
];

/// Letters for tests that ask for many.
fn letters_once() -> &'static Letters {
    static LETTERS: std::sync::OnceLock<Letters> = std::sync::OnceLock::new();
    LETTERS.get_or_init(letters)
}
