//! A head answers a draft: approves it, or says how a request counts. What accountants answer: [`accountant`].

use super::{
    accountant, happened,
    letters::{Month, send_head},
    resend::again,
};
use crate::desk::{
    arrival::Arrival,
    decide::{
        agent::{class_named, colleague},
        machine,
    },
    draft::Draft,
    identity,
    payroll::{Asked, MonthState, Ordered, orders_in},
    policy::PayrollPolicy,
    reason::Reason,
    token::PayrollMark,
};
use crate::model::{
    event::{EventData, Private, Role, Trust},
    ids::{AgentName, QueueName, TicketNumber},
    outgoing::{PayrollLetter, PayrollNotDone},
    payroll::{Correction, DraftPart, PayrollEvent, PayrollFact},
};

/// Whether this is such an answer, and then all that follows.
pub(in crate::desk::decide) fn was_answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    let Some((mark, behind)) = arrival.payroll_letter(draft.given) else {
        return false;
    };
    let Some(list) = draft.given.policy.payrolls.get(&mark.list) else {
        return false;
    };
    let month = Month {
        name: &mark.list,
        list,
        period: &mark.period,
    };
    let words = arrival.payroll_words(behind);
    if mark.draft == 0 {
        return accountant::has_said(draft, arrival, month, &words);
    }
    let author = arrival.author().map(|(address, _)| address);
    let agent = author.and_then(|author| draft.given.policy.agent_of(&author).cloned());
    let Some(agent) = agent else {
        return false;
    };
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return false;
    };
    // The code was sent to this head alone.
    let trust = match speaker.trust {
        Trust::Claimed => Trust::Token,
        trust @ (Trust::Suspicious | Trust::Token | Trust::Proven) => trust,
    };
    (draft.voice.role, draft.voice.trust) = (Role::Head, trust);
    if trust < Trust::Token {
        machine::put_aside(draft, arrival, Reason::NotTrusted);
        return true;
    }
    machine::put_aside(draft, arrival, Reason::PayrollAnswered);
    let mut answer = Answer {
        month,
        mark: &mark,
        state: draft.world.payroll(&mark.list, &mark.period),
        agent,
        letter: PayrollLetter {
            what: "answer".to_owned(),
            ..PayrollLetter::default()
        },
    };
    let time = format!("mail:{}", arrival.raw);
    answer.carry_out(draft, &words, &time);
    let Answer {
        agent,
        mut letter,
        state,
        ..
    } = answer;
    let waits_for = state.waits_for();
    letter.waits_for = waits_for.iter().map(|one| draft.agent_name(one)).collect();
    letter.is_closed = state.frozen.is_some();
    let key = format!("answer:{}", arrival.raw);
    send_head(draft, (month, mark.draft), (&agent, &key), (letter, &[]));
    true
}

struct Answer<'m> {
    month: Month<'m>,
    mark: &'m PayrollMark,
    state: MonthState,
    agent: AgentName,
    letter: PayrollLetter,
}

