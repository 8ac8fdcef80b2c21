//! Letters become bytes: words found, enclosures copied out of the raw mail, everything written once.

use jiff::tz::TimeZone;

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
        raw: impl Fn(RawId) -> Option<&'r [u8]>,
    ) -> Result<Vec<Vec<u8>>, HouseError> {
        decision
            .mails
            .iter()
            .map(|queued| self.write_mail(&queued.mail, &raw))
            .collect()
    }

    fn write_mail<'r>(
        &self,
        mail: &OutgoingMail,
        raw: &impl Fn(RawId) -> Option<&'r [u8]>,
    ) -> Result<Vec<u8>, HouseError> {
        let letter = self.letters.render(mail)?;
        let enclosed = mail.enclosures.as_ref().map(|enclosures| {
            let source = raw(enclosures.raw).unwrap_or(&[]);
            let enclosed = |part: &crate::model::outgoing::Enclosure| Enclosed {
                name: part.name.clone(),
                media_type: part.media_type.clone(),
                bytes: read::decode(source, &part.place),
            };
            enclosures.parts.iter().map(enclosed).collect::<Vec<_>>()
        });
        Ok(write(
            mail,
            &letter,
            &enclosed.unwrap_or_default(),
            &self.stamp(mail),
        ))
    }

    fn stamp(&self, mail: &OutgoingMail) -> Stamp {
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
            at: self.clock.now(),
            zone,
            instance: self.instance.to_string(),
        }
    }
}
