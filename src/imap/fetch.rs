//! Fetching mails whole.

use std::collections::BTreeMap;

use async_imap::imap_proto::{AttributeValue, Response};
use jiff::Timestamp;

use super::{
    error::ImapError,
    folder::{Listed, uid},
    session::Session,
    sets::sets,
};

/// A mail as the server has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its UID.
    pub uid: u32,
    /// When the server got it.
    pub internal_date: Option<Timestamp>,
    /// Its whole size in bytes, as listed.
    pub size: u64,
    /// Its bytes.
    pub raw: Vec<u8>,
    /// Whether `raw` is only the start, since the mail is larger than wanted.
    pub cut: bool,
}

impl Session {
    /// Fetches mails, ascending by UID; those larger than `bytes_max_each` only up to that many bytes. The caller
    /// bounds their number, and by that the memory: all small ones come in one answer.
    ///
    /// A mail that the server did not give is absent from the result: expunged meanwhile, or refused. Nothing may
    /// be concluded from one absence; ask again. `\Seen` does not change.
    ///
    /// # Errors
    /// [`ImapError`]; [`ImapError::Refused`] only where the server gave nothing of all that was asked.
    pub async fn fetch(
        &mut self,
        wanted: &[Listed],
        bytes_max_each: u32,
    ) -> Result<Vec<Fetched>, ImapError> {
        let (large, small): (Vec<&Listed>, Vec<&Listed>) = wanted
            .iter()
            .partition(|listed| listed.size > u64::from(bytes_max_each));
        let mut bodies = Bodies::default();
        for set in sets(small.iter().map(|listed| listed.uid)) {
            self.ask(&set, "BODY.PEEK[]", &mut bodies).await?;
        }
        if bodies.refused.is_some() {
            // One mail that the server cannot read must not stand for its neighbours.
            for listed in small {
                if !bodies.found.contains_key(&listed.uid) {
                    self.ask(&listed.uid.to_string(), "BODY.PEEK[]", &mut bodies)
                        .await?;
                }
            }
        }
        let part = format!("BODY.PEEK[]<0.{bytes_max_each}>");
        for listed in large {
            self.ask(&listed.uid.to_string(), &part, &mut bodies)
                .await?;
        }
        if let (true, Some(error)) = (bodies.found.is_empty(), bodies.refused) {
            return Err(error);
        }
        let mut fetched: Vec<Fetched> = wanted
            .iter()
            .filter_map(|listed| {
                let raw = bodies.found.remove(&listed.uid)?;
                Some(Fetched {
                    uid: listed.uid,
                    internal_date: listed.internal_date,
                    size: listed.size,
                    cut: listed.size > u64::from(bytes_max_each),
                    raw,
                })
            })
            .collect();
        fetched.sort_unstable_by_key(|mail| mail.uid);
        Ok(fetched)
    }

    async fn ask(&mut self, set: &str, what: &str, bodies: &mut Bodies) -> Result<(), ImapError> {
        let line = format!("UID FETCH {set} (UID {what})");
        let asked = self.talk.command("UID FETCH", &line, |response| {
            if let Some((uid, raw)) = body(response) {
                bodies.found.insert(uid, raw.to_vec());
            }
        });
        match asked.await {
            Err(error @ ImapError::Refused { .. }) => bodies.refused = Some(error),
            other => other?,
        }
        Ok(())
    }
}

#[derive(Debug, Default)]
struct Bodies {
    found: BTreeMap<u32, Vec<u8>>,
    refused: Option<ImapError>,
}

/// UID and bytes of a mail. What has no UID, no whole body or `NIL` for it is something else: news of flags, perhaps.
fn body<'a>(response: &'a Response<'_>) -> Option<(u32, &'a [u8])> {
    let Response::Fetch(_, attributes) = response else {
        return None;
    };
    let data = attributes.iter().find_map(|attribute| {
        if let AttributeValue::BodySection {
            section: None,
            index: None | Some(0),
            data: Some(data),
        } = attribute
        {
            Some(data.as_ref())
        } else {
            None
        }
    })?;
    Some((uid(attributes)?, data))
}
