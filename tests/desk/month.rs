//! A month of a queue: five agents, three hundred requests. How many mails does each role get, and which? The quiet of the
//! house is a figure: the test prints it (`--no-capture`) and holds it to its bounds.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use okno::model::ticket::State;

use super::{
    desk::{Desk, UNIVERSITY},
    letter::{Letter, Received},
};

const AGENTS: [(&str, &str); 5] = [
    ("Анна Петрова", "anna@uni.test"),
    ("Борис Ким", "boris@uni.test"),
    ("Галина Орлова", "galina@uni.test"),
    ("Денис Лунин", "denis@uni.test"),
    ("Елена Рыжова", "elena@uni.test"),
];

/// Who decides for the queue, where somebody does.
const HEAD: (&str, &str) = ("Дарья Громова", "darya@uni.test");

const REQUESTS: u64 = 300;
const WORKING_DAYS: u64 = 21;
const SLOTS: u64 = 9;
const HOUR: Duration = Duration::from_secs(3600);

fn source(more: &str) -> String {
    let agents = "agents = [\"anna\", \"boris\", \"galina\", \"denis\", \"elena\"]";
    let mut source = UNIVERSITY
        .replace("agents = [\"anna\", \"boris\"]", agents)
        .replace(
            "target = \"8 h\"",
            &format!("target = \"16 h\"\ncommands = [\"wait\"]\ndigest = \"9:00\"\n{more}"),
        );
    for (name, address) in &AGENTS[2..] {
        let key = address.split('@').next().unwrap();
        source.push_str(&format!(
            "[agent.{key}]\nname = \"{name}\"\naddress = \"{address}\"\n"
        ));
    }
    source + "[trust]\nservers = [\"mx.uni.test\"]\n"
}

/// The same where tickets are given out in turn and Darya decides what agents may not.
fn source_with_head() -> String {
    let keys = "reminders = [{ at = 80, tell = [\"agents\", \"head\"] }]\nhead = \"darya\"\n";
    let source = source(keys)
        .replacen("distribution = \"self\"", "distribution = \"turn\"", 1)
        .replacen("reminders = []\n", "", 1)
        .replace(
            "commands = [\"wait\"]",
            "commands = [\"wait\", \"deadline\"]",
        );
    let (name, address) = HEAD;
    format!("{source}[agent.darya]\nname = \"{name}\"\naddress = \"{address}\"\n")
}

/// As our own mail server hands over what was written inside.
fn proven(letter: Letter) -> Letter {
    let results = "mx.uni.test; dmarc=pass header.from=uni.test";
    letter.with("Authentication-Results", results)
}

/// The same chance every time: what becomes of the n-th request at its n-th step, from 0 to 99.
fn chance(request: u64, step: u64) -> u64 {
    let mut x = request
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(step.wrapping_mul(0xD1B5_4A32_D192_ED03));
    x ^= x >> 31;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (x >> 33) % 100
}

/// What an agent still has to do: the card, and what they said of it so far.
struct Task {
    request: u64,
    card: Received,
    step: u64,
}

fn requester(request: u64) -> String {
    // Some ask often.
    format!("person{}@uni.test", chance(request, 9) * 2 + request % 2)
}

fn event(mail: &Received) -> String {
    mail.header("X-Okno-Event").unwrap_or_default()
}

/// The request that a mail is about, by its subject.
fn request_of(mail: &Received) -> Option<u64> {
    let (_, behind) = mail.subject().split_once("Вопрос ")?;
    behind.trim().parse().ok()
}

/// An agent's next step with what lies before them.
fn agent_acts(desk: &Desk, (name, address): (&str, &str), (task, way): (&mut Task, Way)) -> bool {
    let (words, is_done) = match (task.step, chance(task.request, task.step)) {
        // A few of a hundred cannot be solved by the day that was promised.
        (0 | 1, 96..=99) if way == Way::Turn => ("#срок через 5 дней ждём запчасть", false),
        (0, 0..=24) => ("взять", false),
        (0, 25..=39) => ("Какой у вас кабинет?\nжду", false),
        (0 | 1, 40..=69) => ("Посмотрел, исправим сегодня.", false),
        _ => ("Исправлено, проверьте.\nрешено", true),
    };
    let person = desk.person(name, address);
    person.writes(&proven(Letter::reply_to(&task.card, words)));
    task.step += 1;
    is_done
}

/// A requester answers what they were sent, or does not.
fn requester_acts(desk: &Desk, mail: &Received, returned: &mut BTreeSet<u64>) {
    let Some(request) = request_of(mail) else {
        return;
    };
    let words = match (event(mail).as_str(), chance(request, 20)) {
        ("reply", _) if mail.text().contains("кабинет") => "Кабинет 312.",
        ("reply", 0..=19) => "Спасибо, жду.",
        ("resolution", 0..=34) => "5",
        ("resolution", 35..=37) if returned.insert(request) => "2\nждали слишком долго",
        ("resolution", 35..=44) => "да",
        ("resolution", 45..=49) if returned.insert(request) => "нет",
        ("resolution", 45..=49) => "да",
        ("resolution", 50..=54) => "Спасибо!",
        _ => return,
    };
    let person = desk.person("", &mail.recipient);
    person.writes(&proven(Letter::reply_to(mail, words)));
}

