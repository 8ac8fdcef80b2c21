//! Payroll lists that are written to begin before okno knows of anything.

use jiff::{Timestamp, tz::TimeZone};

use super::Found;
use crate::{
    cli::words::Words,
    config::Config,
    desk::payroll::begins_later,
    store::{Db, StoreError, payrolls},
};

/// The first month that each of these lists has a draft of.
pub(super) async fn first_months(
    words: &Words,
    (config, db): (&Config, &Db),
    now: Timestamp,
) -> Result<Vec<Found>, StoreError> {
    let lists = &config.policy.payrolls;
    if lists.is_empty() {
        return Ok(Vec::new());
    }
    let zone = config.zones.get(&config.policy.zone);
    let zone = zone.cloned().unwrap_or(TimeZone::UTC);
    let states = payrolls::states(db).await?;
    let told = lists.iter().filter_map(|(name, list)| {
        let first = begins_later(&states, (name, list), &zone, now)?;
        let told = format!(
            "{} «{}»: {} {first}, {} {}: {}",
            words.pick("Список для выплат", "Payroll list"),
            list.title,
            words.pick("первый месяц —", "the first month is"),
            words.pick("а не", "not"),
            list.first,
            words.pick(
                "до него okno ничего не считал, и черновиков за те месяцы не будет",
                "okno has counted nothing before, and there are no drafts of those months"
            ),
        );
        Some(Found {
            words: told,
            is_well: true,
        })
    });
    Ok(told.collect())
}
