//! What happens to a ticket's clocks.

use jiff::Timestamp;

use crate::model::{
    clock::{Clock, ClockKind, Idle, Outcome},
    event::{Event, EventData},
    ids::{AgentName, QueueName},
    terms::{Change, Pause, Terms},
    ticket::{State, Ticket},
};

/// One more event of a clock.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is no clock's")]
pub(super) fn apply(ticket: &mut Ticket, event: &Event) {
    match &event.data {
        EventData::ClockStarted {
            clock,
            terms,
            due_at,
        } => promise(ticket, *clock, terms, (event.at, *due_at)),
        EventData::ClockReopened {
            clock,
            since,
            due_at,
        } => reopen(ticket, *clock, (*since, event.at), *due_at),
        EventData::ClockDropped { clock } => {
            let is_dropped = |known: &Clock| known.kind == *clock && known.outcome.is_none();
            ticket.clocks.retain(|known| !is_dropped(known));
        }
        EventData::DeadlineMoved { clock, .. }
        | EventData::DeadlineDecided { clock, .. }
        | EventData::Escalated { clock, .. } => {
            let open = running(ticket, *clock).is_some();
            let known = match open {
                true => running(ticket, *clock),
                false => last(ticket, *clock),
            };
            if let Some(known) = known {
                goes_on(known, &event.data, event.at);
            }
        }
        EventData::VerdictCorrected(verdict) => {
            let mut clocks = ticket.clocks.iter_mut().rev();
            let is_meant = |known: &&mut Clock| {
                known.kind == verdict.clock && known.started_at == verdict.started_at
            };
            if let Some(known) = clocks.find(is_meant) {
                corrected(known, verdict.outcome, verdict.due_at, verdict.satisfied_at);
                kept_by(known, verdict.outcome, verdict.agent.as_ref());
            }
        }
        EventData::ClockRecounted { clock, .. }
        | EventData::ClockChanged { clock, .. }
        | EventData::ClockPaused { clock, .. }
        | EventData::ClockResumed { clock, .. }
        | EventData::Reminded { clock, .. } => {
            if let Some(running) = running(ticket, *clock) {
                goes_on(running, &event.data, event.at);
            }
        }
        EventData::ClockJudged(verdict) => {
            if let Some(running) = running(ticket, verdict.clock) {
                let ended_at = verdict.satisfied_at.unwrap_or(verdict.due_at);
                judged(running, verdict.outcome, ended_at);
                kept_by(running, Some(verdict.outcome), verdict.agent.as_ref());
            }
        }
        _ => {}
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest is no running clock's"
)]
fn goes_on(clock: &mut Clock, data: &EventData, at: Timestamp) {
    match data {
        EventData::DeadlineMoved { due_at, .. } => clock.moved_to = Some(*due_at),
        EventData::DeadlineDecided {
            is_approved: true, ..
        } => {
            clock.due_at = clock.promised_at();
            clock.granted = Some(clock.due_at);
            clock.moved_to = None;
        }
        EventData::ClockChanged {
            terms,
            mode,
            due_at,
            ..
        } => changed(clock, (terms, *mode), at, *due_at),
        EventData::ClockPaused {
            left_secs, due_at, ..
        } => {
            clock.pauses.push(Pause { from: at, to: None });
            match due_at {
                Some(due_at) => clock.due_at = *due_at,
                None => clock.left_secs = Some(*left_secs),
            }
        }
        EventData::ClockResumed { due_at, .. } => {
            if let Some(pause) = clock.pauses.last_mut() {
                pause.to = pause.to.or_else(|| Some(at.max(pause.from)));
            }
            clock.left_secs = None;
            clock.due_at = *due_at;
            clock.granted = clock.granted.map(|_| *due_at);
        }
        EventData::ClockRecounted { due_at, .. } => clock.due_at = *due_at,
        EventData::Reminded { percent, .. } => clock.reminded = Some(*percent),
        EventData::Escalated {
            steps,
            heads,
            instead_of,
            ..
        } => clock.tell(*steps, heads.iter().chain(instead_of)),
        _ => {}
    }
}

fn promise(
    ticket: &mut Ticket,
    kind: ClockKind,
    terms: &Terms,
    (started_at, due_at): (Timestamp, Timestamp),
) {
    ticket.clocks.push(Clock {
        kind,
        started_at,
        terms: terms.clone(),
        queue: ticket.queue.clone(),
        moves: Vec::new(),
        pauses: Vec::new(),
        solved: Vec::new(),
        changes: Vec::new(),
        due_at,
        outcome: None,
        moved_to: None,
        granted: None,
        left_secs: None,
        ended_at: None,
        reminded: None,
        escalated: None,
        told: Vec::new(),
        done_at: None,
        done_by: None,
        idle: Vec::new(),
    });
}

fn changed(
    clock: &mut Clock,
    (terms, mode): (&Terms, crate::model::terms::ChangeMode),
    at: Timestamp,
    due_at: Option<Timestamp>,
) {
    clock.changes.push(Change::of_all(at, terms, mode));
    clock.moved_to = None;
    clock.granted = None;
    if clock.is_paused() {
        // Business time stands still; what runs on, if anything does, is the limit of the new promise.
        clock.left_secs = match due_at {
            Some(_) => None,
            None => clock.left_secs.or(terms.target_secs).or(Some(0)),
        };
    }
    // Of the same due time nobody is reminded twice.
    clock.reminded = clock.reminded.filter(|_| due_at == Some(clock.due_at));
    if let Some(due_at) = due_at {
        clock.due_at = due_at;
    }
}

