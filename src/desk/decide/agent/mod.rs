//! An agent writes in a ticket: Reply is the answer, a few words alone on their lines do the rest.

mod mails;
mod observers;

use super::{Incoming, become_responsible, challenge};
use mails::{answer, refuse, show_original, tell_colleagues, tell_resolution};

use crate::desk::{
    arrival::Arrival,
    command::{AgentMail, Command, read_agent_mail},
    draft::TicketDraft,
    identity::Speaker,
    lifecycle::{Happening, Transition, transition},
    own_words::{OwnWords, own_words},
    permission::{Act, Refusal, Standing, may},
    reason::Reason,
    sla,
};
use crate::model::{
    event::{EventData, Trust},
    ids::{AgentName, MessageRow},
    outgoing::RefusedCommand,
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
        OwnWords::None => (
            String::new(),
            Some("no_words").filter(|_| !has_files(arrival)),
        ),
        OwnWords::Unclear => (String::new(), Some("below_the_line")),
        OwnWords::NotRead => (String::new(), Some("not_read")),
        OwnWords::MailAttached => (String::new(), Some("mail_attached")),
    };
    let mail = read_agent_mail(&words);
    if let Some(refused) = refused_whole(&mail, *standing) {
        if speaker.trust == Trust::Claimed && refused.reason() == Reason::NotTrusted {
            return challenge::hold(ticket, incoming, row);
        }
        let reason = refused.reason();
        ticket.decision.reason = reason;
        ticket.happened(EventData::NoteAdded { message: row }, reason);
        return refuse(
            ticket,
            arrival,
            speaker,
            vec![refusal("", reason.code(), "")],
        );
    }
    if let Some(why) = problem.or_else(|| mail.maybe_note.then_some("maybe_note")) {
        let reason = if mail.maybe_note {
            Reason::HeldNote
        } else {
            Reason::HeldUnclear
        };
        ticket.decision.reason = reason;
        ticket.happened(EventData::NoteAdded { message: row }, reason);
        return refuse(ticket, arrival, speaker, vec![refusal("", why, "")]);
    }
    act(
        ticket,
        arrival,
        &Said {
            speaker,
            agent,
            row,
            mail,
        },
    );
}

/// What an agent said in one mail.
struct Said<'a> {
    speaker: &'a Speaker,
    agent: AgentName,
    row: MessageRow,
    mail: AgentMail,
}

fn act(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival, said: &Said<'_>) {
    let mut refused: Vec<RefusedCommand> = said
        .mail
        .unknown
        .iter()
        .map(|word| refusal(word, Reason::UnknownCommand.code(), ""))
        .collect();
    if said.mail.note.is_some() {
        ticket.decision.reason = Reason::AgentNote;
        ticket.happened(
            EventData::NoteAdded { message: said.row },
            Reason::AgentNote,
        );
    }
    let was_free = ticket.snapshot().assignee.is_none();
    let mut resolves = false;
    for (command, written) in &said.mail.commands {
        ticket.decision.reason = Reason::AgentCommand;
        let outcome = match command {
            Command::Take => assign(ticket, said),
            Command::Done => resolve(ticket, said).map(|()| resolves = true),
            Command::Add => observers::add(ticket, written),
            Command::Full => show_original(ticket, arrival, said),
        };
        if let Err((reason, detail)) = outcome {
            ticket.happened(
                EventData::CommandRefused {
                    command: command.code().to_owned(),
                },
                reason,
            );
            refused.push(refusal(written, reason.code(), &detail));
        }
    }
    if resolves {
        tell_resolution(ticket, arrival, said);
    } else if has_answer(arrival, said) {
        answer(ticket, arrival, said);
    }
    let is_taken = ticket.snapshot().assignee.is_some();
    if let Some(note) = &said.mail.note {
        tell_colleagues(ticket, arrival, said, ("note", note));
    } else if was_free && is_taken {
        tell_colleagues(ticket, arrival, said, ("taken", ""));
    }
    if !refused.is_empty() {
        refuse(ticket, arrival, said.speaker, refused);
    }
}

/// Why an agent's mail is kept inside instead of acted on: nothing half-done comes of a mail whose author may not do
/// all that it says.
fn refused_whole(mail: &AgentMail, standing: Standing) -> Option<Refusal> {
    let note = mail.note.as_ref().map(|_| Act::Note);
    let commands = mail.commands.iter().map(|(command, _)| command.act());
    let mut acts = std::iter::once(Act::Answer).chain(note).chain(commands);
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

fn assign(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), (Reason, String)> {
    let assignee = ticket.snapshot().assignee.as_ref();
    if let Some(other) = assignee.filter(|assignee| **assignee != said.agent) {
        return Err((Reason::AlreadyTaken, ticket.agent_name(other)));
    }
    let is_mine_already = assignee.is_some();
    match transition(ticket.snapshot().state, Happening::AgentTook) {
        Transition::Refuse(reason) => Err((reason, String::new())),
        Transition::Stay
        | Transition::Open
        | Transition::Resolve
        | Transition::Close
        | Transition::Reopen => {
            if !is_mine_already {
                ticket.happened(
                    EventData::Assigned {
                        agent: said.agent.clone(),
                    },
                    Reason::AgentCommand,
                );
            }
            ticket.goes_to_work(Happening::AgentTook, Reason::AgentCommand);
            Ok(())
        }
    }
}

fn resolve(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), (Reason, String)> {
    if let Transition::Refuse(reason) =
        transition(ticket.snapshot().state, Happening::AgentResolved)
    {
        return Err((reason, String::new()));
    }
    become_responsible(ticket, &said.agent);
    // After that: the verdict is theirs who resolved it.
    let judgements = sla::judge_resolved(ticket.snapshot(), ticket.voice.at);
    ticket.happened(
        EventData::Resolved {
            message: said.row,
            agent: said.agent.clone(),
        },
        Reason::AgentCommand,
    );
    for (judgement, reason) in judgements {
        ticket.happened(judgement, reason);
    }
    Ok(())
}

fn refusal(command: &str, why: &str, detail: &str) -> RefusedCommand {
    RefusedCommand {
        command: command.to_owned(),
        why: why.to_owned(),
        detail: detail.to_owned(),
    }
}
