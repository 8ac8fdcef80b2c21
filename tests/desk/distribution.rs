//! New tickets are shared out: in turn, by load, by the requester's curator, or by the head's word; whoever is away, taken
//! out or full is passed over, and whoever is given a ticket is the only one to get its card.

use std::time::Duration;

use super::{
    buttons::button,
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

pub(super) const HOUR: Duration = Duration::from_secs(3600);

/// The queue of Anna, Boris and Galina, with these lines in its table; our own mail server judges.
pub(super) fn house(queue: &str, more: &str) -> String {
    let source = UNIVERSITY
        .replace("agents = [\"anna\", \"boris\"]\ndistribution = \"self\"", &format!(
            "agents = [\"anna\", \"boris\", \"galina\"]\ncommands = [\"absent\", \"back\", \"assign\", \"transfer\", \"wait\"]\n{queue}"
        ));
    let galina = "[agent.galina]\nname = \"Галина Орлова\"\naddress = \"galina@uni.test\"\n";
    format!("{source}\n{galina}{more}\n[trust]\nservers = [\"mx.uni.test\"]\n")
}

pub(super) fn desk(queue: &str) -> Desk {
    Desk::with(&house(queue, ""))
}

pub(super) fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

const STAFF: [(&str, &str); 4] = [
    ("anna", "Анна Петрова"),
    ("boris", "Борис Ким"),
    ("galina", "Галина Орлова"),
    ("vera", "Вера Орлова"),
];

pub(super) fn agent<'d>(desk: &'d Desk, key: &str) -> Person<'d> {
    let (_, name) = STAFF.iter().find(|(known, _)| *known == key).unwrap();
    desk.person(name, &format!("{key}@uni.test"))
}

/// Somebody who has not written before asks; who has the ticket then, and the cards of it.
pub(super) fn asks(desk: &Desk, subject: &str) -> (Option<String>, Vec<(&'static str, Received)>) {
    let number = 1001 + i64::try_from(desk.tickets()).unwrap();
    let olga = requester(desk, number);
    olga.writes(&Letter::to("it@uni.test", subject, "Не работает."));
    desk.step();
    olga.only_mail();
    (assignee(desk, number), cards(desk))
}

/// Who has asked for the ticket of that number.
pub(super) fn requester(desk: &Desk, number: i64) -> Person<'_> {
    desk.person("Ольга", &format!("olga{number}@uni.test"))
}

pub(super) fn cards(desk: &Desk) -> Vec<(&'static str, Received)> {
    let all = STAFF.iter().flat_map(|(key, _)| {
        let inbox = desk.inbox(&format!("{key}@uni.test"));
        inbox.into_iter().map(move |mail| (*key, mail))
    });
    all.collect()
}

pub(super) fn assignee(desk: &Desk, number: i64) -> Option<String> {
    desk.ticket(number).assignee.map(|agent| agent.to_string())
}

/// To whom the next requests go; each is written to that agent alone.
pub(super) fn goes(desk: &Desk, count: usize) -> String {
    let mut given = Vec::new();
    for _ in 0..count {
        let (owner, cards) = asks(desk, "Принтер");
        let owner = owner.unwrap_or_else(|| "-".to_owned());
        if owner != "-" {
            let told: Vec<&str> = cards.iter().map(|(key, _)| *key).collect();
            assert_eq!(told, [owner.as_str()], "the card goes to its owner alone");
        }
        given.push(owner);
    }
    given.join(" ")
}

pub(super) fn says(desk: &Desk, key: &str, words: &str) {
    agent(desk, key).writes(&proven(Letter::to("it@uni.test", "Отпуск", words)));
    desk.step();
    cards(desk);
}

#[test]
fn by_default_each_gets_one_in_turn_and_nobody_else_hears_of_it() {
    let desk = desk("");
    let (owner, cards) = asks(&desk, "Принтер");
    assert_eq!(owner.as_deref(), Some("anna"));
    let [(_, card)] = &cards[..] else {
        panic!("{} cards", cards.len());
    };
    insta::assert_snapshot!("card", card.text());
    assert_eq!(goes(&desk, 5), "boris galina anna boris galina");
    let history = desk.history(1001);
    assert!(
        history.contains(&"assigned (in_turn)".to_owned()),
        "{history:?}"
    );
    // Her answer goes out as ever, and nobody is told that she has taken what was hers.
    agent(&desk, "anna").writes(&Letter::reply_to(card, "Перезагрузите."));
    desk.step();
    requester(&desk, 1001).only_mail();
    assert!(self::cards(&desk).is_empty());
}

