//! The file of a period: whose, which figure, numerator and denominator, a line each.

use std::collections::{BTreeMap, BTreeSet};

use super::Adjustment;
use crate::{
    desk::kpi::Sheet,
    model::{
        ids::{QueueName, TicketNumber},
        outside::OutsideFact,
    },
};

/// A figure in a file: numerator, and denominator where it is no count.
pub type Pair = (i64, Option<i64>);

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// Every figure that is not nought: of a queue and an agent, by its name. The agent `*` is the queue as a whole, empty what
    /// is nobody's; the queue is empty for the house.
    pub figures: BTreeMap<(String, String), BTreeMap<String, Pair>>,
    /// What it carries of closed periods.
    pub adjusted: Vec<Adjusted>,
}

impl Lines {
    /// The queues that have figures.
    #[must_use]
    pub fn queues(&self) -> Vec<QueueName> {
        let named = self.figures.keys().map(|(queue, _)| queue.as_str());
        let named: BTreeSet<&str> = named.filter(|queue| !queue.is_empty()).collect();
        named.into_iter().map(QueueName::from).collect()
    }
}

/// What a period carries of a closed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjusted {
    /// The closed period.
    pub period: String,
    /// The ticket that has changed it.
    pub ticket: TicketNumber,
    /// The queue.
    pub queue: String,
    /// The agent; empty: nobody.
    pub agent: String,
    /// The figure.
    pub figure: String,
    /// By how much it is more.
    pub by: Pair,
}

/// The file of a sheet, what comes from outside, and what it carries of closed periods; counted figures of nothing are left
/// out. A line with a ticket is an
/// adjustment of the period that it names.
#[must_use]
pub fn file_of(sheet: &Sheet, outside: &[OutsideFact], adjustments: &[Adjustment]) -> String {
    let mut file = String::from("period;queue;agent;figure;numerator;denominator;ticket\r\n");
    let mut line = |(period, queue, agent): (&str, &str, &str),
                    (figure, above, below): (&str, i64, Option<i64>),
                    ticket: &str| {
        let below = below.map(|below| below.to_string()).unwrap_or_default();
        file.push_str(&format!(
            "{period};{queue};{agent};{figure};{above};{below};{ticket}\r\n"
        ));
    };
    for (of, figures) in sheet.lines() {
        let (queue, agent) = of.columns();
        for figure in figures {
            let (above, below) = (figure.numerator, figure.denominator);
            if above != 0 || below.is_some_and(|below| below != 0) {
                let whose = (sheet.period.name.as_str(), queue, agent);
                line(whose, (figure.code, above, below), "");
            }
        }
    }
    for one in outside {
        let whose = (
            sheet.period.name.as_str(),
            one.queue.as_str(),
            one.agent.as_str(),
        );
        line(whose, (&one.figure, one.numerator, one.denominator), "");
    }
    for one in adjustments {
        let agent = one.whose.agent.as_ref().map_or("", |agent| agent.as_str());
        let whose = (one.period.as_str(), one.whose.queue.as_str(), agent);
        let ticket = one.ticket.to_string();
        line(whose, (&one.figure, one.above, one.below), &ticket);
    }
    file
}

/// Reads a file. The first ones had no tickets.
#[must_use]
pub fn read(file: &str) -> Lines {
    let mut lines = Lines::default();
    for line in file.lines().skip(1) {
        let parts: Vec<&str> = line.split(';').collect();
        let [period, queue, agent, figure, above, below, rest @ ..] = parts.as_slice() else {
            continue;
        };
        let Ok(above) = above.parse() else {
            continue;
        };
        let by = (above, below.parse().ok());
        let (queue, agent) = ((*queue).to_owned(), (*agent).to_owned());
        match rest.first().and_then(|ticket| ticket.parse().ok()) {
            Some(ticket) => lines.adjusted.push(Adjusted {
                period: (*period).to_owned(),
                ticket: TicketNumber(ticket),
                queue,
                agent,
                figure: (*figure).to_owned(),
                by,
            }),
            None => {
                let own = lines.figures.entry((queue, agent)).or_default();
                own.insert((*figure).to_owned(), by);
            }
        }
    }
    lines
}
