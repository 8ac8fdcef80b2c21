//! Heads who do not answer, where no director hears of it: the administrator does, before the promised day has come.

use jiff::Timestamp;

use super::{
    super::{House, HouseError},
    Month, Trouble,
    letters::no_file::{listed, pick},
    settled::SILENT_FOR,
};
use crate::{
    desk::{
        calendar::Calendar,
        payroll::{director_of, eve, promised},
    },
    model::{alarm, language::Language},
    store::alarms,
};

impl House {
    /// Whose approval a month waits for on the eve of its day, once heads have had hours to answer.
    pub(super) async fn look_at_silence(
        &self,
        month: &Month<'_>,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Option<Trouble>, HouseError> {
        let (policy, state) = (&self.config.policy, &month.state);
        let waits_for = state.waits_for();
        let nameless = state.drafted.iter().flat_map(|one| &one.draft.nameless);
        let is_other = state.frozen.is_some() || nameless.count() > 0;
        if is_other || waits_for.is_empty() || director_of(month.list, policy, &waits_for).is_some()
        {
            return Ok(None);
        }
        let Some(promised) = promised(month.list.day, calendar, month.period) else {
            return Ok(None);
        };
        let asked = state.asked_at.map(|at| now.duration_since(at));
        let is_asked = asked.is_some_and(|passed| passed >= SILENT_FOR);
        let is_near = eve(calendar, promised).is_some_and(|eve| eve <= now);
        if !is_near || !is_asked {
            return Ok(None);
        }
        let object = format!("{}/{}", month.name, month.period.name);
        let key = (alarm::PAY_SILENT.to_owned(), object.clone());
        // What lies unread may be the answer; what is told already stands until somebody has answered.
        if !alarms::standing(&self.db).await?.contains(&key)
            && self.may_be_unread(month, calendar, now).await?
        {
            return Ok(None);
        }
        let day = calendar.zone().to_datetime(promised).date();
        let day = match policy.language {
            Language::Ru => day.strftime("%d.%m.%Y"),
            Language::En => day.strftime("%-d %B %Y"),
        };
        let title = &month.list.title;
        let said = match policy.language {
            Language::Ru => format!("список «{title}», файл обещан бухгалтерии {day}"),
            Language::En => {
                format!("list \"{title}\", the accountants are promised the file on {day}")
            }
        };
        let what = pick(policy.language, "ещё не утвердили", "not approved yet by");
        let heads = listed(waits_for.iter(), policy);
        Ok(Some((
            alarm::PAY_SILENT,
            object,
            format!("{said}; {what}: {heads}"),
        )))
    }
}
