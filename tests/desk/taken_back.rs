//! What taking back leaves: verdicts that count, answers that had gone, tickets that nobody may half undo.

use std::time::Duration;

use okno::{
    desk::order::{CarriedOut, OrderedBy},
    model::{
        clock::Outcome,
        event::{Actor, Role, Trust},
        ids::{DecisionId, DeliveryId, TicketNumber},
        outgoing::MailAct,
        ticket::State,
    },
    store::{Statement, history, sql},
};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    letter::{Letter, Received},
};

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// The university's desk, where Darya decides for ИТ, which promises a first answer, too.
fn university() -> Desk {
    let on = "target = \"8 h\"\nfirst_response = \"4 h\"\ncommands = [\"all\"]\nhead = \"darya\"";
    let source = UNIVERSITY.replace("target = \"8 h\"", on);
    Desk::with(&format!(
        "{source}\n[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n\
         [trust]\nservers = [\"mx.uni.test\"]\n"
    ))
}

fn people(desk: &Desk) -> [Person<'_>; 4] {
    [
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
        desk.person("Борис Ким", "boris@uni.test"),
        desk.person("Дарья Громова", "darya@uni.test"),
    ]
}

fn proven(letter: Letter) -> Letter {
    let said = "mx.uni.test; spf=pass smtp.mailfrom=uni.test; dkim=pass header.d=uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", said)
}

fn writes(person: &Person<'_>, desk: &Desk, to: &Received, words: &str) {
    person.writes(&proven(Letter::reply_to(to, words)));
    desk.step();
    desk.advance(MINUTE);
}

fn read_all(desk: &Desk) {
    for line in desk.unread() {
        let (address, _) = line.split_once(": ").unwrap();
        desk.inbox(address);
    }
}

/// The rows of a question of the test's own.
fn ask(desk: &Desk, text: &'static str) -> Vec<okno::store::Row> {
    desk.with_house(async |house| {
        let statement = Statement::both(text);
        let rows = house
            .db
            .read("a question of a test", statement, |tx, statement| {
                Box::pin(async move { tx.rows(statement, &[]).await })
            });
        rows.await.unwrap()
    })
}

/// The verdicts that count, in order.
fn verdicts(desk: &Desk) -> Vec<String> {
    let rows = ask(
        desk,
        "SELECT clock, outcome FROM verdict WHERE undone_by IS NULL ORDER BY event_seq",
    );
    let verdict =
        |row: &okno::store::Row| format!("{} {}", row.text(0).unwrap(), row.text(1).unwrap());
    rows.iter().map(verdict).collect()
}

fn meddle(desk: &Desk, text: &'static str) {
    desk.with_house(async |house| {
        let statement = Statement::both(text);
        let changed = house.db.write("meddle", statement, |tx, statement| {
            Box::pin(async move { tx.exec(statement, &[]).await })
        });
        assert!(changed.await.unwrap() > 0, "{text}");
    });
}

fn faults(desk: &Desk) -> Vec<String> {
    let faults = desk.with_house(async |house| history::prove(&house.db).await.unwrap().0);
    let faults = faults.iter();
    faults
        .map(|one| format!("{}: {}", one.place, one.what))
        .collect()
}

#[test]
fn a_promise_that_is_open_again_has_no_verdict_that_counts() {
    let desk = university();
    let (_, card) = desk.asked();
    let [_, anna, ..] = people(&desk);
    anna.writes(&Letter::reply_to(&card, "решено"));
    desk.decide();
    assert_eq!(verdicts(&desk), ["first_response met", "resolution met"]);
    // Nothing has gone yet.
    anna.writes(&Letter::reply_to(&card, "undo"));
    desk.step();
    assert_eq!(verdicts(&desk), [""; 0]);
    read_all(&desk);
    desk.advance(24 * HOUR);
    desk.step();
    assert_eq!(
        verdicts(&desk),
        ["first_response breached", "resolution breached"]
    );
    read_all(&desk);
}

#[test]
fn an_approval_that_is_taken_back_leaves_the_breach() {
    let desk = university();
    let (_, card) = desk.asked();
    let [_, anna, _, darya] = people(&desk);
    writes(&anna, &desk, &card, "взять\n#срок 20.11 ждём картридж");
    desk.advance(24 * HOUR);
    desk.step();
    read_all(&desk);
    let broken = ["first_response breached", "resolution breached"];
    assert_eq!(verdicts(&desk), broken);
    let clock = desk.ticket(1001).clocks;
    writes(&darya, &desk, &card, "утвердить");
    read_all(&desk);
    assert_eq!(verdicts(&desk).last().unwrap(), "resolution taken_back");
    writes(&darya, &desk, &card, "отменить");
    read_all(&desk);
    assert_eq!(desk.ticket(1001).clocks, clock);
    assert_eq!(verdicts(&desk), broken);
    // A row that does not count though nobody took it back, and one that counts though somebody did.
    assert_eq!(faults(&desk), [""; 0]);
    meddle(
        &desk,
        "UPDATE verdict SET undone_by = NULL WHERE outcome = 'taken_back'",
    );
    assert_eq!(faults(&desk).len(), 1, "{:?}", faults(&desk));
    meddle(
        &desk,
        "UPDATE verdict SET undone_by = (SELECT MAX(seq) FROM event WHERE kind = 'undone') WHERE clock = 'resolution'",
    );
    let found = faults(&desk);
    assert!(
        found.len() == 1 && found[0].ends_with(": verdict"),
        "{found:?}"
    );
    meddle(
        &desk,
        "UPDATE verdict SET undone_by = NULL WHERE outcome = 'breached'",
    );
}

