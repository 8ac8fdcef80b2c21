//! Who may write to a queue, in plain words.

use crate::{
    cli::words::Words,
    config::Config,
    desk::policy::{Others, QueuePolicy},
    model::language::Language,
};

/// Says it; nothing where everybody may.
pub(super) fn allow(config: &Config, queue: &QueuePolicy) -> Option<String> {
    let allow = queue.allow.as_ref()?;
    let words = Words::of(config);
    let mut who: Vec<String> = allow.who.iter().map(|who| who.words()).collect();
    if allow.directory {
        let directory = words.pick(
            "все из справочника людей",
            "everybody in the people directory",
        );
        who.push(directory.to_owned());
    }
    let departments = allow.departments.iter();
    who.extend(departments.map(|name| format!("{} «{name}»", words.pick("отдел", "department"))));
    let others = match allow.others {
        Others::Quarantine => words.pick(
            "письма остальных — в карантин",
            "mail of others is quarantined",
        ),
        Others::Refuse => words.pick("остальным вежливый отказ", "others get a polite refusal"),
    };
    let proof = match config.policy.trust.can_prove() {
        true => words.pick(
            "; отправитель должен быть подтверждён",
            "; a sender must be proven",
        ),
        false => "",
    };
    let who = who.join(", ");
    Some(match words.language {
        Language::Ru => format!("  Писать могут: {who}{proof}; {others}"),
        Language::En => format!("  May write: {who}{proof}; {others}"),
    })
}
