//! A participant writes in a ticket: something new for the agents, or one word about a resolution.

use jiff::Timestamp;

use super::{
    Incoming, Reach, distribute, forms, notices, opinion, unseen,
    verdict::{self, Said},
    wishes,
};
use crate::desk::{
    arrival::Arrival,
    command::{OneWord, is_stop},
    draft::TicketDraft,
    identity::{self, Speaker},
    lifecycle::{Happening, Transition, transition},
    loops,
    notify::{self, Sending},
    nps,
    permission::{Act, may},
    reason::Reason,
    showing::Showing,
    sla,
    threading::Seat,
};
use crate::model::{
    clock::ClockKind,
    event::EventData,
    ids::PersonId,
    outgoing::{AutoSubmitted, Body, Class},
    ticket::{Side, State},
};

/// How many people a ticket's participants may let read along.
const COLLABORATORS_MAX: usize = 50;

/// Says whom else it concerns.
pub(super) fn wrote(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>) -> Reach {
    let Incoming {
        arrival,
        speaker,
        place,
        standing,
    } = incoming;
    ticket.decision.reason = Reason::FollowUp;
    let state = ticket.snapshot().state;
    let place = Seat {
        side: Side::Requester,
        ..place.clone()
    };
    let unseen = unseen::answer_before(ticket, arrival, *standing).cloned();
    let row = super::join(ticket, arrival, speaker, &place);
    if ticket.snapshot().excluded.is_some() {
        ticket.decision.reason = Reason::CountsForNothing;
        return Reach::One;
    }
    notices::wake(ticket);
    if let Some(answer) = unseen {
        unseen::note_answer(ticket, row, answer);
    }
    if let Some(said) = nps::read(ticket, arrival) {
        recommends(ticket, incoming, said);
        return Reach::One;
    }
    if is_stop(arrival.new_text()) && may(Act::Leave, *standing).is_ok() {
        leave(ticket, speaker.person);
        return Reach::One;
    }
    if may(Act::AddPeople, *standing).is_ok() {
        add_collaborators(ticket, arrival);
    }
    let (what, rating, has_comment) = match verdict::read(ticket, arrival, *standing, state) {
        Said::Nothing(reason) => {
            verdict::note_nothing(ticket, reason);
            return Reach::One;
        }
        Said::Words => {
            forms::answered(ticket, incoming);
            let what = move_on(ticket, state, Happening::RequesterWrote);
            waits_for_answer(ticket);
            tell_agents(ticket, arrival, speaker, (what, None));
            return Reach::All;
        }
        Said::Verdict { word, has_comment } => match word {
            OneWord::Returned => {
                let what = move_on(ticket, state, Happening::RequesterReturned);
                waits_for_answer(ticket);
                (what, None, has_comment)
            }
            OneWord::Confirmed => {
                verdict::close(ticket, state, None);
                (What::Confirmed, None, has_comment)
            }
            OneWord::Rated(score) => {
                verdict::close(ticket, state, Some(score));
                (What::Confirmed, Some(score), has_comment)
            }
        },
    };
    opinion::tell(ticket, incoming, (what, rating, has_comment));
    Reach::One
}

/// They answer whether they would recommend us, or do not want to be asked that.
fn recommends(ticket: &mut TicketDraft<'_, '_>, incoming: &Incoming<'_>, said: nps::Said) {
    let (arrival, speaker) = (incoming.arrival, &incoming.speaker);
    match said {
        nps::Said::Score(score, comment) => {
            if nps::take(ticket, (score, comment), incoming.standing) {
                tell_agents(ticket, arrival, speaker, (What::Opinion, None));
            }
        }
        nps::Said::Words => {
            ticket.decision.reason = Reason::NpsWords;
            tell_agents(ticket, arrival, speaker, (What::Opinion, None));
        }
        nps::Said::Wants(is_wanted) => {
            let who = (speaker.person, incoming.standing);
            if let Some(told) = nps::want(ticket, is_wanted, who) {
                wishes::answer(ticket, arrival, speaker.person, (told, Vec::new(), false));
            }
        }
    }
}

/// Whoever reads along hears no more of it; whoever asked hears only what people write.
fn leave(ticket: &mut TicketDraft<'_, '_>, person: PersonId) {
    ticket.decision.reason = Reason::Left;
    let (world, known) = (ticket.world, ticket.snapshot());
    if world.is_requester(person, known) {
        if !known.is_quiet {
            ticket.happened(EventData::AutomaticMailStopped, Reason::Left);
        }
        return;
    }
    // Under every number they stand there.
    let mut numbers: Vec<PersonId> = known.readers().collect();
    numbers.retain(|number| world.is_among(person, &[*number]));
    for person in numbers {
        ticket.happened(EventData::ParticipantLeft { person }, Reason::Left);
    }
}

/// What the agents are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Reply,
    Confirmed,
    Returned,
    Reopened,
    Withdrawn,
    Urgent,
    Helped,
    Opinion,
}

impl What {
    const fn code(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Confirmed => "confirmed",
            Self::Returned => "returned",
            Self::Reopened => "reopened",
            Self::Withdrawn => "withdrawn",
            Self::Urgent => "urgent",
            Self::Helped => "helped",
            Self::Opinion => "opinion",
        }
    }
}

