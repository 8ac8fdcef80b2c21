//! The charts of some months, from what was counted of them.

use jiff::{civil::Date, tz::TimeZone};

use super::chart::{
    Chart,
    kinds::{self, ClassShare},
};
use crate::{
    desk::{
        kpi::{Balance, Count, Sheet, Spread, Tally, figure},
        policy::Targets,
    },
    model::{
        classification::RequestClass,
        decimal::Decimal,
        ids::{AgentName, QueueName},
        language::Language,
    },
};

/// Whose charts, and how they are shown.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The language.
    pub language: Language,
    /// The zone of the payroll: it says which month an instant is in.
    pub zone: &'a TimeZone,
    /// Of these queues together; `None`: of all.
    pub queues: Option<&'a [QueueName]>,
    /// Which share in time is aimed at of each class, per hundred.
    pub targets: Targets,
    /// What the periods are.
    pub by: By,
    /// So many requests a month can be taken; `None`: that is not shown.
    pub capacity: Option<i64>,
}

/// What periods are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Months: each by its name.
    Month,
    /// Weeks: each by its first day.
    Week,
}

/// The ends of the spans that times to the first answer are put into, in minutes of working time.
const SPANS: [i64; 5] = [15, 60, 120, 240, 480];

/// The charts of these months, in their order: each by the name of its file. `name` says how an agent is called.
#[must_use]
pub fn charts(
    asked: &Asked<'_>,
    months: &[Sheet],
    name: impl Fn(&AgentName) -> String,
) -> Vec<(&'static str, Chart)> {
    let language = asked.language;
    let months = since_anything(asked, months);
    let names = || -> Vec<String> {
        let first = |sheet: &Sheet| sheet.period.from.to_zoned(asked.zone.clone()).date();
        let called = |date: Date| match asked.by {
            By::Month => kinds::month(language, date),
            By::Week => kinds::day(language, date),
        };
        months.iter().map(first).map(called).collect()
    };
    let tallies: Vec<Tally> = months.iter().map(|sheet| tally(asked, sheet)).collect();
    let count =
        |count: Count| -> Vec<i64> { tallies.iter().map(|tally| tally.count(count)).collect() };
    let open = months
        .iter()
        .map(|sheet| balance(asked, sheet).end)
        .collect();
    let mut made = vec![
        (
            "backlog",
            kinds::backlog(language, names(), open, count(Count::OverdueAtEnd)),
        ),
        (
            "flow",
            kinds::flow(
                language,
                names(),
                count(Count::Received),
                count(Count::Solved),
            ),
        ),
        (
            "in_time",
            kinds::in_time(language, names(), shares(&asked.targets, &tallies)),
        ),
    ];
    if let (Some(sheet), Some(last)) = (months.last(), tallies.last()) {
        made.push(("response", response(language, last)));
        made.push(("load", load(asked, sheet, name)));
    }
    if let Some(limit) = asked.capacity {
        let received = count(Count::Received);
        made.push((
            "capacity",
            kinds::capacity(language, names(), received, limit),
        ));
    }
    made
}

/// The share in time of each class. A class of which nothing was promised is left out; nothing is aimed at in urgent ones by
/// themselves.
fn shares(targets: &Targets, tallies: &[Tally]) -> Vec<ClassShare> {
    let classes = [
        (
            RequestClass::Emergency,
            "sla_resolution_emergency_pct",
            Some(targets.emergency),
        ),
        (RequestClass::Urgent, "sla_resolution_urgent_pct", None),
        (
            RequestClass::Standard,
            "sla_resolution_standard_pct",
            Some(targets.standard),
        ),
        (
            RequestClass::Consultation,
            "sla_resolution_consultation_pct",
            Some(targets.consultation),
        ),
    ];
    let shares = classes.into_iter().map(|(class, code, target)| {
        let values: Vec<_> = tallies.iter().map(|tally| share(tally, code)).collect();
        let target = target.map(|target| Decimal::whole(i64::from(target)));
        (class, values, target)
    });
    let shares = shares.filter(|(_, values, _)| values.iter().any(Option::is_some));
    shares.collect()
}

/// The months since the first of which anything is known; the last in any case. Months before okno have no data, and are not
/// nought.
fn since_anything<'s>(asked: &Asked<'_>, months: &'s [Sheet]) -> &'s [Sheet] {
    let is_blank = |sheet: &&Sheet| {
        let own = asked.queues.map_or_else(
            || sheet.queues().collect(),
            |own| own.iter().collect::<Vec<_>>(),
        );
        sheet.together(own.iter().copied()) == Tally::default()
            && sheet.balance(own) == Balance::default()
    };
    let blank = months.iter().take_while(is_blank).count();
    let kept = blank.min(months.len().saturating_sub(1));
    months.get(kept..).unwrap_or(months)
}

fn queues<'s>(asked: &Asked<'s>, sheet: &'s Sheet) -> Vec<&'s QueueName> {
    asked
        .queues
        .map_or_else(|| sheet.queues().collect(), |own| own.iter().collect())
}

fn tally(asked: &Asked<'_>, sheet: &Sheet) -> Tally {
    sheet.together(queues(asked, sheet))
}

fn balance(asked: &Asked<'_>, sheet: &Sheet) -> Balance {
    sheet.balance(queues(asked, sheet))
}

fn share(tally: &Tally, code: &str) -> Option<Decimal> {
    let figure = figure(tally, code)?;
    Decimal::percent(figure.numerator, figure.denominator?, 1)
}

