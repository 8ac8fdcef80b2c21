//! Searching by words. What a mail says is kept as the stems of its words, Russian and English, and these as numbers: the
//! index is the same on both engines, and nobody can read in it what somebody wrote.

use std::collections::BTreeSet;

use super::{
    arrival::Arrival,
    command::read_agent_mail,
    own_words::{OwnWords, own_words},
    policy::Policy,
    stems::stems,
};
use crate::model::{
    ids::{AgentName, QueueName, TicketNumber},
    ticket::Side,
};

/// The version of the stems. An index of another version is made anew.
pub const STEMS_VERSION: i64 = 2;

/// How many words of a question count.
const WORDS_MAX: usize = 12;

/// How many tickets an answer lists.
pub const HITS_MAX: usize = 10;

/// What an agent looks for, and where they may.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Search {
    /// The stems of the words.
    pub stems: BTreeSet<i64>,
    /// The queues that the agent serves.
    pub queues: BTreeSet<QueueName>,
}

impl Search {
    /// What these words of that agent's look for.
    #[must_use]
    pub fn of(words: &str, agent: &AgentName, policy: &Policy) -> Self {
        Self {
            stems: stems([words]).into_iter().take(WORDS_MAX).collect(),
            queues: served(agent, policy),
        }
    }
}

/// The queues that an agent serves: what they are told comes from these alone.
#[must_use]
pub fn served(agent: &AgentName, policy: &Policy) -> BTreeSet<QueueName> {
    let queues = policy.queues.iter();
    let served = queues.filter(|(_, queue)| queue.agents.contains(agent));
    served.map(|(name, _)| name.clone()).collect()
}

/// A ticket whose mails say some of the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The ticket.
    pub ticket: TicketNumber,
    /// How many of the words.
    pub matched: usize,
}

/// A mail's place in its ticket, as far as its words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Which side it is on.
    pub side: Side,
    /// It opened the ticket.
    pub is_first: bool,
    /// It is in other places, too.
    pub is_elsewhere: bool,
}

/// The stems by which a ticket is found for a mail of its own: what its author has said, and the names of its files. Of an
/// agent's mail neither its commands nor what it says of other tickets.
#[must_use]
pub fn stems_of(arrival: &Arrival, placed: Placed) -> BTreeSet<i64> {
    let mail = &arrival.reading.message;
    let files = mail.attachments.iter();
    let files = files.filter_map(|file| file.name.as_deref());
    let subject = mail.subject.as_deref();
    let about = subject.into_iter().chain(files.clone());
    match placed.side {
        Side::Requester => stems(about.chain([arrival.new_text()])),
        // An agent has brought it, and all of it is somebody's request.
        Side::Agents if placed.is_first => stems(about.chain(mail.text.as_deref())),
        Side::Agents if placed.is_elsewhere => BTreeSet::new(),
        Side::Agents => match own_words(arrival) {
            OwnWords::Clear(words) => {
                let mail = read_agent_mail(&words);
                let note = mail.note.as_deref().unwrap_or_default();
                stems([mail.answer.as_str(), note].into_iter().chain(files))
            }
            OwnWords::None | OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => {
                BTreeSet::new()
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixture::mail;

    fn says(side: Side, text: &str, word: &str) -> bool {
        let mut arrival = mail(1, "olga@uni.test", text);
        arrival.reading.message.subject = Some("[IT-1042-K7Q4] Принтер".to_owned());
        let placed = Placed {
            side,
            is_first: false,
            is_elsewhere: false,
        };
        let found = stems_of(&arrival, placed);
        stems([word]).iter().all(|stem| found.contains(stem))
    }

    #[test]
    fn a_requesters_mail_is_found_by_its_subject_number_and_words() {
        for word in ["принтеры", "1042", "застряла", "бумагой"] {
            assert!(
                says(Side::Requester, "Бумага застревает, застряла.", word),
                "{word}"
            );
        }
        assert!(!says(Side::Requester, "Бумага застревает.", "картридж"));
    }

    #[test]
    fn of_an_agents_mail_the_commands_say_nothing() {
        let text = "Заменили картридж.\n#найти сканер\nзаметка: капризный";
        assert!(says(Side::Agents, text, "картриджи"));
        assert!(says(Side::Agents, text, "капризный"));
        assert!(!says(Side::Agents, text, "сканер"));
    }
}
