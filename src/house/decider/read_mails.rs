//! Mails are read, guarded by the house's `reader`, and come with what the house knows of them besides: who sent them to which
//! mailbox, what the filter and the virus scanner say.

use std::{io, sync::Arc};

use super::{super::House, scan::Scan};
use crate::{
    desk::{arrival::Arrival, intake},
    mail::read::fields,
    store::{journal, work::WaitingMail},
};

/// How many mails are read at once.
pub(super) const READERS: usize = 2;

/// The mails of a share, read, each with its bytes.
pub(super) fn read_all(
    share: Vec<(journal::Raw, (WaitingMail, Option<Scan>))>,
    house: &House,
) -> io::Result<Vec<(Arrival, Arc<Vec<u8>>)>> {
    let (raws, mails): (Vec<_>, Vec<_>) = share
        .into_iter()
        .map(|(raw, (mail, scan))| (Arc::new(raw.bytes), (mail, scan, raw.is_cut)))
        .unzip();
    let readings = house.reader.read_all(&raws)?;
    let arrivals = readings.into_iter().zip(raws).zip(mails);
    let arrivals = arrivals.map(|(((mut reading, took), bytes), (mail, scan, is_cut))| {
        house.meters.reading.observe(took.as_secs_f64());
        let in_part = is_cut.then_some("fetched_in_part");
        let odd = in_part
            .into_iter()
            .chain(scan.as_ref().and_then(Scan::oddity));
        reading.message.oddities.extend(odd.map(str::to_owned));
        let policy = &house.config.policy;
        let mailbox = policy.mailboxes.get(&mail.mailbox);
        let automatic = mailbox.and_then(|own| intake::automatic(&reading.message, own));
        let marks = &policy.intake.spam;
        let arrival = Arrival {
            automatic,
            spam_mark: intake::spam_mark(marks, |name| fields(&bytes, name)),
            is_line: false,
            virus: match scan {
                Some(Scan::Found(name)) => Some(name),
                Some(Scan::Clean | Scan::InPart | Scan::Missed) | None => None,
            },
            raw: mail.raw,
            mailbox: mail.mailbox,
            at: mail.at,
            again: mail.again,
            reading,
        };
        (arrival, bytes)
    });
    Ok(arrivals.collect())
}
