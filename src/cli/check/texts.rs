//! The folders of canned answers and of the knowledge base in plain words: how many texts there are, or what is wrong.

use anyhow::Context as _;

use crate::{
    cli::words::Words,
    config::Config,
    house::{
        templates,
        texts::{folders, read_folder},
    },
    mail::render::Letters,
    model::{ids::QueueName, kb::KbKind},
};

/// What is said of the folders that are configured, and whether everything in them is sound.
///
/// # Errors
/// The built-in letters are not in order.
pub(super) fn describe(config: &Config) -> anyhow::Result<(Vec<String>, bool)> {
    let words = Words::of(config);
    let folders = folders(config);
    if folders.is_empty() {
        return Ok((Vec::new(), true));
    }
    // What is wrong with the administrator's own is told of them.
    let own = templates::of_letters(config.templates.as_deref()).unwrap_or_default();
    let letters = Letters::new(&own, config.zones.clone());
    let letters = letters
        .or_else(|_| Letters::new(&[], config.zones.clone()))
        .context("Cannot use the templates")?;
    let queues: Vec<QueueName> = config.policy.queues.keys().cloned().collect();
    let (mut lines, mut is_sound) = (Vec::new(), true);
    for (kind, path) in folders {
        let (texts, wrong) = read_folder((kind, path), (&queues, &letters), &[]);
        let title = match kind {
            KbKind::Answer => words.pick("Готовые ответы", "Canned answers"),
            KbKind::Article => words.pick("База знаний", "Knowledge base"),
        };
        lines.push(format!("{title}: {} ({})", path.display(), texts.len()));
        if !wrong.is_empty() {
            let refused = words.pick(
                "эти файлы не приняты, остаются прежние",
                "these files are refused, what was in them before stays",
            );
            lines.push(format!("  {refused}:"));
            let wrong = wrong.iter().map(|one| one.words(words.language));
            lines.extend(wrong.map(|line| format!("  {line}")));
            is_sound = false;
        }
    }
    Ok((lines, is_sound))
}
