//! Months whose sums do not close, for the proof of what is closed.

use super::Proof;
use crate::{desk::kpi::Sheet, model::ids::QueueName};

impl Proof {
    /// Notes the queues of a month whose sums do not close, of those that are asked for.
    pub(in crate::house) fn balance(
        &mut self,
        month: &str,
        sheet: &Sheet,
        is_asked: impl Fn(&QueueName) -> bool,
    ) {
        let wrong = sheet.unbalanced().into_iter();
        let wrong: Vec<QueueName> = wrong.filter(|queue| is_asked(queue)).cloned().collect();
        if !wrong.is_empty() {
            self.unbalanced.push((month.to_owned(), wrong));
        }
    }
}
