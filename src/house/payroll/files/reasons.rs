//! Who has corrected figures, what and why, in words: for the file of details, which heads get.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    desk::{
        kpi::{Corrected, CorrectedBy, Detail},
        policy::Policy,
    },
    model::{
        clock::Outcome,
        event::Actor,
        ids::{PersonId, TicketNumber},
        language::Language,
        payroll::Correction,
    },
    store::{Db, StoreError, history, people},
};

/// Names of those who have corrected something, and their words.
#[derive(Debug, Default)]
pub(in crate::house::payroll) struct Reasons {
    names: BTreeMap<PersonId, String>,
    /// By ticket, and the place among its corrections: one mail may hold several, of one instant.
    words: BTreeMap<(TicketNumber, usize), String>,
}

impl Reasons {
    /// Those of these details.
    ///
    /// # Errors
    /// What the database says.
    pub(in crate::house::payroll) async fn of(
        db: &Db,
        details: &[Detail],
    ) -> Result<Self, StoreError> {
        let mut found = Self::default();
        let (mut tickets, mut ids) = (BTreeSet::new(), BTreeSet::new());
        for one in details {
            if let Detail::Corrected(one) = one {
                tickets.insert(one.ticket);
                if let Actor::Person(id) = one.by {
                    ids.insert(id.0);
                }
            }
        }
        let ids: Vec<PersonId> = ids.into_iter().map(PersonId).collect();
        if !ids.is_empty() {
            let known = people::named(db, &ids).await?;
            let known = known.into_iter().map(|(id, person)| {
                let name = person.name.to_string();
                (
                    id,
                    if name.is_empty() {
                        person.address.to_string()
                    } else {
                        name
                    },
                )
            });
            found.names.extend(known);
        }
        for ticket in tickets {
            let events = history::events_of(db, "ticket", &ticket.to_string()).await?;
            let own = events
                .into_iter()
                .filter(|event| event.kind == "figures_corrected");
            let own = own.enumerate();
            let own = own.filter_map(|(place, event)| Some(((ticket, place), event.words?)));
            found.words.extend(own);
        }
        Ok(found)
    }

    /// Who it was.
    pub(in crate::house::payroll) fn by(&self, one: &CorrectedBy, language: Language) -> String {
        match (&one.by, language) {
            (Actor::Person(id), _) => self.names.get(id).cloned().unwrap_or_default(),
            (Actor::Okno, _) => "okno".to_owned(),
            (Actor::Operator, Language::Ru) => "администратор".to_owned(),
            (Actor::Operator, Language::En) => "the administrator".to_owned(),
        }
    }

    /// Why, in their own words; empty: they are erased.
    pub(in crate::house::payroll) fn why(&self, one: &CorrectedBy) -> String {
        let place = one.place.map(|place| (one.ticket, place));
        let words = place.and_then(|place| self.words.get(&place));
        words.cloned().unwrap_or_default()
    }

    /// What was corrected, in words.
    pub(in crate::house::payroll) fn what(
        &self,
        what: &Corrected,
        policy: &Policy,
        language: Language,
    ) -> String {
        let pick = |ru: &str, en: &str| match language {
            Language::Ru => ru.to_owned(),
            Language::En => en.to_owned(),
        };
        match what {
            Corrected::Figures(Correction::Exclude) => pick("не считается", "does not count"),
            Corrected::Figures(Correction::Excuse) => {
                pick("просрочка прощена", "being late is excused")
            }
            Corrected::Figures(Correction::Attribute { agent }) => {
                let known = policy.agents.get(agent);
                let name = known.map_or_else(|| agent.to_string(), |known| known.name.clone());
                format!("{}: {name}", pick("засчитано за", "credited to"))
            }
            Corrected::Figures(Correction::Class { class }) => {
                format!("{}: {}", pick("класс", "class"), class.code())
            }
            Corrected::Figures(Correction::Restore) => {
                pick("исправления сняты", "corrections are taken back")
            }
            Corrected::Verdict(clock, outcome) => {
                let outcome = match outcome {
                    Some(Outcome::Met) => pick("в срок", "in time"),
                    Some(Outcome::Breached) => pick("не в срок", "late"),
                    None => pick("не оценивается", "not judged"),
                };
                let words = pick("срок пересмотрен", "judged otherwise");
                format!("{words}: {}, {outcome}", clock.code())
            }
        }
    }
}
