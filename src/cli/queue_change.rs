//! What a queue's head has changed by mail, in words.

use super::words::Words;
use crate::model::{distribution::Method, ids::AgentName, queue_change::QueueChange};

/// A change; `named` says who an agent is.
pub(in crate::cli) fn queue_change(
    words: &Words,
    change: &QueueChange,
    named: impl Fn(&AgentName) -> String,
) -> String {
    match change {
        QueueChange::Method { method } => {
            let said = words.pick("распределение", "distribution");
            format!("{said}: {}", method_words(words, *method))
        }
        QueueChange::Out { agent } => {
            let said = words.pick("ничего не получает", "is given nothing");
            format!("{}: {said}", named(agent))
        }
        QueueChange::In { agent } => {
            let said = words.pick("работает и в этой очереди", "serves this queue, too");
            format!("{}: {said}", named(agent))
        }
        QueueChange::Limit { agent, max_active } => {
            let said = words.pick("активных обращений не больше", "active tickets at most");
            match agent {
                Some(agent) => format!("{}: {said} {max_active}", named(agent)),
                None => format!("{said} {max_active}"),
            }
        }
        QueueChange::Closed { on } => {
            let said = words.pick("выходной", "closed on");
            format!("{said} {}", on.strftime("%d.%m.%Y"))
        }
    }
}

/// A method of sharing out.
pub(in crate::cli) const fn method_words(words: &Words, method: Method) -> &'static str {
    match method {
        Method::Turn => words.pick("по очереди", "each agent in turn"),
        Method::Least => words.pick(
            "наименее загруженному",
            "whoever has the fewest active tickets",
        ),
        Method::Manual => words.pick("решает руководитель", "the head says who"),
        Method::Own => words.pick("кто взял, того и обращение", "whoever takes it first"),
        Method::Curator => words.pick("куратору заявителя", "the requester's curator"),
    }
}
