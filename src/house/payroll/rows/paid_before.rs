//! Who somebody was in the files that accountants have: whoever has left is paid what a closed month owes them, too.

use std::cmp::Reverse;

use super::{
    super::{basis::rows_of, proof::read_back::read_back},
    Source,
};
use crate::{
    desk::payroll::{Drafted, Payrolls},
    model::ids::AgentName,
    report::files::Employee,
    store::StoreError,
};

impl Source<'_> {
    /// Who an agent is whose figures of a closed month have changed: where nobody knows their number any more, as they were paid
    /// for that month.
    ///
    /// # Errors
    /// What the database says.
    pub(in crate::house::payroll) async fn employee_in(
        &self,
        agent: &AgentName,
        department: &str,
        period: &str,
    ) -> Result<Employee, StoreError> {
        let today = self.employee(agent, department).await?;
        Ok(self.as_paid(today, agent, period))
    }

    /// Somebody without a number as they were paid for that month, else as they were paid last.
    pub(in crate::house::payroll) fn as_paid(
        &self,
        employee: Employee,
        agent: &AgentName,
        period: &str,
    ) -> Employee {
        if !employee.number.is_empty() {
            return employee;
        }
        match paid_as(self.before, agent, period) {
            Some((number, name)) => Employee {
                number,
                name,
                ..employee
            },
            None => employee,
        }
    }
}

/// Number and name, as somebody was paid for that month, else as they were paid last.
pub(in crate::house::payroll) fn paid_as(
    all: &Payrolls,
    agent: &AgentName,
    period: &str,
) -> Option<(String, String)> {
    let by_mail = all
        .months
        .iter()
        .filter(|(_, state)| state.frozen.is_some());
    let by_mail = by_mail.filter_map(|((_, month), state)| Some((month, state.drafted.as_ref()?)));
    let closed = by_mail.chain(&all.paid_at_terminal);
    let closed = closed.map(|(month, drafted)| ((month == period, month), drafted));
    let mut closed: Vec<_> = closed.collect();
    closed.sort_by_key(|(of, _)| Reverse(*of));
    // A file is taken apart only as long as nobody is found.
    closed
        .into_iter()
        .find_map(|(_, drafted)| row_of(drafted, agent))
}

/// Number and name in a row of that agent.
fn row_of(drafted: &Drafted, agent: &AgentName) -> Option<(String, String)> {
    let kept = rows_of(&drafted.draft).ok()?;
    let is_theirs = |(_, own): (&str, &str)| own == agent.as_str();
    let place = kept.iter().position(|row| row.parts().any(is_theirs))?;
    let mut sent = read_back(drafted.draft.pay.as_ref()?, &drafted.file)?;
    (place < sent.len()).then(|| {
        let row = sent.swap_remove(place);
        (row.number, row.name)
    })
}