#[test]
fn whoever_is_away_or_does_not_work_now_is_passed_over() {
    let hours = "hours = \"пн-пт 14:00-22:00\"\n";
    let mut source = house("", "").replace(
        "address = \"galina@uni.test\"\n",
        &format!("address = \"galina@uni.test\"\n{hours}"),
    );
    source.push('\n');
    let desk = Desk::with(&source);
    // Noon: Galina comes at two.
    assert_eq!(goes(&desk, 3), "anna boris anna");
    says(&desk, "anna", "#отсутствую до 18.11");
    assert_eq!(goes(&desk, 2), "boris boris");
    // Eight in the evening: Galina alone.
    desk.advance(8 * HOUR);
    assert_eq!(goes(&desk, 2), "galina galina");
    // Midnight: nobody works, and it lies ready for whoever is next.
    desk.advance(4 * HOUR);
    assert_eq!(goes(&desk, 2), "boris galina");
}

#[test]
fn by_load_the_one_with_the_fewest_active_tickets_is_given_the_next() {
    let desk = desk("distribution = \"least\"");
    assert_eq!(goes(&desk, 4), "anna boris galina anna");
    // Boris solves his, and his is the next; what waits for the requester is not active.
    let (owner, mut cards) = asks(&desk, "Почта");
    assert_eq!(owner.as_deref(), Some("boris"));
    agent(&desk, "boris").writes(&Letter::reply_to(
        &cards.remove(0).1,
        "Какая почта?\n\n#жду",
    ));
    desk.step();
    requester(&desk, 1005).only_mail();
    assert_eq!(goes(&desk, 3), "galina boris galina");
    let history = desk.history(1005);
    assert!(
        history.contains(&"assigned (fewest_active)".to_owned()),
        "{history:?}"
    );
}

#[test]
fn two_requests_of_one_batch_go_to_two() {
    let desk = desk("distribution = \"least\"");
    let olga = desk.person("Ольга", "olga@uni.test");
    let pavel = desk.person("Павел", "pavel@uni.test");
    olga.writes(&Letter::to("it@uni.test", "Принтер", "Не печатает."));
    pavel.writes(&Letter::to("it@uni.test", "Сканер", "Не сканирует."));
    desk.step();
    let owners = [1001, 1002].map(|number| assignee(&desk, number));
    assert_eq!(owners.map(Option::unwrap), ["anna", "boris"]);
    assert_eq!(cards(&desk).len(), 2);
    olga.only_mail();
    pavel.only_mail();
}

#[test]
fn a_soft_limit_is_a_preference_and_sends_no_letter() {
    let desk = desk("max_active = 1");
    assert_eq!(goes(&desk, 3), "anna boris galina");
    // All are full: it goes on in turn, and nobody but its owner is written to.
    assert_eq!(goes(&desk, 2), "anna boris");
}

#[test]
fn an_agents_own_limit_counts_all_queues() {
    let source = house("", "").replace(
        "agents = [\"vera\"]\ndistribution = \"self\"",
        "agents = [\"anna\"]",
    );
    let source = source.replace(
        "address = \"anna@uni.test\"\n",
        "address = \"anna@uni.test\"\nmax_active = 1\n",
    );
    let desk = Desk::with(&source);
    let olga = desk.person("Ольга", "olga@uni.test");
    olga.writes(&Letter::to("buh@uni.test", "Справка", "Нужна."));
    desk.step();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("anna"));
    cards(&desk);
    olga.only_mail();
    assert_eq!(goes(&desk, 3), "boris galina boris");
}

#[test]
fn where_nobody_is_given_anything_the_first_take_wins() {
    let desk = desk("distribution = \"self\"");
    let (owner, cards) = asks(&desk, "Принтер");
    assert_eq!((owner, cards.len()), (None, 3));
    agent(&desk, "boris").writes(&Letter::reply_to(&cards[1].1, "взять"));
    agent(&desk, "anna").writes(&Letter::reply_to(&cards[0].1, "взять"));
    desk.step();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("boris"));
    let told = self::cards(&desk);
    let hers: Vec<&Received> = told
        .iter()
        .filter(|(key, _)| *key == "anna")
        .map(|(_, mail)| mail)
        .collect();
    assert!(
        hers.iter().any(|mail| mail.text().contains("Борис Ким")),
        "she hears who has it"
    );
}

