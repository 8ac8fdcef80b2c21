//! `okno reconcile`: a day of a mailbox on the server against what became of its mails, to the last one.

use std::io::Write;

use anyhow::{Context as _, bail};
use jiff::{Timestamp, civil::Date};

use super::{
    ConfigFile, Ended,
    visit::{Visit, visit_with},
    words::{Words, line},
};
use crate::{
    config::Purpose,
    desk::{
        command::when,
        reconciliation::{Account, Became},
    },
    house::reconciliation::{Day, Ledger, Lost, Reconciled},
    model::ids::MailboxName,
    tls,
};

/// What `okno reconcile` is told.
#[derive(Debug, clap::Args)]
pub struct ReconcileArgs {
    #[command(flatten)]
    file: ConfigFile,
    /// The day, by the time zone of the configuration: 2026-11-30, 30.11.2026, yesterday, вчера; without one, yesterday
    #[arg(long, value_name = "2026-11-30")]
    day: Option<String>,
    /// The mailbox; without one, all of them
    #[arg(long, value_name = "NAME")]
    mailbox: Option<String>,
}

/// What is told even where there is none.
const ALWAYS_TOLD: [Became; 4] = [
    Became::Ticket,
    Became::FollowUp,
    Became::Automatic,
    Became::Quarantined,
];

