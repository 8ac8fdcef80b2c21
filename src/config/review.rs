//! Regular letters about a queue: `review = { at = "8:30" }`.

use super::{
    file::Reader,
    section::{Section, flag},
    values,
};
use crate::desk::policy::ReviewPolicy;

impl Reader<'_> {
    /// Reads the table `review` of a queue; without it there are no such letters.
    pub(super) fn review(&mut self, section: &mut Section<'_>) -> Option<ReviewPolicy> {
        let mut section = section.section(self.notes, "review")?;
        section.need("at", "at = \"8:30\", before work begins");
        let at = section.parsed(self.notes, "at", values::time_of_day);
        let charts = flag(&mut section, self.notes, "charts");
        section.finish(self.notes);
        Some(ReviewPolicy {
            at: at?.value,
            charts: charts.is_some_and(|at| at.value),
        })
    }
}
