//! What accountants and heads are told of a month once it is closed, or has no file on its day.

use std::collections::BTreeMap;

use super::{
    super::{
        super::{
            House, HouseError,
            periods::{read, zone_named},
        },
        Month,
        counting::{
            changes::{changes_file, cut},
            differences, lines,
        },
        rows::Rows,
        settings_of,
    },
    adjusted::of_adjusted,
    draft::{Shown, line},
    without_data::lacking,
};
use crate::{
    desk::{
        kpi::{DEFINITIONS, Question, Sheet},
        payroll::{FileTold, PartLetter, PayrollStep},
    },
    model::{
        ids::{AgentName, QueueName},
        outgoing::PayrollLine,
        payroll::PayrollDraft,
    },
    store::history,
};

impl House {
    /// Accountants and heads are told, or sent, whatever is due now.
    pub(in crate::house::payroll) async fn step_to_tell(
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
            let mut restated =
                differences::restated(month.all, draft, &queues, (policy, language))?;
            if is_sent {
                (letters, told) = self.letters_of_closed(month, draft, &queues).await?;
                restated.append(&mut told.restated);
                told.files.extend(changes_file(month, 1, &[&restated])?);
                told.notes = of_adjusted(month.all, (draft, &drafted.file), &queues)?;
                let early = self.note_early(month).await?;
                for letter in letters.values_mut() {
                    letter.letter.notes.extend(early.clone());
                }
                told.notes.extend(early);
            }
            told.restated_more = cut(&mut restated);
            told.restated = restated;
        }
        Ok(PayrollStep::Tell {
            list: month.name.clone(),
            period: month.period.name.clone(),
            why: String::new(),
            is_file: is_sent,
            told,
            letters,
        })
    }

    /// What heads are shown of what was approved, and what each employee comes to; of closed months, what no row tells.
    async fn letters_of_closed(
        &self,
        month: &Month<'_>,
        draft: &PayrollDraft,
        queues: &[QueueName],
    ) -> Result<(BTreeMap<AgentName, PartLetter>, FileTold), HouseError> {
        // As they were; a draft made before they were kept names their version at least.
        let kept = settings_of(draft)?;
        let today = self.config.scorings.get(month.name);
        let today = today.map(|today| today.of_definitions(draft.definitions));
        let scoring = kept.as_ref().or_else(|| {
            today
                .as_deref()
                .filter(|today| today.version == draft.scores)
        });
        let figures = read(&lines::unpack(&draft.figures)?);
        let file = month.state.drafted.as_ref();
        let file = file.map_or("", |drafted| drafted.file.as_str());
        let rows = Rows::sent(draft, file)?;
        let sheet = self.sheet_of(month, draft).await?;
        let shown = Shown {
            month,
            source: self.source(month, (&figures, sheet.as_ref()), &rows),
            draft,
            file,
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
        let members = shown.source.members(&shown.paid()).await?;
        let restated = self.noughts(&shown, queues).await?;
        // By other settings they would come to something else than the file says.
        let Some(scoring) = shown.scoring else {
            let told = FileTold {
                restated,
                ..FileTold::default()
            };
            return Ok((letters, told));
        };
        let language = month.list.language;
        let lacking = lacking(&members, (scoring, draft.rules), language);
        let people = members.iter().zip(lacking.of_each);
        let people = people.map(|(one, lacks)| PayrollLine {
            lacks,
            ..line(one, shown.scored(), language)
        });
        let told = FileTold {
            restated,
            people: people.collect(),
            lacking: lacking.of_all.into_iter().map(|one| one.code).collect(),
            spread: u64::try_from(lacking.spread.len()).unwrap_or(u64::MAX),
            ..FileTold::default()
        };
        Ok((letters, told))
    }

    /// What the figures of a draft were counted from: of its own definitions alone it is the same again.
    async fn sheet_of(
        &self,
        month: &Month<'_>,
        draft: &PayrollDraft,
    ) -> Result<Option<Sheet>, HouseError> {
        if draft.definitions != DEFINITIONS {
            return Ok(None);
        }
        let zone = zone_named(draft.zone.as_deref(), &self.payroll_zone());
        let question = Question::about(vec![month.period.clone()], zone);
        let (sheets, _) = history::figures(&self.db, &question, Some(draft.upto.0)).await?;
        Ok(sheets.into_iter().next())
    }
}
