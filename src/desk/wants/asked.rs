//! What a mail asks for, as far as facts must be there for it.

use super::Wants;
use crate::{
    desk::{
        arrival::Arrival,
        cause::Operation,
        command::{Command, Wish, read_agent_mail, read_wish},
        decision::Given,
        origin,
        own_words::{OwnWords, own_words},
        payroll::{Ordered, PayrollStep, orders_in},
        review::ReviewStep,
        worklist,
    },
    model::{
        address::Address,
        alarm::{Condition, QUARANTINE},
        ids::{AgentName, PayrollName},
        outgoing::ReportCounted,
    },
};

impl Wants {
    /// What an alarm lists.
    pub(super) fn add_condition(&mut self, condition: &Condition) {
        self.quarantine |= condition.alarm == QUARANTINE && !condition.is_over;
        let listed = condition.figures.iter();
        self.tickets.extend(listed.flat_map(|one| &one.tickets));
    }

    /// Whoever is answered.
    pub(super) fn add_address(&mut self, address: &Address) {
        self.addresses.insert(address.clone());
    }

    /// Whoever asked for figures.
    pub(super) fn add_reader(&mut self, counted: &ReportCounted) {
        self.addresses.insert(counted.asked.reader.clone());
    }

    /// Whose request an agent may bring.
    pub(super) fn add_origins(&mut self, arrival: &Arrival) {
        for named in origin::looked_for(arrival) {
            match origin::written_address(&named) {
                Some(address) => self.addresses.extend(address.ok()),
                None => self.names.extend(named.name),
            }
        }
    }

    /// How payroll months stand, and to whom a file goes.
    pub(super) fn add_payroll_step(&mut self, step: &PayrollStep, given: &Given<'_>) {
        let (list, _) = step.of();
        self.add_payroll_list(&list, given);
    }

    /// An order about what is closed; the other orders say all themselves.
    pub(super) fn add_closing(&mut self, operation: &Operation, given: &Given<'_>) {
        if matches!(operation, Operation::ClosePeriod { .. }) {
            (self.periods, self.payrolls) = (true, true);
        }
        if let Operation::ResendFile { list, .. } | Operation::ApproveMonth { list, .. } = operation
        {
            self.add_payroll_list(list, given);
        }
    }

    /// How payroll months stand, and to whom a list's file goes.
    pub(super) fn add_payroll_list(&mut self, list: &PayrollName, given: &Given<'_>) {
        (self.payrolls, self.periods) = (true, true);
        let list = given.policy.payrolls.get(list);
        self.addresses
            .extend(list.into_iter().flat_map(|list| list.to.clone()));
    }

    /// Which regular letters were written, the tickets that this one lists, and who reads it.
    pub(super) fn add_review(&mut self, step: &ReviewStep, given: &Given<'_>) {
        self.reviews = true;
        match step {
            ReviewStep::Weekly { standing, .. } => {
                let lists = [&standing.overdue, &standing.due, &standing.long];
                let listed = lists.into_iter().flat_map(|list| &list.numbers);
                self.tickets.extend(listed);
            }
            ReviewStep::Monthly { .. } => self.payrolls = true,
            ReviewStep::Rules { .. } => {
                self.addresses.insert(given.policy.administrator.clone());
            }
            ReviewStep::Director { .. } => {
                self.payrolls = true;
                let review = given.policy.director_review.iter();
                self.addresses
                    .extend(review.flat_map(|review| review.to.clone()));
            }
        }
    }

    /// What an answer to a payroll letter is about.
    pub(super) fn add_payroll(&mut self, arrival: &Arrival, given: &Given<'_>) {
        let says_numbers = arrival.numbers_said().is_some();
        self.payrolls |= arrival.asks_for_file().is_some() || says_numbers;
        let author = arrival.author().map(|(address, _)| address);
        if says_numbers && author.as_ref() == Some(&given.policy.administrator) {
            // Whose a number is already everybody has to be asked.
            self.numbers = true;
            self.roster.get_or_insert_default();
        }
        let Some((mark, behind)) = arrival.payroll_letter(given) else {
            if let Some((mark, _)) = arrival.anothers_payroll_letter(given) {
                self.add_payroll_list(&mark.list, given);
            }
            return;
        };
        self.add_payroll_list(&mark.list, given);
        for (_, order) in orders_in(&arrival.payroll_words(behind), given.key) {
            if let Ok(Ordered::Correct { ticket, .. }) = order {
                // In whose queues it counts, its history says.
                self.chronicles = true;
                self.tickets.insert(ticket);
            }
        }
    }
}

/// What an agent's mail asks for, and whose it is; nothing where it is nobody's of the staff.
pub(super) fn commands_of<'g>(
    arrival: &Arrival,
    given: &Given<'g>,
) -> Option<(&'g AgentName, Vec<Command>)> {
    let (author, _) = arrival.author()?;
    let agent = given.policy.agent_of(&author)?;
    match own_words(arrival) {
        OwnWords::Clear(words) => {
            let mut commands = read_agent_mail(&words).commands;
            if arrival.work_list(given.key, given.policy).is_some() {
                // Each line of an answer to a list is a mail of its own.
                let lines = worklist::answers_in(&words);
                let lines = lines
                    .iter()
                    .map(|line| worklist::as_command(&line.words, given.policy));
                commands.extend(lines.flat_map(|line| read_agent_mail(&line).commands));
            }
            Some((agent, commands))
        }
        OwnWords::None => {
            let word = arrival.pressed_word(given)?;
            Some((agent, read_agent_mail(&word).commands))
        }
        OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => None,
    }
}

/// Whether a mail may ask about its author's tickets: then they are wanted.
pub(super) fn may_ask_history(arrival: &Arrival) -> bool {
    let asked = arrival.whole_words().and_then(|words| read_wish(&words));
    asked.is_some_and(|asked| asked.wish == Wish::History) || arrival.wish_at_large().is_some()
}
