//! A world after a decision.

use jiff::Timestamp;

use super::{AlarmState, BEGUN_KEPT, Known, World, active_of};
use crate::{
    desk::{
        decision::{Decision, Survey},
        fold::fold,
        order::Order,
    },
    model::{
        alarm::FUSE,
        event::{EventData, Stream},
        outgoing::{Class, ReportAsked},
    },
};

impl World {
    /// Makes the world what it will be once the decision is applied, so that the next mail of the batch sees it.
    pub fn absorb(&mut self, decision: &Decision) {
        self.absorb_chronicles(decision);
        self.absorb_people(decision);
        self.absorb_challenges(decision);
        self.absorb_messages(decision);
        for event in &decision.events {
            if let Stream::Ticket(number) = event.stream {
                let before = self.tickets.remove(&number);
                let was = before.as_ref().and_then(active_of);
                let folded = fold(before, number, event);
                self.count_active(was, folded.as_ref().and_then(active_of));
                if let Some(ticket) = folded {
                    self.take_in(ticket);
                }
                self.next.ticket = self.next.ticket.max(number.next());
            }
            if let EventData::PeriodClosed(closed) = &event.data {
                self.close_period(closed.period.clone());
            }
            self.absorb_alarm(&event.data, event.at);
            self.absorb_payroll(event);
            self.reviews.note(&event.data);
        }
        self.absorb_mails(decision);
        for (author, beginning) in &decision.begun {
            let begun = self.begun.entry(author.clone()).or_default();
            begun.insert(0, beginning.clone());
            begun.truncate(BEGUN_KEPT);
        }
        self.absorb_openings(decision);
        for (queue, state) in &decision.queue_states {
            self.set_queue_state(queue.clone(), state.clone());
        }
        for order in &decision.orders {
            match order {
                Order::ReleaseWork(work) | Order::DiscardWork(work) => {
                    self.quarantined.remove(work);
                    self.quarantine.retain(|listed| listed.work != *work);
                }
                Order::Report(asked) => self.reports_asked.push(ReportAsked::clone(asked)),
                Order::Mail(_)
                | Order::TakeAgain { .. }
                | Order::ForgetMail(_)
                | Order::ReadFacts(_)
                | Order::KeepArticle { .. }
                | Order::ApproveArticle { .. } => {}
            }
        }
        for (address, until) in &decision.silence {
            self.set_silenced(address.clone(), *until);
        }
        for (person, survey) in &decision.surveyed {
            let before = self.surveyed(*person);
            let survey = Survey {
                nps_at: survey.nps_at.or_else(|| before?.nps_at),
                wants_nps: survey.wants_nps.or_else(|| before?.wants_nps),
                ..*survey
            };
            self.set_surveyed(*person, survey);
        }
        for (person, tickets) in &decision.digest {
            self.withheld.entry(*person).or_default().extend(tickets);
        }
    }

    fn absorb_mails(&mut self, decision: &Decision) {
        for queued in &decision.mails {
            if queued.mail.counts_for_fuse && !queued.is_held {
                self.fuse.recent = self.fuse.recent.saturating_add(1);
            }
            if queued.mail.class == Class::Report {
                for recipient in &queued.mail.recipients {
                    let sent = self.sent.entry(recipient.address.clone()).or_default();
                    sent.reports = sent.reports.saturating_add(1);
                }
            }
            if queued.mail.class != Class::Automatic {
                continue;
            }
            for recipient in &queued.mail.recipients {
                let sent = self.sent.entry(recipient.address.clone()).or_default();
                sent.hour = sent.hour.saturating_add(1);
                sent.day = sent.day.saturating_add(1);
                // What a decision sends it sends now, at the latest of its instants.
                sent.last_at = sent
                    .last_at
                    .max(decision.events.iter().map(|one| one.at).max());
                if let Some(ticket) = queued.mail.ticket {
                    let key = (ticket, recipient.address.clone());
                    let about = self.sent_about.entry(key).or_default();
                    *about = about.saturating_add(1);
                }
            }
        }
    }

    fn absorb_messages(&mut self, decision: &Decision) {
        for message in &decision.messages {
            self.next.message = self.next.message.max(message.row.next());
            if let Some(ticket) = message.ticket {
                let (side, content, person) = (message.side, message.content, message.person);
                let sent = decision.mails.iter().map(|queued| &queued.mail);
                let mut sent = sent.filter(|mail| mail.message == Some(message.row));
                let known = Known {
                    message: message.row,
                    ticket,
                    side,
                    content,
                    person,
                    is_personal: sent.next().is_some_and(|mail| mail.recipients.len() == 1),
                    // Of this very batch: what has just been said has not expired.
                    at: decision
                        .events
                        .last()
                        .map_or(Timestamp::MAX, |event| event.at),
                };
                for id in &message.lineage {
                    self.add_kin(id.clone(), known.clone());
                }
                self.know(message.message_id.clone(), known);
            } else {
                self.set_aside(message.message_id.clone());
            }
        }
    }

    fn absorb_people(&mut self, decision: &Decision) {
        for person in &decision.people {
            self.next.person = self.next.person.max(person.id.next());
            self.same.remove(&person.id);
            match person.same_as {
                Some(owner) => {
                    self.same.insert(person.id, owner);
                }
                None => self.meet(person.clone()),
            }
        }
        for (address, person) in &decision.addresses {
            match person {
                Some(person) => self.addresses.insert(address.clone(), *person),
                None => self.addresses.remove(address),
            };
        }
    }

    fn absorb_alarm(&mut self, data: &EventData, at: Timestamp) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "only alarms are alarms")]
        let (alarm, object, state) = match data {
            EventData::AlarmRaised {
                alarm,
                object,
                is_told,
            } => {
                let told_at = is_told.then_some(at);
                (
                    alarm,
                    object,
                    AlarmState {
                        raised_at: Some(at),
                        told_at,
                        over_at: None,
                    },
                )
            }
            EventData::AlarmOver { alarm, object } => (
                alarm,
                object,
                AlarmState {
                    raised_at: None,
                    told_at: None,
                    over_at: Some(at),
                },
            ),
            _ => return,
        };
        if alarm == FUSE {
            self.fuse.is_blown = state.raised_at.is_some();
            // What was counted before a release does not blow it again.
            if state.over_at.is_some() {
                self.fuse.recent = 0;
            }
        }
        let key = (alarm.clone(), object.clone());
        let before = self.alarms.get(&key).copied().unwrap_or_default();
        let (told_at, over_at) = (
            state.told_at.or(before.told_at),
            state.over_at.or(before.over_at),
        );
        self.alarms.insert(
            key,
            AlarmState {
                told_at,
                over_at,
                ..state
            },
        );
    }
}