#[test]
fn what_comes_from_another_department_is_shared_out_there() {
    let desk = Desk::with(&house("", "").replace(
        "agents = [\"vera\"]\ndistribution = \"self\"",
        "agents = [\"vera\"]\ndistribution = \"self\"\ncommands = [\"transfer\"]",
    ));
    let olga = desk.person("Ольга", "olga@uni.test");
    assert_eq!(goes(&desk, 1), "anna");
    olga.writes(&Letter::to(
        "buh@uni.test",
        "Принтер в бухгалтерии",
        "Не печатает.",
    ));
    desk.step();
    olga.only_mail();
    let card = cards(&desk).remove(0).1;
    agent(&desk, "vera").writes(&Letter::reply_to(&card, "#передать IT это к вам"));
    desk.step();
    olga.only_mail();
    assert_eq!(assignee(&desk, 1002).as_deref(), Some("boris"));
    let cards = cards(&desk);
    let told: Vec<&str> = cards.iter().map(|(key, _)| *key).collect();
    assert!(
        told.contains(&"boris") && !told.contains(&"anna"),
        "{told:?}"
    );
}

/// Darya decides, and is an agent of the file without serving the queue.
pub(super) fn with_head(queue: &str) -> Desk {
    let darya = "[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n";
    Desk::with(&house(&format!("head = \"darya\"\n{queue}"), darya))
}

#[test]
fn the_head_gives_each_out_by_one_tap() {
    let desk = with_head("distribution = \"manual\"");
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let (owner, cards) = asks(&desk, "Принтер");
    assert_eq!((owner, cards.len()), (None, 0));
    let card = darya.only_mail();
    insta::assert_snapshot!("asked", card.text());
    let (subject, text) = button(&card, "#назначить boris");
    darya.writes(&Letter::to("it@uni.test", &subject, &text));
    desk.step();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("boris"));
    let his = self::cards(&desk);
    let [("boris", his)] = &his[..] else {
        panic!("the card goes to Boris alone");
    };
    insta::assert_snapshot!("given_by_head", his.text());
    // By words, too.
    asks(&desk, "Сканер");
    darya.writes(&Letter::reply_to(&darya.only_mail(), "#назначить anna"));
    desk.step();
    assert_eq!(assignee(&desk, 1002).as_deref(), Some("anna"));
    assert_eq!(self::cards(&desk).len(), 1);
    // What was decided is not asked again.
    desk.advance(2 * HOUR);
    desk.step();
    darya.got_nothing();
}

#[test]
fn a_head_who_says_nothing_is_reminded_and_then_it_goes_in_turn() {
    let desk = with_head("distribution = \"manual\"\nassign_within = \"2 h\"");
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    asks(&desk, "Принтер");
    darya.only_mail();
    desk.advance(HOUR);
    desk.step();
    darya.got_nothing();
    desk.advance(HOUR / 2);
    desk.step();
    insta::assert_snapshot!("reminded", darya.only_mail().text());
    desk.advance(HOUR / 2);
    desk.step();
    darya.got_nothing();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("anna"));
    let told = cards(&desk);
    assert_eq!(
        told.iter().map(|(key, _)| *key).collect::<Vec<_>>(),
        ["anna"]
    );
    assert!(
        told[0].1.text().contains("Не работает."),
        "{}",
        told[0].1.text()
    );
}

#[test]
fn where_the_head_is_away_nobody_waits_for_them() {
    let source = house(
        "head = \"vera\"\ndistribution = \"manual\"\nfallback = \"self\"",
        "",
    );
    let desk = Desk::with(&source.replace(
        "agents = [\"vera\"]",
        "agents = [\"vera\"]\ncommands = [\"absent\"]",
    ));
    let darya = agent(&desk, "vera");
    darya.writes(&proven(Letter::to(
        "buh@uni.test",
        "Отпуск",
        "#отсутствую до 20.11",
    )));
    desk.step();
    darya.inbox();
    let (owner, cards) = asks(&desk, "Принтер");
    assert_eq!((owner, cards.len()), (None, 3));
    darya.got_nothing();
}

