//! A sheet as lines: a figure of an agent, of a queue, of the house.

use std::collections::BTreeSet;

use super::{Balance, Figure, Sheet, Tally, Unit, Whose, Why, figures};
use crate::model::ids::QueueName;

/// Of whom a line is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// Of everybody.
    House,
    /// Of a queue as a whole.
    Queue(QueueName),
    /// Of an agent in a queue, or what is nobody's there.
    Part(Whose),
}

impl Of {
    /// The queue, empty for the house; the agent, `*` for the whole and empty for what is nobody's.
    #[must_use]
    pub fn columns(&self) -> (&str, &str) {
        match self {
            Self::House => ("", "*"),
            Self::Queue(queue) => (queue.as_str(), "*"),
            Self::Part(whose) => {
                let agent = whose.agent.as_ref();
                (
                    whose.queue.as_str(),
                    agent.map_or("", |agent| agent.as_str()),
                )
            }
        }
    }
}

/// The figures of a queue or of the house as a whole: those of its tally, what does not count, what came and went.
#[must_use]
pub fn whole(tally: &Tally, balance: &Balance) -> Vec<Figure> {
    let count = |code: &'static str, many: i64| Figure {
        code,
        numerator: many,
        denominator: None,
        unit: Unit::Count,
    };
    let excluded = Why::ALL.map(|why| {
        let many = tally.excluded.get(&why).copied().unwrap_or(0);
        let code = match why {
            Why::Spam => "excluded_spam",
            Why::Merged => "excluded_merged",
            Why::SelfMade => "excluded_self_made",
            Why::Withdrawn => "excluded_withdrawn",
            Why::LeftBehind => "excluded_left_behind",
            Why::ByHead => "excluded_by_head",
        };
        count(code, many)
    });
    let flows = [
        count("backlog_start", balance.start),
        count("backlog_received", balance.received),
        count("backlog_reopened", balance.reopened),
        count("backlog_restored", balance.restored),
        count("backlog_in", balance.moved_in),
        count("backlog_out", balance.moved_out),
        count("backlog_solved", balance.solved),
        count("backlog_excluded", balance.excluded),
        count("backlog_ended", balance.ended),
        count("backlog_end", balance.end),
    ];
    let own = figures(tally).into_iter();
    own.chain(excluded).chain(flows).collect()
}

impl Sheet {
    /// Every figure: of the house, then of each queue as a whole and by agents.
    #[must_use]
    pub fn lines(&self) -> Vec<(Of, Vec<Figure>)> {
        let queues: BTreeSet<&QueueName> = self.queues().collect();
        let house = whole(
            &self.together(queues.clone()),
            &self.balance(queues.clone()),
        );
        let mut lines = vec![(Of::House, house)];
        for queue in queues {
            let of_queue = whole(&self.together([queue]), &self.balance([queue]));
            lines.push((Of::Queue(queue.clone()), of_queue));
            let parts = self.tallies.iter();
            let parts = parts.filter(|(whose, _)| whose.queue == *queue);
            lines.extend(parts.map(|(whose, tally)| (Of::Part(whose.clone()), figures(tally))));
        }
        lines
    }
}