/// Asks every mailbox and tells what was found. Nothing is changed, here or on the server.
///
/// # Errors
/// There is no such mailbox or day; what the configuration or the database says. A difference, and a mailbox that cannot be
/// read, are no error: they are told, and the command ends with [`Ended::NotAll`].
pub fn run(args: &ReconcileArgs, now: Timestamp, out: &mut dyn Write) -> anyhow::Result<Ended> {
    visit_with(args.file.load(Purpose::Serve)?, async |here| {
        let words = &here.words;
        let zone = words.zone();
        let day = match &args.day {
            Some(said) => Day::of(date(words, said, now)?, zone),
            None => Day::before(now, zone),
        };
        let day = day.context("There is no such day")?;
        if day.from > now {
            let said = words.pick("Этот день ещё не наступил", "That day has not come yet");
            bail!("{said}: {}", day.date);
        }
        let tls = tls::client_config(&here.config.extra_ca).context("Cannot load certificates")?;
        let ledger = Ledger {
            db: &here.db,
            config: &here.config,
            tls: &tls,
        };
        let mut ended = Ended::Done;
        for mailbox in mailboxes(here, args.mailbox.as_deref())? {
            match ledger.reconcile(&mailbox, &day).await {
                Ok(Some(done)) => {
                    write(words, (&mailbox, &day), &done, out)?;
                    if done.account.difference() > 0 {
                        ended = Ended::NotAll;
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    let title = words.pick("Ящик", "Mailbox");
                    let said = words.pick("прочитать не удаётся", "cannot be read");
                    writeln!(out, "{title} {mailbox}: {said}: {error}")?;
                    ended = Ended::NotAll;
                }
            }
        }
        Ok(ended)
    })
}

/// The day that was meant: as people write it, or the one before this one.
fn date(words: &Words, said: &str, now: Timestamp) -> anyhow::Result<Date> {
    let today = words.zone().to_datetime(now);
    let is_yesterday = ["вчера", "yesterday"].contains(&said.trim().to_lowercase().as_str());
    let found = match is_yesterday {
        true => today.date().yesterday().ok(),
        false => when::read(said, today)
            .filter(|(_, rest)| rest.trim().is_empty())
            .map(|(moment, _)| moment.date),
    };
    found.with_context(|| {
        format!(
            "{}: {}. {}",
            words.pick("Непонятно, какой это день", "That is no day"),
            line(said),
            words.pick(
                "Напишите, например, 2026-11-30, 30.11.2026 или вчера",
                "Write, say, 2026-11-30, 30.11.2026 or yesterday"
            )
        )
    })
}

fn mailboxes(here: &Visit, wanted: Option<&str>) -> anyhow::Result<Vec<MailboxName>> {
    let all: Vec<MailboxName> = here.config.mailboxes.keys().cloned().collect();
    let Some(wanted) = wanted else {
        return Ok(all);
    };
    let mut found = all.iter().filter(|name| name.as_str() == wanted);
    if let Some(found) = found.next() {
        return Ok(vec![found.clone()]);
    }
    let names: Vec<&str> = all.iter().map(MailboxName::as_str).collect();
    bail!(
        "{} {}. {}: {}",
        here.words.pick("Нет ящика", "There is no mailbox"),
        line(wanted),
        here.words.pick("Есть", "There are"),
        names.join(", ")
    )
}

fn write(
    words: &Words,
    (mailbox, day): (&MailboxName, &Day),
    done: &Reconciled,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let date = day.date.strftime(words.pick("%d.%m.%Y", "%Y-%m-%d"));
    writeln!(out, "{} {mailbox}, {date}", words.pick("Ящик", "Mailbox"))?;
    for (name, count) in lines(words, &done.account) {
        writeln!(out, "  {name}: {count}")?;
    }
    for lost in &done.lost {
        writeln!(out, "    {}", told(words, lost))?;
    }
    Ok(())
}

fn lines(words: &Words, account: &Account) -> Vec<(&'static str, u64)> {
    let mut lines = vec![(
        words.pick("Писем пришло на сервер", "Mails seen on the server"),
        account.seen(),
    )];
    let mut more = |name: (&'static str, &'static str), count: u64, is_told: bool| {
        if count > 0 || is_told {
            lines.push((words.pick(name.0, name.1), count));
        }
    };
    more(
        (
            "из них взято и там больше не лежит",
            "of these taken and there no more",
        ),
        account.gone,
        false,
    );
    for became in Became::ALL {
        let count = account.became.get(&became).copied().unwrap_or(0);
        if became != Became::Unknown {
            more(title(became), count, ALWAYS_TOLD.contains(&became));
        }
    }
    more(
        ("Копии взятых раньше писем", "Copies of mails taken before"),
        account.copies,
        false,
    );
    more(
        (
            "Только что пришли, ещё не взяты",
            "Just come in, not taken yet",
        ),
        account.unread,
        false,
    );
    more(("Разница", "Difference"), account.difference(), true);
    more(
        (
            "Лежали там до начала работы okno и не учитываются",
            "Were there before okno began, and do not count",
        ),
        account.before,
        false,
    );
    lines
}

const fn title(became: Became) -> (&'static str, &'static str) {
    match became {
        Became::Ticket => ("Открыли обращения", "Opened tickets"),
        Became::FollowUp => ("Дополнили обращения", "Joined tickets"),
        Became::Automatic => (
            "Автоматические письма и рассылки",
            "Machines' mail and mass mail",
        ),
        Became::Quarantined => ("В карантине", "In quarantine"),
        Became::Discarded => ("Выброшены из карантина", "Discarded from quarantine"),
        Became::Order => (
            "Распоряжения и ответы на письма okno",
            "Orders and answers to letters of okno",
        ),
        Became::Aside => ("К сведению", "For information"),
        Became::Trial => ("Письма для пробы", "Mails to try only"),
        Became::Copy => ("Повторы того же письма", "Repeats of the same mail"),
        Became::Sent => ("Отправлены из этого ящика", "Sent from this mailbox"),
        Became::Waiting => ("Ждут разбора", "Wait to be decided"),
        Became::Unknown => ("Взяты и пропали", "Taken and not known"),
    }
}

/// A mail that is missing, on one line.
fn told(words: &Words, lost: &Lost) -> String {
    let what = match lost.raw {
        Some(raw) => format!(
            "{}, mail:{raw}",
            words.pick(
                "взято, а что с ним стало, неизвестно",
                "taken, and nobody knows what became of it"
            )
        ),
        None => words
            .pick(
                "лежит на сервере и не взято",
                "lies there and was not taken",
            )
            .to_owned(),
    };
    let id = lost.message_id.as_ref();
    let id = id.map_or_else(
        || words.pick("нет", "none").to_owned(),
        |id| format!("<{}>", line(id.as_str())),
    );
    format!(
        "{}, {}, {}, Message-ID {id}: {what}",
        lost.folder,
        line(&lost.place),
        words.time(lost.at)
    )
}
