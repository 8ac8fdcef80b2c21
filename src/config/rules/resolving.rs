//! Rules put together with the rest of the file: names point at something, and every rule can do what it says.

use std::collections::BTreeMap;

use super::{Rule as Written, titles::Titles};
use crate::{
    config::{
        problems::{At, Notes, Spot},
        written::File,
    },
    desk::{
        policy::{Mode, Policy, QueuePolicy},
        rules::{Actions, Assignee, Condition, Rule, contradiction, folded_title, hidden_by},
    },
    model::{
        event::Trust,
        ids::{AgentName, MailboxName, QueueName},
    },
};

/// What rules may name.
#[derive(Clone, Copy)]
struct Known<'k> {
    file: &'k File,
    policy: &'k Policy,
}

/// The rules, as far as they are sound. `policy` is all the rest.
pub(in crate::config) fn resolve(file: &File, policy: &Policy, notes: &mut Notes) -> Vec<Rule> {
    let known = Known { file, policy };
    let mut rules: Vec<Rule> = Vec::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for written in &file.rules {
        let Some(name) = &written.name else { continue };
        if let Some(line) = lines.insert(name.value.clone(), written.spot.line) {
            let words = format!("the rule of line {line} has this name already; write another one");
            notes.problem(&name.spot, words);
        }
        for condition in written.when.iter().chain(&written.unless) {
            known.condition(condition, notes);
        }
        let titles = Titles::of(file);
        let mut titled = |all: &[At<Condition>]| {
            let all = all.iter().map(|at| titles.in_condition(at, notes));
            all.collect()
        };
        let (when, unless) = (titled(&written.when), titled(&written.unless));
        let rule = Rule {
            name: name.value.clone(),
            when,
            unless,
            then: known.actions(written, notes),
            goes_on: written.stop.as_ref().is_some_and(|stop| !stop.value),
        };
        if rule.then.is_nothing() && rule.goes_on {
            let words = "the rule does nothing: write what follows (queue, class, priority, assignee, tags, \
                         acknowledgement), or leave stop = false out to keep mail from the rules behind it";
            notes.problem(&written.spot, words);
        }
        if let Some((one, other)) = contradiction(&rule) {
            let words = format!("this can never hold: `{one}` and `{other}` exclude each other");
            notes.problem(&written.spot, words);
        }
        if let Some(earlier) = hidden_by(&rules, &rule) {
            let line = lines.get(&earlier.name).copied().unwrap_or_default();
            let words = format!(
                "rule \"{}\" is never reached: rule \"{}\" of line {line} takes all its mail; move it up, or write stop = \
                 false there",
                rule.name, earlier.name
            );
            notes.warning(&written.spot, words);
        }
        rules.push(rule);
    }
    rules
}