fn move_on(ticket: &mut TicketDraft<'_, '_>, state: State, happening: Happening) -> What {
    let returned = happening == Happening::RequesterReturned;
    match transition(state, happening) {
        Transition::Reopen => {
            let reason = if returned {
                Reason::Returned
            } else {
                Reason::Reopened
            };
            let since = ticket.snapshot().resolved_at;
            ticket.happened(EventData::Reopened, reason);
            clock_goes_on(ticket, since);
            distribute::come_back(ticket);
            if returned {
                What::Returned
            } else {
                What::Reopened
            }
        }
        Transition::Open => {
            ticket.goes_to_work(happening, Reason::FollowUp);
            What::Reply
        }
        Transition::Stay
        | Transition::Pend
        | Transition::Hold
        | Transition::Resolve
        | Transition::Close
        | Transition::Refuse(_) => What::Reply,
    }
}

/// The promise of a ticket that comes back, having been solved since then.
pub(super) fn clock_goes_on(ticket: &mut TicketDraft<'_, '_>, since: Option<Timestamp>) {
    let policy = ticket.given.policy;
    let clock = ticket
        .queue()
        .and_then(|queue| sla::reopen(ticket.snapshot(), (policy, queue), since, ticket.voice.at));
    if let Some(clock) = clock {
        ticket.happened(clock, Reason::TargetOfQueue);
    }
}

/// Whoever has been answered writes again: the promise of the next answer begins, unless one runs already.
pub(super) fn waits_for_answer(ticket: &mut TicketDraft<'_, '_>) {
    let known = ticket.snapshot();
    let runs = [ClockKind::FirstResponse, ClockKind::NextResponse];
    let is_promised = runs.into_iter().any(|kind| known.clock(kind).is_some());
    if is_promised || known.answers.is_empty() || !known.state.is_live() {
        return;
    }
    let clock = ticket.queue().and_then(|queue| {
        sla::start(
            ClockKind::NextResponse,
            ticket.snapshot(),
            queue,
            ticket.voice.at,
        )
    });
    if let Some(clock) = clock {
        ticket.happened(clock, Reason::TargetOfQueue);
    }
}

/// Whoever a participant puts into To or Cc reads along from now on.
fn add_collaborators(ticket: &mut TicketDraft<'_, '_>, arrival: &Arrival) {
    let mut people = Vec::new();
    for named in arrival.others(ticket.given.policy) {
        let Some(address) = named.parsed() else {
            continue;
        };
        let person = ticket.person(&address, named.name.as_deref(), None);
        let (world, known) = (ticket.world, ticket.snapshot());
        // Whoever has left is not fetched back by somebody else's Cc.
        let is_there = world.takes_part(person, known) || world.is_among(person, &known.left);
        if !is_there && !people.contains(&person) {
            people.push(person);
        }
    }
    let many = ticket.snapshot().collaborators.len();
    people.truncate(COLLABORATORS_MAX.saturating_sub(many));
    if !people.is_empty() {
        ticket.happened(
            EventData::CollaboratorsAdded { people },
            Reason::Participant,
        );
    }
}

pub(super) fn tell_agents(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    speaker: &Speaker,
    (what, rating): (What, Option<u8>),
) {
    let to = ticket.agents_to_tell();
    let Some(facts) = ticket.facts(ticket.staff_language()) else {
        return;
    };
    let Some(author) = ticket.person_by_id(speaker.person) else {
        return;
    };
    let address = speaker.address.clone();
    let name = if author.name.is_blank() {
        address.to_string()
    } else {
        author.name.to_string()
    };
    let showing = Showing::of(speaker, ticket);
    let (enclosures, files_left_out) =
        arrival.enclosures_for_agents(ticket.given.policy.relay_bytes_max);
    let files = notify::names_of(enclosures.as_ref());
    let assignee = ticket.snapshot().assignee.as_ref();
    let assignee = assignee.map(|agent| ticket.agent_name(agent));
    let mut warnings = showing.warnings(arrival, &files);
    let standing = identity::standing(speaker, Side::Requester, ticket);
    let unseen = unseen::answer_before(ticket, arrival, standing);
    warnings.extend(unseen.map(|_| Reason::AnsweredUnseen.code().to_owned()));
    ticket.send(Sending {
        key: format!("follow_up:{}:{}", arrival.raw, ticket.snapshot().number),
        class: Class::Human,
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        to,
        cc: Vec::new(),
        from_agent: None,
        body: Body::FollowUp {
            ticket: facts,
            what: what.code().to_owned(),
            author: showing.words(&name),
            author_address: Some(showing.words(address.as_str())),
            marks: showing.marks(),
            text: showing.words(arrival.new_text()),
            rating,
            warnings,
            files: showing.names(files),
            files_left_out: showing.names(files_left_out),
            assignee,
            copied: Vec::new(),
        },
        offers: None,
        enclosures: showing.formatted(arrival, enclosures),
        hop: loops::hop(arrival),
    });
}
