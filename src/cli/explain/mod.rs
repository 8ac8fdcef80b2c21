//! `okno explain`: why something happened. The facts, the reasons, the decision and what came of it, of a mail, of a
//! whole ticket, of a person or of the people directory.

mod answers;
mod asked;
mod changes;
mod clocks;
mod closing;
mod decision;
mod escalations;
mod events;
mod facts;
mod following;
pub(super) mod ground;
mod house;
mod looking;
mod mail;
mod named;
mod participants;
mod people;
mod queues;

pub(super) use self::mail::{describe, head_end};

use std::io::Write;

use anyhow::bail;

use self::{asked::Asked, decision::Explained};
use super::{
    ConfigFile, Ended,
    visit::{Visit, visit},
    words::line,
};
use crate::{
    clock::Clock,
    house::keys,
    model::{
        address::Address,
        ids::{MessageId, RawId, TicketNumber},
        ticket::Ticket,
    },
    store::{history, journal, lookup},
};

/// How many undecided mails are searched for a Message-ID, which has no index before the decision.
const UNDECIDED_MAX: i64 = 1000;

/// What `okno explain` is told.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// A Message-ID, a ticket (1042, IT-1042 or its whole tag), a stored mail (mail:7 or '#7'), a person's address, or
    /// "directory"
    #[arg(value_name = "WHAT", value_parser = asked::parse)]
    what: Asked,
}

/// Finds it and explains it.
///
/// # Errors
/// There is no such mail or ticket; what the configuration or the database says.
pub fn run(args: &ExplainArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit(&args.file, async |here| {
        match &args.what {
            Asked::Ticket(number) => ticket(here, *number, out).await?,
            Asked::Mail(raw) => mail(here, *raw, out).await?,
            Asked::Message(id) => message(here, id, out).await?,
            Asked::Directory => people::write_directory(here, out).await?,
        }
        Ok(Ended::Done)
    })
}

async fn message(here: &Visit, id: &MessageId, out: &mut dyn Write) -> anyhow::Result<()> {
    let found = history::find_message(&here.db, id).await?;
    let (mut raws, mut tickets) = (Vec::new(), Vec::new());
    for (raw, number) in found {
        match (raw, number) {
            (Some(raw), _) if !raws.contains(&raw) => raws.push(raw),
            (None, Some(number)) if !tickets.contains(&number) => tickets.push(number),
            (Some(_) | None, _) => {}
        }
    }
    if raws.is_empty() && tickets.is_empty() {
        raws = undecided(here, id).await?;
    }
    if raws.is_empty()
        && tickets.is_empty()
        && let Ok(address) = Address::parse(id.as_str())
        && people::write(here, &address, out).await?
    {
        return Ok(());
    }
    if raws.is_empty() && tickets.is_empty() {
        bail!(
            "{}: <{}>",
            here.words.pick(
                "Письма с таким Message-ID и человека с таким адресом здесь нет",
                "There is no mail with this Message-ID and nobody with this address"
            ),
            line(id.as_str())
        );
    }
    for raw in raws {
        mail(here, raw, out).await?;
    }
    for number in tickets {
        writeln!(
            out,
            "{} {number}.\n",
            here.words.pick(
                "Это письмо отправлено отсюда. Обращение",
                "This mail was sent from here. It belongs to ticket"
            )
        )?;
        ticket(here, number, out).await?;
    }
    Ok(())
}

/// Mails that wait or are quarantined have no entry yet: they are looked through.
async fn undecided(here: &Visit, id: &MessageId) -> anyhow::Result<Vec<RawId>> {
    let mut found = Vec::new();
    for raw in lookup::undecided(&here.db, UNDECIDED_MAX).await? {
        let bytes = journal::raw(&here.db, raw).await?.bytes;
        if mail::head(&bytes).message_id.as_ref() == Some(id) {
            found.push(raw);
        }
    }
    Ok(found)
}

