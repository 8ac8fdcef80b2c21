//! What may be done on the server with mails that are safely stored, and the list of folders.

use async_imap::imap_proto::{MailboxDatum, NameAttribute, Response};

use super::{
    error::{ImapError, has_code, words},
    names::{folder_on_wire, from_utf7, keyword_on_wire},
    session::Session,
    sets::sets,
};

/// The keyword for mails that could not be moved.
const DONE_KEYWORD: &str = "$OknoDone";

/// What became of mails that were to be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// They are in the other folder.
    Moved,
    /// They stay and carry the keyword `$OknoDone`: the server has neither MOVE (RFC 6851) nor UIDPLUS (RFC 4315), and a
    /// plain EXPUNGE would delete what other people have marked in a shared mailbox.
    Marked,
}

/// What a folder is for (RFC 6154), whatever its name in whatever language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpecialUse {
    /// All mail.
    All,
    /// Archive.
    Archive,
    /// Drafts.
    Drafts,
    /// Flagged mail.
    Flagged,
    /// Spam.
    Junk,
    /// Sent mail.
    Sent,
    /// Deleted mail.
    Trash,
}

/// A folder of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its name as people read it.
    pub name: String,
    /// What it is for.
    pub special_use: Option<SpecialUse>,
    /// Whether it can hold mail.
    pub selectable: bool,
}

impl Session {
    /// Sets a keyword on mails; the folder must be open with [`super::Access::ReadWrite`].
    ///
    /// # Errors
    /// [`ImapError::NoKeywords`] where the server would forget it; and others.
    pub async fn store_keyword(&mut self, uids: &[u32], keyword: &str) -> Result<(), ImapError> {
        let keyword = keyword_on_wire(keyword)?;
        let is_kept = self.open.as_ref().is_some_and(|open| {
            open.permanent_flags
                .iter()
                .any(|flag| flag == "\\*" || flag.eq_ignore_ascii_case(keyword))
        });
        if !is_kept {
            return Err(ImapError::NoKeywords {
                keyword: keyword.to_owned(),
            });
        }
        self.store(uids, keyword).await
    }

    /// Moves mails into another folder, which is made where there is none; the folder they are in must be open with
    /// [`super::Access::ReadWrite`]. Mails that are gone are no error.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn move_to(&mut self, uids: &[u32], folder: &str) -> Result<Moved, ImapError> {
        let target = folder_on_wire(folder)?;
        if self.talk.can("MOVE") {
            self.transfer("UID MOVE", uids, &target).await?;
            return Ok(Moved::Moved);
        }
        if !self.talk.can("UIDPLUS") {
            self.store_keyword(uids, DONE_KEYWORD).await?;
            return Ok(Moved::Marked);
        }
        self.transfer("UID COPY", uids, &target).await?;
        self.store(uids, "\\Deleted").await?;
        for set in sets(uids.iter().copied()) {
            let line = format!("UID EXPUNGE {set}");
            self.talk.command("UID EXPUNGE", &line, |_| ()).await?;
        }
        Ok(Moved::Moved)
    }

    /// The folders of the account.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn folders(&mut self) -> Result<Vec<Folder>, ImapError> {
        let line = if self.talk.can("SPECIAL-USE") && self.talk.can("LIST-EXTENDED") {
            "LIST \"\" \"*\" RETURN (SPECIAL-USE)"
        } else {
            "LIST \"\" \"*\""
        };
        let mut folders = Vec::new();
        let listed = self.talk.command("LIST", line, |response| {
            if let Response::MailboxData(MailboxDatum::List(list)) = response {
                // The parser leaves the backslashes of a quoted string in.
                let name = list.name.replace("\\\"", "\"").replace("\\\\", "\\");
                folders.push(Folder {
                    name: from_utf7(&name),
                    special_use: list.name_attributes.iter().find_map(special_use),
                    selectable: !list.name_attributes.contains(&NameAttribute::NoSelect),
                });
            }
        });
        listed.await?;
        Ok(folders)
    }

    /// The folder that the server marks as the one for sent mail (RFC 6154), but none of `others`.
    ///
    /// # Errors
    /// [`ImapError::NoSentFolder`] where it marks none; and others.
    pub async fn sent_folder(&mut self, others: &[String]) -> Result<String, ImapError> {
        let folders = self.folders().await?;
        let mut marked = folders.iter().filter(|folder| {
            let is_marked = folder.special_use == Some(SpecialUse::Sent);
            is_marked && folder.selectable && !others.contains(&folder.name)
        });
        if let Some(folder) = marked.next() {
            return Ok(folder.name.clone());
        }
        let names: Vec<&str> = folders.iter().map(|folder| folder.name.as_str()).collect();
        Err(ImapError::NoSentFolder {
            folders: words(&names.join(", ")),
        })
    }

    async fn store(&mut self, uids: &[u32], flag: &str) -> Result<(), ImapError> {
        for set in sets(uids.iter().copied()) {
            let line = format!("UID STORE {set} +FLAGS.SILENT ({flag})");
            self.talk.command("UID STORE", &line, |_| ()).await?;
        }
        Ok(())
    }

    async fn transfer(
        &mut self,
        verb: &'static str,
        uids: &[u32],
        target: &str,
    ) -> Result<(), ImapError> {
        for set in sets(uids.iter().copied()) {
            let line = format!("{verb} {set} {target}");
            match self.talk.command(verb, &line, |_| ()).await {
                Err(ImapError::Refused { words, .. }) if has_code(&words, "[TRYCREATE]") => {
                    let create = format!("CREATE {target}");
                    self.talk.command("CREATE", &create, |_| ()).await?;
                    self.talk.command(verb, &line, |_| ()).await?;
                }
                other => other?,
            }
        }
        Ok(())
    }
}

fn special_use(attribute: &NameAttribute<'_>) -> Option<SpecialUse> {
    [
        (NameAttribute::All, SpecialUse::All),
        (NameAttribute::Archive, SpecialUse::Archive),
        (NameAttribute::Drafts, SpecialUse::Drafts),
        (NameAttribute::Flagged, SpecialUse::Flagged),
        (NameAttribute::Junk, SpecialUse::Junk),
        (NameAttribute::Sent, SpecialUse::Sent),
        (NameAttribute::Trash, SpecialUse::Trash),
    ]
    .into_iter()
    .find_map(|(known, special_use)| (known == *attribute).then_some(special_use))
}
