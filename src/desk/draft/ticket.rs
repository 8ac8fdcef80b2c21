//! One ticket of a decision, in hand. While it is, no other is: nothing can be said to the wrong one.

use std::ops::{Deref, DerefMut};

use super::DecisionBuilder;
use crate::{
    desk::{
        arrival::Arrival,
        fold,
        lifecycle::{Happening, Transition, transition},
        reason::Reason,
        sla,
        world::active_of,
    },
    model::{
        clock::ClockKind,
        event::{Event, EventData, Private, Stream},
        ids::{AgentName, TicketNumber},
        ticket::{State, Ticket},
    },
};

/// What an answer keeps.
pub(in crate::desk) const ANSWERS: [ClockKind; 3] = [
    ClockKind::FirstResponse,
    ClockKind::NextResponse,
    ClockKind::Update,
];

/// Which clock goes on by this event.
#[expect(clippy::wildcard_enum_match_arm, reason = "no other goes on")]
const fn resumed(event: &EventData) -> Option<ClockKind> {
    match event {
        EventData::ClockResumed { clock, .. } => Some(*clock),
        _ => None,
    }
}

/// One ticket of a decision, in hand.
#[derive(Debug)]
pub(in crate::desk) struct TicketDraft<'d, 'a> {
    builder: &'d mut DecisionBuilder<'a>,
    ticket: &'d mut Ticket,
}

impl<'d, 'a> TicketDraft<'d, 'a> {
    pub(super) const fn new(builder: &'d mut DecisionBuilder<'a>, ticket: &'d mut Ticket) -> Self {
        Self { builder, ticket }
    }

    /// The ticket as it stands after the events so far.
    pub(in crate::desk) const fn snapshot(&self) -> &Ticket {
        self.ticket
    }

    /// The last mail that a participant wrote in it, as it was read, as far as those may read it who work where it is now.
    pub(in crate::desk) fn original(&self) -> Option<&'a Arrival> {
        let (world, policy) = (self.builder.world, self.builder.given.policy);
        world.original(self.ticket.number, (&self.ticket.queue, policy))
    }

    /// Something happened to it.
    pub(in crate::desk) fn happened(&mut self, data: EventData, reason: Reason) {
        self.happened_privately(data, reason, None);
    }

    /// It happened because a rule of that name holds.
    pub(in crate::desk) fn happened_by_rule(&mut self, data: EventData, rule: &str) {
        let stream = Stream::Ticket(self.ticket.number);
        let mut event = self.builder.event(stream, data, Reason::ByRule, None);
        event.reason = Reason::of_rule(rule);
        self.takes_in(event);
    }

    /// It goes to work where this is what follows: a state that no other event says.
    pub(in crate::desk) fn goes_to_work(&mut self, happening: Happening, reason: Reason) {
        if transition(self.ticket.state, happening) == Transition::Open {
            self.enters(State::Open, reason);
        }
    }

    /// It is in another state from now on, and its clocks with it: while the requester is asked none runs, while a third
    /// party is waited for it is as the queue says.
    pub(in crate::desk) fn enters(&mut self, state: State, reason: Reason) {
        let is_new = self.ticket.state != state;
        if is_new {
            self.happened(EventData::StateChanged { state }, reason);
        }
        let policy = self.builder.given.policy;
        let Some(queue) = policy.queue_of(self.ticket) else {
            return;
        };
        let at = self.builder.voice.at;
        let stands_still = match state {
            State::Pending => true,
            State::OnHold => queue.pauses_on_hold,
            State::New | State::Open => queue.asking.pauses && self.ticket.is_escalated(),
            State::Resolved | State::Closed => false,
        };
        let clocks = match stands_still {
            true => sla::pause(self.ticket, policy, at),
            false => sla::resume(self.ticket, policy, at),
        };
        match is_new {
            true => self.go_on(clocks, reason),
            false => clocks
                .into_iter()
                .for_each(|clock| self.happened(clock, reason)),
        }
    }

    /// Time goes on that stood still.
    pub(in crate::desk) fn resumes(&mut self, reason: Reason) {
        let (policy, at) = (self.builder.given.policy, self.builder.voice.at);
        self.go_on(sla::resume(self.ticket, policy, at), reason);
    }

    /// What goes on goes on by the promise of today: while it stood still the file may have promised something else.
    fn go_on(&mut self, clocks: Vec<EventData>, reason: Reason) {
        let (policy, at) = (self.builder.given.policy, self.builder.voice.at);
        let queue = policy.queue_of(self.ticket);
        for clock in clocks {
            let resumed = resumed(&clock).zip(queue);
            self.happened(clock, reason);
            let Some((kind, queue)) = resumed else {
                continue;
            };
            for clock in sla::taken_up(self.ticket, (policy, queue), (&[kind], at)) {
                self.happened(clock, Reason::PolicyChanged);
            }
        }
    }

    /// A person has answered whoever asked, at the instant of the mail at hand. From then on whoever asked is kept informed,
    /// where that is promised.
    pub(in crate::desk) fn is_answered(&mut self, by: Option<&AgentName>) {
        let kinds = ANSWERS;
        let (policy, at) = (self.builder.given.policy, self.builder.voice.at);
        for (judgement, reason) in sla::judge(self.ticket, policy, (&kinds, by), at) {
            self.happened(judgement, reason);
        }
        let queue = policy.queue_of(self.ticket);
        let is_live = self.ticket.state.is_live();
        let update = queue
            .filter(|_| is_live)
            .and_then(|queue| sla::start(ClockKind::Update, self.ticket, queue, at));
        if let Some(update) = update {
            self.happened(update, Reason::TargetOfQueue);
            // Where the answer was a question it stands still at once.
            self.enters(self.ticket.state, Reason::TargetOfQueue);
        }
    }

    /// What has passed already is judged as what it was promised for, before it is taken for anything else.
    pub(in crate::desk) fn judges_passed(&mut self) {
        let (policy, at) = (self.builder.given.policy, self.builder.voice.at);
        for judgement in sla::judge_passed(self.ticket, policy, at) {
            self.happened(judgement, Reason::TimePassed);
        }
    }

    /// Something happens to another ticket for this one's sake, once this one is put down.
    pub(in crate::desk) fn happens_to(
        &mut self,
        other: TicketNumber,
        data: EventData,
        reason: Reason,
    ) {
        self.builder.elsewhere.push((other, data, reason));
    }

    /// Something happened to it, with words that may be erased.
    pub(in crate::desk) fn happened_privately(
        &mut self,
        data: EventData,
        reason: Reason,
        private: Option<Private>,
    ) {
        let stream = Stream::Ticket(self.ticket.number);
        let event = self.builder.event(stream, data, reason, private);
        self.takes_in(event);
    }

    /// The ticket as it is after the event, and the loads of its agents with it.
    fn takes_in(&mut self, event: Event) {
        let before = active_of(self.ticket);
        fold::apply(self.ticket, &event);
        self.builder.count_active(before, active_of(self.ticket));
        self.builder.decision.events.push(event);
    }
}

impl<'a> Deref for TicketDraft<'_, 'a> {
    type Target = DecisionBuilder<'a>;

    fn deref(&self) -> &Self::Target {
        self.builder
    }
}

impl DerefMut for TicketDraft<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.builder
    }
}
