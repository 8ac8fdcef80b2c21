//! The brake: the last thing a decision passes. Modes, caps and the fuse take automatic mail back, each with its
//! reason; what is left takes its place in the conversation. What people say is never held: an agent's answer leaves at
//! once and counts. Mails of a ticket that storms go to its agents' digest instead.

mod sorts;
mod storm;

use sorts::{is_pressing, is_relay};
use storm::is_storm;

use super::{
    alarm,
    decision::{Decision, MessageRecord, Queued},
    draft::Draft,
    policy::Mode,
    reason::Reason,
    world::Sent,
};
use crate::model::{
    address::Address,
    alarm::CAP,
    event::{EventData, Stream},
    ids::{MailboxName, PersonId, TicketNumber},
    outgoing::{AutoSubmitted, Class, OutgoingMail, Recipient},
    ticket::Side,
};

/// Passes a draft's mails through the brake and closes it. `came_in` is the mailbox of the mail that caused it.
pub(super) fn pass(mut draft: Draft<'_>, came_in: Option<&MailboxName>) -> Decision {
    let mails = std::mem::take(&mut draft.decision.mails);
    let mut room = Room::new(&draft);
    for Queued { mail, .. } in mails {
        let mode = mode(&draft, came_in, &mail);
        if let Some(reason) = forbidden_by(mode, &mail) {
            withhold(&mut draft, &mail, people(&mail.recipients), reason);
            continue;
        }
        if is_relay(&mail) && !room.is_copy(&mail) && is_storm(&mut draft, &mail) {
            let readers = people(&mail.recipients);
            list_in_digests(&mut draft, &mail, &readers);
            withhold(&mut draft, &mail, readers, Reason::Storm);
            continue;
        }
        if is_unwanted(&mut draft, &mail) {
            withhold(&mut draft, &mail, people(&mail.recipients), Reason::Left);
            continue;
        }
        let Some(mut mail) = within_caps(&mut draft, &mut room, mail) else {
            continue;
        };
        let judged = room.judge(&mut draft, &mut mail);
        book(&mut draft, mail, judged);
    }
    draft.done()
}

/// The mode that binds a mail: the stricter of the mailbox that its cause came in by and the one it is sent from. The
/// same mail may ask several mailboxes, and a copy in one of them binds no other. A mailbox that is not configured any more may do nothing.
fn mode(draft: &Draft<'_>, came_in: Option<&MailboxName>, mail: &OutgoingMail) -> Mode {
    let mailboxes = &draft.given.policy.mailboxes;
    let of = |name| mailboxes.get(name).map_or(Mode::Observe, |own| own.mode);
    let sends = of(&mail.mailbox);
    let asked = mail.ticket.and_then(|number| draft.came_in_by(number));
    let came_in = asked.or(came_in);
    came_in.map_or(sends, |name| of(name).min(sends))
}

/// What the mode of the mailbox forbids. The administrator is told of trouble in every mode.
fn forbidden_by(mode: Mode, mail: &OutgoingMail) -> Option<Reason> {
    match (mode, mail.class, mail.side) {
        (_, Class::Alarm, _)
        | (Mode::Full, ..)
        | (Mode::Acknowledge, _, Some(Side::Requester) | None) => None,
        (Mode::Observe, ..) => Some(Reason::ModeObserve),
        (Mode::Acknowledge, _, Some(Side::Agents)) => Some(Reason::ModeAcknowledge),
    }
}

/// Whether the requester has asked for no more automatic mail of this ticket.
fn is_unwanted(draft: &mut Draft<'_>, mail: &OutgoingMail) -> bool {
    if mail.class != Class::Automatic || mail.side != Some(Side::Requester) {
        return false;
    }
    let ticket = mail.ticket.and_then(|number| draft.ticket(number));
    ticket.is_some_and(|ticket| ticket.snapshot().is_quiet)
}

