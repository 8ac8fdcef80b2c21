//! `okno addresses`: by which of our addresses requests come, so that switching an old one off is a decision and not a
//! guess.

use std::{collections::BTreeMap, io::Write};

use clap::Args;
use jiff::SignedDuration;

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
};
use crate::{
    clock::Clock,
    model::{address::Address, event::EventData},
    store::lookup,
};

/// What `okno addresses` is told.
#[derive(Debug, Args)]
pub struct AddressesArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// Of how many days
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3660))]
    days: u16,
}

/// Counts and tells.
///
/// # Errors
/// What the configuration or the database says.
pub fn run(args: &AddressesArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| tell(here, args.days, out).await)
}

async fn tell(here: &Visit, days: u16, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let length = SignedDuration::from_hours(i64::from(days).saturating_mul(24));
    let since = Clock::System.now().saturating_sub(length)?;
    let (all, used) = lookup::addresses_used(&here.db, since).await?;
    let mut counts: BTreeMap<Address, i64> = BTreeMap::new();
    for (data, count) in used {
        if let Ok(EventData::CameBy { address }) = serde_json::from_str(&data) {
            counts.insert(address, count);
        }
    }
    let label = words.pick("Обращений за столько дней", "Tickets of so many days");
    writeln!(out, "{label}: {days}: {all}")?;
    let further: i64 = counts
        .values()
        .fold(0, |sum, count| sum.saturating_add(*count));
    let own = words.pick("по адресам самих ящиков", "by the mailboxes' own addresses");
    writeln!(out, "  {}", line(own, all.saturating_sub(further), all))?;
    for (name, mailbox) in &here.config.policy.mailboxes {
        let former = mailbox.former.iter().map(|address| (address, true));
        let aliases = mailbox.aliases.iter().map(|address| (address, false));
        for (address, is_former) in former.chain(aliases) {
            let kind = match is_former {
                true => words.pick("прежний адрес", "former address"),
                false => words.pick("ещё один адрес", "further address"),
            };
            let count = counts.remove(address).unwrap_or_default();
            let what = format!("{address} ({kind}, {name})");
            writeln!(out, "  {}", line(&what, count, all))?;
        }
    }
    // What is configured no more was used all the same.
    for (address, count) in counts {
        writeln!(out, "  {}", line(address.as_str(), count, all))?;
    }
    Ok(Ended::Done)
}

/// `what: 12 (34 %)`, rounded down.
fn line(what: &str, count: i64, all: i64) -> String {
    let share = count
        .saturating_mul(100)
        .checked_div(all)
        .unwrap_or_default();
    format!("{what}: {count} ({share} %)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_numbers_and_nothing_is_divided_by_nothing() {
        assert_eq!(line("a@old.test", 1, 3), "a@old.test: 1 (33 %)");
        assert_eq!(line("a@old.test", 0, 0), "a@old.test: 0 (0 %)");
    }
}
