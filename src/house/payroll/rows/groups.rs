//! Which queues and agents stand in one row: as people and departments are today, or as a draft has kept it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        super::{HouseError, periods::Lines},
        basis::{PaidRow, rows_of},
        counting::{closed::Closed, rescored::Groups},
        proof::{coverage::groups_kept, read_back::read_back},
    },
    Source,
};
use crate::{
    desk::{
        payroll::{Owner, Part},
        policy::Unit,
    },
    model::{
        ids::QueueName,
        payroll::{PayrollDraft, ROWS},
    },
};

/// Which queues and agents stand in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The rules by which they are made, see [`ROWS`].
    pub rules: u32,
    /// Those of a month that was approved; `None`: as people and departments are today.
    pub kept: Option<Vec<Vec<Part>>>,
    /// What stands in the file that was approved: people and departments are called so, and what is adjusted stands so, whatever
    /// anybody is called by now, and wherever they belong. `None`: as today.
    pub sent: Option<Sent>,
}

/// What stands in the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Who stands in a row of the month itself.
    people: BTreeMap<Part, Called>,
    /// Who stands in a row that adjusts a closed month, by the month as the file writes it.
    adjusted: BTreeMap<(String, Part), Called>,
    /// What a queue's people are paid in.
    departments: BTreeMap<QueueName, String>,
    rows: Vec<PaidRow>,
}

/// Somebody in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::house::payroll) struct Called {
    pub(in crate::house::payroll) number: String,
    pub(in crate::house::payroll) name: String,
    pub(in crate::house::payroll) department: String,
}

impl Sent {
    /// Whoever these parts are; `adjusts`: in a row that adjusts that month, as the file writes it.
    pub(in crate::house::payroll) fn who(
        &self,
        parts: &[Part],
        adjusts: Option<&str>,
    ) -> Option<&Called> {
        match adjusts {
            None => parts.iter().find_map(|part| self.people.get(part)),
            Some(period) => parts.iter().find_map(|part| {
                let key = (period.to_owned(), part.clone());
                self.adjusted.get(&key)
            }),
        }
    }

    /// What that queue's people are paid in; `None`: nobody's row says it.
    pub(in crate::house::payroll) fn department(&self, queue: &QueueName) -> Option<&String> {
        self.departments.get(queue)
    }

    /// In which groups the rows adjust closed months. What is not scored again stands together as the sums of it do.
    pub(in crate::house::payroll) fn groups_again(
        &self,
        rules: u32,
        figures: &Lines,
        closed: &[Closed<'_>],
    ) -> Groups {
        let sums = self
            .rows
            .iter()
            .filter(|row| !row.is_own() && !row.is_of_group());
        let mut owners: BTreeMap<String, BTreeMap<Part, Owner>> = BTreeMap::new();
        for row in sums.filter(|row| !row.whose.is_empty()) {
            let unit = Unit::Queue(QueueName::from(row.whose.as_str()));
            let own = owners.entry(row.period.clone()).or_default();
            for part in row.group() {
                let owner = Owner::new(unit.clone(), &row.whose, &part.1);
                own.insert(part, owner);
            }
        }
        groups_kept(rules, (figures, closed), &self.rows, &owners)
    }
}

impl Rows {
    /// As they are made today.
    pub const TODAY: Self = Self {
        rules: ROWS,
        kept: None,
        sent: None,
    };

    /// As they were made for a draft.
    ///
    /// # Errors
    /// They are damaged.
    pub fn of(draft: &PayrollDraft) -> Result<Self, HouseError> {
        let mut groups: Vec<Vec<Part>> = Vec::new();
        let rows = rows_of(draft)?;
        for group in rows.iter().filter(|row| row.is_own()).map(PaidRow::group) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        Ok(Self {
            rules: draft.rules,
            kept: (!draft.rows.is_empty()).then_some(groups),
            sent: None,
        })
    }

    /// As they were made for a draft, with whoever stands in its file. `base64`: its bytes.
    ///
    /// # Errors
    /// They are damaged.
    pub(in crate::house) fn sent(draft: &PayrollDraft, base64: &str) -> Result<Self, HouseError> {
        let sent = draft.pay.as_ref().and_then(|pay| read_back(pay, base64));
        let kept = rows_of(draft)?;
        let mut found = Sent::default();
        for (row, sent) in kept.iter().zip(sent.into_iter().flatten()) {
            let called = Called {
                number: sent.number,
                name: sent.name,
                department: sent.department,
            };
            found.take(row, &called);
        }
        found.rows = kept;
        Ok(Self {
            sent: Some(found),
            ..Self::of(draft)?
        })
    }
}

impl Sent {
    fn take(&mut self, row: &PaidRow, called: &Called) {
        let group = row.group();
        let queues: BTreeSet<&QueueName> = group.iter().map(|(queue, _)| queue).collect();
        for queue in queues.into_iter().filter(|_| row.is_own()) {
            let known = self.departments.entry(queue.clone());
            known.or_insert_with(|| called.department.clone());
        }
        for part in group {
            match row.is_own() {
                true => self.people.insert(part, called.clone()),
                false => {
                    let key = (row.period.clone(), part);
                    self.adjusted.insert(key, called.clone())
                }
            };
        }
    }
}

impl Source<'_> {
    /// These queues, put together by department.
    #[must_use]
    pub fn units<'q>(
        &self,
        queues: impl IntoIterator<Item = &'q QueueName>,
    ) -> Vec<Vec<QueueName>> {
        if self.rows.rules == 1 {
            return queues
                .into_iter()
                .map(|queue| vec![queue.clone()])
                .collect();
        }
        let Some(sent) = &self.rows.sent else {
            let units = self.policy.units(queues).into_iter();
            return units.map(|(_, queues)| queues).collect();
        };
        // As they were: whose departments were parted since stand together.
        let mut found: Vec<(Result<String, Unit>, Vec<QueueName>)> = Vec::new();
        for queue in queues {
            let known = sent.department(queue).cloned();
            let unit = known.ok_or_else(|| self.policy.unit_of(queue));
            match found.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, own)) => own.push(queue.clone()),
                None => found.push((unit, vec![queue.clone()])),
            }
        }
        found.into_iter().map(|(_, queues)| queues).collect()
    }

    /// How people call what the rows of a queue are about.
    pub(in crate::house::payroll) fn title(&self, queue: &QueueName) -> String {
        let sent = self.rows.sent.as_ref();
        match (
            self.rows.rules,
            sent.and_then(|sent| sent.department(queue)),
        ) {
            (_, Some(known)) => known.clone(),
            (1, None) => self.policy.queue_title(queue),
            (_, None) => self.policy.unit_title(&self.policy.unit_of(queue)),
        }
    }
}
