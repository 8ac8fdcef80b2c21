//! A decision is taken back in the very instant in which its mail is handed over.

use super::{Chronicle, Gone, Past, is_undone, without};
use crate::{
    desk::fold::apply,
    model::{
        ids::{DecisionId, TicketNumber},
        undone::Restored,
    },
};

/// What is to stand otherwise where mails of a decision had been handed over just when it was taken back: the ticket is
/// folded anew as if that had been known. `None`: nothing is.
#[must_use]
pub fn overtaken(
    chronicle: &Chronicle,
    (number, decision): (TicketNumber, DecisionId),
) -> Option<Restored> {
    let events = &chronicle.events;
    let is_it = |past: &Past| past.event.undoes == Some(decision) && is_undone(&past.event);
    let (before, since) = events.split_at_checked(events.iter().rposition(is_it)?)?;
    // Whatever could be stopped is stopped by now: the rest has gone, or will be sent once more.
    let mails = chronicle.mails_of(decision);
    let gone = Gone::among(mails.filter(|mail| mail.waits || mail.has_gone));
    let mut wanted = without(before, (number, decision), gone)?;
    for past in since.iter().skip(1) {
        apply(&mut wanted, &past.event);
    }
    let restored = Restored::between(&chronicle.ticket(number)?, &wanted);
    (!restored.is_nothing()).then_some(restored)
}
