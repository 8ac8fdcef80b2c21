//! What a decision on a mail rests on, as it is stored beside it.

use serde_json::json;

use crate::desk::{
    arrival::Arrival,
    draft::Draft,
    loops,
    reason::Reason,
    threading::{self, Seat},
};

/// What the decision rests on, for `okno explain`: codes only.
pub(super) fn note_facts(draft: &mut Draft<'_>, arrival: &Arrival, place: Option<&Seat>) {
    let mail = &arrival.reading.message;
    let rivals = threading::rivals(arrival, place, draft.world, draft.given);
    draft.decision.facts = json!({
        "mailbox": arrival.mailbox,
        "kind": mail.kind,
        "auto_reasons": mail.auto_reasons,
        "oddities": mail.oddities,
        "answer_forbidden": loops::answer_forbidden(arrival, draft.given).map(Reason::code),
        "place": place.map(|place| json!({
            "ticket": place.ticket,
            "side": place.side,
            "how": place.how.code(),
            "token": place.is_signed,
        })),
    });
    if !rivals.is_empty() {
        let rivals = rivals.iter().map(|(ticket, how)| {
            let how = how.code();
            json!({ "ticket": ticket, "how": how })
        });
        draft.note_fact("rivals", rivals.collect());
    }
}
