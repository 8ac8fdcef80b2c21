//! One decision in plain lines: what caused it, on which facts, how it ended and why, what happened, what was sent.

use std::{collections::BTreeMap, io::Write};

use super::{
    super::{
        visit::Visit,
        words::{line, person},
    },
    events, facts, named,
};
use crate::{
    desk::reason::Reason,
    model::ids::{AgentName, PersonId, QueueName},
    store::{
        history::{StoredDecision, StoredEvent},
        lookup::SentMail,
        people,
    },
};

/// Everything that decisions name, looked up.
pub(super) struct Explained<'v> {
    pub(super) here: &'v Visit,
    people: BTreeMap<PersonId, String>,
    sent: Vec<SentMail>,
}

impl<'v> Explained<'v> {
    /// Looks up everybody whom these decisions name.
    pub(super) async fn new(
        here: &'v Visit,
        sent: Vec<SentMail>,
        decisions: &[StoredDecision],
    ) -> anyhow::Result<Self> {
        let mut new = Self {
            here,
            people: BTreeMap::new(),
            sent,
        };
        let events = decisions.iter().flat_map(|decision| &decision.events);
        let named = events.flat_map(|event| {
            let data = events::parse(event);
            let people = data.as_ref().map(named::named).unwrap_or_default();
            people.into_iter().chain(actor(event))
        });
        new.meet(here, named).await?;
        Ok(new)
    }

    /// Looks up more people.
    pub(super) async fn meet(
        &mut self,
        here: &Visit,
        people: impl Iterator<Item = PersonId>,
    ) -> anyhow::Result<()> {
        let mut ids: Vec<PersonId> = people.collect();
        ids.sort_unstable();
        ids.dedup();
        for (id, known) in people::named(&here.db, &ids).await? {
            // Of whoever is erased the number is all there is.
            if !known.is_erased() {
                self.people.insert(id, person(&known));
            }
        }
        Ok(())
    }

    /// A person; the number alone of one who was erased.
    pub(super) fn person(&self, id: PersonId) -> String {
        self.people
            .get(&id)
            .cloned()
            .unwrap_or_else(|| format!("person:{id}"))
    }

    pub(super) fn people(&self, ids: &[PersonId]) -> String {
        let named: Vec<String> = ids.iter().map(|id| self.person(*id)).collect();
        named.join(", ")
    }

    /// An agent's name as people know it.
    pub(super) fn agent(&self, name: &AgentName) -> String {
        let agents = &self.here.config.policy.agents;
        agents
            .get(name)
            .map_or_else(|| name.to_string(), |agent| agent.name.clone())
    }

    /// An agent, or nobody in particular who writes from the shared mailbox.
    pub(super) fn somebody(&self, name: Option<&AgentName>) -> String {
        let shared = || {
            self.here
                .words
                .pick("общий ящик", "shared mailbox")
                .to_owned()
        };
        name.map_or_else(shared, |name| self.agent(name))
    }

    /// A queue's title.
    pub(super) fn queue(&self, name: &QueueName) -> String {
        let queues = &self.here.config.policy.queues;
        queues
            .get(name)
            .map_or_else(|| name.to_string(), |queue| queue.title.clone())
    }

    /// Writes one decision.
    pub(super) fn write(
        &self,
        decision: &StoredDecision,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let words = &self.here.words;
        writeln!(
            out,
            "{} {}, {}: {}",
            words.pick("Решение", "Decision"),
            decision.id,
            words.time(decision.now),
            self.cause(decision)
        )?;
        let facts = facts::in_words(&decision.facts, words);
        if !facts.is_empty() {
            writeln!(out, "  {}:", words.pick("Факты", "Facts"))?;
        }
        for fact in facts {
            writeln!(out, "    {fact}")?;
        }
        if let Some(who) = decision.events.iter().find_map(|event| self.who(event)) {
            writeln!(out, "  {}: {who}", words.pick("Кто", "Who"))?;
        }
        writeln!(
            out,
            "  {}: {}",
            words.pick("Итог", "Outcome"),
            Reason::words_of(&decision.reason, words.language)
        )?;
        for event in &decision.events {
            self.write_event(event, &decision.reason, out)?;
        }
        for mail in self.sent.iter().filter(|mail| mail.decision == decision.id) {
            self.write_mail(mail, out)?;
        }
        Ok(())
    }

