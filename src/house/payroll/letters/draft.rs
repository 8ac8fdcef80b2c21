//! What a head is shown of a month: of a draft, to approve it; of what was approved, once the accountants have their file.

use std::collections::BTreeSet;

use super::{
    super::{
        super::{House, HouseError, periods::read},
        Month,
        counting::{
            changes::{changes_file, cut},
            closed::closed_of,
            differences, lines,
        },
        files::{self, detail::Place, reasons::Reasons},
        rows::{Member, Source},
        settled::told,
    },
    basis_shown::{shared, with_basis},
    without_data::lacking,
};
use crate::{
    desk::{
        kpi::Detail,
        payroll::{Carries, Drafted, PartLetter, parts_in},
        policy::Policy,
    },
    model::{
        decimal::Decimal,
        ids::{AgentName, QueueName},
        language::Language,
        outgoing::{MadeFile, PayrollChange, PayrollLetter, PayrollLine, PayrollReplaced, When},
        payroll::PayrollDraft,
        scoring::Scoring,
    },
    report::files::{COEFFICIENT, Span, coefficient, scores_by},
};

/// What letters of a month are made of.
pub(in crate::house::payroll) struct Shown<'s> {
    pub(in crate::house::payroll) month: &'s Month<'s>,
    pub(in crate::house::payroll) source: Source<'s>,
    pub(in crate::house::payroll) draft: &'s PayrollDraft,
    /// The bytes of the accountants' file, in base64; empty: there is none.
    pub(in crate::house::payroll) file: &'s str,
    /// The settings of scores; `None`: they are others now than they were.
    pub(in crate::house::payroll) scoring: Option<&'s Scoring>,
    pub(in crate::house::payroll) span: &'s Span,
    /// Every judged promise of the month.
    pub(in crate::house::payroll) judged: &'s [Detail],
    /// The instant that a draft is the state of.
    pub(in crate::house::payroll) cut_at: Option<When>,
    /// The version of the files; 0: nobody has approved them.
    pub(in crate::house::payroll) version: u32,
}

/// Agents without a number who have figures of these queues, or changes of closed months.
fn nameless(
    shown: &Shown<'_>,
    (queues, own): (&[QueueName], &[Member]),
    policy: &Policy,
) -> Vec<String> {
    let is_changed = |agent: &AgentName| {
        let mut adjusted = shown.source.lines.adjusted.iter();
        adjusted.any(|one| {
            let is_own = queues.iter().any(|queue| queue.as_str() == one.queue);
            is_own && one.agent == agent.as_str()
        })
    };
    let all = shown.draft.nameless.iter();
    let is_own = |agent: &AgentName| own.iter().any(|one| one.agents().any(|name| name == agent));
    all.filter(|agent| is_own(agent) || is_changed(agent))
        .map(|agent| {
            let known = policy.agents.get(agent);
            known.map_or_else(|| agent.to_string(), |known| known.name.clone())
        })
        .collect()
}

impl House {
    /// What of their queues' figures is another than in the draft that they were shown before; `None`: they were shown none.
    fn changed(
        &self,
        shown: &Shown<'_>,
        queues: &[QueueName],
    ) -> Result<Option<Vec<PayrollChange>>, HouseError> {
        let Some(before) = shown.before(queues) else {
            return Ok(None);
        };
        let definitions = (before.draft.definitions, shown.draft.definitions);
        let of = |packed: &str| {
            let figures = lines::unpack(packed)?;
            Ok::<_, HouseError>(read(&lines::of_queues(&figures, queues)))
        };
        let (before, now) = (of(&before.draft.figures)?, of(&shown.draft.figures)?);
        let told = (&self.config.policy, shown.month.list.language);
        let period = &shown.month.period.name;
        let changes = differences::changes((&before, &now), period, definitions, told);
        Ok(Some(changes))
    }

    /// What a head is shown of their queues.
    pub(in crate::house::payroll) async fn letter(
        &self,
        shown: &Shown<'_>,
        queues: &[QueueName],
    ) -> Result<PartLetter, HouseError> {
        let (policy, language) = (&self.config.policy, shown.month.list.language);
        let (month, draft) = (shown.month, shown.draft);
        // Whoever serves another head's queue of the department, too, is paid by both together.
        let all = shown.source.members(&shown.paid()).await?;
        let mut own = all.clone();
        own.retain(|one| one.is_of(queues));
        let changed = self.changed(shown, queues)?;
        let is_first = changed.is_none();
        let mut changed = changed.unwrap_or_default();
        let before = shown.before(queues).map(|before| &before.draft);
        let drafts = (draft, before);
        let shared = shared((queues, &own), drafts, language)?;
        let is_shared = !shared.is_empty();
        // Coefficients are told below.
        changed.extend(shared.into_iter().filter(|one| one.figure != COEFFICIENT));
        let mut restated = differences::restated(month.all, draft, queues, (policy, language))?;
        restated.extend(self.noughts(shown, queues).await?);
        let (mut files, replaced) = self.files(shown, queues, (&all, &own)).await?;
        let sorts = [changed.as_slice(), restated.as_slice()];
        files.extend(changes_file(month, shown.version, &sorts)?);
        let lacking = shown
            .scoring
            .map(|scoring| lacking(&own, (scoring, draft.rules), language));
        let lacking = lacking.unwrap_or_default();
        let open = shown.counted(queues, "open_at_end");
        let letter = PayrollLetter {
            what: match (shown.version, is_first) {
                (0, false) => "redraft",
                (0, true) => "draft",
                (_, _) => "sent",
            }
            .to_owned(),
            cut_at: shown.cut_at.clone(),
            upto: draft.upto.0,
            head_hash: draft.head_hash.clone(),
            lines: own
                .iter()
                .map(|one| line(one, shown.scored(), language))
                .collect(),
            unsettled: told(&draft.unsettled, (policy, language)),
            unjudged: open.saturating_sub(shown.counted(queues, "overdue_at_end")),
            final_on: shown.final_on(),
            nameless: nameless(shown, (queues, &own), policy),
            changed_more: cut(&mut changed),
            changed,
            restated_more: cut(&mut restated),
            restated,
            lacking: lacking.of_all,
            spread: lacking.spread,
            notes: match shown.version {
                0 => self.notes(shown, queues)?,
                _ => Vec::new(),
            },
            files: files.iter().map(|file| file.called().to_owned()).collect(),
            replaced,
            ..PayrollLetter::default()
        };
        let letter = with_basis(letter, drafts, (queues, &own, is_shared), language)?;
        Ok(PartLetter { letter, files })
    }

