//! What the same servers do for others, in the same run: Postfix for smtp-source, Dovecot for one bare FETCH.

use std::{process::Command, time::Duration};

use anyhow::{Context as _, ensure};
use okno::{
    clock::Stopwatch,
    imap::{Access, Deadlines, Session},
    lab::{Dovecot, Postfix},
    model::account::{ImapAccount, Login, Security},
};

/// How many mails are fetched with one command, at most.
const FETCH_MAX: usize = 200;

/// How long smtp-source takes to send `count` mails of `size` bytes over four connections that it keeps.
pub(crate) fn smtp_source(postfix: &Postfix, count: u64, size: u64) -> anyhow::Result<Duration> {
    let program = Postfix::smtp_source();
    let time = Stopwatch::start();
    let ended = Command::new(program)
        .args(["-d", "-s", "4", "-m", &count.to_string()])
        .args(["-l", &size.to_string()])
        .args(["-f", "it@uni.test", "-t", "visitor@customers.test"])
        .arg(format!("inet:127.0.0.1:{}", postfix.smtp_port()))
        .status()
        .with_context(|| format!("Cannot run {}", program.display()))?;
    ensure!(ended.success(), "{} failed", program.display());
    Ok(time.elapsed())
}

/// How long it takes to fetch a whole INBOX over one connection and throw it away: mails, bytes, time.
pub(crate) async fn bulk_fetch(
    dovecot: &Dovecot,
    user: &str,
) -> anyhow::Result<(u64, u64, Duration)> {
    let account = ImapAccount {
        host: "localhost".to_owned(),
        port: dovecot.imaps_port(),
        security: Security::Tls,
        login: Login {
            username: user.to_owned(),
            password: dovecot.password().to_owned().into(),
        },
    };
    let tls = okno::tls::client_config(&[dovecot.authority().to_path_buf()])?;
    let time = Stopwatch::start();
    let mut session = Session::connect(&account, &tls, &Deadlines::default()).await?;
    session.open("INBOX", Access::ReadOnly).await?;
    let (mut last, mut mails, mut bytes) = (0, 0_u64, 0_u64);
    loop {
        let listed = session.list_after(last, FETCH_MAX).await?;
        let Some(end) = listed.last() else { break };
        last = end.uid;
        for mail in session.fetch(&listed, u32::MAX).await? {
            mails = mails.saturating_add(1);
            bytes = bytes.saturating_add(u64::try_from(mail.raw.len())?);
        }
    }
    let elapsed = time.elapsed();
    session.logout().await?;
    Ok((mails, bytes, elapsed))
}
