//! The core stories, told with replies as people's mail programs compose them: every story with every program.

use mail_parser::{MessageParser, MimeHeaders};
use okno::model::ticket::State;

use super::{
    composers::{Answer, CLIENTS, Client},
    desk::{Desk, Person},
    letter::{Letter, Received},
};

/// A picture of one point.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU";

/// How people sign.
const SIGNATURE: [&str; 3] = ["С уважением,", "Анна Петрова", "ИТ-поддержка, доб. 217"];

/// What stands only in cards: nobody but agents may read it.
const OF_A_CARD: [&str; 7] = [
    "Ответьте выше",
    "Ваш ответ увидит заявитель",
    "Решить:",
    "Команды",
    "Забыла пароль",
    "do:1001",
    "доб. 217</div><div>--",
];

macro_rules! with_every_client {
    ($($story:ident)*) => {$(
        mod $story {
            use crate::composers::Client;
            #[test]
            fn outlook() { super::$story(Client::Outlook); }
            #[test]
            fn outlook_on_the_web() { super::$story(Client::OutlookWeb); }
            #[test]
            fn gmail() { super::$story(Client::Gmail); }
            #[test]
            fn apple_mail() { super::$story(Client::AppleMail); }
            #[test]
            fn iphone() { super::$story(Client::IPhone); }
            #[test]
            fn thunderbird() { super::$story(Client::Thunderbird); }
            #[test]
            fn thunderbird_below_the_quote() { super::$story(Client::ThunderbirdBelow); }
            #[test]
            fn yandex() { super::$story(Client::Yandex); }
            #[test]
            fn mail_ru() { super::$story(Client::MailRu); }
        }
    )*};
}

with_every_client! {
    an_agent_answers_with_a_picture
    an_agent_answers_and_says_that_it_is_done
    an_agent_takes_it_with_one_word
    an_agent_notes_something
    a_requester_adds_to_the_acknowledgement
    a_requester_confirms
    a_requester_returns_it
    a_requester_rates_it
    a_whole_conversation_is_one_ticket
}

#[test]
fn no_program_is_forgotten() {
    let names: Vec<String> = CLIENTS.iter().map(|client| client.name()).collect();
    assert_eq!(
        names.join(" "),
        "outlook outlookweb gmail applemail iphone thunderbird thunderbirdbelow yandex mailru"
    );
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    )
}

/// Olga has asked, with a picture of her own: her acknowledgement, and Anna's card.
fn asked(desk: &Desk) -> (Received, Received) {
    let (olga, anna) = people(desk);
    let letter = Letter::to("it@uni.test", "Отчёт", "Забыла пароль, вот экран.");
    desk.arrives("it", &pictured(&olga.bytes(&letter)));
    desk.step();
    desk.inbox("boris@uni.test");
    (olga.only_mail(), anna.only_mail())
}

/// The letter with a page and a picture in it.
fn pictured(plain: &[u8]) -> Vec<u8> {
    let plain = String::from_utf8_lossy(plain).into_owned();
    let (head, _) = plain.split_once("Content-Type: text/plain").unwrap();
    let picture = data_encoding::BASE64.encode(b"picture of Olga's");
    format!(
        "{head}Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         <p>Забыла пароль, вот экран.</p><img src=\"cid:a@mail\">\r\n--r\r\n\
         Content-Type: image/png; name=\"a.png\"\r\nContent-ID: <a@mail>\r\nContent-Disposition: inline\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--r--\r\n"
    )
    .into_bytes()
}

/// The page, and what the files are.
fn parts(mail: &Received) -> (String, Vec<Vec<u8>>) {
    let read = MessageParser::default().parse(&mail.bytes).unwrap();
    let page = read.body_html(0).unwrap().into_owned();
    let files = (0..).map_while(|at| read.attachment(at));
    let files = files.filter(|file| file.attachment_name().is_some());
    let files = files.map(|file| file.contents().to_vec()).collect();
    (page, files)
}

/// Somebody answers a mail with this program.
#[expect(
    clippy::too_many_arguments,
    reason = "who answers what with which program"
)]
fn answers(
    desk: &Desk,
    client: Client,
    who: &Person<'_>,
    mail: &Received,
    words: &[&str],
    picture: Option<&[u8]>,
) {
    let id = format!("{}{}", client.name(), words.concat().len());
    let answer = Answer {
        author: &who.author,
        id: &id,
        words,
        picture,
        signature: &SIGNATURE,
    };
    desk.arrives("it", &client.reply(&mail.bytes, &answer));
    desk.step();
}

/// Nothing of a card stands in the mail, in its text or in its page.
#[track_caller]
fn holds_nothing_of_a_card(mail: &Received) {
    let (page, _) = parts(mail);
    for words in OF_A_CARD {
        assert!(!mail.text().contains(words), "«{words}» in {}", mail.text());
        assert!(!page.contains(words), "«{words}» in {page}");
    }
}

fn an_agent_answers_with_a_picture(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (_, card) = asked(&desk);
    let words = [
        "Здравствуйте!",
        "",
        "Пароль сброшен, вот что должно получиться:",
    ];
    answers(&desk, client, &anna, &card, &words, Some(PICTURE));
    let told = olga.only_mail();
    holds_nothing_of_a_card(&told);
    let (page, files) = parts(&told);
    for said in [told.text(), &page] {
        assert!(
            said.contains("Здравствуйте!") && said.contains("вот что должно получиться:"),
            "{said}"
        );
    }
    assert_eq!(files, [PICTURE], "{page}");
    assert_eq!(desk.ticket(1001).state, State::Open);
    desk.inbox("boris@uni.test");
}

