//! Somebody as okno knows them, and what became of the people directory.

use std::io::Write;

use super::{
    super::{
        people::numbers,
        visit::Visit,
        words::{Words, line, person},
    },
    decision::Explained,
    events, named,
};
use crate::{
    desk::reason::Reason,
    model::{
        address::Address,
        duty::Absence,
        event::EventData,
        ids::PersonId,
        person::{Kind, ListedWords, Listing, Person},
    },
    store::{
        history::{self, StoredEvent},
        people,
    },
};

/// How much of the directory's history is shown.
const SHOWN: usize = 5;

/// Writes what is known of whoever writes from this address; whether there is anybody.
pub(super) async fn write(
    here: &Visit,
    address: &Address,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let Some(known) = people::at(&here.db, address).await? else {
        return Ok(false);
    };
    let words = &here.words;
    writeln!(
        out,
        "{} {}: {}",
        words.pick("Человек", "Person"),
        known.id,
        person(&known)
    )?;
    let addresses: Vec<String> = known.addresses().map(|own| line(own.as_str())).collect();
    writeln!(
        out,
        "  {}: {}",
        words.pick("Адреса", "Addresses"),
        addresses.join(", ")
    )?;
    writeln!(
        out,
        "  {}: {}",
        words.pick("Язык", "Language"),
        known.language.code()
    )?;
    write_listing(here, &known, out)?;
    let events = history::events_of(&here.db, "person", &known.id.to_string()).await?;
    write_events(here, &events, out).await?;
    Ok(true)
}

/// Somebody by their number.
pub(super) async fn known(here: &Visit, person: PersonId) -> anyhow::Result<Option<Person>> {
    let found = people::named(&here.db, &[person]).await?;
    Ok(found.into_iter().next().map(|(_, person)| person))
}

fn write_listing(here: &Visit, known: &Person, out: &mut dyn Write) -> anyhow::Result<()> {
    let words = &here.words;
    let title = words.pick("Справочник людей", "People directory");
    let Some(listing) = &known.listing else {
        let never = words.pick("не значится", "does not name them");
        return Ok(writeln!(out, "  {title}: {never}")?);
    };
    let stands = match listing.is_current {
        true => words.pick("значится", "names them"),
        false => words.pick("больше не значится", "does not name them any more"),
    };
    writeln!(out, "  {title}: {stands}")?;
    for (name, value) in facts(here, listing) {
        writeln!(out, "    {name}: {value}")?;
    }
    Ok(())
}

fn facts(here: &Visit, listing: &Listing) -> Vec<(&'static str, String)> {
    let words = &here.words;
    let mut facts = Vec::new();
    if listing.kind == Kind::Shared {
        let yes = words.pick("да", "yes").to_owned();
        facts.push((words.pick("Общий ящик", "Shared mailbox"), yes));
    }
    for (ru, en, text) in [
        ("Отдел", "Department", &listing.department),
        (
            "Табельный номер",
            "Employee number",
            &listing.employee_number,
        ),
        ("Должность", "Position", &listing.position),
    ] {
        if !text.is_blank() {
            facts.push((words.pick(ru, en), line(text.as_str())));
        }
    }
    if !listing.curator.is_blank() {
        let agent = here.config.policy.agent_named(listing.curator.as_str());
        let agent = agent.and_then(|name| here.config.policy.agents.get(name));
        let unknown = words.pick("такого сотрудника нет", "there is no such agent");
        let said = line(listing.curator.as_str());
        let who = agent.map_or_else(|| format!("{said} ({unknown})"), |agent| agent.name.clone());
        facts.push((words.pick("Куратор", "Curator"), who));
    }
    facts
}

/// Writes what became of the directory lately.
pub(super) async fn write_directory(here: &Visit, out: &mut dyn Write) -> anyhow::Result<()> {
    let words = &here.words;
    let file = here.config.directory.as_ref().map_or_else(
        || words.pick("не задан", "not configured").to_owned(),
        |path| path.display().to_string(),
    );
    writeln!(
        out,
        "{}: {file}",
        words.pick("Справочник людей", "People directory")
    )?;
    let events = history::events_of(&here.db, "configuration", "directory").await?;
    let from = events.len().saturating_sub(SHOWN);
    let (_, last) = events.split_at(from);
    write_events(here, last, out).await
}

