//! A department with a full mailbox: its mails in a private Dovecot, and an okno of its own with its okno.toml. Shared by
//! the bench and by the test that kills.

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf, process::Command};

use okno::lab::{Dovecot, DovecotOptions, Scratch};

use super::mails;

/// The department's address.
pub(crate) const ADDRESS: &str = "it@uni.test";

/// A department, its mails waiting.
pub(crate) struct Department {
    pub(crate) dovecot: Dovecot,
    folder: PathBuf,
}

impl Department {
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
        for n in 0..count {
            dovecot.deliver(ADDRESS, &mails::mail(n, ADDRESS, size_min))?;
        }
        let department = Self { dovecot, folder };
        department.write_config(relay)?;
        Ok(department)
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

    /// The folder that okno keeps its things in.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// `okno drain`, ready to be started.
    pub(crate) fn drain(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_okno"));
        let config = self.folder.join("okno.toml");
        command
            .args(["drain", "--log", "error", "--config"])
            .arg(config);
        command
    }
}
