//! What agents say of themselves: an absence, its end, how they want to be written to. In a card's answer these are
//! commands like others; in a mail of their own they need no ticket ([`at_large`]).

mod hand_over;
mod letter;
mod noted;
mod taken_back;

pub(super) use hand_over::hand_over;
pub(super) use noted::{note_absence, note_return};
pub(super) use taken_back::{StandsAgain, restore, said_about, take_back, was_said_about};

use jiff::SignedDuration;

pub(super) use letter::{Saying, tell};

use crate::desk::{
    appointment::of_agent,
    arrival::Arrival,
    command::{Command, Verb, read_agent_mail},
    draft::{DecisionBuilder, Draft},
    duty::{AWAY_HOURS_MAX, changed, read_away},
    identity::Speaker,
    loops,
    own_words::{OwnWords, own_words},
    policy::QueuePolicy,
    reason::Reason,
};
use crate::model::{
    duty::{Absence, Before, Duty, Preferences},
    event::{EventData, Role, Trust},
    ids::{AgentName, RawId},
};

/// Why something was not done, and a name that belongs to the reason.
type Refused = (Reason, String);

/// What a mail of an agent's that belongs nowhere says of its author. Whether it is one of that sort.
pub(super) fn at_large(draft: &mut Draft<'_>, arrival: &Arrival, speaker: &Speaker) -> bool {
    let Some(agent) = speaker.agent.clone() else {
        return false;
    };
    let Some(commands) = said_in(draft, arrival, &agent) else {
        return false;
    };
    super::machine::put_aside(draft, arrival, Reason::AboutThemselves);
    draft.voice.role = Role::Agent;
    // What they say counts, although their program wants no answer.
    let may_answer = loops::answer_forbidden(arrival, draft.given).is_none();
    let mail = may_answer.then_some(arrival.raw);
    if speaker.trust < Trust::Token {
        draft.decision.reason = Reason::NotTrusted;
        if speaker.trust == Trust::Claimed {
            let whom = (&agent, speaker.trust);
            tell(draft, whom, mail, Saying::not_sure());
        }
        return true;
    }
    for command in commands {
        if let Err((reason, detail)) = carry_out(draft, (&agent, mail), &command) {
            let written = command.written.clone();
            let saying = Saying::not_done(reason, detail, written);
            tell(draft, (&agent, speaker.trust), mail, saying);
        }
    }
    true
}

/// The commands of a mail that says nothing else, where all are of that sort and some queue of theirs has them.
fn said_in(draft: &Draft<'_>, arrival: &Arrival, agent: &AgentName) -> Option<Vec<Command>> {
    let commands = said_alone(arrival)?;
    let is_own = |command: &Command| {
        let verb = command.verb;
        let is_own = matches!(verb, Verb::Absent | Verb::Back | Verb::Settings)
            || (verb == Verb::Undo && commands.len() == 1);
        is_own && queues_of(draft, agent).any(|queue| queue.is_on(verb))
    };
    let is_all = commands.iter().all(is_own);
    is_all.then_some(commands)
}

/// The commands of a mail that says nothing else: its words, or its subject where there are none.
pub(super) fn said_alone(arrival: &Arrival) -> Option<Vec<Command>> {
    let words = match own_words(arrival) {
        OwnWords::Clear(words) => words,
        OwnWords::None => arrival.reading.message.subject.clone()?,
        OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => return None,
    };
    let mail = read_agent_mail(&words);
    let says_no_more =
        mail.answer.trim().is_empty() && mail.note.is_none() && mail.unknown.is_empty();
    (says_no_more && !mail.commands.is_empty()).then_some(mail.commands)
}

/// Does what an agent says of themselves, and answers their mail, where it may be answered.
pub(super) fn carry_out(
    draft: &mut DecisionBuilder<'_>,
    (agent, mail): (&AgentName, Option<RawId>),
    command: &Command,
) -> Result<(), Refused> {
    if command.verb == Verb::Absent {
        return announce(draft, (agent, mail), &command.argument);
    }
    if command.verb == Verb::Back {
        return come_back(draft, (agent, mail));
    }
    if command.verb == Verb::Undo {
        return take_back(draft, (agent, mail));
    }
    set(draft, (agent, mail), &command.argument)
}

fn announce(
    draft: &mut DecisionBuilder<'_>,
    (agent, mail): (&AgentName, Option<RawId>),
    words: &str,
) -> Result<(), Refused> {
    let refused = |reason: Reason| move || (reason, String::new());
    let queue = queues_of(draft, agent)
        .next()
        .ok_or_else(refused(Reason::NoQueue))?;
    let (zone, now) = (queue.calendar.zone(), draft.given.now);
    let away = read_away(words, zone.to_datetime(now), zone).ok_or_else(refused(Reason::NoDate))?;
    let from = away.from.map_or(now, |from| from.max(now));
    if away.until <= from {
        return Err(refused(Reason::PastDate)());
    }
    if away.until.duration_since(now).as_hours() > AWAY_HOURS_MAX {
        return Err(refused(Reason::NoDate)());
    }
    let absence = Absence {
        from,
        until: away.until,
        deputy: deputy(draft, agent, &away.deputy)?,
        is_noted: false,
    };
    begin(draft, agent, absence.clone(), Reason::AgentCommand);
    tell(draft, (agent, Trust::Token), mail, Saying::absent(&absence));
    Ok(())
}

/// They are away from then on; when it begins, their tickets go to others.
fn begin(draft: &mut DecisionBuilder<'_>, agent: &AgentName, absence: Absence, reason: Reason) {
    let appointment = (of_agent(agent), absence.from);
    draft.decision.absences.push(appointment);
    let data = EventData::AbsenceAnnounced(absence.clone());
    let absence = Some(absence);
    change(draft, agent, |duty| duty.absence = absence, (data, reason));
}