impl Known<'_> {
    fn condition(&self, At { value, spot }: &At<Condition>, notes: &mut Notes) {
        match value {
            Condition::Mailbox(names) => {
                let known = self.file.mailboxes.keys().map(String::as_str);
                for name in names.iter().filter(|name| !self.file.mailboxes.contains_key(name.as_str())) {
                    notes.unknown(spot, "mailbox", name.as_str(), known.clone());
                }
            }
            Condition::To(addresses) => {
                let mut strange = addresses
                    .iter()
                    .filter(|address| self.policy.mailbox_of(address).is_none());
                if let Some(address) = strange.next() {
                    let words = format!(
                        "{address} is no address, alias or former address of a mailbox; for other people's write \
                         `recipient`"
                    );
                    notes.problem(spot, words);
                }
            }
            Condition::Department(_) | Condition::Kind(_) | Condition::Listed(_) => {
                self.needs_directory(spot, notes);
            }
            Condition::Trust(Trust::Proven) if !self.policy.trust.can_prove() => notes.warning(
                spot,
                "nothing can be proven here: no server is named in [trust], so the rule never holds",
            ),
            Condition::Recipient(_)
            | Condition::From(_)
            | Condition::Says { .. }
            | Condition::Matches { .. }
            | Condition::File(_)
            | Condition::Language(_)
            | Condition::Open(_)
            | Condition::Weekday(_)
            | Condition::Clock { .. }
            | Condition::Trust(_) => {}
        }
    }

    fn needs_directory(&self, spot: &Spot, notes: &mut Notes) {
        if self.file.directory.is_none() {
            let words = "there is no people directory to know it by; write [directory] with file = \"people.csv\"";
            notes.problem(spot, words);
        }
    }

    fn actions(&self, written: &Written, notes: &mut Notes) -> Actions {
        let queue = written.queue.as_ref();
        let queue = queue.and_then(|queue| self.queue(written, queue, notes));
        let assignee = written.assignee.as_ref();
        let assignee = assignee.and_then(|at| self.assignee(at, queue.as_ref(), notes));
        let words = written.acknowledgement.as_ref();
        if let Some(at) = words
            && self.file.answers.is_none()
            && self.file.knowledge.is_none()
        {
            let words = "there are no canned answers; write answers = \"…\" with their folder";
            notes.problem(&at.spot, words);
        }
        Actions {
            queue,
            class: written.class,
            priority: written.priority,
            assignee,
            tags: written.tags.clone(),
            acknowledgement: words.map(|at| at.value.clone()),
        }
    }

    fn queue(&self, rule: &Written, at: &At<String>, notes: &mut Notes) -> Option<QueueName> {
        let name = QueueName::from(at.value.as_str());
        let known = self.file.queues.keys().map(String::as_str);
        if !self.file.queues.contains_key(&at.value) {
            notes.unknown(&at.spot, "queue", &at.value, known);
            return None;
        }
        let queue = self.policy.queues.get(&name)?;
        self.modes_agree((rule, queue), &at.spot, notes);
        Some(name)
    }

    fn modes_agree(&self, (rule, queue): (&Written, &QueuePolicy), spot: &Spot, notes: &mut Notes) {
        let only = rule.when.iter().find_map(|at| at.value.mailboxes());
        let is_taken = |name: &MailboxName| only.is_none_or(|names| names.contains(name));
        if let Some((name, more, less)) = self.policy.allows_more(queue, is_taken) {
            let words = format!(
                "mailbox \"{name}\" is in mode \"{}\", but the rule may send its mail to a queue that answers from \
                 \"{}\", which is in mode \"{}\" only; give them one mode, or name the mailboxes in `when`",
                more.code(),
                queue.mailbox,
                less.map_or("", Mode::code)
            );
            notes.problem(spot, words);
        }
    }

    /// `anna`, `field:Исполнитель`, `curator`.
    fn assignee(
        &self,
        At { value, spot }: &At<String>,
        queue: Option<&QueueName>,
        notes: &mut Notes,
    ) -> Option<Assignee> {
        if value == "curator" && !self.file.agents.contains_key(value) {
            self.needs_directory(spot, notes);
            return Some(Assignee::Curator);
        }
        if let Some(title) = value.strip_prefix("field:") {
            if folded_title(title).is_empty() {
                notes.problem(
                    spot,
                    "the title of the form's field is missing: \"field:Исполнитель\"",
                );
                return None;
            }
            let title = Titles::of(self.file).known(title, spot, notes)?;
            return Some(Assignee::Field(title));
        }
        if !self.file.agents.contains_key(value) {
            let known = self.file.agents.keys().map(String::as_str);
            notes.unknown(spot, "agent", value, known);
            return None;
        }
        let agent = AgentName::from(value.as_str());
        let queues = &self.policy.queues;
        let serves = |queue: &QueuePolicy| queue.agents.contains(&agent);
        match queue.and_then(|queue| Some((queue, queues.get(queue)?))) {
            Some((name, queue)) if !serves(queue) => {
                let words = format!("agent \"{value}\" does not serve queue \"{name}\"");
                notes.problem(spot, words);
            }
            None if !queues.values().any(serves) => {
                notes.problem(spot, format!("agent \"{value}\" serves no queue"));
            }
            Some(_) | None => {}
        }
        Some(Assignee::Agent(agent))
    }
}