#[test]
fn where_all_are_full_the_next_waits_and_whoever_has_room_first_gets_the_oldest() {
    let desk = with_head("max_active = 1\nmax_active_is = \"hard\"");
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let mut first = Vec::new();
    for subject in ["Принтер", "Почта", "Сеть"] {
        let (_, mut cards) = asks(&desk, subject);
        first.push(cards.remove(0).1);
    }
    darya.got_nothing();
    // The fourth and fifth wait: nobody gets a card, and the head hears of the first alone.
    for subject in ["Сканер", "Монитор"] {
        let (owner, cards) = asks(&desk, subject);
        assert_eq!((owner, cards.len()), (None, 0));
    }
    insta::assert_snapshot!("full", darya.only_mail().text());
    let history = desk.history(1004);
    assert!(
        history.contains(&"waits_for_room (all_full)".to_owned()),
        "{history:?}"
    );
    // Boris has solved his: the oldest of the two is his, at once, as a card.
    agent(&desk, "boris").writes(&Letter::reply_to(&first[1], "Починено.\n\nрешено"));
    desk.step();
    requester(&desk, 1002).only_mail();
    assert_eq!(assignee(&desk, 1004).as_deref(), Some("boris"));
    assert_eq!(assignee(&desk, 1005), None);
    let his = cards(&desk);
    let [("boris", his)] = &his[..] else {
        panic!("{} mails", his.len());
    };
    insta::assert_snapshot!("given_later", his.text());
    darya.got_nothing();
    // All the rest is solved: told again only when it is full once more.
    agent(&desk, "anna").writes(&Letter::reply_to(&first[0], "Починено.\n\nрешено"));
    desk.step();
    requester(&desk, 1001).only_mail();
    let hers = cards(&desk);
    assert_eq!(assignee(&desk, 1005).as_deref(), Some("anna"));
    for (key, card) in [("boris", his), ("anna", &hers[0].1)] {
        agent(&desk, key).writes(&Letter::reply_to(card, "Починено.\n\nрешено"));
        desk.step();
    }
    requester(&desk, 1004).only_mail();
    requester(&desk, 1005).only_mail();
    let stream = desk.stream("queue", "it");
    assert!(
        stream.iter().any(|event| event.contains("queue_relieved")),
        "{stream:?}"
    );
    assert_eq!(
        goes(&desk, 2)
            .split(' ')
            .filter(|owner| *owner != "-")
            .count(),
        2
    );
    let (owner, _) = asks(&desk, "Кабель");
    assert_eq!(owner, None);
    darya.only_mail();
}

#[test]
fn what_an_absent_agent_had_is_shared_out_and_a_ticket_that_comes_back_is_its_owners() {
    let desk = desk("");
    let (_, mut cards) = asks(&desk, "Принтер");
    let card = cards.remove(0).1;
    assert_eq!(goes(&desk, 3), "boris galina anna");
    agent(&desk, "anna").writes(&Letter::reply_to(&card, "Починено.\n\nрешено"));
    desk.step();
    let resolution = requester(&desk, 1001).only_mail();
    says(&desk, "anna", "#отсутствую до 20.11");
    assert_eq!(
        assignee(&desk, 1004).as_deref(),
        Some("boris"),
        "it was Boris's turn"
    );
    // Not solved after all, and she is away.
    requester(&desk, 1001).writes(&Letter::reply_to(&resolution, "нет"));
    desk.step();
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("galina"));
    assert_eq!(
        self::cards(&desk)
            .iter()
            .map(|(key, _)| *key)
            .collect::<Vec<_>>(),
        ["galina"]
    );
}

#[test]
fn a_curator_gets_what_their_people_ask_and_everybody_elses_goes_in_turn() {
    let source = house("distribution = \"curator\"", "");
    let desk = Desk::with(&format!(
        "{source}\n[directory]\nfile = \"DATA/people.csv\"\n"
    ));
    desk.brings_people(&[
        "name;addresses;curator",
        "Ольга;olga1001@uni.test;Галина Орлова",
        "Павел;olga1002@uni.test;nobody",
    ]);
    assert_eq!(goes(&desk, 3), "galina anna boris");
    let history = desk.history(1001);
    assert!(
        history.contains(&"assigned (by_curator)".to_owned()),
        "{history:?}"
    );
}

/// Whom a rule or the people directory names, all the same: not over a wall, not past the head's word, not outside their hours.
#[test]
fn who_is_named_is_given_nothing_where_nobody_would_be() {
    let rule =
        "\n[[rule]]\nname = \"Двери\"\nwhen = { subject = [\"дверь\"] }\nassignee = \"galina\"\n";
    let hard = house("max_active = 1\nmax_active_is = \"hard\"", "");
    let desk = Desk::with(&(hard + rule));
    let owners = [0, 1].map(|_| asks(&desk, "Дверь").0);
    assert_eq!(owners, [Some("galina".to_owned()), Some("anna".to_owned())]);

    let darya = "[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n";
    let desk = Desk::with(&(house("head = \"darya\"", darya) + rule));
    desk.person("Дарья Громова", "darya@uni.test")
        .writes(&proven(Letter::to(
            "it@uni.test",
            "Очередь",
            "#исключить @galina",
        )));
    desk.step();
    desk.inbox("darya@uni.test");
    assert_eq!(asks(&desk, "Дверь").0.as_deref(), Some("anna"));

    let morning = "name = \"Галина Орлова\"\nhours = \"mon-fri 08:00-10:00\"";
    let source = house("distribution = \"curator\"", "");
    let source = source.replace("name = \"Галина Орлова\"", morning);
    let people = "\n[directory]\nfile = \"DATA/people.csv\"\n";
    let desk = Desk::with(&(source + people));
    let header = "name;addresses;curator";
    desk.brings_people(&[header, "Ольга;olga1001@uni.test;Галина Орлова"]);
    assert_eq!(goes(&desk, 1), "anna");
}
