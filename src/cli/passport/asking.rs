//! What a queue may ask of others, and how it is asked, in plain words.

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
    let asking = &queue.asking;
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
