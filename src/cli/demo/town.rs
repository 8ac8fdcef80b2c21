//! Where the story plays: a private Dovecot or Maildir folders, and the SMTP server everybody sends through.

use std::{fs, path::Path, path::PathBuf};

use anyhow::Context as _;

use super::cast::{ACCOUNTS, IT};
use crate::lab::{Behind, Door, Dovecot, DovecotOptions, MailFolder, Talk};

/// The password of every mailbox: it guards nothing but this demo, on loopback.
const PASSWORD: &str = "okno-demo";

/// The servers of the demo. Dropped, they end.
#[derive(Debug)]
pub(super) struct Town {
    door: Door,
    boxes: Boxes,
}

/// Where people's mail lies.
#[derive(Debug)]
enum Boxes {
    Dovecot(Box<Dovecot>),
    Maildirs(PathBuf),
}

impl Town {
    /// Starts the servers in `folder`; why it is Maildirs, where it is not by choice.
    pub(super) fn build(
        folder: &Path,
        wants_maildirs: bool,
    ) -> anyhow::Result<(Self, Option<String>)> {
        if wants_maildirs {
            return Ok((Self::of_maildirs(folder)?, None));
        }
        if let Err(missing) = Dovecot::available() {
            return Ok((Self::of_maildirs(folder)?, Some(missing.to_string())));
        }
        let place = folder.join("dovecot");
        forget_mails(&place)?;
        let options = DovecotOptions {
            password: Some(PASSWORD.to_owned()),
            ..DovecotOptions::default()
        };
        let dovecot = Dovecot::start(&place, options).context("Cannot start Dovecot")?;
        let door = Door::open(Behind::Lmtp(dovecot.lmtp_port()))?;
        let boxes = Boxes::Dovecot(Box::new(dovecot));
        Ok((Self { door, boxes }, None))
    }

    fn of_maildirs(folder: &Path) -> anyhow::Result<Self> {
        let place = folder.join("maildirs");
        for address in [IT, ACCOUNTS] {
            for part in ["cur", "new", "tmp"] {
                let path = place.join(address).join("Maildir").join(part);
                fs::create_dir_all(&path)
                    .with_context(|| format!("Cannot make {}", path.display()))?;
            }
        }
        Ok(Self {
            door: Door::open(Behind::Maildirs(place.clone()))?,
            boxes: Boxes::Maildirs(place),
        })
    }

    /// All mails of a person, oldest first.
    pub(super) fn mails(&self, address: &str) -> anyhow::Result<Vec<Vec<u8>>> {
        Ok(match &self.boxes {
            Boxes::Dovecot(dovecot) => dovecot.mails(address)?,
            Boxes::Maildirs(place) => {
                MailFolder::at(place.join(address).join("Maildir")).mails()?
            }
        })
    }

    /// Sends a mail as any mail program does.
    pub(super) fn send(&self, from: &str, to: &str, mail: &[u8]) -> anyhow::Result<()> {
        let mut talk = Talk::smtp(self.door.port())?;
        for answer in talk.send(from, &[to], mail)? {
            anyhow::ensure!(answer.is_good(), "The SMTP server says: {}", answer.line);
        }
        Ok(talk.quit()?)
    }

    /// Everybody who has a mailbox by now.
    pub(super) fn addresses(&self) -> anyhow::Result<Vec<String>> {
        let place = match &self.boxes {
            Boxes::Dovecot(dovecot) => dovecot.folder().join("mail"),
            Boxes::Maildirs(place) => place.clone(),
        };
        if !place.is_dir() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in
            fs::read_dir(&place).with_context(|| format!("Cannot read {}", place.display()))?
        {
            names.extend(entry?.file_name().into_string());
        }
        names.sort();
        Ok(names)
    }

    /// The port everybody sends through.
    pub(super) fn smtp_port(&self) -> u16 {
        self.door.port()
    }

    /// The Dovecot, where there is one.
    pub(super) fn dovecot(&self) -> Option<&Dovecot> {
        match &self.boxes {
            Boxes::Dovecot(dovecot) => Some(dovecot),
            Boxes::Maildirs(_) => None,
        }
    }

    /// The lines of a `[mailbox.…]` that say where its mail comes from.
    pub(super) fn source(&self, address: &str) -> String {
        match &self.boxes {
            Boxes::Dovecot(dovecot) => format!(
                "server = \"localhost\"\nport = {}\npassword = {{ file = \"password\" }}\n",
                dovecot.imaps_port()
            ),
            Boxes::Maildirs(_) => {
                format!("maildir = \"maildirs/{address}/Maildir\"\npoll = \"1 s\"\n")
            }
        }
    }

    /// The certificate to trust, as a line of the configuration.
    pub(super) fn authority(&self) -> String {
        self.dovecot().map_or_else(String::new, |dovecot| {
            format!(
                "extra_ca = [{:?}]\n",
                dovecot.authority().display().to_string()
            )
        })
    }

    /// What the password file holds.
    pub(super) fn password() -> &'static str {
        PASSWORD
    }
}

/// The mails of an earlier demo go; the server's own files stay, so that one left over by a killed demo is ended.
fn forget_mails(place: &Path) -> anyhow::Result<()> {
    let mails = place.join("mail");
    if mails.is_dir() {
        fs::remove_dir_all(&mails).with_context(|| format!("Cannot remove {}", mails.display()))?;
    }
    Ok(())
}