/// How many first answers took how long, in the last month.
fn response(language: Language, tally: &Tally) -> Chart {
    let times = tally.spread(Spread::FirstResponse);
    let mut counts = vec![0_i64; SPANS.len().saturating_add(1)];
    for (secs, many) in times {
        let span = SPANS
            .iter()
            .position(|end| secs <= end.saturating_mul(60))
            .unwrap_or(SPANS.len());
        if let Some(count) = counts.get_mut(span) {
            *count = count.saturating_add(many);
        }
    }
    let names = match language {
        Language::Ru => [
            "до 15 мин",
            "до 1 ч",
            "до 2 ч",
            "до 4 ч",
            "до 8 ч",
            "дольше",
        ],
        Language::En => [
            "to 15 min",
            "to 1 h",
            "to 2 h",
            "to 4 h",
            "to 8 h",
            "longer",
        ],
    };
    kinds::response(language, names.map(str::to_owned).to_vec(), counts, None)
}

/// What lay with each agent at the end, those with most of it first.
fn load(asked: &Asked<'_>, sheet: &Sheet, name: impl Fn(&AgentName) -> String) -> Chart {
    let mut sums: std::collections::BTreeMap<&AgentName, (i64, i64)> =
        std::collections::BTreeMap::new();
    for queue in queues(asked, sheet) {
        for (agent, tally) in sheet.agents_of(queue) {
            let own = sums.entry(agent).or_default();
            own.0 = own.0.saturating_add(tally.count(Count::OpenAtEnd));
            own.1 = own.1.saturating_add(tally.count(Count::OverdueAtEnd));
        }
    }
    let mut rows: Vec<(&AgentName, (i64, i64))> = sums.into_iter().collect();
    rows.sort_by(|(one, of_one), (two, of_two)| of_two.cmp(of_one).then(one.cmp(two)));
    let names = rows.iter().map(|(agent, _)| name(agent)).collect();
    let open = rows.iter().map(|(_, (open, _))| *open).collect();
    let late = rows.iter().map(|(_, (_, late))| *late).collect();
    kinds::load(asked.language, names, open, late)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        desk::kpi::{Judged, Period, Whose},
        model::clock::ClockKind,
    };

    /// Whose, received, standard ones kept of judged, open and late at the end.
    type Of = (&'static str, &'static str, i64, (i64, i64), (i64, i64));

    fn sheet(month: &str, rows: &[Of], end: i64) -> Sheet {
        let tallies = rows.iter().map(|(queue, agent, received, kept, open)| {
            let whose = Whose {
                queue: QueueName::from(*queue),
                agent: (!agent.is_empty()).then(|| AgentName::from(*agent)),
            };
            let judged = Judged {
                met: kept.0,
                breached: kept.1.saturating_sub(kept.0),
            };
            let key = (ClockKind::Resolution, Some(RequestClass::Standard));
            let tally = Tally {
                counts: BTreeMap::from([
                    (Count::Received, *received),
                    (Count::OpenAtEnd, open.0),
                    (Count::OverdueAtEnd, open.1),
                ]),
                clocks: BTreeMap::from([(key, judged)]),
                times: BTreeMap::from([(
                    (Spread::FirstResponse, None),
                    BTreeMap::from([(900, 2), (901, 1), (600_000, 1)]),
                )]),
                ..Tally::default()
            };
            (whose, tally)
        });
        let balance = Balance {
            end,
            ..Balance::default()
        };
        Sheet {
            period: Period::named(month, &TimeZone::UTC).unwrap(),
            tallies: tallies.collect(),
            balances: BTreeMap::from([
                (QueueName::from("it"), balance),
                (QueueName::from("hr"), Balance::default()),
            ]),
            unsettled: BTreeMap::new(),
            torn: Default::default(),
        }
    }

    /// The figures of a chart, a line a row.
    fn told(queue: Option<&str>, chart: &str) -> Vec<String> {
        let queue = queue.map(QueueName::from);
        let asked = Asked {
            language: Language::En,
            zone: &TimeZone::UTC,
            queues: queue.as_ref().map(std::slice::from_ref),
            targets: Targets::default(),
            by: By::Month,
            capacity: None,
        };
        let sheets = [
            sheet("2026-09", &[("it", "anna", 4, (0, 0), (2, 0))], 2),
            sheet(
                "2026-10",
                &[
                    ("it", "anna", 8, (19, 20), (1, 0)),
                    ("it", "", 1, (0, 1), (1, 1)),
                    ("hr", "anna", 5, (9, 9), (4, 2)),
                    ("hr", "boris", 1, (0, 0), (1, 1)),
                ],
                3,
            ),
        ];
        let made = charts(&asked, &sheets, |agent| agent.to_string().to_uppercase());
        let (_, found) = made.into_iter().find(|(name, _)| *name == chart).unwrap();
        found
            .figures()
            .rows
            .iter()
            .map(|row| row.join(" "))
            .collect()
    }

    #[test]
    fn each_chart_shows_what_was_counted_of_its_month_and_queue() {
        assert_eq!(
            told(Some("it"), "backlog"),
            ["Sep 2026 2 0", "Oct 2026 3 1"]
        );
        assert_eq!(told(Some("it"), "flow"), ["Sep 2026 4 0", "Oct 2026 9 0"]);
        assert_eq!(told(None, "flow"), ["Sep 2026 4 0", "Oct 2026 15 0"]);
        assert_eq!(
            told(Some("it"), "in_time"),
            ["Sep 2026 no data", "Oct 2026 90.5%", "target 95%"]
        );
        assert_eq!(told(None, "load"), ["ANNA 5 2", "BORIS 1 1"]);
        assert_eq!(told(Some("it"), "load"), ["ANNA 1 0"]);
        assert_eq!(
            told(Some("it"), "response"),
            [
                "to 15 min 4",
                "to 1 h 2",
                "to 2 h 0",
                "to 4 h 0",
                "to 8 h 0",
                "longer 2"
            ]
        );
    }
}
