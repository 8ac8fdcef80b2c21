//! Who hears of what will soon be late and of what is, in plain words.

use crate::{
    config::Config,
    desk::policy::{ChainLink, QueuePolicy},
    model::{
        classification::RequestClass,
        ids::AgentName,
        language::{Language, russian_form},
    },
};

/// Who hears of both, and when.
pub(super) fn lines(config: &Config, queue: &QueuePolicy) -> Vec<String> {
    let soon = soon(config, queue);
    let of_classes = queue.chains.iter();
    let of_classes = of_classes.map(|(class, links)| late_of_class(config, *class, links));
    let late = late(config, queue).into_iter().chain(of_classes);
    let deputy = deputy(config, queue).into_iter();
    deputy.chain(soon).chain(late).collect()
}

/// Who decides while the head is away.
fn deputy(config: &Config, queue: &QueuePolicy) -> Option<String> {
    let deputy = config.policy.agents.get(queue.deputy.as_ref()?)?;
    let who = format!("{} <{}>", deputy.name, deputy.address);
    Some(match config.policy.language {
        Language::Ru => format!("  Пока руководитель отсутствует, решает: {who}"),
        Language::En => format!("  Who decides while the head is away: {who}"),
    })
}

/// Who hears of what is late of a class that has a chain of its own.
fn late_of_class(config: &Config, class: RequestClass, links: &[ChainLink]) -> String {
    let (policy, language) = (&config.policy, config.policy.language);
    let mut steps = vec![agents_at_once(language).to_owned()];
    for link in links {
        let when = delay(link.after_secs, language);
        steps.push(format!("{} {when}", name(config, &link.head)));
    }
    let named = |agent: &AgentName| links.iter().any(|link| link.head == *agent);
    if let Some(director) = policy.director.as_ref().filter(|one| !named(one)) {
        let days = i64::from(policy.director_after_days);
        let when = match (class == RequestClass::Emergency, language) {
            (true, _) => delay(0, language),
            (false, Language::Ru) => {
                let word = russian_form(days.unsigned_abs(), ["день", "дня", "дней"]);
                format!("через {days} {word}")
            }
            (false, Language::En) => format!("after {days} days"),
        };
        steps.push(format!("{} {when}", name(config, director)));
    }
    let steps = steps.join("; ");
    let class = match (class, language) {
        (RequestClass::Emergency, Language::Ru) => "экстренных обращениях",
        (RequestClass::Urgent, Language::Ru) => "срочных обращениях",
        (RequestClass::Standard, Language::Ru) => "стандартных обращениях",
        (RequestClass::Consultation, Language::Ru) => "консультациях",
        (RequestClass::Wish, Language::Ru) => "пожеланиях",
        (RequestClass::Emergency, Language::En) => "emergencies",
        (RequestClass::Urgent, Language::En) => "urgent requests",
        (RequestClass::Standard, Language::En) => "standard requests",
        (RequestClass::Consultation, Language::En) => "consultations",
        (RequestClass::Wish, Language::En) => "wishes",
    };
    match language {
        Language::Ru => format!("  О просроченных {class} узнают вместо них: {steps}"),
        Language::En => format!("  Who hears of late {class} instead: {steps}"),
    }
}

const fn agents_at_once(language: Language) -> &'static str {
    match language {
        Language::Ru => "сотрудники сразу",
        Language::En => "the agents at once",
    }
}

/// How late somebody hears, in business time.
fn delay(secs: i64, language: Language) -> String {
    let (hours, minutes) = (secs.div_euclid(3600), secs.rem_euclid(3600).div_euclid(60));
    let length = match (hours, minutes, language) {
        (0, 0, Language::Ru) => return "сразу".to_owned(),
        (0, 0, Language::En) => return "at once".to_owned(),
        (0, minutes, Language::Ru) => format!("{minutes} мин"),
        (0, minutes, Language::En) => format!("{minutes} min"),
        (hours, 0, Language::Ru) => format!("{hours} ч"),
        (hours, 0, Language::En) => format!("{hours} h"),
        (hours, minutes, Language::Ru) => format!("{hours} ч {minutes} мин"),
        (hours, minutes, Language::En) => format!("{hours} h {minutes} min"),
    };
    match language {
        Language::Ru => format!("через {length} рабочего времени"),
        Language::En => format!("after {length} of business time"),
    }
}

fn name(config: &Config, agent: &AgentName) -> String {
    let known = config.policy.agents.get(agent);
    known.map_or_else(|| agent.to_string(), |known| known.name.clone())
}

/// Who is reminded before a promise passes.
fn soon(config: &Config, queue: &QueuePolicy) -> Option<String> {
    let (policy, language) = (&config.policy, config.policy.language);
    if queue.reminders.is_empty() {
        let is_silent = queue.escalate_after.is_empty() && queue.chains.is_empty();
        return Some(match (is_silent, language) {
            (true, Language::Ru) => {
                "  О сроках не напоминают, и о просроченном никому не пишут (reminders = [])".to_owned()
            }
            (true, Language::En) => {
                "  Nobody is reminded of due times, and nobody is told of what is late (reminders = [])"
                    .to_owned()
            }
            (false, Language::Ru) => "  О сроках не напоминают (reminders = [])".to_owned(),
            (false, Language::En) => "  Nobody is reminded of due times (reminders = [])".to_owned(),
        });
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
    let mut steps = vec![agents_at_once(language).to_owned()];
    for (head, secs) in policy.heads_of(queue).into_iter().zip(delays) {
        steps.push(format!("{} {}", name(head), delay(*secs, language)));
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
