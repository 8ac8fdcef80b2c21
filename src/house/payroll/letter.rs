//! What a head is shown of a month: of a draft, to approve it; of what was approved, once the accountants have their file.

use std::collections::BTreeMap;

use super::{
    super::{House, HouseError, periods::read},
    Month,
    again::closed_of,
    changes::{changes_file, cut},
    files,
    judged::Place,
    lacking::lacking,
    lines,
    reasons::Reasons,
    rows::{Member, Source},
    settings_of,
    settled::told,
    shown::with_basis,
};
use crate::{
    desk::{
        kpi::Detail,
        payroll::{Carries, FileTold, PartLetter, PayrollStep},
    },
    model::{
        decimal::Decimal,
        ids::{AgentName, QueueName},
        language::Language,
        outgoing::{MadeFile, PayrollLetter, PayrollLine, PayrollReplaced, When},
        payroll::PayrollDraft,
        scoring::Scoring,
    },
    report::files::{Span, coefficient, scores},
    store::history,
};

/// What letters of a month are made of.
pub(super) struct Shown<'s> {
    pub(super) month: &'s Month<'s>,
    pub(super) source: Source<'s>,
    pub(super) draft: &'s PayrollDraft,
    /// The settings of scores; `None`: they are others now than they were.
    pub(super) scoring: Option<&'s Scoring>,
    pub(super) span: &'s Span,
    /// Every judged promise of the month.
    pub(super) judged: &'s [Detail],
    /// The instant that a draft is the state of.
    pub(super) cut_at: Option<When>,
    /// The version of the files; 0: nobody has approved them.
    pub(super) version: u32,
}

/// Agents without a number who have figures of these queues, or changes of closed months.
fn nameless(shown: &Shown<'_>, queues: &[QueueName], own: &[Member]) -> Vec<String> {
    let is_changed = |agent: &AgentName| {
        let mut adjusted = shown.source.lines.adjusted.iter();
        adjusted.any(|one| {
            let is_own = queues.iter().any(|queue| queue.as_str() == one.queue);
            is_own && one.agent == agent.as_str()
        })
    };
    let all = shown.draft.nameless.iter();
    all.filter(|agent| own.iter().any(|one| one.agent == **agent) || is_changed(agent))
        .map(ToString::to_string)
        .collect()
}

