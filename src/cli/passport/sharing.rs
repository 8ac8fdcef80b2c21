//! How a queue shares out its new tickets, in plain words: to whom, how many, and what happens when all are full.

use super::super::{queue_change::method_words, words::Words};
use crate::{
    config::Config,
    desk::policy::QueuePolicy,
    model::{distribution::Method, ids::AgentName},
};

/// The lines of a queue.
pub(super) fn lines(config: &Config, queue: &QueuePolicy) -> Vec<String> {
    let words = Words::of(config);
    let method = queue.distribution.method;
    let said = words.pick("Новые обращения", "New tickets");
    let way = method_words(&words, method);
    let mut lines = vec![format!("  {said}: {way}{}", more(&words, config, queue))];
    lines.extend(limits(&words, config, queue));
    lines
}

/// Who is in the turn, and what stands in where the method finds nobody.
fn more(words: &Words, config: &Config, queue: &QueuePolicy) -> String {
    let distribution = &queue.distribution;
    let fallback = method_words(words, distribution.fallback);
    match distribution.method {
        Method::Turn | Method::Least => {
            let agents = queue.agents.iter();
            let agents = agents.filter(|agent| !distribution.out.contains(*agent));
            let agents = agents.map(|agent| name(config, agent));
            format!(" ({})", agents.collect::<Vec<_>>().join(", "))
        }
        Method::Own => words
            .pick("; карточку получают все", "; everybody gets the card")
            .to_owned(),
        Method::Manual => {
            let within = length(words, distribution.assign_within_secs);
            let silent = words.pick("если молчит рабочего времени", "after business time of");
            format!("; {silent} {within}: {fallback}")
        }
        Method::Curator => {
            let nobody = words.pick("если его здесь нет", "where there is none here");
            format!("; {nobody}: {fallback}")
        }
    }
}

/// How many each may have, and what is done with one more.
fn limits(words: &Words, config: &Config, queue: &QueuePolicy) -> Vec<String> {
    let of_queue = queue.distribution.max_active.map(|most| {
        let each = words.pick(
            "у каждого в этой очереди не больше",
            "in this queue at most",
        );
        format!("{each} {most}")
    });
    let own = queue.distribution.limits.iter().map(|(agent, most)| {
        let here = words.pick("в этой очереди не больше", "in this queue at most");
        format!("{}: {here} {most}", name(config, agent))
    });
    let of_agents = queue.agents.iter().filter_map(|agent| {
        let most = config.policy.agents.get(agent)?.max_active?;
        let all = words.pick("во всех очередях не больше", "in all queues at most");
        Some(format!("{}: {all} {most}", name(config, agent)))
    });
    let limits: Vec<String> = of_queue.into_iter().chain(own).chain(of_agents).collect();
    if limits.is_empty() {
        return Vec::new();
    }
    let is_own = queue.distribution.method == Method::Own;
    let full = match queue.distribution.is_hard {
        true if is_own => words.pick(
            "больше не взять и не назначить, кроме как по слову руководителя",
            "no more can be taken or assigned, except by the head's word",
        ),
        false if is_own => words.pick("взять можно и больше", "more can be taken all the same"),
        true => words.pick(
            "если столько у всех, обращение ждёт места, срок идёт, руководителю (или всем) пишут",
            "where all have as many, a ticket waits for room, its time runs, and the head (or everybody) is told",
        ),
        false => words.pick(
            "если столько у всех, раздаётся дальше, писем об этом нет",
            "where all have as many, it goes on being shared out, and nobody is written to",
        ),
    };
    let said = words.pick("Активных обращений", "Active tickets");
    vec![format!("  {said}: {}; {full}", limits.join(", "))]
}

fn name(config: &Config, agent: &AgentName) -> String {
    let known = config.policy.agents.get(agent);
    known.map_or_else(|| agent.to_string(), |known| known.name.clone())
}

fn length(words: &Words, secs: u32) -> String {
    match (secs % 3600, secs / 60) {
        (0, minutes) => format!("{} {}", minutes / 60, words.pick("ч", "h")),
        (_, minutes) => format!("{minutes} {}", words.pick("мин", "min")),
    }
}
