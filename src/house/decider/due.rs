//! What has fallen due takes the same road as mail: derived anew, decided, applied.

use std::collections::BTreeSet;

use super::{BATCH_MAX, Decider, HouseError, Step};
use crate::{
    desk::{
        decide::decide_due,
        timer::{Due, TimerKind},
        wants::Wants,
    },
    model::ids::{PersonId, TicketNumber},
    store::{apply::Decided, facts, timers},
};

impl Decider {
    /// What has fallen due, a batch at a time.
    pub(super) async fn step_timers(&self) -> Result<Step, HouseError> {
        let given = self.house.given();
        let most = i64::try_from(BATCH_MAX).unwrap_or(i64::MAX);
        let due = timers::due(&self.house.db, given.now, most).await?;
        if due.is_empty() {
            return Ok(Step::Idle);
        }
        let mut wants = Wants::default();
        wants.add_staff(&given);
        let mut readers = BTreeSet::new();
        for (kind, object) in &due {
            match kind {
                TimerKind::ClockDue | TimerKind::Close => {
                    wants.tickets.insert(TicketNumber(*object));
                }
                TimerKind::Digest => {
                    readers.insert(PersonId(*object));
                }
            }
        }
        let world = facts::load_with_digests(&self.house.db, wants, readers, given.now).await?;
        let (mut world, mut decided) = (world, Vec::new());
        for (kind, object) in &due {
            let what = match kind {
                TimerKind::Digest => Due::Digest(PersonId(*object)),
                TimerKind::ClockDue | TimerKind::Close => Due::Ticket(TicketNumber(*object), *kind),
            };
            let decision = decide_due(what, &world, &given);
            world.absorb(&decision);
            let bytes = self.house.bytes_of(&decision, |_| None)?;
            let cause_id = format!("{}/{object}", kind.code());
            decided.push(Decided {
                work: None,
                cause_kind: "timer",
                cause_id,
                decision,
                bytes,
            });
        }
        self.apply(decided, Vec::new(), world, due).await?;
        Ok(Step::Worked)
    }
}
