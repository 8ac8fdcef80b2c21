//! Queues move between payroll lists and departments as dice fall, for four months, and requests come back after they were paid
//! for: over all lists, what people were paid by with all its adjustments is what history says in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::{fmt::Write as _, time::Duration};

use jiff::tz::TimeZone;
use okno::desk::{
    kpi::{Period, Question, Sheet},
    payroll::{Part, united},
};
use okno::house::{payroll, periods};
use okno::model::{decimal::Decimal, payroll::ROWS, scoring::Scoring};
use okno::report::files::{COEFFICIENT, coefficient, scores_by};
use okno::store::{history, payrolls};

use super::{
    desk::{ALL_PROVEN, Desk, UNIVERSITY},
    letter::{Letter, Received},
    orders::restarted,
    payroll::{accountant, darya, nobody_reads, proved},
};

const HOUR: Duration = Duration::from_secs(3600);

const EVERYBODY: [&str; 6] = [
    "anna@uni.test",
    "boris@uni.test",
    "vera@uni.test",
    "darya@uni.test",
    "olga@uni.test",
    "root@uni.test",
];

const PEOPLE: [&str; 4] = [
    "email;name;employee number",
    "anna@uni.test;Петрова Анна Сергеевна;УТ-00042",
    "boris@uni.test;Ким Борис Олегович;УТ-00043",
    "vera@uni.test;Орлова Вера Павловна;УТ-00044",
];

/// A month: its name, when its work is done, when it is approved, when its file goes, and when something of it comes back.
const MONTHS: [[&str; 5]; 4] = [
    [
        "2026-11",
        "2026-11-30T06:30:00Z",
        "2026-12-01T08:00:00Z",
        "2026-12-03T08:00:00Z",
        "2026-12-04T08:00:00Z",
    ],
    [
        "2026-12",
        "2026-12-30T06:30:00Z",
        "2027-01-11T08:00:00Z",
        "2027-01-12T08:00:00Z",
        "2027-01-12T09:00:00Z",
    ],
    [
        "2027-01",
        "2027-01-29T06:30:00Z",
        "2027-02-01T08:00:00Z",
        "2027-02-04T08:00:00Z",
        "2027-02-05T08:00:00Z",
    ],
    [
        "2027-02",
        "2027-02-26T06:30:00Z",
        "2027-03-02T08:00:00Z",
        "2027-03-05T08:00:00Z",
        "2027-03-06T08:00:00Z",
    ],
];

/// Numbers that follow from the first one.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % many
    }
}

/// Anna serves all three queues, Boris two of them, Vera one. `dice`: who is of which department and list; `None`: nobody is of any
/// department, and one list has all.
fn source(dice: Option<&mut Dice>) -> String {
    let net = "[mailbox.net]\naddress = \"net@uni.test\"\nmode = \"full\"\nmaildir = \"/nowhere/net\"\n\
               [queue.net]\ntitle = \"Сеть\"\nprefix = \"NET\"\nagents = [\"boris\", \"anna\"]\ndistribution = \"self\"\n";
    let mut source = UNIVERSITY
        .replace("[queue.it]", &format!("{net}[queue.it]"))
        .replace("agents = [\"vera\"]", "agents = [\"vera\", \"anna\"]");
    let queues = ["it", "buh", "net"];
    let mut lists: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    let mut all = [(0, 3); 3];
    if let Some(dice) = dice {
        // Two lists and one department: rows of several queues are made often, and parted as often.
        all = all.map(|_| (dice.below(2), dice.below(4) / 3));
    }
    for (queue, (list, department)) in queues.into_iter().zip(all) {
        lists.entry(list).or_default().push(queue);
        if department < 1 {
            let own = format!("[queue.{queue}]\n");
            let with = format!("{own}department = \"d{department}\"\n");
            source = source.replace(&own, &with);
        }
    }
    if all.iter().any(|(_, own)| *own == 0) {
        source.push_str("[department.d0]\ntitle = \"Управление\"\n");
    }
    for (list, queues) in lists {
        write!(
            source,
            "[payroll.l{list}]\ntitle = \"Список {list}\"\nqueues = {queues:?}\nto = [\"payroll@uni.test\"]\n\
             scores = \"volume.toml\"\nfirst = \"2026-11\"\nworking_day = 2\napprover = \"darya\"\nformat = \"csv-utf8\"\n"
        )
        .unwrap();
    }
    format!(
        "{source}\n[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n\
         [directory]\nfile = \"DATA/people.csv\"\n{ALL_PROVEN}"
    )
}

