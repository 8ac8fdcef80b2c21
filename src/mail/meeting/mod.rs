//! A meeting in words: what, when, where, who invites and who answers, in Russian or English.
//!
//! [`crate::mail::read`] keeps to values; their words are found here, so that the text of an invitation without a text
//! and whatever else shows a meeting say the same.

mod repeats;
mod when;

use crate::model::{
    language::Language,
    message::{Calendar, Participant},
};

/// People named one by one; of more only how many.
const PEOPLE_MAX: usize = 15;

/// The longest description told, in characters.
const DESCRIPTION_MAX: usize = 4000;

/// The meeting, several lines, the last without an end.
#[must_use]
pub fn words(calendar: &Calendar, language: Language) -> String {
    let mut lines = vec![heading(calendar, language)];
    let mut tell = |name: [&str; 2], value: String| {
        if !value.is_empty() {
            lines.push(format!("{}: {value}", of(name, language)));
        }
    };
    tell(
        ["Когда", "When"],
        when::words(
            calendar.start.as_deref(),
            calendar.end.as_deref(),
            calendar.zone.as_deref(),
            language,
        ),
    );
    let rule = calendar.rule.as_deref().unwrap_or_default();
    tell(["Повторяется", "Repeats"], repeats::words(rule, language));
    tell(
        ["Где", "Where"],
        calendar.location.clone().unwrap_or_default(),
    );
    let organizer = calendar.organizer.as_ref().map(|address| Participant {
        name: calendar.organizer_name.clone(),
        address: address.clone(),
        ..Participant::default()
    });
    tell(
        ["Организатор", "Organiser"],
        organizer.iter().map(person).collect(),
    );
    if is_answer(calendar) {
        for who in &calendar.participants {
            let answer = who.answer.as_deref().unwrap_or_default();
            tell(["Ответ", "Answer"], answer_of(who, answer, language));
        }
    } else {
        tell(["Приглашены", "Invited"], invited(calendar, language));
    }
    for occasion in &calendar.more {
        let when = when::words(
            occasion.start.as_deref(),
            occasion.end.as_deref(),
            occasion.zone.as_deref(),
            language,
        );
        let said = [
            occasion.summary.clone(),
            Some(when),
            occasion.location.clone(),
        ];
        let said: Vec<String> = said
            .into_iter()
            .flatten()
            .filter(|words| !words.is_empty())
            .collect();
        tell(["Также", "Also"], said.join("; "));
    }
    if let Some(description) = &calendar.description {
        lines.push(String::new());
        lines.push(description.chars().take(DESCRIPTION_MAX).collect());
    }
    lines.join("\n")
}

const fn of(pair: [&str; 2], language: Language) -> &str {
    let [russian, english] = pair;
    match language {
        Language::Ru => russian,
        Language::En => english,
    }
}

fn is_answer(calendar: &Calendar) -> bool {
    matches!(calendar.method.as_deref(), Some("reply" | "counter"))
}

fn heading(calendar: &Calendar, language: Language) -> String {
    let what = match calendar.method.as_deref().unwrap_or_default() {
        "request" | "add" => ["Приглашение на встречу", "Invitation to a meeting"],
        "reply" => ["Ответ на приглашение", "Answer to an invitation"],
        "cancel" => ["Встреча отменена", "Meeting cancelled"],
        "counter" => [
            "Предлагается другое время встречи",
            "Another time is proposed",
        ],
        "declinecounter" => [
            "Предложенное время встречи не принято",
            "The proposed time is declined",
        ],
        "refresh" => [
            "Просьба прислать приглашение ещё раз",
            "Please send the invitation again",
        ],
        _ => ["Событие в календаре", "Calendar event"],
    };
    let what = of(what, language);
    match &calendar.summary {
        Some(summary) => format!("{what}: {summary}"),
        None => what.to_owned(),
    }
}

fn person(who: &Participant) -> String {
    match &who.name {
        Some(name) if who.address.is_empty() => name.clone(),
        Some(name) => format!("{name} <{}>", who.address),
        None => who.address.clone(),
    }
}

fn invited(calendar: &Calendar, language: Language) -> String {
    let people = &calendar.participants;
    let mut said: Vec<String> = people.iter().take(PEOPLE_MAX).map(person).collect();
    let left = people.len().saturating_sub(PEOPLE_MAX);
    if left > 0 {
        said.push(format!("{} {left}", of(["и ещё", "and more:"], language)));
    }
    said.join(", ")
}

fn answer_of(who: &Participant, answer: &str, language: Language) -> String {
    let word = match answer {
        "accepted" => ["приглашение принято", "accepted"],
        "declined" => ["приглашение отклонено", "declined"],
        "tentative" => ["под вопросом", "tentative"],
        "delegated" => ["передано другому", "delegated"],
        _ => ["ответа нет", "none yet"],
    };
    format!("{} — {}", of(word, language), person(who))
}

#[cfg(test)]
mod tests;
