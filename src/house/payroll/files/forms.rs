//! What came by forms, for whoever has asked for it.

use super::super::{
    super::{House, HouseError},
    on_demand::LINES_MAX,
};
use crate::{
    desk::{kpi::Period, review::forms_shown},
    model::outgoing::{ReportAsked, ReportCounted, ReportLine},
    store::history,
};

impl House {
    /// What came by forms to each of the queues, and what was chosen.
    pub(in crate::house::payroll) async fn count_forms(
        &self,
        asked: ReportAsked,
        period: &Period,
        is_over: bool,
    ) -> Result<ReportCounted, HouseError> {
        let policy = &self.config.policy;
        let upto = history::last(&self.db).await?;
        let periods = std::slice::from_ref(period);
        let found = history::hints(&self.db, periods, Some(upto)).await?;
        let mut lines = Vec::new();
        for (name, hints) in found.iter().flatten() {
            if !asked.queues.contains(name) {
                continue;
            }
            let queue = policy.queues.get(name);
            let language = queue.map_or(policy.language, |queue| queue.language);
            let whose = queue.map_or_else(|| name.to_string(), |queue| queue.title.clone());
            let line = |figure: String, value: String| ReportLine {
                whose: whose.clone(),
                figure,
                value,
            };
            for form in forms_shown([hints], policy, language) {
                lines.push(line(form.title.clone(), form.count.to_string()));
                for field in form.fields {
                    let choices = field.choices.iter();
                    let choices: Vec<String> = choices
                        .map(|choice| format!("{} {}", choice.words, choice.count))
                        .collect();
                    let figure = format!("{}, {}", form.title, field.title);
                    lines.push(line(figure, choices.join(", ")));
                }
            }
        }
        let more = lines.len().saturating_sub(LINES_MAX);
        lines.truncate(LINES_MAX);
        Ok(ReportCounted {
            asked,
            lines,
            more: u64::try_from(more).unwrap_or(u64::MAX),
            unbalanced: Vec::new(),
            is_over,
            upto: Some(upto),
            closed: Vec::new(),
            within: Vec::new(),
        })
    }
}
