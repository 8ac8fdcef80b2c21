//! A ticket that waits for room is never forgotten, and a queue is full by its own limits.

use super::{
    desk::Desk,
    distribution::{HOUR, agent, asks, assignee, cards, goes, house, requester, says, with_head},
    letter::Letter,
};

/// Everybody is full, and then everybody is away: whoever comes back gets what waits.
#[test]
fn what_waits_while_all_are_away_is_given_to_whoever_comes_back() {
    let desk = with_head("max_active = 1\nmax_active_is = \"hard\"");
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    for _ in 0..4 {
        asks(&desk, "Принтер");
    }
    darya.only_mail();
    assert_eq!(assignee(&desk, 1004), None);
    for who in ["anna", "boris", "galina"] {
        says(&desk, who, "#отсутствую до 18.11");
    }
    // Nobody has said anything since: only the hourly look can find it.
    desk.advance(HOUR);
    desk.step();
    assert_eq!(assignee(&desk, 1004), None);
    desk.advance(48 * HOUR);
    desk.step();
    // The oldest first: those three of whoever went away; the fourth waits on, since each has one again.
    for number in 1001..=1003 {
        let history = desk.history(number);
        assert!(assignee(&desk, number).is_some(), "{history:?}");
    }
    assert_eq!(assignee(&desk, 1004), None);
    darya.inbox();
    cards(&desk);
}

/// Anna has much to do in another queue, which this one's limit does not count.
#[test]
fn a_queue_is_relieved_by_its_own_limit() {
    let source = house(
        "max_active = 1\nmax_active_is = \"hard\"\nhead = \"darya\"",
        "",
    )
    .replace(
        "agents = [\"anna\", \"boris\", \"galina\"]",
        "agents = [\"anna\"]",
    );
    let source = source.replace(
        "agents = [\"vera\"]\ndistribution = \"self\"",
        "agents = [\"anna\"]",
    );
    let darya = "[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n";
    let desk = Desk::with(&format!("{source}\n{darya}"));
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    for (who, what) in [
        ("pavel", "Справка"),
        ("nina", "Доверенность"),
        ("oleg", "Счёт"),
    ] {
        let pavel = desk.person("Павел", &format!("{who}@uni.test"));
        pavel.writes(&Letter::to("buh@uni.test", what, "Нужна до пятницы."));
        desk.step();
        pavel.only_mail();
        cards(&desk);
    }
    let (_, mut first) = asks(&desk, "Принтер");
    let (_, second) = asks(&desk, "Сканер");
    assert!(second.is_empty());
    darya.only_mail();
    agent(&desk, "anna").writes(&Letter::reply_to(&first.remove(0).1, "решено"));
    desk.step();
    requester(&desk, 1004).only_mail();
    let second = cards(&desk).remove(0).1;
    agent(&desk, "anna").writes(&Letter::reply_to(&second, "решено"));
    desk.step();
    requester(&desk, 1005).only_mail();
    let stream = desk.stream("queue", "it");
    assert!(
        stream.iter().any(|event| event.contains("queue_relieved")),
        "{stream:?}"
    );
    // Full once more: the head hears of it once more.
    assert_eq!(goes(&desk, 2), "anna -");
    darya.only_mail();
}

/// All three are away when a request comes: each is sent its card, and whoever is back first has it.
#[test]
fn what_comes_while_all_are_away_is_given_to_whoever_comes_back() {
    let desk = with_head("");
    for who in ["anna", "boris", "galina"] {
        says(&desk, who, "#отсутствую до 18.11");
    }
    let (owner, told) = asks(&desk, "Принтер");
    assert_eq!((owner, told.len()), (None, 3));
    assert!(
        desk.history(1001)
            .contains(&"waits_for_room (nobody_here)".to_owned())
    );
    desk.advance(48 * HOUR);
    desk.step();
    assert!(assignee(&desk, 1001).is_some(), "{:?}", desk.history(1001));
    desk.inbox("darya@uni.test");
    cards(&desk);
}

/// One ticket each, and that is a wall: also for whoever takes one, and for whom a colleague names. The head's word counts.
#[test]
fn a_wall_holds_for_what_is_taken_and_assigned_too() {
    let desk = with_head("distribution = \"self\"\nmax_active = 1\nmax_active_is = \"hard\"");
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let card = |subject| {
        let (_, told) = asks(&desk, subject);
        let of = |key: &str| told.iter().find(|(one, _)| *one == key);
        of("anna").expect("Anna has a card").1.clone()
    };
    let (first, second) = (card("Принтер"), card("Проектор"));
    let anna = agent(&desk, "anna");
    let boris = agent(&desk, "boris");
    for card in [&first, &second] {
        anna.writes(&Letter::reply_to(card, "#взять"));
        desk.step();
    }
    assert_eq!(assignee(&desk, 1001).as_deref(), Some("anna"));
    assert_eq!(assignee(&desk, 1002), None);
    let told = anna.inbox().pop().expect("she is told").text().to_owned();
    assert!(told.contains("Анна Петрова: 1 из 1"), "{told}");
    boris.writes(&Letter::reply_to(&second, "#назначить @anna"));
    desk.step();
    assert_eq!(assignee(&desk, 1002), None);
    darya.inbox();
    let tag = desk.tag(&desk.ticket(1002));
    let words = Letter::to(
        "it@uni.test",
        &format!("{tag} Проектор"),
        "#назначить @anna",
    );
    darya.writes(&super::distribution::proven(words));
    desk.step();
    assert_eq!(assignee(&desk, 1002).as_deref(), Some("anna"));
    darya.inbox();
    cards(&desk);
}