impl House {
    /// What a head is shown of their queues.
    pub(super) async fn letter(
        &self,
        shown: &Shown<'_>,
        queues: &[QueueName],
    ) -> Result<PartLetter, HouseError> {
        let (policy, language) = (&self.config.policy, shown.month.list.language);
        let (month, draft) = (shown.month, shown.draft);
        let mut paid = queues.to_vec();
        paid.retain(|queue| !draft.gone.contains(queue));
        let own = shown.source.members(&paid).await?;
        let before = month.state.drafted.as_ref();
        let before = before.filter(|_| shown.version == 0);
        let before = before.map(|before| lines::unpack(&before.draft.figures));
        let before = before.transpose()?.map(|before| {
            let before = read(&lines::of_queues(&before, queues));
            let now = lines::of_queues(&lines::unpack(&draft.figures)?, queues);
            let lines = (&before, &read(&now));
            Ok::<_, HouseError>(lines::changes(lines, &month.period.name, policy, language))
        });
        let changed = before.transpose()?;
        let is_first = changed.is_none();
        let mut changed = changed.unwrap_or_default();
        let mut restated = lines::restated(month.all, draft, queues, (policy, language))?;
        let (mut files, replaced) = self.files(shown, queues, &own).await?;
        let sorts = [changed.as_slice(), restated.as_slice()];
        files.extend(changes_file(month, shown.version, &sorts)?);
        let lacking = shown
            .scoring
            .map(|scoring| lacking(&own, scoring, language));
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
                .map(|one| line(one, shown.scoring, language))
                .collect(),
            unsettled: told(&draft.unsettled, language),
            unjudged: open.saturating_sub(shown.counted(queues, "overdue_at_end")),
            final_on: shown.final_on(),
            nameless: nameless(shown, queues, &own),
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
            files: files.iter().map(|file| file.name.clone()).collect(),
            replaced,
            ..PayrollLetter::default()
        };
        let before = month.state.drafted.as_ref();
        let before = before.filter(|_| shown.version == 0);
        let drafts = (draft, before.map(|before| &before.draft));
        let letter = with_basis(letter, drafts, (queues, &own), language)?;
        Ok(PartLetter { letter, files })
    }

    async fn files(
        &self,
        shown: &Shown<'_>,
        queues: &[QueueName],
        own: &[Member],
    ) -> Result<(Vec<MadeFile>, Vec<PayrollReplaced>), HouseError> {
        let mut others = Vec::new();
        for queue in queues {
            if !shown.draft.gone.contains(queue) {
                others.extend(shown.source.others(queue).await?);
            }
        }
        let month = shown.month;
        let carries = Carries::of(shown.draft);
        let configured = self.config.scorings.get(month.name);
        let closed = closed_of(month.all, (queues, &carries), configured)?;
        let carried = shown.source.adjusted(queues, &closed).await?;
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
        files::files(shown, others, (queues, &carried), place)
    }

    /// Accountants and heads are told, or sent, whatever is due now.
    pub(super) async fn step_to_tell(
        &self,
        month: &Month<'_>,
        is_sent: bool,
    ) -> Result<PayrollStep, HouseError> {
        let (policy, language) = (&self.config.policy, month.list.language);
        let mut letters = BTreeMap::<AgentName, PartLetter>::new();
        let mut told = FileTold::default();
        if let Some(drafted) = &month.state.drafted {
            let draft = &drafted.draft;
            let parts = draft.parts.iter();
            let queues: Vec<QueueName> = parts.flat_map(|part| part.queues.clone()).collect();
            let mut restated = lines::restated(month.all, draft, &queues, (policy, language))?;
            if is_sent {
                (letters, told) = self.letters_of_closed(month, draft).await?;
                told.files.extend(changes_file(month, 1, &[&restated])?);
            }
            told.restated_more = cut(&mut restated);
            told.restated = restated;
        }
        Ok(PayrollStep::Tell {
            list: month.name.clone(),
            period: month.period.name.clone(),
            why: String::new(),
            told,
            letters,
        })
    }

    /// What heads are shown of what was approved, and what each employee comes to.
    async fn letters_of_closed(
        &self,
        month: &Month<'_>,
        draft: &PayrollDraft,
    ) -> Result<(BTreeMap<AgentName, PartLetter>, FileTold), HouseError> {
        // As they were; a draft made before they were kept names their version at least.
        let kept = settings_of(draft)?;
        let today = self.config.scorings.get(month.name);
        let scoring = kept
            .as_ref()
            .or_else(|| today.filter(|today| today.version == draft.scores));
        let figures = read(&lines::unpack(&draft.figures)?);
        let shown = Shown {
            month,
            source: self.source(month, &figures),
            draft,
            scoring,
            span: &self.span(month.period),
            judged: &history::judged(&self.db, month.period, Some(draft.upto.0)).await?,
            cut_at: None,
            version: 1,
        };
        let mut letters = BTreeMap::new();
        for part in &draft.parts {
            let letter = self.letter(&shown, &part.queues).await?;
            letters.insert(part.approver.clone(), letter);
        }
        let members = shown.source.members(&month.list.queues).await?;
        // By other settings they would come to something else than the file says.
        let Some(scoring) = shown.scoring else {
            return Ok((letters, FileTold::default()));
        };
        let language = month.list.language;
        let lacking = lacking(&members, scoring, language);
        let people = members.iter();
        let people = people.map(|one| line(one, Some(scoring), language));
        let told = FileTold {
            people: people.collect(),
            lacking: lacking.of_all.into_iter().map(|one| one.code).collect(),
            spread: u64::try_from(lacking.spread.len()).unwrap_or(u64::MAX),
            ..FileTold::default()
        };
        Ok((letters, told))
    }
}

impl Shown<'_> {
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

fn line(member: &Member, scoring: Option<&Scoring>, language: Language) -> PayrollLine {
    let fact = |code: &str| member.facts.get(code).copied();
    let above = |code: &str| fact(code).map_or(0, |fact| fact.numerator);
    let below = |code: &str| fact(code).and_then(|fact| fact.denominator).unwrap_or(0);
    let rated = below("csat_mean");
    let rating = Decimal::ratio(above("csat_mean"), rated, 2);
    let score = scoring.and_then(|scoring| coefficient(&scores(&member.facts, scoring)));
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
