//! What was understood of an agent's mail. Told to its author, and to nobody else, where something was not done: what
//! went well shows by itself.

use super::{NotDone, Said};
use crate::desk::{
    arrival::Arrival,
    command::{Command, Unknown, Verb},
    decide::worklist,
    draft::TicketDraft,
    notify::Sending,
    reason::Reason,
};
use crate::model::{
    ids::AgentName,
    language::Language,
    outgoing::{Body, Class, TranscriptLine},
};

/// What became of the commands and words of one mail.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// Why the whole mail went to nobody, as a code; empty: it was taken.
    held: String,
    lines: Vec<TranscriptLine>,
    /// Which of the verbs were done.
    done: Vec<Verb>,
    /// Whether something was not done that the words of the mail belong to.
    governs_words: bool,
    /// What became of the words: `sent`, `held`; empty: there were none.
    words: String,
}

impl Transcript {
    /// The whole mail went to nobody.
    pub(super) fn held(why: &str) -> Self {
        Self {
            held: why.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn done(&mut self, command: &Command) {
        self.done.push(command.verb);
        self.lines.push(TranscriptLine {
            written: command.written.clone(),
            is_done: true,
            ..TranscriptLine::default()
        });
    }

    pub(super) fn not_done(&mut self, command: &Command, why: &NotDone) {
        self.governs_words |= command.verb.form().governs_text;
        self.lines.push(TranscriptLine {
            written: command.written.clone(),
            is_done: false,
            why: why.reason.code().to_owned(),
            detail: why.detail.clone(),
            form: String::new(),
        });
    }

    pub(super) fn not_known(&mut self, unknown: &Unknown, language: Language) {
        self.governs_words |= unknown.near.is_some_and(|near| near.form().governs_text);
        self.lines.push(TranscriptLine {
            written: unknown.written.clone(),
            is_done: false,
            why: Reason::UnknownCommand.code().to_owned(),
            detail: String::new(),
            form: unknown
                .near
                .map_or_else(String::new, |near| near.shown(language)),
        });
    }

    pub(super) fn has_done(&self, verb: Verb) -> bool {
        self.done.contains(&verb)
    }

    pub(super) const fn governs_words(&self) -> bool {
        self.governs_words
    }

    pub(super) fn words_went_out(&mut self) {
        "sent".clone_into(&mut self.words);
    }

    pub(super) fn words_are_held(&mut self) {
        "held".clone_into(&mut self.words);
    }

    /// Something was not done, or its author wants to know in any case.
    pub(super) fn is_worth_telling(&self, ticket: &TicketDraft<'_, '_>, agent: &AgentName) -> bool {
        let is_silent = self.lines.iter().all(|line| line.is_done);
        !is_silent || (!self.lines.is_empty() && ticket.preferences_of(agent).tells_all)
    }

    /// What was done, for the author's next list, where nothing is told at once.
    pub(super) fn keep(&self, ticket: &mut TicketDraft<'_, '_>, agent: &AgentName) {
        // Each verb that was done has its line, in the same order.
        let written = self.lines.iter().filter(|line| line.is_done);
        let done = self.done.iter().zip(written);
        let silent = done.filter(|(verb, _)| !is_answered_anyway(**verb));
        let words: Vec<&str> = silent.map(|(_, line)| line.written.trim()).collect();
        worklist::keep(ticket, agent, &words.join("; "));
    }

    pub(super) fn tell(self, ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, said: &Said<'_>) {
        let Some(facts) = ticket.facts(ticket.staff_language()) else {
            return;
        };
        let is_all_done = self.held.is_empty() && self.lines.iter().all(|line| line.is_done);
        let body = Body::Transcript {
            ticket: facts,
            is_all_done,
            held: self.held,
            lines: self.lines,
            words: self.words,
        };
        let key = format!("transcript:{}", arrival.raw);
        let author = (arrival, said.speaker.person);
        ticket.send(Sending::to_author(author, key, Class::Automatic, body));
    }
}

/// Whether a letter of its own shows that it was carried out.
const fn is_answered_anyway(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Full
            | Verb::Knowledge
            | Verb::History
            | Verb::Find
            | Verb::Absent
            | Verb::Back
            | Verb::Settings
            | Verb::Why
            | Verb::Undo
            | Verb::Help
    )
}
