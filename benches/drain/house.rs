//! A department with a full mailbox: its mails in a private Dovecot, its okno.toml, and one run of `okno drain`.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::ensure;
use okno::lab::{Dovecot, DovecotOptions, Scratch};

use super::{
    ledger::{self, Ledger},
    mails,
    measure::{Taken, watch},
};

/// The department's address.
pub(crate) const ADDRESS: &str = "it@uni.test";

/// A department, its mails waiting.
pub(crate) struct House {
    pub(crate) dovecot: Dovecot,
    folder: PathBuf,
    count: u64,
    /// All its mails, in bytes.
    pub(crate) bytes: u64,
}

/// What one drain did.
#[derive(Debug)]
pub(crate) struct Drained {
    pub(crate) taken: Taken,
    /// Mails sent: acknowledgements, cards, digests.
    pub(crate) sent: u64,
    pub(crate) sent_bytes: u64,
}

impl House {
    /// Puts `count` mails of at least `size_min` bytes into a new Dovecot, and an okno beside it that sends through
    /// this port.
    pub(crate) fn new(
        scratch: &Scratch,
        count: u64,
        size_min: usize,
        relay: u16,
    ) -> anyhow::Result<Self> {
        let folder = scratch.path().join("okno");
        fs::create_dir_all(&folder)?;
        let dovecot = Dovecot::start(&scratch.path().join("dovecot"), DovecotOptions::default())?;
        let mut bytes = 0_u64;
        for n in 0..count {
            let mail = mails::mail(n, ADDRESS, size_min);
            bytes = bytes.saturating_add(u64::try_from(mail.len())?);
            dovecot.deliver(ADDRESS, &mail)?;
        }
        let house = Self {
            dovecot,
            folder,
            count,
            bytes,
        };
        house.write_config(relay)?;
        Ok(house)
    }

    fn write_config(&self, relay: u16) -> anyhow::Result<()> {
        let password = self.folder.join("password");
        fs::write(&password, self.dovecot.password())?;
        fs::set_permissions(&password, fs::Permissions::from_mode(0o600))?;
        let config = format!(
            r#"administrator = "root@uni.test"
data = "{data}"
extra_ca = ["{authority}"]

[mailbox.it]
address = "{ADDRESS}"
mode = "full"
server = "localhost"
port = {imaps}
password = {{ file = "{password}" }}
start_from = "beginning"

[queue.it]
title = "ИТ-поддержка"
agents = ["anna"]

[agent.anna]
name = "Анна Петрова"
address = "anna@uni.test"

[smtp]
server = "localhost"
security = "none"
port = {relay}
"#,
            data = self.data().display(),
            authority = self.dovecot.authority().display(),
            imaps = self.dovecot.imaps_port(),
            password = password.display(),
        );
        Ok(fs::write(self.folder.join("okno.toml"), config)?)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Runs `okno drain` and checks that nothing is missing.
    pub(crate) async fn drain(&self) -> anyhow::Result<Drained> {
        let child = Command::new(env!("CARGO_BIN_EXE_okno"))
            .args(["drain", "--config"])
            .arg(self.folder.join("okno.toml"))
            .stdout(Stdio::null())
            .spawn()?;
        let (taken, is_good) = watch(child)?;
        ensure!(is_good, "okno drain did not end well");
        let mut ledger = Ledger::open(&self.data()).await?;
        for (what, question) in [
            ("tickets", ledger::TICKETS),
            ("acknowledgements accepted", ledger::ACKNOWLEDGED),
            ("tickets acknowledged", ledger::TICKETS_ACKNOWLEDGED),
        ] {
            let found = ledger.number(question).await?;
            ensure!(
                u64::try_from(found)? == self.count,
                "{found} {what}, and {} mails",
                self.count
            );
        }
        let sent = u64::try_from(ledger.number(ledger::SENT).await?)?;
        let sent_bytes = u64::try_from(ledger.number(ledger::SENT_BYTES).await?)?;
        ledger.close().await?;
        Ok(Drained {
            taken,
            sent,
            sent_bytes,
        })
    }
}
