//! What comes next by itself, for the page: files that people are paid by and regular letters, as history says how far they
//! have got.

use std::sync::Arc;

use jiff::Timestamp;

use super::{House, HouseError, page_cache::Plans};
use crate::{
    desk::{
        kpi::Period,
        payroll::{NextFile, Payrolls, Stage, calendar_of, next_files, next_files_of_gone},
        policy::PayrollPolicy,
        review::{
            MONTHS_OWED_MAX, NextLetter, WEEKS_OWED_MAX, Written, has_month, month_earlier,
            month_over, month_running, month_told, next_letter, policy_of, week_earlier, week_over,
            week_running,
        },
    },
    model::{
        ids::{AgentName, PayrollName},
        review::ReviewKind,
    },
    store::{payrolls, reviews},
    web::reports::{PlannedReport, Report, Waits},
};

impl House {
    /// What comes next, found out anew once a minute: history is read for it.
    pub(super) async fn plans(&self, rules: &Self, now: Timestamp) -> Result<Plans, HouseError> {
        if let Some(plans) = self.page_cache.plans(now) {
            return Ok(plans);
        }
        let plans = Arc::new(rules.find_plans(now).await?);
        self.page_cache.keep_plans(now, &plans);
        Ok(plans)
    }

    async fn find_plans(&self, now: Timestamp) -> Result<Vec<PlannedReport>, HouseError> {
        let policy = &self.config.policy;
        let mut plans = Vec::new();
        let states = payrolls::states(&self.db).await?;
        for list in &policy.payrolls {
            for mut file in self.next_files(list, &states, now) {
                let is_due = file.waits == Waits::Drafting;
                if is_due && self.is_unsettled(list.1, &file.period).await? {
                    file.waits = Waits::Unsettled;
                }
                plans.push(file);
            }
        }
        let gone = next_files_of_gone(&states, policy, now).into_iter();
        plans.extend(gone.map(|(title, file)| self.promised(title, file)));
        let has_letters = policy.queues.values().any(|queue| queue.review.is_some());
        if has_letters || policy.director_review.is_some() {
            let written = reviews::written(&self.db).await?;
            plans.extend(self.next_letters(&written, now));
            plans.extend(self.next_month(&written, now));
        }
        Ok(plans)
    }

    fn next_files(
        &self,
        (name, list): (&PayrollName, &PayrollPolicy),
        states: &Payrolls,
        now: Timestamp,
    ) -> Vec<PlannedReport> {
        let Some(calendar) = calendar_of(list, &self.config.policy) else {
            return Vec::new();
        };
        let lists = (&self.config.policy.payrolls, name);
        let days = (calendar, &self.payroll_zone());
        let files = next_files(states, lists, days, now).into_iter();
        let files = files.map(|file| self.promised(list.title.clone(), file));
        files.collect()
    }

    fn promised(&self, title: String, file: NextFile) -> PlannedReport {
        let waits = match (file.stage, file.draft_at) {
            (Stage::Ahead, Some(at)) => Waits::Draft(at),
            (Stage::Ahead, None) | (Stage::Undrafted, _) => Waits::Drafting,
            (Stage::Awaits(heads), _) => {
                let missing = u64::try_from(heads.len()).unwrap_or(u64::MAX);
                let names = || heads.iter().map(|head| self.called(head)).collect();
                Waits::Approvals(missing, self.shows_names().then(names))
            }
            (Stage::Approved, _) => Waits::ApprovedDay,
        };
        PlannedReport {
            what: Report::Payroll(title),
            period: file.period,
            waits,
            draft_at: file.draft_at,
            due_at: file.file_at,
            is_late: file.is_late,
        }
    }

    /// What people call an agent; one that is gone as it was called in the configuration.
    pub(super) fn called(&self, agent: &AgentName) -> String {
        let known = self.config.policy.agents.get(agent);
        known.map_or_else(|| agent.to_string(), |agent| agent.name.clone())
    }

    /// A letter a queue about its week, and one about its month where its head is sent that.
    fn next_letters(&self, written: &Written, now: Timestamp) -> Vec<PlannedReport> {
        let policy = &self.config.policy;
        let mut letters = Vec::new();
        for (name, queue) in &policy.queues {
            let Some(review) = policy_of(queue, policy) else {
                continue;
            };
            let at = (review.at, &queue.calendar);
            let last = |kind| written.last(kind, Some(name));
            let zone = queue.calendar.zone();
            let weeks = week_over(zone, now).zip(week_running(zone, now));
            let back = (WEEKS_OWED_MAX, |week: &Period| week_earlier(week, zone));
            let week = weeks.and_then(|(over, running)| {
                let known = (last(ReviewKind::Weekly), back);
                next_letter(at, (&over, &running), known, now)
            });
            let what = Report::Weekly(name.clone(), queue.title.clone());
            letters.extend(week.map(|next| letter(what, next)));
            let zone = self.payroll_zone();
            let of = (name, queue);
            let over = month_over(&zone, now);
            let over = over.and_then(|month| month_told(of, policy, (month, &zone)));
            let months = over.zip(month_running(&zone, now));
            let back = (MONTHS_OWED_MAX, |month: &Period| {
                month_earlier(month, &zone)
            });
            let month = months.and_then(|(over, running)| {
                let known = (last(ReviewKind::Monthly), back);
                next_letter(at, (&over, &running), known, now)
            });
            let month = month.filter(|next| has_month(of, policy, &next.period));
            let what = Report::Monthly(name.clone(), queue.title.clone());
            letters.extend(month.map(|next| letter(what, next)));
        }
        letters
    }

    fn next_month(&self, written: &Written, now: Timestamp) -> Option<PlannedReport> {
        let policy = &self.config.policy;
        let review = policy.director_review.as_ref()?;
        let (zone, queue) = (self.payroll_zone(), policy.queues.get(&review.queue)?);
        let months = (month_over(&zone, now)?, month_running(&zone, now)?);
        let last = written.last(ReviewKind::Director, None);
        let at = (review.at, &queue.calendar);
        let back = (MONTHS_OWED_MAX, |month: &Period| {
            month_earlier(month, &zone)
        });
        let next = next_letter(at, (&months.0, &months.1), (last, back), now)?;
        Some(letter(Report::Director, next))
    }
}

fn letter(what: Report, next: NextLetter) -> PlannedReport {
    PlannedReport {
        what,
        period: next.period,
        waits: Waits::Day,
        draft_at: None,
        due_at: next.at,
        is_late: next.is_late,
    }
}