    async fn files(
        &self,
        shown: &Shown<'_>,
        queues: &[QueueName],
        (all, own): (&[Member], &[Member]),
    ) -> Result<(Vec<MadeFile>, Vec<PayrollReplaced>), HouseError> {
        let month = shown.month;
        let carries = Carries::of(shown.draft);
        let configured = self.config.scorings.get(month.name);
        let (paid, by) = (shown.paid(), (shown.draft.rules, shown.draft.definitions));
        let told: Vec<QueueName> = paid.iter().chain(&carries.gone).cloned().collect();
        let closed = closed_of(month.all, (&told, &carries), configured, by)?;
        let mut carried = shown.source.adjusted(&told, &closed).await?;
        let mut rows = Vec::new();
        let units = shown.source.units(&paid).into_iter();
        for unit in units.filter(|unit| unit.iter().any(|queue| queues.contains(queue))) {
            // Whose queues were parted since it was approved stands with the first of them.
            let is_theirs = |one: &&Member| {
                let first = one.parts.iter().find(|(queue, _)| paid.contains(queue));
                first.is_some_and(|(queue, _)| unit.contains(queue))
            };
            let members = all.iter().filter(is_theirs);
            rows.extend(members.map(Member::row));
            rows.extend(shown.source.others(&unit, &carried.tickets));
        }
        let is_own = |whose: &str| {
            parts_in(whose)
                .iter()
                .any(|(queue, _)| queues.contains(queue))
        };
        carried.tickets.retain(|one| is_own(&one.whose));
        carried.scores.retain(|one| is_own(&one.whose));
        let theirs = |one: &&Detail| match one {
            Detail::Corrected(one) => one.queues.iter().any(|queue| queues.contains(queue)),
            Detail::Promise(_) | Detail::Counted(_) | Detail::Withdrawn(_) => false,
        };
        let corrected: Vec<Detail> = shown.judged.iter().filter(theirs).cloned().collect();
        let zone = self.payroll_zone();
        let place = Place {
            policy: &self.config.policy,
            zone: &zone,
            language: month.list.columns,
            members: own,
            reasons: &Reasons::of(&self.db, &corrected).await?,
        };
        files::files(shown, &rows, (queues, &carried), place)
    }
}

impl Shown<'_> {
    /// The draft that this one takes the place of, where it had any of these queues.
    fn before(&self, queues: &[QueueName]) -> Option<&Drafted> {
        let state = &self.month.state;
        let before = state.drafted.as_ref().filter(|_| self.version == 0);
        before.filter(|_| queues.iter().any(|queue| state.has_queue(queue)))
    }

    /// The queues whose people are paid by it.
    pub(in crate::house::payroll) fn paid(&self) -> Vec<QueueName> {
        let parts = self.draft.parts.iter().flat_map(|part| &part.queues);
        let own: BTreeSet<&QueueName> = parts
            .filter(|queue| !self.draft.gone.contains(queue))
            .collect();
        // In the order of the list.
        let listed = self
            .month
            .list
            .queues
            .iter()
            .filter(|queue| own.contains(queue));
        let others = own
            .iter()
            .filter(|queue| !self.month.list.queues.contains(queue));
        listed.chain(others.copied()).cloned().collect()
    }

    /// By what people are scored.
    pub(in crate::house::payroll) fn scored(&self) -> Option<(&Scoring, u32)> {
        self.scoring.map(|scoring| (scoring, self.draft.rules))
    }

    /// Until when what was solved in the month of a draft may still come back.
    fn final_on(&self) -> Option<When> {
        let cut = self.cut_at.as_ref()?;
        let at = self.month.period.final_from()?;
        let zone = cut.zone.clone();
        (cut.at < at).then_some(When { at, zone })
    }

    /// A count of these queues together.
    fn counted(&self, queues: &[QueueName], figure: &str) -> i64 {
        let of = |queue: &QueueName| {
            let whose = (queue.to_string(), "*".to_owned());
            let own = self.source.lines.figures.get(&whose)?.get(figure)?;
            Some(own.0)
        };
        let own = queues.iter().filter_map(of);
        own.fold(0_i64, i64::saturating_add)
    }
}

pub(in crate::house::payroll) fn line(
    member: &Member,
    by: Option<(&Scoring, u32)>,
    language: Language,
) -> PayrollLine {
    let fact = |code: &str| member.facts.get(code).copied();
    let above = |code: &str| fact(code).map_or(0, |fact| fact.numerator);
    let below = |code: &str| fact(code).and_then(|fact| fact.denominator).unwrap_or(0);
    let rated = below("csat_mean");
    let rating = Decimal::ratio(above("csat_mean"), rated, 2);
    let scored = |(scoring, rules)| coefficient(&scores_by(rules, &member.facts, scoring));
    let score = by.and_then(scored);
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
        lacks: Vec::new(),
    }
}
