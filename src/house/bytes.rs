//! Letters become bytes: words found, enclosures copied out of the raw mail, everything written once.

use jiff::{Timestamp, tz::TimeZone};

use super::{House, HouseError};
use crate::{
    desk::decision::Decision,
    mail::{
        read,
        write::{Enclosed, Stamp, write},
    },
    model::{ids::RawId, outgoing::OutgoingMail},
};

impl House {
    /// The bytes of every mail of a decision. `raw` lends the raw mail that enclosures come from.
    pub(super) fn bytes_of<'r>(
        &self,
        decision: &Decision,
        now: Timestamp,
        raw: impl Fn(RawId) -> Option<&'r [u8]>,
    ) -> Result<Vec<Vec<u8>>, HouseError> {
        decision
            .mails
            .iter()
            .map(|queued| self.write_mail(&queued.mail, now, &raw))
            .collect()
    }

    fn write_mail<'r>(
        &self,
        mail: &OutgoingMail,
        now: Timestamp,
        raw: &impl Fn(RawId) -> Option<&'r [u8]>,
    ) -> Result<Vec<u8>, HouseError> {
        let letter = self.letters.render(mail)?;
        let mut enclosed = Vec::new();
        if let Some(enclosures) = &mail.enclosures {
            let source = raw(enclosures.raw).ok_or_else(|| {
                HouseError::Stored(format!("the raw mail {} is not at hand", enclosures.raw))
            })?;
            let places = enclosures.parts.iter().map(|part| &part.place);
            let contents = read::decode_all(source, places).into_iter();
            let parts = enclosures.parts.iter().zip(contents);
            enclosed.extend(parts.map(|(part, bytes)| Enclosed {
                name: part.name.clone(),
                media_type: part.media_type.clone(),
                bytes,
            }));
        }
        Ok(write(mail, &letter, &enclosed, &self.stamp(mail, now)))
    }

    fn stamp(&self, mail: &OutgoingMail, now: Timestamp) -> Stamp {
        let policy = &self.config.policy;
        let queue = mail.queue.as_ref().and_then(|name| policy.queues.get(name));
        let zone = queue.map_or(&policy.zone, |queue| &queue.calendar.zone_name);
        let zone = self
            .config
            .zones
            .get(zone)
            .cloned()
            .unwrap_or(TimeZone::UTC);
        Stamp {
            at: now,
            zone,
            instance: self.instance.to_string(),
        }
    }
}