const fn judged(clock: &mut Clock, outcome: Outcome, at: Timestamp) {
    clock.outcome = Some(outcome);
    clock.ended_at = Some(at);
    clock.left_secs = None;
}

/// Whose a promise that was kept is; what nobody has done nobody has kept.
fn kept_by(clock: &mut Clock, outcome: Option<Outcome>, agent: Option<&AgentName>) {
    match outcome {
        Some(Outcome::Met) => clock.done_by = agent.cloned(),
        Some(Outcome::Breached) => {}
        None => clock.done_by = None,
    }
}

/// A verdict turns out otherwise.
fn corrected(
    clock: &mut Clock,
    outcome: Option<Outcome>,
    due_at: Timestamp,
    satisfied_at: Option<Timestamp>,
) {
    clock.outcome = outcome;
    clock.due_at = due_at;
    clock.tell_anew();
    clock.ended_at = match (outcome, satisfied_at) {
        (None, _) => None,
        (Some(_), Some(at)) => Some(at),
        (Some(_), None) => Some(due_at),
    };
}

/// The clock that was judged last goes on, as another one with its history.
fn reopen(
    ticket: &mut Ticket,
    kind: ClockKind,
    (from, to): (Timestamp, Timestamp),
    due_at: Timestamp,
) {
    let mut clocks = ticket.clocks.iter().rev();
    let Some(mut again) = clocks.find(|clock| clock.kind == kind).cloned() else {
        return;
    };
    let solved = Pause { from, to: Some(to) };
    again.pauses.push(solved);
    again.solved.push(solved);
    again.outcome = None;
    again.ended_at = None;
    again.moved_to = None;
    again.tell_anew();
    again.done_at = None;
    again.done_by = None;
    again.idle.clear();
    again.due_at = due_at;
    ticket.clocks.push(again);
}

/// The ticket is another queue's: its clocks go on by that one's calendar.
pub(super) fn transferred(ticket: &mut Ticket, queue: &QueueName, at: Timestamp) {
    let running = ticket
        .clocks
        .iter_mut()
        .filter(|clock| clock.outcome.is_none());
    for clock in running {
        clock.moves.push((at, queue.clone()));
    }
}

/// The clock of that kind that is not judged yet.
fn running(ticket: &mut Ticket, kind: ClockKind) -> Option<&mut Clock> {
    let mut clocks = ticket.clocks.iter_mut();
    clocks.find(|clock| clock.kind == kind && clock.outcome.is_none())
}

/// The last clock of that kind, judged or not.
fn last(ticket: &mut Ticket, kind: ClockKind) -> Option<&mut Clock> {
    let mut clocks = ticket.clocks.iter_mut().rev();
    clocks.find(|clock| clock.kind == kind)
}

/// Who kept a promise, in time or not, is remembered with the clock it was promised by; of one that had passed, also when.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest keeps no promise")]
pub(super) fn note_done(ticket: &mut Ticket, event: &Event) {
    const ANSWERS: [ClockKind; 3] = [
        ClockKind::FirstResponse,
        ClockKind::NextResponse,
        ClockKind::Update,
    ];
    let (kinds, by) = match &event.data {
        EventData::Answered { agent, .. } => (&ANSWERS[..], Some(agent)),
        EventData::AnsweredOutside { agent, .. } => (&ANSWERS[..], agent.as_ref()),
        EventData::Resolved { agent, .. } => (&ClockKind::ALL[..], Some(agent)),
        EventData::ResolvedOutside { agent, .. } => (&ClockKind::ALL[..], agent.as_ref()),
        _ => return,
    };
    for kind in kinds {
        let clock = last(ticket, *kind);
        if let Some(clock) = clock.filter(|clock| is_kept_at(clock, event.at)) {
            if clock.has_passed() {
                clock.done_at.get_or_insert(event.at);
            }
            clock.done_by = clock.done_by.take().or_else(|| by.cloned());
        }
    }
}

/// Whether anybody could go on with a ticket whose solution is late already.
pub(super) fn note_idle(ticket: &mut Ticket, at: Timestamp) {
    let state = ticket.state;
    let clock = last(ticket, ClockKind::Resolution);
    let Some(clock) = clock.filter(|clock| clock.outcome == Some(Outcome::Breached)) else {
        return;
    };
    let open = clock.idle.last_mut().filter(|one| one.to.is_none());
    match open {
        Some(open) if open.state == state => return,
        Some(open) => open.to = Some(at.max(open.from)),
        None => {}
    }
    if !matches!(state, State::New | State::Open) {
        let to = None;
        clock.idle.push(Idle {
            state,
            from: at,
            to,
        });
    }
}

/// Whether what happens now is what was promised: it runs, its time has passed with nothing done, or this has just ended it.
fn is_kept_at(clock: &Clock, at: Timestamp) -> bool {
    clock.outcome.is_none() || clock.has_passed() || clock.ended_at == Some(at)
}
