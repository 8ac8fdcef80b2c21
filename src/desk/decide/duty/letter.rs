//! What is said to agents about absences and settings.

use super::{
    super::{due::digest_mail, worklist::sender},
    Absence, AgentName, Preferences, RawId, Reason,
};
use crate::desk::{draft::DecisionBuilder, policy::QueuePolicy};
use crate::model::{
    duty::ListTime,
    ids::PersonId,
    outgoing::{AutoSubmitted, Body, DutyLetter, OutgoingMail, When, WorkLine},
};

/// What a letter says, before it is known to whom.
pub(in super::super) struct Saying {
    what: &'static str,
    absence: Option<Absence>,
    why: Option<(Reason, String, String)>,
    prefers: Preferences,
    lines: Vec<WorkLine>,
    more: u64,
}

impl Saying {
    fn of(what: &'static str) -> Self {
        Self {
            what,
            absence: None,
            why: None,
            prefers: Preferences::default(),
            lines: Vec::new(),
            more: 0,
        }
    }

    pub(super) fn not_sure() -> Self {
        Self::of("not_sure")
    }

    pub(super) fn back() -> Self {
        Self::of("back")
    }

    pub(super) fn absent(absence: &Absence) -> Self {
        Self {
            absence: Some(absence.clone()),
            ..Self::of("absent")
        }
    }

    /// It is done, and stands from now on.
    pub(in super::super) fn queue_changed(written: String) -> Self {
        Self {
            why: Some((Reason::AgentCommand, String::new(), written)),
            ..Self::of("queue_changed")
        }
    }

    pub(in super::super) fn not_done(reason: Reason, detail: String, written: String) -> Self {
        Self {
            why: Some((reason, detail, written)),
            ..Self::of("not_done")
        }
    }

    pub(super) fn settings(prefers: Preferences) -> Self {
        Self {
            prefers,
            ..Self::of("settings")
        }
    }

    pub(super) fn passed_on(
        what: &'static str,
        absence: &Absence,
        (lines, more): (Vec<WorkLine>, u64),
    ) -> Self {
        Self {
            absence: Some(absence.clone()),
            lines,
            more,
            ..Self::of(what)
        }
    }
}

/// Answers the agent's own mail.
pub(in super::super) fn tell(
    draft: &mut DecisionBuilder<'_>,
    agent: &AgentName,
    mail: RawId,
    saying: Saying,
) {
    if let Some(person) = draft.agent_person(agent) {
        // Two commands of one mail may come to the same.
        let before = draft.decision.mails.len();
        let key = format!("duty:{}:{mail}:{agent}:{before}", saying.what);
        tell_person(draft, (agent, person), key, saying);
    }
}

/// Tells somebody of this agent.
pub(super) fn tell_person(
    draft: &mut DecisionBuilder<'_>,
    (agent, reader): (&AgentName, PersonId),
    key: String,
    saying: Saying,
) {
    let policy = draft.given.policy;
    let mut queues = policy.queues.iter();
    // Whoever decides for a queue need not serve it.
    let is_theirs =
        |queue: &QueuePolicy| queue.agents.contains(agent) || policy.decides_for(agent, queue);
    let queue = queues.find(|(_, queue)| is_theirs(queue));
    let Some((from, queue)) = queue.and_then(|(name, queue)| Some((sender(draft, name)?, queue)))
    else {
        return;
    };
    let when = |at| When {
        at,
        zone: queue.calendar.zone_name.clone(),
    };
    let absence = saying.absence.as_ref();
    let deputy = absence.and_then(|absence| absence.deputy.as_ref());
    let (reason, detail, written) = match saying.why {
        Some((reason, detail, written)) => (reason.code(), detail, written),
        None => ("", String::new(), String::new()),
    };
    let body = Body::Duty(DutyLetter {
        what: saying.what.to_owned(),
        queue: from.2.name.clone(),
        agent: draft.agent_name(agent),
        from: absence
            .map(|absence| absence.from)
            .filter(|from| *from > draft.given.now)
            .map(when),
        // Nobody is back in the middle of the night.
        until: absence.map(|absence| {
            let opens = queue.calendar.next_open(absence.until);
            when(opens.unwrap_or(absence.until))
        }),
        deputy: deputy.map(|deputy| draft.agent_name(deputy)),
        why: reason.to_owned(),
        detail,
        written,
        tells_all: saying.prefers.tells_all,
        drafts_at_once: saying.prefers.drafts_at_once,
        list: match saying.prefers.list {
            ListTime::Queue => "queue".to_owned(),
            ListTime::Never => "never".to_owned(),
            ListTime::At(time) => time.strftime("%H:%M").to_string(),
        },
        lines: saying.lines,
        more: saying.more,
    });
    if let Some(mail) = digest_mail(draft, (reader, key), from, body) {
        draft.queue_mail(OutgoingMail {
            auto_submitted: AutoSubmitted::Generated,
            ..mail
        });
    }
}