async fn mail(here: &Visit, raw: RawId, out: &mut dyn Write) -> anyhow::Result<()> {
    describe(here, raw, out).await?;
    let decisions = history::decisions_on(&here.db, "mail", &raw.to_string()).await?;
    let mut tickets: Vec<TicketNumber> = decisions
        .iter()
        .flat_map(|decision| &decision.events)
        .filter_map(|event| event.stream.strip_prefix("ticket/"))
        .filter_map(|number| number.parse().ok().map(TicketNumber))
        .collect();
    tickets.dedup();
    let mut sent = Vec::new();
    for number in &tickets {
        sent.extend(lookup::mails_of(&here.db, *number).await?);
    }
    let explained = Explained::new(here, sent, &decisions).await?;
    for decision in &decisions {
        writeln!(out)?;
        explained.write(decision, out)?;
    }
    for number in tickets {
        writeln!(
            out,
            "\n{}: okno explain {number}",
            here.words.pick("Всё обращение", "The whole ticket")
        )?;
    }
    writeln!(out)?;
    Ok(())
}

async fn ticket(here: &Visit, number: TicketNumber, out: &mut dyn Write) -> anyhow::Result<()> {
    let Some(ticket) = history::ticket(&here.db, number).await? else {
        bail!(
            "{} {number}",
            here.words.pick("Нет обращения", "There is no ticket")
        );
    };
    let decisions = history::decisions_of(&here.db, number).await?;
    let sent = lookup::mails_of(&here.db, number).await?;
    let mut explained = Explained::new(here, sent, &decisions).await?;
    explained
        .meet(here, std::iter::once(ticket.requester))
        .await?;
    let requester = people::known(here, ticket.requester).await?;
    let is_forgotten = requester.is_some_and(|person| person.is_erased());
    write_ticket(here, (&ticket, is_forgotten), &explained, out)?;
    for decision in &decisions {
        writeln!(out)?;
        explained.write(decision, out)?;
    }
    writeln!(out)?;
    Ok(())
}

fn write_ticket(
    here: &Visit,
    (ticket, is_forgotten): (&Ticket, bool),
    explained: &Explained<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    // Whoever may not read the key sees the tag without its check letters.
    let tag = match keys::find(&here.config.data, Clock::System.now()) {
        Ok(Some(key)) => key.tag(&ticket.prefix, ticket.number),
        Ok(None) | Err(_) => format!("[{}-{}]", ticket.prefix, ticket.number),
    };
    let subject = match is_forgotten {
        true => words
            .pick("(тема стёрта)", "(the subject is erased)")
            .to_owned(),
        false => line(ticket.subject.as_str()),
    };
    let named = words.pick("Обращение", "Ticket");
    writeln!(out, "{named} {tag}: {subject}")?;
    let nobody = words.pick("никто", "nobody");
    let assignee = ticket
        .assignee
        .as_ref()
        .map_or_else(|| nobody.to_owned(), |agent| explained.agent(agent));
    let mut lines = vec![
        (
            words.pick("Состояние", "State"),
            words.state(ticket.state).to_owned(),
        ),
        (
            words.pick("Очередь", "Queue"),
            explained.queue(&ticket.queue),
        ),
        (
            words.pick("Заявитель", "Requester"),
            explained.person(ticket.requester),
        ),
        (words.pick("Исполнитель", "Agent"), assignee),
        (
            words.pick("Открыто", "Opened"),
            words.time(ticket.opened_at),
        ),
    ];
    if let Some(clock) = ticket.next_clock() {
        lines.push((words.pick("Решить до", "Due"), words.time(clock.due_at)));
    }
    if let Some(at) = ticket.resolved_at {
        lines.push((words.pick("Решено", "Resolved"), words.time(at)));
    }
    if let Some(at) = ticket.closed_at {
        lines.push((words.pick("Закрыто", "Closed"), words.time(at)));
    }
    for (name, value) in lines {
        writeln!(out, "  {name}: {value}")?;
    }
    if is_forgotten {
        let said = words.pick(
            "Данные заявителя стёрты по его просьбе: тема, слова и письма. Числа остались",
            "The requester's data were erased, as they asked: subject, words and mails. The numbers are left",
        );
        writeln!(out, "  {said}.")?;
    }
    Ok(())
}
