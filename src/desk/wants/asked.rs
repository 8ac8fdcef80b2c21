//! What a mail asks for, as far as facts must be there for it.

use super::Wants;
use crate::{
    desk::{
        arrival::Arrival,
        command::{Command, Wish, read_agent_mail, read_wish},
        decision::Given,
        own_words::{OwnWords, own_words},
        worklist,
    },
    model::{
        alarm::{Condition, QUARANTINE},
        ids::AgentName,
    },
};

impl Wants {
    /// What an alarm lists.
    pub(super) fn add_condition(&mut self, condition: &Condition) {
        self.quarantine |= condition.alarm == QUARANTINE && !condition.is_over;
        let listed = condition.figures.iter();
        self.tickets.extend(listed.flat_map(|one| &one.tickets));
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