/// Takes out the recipients who have had their automatic mails; `None` where nobody is left.
fn within_caps(
    draft: &mut Draft<'_>,
    room: &mut Room,
    mut mail: OutgoingMail,
) -> Option<OutgoingMail> {
    let is_answer = mail.class == Class::Report && mail.auto_submitted == AutoSubmitted::Replied;
    if mail.class != Class::Automatic && !is_answer || is_pressing(draft, &mail) {
        return Some(mail);
    }
    let mut capped: Vec<(Reason, Recipient)> = Vec::new();
    mail.recipients.retain(|recipient| {
        match room.take_sort(draft, &recipient.address, (mail.ticket, is_answer)) {
            Ok(()) => true,
            Err(reason) => {
                capped.push((reason, recipient.clone()));
                false
            }
        }
    });
    for (reason, recipient) in capped {
        let person = [recipient.person];
        withhold(draft, &mail, person.to_vec(), reason);
        if mail.side == Some(Side::Agents) && !is_answer {
            list_in_digests(draft, &mail, &person);
        } else if reason != Reason::Silenced {
            let object = recipient.address.to_string();
            let detail = (object, reason.code().to_owned());
            alarm::tell_for_the_day(draft, CAP, detail, mail.ticket);
        }
    }
    (!mail.recipients.is_empty()).then_some(mail)
}

/// What readers are not sent one by one they find in their digest.
fn list_in_digests(draft: &mut Draft<'_>, mail: &OutgoingMail, readers: &[PersonId]) {
    let Some(ticket) = mail.ticket else {
        return;
    };
    let listed = readers.iter().map(|reader| (*reader, vec![ticket]));
    draft.decision.digest.extend(listed);
}

fn withhold(draft: &mut Draft<'_>, mail: &OutgoingMail, people: Vec<PersonId>, reason: Reason) {
    let data = EventData::MailWithheld {
        template: mail.body.template().to_owned(),
        people,
    };
    match mail.ticket.and_then(|number| draft.ticket(number)) {
        Some(mut ticket) => ticket.happened(data, reason),
        None => draft.happened_elsewhere(Stream::House, data, reason, None),
    }
}

/// The mail goes out: it takes a row and, in a ticket, a place in the conversation.
fn book(draft: &mut Draft<'_>, mut mail: OutgoingMail, (is_held, is_copy): (bool, bool)) {
    let first = mail.recipients.first().map(|recipient| recipient.person);
    if let (Some(number), Some(side), Some(person)) = (mail.ticket, mail.side, first)
        && let Some(mut ticket) = draft.ticket(number)
    {
        let row = ticket.next_message();
        mail.message = Some(row);
        ticket.record(MessageRecord {
            row,
            ticket: Some(number),
            side,
            raw: None,
            person,
            message_id: mail.message_id.clone(),
            content: 0,
            lineage: Vec::new(),
        });
        let reason = if mail.class == Class::Human {
            Reason::Answer
        } else {
            Reason::Notice
        };
        let sent = EventData::MessageSent {
            message: row,
            side,
            message_id: mail.message_id.clone(),
            template: mail.body.template().to_owned(),
            class: mail.class,
            offers: mail.offers,
            is_copy,
        };
        ticket.happened(sent, reason);
    }
    draft.decision.mails.push(Queued { mail, is_held });
}

fn people(recipients: &[Recipient]) -> Vec<PersonId> {
    recipients
        .iter()
        .map(|recipient| recipient.person)
        .collect()
}

/// So many answers to orders and questions about figures an address gets within the hour, other letters of that sort counted:
/// whoever writes by hand needs fewer, and a program that answers each of them is not answered for ever.
const ANSWERS_HOUR: u32 = 30;

/// What may still be sent in this decision.
struct Room {
    /// The answers about figures of this decision so far.
    answered: Vec<Address>,
    /// The automatic mails of this decision so far: where each goes, and about which ticket.
    taken: Vec<(Address, Option<TicketNumber>)>,
    fuse_taken: u32,
    is_fuse_told: bool,
    /// The last mail that went in several copies, and whether the fuse holds it.
    copied: Option<(String, bool)>,
}

