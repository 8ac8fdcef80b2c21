//! An agent writes in a ticket: Reply is the answer, a few words alone on their lines do the rest.

mod article;
mod canned;
mod carry_out;
mod classify;
mod closing;
mod crossing;
mod deadline;
mod escalate;
mod field;
mod find;
mod following;
mod help;
mod knowledge;
mod mails;
mod news;
mod observers;
mod others;
mod overtaken;
mod owner;
mod passed_on;
mod rating;
mod repeats;
mod resolve;
mod since;
mod split;
mod transcript;
mod transfer;
mod undo;
mod undone_lines;
mod waiting;
pub(super) mod why;

use super::{Incoming, challenge, handover};
use carry_out::carry_out;
pub(super) use classify::class_named;
pub(super) use help::help_lines;
use mails::{answer, tell_colleagues, tell_resolution};
pub(super) use overtaken::overtaken;
pub(super) use owner::colleague;
pub(super) use passed_on::answer_as;
use transcript::Transcript;

use crate::desk::{
    arrival::Arrival,
    command::{AgentMail, Command, Verb, read_agent_mail},
    draft::TicketDraft,
    identity::{self, Speaker},
    own_words::{OwnWords, own_words},
    permission::{Act, Refusal, Standing, may},
    reason::Reason,
};
use crate::model::{
    event::{EventData, Trust},
    ids::{AgentName, MessageRow},
    ticket::Side,
};

pub(super) fn wrote(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>) {
    let row = super::join(ticket, incoming.arrival, &incoming.speaker, &incoming.place);
    take(ticket, incoming, row);
}

/// Takes a mail that has its place in the conversation.
pub(super) fn take(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>, row: MessageRow) {
    let Incoming {
        arrival,
        speaker,
        standing,
        ..
    } = incoming;
    let Some(agent) = speaker.agent.clone() else {
        return;
    };
    let (words, problem) = match own_words(arrival) {
        OwnWords::Clear(words) => (words, None),
        OwnWords::None => match arrival.pressed_word(ticket.given) {
            Some(word) => (word, None),
            None => (
                String::new(),
                Some("only_quote").filter(|_| !has_files(arrival)),
            ),
        },
        OwnWords::Unclear => (String::new(), Some("below_the_line")),
        OwnWords::NotRead => (String::new(), Some("not_read")),
        OwnWords::MailAttached => (String::new(), Some("mail_attached")),
    };
    let mail = read_agent_mail(&words);
    let said = Said {
        speaker,
        agent,
        row,
        mail,
    };
    if ticket.world.is_forgotten(ticket.snapshot()) {
        // Whoever has written it: nothing can come of it.
        let reason = Reason::RequesterErased;
        return hold_whole(ticket, arrival, &said, (reason, reason.code()));
    }
    let mut standing = *standing;
    standing.serves_queue |= undo::calls_back(ticket, &said);
    // What was decided for the queue is taken back by whoever may decide.
    let decides = undo::takes_decision_back(ticket, &said).then_some(Act::Decide);
    if let Some(refused) = refused_whole(&said.mail, decides, standing) {
        if speaker.trust == Trust::Claimed && refused.reason() == Reason::NotTrusted {
            return challenge::hold(ticket, incoming, row);
        }
        let reason = refused.reason();
        return hold_whole(ticket, arrival, &said, (reason, reason.code()));
    }
    if article::is_answer(ticket, arrival) {
        return article::answered(ticket, arrival, &said, &words);
    }
    if escalate::is_answer(ticket, arrival) {
        return escalate::answered(ticket, arrival, &said, &words);
    }
    if ticket.snapshot().origin.is_some() {
        return handover::answered(ticket, incoming, (row, &words));
    }
    if said.mail.maybe_note {
        return hold_whole(ticket, arrival, &said, (Reason::HeldNote, "maybe_note"));
    }
    // A phone may put its own line where the button's word stood: nobody is sent that.
    let is_other = arrival.is_button() && said.mail.commands.is_empty();
    let problem = problem.or_else(|| is_other.then_some("other_words"));
    match problem {
        Some(why) => hold_whole(ticket, arrival, &said, (Reason::HeldUnclear, why)),
        // What waits is taken again whole; of a line nothing but the line may go out.
        None if crossing::is_crossed(ticket, arrival, &said) && arrival.is_line => {
            hold_whole(ticket, arrival, &said, (Reason::Crossed, "crossed"));
        }
        None if crossing::is_crossed(ticket, arrival, &said) => {
            crossing::hold(ticket, arrival, &said);
        }
        None => act(ticket, arrival, &said),
    }
}

