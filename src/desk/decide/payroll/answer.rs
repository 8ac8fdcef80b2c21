//! A head answers a draft: approves it, or says how a request counts. What accountants answer: [`accountant`]; what others do:
//! [`foreign`].

use std::borrow::Cow;

use super::{
    accountant,
    corrections::{NotDone, plain},
    facts, foreign, gone, happened,
    letters::{Month, send_head},
    proof::{self, By},
    resend::again,
};
use crate::desk::{
    arrival::Arrival,
    decide::machine,
    draft::Draft,
    identity,
    payroll::{
        MonthState, Noted, Ordered, codes_of, list_named, list_of, orders_in, pressed,
        queue_of_list,
    },
    policy::PayrollPolicy,
    reason::Reason,
    token::PayrollMark,
};
use crate::model::{
    event::{Role, Trust},
    ids::{AgentName, PayrollName},
    outgoing::{PayrollLetter, PayrollNotDone},
    payroll::{NotTaken, PayrollEvent, PayrollFact},
};

/// Whether this is such an answer, and then all that follows.
pub(in crate::desk::decide) fn was_answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    let Some((mark, behind)) = arrival.payroll_letter(draft.given) else {
        return foreign::was_answered(draft, arrival);
    };
    let state = draft.world.payroll(&mark.list, &mark.period);
    let Some(list) = list_meant(draft, &mark.list, &state) else {
        return queue_of_list(&mark.list).is_none() && gone::was_told(draft, arrival, &mark);
    };
    let month = Month {
        name: &mark.list,
        list: &list,
        period: &mark.period,
    };
    let words = arrival.payroll_words(behind);
    if mark.draft == 0 {
        return accountant::has_said(draft, arrival, month, &words);
    }
    let author = arrival.author().map(|(address, _)| address);
    let agent = author.and_then(|author| draft.given.policy.agent_of(&author).cloned());
    let Some(agent) = agent else {
        return foreign::has_said(draft, arrival, (month, &mark), None);
    };
    let Some(speaker) = identity::recognise(arrival, None, draft) else {
        return false;
    };
    draft.voice.role = Role::Head;
    let by = By {
        month,
        mark: &mark,
        agent: &agent,
        pressed: pressed(behind),
    };
    match mark.confirms {
        _ if speaker.trust == Trust::Suspicious => {
            machine::put_aside(draft, arrival, Reason::NotTrusted);
        }
        Some(raw) => proof::answered(draft, arrival, by, (raw, &words)),
        None if proof::is_proven(arrival, &speaker)
            || proof::orders_nothing(draft, arrival, &words) =>
        {
            if proof::orders_nothing(draft, arrival, &words)
                && !proof::may_be_told(draft, by, (NotTaken::Unclear, i64::from(mark.draft)))
            {
                machine::put_aside(draft, arrival, Reason::PayrollUnclear);
                return true;
            }
            machine::put_aside(draft, arrival, Reason::PayrollAnswered);
            carry_out(draft, arrival, by, &words);
        }
        None => proof::ask(draft, arrival, by, &words),
    }
    true
}

/// A mail that a head has confirmed, decided on once more: what it leads to happens now.
pub(in crate::desk::decide) fn take_again(draft: &mut Draft<'_>, arrival: &Arrival) {
    draft.decision.reason = Reason::TakenAgain;
    draft.voice.at = draft.given.now;
    let Some((mark, behind)) = arrival.payroll_letter(draft.given) else {
        return;
    };
    let author = arrival.author().map(|(address, _)| address);
    let policy = draft.given.policy;
    let agent = author.and_then(|author| policy.agent_of(&author).cloned());
    let state = draft.world.payroll(&mark.list, &mark.period);
    let list = list_meant(draft, &mark.list, &state);
    let (Some(agent), Some(list)) = (agent, list) else {
        return;
    };
    if identity::recognise(arrival, None, draft).is_none() {
        return;
    }
    draft.voice.role = Role::Head;
    let month = Month {
        name: &mark.list,
        list: &list,
        period: &mark.period,
    };
    let by = By {
        month,
        mark: &mark,
        agent: &agent,
        pressed: pressed(behind),
    };
    let words = arrival.payroll_words(behind);
    carry_out(draft, arrival, by, &words);
}

/// The list of that name. Whoever stands in for the head of a queue without one says why its figures are what they are.
pub(super) fn list_meant<'p>(
    draft: &Draft<'p>,
    name: &PayrollName,
    state: &MonthState,
) -> Option<Cow<'p, PayrollPolicy>> {
    let policy = draft.given.policy;
    let Some(queue) = queue_of_list(name) else {
        return list_of(policy, name, state);
    };
    let mut list = list_named(policy, name)?;
    list.to_mut().deputy = draft.stand_in(policy.queues.get(&queue)?);
    Some(list)
}

fn carry_out(draft: &mut Draft<'_>, arrival: &Arrival, by: By<'_>, words: &str) {
    let By {
        month, mark, agent, ..
    } = by;
    let tables = facts::tables(arrival);
    let mut answer = Answer {
        month,
        mark,
        state: draft.world.payroll(&mark.list, &mark.period),
        agent: agent.clone(),
        pressed: by.pressed.map(str::to_owned),
        has_table: !tables.is_empty(),
        letter: PayrollLetter {
            what: "answer".to_owned(),
            ..PayrollLetter::default()
        },
    };
    // Nobody can say which of several is meant.
    if tables.len() > 1 && !month.is_of_queue() {
        answer.refuse(tables.join(", "), plain("two_tables"));
    } else if answer.has_table && !month.is_of_queue() {
        let queues = answer.queues(draft.given.policy).into_iter();
        facts::in_answer(draft, arrival, by, (queues.collect(), words));
        if proof::orders_none(draft, words) {
            return;
        }
    }
    let time = format!("mail:{}", arrival.raw);
    if tables.len() <= 1 || !proof::orders_none(draft, words) {
        answer.carry_out(draft, words, &time);
    }
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
}

