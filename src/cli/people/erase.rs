//! `okno people erase`: what there is of somebody is told, or goes.

use std::{io::Write, time::Duration};

use clap::Args;

use super::super::{
    ConfigFile, Ended,
    handed_out::account,
    visit::Visit,
    words::{Words, line, person as named},
};
use crate::{
    clock::Clock,
    desk::reason::Reason,
    house::lease::DECIDER,
    model::{address::Address, erasure::Erased, event::EventData, ids::WorkId, person::Person},
    store::{
        erase::{self, Erasure, Inventory},
        history, leases, people,
    },
};

/// How long a running okno is waited for.
const PATIENCE: Duration = Duration::from_secs(90);

/// How often is looked whether it has done it.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What `okno people erase` is told.
#[derive(Debug, Args)]
pub(super) struct EraseArgs {
    #[command(flatten)]
    pub(super) file: ConfigFile,
    /// Whom: any address of theirs
    #[arg(value_name = "ADDRESS")]
    address: String,
    /// Do it; without this it is only told what would go
    #[arg(long)]
    yes: bool,
    /// Why, such as the number of their letter: it stands in history, so no names
    #[arg(long, value_name = "WORDS", default_value = "")]
    reason: String,
}

/// What is erased, named, with how much.
pub(in crate::cli) fn numbers(words: &Words, erased: &Erased) -> [(&'static str, u64); 6] {
    [
        (words.pick("обращений", "requests"), erased.requests),
        (words.pick("входящих писем", "mails in"), erased.letters_in),
        (
            words.pick("отправленных писем", "mails out"),
            erased.letters_out,
        ),
        (
            words.pick("писем со списками обращений", "letters that list requests"),
            erased.lists,
        ),
        (
            words.pick("записей слов в истории", "pieces of words in history"),
            erased.words,
        ),
        (words.pick("адресов", "addresses"), erased.addresses),
    ]
}

/// Tells, or does it.
pub(super) async fn erase(
    here: &Visit,
    args: &EraseArgs,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let words = &here.words;
    let found = match Address::parse(args.address.trim()) {
        Ok(address) => people::at(&here.db, &address).await?,
        Err(_) => None,
    };
    let Some(person) = found else {
        writeln!(
            out,
            "{}: {}",
            line(&args.address),
            words.pick(
                "человека с таким адресом okno не знает. Если его уже стёрли, так и должно быть: от него остались только числа.",
                "okno knows nobody at this address. If they were erased already, this is as it should be: nothing but numbers is left."
            )
        )?;
        return Ok(Ended::NotAll);
    };
    let addresses: Vec<Address> = person.addresses().cloned().collect();
    let inventory = erase::look(&here.db, person.id, addresses).await?;
    if refused(here, &person, &inventory, out)? {
        return Ok(Ended::NotAll);
    }
    let pending = erase::pending(&here.db, person.id).await?;
    if !args.yes {
        tell(here, (&person, &inventory), args, out)?;
        if let Some((work, _)) = pending {
            writeln!(out, "\n{}", waits(words, work))?;
        }
        return Ok(Ended::Done);
    }
    let reason = args.reason.trim();
    let who = match reason.is_empty() {
        true => account(),
        false => format!("{}: {reason}", account()),
    };
    let erasure = Erasure::new(person.id, who);
    let work = erase::order(&here.db, erasure, Clock::System.now()).await?;
    follow(here, work, out).await
}

/// Says what stands against it, if anything does.
fn refused(
    here: &Visit,
    person: &Person,
    inventory: &Inventory,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let words = &here.words;
    let policy = &here.config.policy;
    let mut against = Vec::new();
    if let Some(own) = person.addresses().find(|own| policy.names(own)) {
        let said = words.pick(
            "адрес стоит в настройках (сотрудник, руководитель, ящик или бухгалтер), и okno пишет на него. Сначала уберите его оттуда",
            "the address stands in the configuration (an agent, a head, a mailbox or an accountant), and okno writes to it. Take it out of there first",
        );
        against.push(format!("{}: {said}", line(own.as_str())));
    }
    if person.listed().is_some() {
        against.push(words.pick(
            "человек есть в справочнике людей: следующее чтение вернуло бы его. Сначала уберите его строку из файла",
            "they stand in the people directory, and the next reading would bring them back. Take their line out of the file first",
        ).to_owned());
    }
    if !inventory.open.is_empty() {
        let open: Vec<String> = inventory.open.iter().map(ToString::to_string).collect();
        let said = words.pick(
            "есть незакрытые обращения, по ним ещё ждут ответа. Сначала их надо закрыть",
            "there are requests that are not closed, and somebody waits for an answer. They must be closed first",
        );
        against.push(format!("{said}: {}", open.join(", ")));
    }
    if inventory.waiting > 0 {
        let said = words.pick(
            "есть письма человеку или по его обращениям, которые ещё не отправлены (okno outbox)",
            "there are mails to them or about their requests that are not sent yet (okno outbox)",
        );
        against.push(format!("{said}: {}", inventory.waiting));
    }
    if against.is_empty() {
        return Ok(false);
    }
    writeln!(
        out,
        "{} {}, {}. {}:",
        words.pick("Человек", "Person"),
        person.id,
        named(person),
        words.pick("Стирать сейчас нельзя", "Nothing can be erased now")
    )?;
    for one in against {
        writeln!(out, "  - {one}.")?;
    }
    Ok(true)
}

/// What stays, and why.
const STAYS: [(&str, &str); 4] = [
    (
        "номера обращений, когда и кем они решены, сроки, оценки числом и все показатели; закрытые месяцы с их файлами и причинами исправлений (по ним платят)",
        "numbers of tickets, when and by whom they were solved, promises, ratings as numbers and all figures; closed months with their files and the reasons of corrections (people are paid by them)",
    ),
    (
        "по чему узнаётся письмо (Message-ID, контрольная сумма, место в ящике): иначе okno прочло бы его снова",
        "what a mail is known by (its Message-ID, its sum, its place in the mailbox): else okno would read it again",
    ),
    (
        "сами письма в почтовых ящиках и на сервере, журналы почтового сервера, письма, которые ушли сотрудникам, и резервные копии: их okno не трогает, сотрите их там",
        "the mails themselves in mailboxes and on the server, the mail server's logs, mails that agents have got, and backups: okno does not touch them, erase them there",
    ),
    (
        "слова об этом человеке в чужих обращениях и статьях базы знаний, и его слова в письмах, которые разосланы по чужим обращениям: okno не знает, где они",
        "words about them in other people's requests and in articles of the knowledge base, and words of theirs in mails sent about other people's requests: okno does not know where they are",
    ),
];

fn tell(
    here: &Visit,
    (person, inventory): (&Person, &Inventory),
    args: &EraseArgs,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let words = &here.words;
    let addresses: Vec<String> = person.addresses().map(|own| line(own.as_str())).collect();
    writeln!(
        out,
        "{} {}: {} ({})\n\n{}:",
        words.pick("Человек", "Person"),
        person.id,
        named(person),
        addresses.join(", "),
        words.pick("Будет стёрто", "Would be erased")
    )?;
    for (name, count) in numbers(words, &inventory.erased) {
        if count > 0 {
            writeln!(out, "  {name}: {count}")?;
        }
    }
    writeln!(
        out,
        "  {}\n\n{}:",
        words.pick(
            "письма в карантине, имя, запись из справочника, поиск по словам этих обращений, проекты статей из них, письма сотрудникам и цитаты в их ответах по этим обращениям, списки дел того времени",
            "quarantined mails of theirs, the name, what the people directory said, the index of words of these requests, draft articles made of them, mails to agents and quotes in their answers about these requests, work lists of that time",
        ),
        words.pick("Останется", "Would stay")
    )?;
    for (ru, en) in STAYS {
        writeln!(out, "  - {}.", words.pick(ru, en))?;
    }
    if inventory.naming > 0 {
        writeln!(
            out,
            "  - {}: {}.",
            words.pick(
                "событий о неполадках, которые называют адрес (история неизменна)",
                "events about trouble that name the address (history is never changed)"
            ),
            inventory.naming
        )?;
    }
    writeln!(
        out,
        "\n{}: okno people erase {} --yes --reason \"…\"",
        words.pick(
            "Вернуть стёртое нельзя. Стереть",
            "It cannot be undone. To erase"
        ),
        line(&args.address)
    )?;
    Ok(())
}

fn waits(words: &Words, work: WorkId) -> String {
    format!(
        "{} {work}.",
        words.pick(
            "Поручено: работающий okno сделает это сам, остановленный — после запуска. Если не вышло, почему — скажет okno quarantine list. Номер работы",
            "It is ordered: a running okno does it, a stopped one when it is started. If it could not be done, okno quarantine list says why. The work's number"
        )
    )
}

/// Waits for a running okno, and says what came of it.
async fn follow(here: &Visit, work: WorkId, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let until = Clock::System
        .now()
        .checked_add(jiff::SignedDuration::try_from(PATIENCE)?)?;
    loop {
        let decided = history::decisions_on(&here.db, "operator", &work.to_string()).await?;
        if let Some(decision) = decided.first() {
            let mut events = decision.events.iter();
            let erased = events.find_map(|event| match serde_json::from_str(&event.data) {
                Ok(EventData::PersonErased(erased)) => Some(erased),
                Ok(_) | Err(_) => None,
            });
            let Some(erased) = erased else {
                let why = Reason::words_of(&decision.reason, words.language);
                writeln!(out, "{why}")?;
                return Ok(Ended::NotAll);
            };
            writeln!(out, "{}:", words.pick("Стёрто", "Erased"))?;
            for (name, count) in numbers(words, &erased) {
                writeln!(out, "  {name}: {count}")?;
            }
            return Ok(Ended::Done);
        }
        let now = Clock::System.now();
        if now > until || !leases::is_held(&here.db, DECIDER, now).await? {
            writeln!(out, "{}", waits(words, work))?;
            return Ok(Ended::Done);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}