    fn cause(&self, decision: &StoredDecision) -> String {
        let words = &self.here.words;
        match decision.cause_kind.as_str() {
            "mail" => format!(
                "{} mail:{}",
                words.pick("письмо", "mail"),
                decision.cause_id
            ),
            "timer" => words.pick("наступил срок", "time was up").to_owned(),
            "failure" => words
                .pick(
                    "почтовый сервер отказал окончательно",
                    "a mail server refused for good",
                )
                .to_owned(),
            "condition" => words
                .pick(
                    "okno заметил неполадку или её конец",
                    "okno noticed trouble, or its end",
                )
                .to_owned(),
            "order" => words
                .pick("распоряжение исполнено", "an order was carried out")
                .to_owned(),
            "operator" => words
                .pick("команда администратора", "a command of the administrator")
                .to_owned(),
            other => format!("{other} {}", decision.cause_id),
        }
    }

    /// Who acted, where somebody besides okno did.
    fn who(&self, event: &StoredEvent) -> Option<String> {
        let words = &self.here.words;
        let id = match event.actor.as_str() {
            "okno" => return None,
            "operator" => return Some(words.pick("администратор", "the administrator").to_owned()),
            _ => actor(event)?,
        };
        let (ru, en) = match event.role.as_str() {
            "requester" => ("заявитель", "requester"),
            "collaborator" => ("участник обращения", "collaborator"),
            "agent" => ("сотрудник", "agent"),
            "head" => ("руководитель", "head"),
            "stranger" => ("посторонний", "stranger"),
            "machine" => ("автомат", "machine"),
            other => (other, other),
        };
        let role = words.pick(ru, en);
        let (ru, en) = match event.trust.as_str() {
            "suspicious" => (
                "с адресом отправителя что-то не так",
                "something is wrong with the sender's address",
            ),
            "claimed" => (
                "так сказано в From, больше ничем не подтверждено",
                "so says From, and nothing else",
            ),
            "token" => (
                "отвечает на наше письмо этому адресату",
                "answers a mail that only this person got",
            ),
            "proven" => ("подлинность доказана", "proven"),
            other => (other, other),
        };
        Some(format!(
            "{}, {role}; {}",
            self.person(id),
            words.pick(ru, en)
        ))
    }

    fn write_event(
        &self,
        event: &StoredEvent,
        headline: &str,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let words = &self.here.words;
        let what = match events::parse(event) {
            Some(data) => events::in_words(&data, event.words.as_deref(), self),
            None => format!("{} {}", event.kind, line(&event.data)),
        };
        write!(out, "  - {what}")?;
        // That a notice is a notice needs no words.
        let is_plain = [Reason::Notice.code(), Reason::Answer.code(), headline]
            .contains(&event.reason.as_str());
        if !is_plain {
            write!(out, ". {}", Reason::words_of(&event.reason, words.language))?;
        }
        writeln!(out)?;
        Ok(())
    }

    fn write_mail(&self, mail: &SentMail, out: &mut dyn Write) -> anyhow::Result<()> {
        let words = &self.here.words;
        let at = mail
            .done_at
            .map(|at| format!(" {}", words.time(at)))
            .unwrap_or_default();
        let reply = mail
            .reply
            .as_deref()
            .map(line)
            .filter(|reply| !reply.is_empty())
            .map(|reply| format!(" ({reply})"))
            .unwrap_or_default();
        writeln!(
            out,
            "  → {} {}: {}{at}{reply}",
            line(&mail.recipient),
            words.template(&mail.template),
            words.delivery(&mail.state)
        )?;
        Ok(())
    }
}

fn actor(event: &StoredEvent) -> Option<PersonId> {
    let id = event.actor.strip_prefix("person:")?;
    id.parse().ok().map(PersonId)
}
