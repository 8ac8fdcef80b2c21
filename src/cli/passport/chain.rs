//! Who hears of what will soon be late and of what is, in plain words.

use crate::{
    config::Config,
    desk::policy::QueuePolicy,
    model::{
        ids::AgentName,
        language::{Language, russian_form},
    },
};

/// Who hears of both, and when.
pub(super) fn lines(config: &Config, queue: &QueuePolicy) -> Vec<String> {
    let soon = soon(config, queue);
    soon.into_iter().chain(late(config, queue)).collect()
}

fn name(config: &Config, agent: &AgentName) -> String {
    let known = config.policy.agents.get(agent);
    known.map_or_else(|| agent.to_string(), |known| known.name.clone())
}

/// Who is reminded before a promise passes.
fn soon(config: &Config, queue: &QueuePolicy) -> Option<String> {
    let (policy, language) = (&config.policy, config.policy.language);
    if queue.reminders.is_empty() {
        return None;
    }
    let steps = queue.reminders.iter().map(|percent| {
        let agents = match language {
            Language::Ru => "сотрудники",
            Language::En => "the agents",
        };
        let heads = policy.reminded_heads(queue, *percent);
        let heads = heads.into_iter().map(|head| name(config, head));
        let told: Vec<String> = std::iter::once(agents.to_owned()).chain(heads).collect();
        let told = told.join(", ");
        match language {
            Language::Ru => format!("{percent} % — {told}"),
            Language::En => format!("{percent} %: {told}"),
        }
    });
    let steps: Vec<String> = steps.collect();
    let steps = steps.join("; ");
    Some(match language {
        Language::Ru => format!("  Кому напоминают, когда прошла часть срока: {steps}"),
        Language::En => format!("  Who is reminded when a part of the time has passed, at {steps}"),
    })
}

/// Who hears of what is late.
fn late(config: &Config, queue: &QueuePolicy) -> Option<String> {
    let (policy, language) = (&config.policy, config.policy.language);
    let last = queue.escalate_after.last()?;
    let name = |agent: &AgentName| name(config, agent);
    let delays = queue.escalate_after.iter().chain(std::iter::repeat(last));
    let mut steps = vec![match language {
        Language::Ru => "сотрудники сразу".to_owned(),
        Language::En => "the agents at once".to_owned(),
    }];
    for (head, secs) in policy.heads_of(queue).into_iter().zip(delays) {
        let hours = secs.div_euclid(3600);
        let when = match (*secs, language) {
            (0, Language::Ru) => "сразу".to_owned(),
            (0, Language::En) => "at once".to_owned(),
            (_, Language::Ru) => format!("через {hours} ч рабочего времени"),
            (_, Language::En) => format!("after {hours} h of business time"),
        };
        steps.push(format!("{} {when}", name(head)));
    }
    if let Some(director) = &policy.director {
        let days = policy.director_after_days;
        steps.push(match language {
            Language::Ru => format!(
                "{} об экстренных сразу, об остальных через {days} {}",
                name(director),
                russian_form(days.into(), ["день", "дня", "дней"])
            ),
            Language::En => format!(
                "{} of emergencies at once, of the rest after {days} days",
                name(director)
            ),
        });
    }
    let steps = steps.join("; ");
    Some(match language {
        Language::Ru => format!("  О просроченном узнают: {steps}"),
        Language::En => format!("  Who hears of what is late: {steps}"),
    })
}
