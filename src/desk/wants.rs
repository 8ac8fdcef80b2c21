//! Which facts a piece of work needs, said before anything is loaded, so that a whole batch is loaded at once.

mod asked;
mod overtaken;

use std::collections::BTreeSet;

pub use super::world::Wants;
use super::{
    akin, appointment,
    arrival::{Again, Arrival, nobody},
    cause::{Cause, Operation},
    command::{Command, Verb, ticket_named},
    decision::Given,
    policy::QueuePolicy,
    readiness::waits_for_mail,
    search::{self, Search},
    threading::{self, InWords, late},
    timer::{Due, TimerKind},
    token::Envelope,
    worklist,
};
use crate::model::{address::NamedAddress, ids::AgentName};

impl Wants {
    /// What the decisions on these causes need.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a line a cause")]
    pub fn of<'c>(causes: impl IntoIterator<Item = &'c Cause>, given: &Given<'_>) -> Self {
        let mut wants = Self::default();
        wants.add_staff(given);
        for cause in causes {
            match cause {
                Cause::Mail(arrival) | Cause::Sent(arrival) => wants.add_mail(arrival, given),
                Cause::Failure(failure) => {
                    wants.tickets.extend(failure.ticket);
                    wants.addresses.insert(failure.recipient.clone());
                    wants.payrolls |= failure.payroll.is_some();
                }
                Cause::Due(Due::Ticket(number, kind)) => {
                    wants.passes |= waits_for_mail(*kind);
                    wants.tickets.insert(*number);
                    if *kind == TimerKind::Nps {
                        wants.surveys.insert(*number);
                    }
                    wants.originals |= *kind == TimerKind::Owner;
                }
                Cause::Due(Due::Digest(reader)) => {
                    wants.readers.insert(*reader);
                }
                Cause::Due(Due::Morning(number)) => {
                    if let Some((name, agent)) = appointment::agent_of(*number, given.policy) {
                        let queues = worklist::queues_of(name, given.policy);
                        // Whoever only decides for a queue does not work in it.
                        let queues = queues.filter(|(_, queue)| queue.agents.contains(name));
                        let queues = queues.map(|(queue, _)| queue.clone()).collect();
                        let wanted = (agent.address.clone(), queues);
                        wants.mornings.insert(name.clone(), wanted);
                    }
                }
                Cause::Due(Due::Absence(number)) => {
                    if let Some((name, agent)) = appointment::agent_of(*number, given.policy) {
                        let owned = (agent.address.clone(), BTreeSet::new());
                        wants.mornings.insert(name.clone(), owned);
                    }
                }
                Cause::Due(Due::GiveOut(number)) => {
                    let queue = appointment::queue_of(*number, given.policy);
                    wants.waiting.extend(queue.map(|(name, _)| name.clone()));
                    // Whoever is given one is shown what it says.
                    wants.originals = true;
                }
                Cause::Due(Due::Challenge(person)) => {
                    wants.claimant_ids.insert(*person);
                }
                Cause::Recounted(_) | Cause::FileChanged(_) => {}
                Cause::RulesChanged { tickets, .. }
                | Cause::Operation(Operation::Rejudge { tickets, .. }) => {
                    wants.tickets.extend(tickets);
                }
                Cause::Pressing(tickets) => {
                    wants.passes = true;
                    wants.tickets.extend(tickets);
                }
                Cause::Report(counted) => wants.add_reader(counted),
                Cause::Facts(read) => wants.add_address(&read.asked.reader),
                Cause::Payroll(step) => wants.add_payroll_step(step, given),
                Cause::Review(step) => wants.add_review(step, given),
                Cause::Switched(switched) => wants.tickets.extend(&switched.backlog),
                Cause::Directory(_) => {
                    wants.roster = Some(given.policy.agents.keys().cloned().collect());
                }
                Cause::Operation(
                    Operation::ReleaseWork { work } | Operation::DiscardWork { work },
                ) => {
                    wants.quarantined.insert(*work);
                }
                Cause::CarriedOut(carried) => wants.add_carried_out(carried),
                Cause::Condition(condition) => wants.add_condition(condition),
                Cause::Operation(operation) => wants.add_closing(operation, given),
            }
        }
        wants
    }

    /// What the decision on a mail needs.
    fn add_mail(&mut self, arrival: &Arrival, given: &Given<'_>) {
        let mail = &arrival.reading.message;
        self.quarantine |= arrival.quarantine_letter(given.key).is_some()
            && arrival.from().and_then(NamedAddress::parsed).as_ref()
                == Some(&given.policy.administrator);
        if let Some((agent, commands)) = asked::commands_of(arrival, given) {
            self.add_commands(agent, &commands, given);
        }
        self.add_payroll(arrival, given);
        self.add_openings(arrival, given);
        if arrival.is_report() {
            self.add_report(arrival, given);
            // Of which month a file did not arrive.
            self.payrolls |= !given.policy.payrolls.is_empty();
        }
        let author = arrival.author().map(|(address, _)| address);
        self.answers |= author.is_some_and(|author| given.policy.agent_of(&author).is_some());
        self.message_ids.extend(arrival.own_id());
        for id in arrival.parents().chain(&mail.message_id) {
            self.lineage.extend([late(id), id.clone()]);
        }
        self.lineage.extend(arrival.conversation());
        for id in arrival.reported() {
            self.message_ids.insert(id.clone());
            self.tickets
                .extend(given.key.verify(id).map(|signed| signed.ticket));
        }
        self.tickets.extend(InWords::of(arrival, given.key).all());
        if let Some(Again::Confirmed(place) | Again::Brought { place, .. }) = &arrival.again {
            self.tickets.insert(place.ticket);
        }
        if let Some(Again::Escalated { place, .. }) = &arrival.again {
            (self.originals, _) = (true, self.tickets.insert(place.ticket));
        }
        if let Some(Again::SentOn { to, of, .. }) = &arrival.again {
            self.tickets.extend([*to, *of]);
        }
        if given.policy.queues.values().any(|queue| queue.handover) {
            self.add_origins(arrival);
        }
        let shown = [threading::presented(arrival, given), arrival.pressed(given)];
        for owner in shown.iter().filter_map(threading::owner) {
            self.tickets.insert(owner.ticket);
            self.people.insert(owner.person);
        }
        self.codes.extend(arrival.code(given.key));
        self.work_lists
            .extend(arrival.work_list(given.key, given.policy));
        // Whoever the decision may meet: one it met without looking would be met twice.
        let author = arrival.author().map(|(address, _)| address);
        if asked::may_ask_history(arrival) {
            self.histories.extend(author.clone());
        }
        if let Some(author) = author.clone() {
            let bodies = self.senders.entry(author).or_default();
            bodies.insert(arrival.body());
        }
        let from = arrival.from().and_then(NamedAddress::parsed);
        let others = arrival.others(given.policy);
        let agents = given.policy.agents.values();
        self.claimants
            .extend(agents.map(|agent| agent.address.clone()));
        self.addresses.extend(author.into_iter().chain(from));
        self.addresses
            .extend(others.iter().filter_map(NamedAddress::parsed));
        self.addresses.extend(nobody());
    }

    /// What a report may be about.
    fn add_report(&mut self, arrival: &Arrival, given: &Given<'_>) {
        let lists = given.policy.payrolls.values();
        self.addresses
            .extend(lists.flat_map(|list| list.to.iter().cloned()));
        self.posted.extend(arrival.reported().cloned());
        if let Envelope::Ours(delivery) = arrival.envelope(given.key) {
            self.deliveries.insert(delivery);
        }
    }

    /// What commands are about, besides the ticket they are said in.
    fn add_commands(&mut self, agent: &AgentName, commands: &[Command], given: &Given<'_>) {
        for command in commands {
            if command.verb == Verb::Find {
                let search = Search::of(&command.argument, agent, given.policy);
                self.searches.insert(search);
            }
            if command.verb == Verb::History {
                self.pasts.extend(search::served(agent, given.policy));
            }
            self.originals |= matches!(
                command.verb,
                Verb::Full | Verb::Transfer | Verb::Escalate | Verb::Assign
            );
            self.chronicles |= command.verb == Verb::Undo;
            if matches!(command.verb, Verb::Merge | Verb::Link | Verb::Repeat) {
                self.tickets
                    .extend(ticket_named(&command.argument, given.key));
            }
        }
    }

    /// What a ticket that this mail may open is compared with.
    fn add_openings(&mut self, arrival: &Arrival, given: &Given<'_>) {
        let circle = akin::circle(arrival, given);
        if let Some(author) = circle.first() {
            let texts = self.openings.entry(author.clone()).or_default();
            texts.insert(arrival.new_text().into());
        }
        for other in circle {
            self.openings.entry(other).or_default();
        }
        let mut queues = given.policy.queues.values();
        if queues.any(QueuePolicy::counts_urgency)
            && let Some((author, _)) = arrival.author()
        {
            self.openings.entry(author.clone()).or_default();
            self.urgencies.insert(author);
        }
    }

    /// What every decision may need: the agents, the administrator and what they were sent lately.
    fn add_staff(&mut self, given: &Given<'_>) {
        self.addresses.insert(given.policy.administrator.clone());
        let queues = given.policy.queues.values();
        let groups = queues.filter_map(|queue| queue.group.clone());
        self.addresses.extend(groups);
        let agents = given.policy.agents.values();
        self.addresses
            .extend(agents.map(|agent| agent.address.clone()));
        self.queues.extend(given.policy.queues.keys().cloned());
        let queues = given.policy.queues.values();
        let counted = queues.filter(|queue| given.policy.counts_active(queue));
        self.loads
            .extend(counted.flat_map(|queue| queue.agents.iter().cloned()));
    }
}
