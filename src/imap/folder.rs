//! Opening a folder and listing what is new in it.

use std::collections::BTreeMap;

use async_imap::imap_proto::{AttributeValue, Response, ResponseCode};
use jiff::{Timestamp, fmt::strtime};

use super::{error::ImapError, names::folder_on_wire, session::Session};

/// How many UIDs to ask for at least; fewer would make many questions of a sparse folder.
const WIDTH_MIN: u32 = 200;

/// How to open a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// By EXAMINE: nothing of the mailbox can change, not even by mistake.
    ReadOnly,
    /// By SELECT, for moving and keywords.
    ReadWrite,
}

/// What an open folder is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// With another value than last time all UIDs known are void (RFC 3501, 2.3.1.1).
    pub uid_validity: u32,
    /// What UID the next mail will have at least, where the server tells.
    pub uid_next: Option<u32>,
    /// How many mails there are.
    pub exists: u32,
}

/// A mail that is there, not yet fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its UID.
    pub uid: u32,
    /// Its size in bytes, as the server says; some servers are a little wrong.
    pub size: u64,
    /// When the server got it; `None` where the server's date is none.
    pub internal_date: Option<Timestamp>,
}

/// What is remembered of an open folder.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) uid_next: Option<u32>,
    /// The flags that can be set for good; `\*` means any keyword.
    pub(super) permanent_flags: Vec<String>,
}

impl Session {
    /// Opens a folder, by its name as people read it.
    ///
    /// # Errors
    /// [`ImapError::NoUidValidity`] where the server tells none, since a missing one must never look like a new one;
    /// [`ImapError::Refused`] where there is no such folder; and others.
    pub async fn open(&mut self, folder: &str, access: Access) -> Result<Opened, ImapError> {
        let verb = match access {
            Access::ReadOnly => "EXAMINE",
            Access::ReadWrite => "SELECT",
        };
        let line = format!("{verb} {}", folder_on_wire(folder)?);
        self.open = None;
        self.talk.exists = 0;
        let mut uid_validity = None;
        let mut open = Open::default();
        let told = self.talk.command(verb, &line, |response| {
            let (Response::Data { outcome, .. } | Response::Done { outcome, .. }) = response else {
                return;
            };
            let code = &outcome.code;
            if let Some(ResponseCode::UidValidity(value)) = code {
                uid_validity = Some(*value);
            } else if let Some(ResponseCode::UidNext(value)) = code {
                open.uid_next = Some(*value);
            } else if let Some(ResponseCode::PermanentFlags(flags)) = code {
                open.permanent_flags = flags.iter().map(ToString::to_string).collect();
            }
        });
        told.await?;
        self.talk.has_news = false;
        let Some(uid_validity) = uid_validity else {
            return Err(ImapError::NoUidValidity {
                folder: folder.to_owned(),
            });
        };
        let opened = Opened {
            uid_validity,
            uid_next: open.uid_next,
            exists: self.talk.exists,
        };
        self.open = Some(open);
        Ok(opened)
    }

