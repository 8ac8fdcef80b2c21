//! A whole conversation on real servers with each of the mail programs that people answer with: she asks, the agent
//! answers with a picture, she adds something, the agent solves it, she confirms and rates. `tests/desk/clients.rs` tells
//! every story with every program.

use mail_parser::{MessageParser, MimeHeaders as _};
use okno::{
    model::{ids::TicketNumber, ticket::State},
    store::history,
};

use crate::{
    composers::{Answer, CLIENTS, Client},
    ground::{DESK, header, proved, subject_of, with_db, words_of},
    mailway::{MailWay, mail},
};

const OLGA: &str = "olga@uni.test";
const ANNA: &str = "anna@uni.test";
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU";
const SIGNATURE: [&str; 2] = ["С уважением,", "кафедра химии, доб. 217"];

/// The newest mail of somebody is answered with this program.
fn answers(
    way: &MailWay,
    client: Client,
    (name, address): (&str, &str),
    words: &[&str],
    picture: Option<&[u8]>,
) {
    let mails = way.inbox(address);
    let author = format!("{name} <{address}>");
    let id = format!("{}{}", mails.len(), words.concat().len());
    let answer = Answer {
        author: &author,
        id: &id,
        words,
        picture,
        signature: &SIGNATURE,
    };
    let bytes = client.reply(mails.last().unwrap().as_bytes(), &answer);
    way.sends(address, &[DESK], &String::from_utf8(bytes).unwrap());
    way.settle();
}

/// What is in the files of a mail.
fn files(mail: &str) -> Vec<Vec<u8>> {
    let read = MessageParser::default().parse(mail.as_bytes()).unwrap();
    let files = (0..).map_while(|at| read.attachment(at));
    let files = files.filter(|file| file.attachment_name().is_some());
    files.map(|file| file.contents().to_vec()).collect()
}

fn converse(client: Client) {
    let Some(way) = MailWay::open(&format!("clients-{}", client.name())) else {
        return;
    };
    let (olga, anna) = (("Ольга Белова", OLGA), ("Анна Петрова", ANNA));
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "o1@uni.test", "Отчёт", "", "Забыла пароль."),
    );
    way.settle();
    let first = way.inbox(OLGA);
    let mut subjects: Vec<_> = first
        .first()
        .map(|mail| subject_of(mail))
        .into_iter()
        .collect();

    answers(
        &way,
        client,
        anna,
        &["Сбросила, вот где войти:"],
        Some(PICTURE),
    );
    let told = way.inbox(OLGA).pop().unwrap();
    let words = words_of(&told);
    assert!(words.contains("Сбросила, вот где войти:"), "{words}");
    for of_the_card in [
        "Ответьте выше",
        "Забыла пароль",
        "Команды",
        "Ваш ответ увидит",
    ] {
        assert!(!words.contains(of_the_card), "{words}");
    }
    assert_eq!(files(&told), [PICTURE], "{told}");
    subjects.push(subject_of(&told));

    answers(&way, client, olga, &["Не пускает, комната 217."], None);
    let told = way.inbox(ANNA).pop().unwrap();
    let words = words_of(&told);
    assert!(words.contains("Не пускает, комната 217."), "{words}");
    assert!(!words.contains("Сбросила, вот где"), "{words}");

    answers(
        &way,
        client,
        anna,
        &["Раскладка была русская.", "", "решено"],
        None,
    );
    let told = way.inbox(OLGA).pop().unwrap();
    let words = words_of(&told);
    assert!(words.contains("Раскладка была русская."), "{words}");
    assert!(!words.contains("Не пускает"), "{words}");
    assert_eq!(header(&told, "X-Okno-Event"), "resolution");
    subjects.push(subject_of(&told));

    answers(&way, client, olga, &["5"], None);
    let ticket = with_db(&way.config, async |db| {
        history::ticket(db, TicketNumber(1001)).await
    });
    let ticket = ticket.unwrap().unwrap();
    assert_eq!((ticket.state, ticket.rating), (State::Closed, Some(5)));
    subjects.dedup();
    assert_eq!(
        subjects.len(),
        1,
        "one conversation has one subject: {subjects:?}"
    );
    assert_eq!(way.inbox(OLGA).len(), 3);
    proved(&way.config, 1);
}

macro_rules! with_every_client {
    ($($name:ident: $client:ident)*) => {
        $(
            #[test]
            fn $name() {
                converse(Client::$client);
            }
        )*
        #[test]
        fn every_client_converses() {
            assert_eq!(CLIENTS, [$(Client::$client),*]);
        }
    };
}

with_every_client! {
    outlook: Outlook
    outlook_on_the_web: OutlookWeb
    gmail: Gmail
    apple_mail: AppleMail
    iphone: IPhone
    thunderbird: Thunderbird
    thunderbird_below_the_quote: ThunderbirdBelow
    yandex: Yandex
    mail_ru: MailRu
}