/// What an agent wrote above somebody's request that they bring: commands act on its ticket, their other words stay
/// inside.
pub(super) fn brought(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    speaker: &Speaker,
    mail: AgentMail,
) {
    let Some(agent) = speaker.agent.clone() else {
        return;
    };
    let row = ticket.snapshot().first_message;
    let said = Said {
        speaker,
        agent,
        row,
        mail,
    };
    if said.mail.note.is_some() {
        ticket.happened(EventData::NoteAdded { message: row }, Reason::AgentNote);
    }
    let mut transcript = Transcript::default();
    for unknown in &said.mail.unknown {
        transcript.not_known(unknown, ticket.staff_language());
    }
    for command in said.mail.in_order() {
        let standing = identity::standing(speaker, Side::Agents, ticket);
        let allowed = may(command.verb.form().act, standing);
        let allowed = allowed.map_err(|refused| NotDone::from(refused.reason()));
        match allowed.and_then(|()| carry_out(ticket, (arrival, &said), command)) {
            Ok(()) => transcript.done(command),
            Err(not_done) => {
                note_refusal(ticket, command, not_done.reason);
                transcript.not_done(command, &not_done);
            }
        }
    }
    if transcript.has_done(Verb::Done) {
        tell_resolution(ticket, arrival, &said);
    }
    match transcript.is_worth_telling(ticket, &said.agent) {
        true => transcript.tell(ticket, arrival, &said),
        false => transcript.keep(ticket, &said.agent),
    }
}

/// What an agent said in one mail.
struct Said<'a> {
    speaker: &'a Speaker,
    agent: AgentName,
    row: MessageRow,
    mail: AgentMail,
}

/// Why a command was not carried out, and a name or number that belongs to the reason.
struct NotDone {
    reason: Reason,
    detail: String,
}

impl From<(Reason, String)> for NotDone {
    fn from((reason, detail): (Reason, String)) -> Self {
        Self { reason, detail }
    }
}

impl From<Reason> for NotDone {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            detail: String::new(),
        }
    }
}

/// Nothing of the mail is acted on or goes out; it stays as a note, and its author hears why.
fn hold_whole(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
    (reason, why): (Reason, &str),
) {
    ticket.decision.reason = reason;
    ticket.happened(EventData::NoteAdded { message: said.row }, reason);
    Transcript::held(why).tell(ticket, arrival, said);
}

fn act(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, said: &Said<'_>) {
    let mut transcript = Transcript::default();
    if said.mail.note.is_some() {
        ticket.decision.reason = Reason::AgentNote;
        ticket.happened(
            EventData::NoteAdded { message: said.row },
            Reason::AgentNote,
        );
    }
    let was_free = ticket.snapshot().assignee.is_none();
    for unknown in &said.mail.unknown {
        transcript.not_known(unknown, ticket.staff_language());
    }
    for command in said.mail.in_order() {
        ticket.decision.reason = Reason::AgentCommand;
        match carry_out(ticket, (arrival, said), command) {
            Ok(()) => transcript.done(command),
            Err(not_done) => {
                note_refusal(ticket, command, not_done.reason);
                transcript.not_done(command, &not_done);
            }
        }
    }
    say_answer(ticket, arrival, said, &mut transcript);
    let is_taken = ticket.snapshot().assignee.as_ref() == Some(&said.agent);
    if let Some(note) = &said.mail.note {
        tell_colleagues(ticket, arrival, said, ("note", note));
    } else if was_free && is_taken && !transcript.has_done(Verb::Assign) {
        tell_colleagues(ticket, arrival, said, ("taken", ""));
    }
    // How a queue works is changed by a word, for everybody: whoever says it sees that it was understood.
    let is_of_queue = |command: &Command| command.verb.form().act == Act::ChangeQueue;
    let changes_queue = said.mail.commands.iter().any(is_of_queue);
    match changes_queue || transcript.is_worth_telling(ticket, &said.agent) {
        true => transcript.tell(ticket, arrival, said),
        false => transcript.keep(ticket, &said.agent),
    }
}

/// The words of the mail go to the requester, unless they belong to something that was not done.
fn say_answer(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
    transcript: &mut Transcript,
) {
    if transcript.has_done(Verb::Done) {
        tell_resolution(ticket, arrival, said);
        transcript.words_went_out();
    } else if has_answer(arrival, said) {
        if transcript.governs_words() {
            ticket.happened(
                EventData::NoteAdded { message: said.row },
                Reason::HeldWithCommand,
            );
            transcript.words_are_held();
        } else {
            answer(ticket, arrival, said, transcript.has_done(Verb::Wait));
            transcript.words_went_out();
        }
    }
}

fn note_refusal(ticket: &mut TicketDraft<'_, '_>, command: &Command, reason: Reason) {
    let command = command.verb.code().to_owned();
    ticket.happened(EventData::CommandRefused { command }, reason);
}

/// Why an agent's mail is kept inside instead of acted on: nothing half-done comes of a mail whose author may not do
/// all that it says.
fn refused_whole(mail: &AgentMail, besides: Option<Act>, standing: Standing) -> Option<Refusal> {
    let note = mail.note.as_ref().map(|_| Act::Note);
    let commands = mail.commands.iter().map(|command| command.verb.form().act);
    let mut acts = std::iter::once(Act::Answer)
        .chain(note)
        .chain(commands)
        .chain(besides);
    acts.find_map(|act| may(act, standing).err())
}

fn has_answer(arrival: &Arrival, said: &Said<'_>) -> bool {
    let is_all_note = said.mail.note.is_some() || !said.mail.commands.is_empty();
    !said.mail.answer.trim().is_empty() || (has_files(arrival) && !is_all_note)
}

fn has_files(arrival: &Arrival) -> bool {
    let files = &arrival.reading.message.attachments;
    files.iter().any(|file| !file.inline)
}
