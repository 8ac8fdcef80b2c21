//! A draft: the figures of a month as they are now, cut at the last event, with what heads are shown of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::{
    super::{House, HouseError},
    Month, Trouble,
    files::{files, pay_file},
    lines,
    staff::{Member, staff},
};
use crate::{
    desk::{
        kpi::{Count, Period, Question, Sheet},
        payroll::{PartLetter, PayrollStep},
    },
    model::{
        alarm,
        decimal::Decimal,
        ids::{AgentName, EventSeq, QueueName},
        language::Language,
        outgoing::{PayrollLetter, PayrollLine, When},
        payroll::{DraftPart, PayrollDraft},
        scoring::Scoring,
    },
    report::files::{Span, coefficient, scores},
    store::history,
};

/// What was counted for a draft.
struct Counted {
    sheet: Sheet,
    upto: i64,
    head_hash: String,
    /// The figures of the list's queues.
    figures: String,
    members: Vec<Member>,
}

impl House {
    /// Makes the next draft and leaves it for the decider; sums that do not close are trouble, and nothing is sent.
    pub(super) async fn draft(
        &self,
        month: &Month<'_>,
        now: Timestamp,
    ) -> Result<Option<Trouble>, HouseError> {
        let policy = &self.config.policy;
        let (sheet, upto) = self.count(month.period.clone(), None).await?;
        let queues = &month.list.queues;
        if let Some(wrong) = unbalanced(&sheet, queues) {
            let object = format!("{}/{}", month.name, month.period.name);
            return Ok(Some((alarm::BALANCE, object, wrong)));
        }
        let counted = Counted {
            figures: lines::of_queues(&lines::figures_of(&sheet), queues),
            members: staff(&self.db, policy, &sheet, queues).await?,
            head_hash: history::hash_at(&self.db, upto).await?.unwrap_or_default(),
            sheet,
            upto,
        };
        let restated = self.restated(month).await?;
        let step = self.step(month, &counted, &restated, now)?;
        self.leave(&step, now).await?;
        Ok(None)
    }

    async fn count(&self, period: Period, upto: Option<i64>) -> Result<(Sheet, i64), HouseError> {
        let question = Question::about(vec![period], self.payroll_zone());
        let (sheets, upto) = history::figures(&self.db, &question, upto).await?;
        let sheet = sheets.into_iter().next();
        let sheet = sheet.ok_or_else(|| HouseError::Stored("nothing was counted".to_owned()))?;
        Ok((sheet, upto))
    }

    /// Figures of approved months that are other now than they were last told.
    async fn restated(&self, month: &Month<'_>) -> Result<String, HouseError> {
        let mut changed = String::new();
        let told = told_before(month)?;
        for (period, from, to) in frozen_before(month) {
            let name = period.clone();
            let period = Period { name, from, to };
            let (sheet, _) = self.count(period.clone(), None).await?;
            let now = lines::of_queues(&lines::figures_of(&sheet), &month.list.queues);
            let own = told
                .lines()
                .filter(|line| line.split(';').next() == Some(&period.name));
            let own: String = own.map(|line| format!("{line}\r\n")).collect();
            changed.push_str(&lines::restated(&own, &now));
        }
        Ok(changed)
    }

    fn step(
        &self,
        month: &Month<'_>,
        counted: &Counted,
        restated: &str,
        now: Timestamp,
    ) -> Result<PayrollStep, HouseError> {
        let span = self.span(month.period);
        let scoring = self.config.scorings.get(month.name);
        let scoring =
            scoring.ok_or_else(|| HouseError::Stored("no settings of scores".to_owned()))?;
        let nameless: BTreeSet<AgentName> = counted
            .members
            .iter()
            .filter(|member| member.employee.number.is_empty())
            .map(|member| member.agent.clone())
            .collect();
        let made = match nameless.is_empty() {
            true => Some(pay_file(month, &span, &counted.members, scoring)?),
            false => None,
        };
        let (pay, file) = made.unzip();
        let parts = month.list.parts(&self.config.policy);
        let part = |(approver, queues): (&AgentName, &Vec<QueueName>)| DraftPart {
            approver: approver.clone(),
            queues: queues.clone(),
            sha256: lines::sha256(&lines::of_queues(&counted.figures, queues)),
        };
        let draft = PayrollDraft {
            number: month.state.next_draft(),
            from: month.period.from,
            to: month.period.to,
            upto: EventSeq(counted.upto),
            head_hash: counted.head_hash.clone(),
            sha256: lines::sha256(&counted.figures),
            figures: lines::pack(&counted.figures)?,
            restated: match restated.is_empty() {
                true => String::new(),
                false => lines::pack(restated)?,
            },
            nameless: nameless.into_iter().collect(),
            pay,
            parts: parts.iter().map(part).collect(),
        };
        let mut letters = BTreeMap::new();
        for (approver, queues) in &parts {
            let shown = Shown {
                month,
                counted,
                draft: &draft,
                scoring,
                span: &span,
                now,
            };
            let letter = self.letter(&shown, queues)?;
            letters.insert(approver.clone(), letter);
        }
        Ok(PayrollStep::Draft {
            list: month.name.clone(),
            period: month.period.name.clone(),
            draft: Box::new(draft),
            file: file.unwrap_or_default(),
            letters,
        })
    }

