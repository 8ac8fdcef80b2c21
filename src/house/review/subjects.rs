//! What queues were asked about again and again in a month. Of confidential queues nothing is looked at.

use std::collections::BTreeSet;

use super::super::{House, HouseError};
use crate::{
    desk::{
        kpi::Period,
        review::{name_words, subjects_shown},
    },
    model::{
        ids::{PersonId, QueueName},
        outgoing::Topic,
        ticket::Ticket,
    },
    store::{people, reviews},
};

impl House {
    /// The subjects of the requests of these queues that came in a month, those that came most often.
    pub(super) async fn subjects(
        &self,
        queues: &[QueueName],
        month: &Period,
    ) -> Result<Vec<Topic>, HouseError> {
        let policy = &self.config.policy;
        let is_open = |name: &&QueueName| {
            let known = policy.queues.get(*name);
            known.is_some_and(|queue| !queue.confidential)
        };
        let mut tickets: Vec<Ticket> = Vec::new();
        for name in queues.iter().filter(is_open) {
            tickets.extend(reviews::opened_tickets(&self.db, name, month).await?);
        }
        tickets.sort_by_key(|ticket| ticket.number);
        let ids: BTreeSet<PersonId> = tickets.iter().map(|ticket| ticket.requester).collect();
        let ids: Vec<PersonId> = ids.into_iter().collect();
        let people = people::named(&self.db, &ids).await?;
        let people = people.iter().map(|(_, person)| person.name.to_string());
        let agents = policy.agents.values().map(|agent| agent.name.clone());
        let names: Vec<String> = people.chain(agents).collect();
        let names: BTreeSet<String> = names.iter().flat_map(|name| name_words(name)).collect();
        let asked = tickets
            .iter()
            .map(|ticket| (ticket.subject.as_str(), ticket.requester));
        Ok(subjects_shown(asked, &names))
    }
}
