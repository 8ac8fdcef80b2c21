//! Who hears of what is late, in plain words.

use crate::{
    config::Config,
    desk::policy::QueuePolicy,
    model::{
        ids::AgentName,
        language::{Language, russian_form},
    },
};

/// Who hears of what is late, and when.
pub(super) fn line(config: &Config, queue: &QueuePolicy) -> Option<String> {
    let (policy, language) = (&config.policy, config.policy.language);
    let last = queue.escalate_after.last()?;
    let name = |agent: &AgentName| {
        policy
            .agents
            .get(agent)
            .map_or_else(|| agent.to_string(), |known| known.name.clone())
    };
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
