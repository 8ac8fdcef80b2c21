//! `okno check --mail`: whoever decides for a queue is mailed its passport, by way of the house's outbox.

use std::io::Write;

use jiff::Timestamp;

use super::super::{ConfigFile, Ended, passport, visit::visit};
use crate::{clock::Clock, desk::cause::Operation, store::work};

/// Leaves the orders, one a queue that has a head.
///
/// # Errors
/// What the configuration or the database says.
pub(super) fn passports(
    file: &ConfigFile,
    now: Timestamp,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    visit(file, async |here| {
        let (config, words) = (here.in_force().await?, &here.words);
        writeln!(out)?;
        for (name, queue) in &config.policy.queues {
            let head = queue.head.as_ref();
            let Some(head) = head.and_then(|head| config.policy.agents.get(head)) else {
                let nobody = words.pick(
                    "паспорт послать некому, руководитель не назван (head)",
                    "nobody to send the passport to, no head is named (head)",
                );
                writeln!(out, "{name}: {nobody}")?;
                continue;
            };
            let lines = passport::queue(&config, name, queue, now);
            let operation = Operation::Passport {
                queue: name.clone(),
                lines,
            };
            work::order(&here.db, operation, Clock::System.now()).await?;
            let sent = words.pick(
                "паспорт очереди отправит работающий okno, кому",
                "a running okno will send the passport of the queue to",
            );
            writeln!(out, "{name}: {sent} {} <{}>", head.name, head.address)?;
        }
        Ok(Ended::Done)
    })
    .map(drop)
}
