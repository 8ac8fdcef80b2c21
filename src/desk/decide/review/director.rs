//! The director's page, as values.

use crate::desk::{
    draft::Draft,
    payroll::list_named,
    review::{DepartmentMonth, Reached, figures_shown, month_before, put_beside, unknown_shown},
};
use crate::model::{
    decimal::Decimal,
    ids::{PayrollName, QueueName},
    language::Language,
    outgoing::{DepartmentShown, DirectorLetter, LateShown, ReasonShown},
};

/// The letter, the same for whoever reads it.
pub(super) fn letter(
    (period, upto): (&str, i64),
    departments: &[DepartmentMonth],
    language: Language,
) -> DirectorLetter {
    let figures = departments.iter().flat_map(|one| &one.figures);
    let said: Vec<bool> = figures.filter_map(Reached::is_reached).collect();
    let count = |many: usize| u64::try_from(many).unwrap_or(u64::MAX);
    DirectorLetter {
        period: period.to_owned(),
        late: LateShown::default(),
        reached: count(said.iter().filter(|is_reached| **is_reached).count()),
        known: count(said.len()),
        departments: departments.iter().map(|one| shown(one, language)).collect(),
        is_aim_unknown: false,
        reasons: Vec::new(),
        charts: Vec::new(),
        upto,
        head_hash: String::new(),
    }
}

/// Puts beside the figures why they are what they are, as heads have said of this month, and of the one before since its page was
/// written; what stands beside none is left.
pub(super) fn beside(
    draft: &Draft<'_>,
    period: &str,
    (all, shown): (&[DepartmentMonth], &mut [DepartmentShown]),
) -> Vec<ReasonShown> {
    let before = month_before(period);
    let said = draft.world.payroll_reasons(&[period, &before]);
    let said: Vec<Said> = said.into_iter().map(|one| Said::of(draft, one)).collect();
    let mut rest = Vec::new();
    for one in &said {
        let about = (one.shown.figure.as_str(), one.shown.period != period);
        let mut is_shown = false;
        for (department, shown) in all.iter().zip(shown.iter_mut()) {
            let is_its = |other: &&Said| {
                let mut queues = other.queues.iter();
                queues.any(|queue| department.queues.contains(queue))
            };
            if !is_its(&one) {
                continue;
            }
            // Whose words these are is said where several speak for a department.
            let is_alone = said
                .iter()
                .filter(is_its)
                .all(|other| other.shown.list == one.shown.list);
            let why = match is_alone {
                true => one.shown.why.clone(),
                false => format!("{}: {}", one.shown.list, one.shown.why),
            };
            is_shown |= put_beside(&mut shown.figures, about, &why);
        }
        if !is_shown {
            rest.push(one.shown.clone());
        }
    }
    rest
}

/// A reason, and of which queues it speaks.
struct Said {
    queues: Vec<QueueName>,
    shown: ReasonShown,
}

impl Said {
    fn of(
        draft: &Draft<'_>,
        (name, period, figure, why): (PayrollName, String, String, String),
    ) -> Self {
        let list = list_named(draft.given.policy, &name);
        let title = list.as_ref().map(|list| list.title.clone());
        Self {
            queues: list.map(|list| list.queues.clone()).unwrap_or_default(),
            shown: ReasonShown {
                list: title.unwrap_or_else(|| name.to_string()),
                period,
                figure,
                why,
            },
        }
    }
}

fn shown(month: &DepartmentMonth, language: Language) -> DepartmentShown {
    let used = Decimal::percent(month.received.0, month.capacity, 0);
    DepartmentShown {
        title: month.title.clone(),
        received: month.received.0,
        received_before: month.received.1,
        solved: month.solved.0,
        solved_before: month.solved.1,
        open: month.open,
        overdue: month.overdue,
        capacity: month.capacity,
        capacity_percent: used.map_or_else(String::new, |used| used.in_words_of(language)),
        figures: figures_shown(&month.figures, language),
        unknown: unknown_shown(&month.figures, language),
    }
}
