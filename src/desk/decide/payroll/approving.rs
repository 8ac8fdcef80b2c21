//! A head approves the part of a draft that they decide on, as they have read it.

use super::{answer::Answer, closing};
use crate::desk::{draft::Draft, payroll::Which, reason::Reason};
use crate::model::payroll::{DraftPart, PayrollFact};

impl Answer<'_> {
    /// The parts that are meant. Whoever may decide on several has a letter about each, and says which: nobody approves in one
    /// word what they may not have opened.
    fn chosen(&self, which: &Which) -> Result<Vec<DraftPart>, &'static str> {
        let mut parts = self.parts();
        if parts.is_empty() {
            return Err("not_yours");
        }
        match which {
            Which::All => {}
            Which::Own if parts.len() == 1 => {}
            Which::Own => parts.retain(|part| part.approver == self.agent),
            Which::Of(queue) => parts.retain(|part| {
                let mut own = part.queues.iter();
                own.any(|own| own.as_str().to_lowercase() == *queue)
            }),
        }
        (!parts.is_empty()).then_some(parts).ok_or("which_part")
    }

    pub(super) fn approve(
        &mut self,
        draft: &mut Draft<'_>,
        which: &Which,
    ) -> Result<(), &'static str> {
        let drafted = self.state.drafted.as_ref().ok_or("outdated")?;
        let is_at_terminal = draft.world.is_closed(self.month.period);
        if self.state.frozen.is_some() || is_at_terminal {
            return Err("closed");
        }
        if !drafted.draft.nameless.is_empty() {
            return Err("nameless");
        }
        let parts = self.chosen(which)?;
        // What they have read is what they approve.
        let is_as_read = |part: &DraftPart| {
            let key = (self.mark.draft, part.approver.clone());
            self.state.shown.get(&key).map(String::as_str) == Some(part.sum())
        };
        let (name, period) = (self.month.name, self.month.period);
        let is_overtaken = draft
            .world
            .is_payroll_overtaken(name, period, &drafted.draft);
        // The clock was ahead when it was made.
        if draft.given.now < drafted.draft.to {
            return Err("too_early");
        }
        if self.state.is_corrected || is_overtaken || !parts.iter().all(is_as_read) {
            return Err("outdated");
        }
        let number = drafted.draft.number;
        let closed = closing::frozen(self.month, &drafted.draft);
        for part in parts {
            let fact = PayrollFact::Approved {
                draft: number,
                approver: part.approver,
                by: self.agent.clone(),
                sha256: part.sha256,
                basis: part.basis,
                at_terminal: false,
            };
            self.happened(draft, fact, Reason::PayrollApproved);
        }
        self.letter.is_approved = true;
        if self.state.waits_for().is_empty() {
            let (fact, to) = closed;
            self.happened_privately(draft, fact, (Reason::PayrollClosed, to.as_deref()));
        }
        Ok(())
    }
}
