//! What a queue may ask of others, how it is asked, and of what its head hears at once, in plain words.

use crate::{
    config::Config,
    desk::{
        command::Verb,
        policy::{QueuePolicy, Through},
        sla::terms_in_words,
    },
    model::{ids::QueueName, language::Language},
};

/// Whom its agents may ask, and how others come to ask it.
pub(super) fn lines(config: &Config, name: &QueueName, queue: &QueuePolicy) -> Vec<String> {
    let language = config.policy.language;
    let (asking, head) = (&queue.asking, queue.head.is_some());
    let mut lines = Vec::new();
    if queue.is_on(Verb::Escalate) {
        lines.push(asks(config, queue));
    }
    let others = config.policy.queues.iter();
    let is_asked = others
        .filter(|(other, _)| *other != name)
        .any(|(_, other)| {
            let to = &other.asking.to;
            other.is_on(Verb::Escalate) && (to.is_empty() || to.contains(name))
        });
    if is_asked {
        let through = match (asking.through, language) {
            (Through::Direct, Language::Ru) => "прямо",
            (Through::Direct, Language::En) => "directly",
            (Through::Head, Language::Ru) => "с согласия руководителя своей очереди",
            (Through::Head, Language::En) => "once the head of their own queue agrees",
        };
        let ola = asking
            .ola
            .as_ref()
            .map(|ola| terms_in_words(ola, &queue.calendar, language));
        lines.push(match (ola, language) {
            (Some(ola), Language::Ru) => {
                format!("  Другие отделы спрашивают её {through}; ответ им: {ola}")
            }
            (Some(ola), Language::En) => {
                format!("  Other departments ask it {through}; it answers them within {ola}")
            }
            (None, Language::Ru) => format!("  Другие отделы спрашивают её {through}"),
            (None, Language::En) => format!("  Other departments ask it {through}"),
        });
    }
    lines.extend(alarms(queue, language, head));
    lines
}

fn asks(config: &Config, queue: &QueuePolicy) -> String {
    let titles = queue.asking.to.iter().map(|one| {
        let known = config.policy.queues.get(one);
        known.map_or_else(|| one.to_string(), |known| known.title.clone())
    });
    let titles = titles.collect::<Vec<_>>().join(", ");
    match (config.policy.language, titles.as_str(), queue.asking.pauses) {
        (Language::Ru, "", false) => {
            "  Может спросить другой отдел; срок обращения при этом идёт".to_owned()
        }
        (Language::Ru, "", true) => {
            "  Может спросить другой отдел; срок обращения при этом стоит".to_owned()
        }
        (Language::Ru, to, false) => {
            format!("  Может спросить: {to}; срок обращения при этом идёт")
        }
        (Language::Ru, to, true) => {
            format!("  Может спросить: {to}; срок обращения при этом стоит")
        }
        (Language::En, "", false) => {
            "  May ask another department; the ticket's time goes on".to_owned()
        }
        (Language::En, "", true) => {
            "  May ask another department; the ticket's time stands still".to_owned()
        }
        (Language::En, to, false) => format!("  May ask: {to}; the ticket's time goes on"),
        (Language::En, to, true) => format!("  May ask: {to}; the ticket's time stands still"),
    }
}

/// Of what the head hears at once.
fn alarms(queue: &QueuePolicy, language: Language, has_head: bool) -> Option<String> {
    let alarms = queue.alarms;
    let pick = |ru: &str, en: &str| match language {
        Language::Ru => ru.to_owned(),
        Language::En => en.to_owned(),
    };
    let mut told = Vec::new();
    if alarms.overload {
        told.push(pick("перегрузка", "an overload"));
    }
    if alarms.nobody {
        told.push(pick("никого нет на месте", "nobody being there"));
    }
    if let Some(percent) = alarms.efficiency_red {
        told.push(pick(
            &format!("в срок меньше {percent} %"),
            &format!("fewer than {percent} % in time"),
        ));
    }
    if let Some(capacity) = alarms.capacity {
        told.push(pick(
            &format!("80 и 100 % от {capacity} обращений в месяц"),
            &format!("80 and 100 % of {capacity} requests a month"),
        ));
    }
    let told = Some(told.join(", ")).filter(|told| !told.is_empty())?;
    Some(match has_head {
        true => pick(
            &format!("  Руководитель узнаёт сразу: {told}"),
            &format!("  The head hears at once of: {told}"),
        ),
        false => pick(
            &format!("  Администратор узнаёт сразу: {told}"),
            &format!("  The administrator hears at once of: {told}"),
        ),
    })
}