impl Answer<'_> {
    /// `time` tells this answer from others.
    fn carry_out(&mut self, draft: &mut Draft<'_>, words: &str, time: &str) {
        let orders = orders_in(words, draft.given.key);
        if orders.is_empty() {
            let first = words.lines().map(str::trim).find(|line| !line.is_empty());
            self.refuse(first.unwrap_or_default().to_owned(), "unclear");
        }
        let is_correction =
            |order: &Result<Ordered, _>| !matches!(order, Ok(Ordered::Approve | Ordered::Resend));
        let corrects = orders.iter().any(|(_, order)| is_correction(order));
        for (written, order) in orders {
            let done = match order {
                Ok(Ordered::Approve) if corrects => Err("with_corrections"),
                Ok(Ordered::Approve) => self.approve(draft),
                Ok(Ordered::Resend) => self.resend(draft, time),
                Ok(Ordered::Correct { ticket, how, why }) => {
                    self.correct(draft, ticket, (how, why))
                }
                Err(unclear) => Err(unclear),
            };
            match done {
                Ok(()) => self.letter.done.push(written),
                Err(why) => self.refuse(written, why),
            }
        }
    }

    fn refuse(&mut self, written: String, why: &str) {
        let why = why.to_owned();
        self.letter.not_done.push(PayrollNotDone { written, why });
    }

    /// The accountants get it, and nobody else: there are figures of other heads' people in it.
    fn resend(&mut self, draft: &mut Draft<'_>, time: &str) -> Result<(), &'static str> {
        if self.parts().is_empty() {
            return Err("not_yours");
        }
        if !again(draft, self.month, (&self.month.list.to, time)) {
            return Err("not_sent");
        }
        self.letter.is_resent = true;
        Ok(())
    }

    /// The parts that this agent decides on.
    fn parts(&self) -> Vec<DraftPart> {
        let drafted = self.state.drafted.iter();
        let parts = drafted.flat_map(|drafted| &drafted.draft.parts);
        let is_own = |part: &&DraftPart| decides(self.month.list, &self.agent, &part.approver);
        parts.filter(is_own).cloned().collect()
    }

    fn approve(&mut self, draft: &mut Draft<'_>) -> Result<(), &'static str> {
        let parts = self.parts();
        let drafted = self.state.drafted.as_ref().ok_or("outdated")?;
        let is_at_terminal = draft.world.is_closed(self.month.period);
        if self.state.frozen.is_some() || is_at_terminal {
            return Err("closed");
        }
        if !drafted.draft.nameless.is_empty() {
            return Err("nameless");
        }
        // What they have read is what they approve.
        let is_as_read = |part: &DraftPart| {
            let key = (self.mark.draft, part.approver.clone());
            self.state.shown.get(&key) == Some(&part.sha256)
        };
        // Another month was closed meanwhile, with what this draft carries.
        let told = draft.world.payroll_told(self.month.name, self.month.period);
        let is_overtaken = drafted.draft.since != told;
        if self.state.is_corrected || is_overtaken || !parts.iter().all(is_as_read) {
            return Err("outdated");
        }
        if parts.is_empty() {
            return Err("not_yours");
        }
        let number = drafted.draft.number;
        for part in parts {
            let fact = PayrollFact::Approved {
                draft: number,
                approver: part.approver,
                by: self.agent.clone(),
                sha256: part.sha256,
            };
            self.happened(draft, fact, Reason::PayrollApproved);
        }
        self.letter.is_approved = true;
        if self.state.waits_for().is_empty() {
            let fact = PayrollFact::Frozen {
                draft: number,
                version: 1,
            };
            self.happened(draft, fact, Reason::PayrollClosed);
        }
        Ok(())
    }

    fn happened(&mut self, draft: &mut Draft<'_>, fact: PayrollFact, reason: Reason) {
        let event = PayrollEvent {
            list: self.month.name.clone(),
            period: self.month.period.to_owned(),
            fact: fact.clone(),
        };
        self.state.note(&event, None, draft.voice.at);
        happened(draft, self.month, fact, (reason, None));
    }

    fn correct(
        &mut self,
        draft: &mut Draft<'_>,
        number: TicketNumber,
        (asked, why): (Asked, String),
    ) -> Result<(), &'static str> {
        let queues: Vec<QueueName> = self
            .parts()
            .into_iter()
            .flat_map(|one| one.queues)
            .collect();
        let mut ticket = draft.ticket(number).ok_or("no_ticket")?;
        let queue = ticket.snapshot().queue.clone();
        if !queues.contains(&queue) {
            return Err("not_yours");
        }
        let how = match asked {
            Asked::Exclude => Correction::Exclude,
            Asked::Excuse => Correction::Excuse,
            Asked::Restore => Correction::Restore,
            Asked::Class(word) => Correction::Class {
                class: class_named(&word).ok_or("no_class")?,
            },
            Asked::Attribute(word) => {
                let team = ticket.given.policy.queues.get(&queue);
                let team = team.map(|queue| queue.agents.clone()).unwrap_or_default();
                let agent = colleague(&ticket, &team, &word).ok().ok_or("no_agent")?;
                Correction::Attribute { agent }
            }
        };
        let data = EventData::FiguresCorrected {
            list: self.month.name.clone(),
            period: self.month.period.to_owned(),
            how,
        };
        let words = Private {
            person: None,
            text: why,
        };
        ticket.happened_privately(data, Reason::PayrollCorrected, Some(words));
        self.state.is_corrected = true;
        Ok(())
    }
}

/// Whether an agent decides on that head's part.
fn decides(list: &PayrollPolicy, agent: &AgentName, approver: &AgentName) -> bool {
    agent == approver || list.deputy.as_ref() == Some(agent)
}
