//! Staying: the servers go on, a person writes with whatever they like, and every mail that passes is told.

use std::{collections::BTreeMap, thread, time::Duration};

use super::{
    cast::{ACCOUNTS, ADMINISTRATOR, EVERYBODY, IT},
    letter::Incoming,
    stage::Stage,
    town::Town,
};

/// Between two looks into the mailboxes.
const PAUSE: Duration = Duration::from_millis(200);

/// Says how to take part.
pub(super) fn invite(stage: &mut Stage<'_>) -> anyhow::Result<()> {
    let smtp = stage.town.smtp_port();
    let teller = &mut stage.teller;
    teller.scene("Now you")?;
    teller.say("The desk goes on until you press Ctrl-C; every mail that passes is told here.")?;
    teller.line("")?;
    teller.line(&format!(
        "  SMTP  127.0.0.1:{smtp}, no password, no encryption"
    ))?;
    if let Some(dovecot) = stage.town.dovecot() {
        let (imap, imaps) = (dovecot.imap_port(), dovecot.imaps_port());
        teller.line(&format!(
            "  IMAP  localhost:{imaps} (TLS) or localhost:{imap} (STARTTLS)"
        ))?;
        teller.line(&format!(
            "        the password of every mailbox: {}",
            Town::password()
        ))?;
        teller.line(&format!(
            "        the certificate to trust: {}",
            dovecot.authority().display()
        ))?;
    }
    teller.line(&format!("  desk  {IT}, {ACCOUNTS}"))?;
    for person in EVERYBODY {
        teller.line(&format!("        {} ({})", person.address, person.name))?;
    }
    teller.line("\nFor example:\n")?;
    teller.line(&format!(
        "  swaks --server 127.0.0.1:{smtp} --to {IT} \\\n    --from you@somewhere.test --header 'Subject: The scanner' \\\n    --body 'It scans everything upside down.'\n"
    ))
}

/// Tells every mail until `is_over`.
pub(super) fn stay(stage: &mut Stage<'_>, is_over: impl Fn() -> bool) -> anyhow::Result<()> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for address in watched(stage)? {
        let count = stage.town.mails(&address)?.len();
        seen.insert(address, count);
    }
    while !is_over() {
        for address in watched(stage)? {
            let told = seen.entry(address.clone()).or_insert(0);
            let mails = stage.town.mails(&address)?;
            for bytes in mails.into_iter().skip(*told) {
                *told = told.saturating_add(1);
                stage.copy(&address, &bytes)?;
                let mail = Incoming::of(bytes);
                let from = mail.mail.from.as_ref();
                let from = from.map_or("nobody", |from| from.address.as_str());
                stage.teller.say(&format!("{from} -> {address}"))?;
                stage.teller.gets(&mail)?;
            }
        }
        thread::sleep(PAUSE);
    }
    Ok(())
}

/// Everybody who has a mailbox by now: also those whom the desk has answered and nobody has planned.
fn watched(stage: &Stage<'_>) -> anyhow::Result<Vec<String>> {
    let mut all = stage.town.addresses()?;
    for address in
        EVERYBODY
            .iter()
            .map(|person| person.address)
            .chain([IT, ACCOUNTS, ADMINISTRATOR])
    {
        if !all.iter().any(|known| known == address) {
            all.push(address.to_owned());
        }
    }
    Ok(all)
}
