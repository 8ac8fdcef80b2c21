//! Letters become bytes: words found, enclosures copied out of the raw mail, everything written once.

use data_encoding::BASE64;
use jiff::{Timestamp, tz::TimeZone};

use super::{House, HouseError};
use crate::{
    desk::decision::Decision,
    mail::{
        read::{self, Fate, Picture, Whose},
        write::{Enclosed, Stamp, content_id, write},
    },
    model::{
        ids::RawId,
        outgoing::{Enclosure, Enclosures, OutgoingMail, Words},
    },
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
        let Some(enclosures) = &mail.enclosures else {
            let letter = self.letters.render(mail)?;
            return Ok(write(
                mail,
                &letter,
                &self.own_files(mail)?,
                &self.stamp(mail, now),
            ));
        };
        let source = raw(enclosures.raw).ok_or_else(|| {
            HouseError::Stored(format!("the raw mail {} is not at hand", enclosures.raw))
        })?;
        let (html, fates) = formatting(mail, enclosures, source);
        let parts = enclosures.parts.iter().zip(&fates);
        let moved = parts.filter(|(_, sent)| **sent == Sent::Moved);
        let moved: Vec<&str> = moved.map(|(part, _)| part.name.as_str()).collect();
        let html = html.as_deref().unwrap_or_default();
        let letter = self.letters.formatted(mail, html, &moved)?;
        let kept = enclosures.parts.iter().zip(fates);
        let kept: Vec<(&Enclosure, Sent)> = kept.filter(|(_, sent)| *sent != Sent::Not).collect();
        let places = kept.iter().map(|(part, _)| &part.place);
        let contents = read::decode_all(source, places).into_iter();
        let enclosed: Vec<Enclosed> = kept
            .into_iter()
            .zip(contents)
            .map(|((part, sent), bytes)| Enclosed {
                name: part.name.clone(),
                shown: None,
                media_type: part.media_type.clone(),
                bytes,
                content_id: sent.picture(),
            })
            .collect();
        Ok(write(mail, &letter, &enclosed, &self.stamp(mail, now)))
    }

    /// The files of the forms that a mail offers, and those made for it.
    fn own_files(&self, mail: &OutgoingMail) -> Result<Vec<Enclosed>, HouseError> {
        let files = mail
            .form_files
            .iter()
            .filter_map(|form| self.config.form_files.get(form));
        let enclosed = files.flatten().map(|file| Enclosed {
            name: file.name.clone(),
            shown: None,
            media_type: file.media_type.clone(),
            bytes: file.bytes.clone(),
            content_id: None,
        });
        let mut enclosed: Vec<Enclosed> = enclosed.collect();
        for file in &mail.made_files {
            let bytes = BASE64.decode(file.base64.as_bytes());
            enclosed.push(Enclosed {
                name: file.name.clone(),
                shown: file.shown.clone(),
                media_type: file.media_type.clone(),
                bytes: bytes.map_err(|error| HouseError::Stored(error.to_string()))?,
                content_id: file.content_id.clone(),
            });
        }
        Ok(enclosed)
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

/// How a part goes along.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sent {
    File,
    /// As a file, though it stood in the text.
    Moved,
    /// In the HTML, under this content id.
    Picture(String),
    Not,
}

impl Sent {
    fn picture(self) -> Option<String> {
        match self {
            Self::Picture(id) => Some(id),
            Self::File | Self::Moved | Self::Not => None,
        }
    }
}

/// The formatting that goes along with the words of a mail, and how each of its parts does.
fn formatting(
    mail: &OutgoingMail,
    enclosures: &Enclosures,
    source: &[u8],
) -> (Option<String>, Vec<Sent>) {
    let mut sent = vec![Sent::File; enclosures.parts.len()];
    let (Some(whose), Some(words)) = (enclosures.words, mail.body.words()) else {
        return (None, sent);
    };
    let whose = match whose {
        Words::Own => Whose::Own,
        Words::Shown => Whose::Shown,
    };
    let pictures: Vec<Picture> = (1..)
        .zip(&enclosures.parts)
        .filter_map(|(n, part)| {
            Some(Picture {
                content_id: part.content_id.clone()?,
                new_id: content_id(mail, n),
            })
        })
        .collect();
    let relayed = read::relayed(source, words, whose, &pictures);
    let of_pictures = enclosures.parts.iter().zip(&mut sent);
    let of_pictures = of_pictures.filter(|(part, _)| part.content_id.is_some());
    for ((_, sent), (fate, picture)) in of_pictures.zip(relayed.fates.iter().zip(pictures)) {
        *sent = match fate {
            Fate::Shown => Sent::Picture(picture.new_id),
            Fate::File => Sent::File,
            Fate::Moved => Sent::Moved,
            Fate::Withheld => Sent::Not,
        };
    }
    (relayed.html, sent)
}