fn come_back(
    draft: &mut DecisionBuilder<'_>,
    (agent, mail): (&AgentName, Option<RawId>),
) -> Result<(), Refused> {
    let now = draft.given.now;
    let is_ahead = |absence: &&Absence| now < absence.until;
    if draft
        .duty_of(agent)
        .absence
        .as_ref()
        .filter(is_ahead)
        .is_none()
    {
        return Err((Reason::NothingToDo, String::new()));
    }
    end(draft, agent, Reason::AgentCommand);
    tell(draft, (agent, Trust::Token), mail, Saying::back());
    Ok(())
}

fn end(draft: &mut DecisionBuilder<'_>, agent: &AgentName, reason: Reason) {
    let over = (EventData::AbsenceEnded, reason);
    change(draft, agent, |duty| duty.absence = None, over);
}

/// Changes a setting; without words it only says how they stand.
fn set(
    draft: &mut DecisionBuilder<'_>,
    (agent, mail): (&AgentName, Option<RawId>),
    words: &str,
) -> Result<(), Refused> {
    let before = draft.duty_of(agent).prefers;
    let prefers = match words.trim() {
        "" => before,
        words => changed(words, before).ok_or_else(|| (Reason::NoSuchSetting, String::new()))?,
    };
    if prefers != before {
        let data = EventData::Preferred(prefers);
        change(
            draft,
            agent,
            |duty| duty.prefers = prefers,
            (data, Reason::AgentCommand),
        );
    }
    tell(
        draft,
        (agent, Trust::Token),
        mail,
        Saying::settings(prefers),
    );
    Ok(())
}

fn change(
    draft: &mut DecisionBuilder<'_>,
    agent: &AgentName,
    how: impl FnOnce(&mut Duty),
    (data, reason): (EventData, Reason),
) {
    let person = draft.agent_person(agent);
    let Some(mut person) = person.and_then(|person| draft.person_by_id(person).cloned()) else {
        return;
    };
    let id = person.id;
    let at = draft.voice.at;
    // What one mail says is taken back whole.
    let mut said = draft.decision.people.iter();
    let said = said.find(|one| one.id == id && reason == Reason::AgentCommand);
    let said = said.and_then(|said| said.duty.before.clone());
    let before = said.filter(|said| said.at == at).unwrap_or_else(|| Before {
        at,
        ticket: None,
        absence: person.duty.absence.clone(),
        prefers: person.duty.prefers,
    });
    how(&mut person.duty);
    // Only what they have said themselves is theirs to take back.
    person.duty.before = (reason == Reason::AgentCommand).then_some(before);
    draft.decision.people.retain(|one| one.id != id);
    draft.decision.people.push(person);
    draft.happened_to(id, data, reason, None);
}

/// The colleague that these words mean: whoever shares a queue with the agent, or is deputy of its head.
fn deputy(
    draft: &DecisionBuilder<'_>,
    agent: &AgentName,
    words: &str,
) -> Result<Option<AgentName>, Refused> {
    if words.is_empty() {
        return Ok(None);
    }
    let mut team: Vec<&AgentName> = queues_of(draft, agent)
        .flat_map(|queue| queue.agents.iter().chain(&queue.deputy))
        .filter(|one| *one != agent)
        .collect();
    team.sort_unstable();
    team.dedup();
    let team: Vec<AgentName> = team.into_iter().cloned().collect();
    let named = super::agent::colleague(draft, &team, words);
    named.map(Some).map_err(|(reason, detail)| {
        let is_nobody = reason == Reason::NoSuchAgent;
        let reason = if is_nobody {
            Reason::NoSuchDeputy
        } else {
            reason
        };
        (reason, detail)
    })
}

/// The queues an agent serves, and then those that they decide for, or may have to, without serving them: they are away like
/// anybody else.
fn queues_of<'a>(
    draft: &DecisionBuilder<'a>,
    agent: &AgentName,
) -> impl Iterator<Item = &'a QueuePolicy> {
    let policy = draft.given.policy;
    let serves = move |queue: &&QueuePolicy| queue.agents.contains(agent);
    let decides = move |queue: &&QueuePolicy| {
        let is_deputy = queue.deputy.as_ref() == Some(agent);
        !serves(queue) && (is_deputy || policy.decides_for(agent, queue))
    };
    let served = policy.queues.values().filter(serves);
    served.chain(policy.queues.values().filter(decides))
}

/// How long somebody is away whose automatic answer does not say it.
const NOTED: SignedDuration = SignedDuration::from_hours(7 * 24);

impl DecisionBuilder<'_> {
    /// What an agent has said of themselves, with what this decision has changed.
    pub(in crate::desk) fn duty_of(&self, agent: &AgentName) -> Duty {
        let policy = self.given.policy.agents.get(agent);
        let known = policy.and_then(|agent| self.world.person(&agent.address));
        let person = known.and_then(|known| self.person_by_id(known.id));
        person.map(|person| person.duty.clone()).unwrap_or_default()
    }

    /// The absence of an agent who is away now.
    pub(in crate::desk) fn absence_of(&self, agent: &AgentName) -> Option<Absence> {
        let absence = self.duty_of(agent).absence;
        absence.filter(|absence| absence.covers(self.given.now))
    }

    /// How an agent wants to be written to.
    pub(in crate::desk) fn preferences_of(&self, agent: &AgentName) -> Preferences {
        self.duty_of(agent).prefers
    }
}