fn nothing_is_read(desk: &Desk) {
    nobody_reads(desk, &EVERYBODY);
}

/// Olga asks a queue, and that agent solves it; what she is told.
fn solves(desk: &Desk, (queue, agent): (&str, &str), subject: &str) -> Received {
    let olga = desk.person("Ольга", "olga@uni.test");
    let mailbox = format!("{queue}@uni.test");
    olga.writes(&Letter::to(&mailbox, subject, "Он не работает."));
    desk.step();
    let agent = desk.person(agent, &format!("{agent}@uni.test"));
    let card = agent.inbox().pop().unwrap();
    desk.advance(HOUR / 12);
    agent.writes(&Letter::reply_to(&card, "Починили.\nрешено"));
    desk.step();
    let told = olga.inbox().pop().unwrap();
    nothing_is_read(desk);
    told
}

/// Whatever is drafted is approved, as often as what one list has closed makes another's draft another one.
fn approves_all(desk: &Desk) {
    for _ in 0..5 {
        desk.looks_around();
        for draft in darya(desk).inbox() {
            if draft.subject().starts_with("Утвердите") {
                darya(desk).writes(&Letter::reply_to(&draft, "утвердить"));
                desk.step();
            }
        }
        nothing_is_read(desk);
    }
}

/// Four months of that seed.
fn played(seed: u64) -> Desk {
    let mut dice = Dice(seed);
    let desk = Desk::with(&source(None));
    desk.brings_people(&PEOPLE);
    let mut desk = restarted(desk, &source(Some(&mut dice)));
    let serving = [
        ("it", "anna"),
        ("it", "boris"),
        ("buh", "anna"),
        ("buh", "vera"),
        ("net", "anna"),
        ("net", "boris"),
    ];
    for [month, works, approves, goes, returns] in MONTHS {
        desk.until(works);
        nothing_is_read(&desk);
        let mut solved = Vec::new();
        for part in serving {
            if dice.below(4) > 0 {
                let subject = format!("{} {} {month}", part.0, part.1);
                solved.push(solves(&desk, part, &subject));
            }
        }
        if dice.below(2) == 0 {
            desk = restarted(desk, &source(Some(&mut dice)));
        }
        desk.until(approves);
        nothing_is_read(&desk);
        approves_all(&desk);
        if dice.below(4) > 0 {
            desk = restarted(desk, &source(Some(&mut dice)));
        }
        desk.until(goes);
        nothing_is_read(&desk);
        approves_all(&desk);
        desk.until(returns);
        nothing_is_read(&desk);
        for told in solved {
            // Of the last month nothing would be told any more.
            if month != MONTHS[3][0] && dice.below(4) > 0 {
                let olga = desk.person("Ольга", "olga@uni.test");
                olga.writes(&Letter::reply_to(&told, "Опять не работает."));
                desk.step();
                nothing_is_read(&desk);
            }
        }
    }
    nobody_reads(&desk, &["payroll@uni.test"]);
    desk
}

/// A row of any file: its month, queues and agents, indicator, value.
type Row = (String, Vec<Part>, String, Decimal);

/// Every row that is scored, of every file; and the settings.
fn rows(desk: &Desk) -> (Vec<Row>, Scoring) {
    let all = desk.with_house(async |house| payrolls::states(&house.db).await.unwrap());
    let mut found = Vec::new();
    let mut scoring = None;
    for state in all.months.values().filter(|state| state.frozen.is_some()) {
        let draft = &state.drafted.as_ref().unwrap().draft;
        scoring = payroll::settings_of(draft).unwrap();
        for row in payroll::rows_of(draft).unwrap() {
            let value = Decimal::parse(&row.value).unwrap_or(Decimal::whole(0));
            if row.is_of_group() {
                found.push((
                    row.period.clone(),
                    row.group(),
                    row.indicator.clone(),
                    value,
                ));
            }
        }
    }
    (found, scoring.unwrap())
}

