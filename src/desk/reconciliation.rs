//! Reconciliation: what the server shows of a mailbox's day against what the journal and history say became of it. Every
//! mail stands in one class, and the two sides are counted apart; where they differ, the mails are named.

use std::collections::BTreeMap;

use super::reason::Reason;

/// What became of a mail that was taken from the server. Every mail is of exactly one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Became {
    /// It opened a ticket, or several.
    Ticket,
    /// It joined a conversation.
    FollowUp,
    /// A machine's: a report, an absence, mass mail, a mail of our own that came back.
    Automatic,
    /// It is quarantined and waits for the administrator.
    Quarantined,
    /// The administrator has thrown it away.
    Discarded,
    /// An answer to a letter of okno, or an order: to a work list, on an absence, on the quarantine.
    Order,
    /// For information: offered to an agent, or written to everybody at once.
    Aside,
    /// Somebody only tried what would become of it.
    Trial,
    /// The same mail once more.
    Copy,
    /// It lay in the folder of sent mail.
    Sent,
    /// It waits for its decision.
    Waiting,
    /// Neither decided nor waiting: nobody knows. There should be none.
    Unknown,
}

impl Became {
    /// Every class, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::Ticket,
        Self::FollowUp,
        Self::Automatic,
        Self::Quarantined,
        Self::Discarded,
        Self::Order,
        Self::Aside,
        Self::Trial,
        Self::Copy,
        Self::Sent,
        Self::Waiting,
        Self::Unknown,
    ];
}

/// What is known of a mail that was taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// How the work on it stands (`ready`, `suspect`, `quarantined`, `discarded`); `None`: it is done.
    pub work: Option<String>,
    /// Whether it lay in the folder of sent mail.
    pub is_sent: bool,
    /// Why each decision on it ended as it did, the last one last: codes.
    pub decisions: Vec<String>,
    /// What these decisions wrote into history, in order.
    pub events: Vec<Wrote>,
}

/// An event that a decision on a mail has written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrote {
    /// Its kind.
    pub kind: String,
    /// Why: a code.
    pub reason: String,
}

impl Known {
    /// What became of it.
    #[must_use]
    pub fn became(&self) -> Became {
        match self.work.as_deref() {
            Some("quarantined") => Became::Quarantined,
            Some("discarded") => Became::Discarded,
            Some(_) => Became::Waiting,
            None if self.decisions.is_empty() => Became::Unknown,
            None if self.is_sent => Became::Sent,
            None => self.decided(),
        }
    }

    fn decided(&self) -> Became {
        let has = |kind: &str| self.events.iter().any(|event| event.kind == kind);
        if has("ticket_opened") {
            return Became::Ticket;
        }
        let ended = self.decisions.last();
        let ended = ended.and_then(|code| Reason::from_code(code));
        if ended.is_some_and(is_of_machine) {
            return Became::Automatic;
        }
        let aside = self.events.iter().find(|event| event.kind == "set_aside");
        if let Some(aside) = aside {
            return Reason::from_code(&aside.reason).map_or(Became::Order, put_aside);
        }
        if has("message_joined") {
            return Became::FollowUp;
        }
        if has("duplicate_seen") || ended.is_some_and(is_copy) {
            return Became::Copy;
        }
        Became::Order
    }
}

fn is_of_machine(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::MachineNote
            | Reason::MachineUnmatched
            | Reason::MassMail
            | Reason::OwnMail
            | Reason::TooManyHops
            | Reason::Bounced
            | Reason::BounceUnmatched
            | Reason::ReportDoubted
            | Reason::Delayed
    )
}

fn is_copy(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::OwnCopy | Reason::SameMail | Reason::SentCopyExpected
    )
}

fn put_aside(reason: Reason) -> Became {
    if matches!(reason, Reason::Tried | Reason::TriedByNobody) {
        Became::Trial
    } else if matches!(reason, Reason::ToEverybody | Reason::InCc | Reason::Offered) {
        Became::Aside
    } else if is_of_machine(reason) {
        Became::Automatic
    } else if is_copy(reason) {
        Became::Copy
    } else {
        Became::Order
    }
}