    fn span(&self, period: &Period) -> Span {
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

    /// What a head is shown of their queues.
    fn letter(&self, shown: &Shown<'_>, queues: &[QueueName]) -> Result<PartLetter, HouseError> {
        let (policy, language) = (&self.config.policy, shown.month.list.language);
        let counted = shown.counted;
        let members = counted.members.iter();
        let own: Vec<&Member> = members.filter(|one| queues.contains(&one.queue)).collect();
        let before = shown.month.state.drafted.as_ref();
        let before = before.map(|before| lines::unpack(&before.draft.figures));
        let before = before.transpose()?;
        let changed = before.as_ref().map(|before| {
            let before = lines::of_queues(before, queues);
            let now = lines::of_queues(&counted.figures, queues);
            lines::changes((&before, &now), policy, language)
        });
        let all = counted.sheet.together(queues);
        let open = all.count(Count::OpenAtEnd);
        let files = files(shown, &own)?;
        let nameless = shown.draft.nameless.iter();
        let nameless = nameless.filter(|agent| own.iter().any(|one| one.agent == **agent));
        let letter = PayrollLetter {
            what: match before.is_some() {
                true => "redraft".to_owned(),
                false => "draft".to_owned(),
            },
            cut_at: Some(When {
                at: shown.now,
                zone: policy.zone.clone(),
            }),
            upto: counted.upto,
            head_hash: counted.head_hash.clone(),
            lines: own
                .iter()
                .map(|one| line(one, shown.scoring, language))
                .collect(),
            unjudged: open.saturating_sub(all.count(Count::OverdueAtEnd)),
            nameless: nameless.map(|agent| agent.to_string()).collect(),
            changed: changed.unwrap_or_default(),
            files: files.iter().map(|file| file.name.clone()).collect(),
            ..PayrollLetter::default()
        };
        Ok(PartLetter { letter, files })
    }
}

/// What letters of a draft are made of.
pub(super) struct Shown<'s> {
    pub(super) month: &'s Month<'s>,
    counted: &'s Counted,
    draft: &'s PayrollDraft,
    pub(super) scoring: &'s Scoring,
    pub(super) span: &'s Span,
    now: Timestamp,
}

fn line(member: &Member, scoring: &Scoring, language: Language) -> PayrollLine {
    let fact = |code: &str| member.facts.get(code).copied();
    let above = |code: &str| fact(code).map_or(0, |fact| fact.numerator);
    let below = |code: &str| fact(code).and_then(|fact| fact.denominator).unwrap_or(0);
    let rated = below("csat_mean");
    let rating = Decimal::ratio(above("csat_mean"), rated, 2);
    let score = coefficient(&scores(&member.facts, scoring));
    let words = |number: Option<Decimal>| {
        number.map_or_else(String::new, |number| number.in_words_of(language))
    };
    PayrollLine {
        name: member.employee.name.clone(),
        number: member.employee.number.clone(),
        solved: above("solved"),
        judged: below("sla_resolution_pct"),
        met: above("sla_resolution_pct"),
        rating: words(rating),
        rated,
        score: words(score),
    }
}

/// The approved months of the list before this one.
fn frozen_before(month: &Month<'_>) -> Vec<(String, Timestamp, Timestamp)> {
    let all = month.all.iter();
    let own = all.filter(|((name, period), state)| {
        name == month.name && *period < month.period.name && state.frozen.is_some()
    });
    own.filter_map(|((_, period), state)| {
        let draft = &state.drafted.as_ref()?.draft;
        Some((period.clone(), draft.from, draft.to))
    })
    .collect()
}

/// What accountants were told of the months before: the figures that were approved, with what was restated since.
pub(super) fn told_before(month: &Month<'_>) -> Result<String, HouseError> {
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for (period, ..) in frozen_before(month) {
        let key = (month.name.clone(), period);
        let drafted = month.all.get(&key).and_then(|state| state.drafted.as_ref());
        let Some(drafted) = drafted else {
            continue;
        };
        told.extend(lines::by_whose(&lines::unpack(&drafted.draft.figures)?));
        told.extend(lines::by_whose(&lines::unpack(&drafted.draft.restated)?));
    }
    let lines = told
        .iter()
        .map(|(whose, said)| format!("{whose};{said}\r\n"));
    Ok(lines.collect())
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
        };
        assert_eq!(unbalanced(&sheet, std::slice::from_ref(&hr)), None);
        assert_eq!(unbalanced(&sheet, &[hr, it]).as_deref(), Some("it"));
    }
}