/// Anna's answer is cancelled; but between looking and stopping it a courier had taken it, and it has gone.
fn goes_anyway(desk: &Desk) {
    meddle(
        desk,
        "UPDATE delivery SET state = 'sent' WHERE outgoing_id IN (SELECT id FROM outgoing WHERE template = 'reply')",
    );
    let row = ask(
        desk,
        "SELECT delivery.id, outgoing.decision_id, event.actor FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id, event \
         WHERE outgoing.template = 'reply' AND event.kind = 'undone'",
    );
    let row = row.first().unwrap();
    let carried = CarriedOut {
        act: MailAct::Cancel,
        by: OrderedBy {
            actor: Actor::from_code(row.text(2).unwrap()).unwrap(),
            role: Role::Agent,
            trust: Trust::Proven,
            ticket: Some(TicketNumber(1001)),
            reason: "taken_back".to_owned(),
        },
        of_ticket: Some((DecisionId(row.int(1).unwrap()), TicketNumber(1001))),
        count: 0,
        too_late: vec![DeliveryId(row.int(0).unwrap())],
    };
    let payload = serde_json::to_string(&carried).unwrap();
    desk.with_house(async |house| {
        let told = house
            .db
            .write("tell what it came to", payload, |tx, payload| {
                Box::pin(async move {
                    let none: Option<i64> = None;
                    let payload = payload.as_str();
                    let values = [
                        "carried_out".into(),
                        none.into(),
                        payload.into(),
                        0_i64.into(),
                    ];
                    tx.exec(&sql::WORK_ADD, &values).await
                })
            });
        told.await.unwrap();
    });
}

#[test]
fn an_answer_that_went_in_the_instant_it_was_taken_back_stays_given() {
    let desk = university();
    let (_, card) = desk.asked();
    let [_, anna, ..] = people(&desk);
    anna.writes(&Letter::reply_to(&card, "Перезагрузите."));
    desk.decide();
    let answered = desk.ticket(1001);
    anna.writes(&Letter::reply_to(&card, "отменить"));
    desk.decide();
    assert_eq!(desk.ticket(1001).state, State::New);
    assert_eq!(verdicts(&desk), [""; 0]);
    goes_anyway(&desk);
    desk.step();
    let known = desk.ticket(1001);
    assert_eq!(
        (known.state, &known.answers),
        (State::Open, &answered.answers)
    );
    assert_eq!(known.clocks, answered.clocks);
    assert_eq!(verdicts(&desk), ["first_response met"]);
    let told = anna.inbox().pop().unwrap();
    insta::assert_snapshot!(told.text().replace(&desk.tag(&known), "[tag]"));
    assert_eq!(known.clocks[0].outcome, Some(Outcome::Met));
    // Nothing more can be taken back of it.
    anna.writes(&Letter::reply_to(&card, "отменить"));
    desk.step();
    assert!(anna.only_mail().text().contains("уже отменено"));
    read_all(&desk);
}

#[test]
fn what_needed_proof_to_decide_needs_proof_to_take_back() {
    let desk = university();
    let (_, card) = desk.asked();
    let [_, anna, _, darya] = people(&desk);
    writes(&anna, &desk, &card, "взять\n#срок 20.11 ждём картридж");
    desk.advance(24 * HOUR);
    desk.step();
    writes(&darya, &desk, &card, "утвердить");
    read_all(&desk);
    let clock = desk.ticket(1001).clocks;
    darya.writes(&Letter::reply_to(&card, "отменить"));
    desk.step();
    assert_eq!(desk.ticket(1001).clocks, clock);
    assert_eq!(verdicts(&desk).last().unwrap(), "resolution taken_back");
    let told = darya.inbox();
    assert_eq!(told.len(), 1, "she hears that nothing is done");
    writes(&darya, &desk, &card, "отменить");
    assert_ne!(desk.ticket(1001).clocks, clock);
    read_all(&desk);
}

#[test]
fn a_head_who_does_not_serve_the_queue_gets_none_of_its_work() {
    let desk = university();
    let (_, card) = desk.asked();
    let [_, anna, _, darya] = people(&desk);
    writes(&anna, &desk, &card, "#срок 20.11 ждём картридж");
    writes(&darya, &desk, &card, "утвердить");
    // It is nobody's again.
    writes(&anna, &desk, &card, "#отсутствую до 27.11");
    read_all(&desk);
    assert_eq!(desk.ticket(1001).assignee, None);
    desk.advance(23 * HOUR);
    desk.step();
    darya.got_nothing();
    read_all(&desk);
}