/// A mailbox's day, both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Mails of that day that lie on the server, without those that were there before okno began.
    pub there: u64,
    /// Mails that were taken and lie there no more: moved or deleted since, by people or as configured.
    pub gone: u64,
    /// Mails of that day that lay there before okno began to read the folder, and are nobody's business.
    pub before: u64,
    /// What became of those that were taken.
    pub became: BTreeMap<Became, u64>,
    /// Copies of mails that were taken before, under another number: passed over.
    pub copies: u64,
    /// Mails that have come since the mailbox was last read: the next look takes them.
    pub unread: u64,
}

impl Account {
    /// Everything the server has shown of that day, there now or not.
    #[must_use]
    pub const fn seen(&self) -> u64 {
        self.there.saturating_add(self.gone)
    }

    /// Everything that can be accounted for.
    #[must_use]
    pub fn accounted(&self) -> u64 {
        let known = self.became.iter();
        let known = known.filter(|(became, _)| **became != Became::Unknown);
        known
            .map(|(_, count)| *count)
            .fold(self.copies.saturating_add(self.unread), u64::saturating_add)
    }

    /// How many were seen and are not accounted for. 0: nothing is lost.
    #[must_use]
    pub fn difference(&self) -> u64 {
        self.seen().abs_diff(self.accounted())
    }

    /// One more that was taken.
    pub fn count(&mut self, became: Became) {
        let count = self.became.entry(became).or_default();
        *count = count.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(decisions: &[Reason], events: &[(&str, Reason)], expected: Became) {
        let known = Known {
            decisions: decisions.iter().map(|r| r.code().to_owned()).collect(),
            events: events
                .iter()
                .map(|(kind, reason)| Wrote {
                    kind: (*kind).to_owned(),
                    reason: reason.code().to_owned(),
                })
                .collect(),
            ..Known::default()
        };
        assert_eq!(known.became(), expected);
    }

    #[test]
    fn every_mail_is_of_one_class() {
        let new = Reason::NewTicket;
        check(&[new], &[("ticket_opened", new)], Became::Ticket);
        let follow = Reason::FollowUp;
        check(&[follow], &[("message_joined", follow)], Became::FollowUp);
        let machine = Reason::MachineNote;
        check(
            &[machine],
            &[("message_joined", machine)],
            Became::Automatic,
        );
        let mass = Reason::MassMail;
        check(&[mass], &[("set_aside", mass)], Became::Automatic);
        let list = Reason::WorkListAnswered;
        check(
            &[list],
            &[("set_aside", list), ("message_joined", Reason::AgentReply)],
            Became::Order,
        );
        let tried = Reason::Tried;
        check(&[tried], &[("set_aside", tried)], Became::Trial);
        let same = Reason::SameMail;
        check(&[same], &[("duplicate_seen", same)], Became::Copy);
        check(&[Reason::NothingToDo], &[], Became::Order);
        check(&[], &[], Became::Unknown);
        // A mail that was quarantined, released and then opened a ticket.
        check(
            &[Reason::Spam, new],
            &[("mail_quarantined", Reason::Spam), ("ticket_opened", new)],
            Became::Ticket,
        );
    }

    #[test]
    fn work_that_is_not_done_says_what_became_of_a_mail() {
        for (state, expected) in [
            ("ready", Became::Waiting),
            ("suspect", Became::Waiting),
            ("quarantined", Became::Quarantined),
            ("discarded", Became::Discarded),
        ] {
            let known = Known {
                work: Some(state.to_owned()),
                decisions: vec![Reason::Spam.code().to_owned()],
                ..Known::default()
            };
            assert_eq!(known.became(), expected);
        }
    }

    #[test]
    fn what_is_not_accounted_for_is_the_difference() {
        let mut account = Account {
            there: 4,
            gone: 1,
            unread: 1,
            copies: 1,
            ..Account::default()
        };
        account.count(Became::Ticket);
        account.count(Became::FollowUp);
        account.count(Became::Sent);
        assert_eq!(account.difference(), 0);
        account.gone = 2;
        account.count(Became::Unknown);
        assert_eq!(
            account.difference(),
            1,
            "nobody knows what became of the last"
        );
        account.there = 5;
        assert_eq!(
            account.difference(),
            2,
            "and one on the server was never taken"
        );
    }
}
