//! Regular letters about a queue and to the director, in plain words.

use crate::{
    config::Config,
    desk::{
        policy::QueuePolicy,
        review::{has_month, policy_of},
    },
    model::{ids::QueueName, language::Language},
};

/// A month after all that lists can begin with.
const END_OF_TIME: &str = "9999-12";

/// When the letters about a queue come; nothing where it has none.
pub(super) fn of_queue(config: &Config, name: &QueueName, queue: &QueuePolicy) -> Option<String> {
    let policy = &config.policy;
    let language = policy.language;
    let review = queue.review?;
    if policy_of(queue, policy).is_none() {
        return Some(match language {
            Language::Ru => {
                "  Письма об итогах: не приходят, пока ящик не в режиме full".to_owned()
            }
            Language::En => {
                "  Letters about the week: none until the mailbox is in mode full".to_owned()
            }
        });
    }
    let at = review.at.strftime("%-H:%M");
    // A list that begins later takes the letter's place then.
    let months = has_month((name, queue), policy, END_OF_TIME);
    let charts = review.charts;
    Some(match language {
        Language::Ru => format!(
            "  Итоги недели: команде и руководителю, в первый рабочий день недели в {at}{}{}",
            if months {
                "; итоги месяца: руководителю"
            } else {
                ""
            },
            if charts {
                ", с диаграммами"
            } else {
                ""
            },
        ),
        Language::En => format!(
            "  The week: to the team and its head, on the first working day of a week at {at}{}{}",
            if months {
                "; the month: to the head"
            } else {
                ""
            },
            if charts { ", with charts" } else { "" },
        ),
    })
}

/// When the director's page comes, and to whom; nothing where there is none.
#[must_use]
pub fn director(config: &Config) -> Vec<String> {
    let Some(review) = &config.policy.director_review else {
        return Vec::new();
    };
    let to: Vec<&str> = review.to.iter().map(|address| address.as_str()).collect();
    let (at, to, queue) = (review.at.strftime("%-H:%M"), to.join(", "), &review.queue);
    let line = match config.policy.language {
        Language::Ru => format!(
            "Итоги месяца для директора: в первый рабочий день в {at}, получают {to}; отправляет очередь {queue}"
        ),
        Language::En => format!(
            "The director's page: on the first working day of a month at {at}, to {to}; sent by queue {queue}"
        ),
    };
    vec![String::new(), line]
}
