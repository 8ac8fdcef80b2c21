//! A draft: the figures of a month as they are now, cut at the last event.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{
    super::{
        House, HouseError,
        periods::{Lines, read},
    },
    Month, Trouble,
    basis::rows_written,
    counting::{
        closed::beside,
        counted::{Asked, Counted, count},
        lines,
    },
    files::pay_file,
    letters::{draft::Shown, no_file},
    rows::{NO_NUMBERS, Rows, Source},
    settled::{self, trouble, unjudged},
};
use crate::{
    desk::{
        calendar::Calendar,
        kpi::{DEFINITIONS, Period, Sheet},
        payroll::{Carries, PayrollStep},
    },
    model::{
        alarm,
        ids::{EventSeq, QueueName},
        outgoing::{When, placed},
        payroll::{PayrollDraft, ROWS, Unsettled},
    },
    report::files::Span,
    store::history,
};

impl House {
    /// Makes the next draft and leaves it for the decider. A first one waits for what is not settled; of sums that do not close
    /// nothing is sent.
    pub(super) async fn draft(
        &self,
        month: &Month<'_>,
        calendar: &Calendar,
        now: Timestamp,
    ) -> Result<Option<Trouble>, HouseError> {
        let policy = &self.config.policy;
        if let Some(found) = no_file::unapproved(month, policy) {
            return Ok(Some(found));
        }
        let may_wait = settled::may_wait(month, calendar, now);
        let mut unsettled = self.unsettled(month).await?;
        if may_wait && !unsettled.is_empty() {
            return Ok(trouble(month, (&unsettled, policy), calendar, now));
        }
        let mut carries = self.carries(month)?;
        let asked = Asked {
            queues: &month.list.queues,
            period: month.period.clone(),
            zone: self.payroll_zone(),
            carries: &carries,
            upto: None,
        };
        let counted = count(&self.db, month.all, asked).await?;
        let adjusted = read(&counted.figures).adjusted;
        carries.drop_unchanged_gone(|queue| adjusted.iter().any(|one| one.queue == queue.as_str()));
        unsettled.extend(unjudged(&counted, &month.list.queues));
        if may_wait && !unsettled.is_empty() {
            return Ok(trouble(month, (&unsettled, policy), calendar, now));
        }
        let sheet = counted.sheet.as_ref();
        let sheet = sheet.ok_or_else(|| HouseError::Stored("nothing was counted".to_owned()))?;
        if let Some(wrong) = unbalanced(sheet, &month.list.queues) {
            let object = format!("{}/{}", month.name, month.period.name);
            return Ok(Some((alarm::BALANCE, object, wrong)));
        }
        let step = self
            .step(month, (&counted, unsettled), carries, now)
            .await?;
        self.leave(&step, now).await?;
        Ok(None)
    }

    /// What a month carries of closed ones: also of queues that no list has any more.
    fn carries(&self, month: &Month<'_>) -> Result<Carries, HouseError> {
        let (name, period) = (month.name, month.period.name.as_str());
        let gone = month.all.gone(&self.config.policy.payrolls, name, period);
        let queues: Vec<QueueName> = month.list.queues.iter().chain(&gone).cloned().collect();
        let beside = beside(month.all, &queues)?;
        Ok(Carries {
            gone,
            ..month.all.carries((name, period), (&queues, &beside))
        })
    }

    async fn step(
        &self,
        month: &Month<'_>,
        (counted, unsettled): (&Counted, Vec<Unsettled>),
        carries: Carries,
        now: Timestamp,
    ) -> Result<PayrollStep, HouseError> {
        let scoring = self.config.scorings.get(month.name);
        let read_lines = read(&counted.figures);
        let source = self.source(month, (&read_lines, counted.sheet.as_ref()), &Rows::TODAY);
        let (draft, file) = self.drafted(month, (counted, unsettled), carries).await?;
        let zone = self.config.policy.zone.clone();
        let shown = Shown {
            month,
            source,
            draft: &draft,
            file: &file,
            scoring,
            span: &self.span(month.period),
            judged: &history::judged(&self.db, month.period, Some(counted.upto)).await?,
            cut_at: Some(When { at: now, zone }),
            version: 0,
        };
        let mut letters = BTreeMap::new();
        let parts: Vec<&[QueueName]> = draft.parts.iter().map(|part| &*part.queues).collect();
        let told = (counted.upto, month.list.language);
        let mut hints = self.hints_of_parts(month.period, told, &parts).await?;
        let mut charts = match month.list.charts {
            true => self.charts_of_parts(month.period, told, &parts).await?,
            false => BTreeMap::new(),
        };
        for part in &draft.parts {
            let mut letter = self.letter(&shown, &part.queues).await?;
            if let Some(looked) = hints.remove(&part.queues) {
                letter.letter.hints = Some(looked.hints);
                letter.letter.aims = looked.aims;
            }
            // By which mail they are named, is known once it is written.
            let drawn = charts.remove(&part.queues).unwrap_or_default();
            let (shown, pictures) = placed(&drawn, "");
            letter.letter.charts = shown;
            letter.files.extend(pictures);
            letters.insert(part.approver.clone(), letter);
        }
        Ok(PayrollStep::Draft {
            list: month.name.clone(),
            period: month.period.name.clone(),
            draft: Box::new(draft),
            file,
            letters,
        })
    }