fn an_agent_answers_and_says_that_it_is_done(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (_, card) = asked(&desk);
    answers(
        &desk,
        client,
        &anna,
        &card,
        &["Пароль сброшен.", "", "решено"],
        None,
    );
    assert_eq!(
        desk.ticket(1001).state,
        State::Resolved,
        "{:?}",
        desk.history(1001)
    );
    let told = olga.only_mail();
    holds_nothing_of_a_card(&told);
    let (page, files) = parts(&told);
    for said in [told.text(), &page] {
        assert!(
            said.contains("Пароль сброшен.") && !said.contains("\nрешено"),
            "{said}"
        );
    }
    assert_eq!(files, Vec::<Vec<u8>>::new());
    anna.got_nothing();
    desk.inbox("boris@uni.test");
}

fn an_agent_takes_it_with_one_word(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (_, card) = asked(&desk);
    answers(&desk, client, &anna, &card, &["взять"], None);
    assert_eq!(
        desk.ticket(1001).assignee,
        Some("anna".into()),
        "{:?}",
        desk.history(1001)
    );
    olga.got_nothing();
    anna.got_nothing();
    desk.inbox("boris@uni.test");
}

fn an_agent_notes_something(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (_, card) = asked(&desk);
    answers(
        &desk,
        client,
        &anna,
        &card,
        &["заметка: она звонила дважды"],
        None,
    );
    olga.got_nothing();
    assert!(
        desk.history(1001)
            .contains(&"note_added (agent_note)".to_owned()),
        "{:?}",
        desk.history(1001)
    );
    anna.got_nothing();
    desk.inbox("boris@uni.test");
}

fn a_requester_adds_to_the_acknowledgement(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (acknowledged, _) = asked(&desk);
    answers(
        &desk,
        client,
        &olga,
        &acknowledged,
        &["Нашла!", "Логин — belova, комната 217."],
        Some(PICTURE),
    );
    olga.got_nothing();
    let told = anna.only_mail();
    let (page, files) = parts(&told);
    for said in [told.text(), &page] {
        assert!(said.contains("Логин — belova, комната 217."), "{said}");
        assert!(
            !said.contains("Ничего делать не нужно") && !said.contains("Отвечая, сохраняйте"),
            "{said}"
        );
    }
    assert_eq!(files, [PICTURE], "{page}");
    assert_eq!(desk.tickets(), 1);
    desk.inbox("boris@uni.test");
}

/// Anna has solved it: what Olga is told.
fn solved(desk: &Desk) -> Received {
    let (olga, anna) = people(desk);
    let (_, card) = asked(desk);
    anna.writes(&Letter::reply_to(&card, "Пароль сброшен.\nрешено"));
    desk.step();
    desk.inbox("boris@uni.test");
    olga.only_mail()
}

fn a_requester_confirms(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let resolution = solved(&desk);
    answers(&desk, client, &olga, &resolution, &["Да"], None);
    assert_eq!(
        desk.ticket(1001).state,
        State::Closed,
        "{:?}",
        desk.history(1001)
    );
    olga.got_nothing();
    anna.got_nothing();
    desk.inbox("boris@uni.test");
}

fn a_requester_returns_it(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let resolution = solved(&desk);
    answers(&desk, client, &olga, &resolution, &["нет"], None);
    assert_eq!(
        desk.ticket(1001).state,
        State::Open,
        "{:?}",
        desk.history(1001)
    );
    let history = desk.history(1001);
    assert!(
        history.iter().any(|event| event.starts_with("reopened")),
        "{history:?}"
    );
    olga.got_nothing();
    anna.only_mail();
    desk.inbox("boris@uni.test");
}

fn a_requester_rates_it(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let resolution = solved(&desk);
    answers(
        &desk,
        client,
        &olga,
        &resolution,
        &["4", "но ждать пришлось долго"],
        None,
    );
    let ticket = desk.ticket(1001);
    assert_eq!(
        (ticket.state, ticket.rating),
        (State::Closed, Some(4)),
        "{:?}",
        desk.history(1001)
    );
    let told = anna.only_mail();
    assert!(
        told.text().contains("но ждать пришлось долго"),
        "{}",
        told.text()
    );
    assert!(!told.text().contains("Пароль сброшен"), "{}", told.text());
    olga.got_nothing();
    desk.inbox("boris@uni.test");
}

fn a_whole_conversation_is_one_ticket(client: Client) {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (acknowledged, card) = asked(&desk);
    answers(&desk, client, &anna, &card, &["Какой у вас логин?"], None);
    desk.inbox("boris@uni.test");
    let question = olga.only_mail();
    assert_eq!(
        question.subject(),
        acknowledged.subject(),
        "the subject stays as it is"
    );
    answers(&desk, client, &olga, &question, &["Логин belova."], None);
    let follow_up = anna.only_mail();
    assert!(
        follow_up.text().contains("Логин belova."),
        "{}",
        follow_up.text()
    );
    assert!(
        !follow_up.text().contains("Какой у вас логин?\n\n--"),
        "{}",
        follow_up.text()
    );
    desk.inbox("boris@uni.test");
    answers(
        &desk,
        client,
        &anna,
        &follow_up,
        &["Сбросили.", "решено"],
        None,
    );
    let resolution = olga.only_mail();
    holds_nothing_of_a_card(&resolution);
    answers(&desk, client, &olga, &resolution, &["5"], None);
    let ticket = desk.ticket(1001);
    assert_eq!(
        (ticket.state, ticket.rating),
        (State::Closed, Some(5)),
        "{:?}",
        desk.history(1001)
    );
    assert_eq!(desk.tickets(), 1);
    for who in ["olga@uni.test", "anna@uni.test", "boris@uni.test"] {
        desk.inbox(who);
    }
}