    /// Lists the oldest `most` mails after `last_uid`, by UID, ascending. An empty list means that there are none.
    ///
    /// Servers may keep new mail to themselves until they are asked something: without IDLE, call
    /// [`Session::noop`] first.
    ///
    /// A folder of any size is asked in windows of UIDs, so that neither side ever holds a list of all of it. The
    /// windows widen where UIDs are sparse.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn list_after(
        &mut self,
        last_uid: u32,
        most: usize,
    ) -> Result<Vec<Listed>, ImapError> {
        self.talk.has_news = false;
        let mut found = BTreeMap::new();
        if self.talk.exists == 0 {
            return Ok(Vec::new());
        }
        let mut width = u32::try_from(most).unwrap_or(u32::MAX).max(WIDTH_MIN);
        let end = match self.open.as_ref().and_then(|open| open.uid_next) {
            Some(next) => next,
            None => self.last_uid_there().await?.saturating_add(1),
        };
        let Some(mut from) = last_uid.checked_add(1) else {
            return Ok(Vec::new());
        };
        while from < end && found.len() < most {
            let to = from.saturating_add(width).min(end).saturating_sub(1);
            let before = found.len();
            let set = format!("{from}:{to}");
            self.list_window(&set, last_uid, most, &mut found).await?;
            if found.len().saturating_sub(before) < usize::try_from(width / 4).unwrap_or(most) {
                width = width.saturating_mul(4);
            }
            let Some(next) = to.checked_add(1) else {
                break;
            };
            from = next;
        }
        if found.len() < most && from >= end {
            // What came after the folder was opened. `n:*` always names the last mail, even below n (RFC 3501, 6.4.8).
            let set = format!("{from}:*");
            self.list_window(&set, last_uid, most, &mut found).await?;
            if let (Some(open), Some(&last)) = (self.open.as_mut(), found.keys().next_back()) {
                open.uid_next = Some(end.max(last.saturating_add(1)));
            }
        }
        Ok(found.into_values().collect())
    }

    /// The mail that came last into the open folder; `None` where there is none.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn newest(&mut self) -> Result<Option<Listed>, ImapError> {
        let mut newest = None;
        if self.talk.exists > 0 {
            let line = "FETCH * (UID RFC822.SIZE INTERNALDATE)";
            let asked = self.talk.command("FETCH", line, |response| {
                newest = listed(response).or(newest);
            });
            asked.await?;
        }
        Ok(newest)
    }

    async fn list_window(
        &mut self,
        set: &str,
        last_uid: u32,
        most: usize,
        found: &mut BTreeMap<u32, Listed>,
    ) -> Result<(), ImapError> {
        let line = format!("UID FETCH {set} (UID RFC822.SIZE INTERNALDATE)");
        let asked = self.talk.command("UID FETCH", &line, |response| {
            if let Some(listed) = listed(response)
                && listed.uid > last_uid
            {
                found.insert(listed.uid, listed);
                if found.len() > most {
                    found.pop_last();
                }
            }
        });
        asked.await
    }

    /// The highest UID, for servers that do not tell UIDNEXT.
    async fn last_uid_there(&mut self) -> Result<u32, ImapError> {
        let mut last = 0;
        if self.talk.exists > 0 {
            let asked = self.talk.command("FETCH", "FETCH * (UID)", |response| {
                if let Response::Fetch(_, attributes) = response {
                    last = uid(attributes).unwrap_or(0).max(last);
                }
            });
            asked.await?;
        }
        Ok(last)
    }
}

pub(super) fn uid(attributes: &[AttributeValue<'_>]) -> Option<u32> {
    attributes.iter().find_map(|attribute| {
        if let AttributeValue::Uid(uid) = attribute {
            Some(*uid)
        } else {
            None
        }
    })
}

/// A mail of a listing. News of flags come in the same dress but without a size (RFC 3501, 7.4.2): they are none.
pub(super) fn listed(response: &Response<'_>) -> Option<Listed> {
    let Response::Fetch(_, attributes) = response else {
        return None;
    };
    let uid = uid(attributes)?;
    let mut size = None;
    let mut internal_date = None;
    for attribute in attributes {
        if let AttributeValue::Rfc822Size(bytes) = attribute {
            size = Some(u64::from(*bytes));
        } else if let AttributeValue::InternalDate(date) = attribute {
            internal_date = read_internal_date(date);
        }
    }
    size.map(|size| Listed {
        uid,
        size,
        internal_date,
    })
}

/// ` 5-Nov-2026 09:30:00 +0300` (RFC 3501, 9: `date-time`).
fn read_internal_date(date: &str) -> Option<Timestamp> {
    strtime::parse("%d-%b-%Y %H:%M:%S %z", date.trim())
        .and_then(|parts| parts.to_timestamp())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, instant: Option<&str>) {
        assert_eq!(
            read_internal_date(date).map(|at| at.to_string()).as_deref(),
            instant,
            "{date}"
        );
    }

    #[test]
    fn internal_dates_are_read() {
        check("17-Jul-1996 02:44:25 -0700", Some("1996-07-17T09:44:25Z"));
        check(" 5-Nov-2026 09:30:00 +0300", Some("2026-11-05T06:30:00Z"));
        check("05-Nov-2026 09:30:00 +0000", Some("2026-11-05T09:30:00Z"));
        check("yesterday", None);
        check("31-Feb-2026 00:00:00 +0000", None);
    }
}
