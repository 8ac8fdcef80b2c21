//! `okno people erase`: what there is of somebody is told, or goes.

use std::io::Write;

use clap::Args;

use super::{
    super::{
        ConfigFile, Ended,
        follow::{decided, waits},
        handed_out::account,
        visit::Visit,
        words::{Words, line, person as named},
    },
    erased::{GOES, STAYS, WHEN},
};
use crate::{
    clock::Clock,
    desk::reason::Reason,
    model::{address::Address, erasure::Erased, event::EventData, ids::WorkId, person::Person},
    store::{
        erase::{self, Erasure, Inventory, Stage},
        people,
    },
};

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
        if under_way(here, &args.address, out).await? {
            return Ok(Ended::NotAll);
        }
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
    followed(here, work, out).await
}

/// Says which erasures are begun and not done, if any are: somebody's addresses go first, so that one of them may be theirs.
async fn under_way(here: &Visit, address: &str, out: &mut dyn Write) -> anyhow::Result<bool> {
    let words = &here.words;
    let mut pending = erase::all_pending(&here.db).await?;
    pending.retain(|(_, erasure)| erasure.stage != Stage::Person);
    for (work, erasure) in &pending {
        writeln!(
            out,
            "{}: {} {} ({} {work}). {}",
            line(address),
            words.pick(
                "под этим адресом okno никого не знает, но удаление данных начато и не закончено: человек",
                "okno knows nobody at this address, but an erasure is begun and not done: person"
            ),
            erasure.person,
            words.pick("работа", "work"),
            words.pick(
                "Адреса стираются первыми, а слова и письма могут ещё лежать в базе. Работающий okno доделает это сам; если работа стоит в okno quarantine list, устраните причину и выпустите её: okno quarantine release",
                "Addresses go first, and words and mails may still lie in the database. A running okno does the rest; if the work stands in okno quarantine list, mend the cause and let it go on: okno quarantine release"
            )
        )?;
    }
    Ok(!pending.is_empty())
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
    for (ru, en) in GOES {
        writeln!(out, "  - {}.", words.pick(ru, en))?;
    }
    writeln!(out, "\n{}:", words.pick("Останется", "Would stay"))?;
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
        "\n{}.\n{}: okno people erase {} --yes --reason \"…\"",
        words.pick(WHEN.0, WHEN.1),
        words.pick(
            "Вернуть стёртое нельзя. Стереть",
            "It cannot be undone. To erase"
        ),
        line(&args.address)
    )?;
    Ok(())
}

/// Waits for a running okno, and says what came of it.
async fn followed(here: &Visit, work: WorkId, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let words = &here.words;
    let decision = match decided(here, work, out).await? {
        Ok(decision) => decision,
        Err(ended) => return Ok(ended),
    };
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
    Ok(Ended::Done)
}
