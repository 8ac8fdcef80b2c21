//! The stage: people send and get real mail here, and everything told is checked against what lies in mailboxes and
//! in the database. Everything is asked for until it is there or patience ends.

use std::{collections::BTreeMap, fs, path::PathBuf, thread, time::Duration};

use anyhow::{Context as _, bail, ensure};
use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

use super::{
    cast::Person,
    letter::{Incoming, Letter},
    teller::Teller,
    town::Town,
};
use crate::{
    clock::Stopwatch,
    house::House,
    model::{
        ids::{MessageId, TicketNumber},
        ticket::Ticket,
    },
    store::{
        history,
        outbox::{self, Except},
    },
};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two questions.
const PAUSE: Duration = Duration::from_millis(20);

/// Where the story is played.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    pub(super) town: &'a Town,
    pub(super) house: &'a House,
    pub(super) runtime: Handle,
    /// Cancelled by Ctrl-C.
    pub(super) over: CancellationToken,
    pub(super) teller: Teller<'a>,
    /// Where copies of all mails go, as `.eml`.
    pub(super) copies: PathBuf,
    pub(super) copied: u32,
    /// How many mails of each person were told.
    pub(super) seen: BTreeMap<&'static str, usize>,
}

impl Stage<'_> {
    /// A person sends a mail, which is told. Its Message-ID.
    pub(super) fn write(&mut self, letter: &Letter<'_>) -> anyhow::Result<MessageId> {
        self.teller.writes(&letter.subject, letter.text)?;
        let sent = letter.build()?;
        self.copy(&format!("{}-writes", letter.from.short), &sent.bytes)?;
        self.town
            .send(letter.from.address, letter.to, &sent.bytes)
            .with_context(|| format!("Cannot send {}'s mail", letter.from.short))?;
        Ok(MessageId(sent.id))
    }

    /// Waits for a person's next mail, and tells it.
    pub(super) fn get(&mut self, person: &'static Person, told: &str) -> anyhow::Result<Incoming> {
        let at = self.seen.get(person.address).copied().unwrap_or(0);
        let what = format!("a mail to {}", person.short);
        let mails = self.ask(&what, |stage| {
            let mails = stage.town.mails(person.address)?;
            Ok((mails.len() > at).then_some(mails))
        })?;
        self.seen.insert(person.address, at.saturating_add(1));
        let bytes = mails.into_iter().nth(at).unwrap_or_default();
        self.copy(&format!("{}-gets", person.short), &bytes)?;
        let mail = Incoming::of(bytes);
        self.teller.say(told)?;
        self.teller.gets(&mail)?;
        Ok(mail)
    }

    /// Waits until the desk has filed a mail. The ticket it belongs to.
    pub(super) fn filed(&self, id: &MessageId) -> anyhow::Result<TicketNumber> {
        self.ask("the desk to file a mail", |stage| {
            let found = history::find_message(&stage.house.db, id);
            let found = stage.runtime.block_on(found)?;
            Ok(found.into_iter().find_map(|(_, ticket)| ticket))
        })
    }

    /// Waits until the ticket is as told.
    pub(super) fn ticket(
        &self,
        number: TicketNumber,
        what: &str,
        is_so: impl Fn(&Ticket) -> bool,
    ) -> anyhow::Result<Ticket> {
        self.ask(what, |stage| {
            let ticket = history::ticket(&stage.house.db, number);
            let ticket = stage.runtime.block_on(ticket)?;
            Ok(ticket.filter(|ticket| is_so(ticket)))
        })
    }

    /// Nobody has mail that was not told, and none is on its way.
    pub(super) fn nothing_more(&self, people: &[&'static Person]) -> anyhow::Result<()> {
        self.ask("an empty outbox", |stage| {
            let next = outbox::next_at(&stage.house.db, Except::default());
            let is_empty = stage.runtime.block_on(next)?.is_none();
            let claimed = outbox::list(&stage.house.db, false, 1);
            let is_done = stage.runtime.block_on(claimed)?.is_empty();
            Ok((is_empty && is_done).then_some(()))
        })?;
        for person in people {
            let told = self.seen.get(person.address).copied().unwrap_or(0);
            let there = self.town.mails(person.address)?.len();
            ensure!(
                told == there,
                "The story did not go as told: {} has {there} mails, {told} were told",
                person.short
            );
        }
        Ok(())
    }

    /// Asks until there is an answer, or patience ends.
    fn ask<T>(
        &self,
        what: &str,
        mut question: impl FnMut(&Self) -> anyhow::Result<Option<T>>,
    ) -> anyhow::Result<T> {
        let watch = Stopwatch::start();
        loop {
            if let Some(answer) = question(self)? {
                return Ok(answer);
            }
            ensure!(
                !self.over.is_cancelled(),
                "Stopped before the end of the story"
            );
            if watch.elapsed() > PATIENCE {
                bail!(
                    "The story did not go as told: waited {} seconds for {what}",
                    PATIENCE.as_secs()
                );
            }
            thread::sleep(PAUSE);
        }
    }

    /// Keeps a copy that a person finds again.
    pub(super) fn copy(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.copied = self.copied.saturating_add(1);
        let path = self
            .copies
            .join(format!("{:02}-{}.eml", self.copied, name.to_lowercase()));
        fs::write(&path, bytes).with_context(|| format!("Cannot write {}", path.display()))
    }
}

/// Checks that a mail says what is told of it.
pub(super) fn says(mail: &Incoming, words: &[&str]) -> anyhow::Result<()> {
    for word in words {
        ensure!(
            mail.subject().contains(word) || mail.text().contains(word),
            "The story did not go as told: the mail «{}» does not say «{word}»",
            mail.subject()
        );
    }
    Ok(())
}

/// Checks that a mail does not say what must not be in it.
pub(super) fn says_nothing_of(mail: &Incoming, word: &str) -> anyhow::Result<()> {
    ensure!(
        !String::from_utf8_lossy(&mail.bytes).contains(word) && !mail.text().contains(word),
        "The story did not go as told: the mail «{}» says «{word}»",
        mail.subject()
    );
    Ok(())
}
