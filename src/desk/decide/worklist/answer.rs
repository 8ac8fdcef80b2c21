//! An agent answers their work list: a line that begins with numbers is a mail of its own into those tickets.

use super::{super::due::digest_mail, sender};
use crate::desk::{
    arrival::Arrival,
    command::read_agent_mail,
    decide::{Incoming, agent, machine},
    draft::Draft,
    identity::{self, Speaker},
    loops,
    own_words::{OwnWords, own_words},
    policy::Policy,
    reason::Reason,
    threading::Seat,
    worklist::{LineAnswer, answers_in, as_command},
};
use crate::model::{
    event::{Role, Trust},
    ids::{AgentName, TicketNumber},
    outgoing::{AutoSubmitted, Body, OutgoingMail, WorkListAnswer},
    ticket::Side,
};

/// Whether this is such an answer, and then all that follows.
pub(in super::super) fn was_answered(draft: &mut Draft<'_>, arrival: &Arrival) -> bool {
    let given = draft.given;
    let Some((owner, minutes)) = arrival.work_list(given.key, given.policy) else {
        return false;
    };
    let Some(mut speaker) = identity::recognise(arrival, None, draft) else {
        return false;
    };
    let Some(agent) = speaker.agent.clone() else {
        return false;
    };
    // The list was sent to its owner alone.
    if speaker.trust == Trust::Claimed && agent == owner {
        speaker.trust = Trust::Token;
    }
    (draft.voice.role, draft.voice.trust) = (Role::Agent, speaker.trust);
    machine::put_aside(draft, arrival, Reason::WorkListAnswered);
    if speaker.trust < Trust::Token {
        draft.decision.reason = Reason::NotTrusted;
        if speaker.trust == Trust::Claimed {
            tell(
                draft,
                arrival,
                (&agent, &speaker),
                ("not_trusted", Vec::new()),
            );
        }
        return true;
    }
    let Some(list) = draft.world.work_list(&owner, minutes).map(<[_]>::to_vec) else {
        tell(draft, arrival, (&agent, &speaker), ("gone", Vec::new()));
        return true;
    };
    let words = match own_words(arrival) {
        OwnWords::Clear(words) => words,
        OwnWords::None | OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => {
            String::new()
        }
    };
    let answers = answers_in(&words);
    let all = answers.len();
    let mut left = Vec::new();
    for answer in answers {
        if !carry_out(draft, arrival, (&speaker, &list), &answer) {
            left.push(answer.written);
        }
    }
    let why = match left.len() {
        _ if all == 0 => "no_lines",
        few if few < all => "",
        _ => "no_commands",
    };
    if !why.is_empty() || !left.is_empty() {
        tell(draft, arrival, (&agent, &speaker), (why, left));
    }
    draft.decision.reason = Reason::WorkListAnswered;
    true
}

/// Whether the line means something in every ticket that it names.
fn carry_out(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (speaker, list): (&Speaker, &[TicketNumber]),
    answer: &LineAnswer,
) -> bool {
    let Some(words) = as_mail(&answer.words, draft.given.policy) else {
        return false;
    };
    let line = arrival.line(words);
    let mut is_all_known = true;
    for number in &answer.numbers {
        let index = usize::try_from(*number).ok();
        let index = index.and_then(|number| number.checked_sub(1));
        let ticket = index.and_then(|index| list.get(index));
        let ticket = ticket.and_then(|ticket| draft.ticket(*ticket));
        // What is asked about an unsure request is answered in reply to the question.
        let ticket = ticket.filter(|ticket| ticket.snapshot().origin.is_none());
        let Some(mut ticket) = ticket else {
            is_all_known = false;
            continue;
        };
        let place = Seat {
            ticket: ticket.snapshot().number,
            side: Side::Agents,
            how: Reason::WorkListAnswered,
            is_signed: true,
        };
        let standing = identity::standing(speaker, Side::Agents, &ticket);
        ticket.voice.role = standing.role;
        let incoming = Incoming {
            arrival: &line,
            speaker: speaker.clone(),
            place,
            standing,
        };
        agent::wrote(&mut ticket, &incoming);
    }
    is_all_known
}

/// The line as a mail of its own would say it: a command, or a note; `to accounting` is a command, too. Plain words are
/// nothing: they would go to the requester, and nobody answers a person by the line.
fn as_mail(words: &str, policy: &Policy) -> Option<String> {
    let command = as_command(words, policy);
    // A slip of the finger is told in its ticket; a word that is near to none is told with the others.
    let says_something = |mail: &str| {
        let mail = read_agent_mail(mail);
        let is_near = mail.unknown.iter().any(|unknown| unknown.near.is_some());
        mail.note.is_some() || !mail.commands.is_empty() || is_near
    };
    let is_note = read_agent_mail(words).note.is_some();
    if is_note {
        return Some(words.to_owned());
    }
    says_something(&command).then_some(command)
}

/// Lines that came to nothing, to whoever wrote them.
fn tell(
    draft: &mut Draft<'_>,
    arrival: &Arrival,
    (agent, speaker): (&AgentName, &Speaker),
    (why, lines): (&str, Vec<String>),
) {
    let policy = draft.given.policy;
    let mut queues = policy.queues.iter();
    let queue = queues.find(|(_, queue)| queue.agents.contains(agent));
    let Some(from) = queue.and_then(|(name, _)| sender(draft, name)) else {
        return;
    };
    let subject = arrival.reading.message.subject.as_deref();
    let body = Body::WorkListAnswer(WorkListAnswer {
        about: subject.unwrap_or_default().to_owned(),
        why: why.to_owned(),
        lines,
    });
    let key = format!("list_answer:{}", arrival.raw);
    if let Some(mail) = digest_mail(draft, (speaker.person, key), from, body) {
        draft.queue_mail(OutgoingMail {
            auto_submitted: AutoSubmitted::Replied,
            hop: loops::hop(arrival).saturating_add(1),
            in_reply_to: arrival.own_id(),
            ..mail
        });
    }
}