/// What history says of a month in the end.
fn truth(desk: &Desk, month: &str) -> (periods::Lines, Sheet) {
    let zone = TimeZone::get("Europe/Moscow").unwrap();
    let question = Question::about(vec![Period::named(month, &zone).unwrap()], zone);
    let (sheets, _) = desk.with_house(async |house| {
        let figures = history::figures(&house.db, &question, None).await;
        figures.unwrap()
    });
    let sheet = sheets.into_iter().next().unwrap();
    (periods::read(&periods::file_of(&sheet, &[], &[])), sheet)
}

/// What is wrong with a month: whoever was paid by something else than it comes to, or by nothing.
fn wrong(desk: &Desk, month: &str, (rows, scoring): &(Vec<Row>, Scoring)) -> Vec<String> {
    let shown = month.replace('-', "-M");
    let own: Vec<&Row> = rows.iter().filter(|row| row.0 == shown).collect();
    let (lines, sheet) = truth(desk, month);
    let mut found = Vec::new();
    let groups = united(own.iter().map(|row| row.1.clone()));
    for group in &groups {
        let parts: Vec<(&str, &str)> = group
            .iter()
            .map(|part| (part.0.as_str(), part.1.as_str()))
            .collect();
        let facts = payroll::facts_of_all(&lines, Some(&sheet), &parts);
        let scored = scores_by(ROWS, &facts, scoring);
        let theirs = own
            .iter()
            .filter(|row| row.1.iter().all(|part| group.contains(part)));
        let theirs: Vec<&&Row> = theirs.collect();
        let paid: BTreeSet<&Vec<Part>> = theirs
            .iter()
            .filter(|row| !row.2.starts_with("KORR_"))
            .map(|row| &row.1)
            .collect();
        if paid.len() > 1 {
            found.push(format!("{month} {parts:?} was paid in {paid:?}"));
        }
        let codes = scored.iter().map(|one| (one.code.as_str(), one.paid(ROWS)));
        for (code, expected) in codes.chain([(COEFFICIENT, coefficient(&scored))]) {
            let of_code = theirs
                .iter()
                .filter(|row| row.2.trim_start_matches("KORR_") == code);
            let sum = of_code.fold(Decimal::whole(0), |sum, row| sum.plus(row.3).unwrap());
            let expected = expected.unwrap_or(Decimal::whole(0));
            if !sum.is_equal(expected) {
                found.push(format!(
                    "{month} {parts:?} {code}: paid {sum}, is {expected}"
                ));
            }
        }
    }
    let is_paid = |queue: &str, agent: &str| {
        let mut parts = groups.iter().flatten();
        parts.any(|part| part.0.as_str() == queue && part.1.as_str() == agent)
    };
    let counted = lines
        .figures
        .keys()
        .filter(|(queue, agent)| !queue.is_empty() && !agent.is_empty() && agent != "*");
    let unpaid = counted.filter(|(queue, agent)| !is_paid(queue, agent));
    found.extend(unpaid.map(|(queue, agent)| format!("{month} {queue}/{agent} has no row")));
    found
}

#[test]
fn whatever_list_and_department_people_are_of_they_are_paid_by_what_they_have_done_in_the_end() {
    let mut adjusted = 0;
    // In these, rows of several queues are parted between two lists, and what both have paid comes back in both.
    for seed in [104, 110, 111] {
        let desk = played(seed);
        let told = rows(&desk);
        adjusted += told
            .0
            .iter()
            .filter(|row| row.2.starts_with("KORR_"))
            .count();
        let wrong: Vec<String> = MONTHS
            .iter()
            .flat_map(|[month, ..]| wrong(&desk, month, &told))
            .collect();
        assert!(wrong.is_empty(), "seed {seed}:\n{}", wrong.join("\n"));
        let proved = proved(&desk);
        assert_eq!(
            (proved.faults, proved.rows),
            (Vec::new(), Vec::new()),
            "seed {seed}"
        );
        accountant(&desk).got_nothing();
    }
    // A year in which nothing came back would prove nothing.
    assert!(adjusted > 10, "{adjusted}");
}