impl Room {
    fn new(draft: &Draft<'_>) -> Self {
        Self {
            answered: Vec::new(),
            taken: Vec::new(),
            fuse_taken: 0,
            is_fuse_told: draft.world.fuse.is_blown,
            copied: None,
        }
    }

    /// One more automatic mail, or answer about figures, to this address.
    fn take_sort(
        &mut self,
        draft: &Draft<'_>,
        address: &Address,
        (ticket, is_answer): (Option<TicketNumber>, bool),
    ) -> Result<(), Reason> {
        if !is_answer {
            return self.take(draft, address, ticket);
        }
        let here = count(self.answered.iter().filter(|taken| *taken == address));
        let sent = draft.world.sent(address).reports;
        if sent.saturating_add(here) >= ANSWERS_HOUR {
            return Err(Reason::CapHour);
        }
        self.answered.push(address.clone());
        Ok(())
    }

    /// One more automatic mail to this address, if mail reaches it and its caps allow.
    fn take(
        &mut self,
        draft: &Draft<'_>,
        address: &Address,
        ticket: Option<TicketNumber>,
    ) -> Result<(), Reason> {
        if draft.is_silenced(address) {
            return Err(Reason::Silenced);
        }
        let policy = draft.given.policy;
        let (hour, day) = policy.caps_of(address);
        let sent = draft.world.sent(address);
        let to_them = self.taken.iter().filter(|(taken, _)| taken == address);
        let here = count(to_them.clone());
        let here_about = count(to_them.filter(|(_, about)| *about == ticket));
        let Sent {
            hour: in_hour,
            day: in_day,
            ..
        } = sent;
        let about = ticket.map_or(0, |ticket| draft.world.sent_about(ticket, address));
        if about.saturating_add(here_about) >= policy.caps.ticket_day {
            return Err(Reason::CapTicket);
        }
        if in_hour.saturating_add(here) >= hour {
            return Err(Reason::CapHour);
        }
        if in_day.saturating_add(here) >= day {
            return Err(Reason::CapDay);
        }
        self.taken.push((address.clone(), ticket));
        Ok(())
    }

    /// Whether this mail is a further copy of the last one.
    fn is_copy(&self, mail: &OutgoingMail) -> bool {
        let copied = self.copied.as_ref().map(|(group, _)| group);
        copied.is_some() && copied == mail.copies_of.as_ref()
    }

    /// Whether the fuse holds this mail, and whether it is a further copy of the last one: such a one shares its fate
    /// and counts no second time.
    fn judge(&mut self, draft: &mut Draft<'_>, mail: &mut OutgoingMail) -> (bool, bool) {
        if let Some((_, is_held)) = self.copied.as_ref().filter(|_| self.is_copy(mail)) {
            return (*is_held, true);
        }
        let is_held = self.is_held(draft, mail);
        self.copied = mail.copies_of.clone().map(|group| (group, is_held));
        (is_held, false)
    }

    /// Whether the fuse holds this mail. A mail that a fresh human mail has caused neither counts nor is held.
    fn is_held(&mut self, draft: &mut Draft<'_>, mail: &mut OutgoingMail) -> bool {
        if mail.class != Class::Automatic || draft.decision.is_fresh_human {
            return false;
        }
        mail.counts_for_fuse = true;
        let fuse = draft.world.fuse;
        let counted = fuse.recent.saturating_add(self.fuse_taken);
        if !self.is_fuse_told && counted < draft.given.policy.caps.fuse {
            self.fuse_taken = self.fuse_taken.saturating_add(1);
            return false;
        }
        self.raise(draft, mail);
        true
    }

    fn raise(&mut self, draft: &mut Draft<'_>, mail: &OutgoingMail) {
        if !self.is_fuse_told {
            self.is_fuse_told = true;
            alarm::raise_fuse(draft, mail.ticket);
        }
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}
