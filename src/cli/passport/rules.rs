//! The rules in plain words: in their order, what each does, and whether those behind it are asked, too.

use super::super::words::{Words, line};
use crate::{
    config::Config,
    desk::rules::{Assignee, Condition, Rule},
    model::language::Language,
};

/// Says it; nothing where there is no rule.
#[must_use]
pub fn rules(config: &Config) -> Vec<String> {
    let rules = &config.policy.rules;
    if rules.is_empty() {
        return Vec::new();
    }
    let words = Words::of(config);
    let head = words.pick(
        "Правила для новых обращений, по порядку (действует первое подходящее):",
        "Rules for new requests, in order (the first that fits decides):",
    );
    let told = (1_u32..).zip(rules).map(|(number, rule)| {
        let mut parts = vec![when(rule, &words)];
        parts.extend(then(config, rule, &words));
        let go_on = words.pick(
            "дальше смотрятся следующие",
            "those behind it are asked, too",
        );
        parts.extend(rule.goes_on.then(|| go_on.to_owned()));
        format!("  {number}. «{}»: {}", line(&rule.name), parts.join("; "))
    });
    std::iter::once(head.to_owned()).chain(told).collect()
}

/// What it looks at.
fn when(rule: &Rule, words: &Words) -> String {
    let keys = |all: &[Condition]| {
        let keys: Vec<&str> = all.iter().map(Condition::key).collect();
        keys.join(", ")
    };
    let mut looks = match rule.when.is_empty() {
        true => words.pick("любое письмо", "any mail").to_owned(),
        false => format!("{} {}", words.pick("по", "by"), keys(&rule.when)),
    };
    if !rule.unless.is_empty() {
        let but = words.pick("кроме", "unless");
        looks = format!("{looks}, {but} {}", keys(&rule.unless));
    }
    looks
}

/// What follows.
fn then(config: &Config, rule: &Rule, words: &Words) -> Vec<String> {
    let then = &rule.then;
    let mut parts = Vec::new();
    if let Some(name) = &then.queue {
        let queue = config.policy.queues.get(name);
        let title = queue.map_or(name.as_str(), |queue| queue.title.as_str());
        parts.push(format!("{} «{title}»", words.pick("очередь", "queue")));
    }
    if let Some(class) = then.class {
        parts.push(format!(
            "{} {}",
            words.pick("класс", "class"),
            words.class(class)
        ));
    }
    if let Some(priority) = then.priority {
        let said = words.pick("приоритет", "priority");
        parts.push(format!("{said} {}", words.priority(priority)));
    }
    if let Some(assignee) = &then.assignee {
        let who = match assignee {
            Assignee::Agent(name) => {
                let agent = config.policy.agents.get(name);
                agent.map_or_else(|| name.to_string(), |agent| agent.name.clone())
            }
            Assignee::Field(title) => match words.language {
                Language::Ru => format!("кого называет поле «{title}»"),
                Language::En => format!("whom the field \"{title}\" names"),
            },
            Assignee::Curator => words
                .pick("куратор заявителя", "the requester's curator")
                .to_owned(),
        };
        parts.push(format!("{} {who}", words.pick("отвечает", "answered by")));
    }
    if !then.tags.is_empty() {
        let said = words.pick("метки", "tags");
        parts.push(format!("{said} {}", then.tags.join(", ")));
    }
    if let Some(text) = &then.acknowledgement {
        let said = words.pick("в подтверждении текст", "the acknowledgement says");
        parts.push(format!("{said} «{text}»"));
    }
    if then.is_nothing() {
        let nothing = words.pick(
            "ничего не меняется, следующие не смотрятся",
            "nothing changes, and those behind it are not asked",
        );
        parts.push(nothing.to_owned());
    }
    parts
}
