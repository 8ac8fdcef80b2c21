//! An employee's closed month, as it was told last and as it is now.

use super::{
    super::rows::Source,
    closed::Closed,
    rescored::{Groups, changed},
};
use crate::{
    desk::payroll::{Part, whose},
    model::{
        decimal::Decimal, ids::QueueName, language::Language, outgoing::PayrollChange,
        scoring::Scoring,
    },
    report::files::{
        Again, COEFFICIENT, Employee, Facts, Rescored, coefficient, rescored, scores_by,
    },
    store::StoreError,
};

/// What an employee has of a closed month, as it was told last and as it is with what the figures of a later one carry.
pub(in crate::house::payroll) struct Changed<'c> {
    pub(super) period: String,
    /// The queues and agents.
    pub(super) group: Vec<Part>,
    /// Those of them of which anything has changed, first.
    pub(super) told: Vec<Part>,
    pub(super) before: Facts,
    pub(super) now: Facts,
    /// The settings by which people were paid, and the rules.
    pub(super) scoring: &'c Scoring,
    pub(super) rules: u32,
}

impl Changed<'_> {
    /// The month scored again.
    pub(in crate::house::payroll) fn again(&self, employee: Employee) -> Option<Rescored> {
        let again = Again {
            period: &self.period,
            whose: &whose(&self.group),
            before: &self.before,
            now: &self.now,
            scoring: self.scoring,
            rules: self.rules,
        };
        rescored(employee, again)
    }

    /// The coefficient before and now, where it is there in one of them alone and nought: no row tells that.
    fn nought(&self) -> Option<[Option<Decimal>; 2]> {
        let of = |facts| coefficient(&scores_by(self.rules, facts, self.scoring));
        let both = [of(&self.before), of(&self.now)];
        let [before, now] = both;
        let known = before.xor(now)?;
        known.is_equal(Decimal::whole(0)).then_some(both)
    }
}

impl Source<'_> {
    /// Coefficients of closed months that were not there and are nought by now, or the other way round, as letters tell them.
    pub(in crate::house::payroll) async fn noughts(
        &self,
        (groups, closed): (&Groups, &[Closed<'_>]),
        queues: &[QueueName],
        language: Language,
    ) -> Result<Vec<PayrollChange>, StoreError> {
        let mut found = Vec::new();
        for one in changed(self.lines, closed, groups) {
            let mut parts = one.group.iter();
            let is_own = parts.any(|(queue, _)| queues.contains(queue));
            let Some([before, now]) = one.nought().filter(|_| is_own) else {
                continue;
            };
            let employee = self.employee_of(&one.told, Some(&one.period)).await?;
            let words = |value: Option<Decimal>| match value {
                Some(value) => value.in_words_of(language),
                None => no_data(language).to_owned(),
            };
            found.push(PayrollChange {
                whose: employee.name,
                period: one.period,
                figure: COEFFICIENT.to_owned(),
                before: words(before),
                now: words(now),
            });
        }
        Ok(found)
    }
}

/// What letters say of what there is nothing of: it is not nought.
pub(in crate::house::payroll) const fn no_data(language: Language) -> &'static str {
    match language {
        Language::Ru => "нет данных",
        Language::En => "no data",
    }
}