    /// The draft itself, and the accountants' file in base64.
    async fn drafted(
        &self,
        month: &Month<'_>,
        (counted, unsettled): (&Counted, Vec<Unsettled>),
        carries: Carries,
    ) -> Result<(PayrollDraft, String), HouseError> {
        let basis = self.basis(month, &counted.figures, &carries).await?;
        let made = match basis.nameless.is_empty() {
            true => Some(pay_file(month, &basis.table)?),
            false => None,
        };
        let (pay, file) = made.unzip();
        let head_hash = history::hash_at(&self.db, counted.upto).await?;
        let draft = PayrollDraft {
            number: month.state.next_draft(),
            from: month.period.from,
            to: month.period.to,
            upto: EventSeq(counted.upto),
            head_hash: head_hash.unwrap_or_default(),
            sha256: lines::sha256(&counted.figures),
            figures: lines::pack(&counted.figures)?,
            restated: String::new(),
            definitions: DEFINITIONS,
            zone: self.payroll_zone().iana_name().map(str::to_owned),
            since: carries.since,
            since_of: carries.since_of,
            gone: carries.gone,
            scores: basis.version,
            settings: Some(basis.settings),
            rows: lines::pack(&rows_written(&basis.rows))?,
            rules: ROWS,
            unsettled,
            nameless: basis.nameless.into_iter().collect(),
            pay,
            parts: basis.parts,
        };
        Ok((draft, file.unwrap_or_default()))
    }

    /// What rows of a month's files are made of.
    pub(super) fn source<'s>(
        &'s self,
        month: &Month<'s>,
        (lines, sheet): (&'s Lines, Option<&'s Sheet>),
        rows: &'s Rows,
    ) -> Source<'s> {
        let span = self.span(month.period);
        Source {
            db: &self.db,
            policy: &self.config.policy,
            lines,
            sheet,
            rows,
            numbers: &NO_NUMBERS,
            before: month.all,
            language: month.list.columns,
            days: (span.from, span.to),
        }
    }

    pub(super) fn span(&self, period: &Period) -> Span {
        let zone = self.payroll_zone();
        let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let last = period.to.checked_sub(SignedDuration::from_secs(1));
        Span {
            name: period.name.clone(),
            from: day(period.from),
            to: day(last.unwrap_or(period.to)),
            zone: self.config.policy.zone.clone(),
        }
    }
}

/// The queues of a list whose sums do not close, in words.
fn unbalanced(sheet: &Sheet, queues: &[QueueName]) -> Option<String> {
    let wrong = sheet.unbalanced().into_iter();
    let wrong: Vec<&str> = wrong
        .filter(|queue| queues.contains(queue))
        .map(QueueName::as_str)
        .collect();
    (!wrong.is_empty()).then(|| wrong.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::kpi::Balance;

    #[test]
    fn sums_that_do_not_close_are_trouble_of_the_lists_queues_alone() {
        let period = Period {
            name: "2026-10".to_owned(),
            from: Timestamp::UNIX_EPOCH,
            to: Timestamp::UNIX_EPOCH,
        };
        let lost = Balance {
            start: 1,
            ..Balance::default()
        };
        let (it, hr) = (QueueName::from("it"), QueueName::from("hr"));
        let balances = [(it.clone(), lost), (hr.clone(), Balance::default())];
        let sheet = Sheet {
            period,
            tallies: BTreeMap::new(),
            balances: BTreeMap::from(balances),
            unsettled: Default::default(),
            torn: Default::default(),
        };
        assert_eq!(unbalanced(&sheet, std::slice::from_ref(&hr)), None);
        assert_eq!(unbalanced(&sheet, &[hr, it]).as_deref(), Some("it"));
    }
}