async fn write_events(
    here: &Visit,
    events: &[StoredEvent],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut explained = Explained::new(here, Vec::new(), &[]).await?;
    let named = events.iter().filter_map(events::parse);
    let named: Vec<_> = named.flat_map(|data| named::named(&data)).collect();
    explained.meet(here, named.into_iter()).await?;
    for event in events {
        let what = match events::parse(event) {
            Some(data) => events::in_words(&data, event.words.as_deref(), &explained),
            None => line(&event.kind),
        };
        let why = Reason::words_of(&event.reason, here.words.language);
        writeln!(out, "  - {}: {what}. {why}", here.words.time(event.at))?;
    }
    Ok(())
}

/// What happened to people and to the directory: the words in both languages, and what follows them.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the others are told elsewhere"
)]
pub(super) fn in_words(
    data: &EventData,
    private: &str,
    explained: &Explained<'_>,
) -> (&'static str, &'static str, String) {
    let words = &explained.here.words;
    match data {
        EventData::PersonListed { .. } => ("запись в справочнике", "listed", listed(private)),
        EventData::PersonErased(erased) => {
            let counted = numbers(words, erased);
            let counted: Vec<String> = counted
                .iter()
                .map(|(name, count)| format!("{name} {count}"))
                .collect();
            let more = format!("{} ({})", counted.join(", "), line(private));
            ("данные стёрты", "erased", more)
        }
        EventData::PersonUnlisted => ("выбыл из справочника", "unlisted", String::new()),
        EventData::SamePerson { person: Some(who) } => (
            "это тот же человек",
            "is the same person as",
            explained.person(*who),
        ),
        EventData::AbsenceAnnounced(absence) => {
            ("отсутствует", "is away", away(absence, explained))
        }
        EventData::AbsenceEnded => ("снова на месте", "is back", String::new()),
        EventData::Preferred(prefers) => (
            "как писать сотруднику",
            "how to write to the agent",
            serde_json::to_string(prefers).unwrap_or_default(),
        ),
        EventData::SamePerson { person: None } => {
            ("снова сам по себе", "is on their own again", String::new())
        }
        EventData::DirectoryTaken {
            people,
            shared,
            changed,
            gone,
            ..
        } => {
            let more = counts(words, [*people, *shared, *changed, *gone]);
            ("справочник принят", "directory taken", more)
        }
        EventData::DirectoryRefused { .. } => {
            // A line each, below the event.
            let lines = private
                .lines()
                .map(|said| format!("\n      {}", line(said)));
            ("справочник не принят", "directory refused", lines.collect())
        }
        other => (other.kind().0, other.kind().0, String::new()),
    }
}

/// From when until when, and who takes over.
fn away(absence: &Absence, explained: &Explained<'_>) -> String {
    let words = &explained.here.words;
    let (from, until) = (words.time(absence.from), words.time(absence.until));
    let deputy = absence.deputy.as_ref();
    let deputy = deputy.map(|agent| {
        let named = words.pick("замещает", "deputy");
        format!(", {named} {}", explained.agent(agent))
    });
    format!("{from} - {until}{}", deputy.unwrap_or_default())
}

fn counts(words: &Words, [people, shared, changed, gone]: [u64; 4]) -> String {
    let named = [
        (words.pick("людей", "people"), people),
        (words.pick("общих ящиков", "shared mailboxes"), shared),
        (words.pick("новых и изменённых", "new or changed"), changed),
        (words.pick("выбыло", "gone"), gone),
    ];
    named
        .map(|(name, count)| format!("{name} {count}"))
        .join(", ")
}

/// The words of a listing, those that are not erased.
fn listed(private: &str) -> String {
    let Ok(words) = serde_json::from_str::<ListedWords>(private) else {
        return line(private);
    };
    let addresses: Vec<&str> = words.addresses.iter().map(Address::as_str).collect();
    let all = [
        words.name.as_str(),
        &addresses.join(", "),
        words.department.as_str(),
        words.employee_number.as_str(),
        words.curator.as_str(),
        words.position.as_str(),
    ];
    let told: Vec<String> = all
        .iter()
        .map(|one| line(one))
        .filter(|one| !one.is_empty())
        .collect();
    told.join("; ")
}
