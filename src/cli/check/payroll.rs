//! The payroll lists in plain words: whose figures go where, who approves them, and when the next file is promised.

use jiff::{Timestamp, tz::TimeZone};

use crate::{
    config::Config,
    desk::{
        payroll::{calendar_of, planned},
        policy::PayrollPolicy,
    },
    model::language::Language,
};

/// A paragraph for each list.
pub(super) fn describe(config: &Config, now: Timestamp) -> Vec<String> {
    let lists = config.policy.payrolls.values();
    lists.flat_map(|list| told(config, list, now)).collect()
}

fn told(config: &Config, list: &PayrollPolicy, now: Timestamp) -> Vec<String> {
    let is_russian = config.policy.language == Language::Ru;
    let pick = |ru: &str, en: &str| if is_russian { ru } else { en }.to_owned();
    let joined = |names: Vec<String>| names.join(", ");
    let queues = list.queues.iter().map(ToString::to_string).collect();
    let heads = list.parts(&config.policy).into_keys();
    let heads = heads.chain(list.deputy.clone());
    let heads = heads.map(|name| name.to_string()).collect();
    let to = list.to.iter().map(ToString::to_string).collect();
    let mut lines = vec![
        String::new(),
        format!(
            "{} «{}»",
            pick("Список для выплат", "Payroll list"),
            list.title
        ),
        format!("  {}: {}", pick("Очереди", "Queues"), joined(queues)),
        format!("  {}: {}", pick("Утверждают", "Approved by"), joined(heads)),
        format!(
            "  {}: {}",
            pick("Файл получают", "The file goes to"),
            joined(to)
        ),
    ];
    let zone = config.zones.get(&config.policy.zone);
    let zone = zone.cloned().unwrap_or(TimeZone::UTC);
    let calendar = calendar_of(list, &config.policy);
    let next = calendar.and_then(|calendar| planned((list, calendar), &zone, now));
    if let Some(next) = next {
        let when = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M");
        if let Some(draft) = next.draft_at {
            let words = pick("Черновик за", "Draft of");
            lines.push(format!("  {words} {}: {}", next.period, when(draft)));
        }
        let words = pick("Файл за", "File of");
        lines.push(format!("  {words} {}: {}", next.period, when(next.file_at)));
    }
    lines
}