fn role(address: &str) -> &'static str {
    match address {
        "root@uni.test" => "administrator",
        "team@uni.test" => "group address",
        address if address == HEAD.1 => "head",
        address if AGENTS.iter().any(|(_, own)| *own == address) => "agent",
        _ => "requester",
    }
}

type Counts = BTreeMap<(&'static str, String), u64>;

/// What the head finds in a list of what requesters thought of solutions.
const LOW: &str = "Низкая оценка";

fn count(counts: &mut Counts, mail: &Received) {
    if role(&mail.recipient) == "head" && mail.text().contains(LOW) {
        *counts.entry(("head", LOW.to_owned())).or_insert(0) += 1;
    }
    *counts
        .entry((role(&mail.recipient), event(mail)))
        .or_insert(0) += 1;
}

/// How tickets find their agents.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Everybody gets a card, and whoever takes the ticket has it.
    Own,
    /// The same by a group's address.
    Group,
    /// They are given out in turn, and somebody decides for the queue.
    Turn,
}

/// What an agent was sent is something to do, for the one whose it is; what is new of a task replaces what was known.
fn note_task(tasks: &mut [Vec<Task>], way: Way, mail: Received) {
    let Some(request) = request_of(&mail) else {
        return;
    };
    let reader = AGENTS.iter().position(|(_, own)| *own == mail.recipient);
    let owner = match (way, reader) {
        (Way::Turn, Some(reader)) => reader,
        _ => usize::try_from(request % 5).unwrap(),
    };
    let own = AGENTS[owner].1;
    let is_of_group = way == Way::Group && mail.recipient == "team@uni.test";
    let is_theirs = mail.recipient == own || is_of_group;
    let kind = event(&mail);
    // Of a bad mark they hear, and there is nothing to be done with what is closed.
    let is_mark = mail.text().contains("закрыто с низкой оценкой");
    if !is_theirs || is_mark || !matches!(kind.as_str(), "card" | "follow_up") {
        return;
    }
    let mine = &mut tasks[owner];
    match mine.iter_mut().find(|task| task.request == request) {
        Some(task) => task.card = mail,
        // What the group is told of is done by somebody.
        None if kind == "follow_up" && mail.recipient != own => {}
        None => mine.push(Task {
            request,
            card: mail,
            step: if kind == "card" { 0 } else { 2 },
        }),
    }
}

/// Whoever decides approves what the letter asks about, line by line.
fn head_acts(desk: &Desk, mail: &Received) {
    let (moved, _) = mail
        .text()
        .split_once(LOW)
        .unwrap_or_else(|| (mail.text(), ""));
    let asks = moved.lines().filter_map(|line| {
        let (number, _) = line.split_once(". Вопрос")?;
        number.parse::<u64>().ok()
    });
    let words: Vec<String> = asks.map(|number| format!("{number} утвердить")).collect();
    if event(mail) == "work_list" && moved.contains("обещал другой срок") && !words.is_empty()
    {
        let (name, address) = HEAD;
        let head = desk.person(name, address);
        head.writes(&proven(Letter::reply_to(mail, &words.join("\n"))));
    }
}

/// Plays the month; what each role got, by kind.
fn month(source: &str, way: Way) -> Counts {
    let desk = Desk::with(source);
    let mut counts = BTreeMap::new();
    let mut tasks: Vec<Vec<Task>> = AGENTS.iter().map(|_| Vec::new()).collect();
    let mut asked = 0;
    let mut returned = BTreeSet::new();
    desk.advance(21 * HOUR); // Wednesday, nine o'clock
    let mut day = 0;
    let mut weekday = 2;
    while day < WORKING_DAYS {
        for slot in 0..SLOTS {
            while asked * WORKING_DAYS * SLOTS < REQUESTS * (day * SLOTS + slot + 1) {
                asked += 1;
                let subject = format!("Вопрос {asked}");
                let text = format!("Не работает устройство номер {asked}, помогите.");
                let person = desk.person("", &requester(asked));
                person.writes(&proven(Letter::to("it@uni.test", &subject, &text)));
            }
            // Who was written to answers within the hour, and the agents see it before they go on.
            for _ in 0..2 {
                desk.step();
                for mail in take_mail(&desk) {
                    count(&mut counts, &mail);
                    match role(&mail.recipient) {
                        "requester" => requester_acts(&desk, &mail, &mut returned),
                        "head" => head_acts(&desk, &mail),
                        _ => note_task(&mut tasks, way, mail),
                    }
                }
            }
            for (index, agent) in AGENTS.into_iter().enumerate() {
                let mine = &mut tasks[index];
                for _ in 0..mine.len().min(3) {
                    let mut task = mine.remove(0);
                    if !agent_acts(&desk, agent, (&mut task, way)) {
                        mine.push(task);
                    }
                }
            }
            desk.advance(HOUR);
        }
        day += 1;
        weekday = (weekday + 1) % 7;
        let nights = if weekday == 5 { 3 } else { 1 };
        weekday = if weekday == 5 { 0 } else { weekday };
        desk.advance(HOUR * (24 * nights - 9));
    }
    // The rest of the time nobody does anything.
    for _ in 0..20 {
        desk.advance(12 * HOUR);
        desk.step();
        for mail in take_mail(&desk) {
            *counts
                .entry((role(&mail.recipient), event(&mail)))
                .or_insert(0) += 1;
        }
    }
    let open = (1001..1001 + i64::try_from(asked).unwrap())
        .filter(|number| desk.ticket(*number).state.is_live())
        .count();
    assert_eq!(desk.tickets(), usize::try_from(asked).unwrap());
    assert!(open < 20, "{open} of them are still open");
    assert_eq!(desk.ticket(1001).state, State::Closed);
    counts
}