/// What becomes of an answer.
pub(super) struct Answer<'m> {
    pub(super) month: Month<'m>,
    pub(super) mark: &'m PayrollMark,
    pub(super) state: MonthState,
    pub(super) agent: AgentName,
    /// The word of the button, where one was pressed.
    pressed: Option<String>,
    /// A file of figures comes with it: what was drafted is not what will be.
    has_table: bool,
    pub(super) letter: PayrollLetter,
}

impl Answer<'_> {
    /// `time` tells this answer from others.
    fn carry_out(&mut self, draft: &mut Draft<'_>, words: &str, time: &str) {
        let orders = orders_in(words, draft.given.key);
        if orders.is_empty() {
            let first = words.lines().map(str::trim).find(|line| !line.is_empty());
            let why = match (&self.pressed, first) {
                (Some(_), Some(_)) => "pressed",
                _ => "unclear",
            };
            self.refuse(first.unwrap_or_default().to_owned(), plain(why));
        }
        let is_correction =
            |order: &Result<Ordered, _>| matches!(order, Ok(Ordered::Correct { .. }) | Err(_));
        let corrects = orders.iter().any(|(_, order)| is_correction(order));
        for (written, order) in orders {
            let is_reason = matches!(order, Ok(Ordered::Explain { .. }) | Err(_));
            let done = match order {
                Ok(_) if self.month.is_of_queue() && !is_reason => Err(plain("only_reasons")),
                Ok(Ordered::Approve(_)) if corrects => Err(plain("with_corrections")),
                Ok(Ordered::Approve(_)) if self.has_table => Err(plain("with_facts")),
                Ok(Ordered::Approve(which)) => self
                    .approve(draft, &which)
                    .map(|()| Vec::new())
                    .map_err(plain),
                // Said twice it is sent once.
                Ok(Ordered::Resend) if self.letter.is_resent => Ok(Vec::new()),
                Ok(Ordered::Resend) => self.resend(draft, time).map(|()| Vec::new()).map_err(plain),
                Ok(Ordered::Explain { figure, why }) => self
                    .explain(draft, figure, &why)
                    .map(|()| Vec::new())
                    .map_err(plain),
                Ok(Ordered::Correct { ticket, how, why }) => {
                    self.correct(draft, ticket, (how, why))
                }
                Err(unclear) => Err(plain(unclear)),
            };
            match done {
                Ok(elsewhere) if elsewhere.is_empty() => self.letter.done.push(written),
                Ok(elsewhere) => {
                    self.letter.done.push(written.clone());
                    let why = String::new();
                    let partly = PayrollNotDone {
                        written,
                        why,
                        elsewhere,
                    };
                    self.letter.partly.push(partly);
                }
                Err(why) => self.refuse(written, why),
            }
        }
        self.letter.is_explained &= !corrects;
    }

    fn refuse(&mut self, written: String, (why, elsewhere): NotDone) {
        let why = why.to_owned();
        let not_done = PayrollNotDone {
            written,
            why,
            elsewhere,
        };
        self.letter.not_done.push(not_done);
    }

    /// The accountants get it, and nobody else: there are figures of other heads' people in it.
    fn resend(&mut self, draft: &mut Draft<'_>, time: &str) -> Result<(), &'static str> {
        if let Some(why) = self.not_theirs(draft.given.policy) {
            return Err(why);
        }
        if !again(draft, self.month, (&self.month.list.to, time)) {
            return Err("not_sent");
        }
        self.letter.is_resent = true;
        Ok(())
    }

    /// It stands in the heads' letters, and on the director's page.
    fn explain(
        &mut self,
        draft: &mut Draft<'_>,
        figure: String,
        why: &str,
    ) -> Result<(), &'static str> {
        if let Some(why) = self.not_theirs(draft.given.policy) {
            return Err(why);
        }
        let codes = codes_of(self.month.list);
        if !codes.contains(&figure) {
            self.letter.codes = codes;
            return Err("no_code");
        }
        let by = self.agent.clone();
        let fact = PayrollFact::Explained { by, figure };
        let known = (Reason::PayrollExplained, Some(why));
        happened(draft, self.month, fact, known);
        self.letter.is_explained = true;
        Ok(())
    }

    pub(super) fn happened(&mut self, draft: &mut Draft<'_>, fact: PayrollFact, reason: Reason) {
        self.happened_privately(draft, fact, (reason, None));
    }

    /// The same with words that are somebody's.
    pub(super) fn happened_privately(
        &mut self,
        draft: &mut Draft<'_>,
        fact: PayrollFact,
        (reason, words): (Reason, Option<&str>),
    ) {
        let event = PayrollEvent {
            list: self.month.name.clone(),
            period: self.month.period.to_owned(),
            fact: fact.clone(),
        };
        self.state
            .note(&event, words, Noted::just_now(draft.voice.at));
        happened(draft, self.month, fact, (reason, words));
    }
}
