//! `okno drain`: does all that is due now, says what it did, and ends.

use std::io::Write;

use super::{ConfigFile, Ended, logs, runtime};
use crate::{
    clock::Clock,
    config::Purpose,
    house::{House, drain::Drained},
    model::language::Language,
};

/// What `okno drain` is told.
#[derive(Debug, clap::Args)]
pub struct DrainArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// What to log: a level (error, warn, info, debug), or `target=level,...`
    #[arg(long, value_name = "FILTER", default_value = "warn")]
    log: String,
}

/// Drains the house once.
///
/// # Errors
/// Why it cannot start, or what stopped it. A mailbox that cannot be read stops nobody: it is named, and the command
/// ends with [`Ended::NotAll`].
pub fn run(args: &DrainArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    runtime::keep_memory_small();
    logs::start(&args.log)?;
    let config = args.file.load(Purpose::Serve)?;
    let language = config.policy.language;
    let runtime = runtime::start()?;
    let drained = runtime.block_on(async {
        let house = House::open(config, Clock::System).await?;
        let drained = house.drain().await;
        house.db.close().await;
        Ok::<_, anyhow::Error>(drained?)
    })?;
    out.write_all(summary(&drained, language).as_bytes())?;
    Ok(if drained.failed.is_empty() && drained.unscanned == 0 {
        Ended::Done
    } else {
        Ended::NotAll
    })
}

/// What was done and what was not, in the language of the configuration.
fn summary(drained: &Drained, language: Language) -> String {
    let mut lines = Vec::new();
    lines.push(match language {
        Language::Ru => format!("Получено писем: {}", drained.received),
        Language::En => format!("Mails received: {}", drained.received),
    });
    for (mailbox, why) in &drained.failed {
        lines.push(match language {
            Language::Ru => format!("Ящик {mailbox} не прочитан: {why}"),
            Language::En => format!("Mailbox {mailbox} could not be read: {why}"),
        });
    }
    if drained.unscanned > 0 {
        lines.push(match language {
            Language::Ru => format!(
                "Проверка на вирусы не отвечает; писем ждёт её: {}",
                drained.unscanned
            ),
            Language::En => format!(
                "The virus scanner does not answer; mails that wait for it: {}",
                drained.unscanned
            ),
        });
    }
    if drained.has_waiting_mail {
        lines.push(
            match language {
                Language::Ru => {
                    "Часть писем ещё не отправлена и ждёт следующей попытки: okno outbox list"
                }
                Language::En => {
                    "Some mail is not sent yet and waits for its next try: okno outbox list"
                }
            }
            .to_owned(),
        );
    }
    lines.push(String::new());
    lines.join("\n")
}
