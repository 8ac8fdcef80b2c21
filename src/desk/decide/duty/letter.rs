//! What is said to agents about absences and settings.

use super::{
    super::{due::digest_mail, worklist::sender},
    Absence, AgentName, Preferences, RawId, Reason,
};
use crate::desk::{draft::DecisionBuilder, policy::QueuePolicy};
use crate::model::{
    duty::ListTime,
    event::Trust,
    ids::{PersonId, QueueName},
    outgoing::{AutoSubmitted, Body, Class, DutyLetter, OutgoingMail, When, WorkLine},
};

/// What a letter says, before it is known to whom.
pub(in super::super) struct Saying {
    what: &'static str,
    absence: Option<Absence>,
    why: Option<(Reason, String, String)>,
    prefers: Preferences,
    lines: Vec<WorkLine>,
    more: u64,
    queue: Option<QueueName>,
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
            queue: None,
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

    /// It is done, and stands from now on; `back` are the words that take it back.
    pub(in super::super) fn queue_changed(written: String, back: String) -> Self {
        Self {
            why: Some((Reason::AgentCommand, back, written)),
            ..Self::of("queue_changed")
        }
    }

    /// It is taken back; a closed day may have passed already.
    pub(in super::super) fn queue_change_over(written: String, is_past_day: bool) -> Self {
        let detail = if is_past_day { "past_day" } else { "" };
        Self {
            why: Some((Reason::AgentCommand, detail.to_owned(), written)),
            ..Self::of("queue_change_over")
        }
    }

    /// It is about this queue, which is who writes.
    pub(in super::super) fn of_queue(self, queue: &QueueName) -> Self {
        Self {
            queue: Some(queue.clone()),
            ..self
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

/// Answers the agent's own mail, where it may be answered. What only claims to be theirs may be anybody's: the answers to it
/// are under the caps.
pub(in super::super) fn tell(
    draft: &mut DecisionBuilder<'_>,
    (agent, trust): (&AgentName, Trust),
    mail: Option<RawId>,
    saying: Saying,
) {
    let Some((person, mail)) = draft.agent_person(agent).zip(mail) else {
        return;
    };
    // Two commands of one mail may come to the same.
    let before = draft.decision.mails.len();
    let key = format!("duty:{}:{mail}:{agent}:{before}", saying.what);
    if let Some(letter) = letter(draft, (agent, person), key, saying) {
        let class = match trust >= Trust::Token {
            true => letter.class,
            false => Class::Automatic,
        };
        draft.queue_mail(OutgoingMail { class, ..letter });
    }
}

/// Tells somebody of this agent.
pub(super) fn tell_person(
    draft: &mut DecisionBuilder<'_>,
    whom: (&AgentName, PersonId),
    key: String,
    saying: Saying,
) {
    if let Some(letter) = letter(draft, whom, key, saying) {
        draft.queue_mail(letter);
    }
}

fn letter(
    draft: &DecisionBuilder<'_>,
    (agent, reader): (&AgentName, PersonId),
    key: String,
    saying: Saying,
) -> Option<OutgoingMail> {
    let policy = draft.given.policy;
    let mut queues = policy.queues.iter();
    // Whoever decides for a queue need not serve it.
    let is_theirs = |queue: &QueuePolicy| {
        let is_named = queue.agents.contains(agent) || queue.deputy.as_ref() == Some(agent);
        is_named || policy.decides_for(agent, queue)
    };
    let about = saying.queue.as_ref();
    let (name, queue) = match about.and_then(|name| policy.queues.get_key_value(name)) {
        Some(about) => about,
        None => queues.find(|(_, queue)| is_theirs(queue))?,
    };
    let from = sender(draft, name)?;
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
        agent: draft.agent_name_apart(agent),
        from: absence
            .map(|absence| absence.from)
            .filter(|from| *from > draft.given.now)
            .map(when),
        // Nobody is back in the middle of the night.
        until: absence.map(|absence| {
            let opens = queue.calendar.next_open(absence.until);
            when(opens.unwrap_or(absence.until))
        }),
        deputy: deputy.map(|deputy| draft.agent_name_apart(deputy)),
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
    let mail = digest_mail(draft, (reader, key), from, body)?;
    Some(OutgoingMail {
        auto_submitted: AutoSubmitted::Generated,
        ..mail
    })
}