/// Everybody's mail since the last time.
fn take_mail(desk: &Desk) -> Vec<Received> {
    let recipients: BTreeSet<String> = desk
        .unread()
        .iter()
        .filter_map(|line| Some(line.split_once(": ")?.0.to_owned()))
        .collect();
    recipients
        .iter()
        .flat_map(|address| desk.inbox(address))
        .collect()
}

#[expect(clippy::print_stdout, reason = "the figures are what this is for")]
fn print(title: &str, counts: &Counts) {
    println!("{title}: {REQUESTS} requests, {WORKING_DAYS} working days, five agents");
    for ((role, kind), count) in counts {
        println!("  {role:<14}{kind:<20}{count:>6}");
    }
}

fn of(counts: &Counts, role: &str, kinds: &[&str]) -> u64 {
    counts
        .iter()
        .filter(|((who, kind), _)| *who == role && kinds.contains(&kind.as_str()))
        .map(|(_, count)| count)
        .sum()
}

/// What must hold however the agents are written to.
fn check(counts: &Counts) {
    // One acknowledgement and one resolution a request; besides, only what people wrote, and second resolutions of what
    // came back.
    assert_eq!(of(counts, "requester", &["acknowledgement"]), REQUESTS);
    let resolutions = of(counts, "requester", &["resolution"]);
    assert!(resolutions <= REQUESTS + REQUESTS / 10, "{resolutions}");
    let known = ["acknowledgement", "resolution", "reply", "news"];
    let all: u64 = counts
        .iter()
        .filter(|((who, _), _)| *who == "requester")
        .map(|(_, count)| count)
        .sum();
    assert_eq!(all, of(counts, "requester", &known), "nothing else");
    // A list a working day and agent, at most.
    let lists = of(counts, "agent", &["work_list"]);
    assert!(lists <= 5 * (WORKING_DAYS + 8), "{lists}");
    // Nobody is told of what went well, and nobody else has to do with it.
    assert_eq!(of(counts, "agent", &["transcript"]), 0);
    let strange = counts.keys().filter(|(who, _)| *who == "administrator");
    assert_eq!(strange.count(), 0);
}

#[test]
fn a_month_of_mail_is_a_quiet_one() {
    let counts = month(&source(""), Way::Own);
    print("to each agent", &counts);
    check(&counts);
    assert_eq!(of(&counts, "agent", &["card"]), 5 * REQUESTS);
}

#[test]
fn a_month_of_mail_is_quieter_with_a_group_address() {
    let counts = month(&source("group = \"team@uni.test\""), Way::Group);
    print("with a group address", &counts);
    check(&counts);
    // Where all read one address, a request is one mail to it, not five, and so is the word that somebody handles it.
    assert_eq!(of(&counts, "agent", &["card"]), 0);
    assert_eq!(of(&counts, "group address", &["card"]), REQUESTS);
    assert!(of(&counts, "group address", &["follow_up"]) <= REQUESTS + REQUESTS / 10);
}

#[test]
fn a_month_of_mail_is_quietest_in_turn_and_the_head_reads_one_letter_a_day() {
    let counts = month(&source_with_head(), Way::Turn);
    print("in turn, with a head", &counts);
    check(&counts);
    // Whoever gets a ticket gets its card, and nobody else does.
    assert_eq!(of(&counts, "agent", &["card"]), REQUESTS);
    // Besides the card an agent reads what requesters write, and of what nears its date.
    let of_agents: u64 = counts
        .iter()
        .filter(|((who, _), _)| *who == "agent")
        .map(|(_, count)| count)
        .sum();
    assert!(of_agents <= 3 * REQUESTS, "{of_agents}");
    // What is to be decided comes once a working day, however much it is.
    let lists = of(&counts, "head", &["work_list"]);
    assert!((1..=WORKING_DAYS + 8).contains(&lists), "{lists}");
    // Low ratings are in them, with no letter of their own: a few days have one.
    let low = of(&counts, "head", &[LOW]);
    assert!((1..lists).contains(&low), "{low}");
}
