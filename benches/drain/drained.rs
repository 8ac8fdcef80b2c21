//! One `okno drain`, measured and then counted: a drain that has left something out is worth no figure.

use std::process::Stdio;

use anyhow::ensure;

use super::{
    department::Department,
    ledger::Ledger,
    measure::{Taken, watch},
};

/// Tickets.
const TICKETS: &str = "SELECT COUNT(*) FROM ticket";
/// Acknowledgements that the server has accepted.
const ACKNOWLEDGED: &str = "SELECT COUNT(*) FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id \
     WHERE outgoing.template = 'acknowledgement' AND delivery.state = 'sent'";
/// Tickets that have one.
const TICKETS_ACKNOWLEDGED: &str = "SELECT COUNT(DISTINCT outgoing.ticket) FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id \
     WHERE outgoing.template = 'acknowledgement' AND delivery.state = 'sent'";
/// Everything that was sent.
const SENT: &str = "SELECT COUNT(*) FROM delivery WHERE state = 'sent'";
/// What was sent, in bytes.
const SENT_BYTES: &str = "SELECT COALESCE(SUM(outgoing.size), 0) FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id WHERE delivery.state = 'sent'";

/// What one drain did.
#[derive(Debug)]
pub(crate) struct Drained {
    pub(crate) taken: Taken,
    /// Mails sent: acknowledgements, cards, digests.
    pub(crate) sent: u64,
    pub(crate) sent_bytes: u64,
}

/// Drains a department of `count` mails and checks that nothing is missing.
pub(crate) async fn drain(department: &Department, count: u64) -> anyhow::Result<Drained> {
    let (taken, is_good) = watch(department.drain().stdout(Stdio::null()).spawn()?)?;
    ensure!(is_good, "okno drain did not end well");
    let mut ledger = Ledger::open(&department.data()).await?;
    for (what, question) in [
        ("tickets", TICKETS),
        ("acknowledgements accepted", ACKNOWLEDGED),
        ("tickets acknowledged", TICKETS_ACKNOWLEDGED),
    ] {
        let found = ledger.number(question).await?;
        ensure!(
            u64::try_from(found)? == count,
            "{found} {what}, and {count} mails"
        );
    }
    let sent = u64::try_from(ledger.number(SENT).await?)?;
    let sent_bytes = u64::try_from(ledger.number(SENT_BYTES).await?)?;
    ledger.close().await?;
    Ok(Drained {
        taken,
        sent,
        sent_bytes,
    })
}
