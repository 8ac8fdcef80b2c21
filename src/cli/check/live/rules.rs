//! How often each rule has held: one that never does is perhaps not what somebody meant.

use jiff::{SignedDuration, Timestamp};

use super::Found;
use crate::{
    cli::words::Words,
    config::Config,
    model::language::Language,
    store::{Db, StoreError, lookup},
};

/// Over how long it is counted.
const DAYS: i64 = 365;

/// One line for all rules that have held in the last year, one for all that have not.
pub(super) async fn counted(
    words: &Words,
    (config, db): (&Config, &Db),
    now: Timestamp,
) -> Result<Vec<Found>, StoreError> {
    let rules = &config.policy.rules;
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let year = SignedDuration::from_hours(DAYS.saturating_mul(24));
    let since = now.saturating_sub(year).unwrap_or(now);
    let counts = lookup::rules_applied(db, since, now).await?;
    let count = |name: &str| counts.get(name).copied().unwrap_or(0);
    let held = rules.iter().filter(|rule| count(&rule.name) > 0);
    let held: Vec<String> = held
        .map(|rule| format!("«{}» {}", rule.name, count(&rule.name)))
        .collect();
    let never = rules.iter().filter(|rule| count(&rule.name) == 0);
    let never: Vec<String> = never.map(|rule| format!("«{}»", rule.name)).collect();
    let (held, never) = (held.join(", "), never.join(", "));
    let told = match words.language {
        Language::Ru => [
            (held, "Правила, сколько раз за год"),
            (never, "Правила, которые за год не сработали ни разу"),
        ],
        Language::En => [
            (held, "Rules, how often in a year"),
            (never, "Rules that have never held in a year"),
        ],
    };
    let told = told.into_iter().filter(|(names, _)| !names.is_empty());
    let found = told.map(|(names, said)| Found {
        words: format!("{said}: {names}"),
        is_well: true,
    });
    Ok(found.collect())
}
