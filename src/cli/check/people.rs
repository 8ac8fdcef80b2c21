//! The people directory in plain words: how it was read and who is in it, or everything that is wrong with it.

use std::{collections::BTreeMap, path::Path};

use crate::{
    cli::words::Words,
    config::Config,
    directory::{Column, Directory},
    house::people::Found,
    model::{
        language::Language,
        person::{Entry, Kind},
    },
};

/// How many curators that are no agents are named.
const STRANGERS_MAX: usize = 10;

/// What is said of the directory, and whether it is sound.
pub(super) fn describe(config: &Config, path: &Path, found: &Found) -> (Vec<String>, bool) {
    let words = Words::of(config);
    let title = words.pick("Справочник людей", "People directory");
    let path = path.display();
    match &found.directory {
        Ok(directory) => {
            let mut lines = vec![format!("{title}: {path}")];
            lines.extend(sound(config, directory, &found.file, &words));
            (lines, true)
        }
        Err(unread) => {
            let refused = words.pick(
                "не принят, остаётся прежний",
                "refused, what was known before stays",
            );
            let mut lines = vec![format!("{title}: {path}: {refused}")];
            let wrong = unread.lines(&found.file, words.language);
            lines.extend(wrong.iter().map(|line| format!("  {line}")));
            (lines, false)
        }
    }
}

fn sound(config: &Config, directory: &Directory, file: &str, words: &Words) -> Vec<String> {
    let addresses: usize = directory
        .people
        .iter()
        .map(|entry| entry.addresses.len())
        .fold(0, usize::saturating_add);
    let separator = match directory.separator {
        '\t' => words.pick("табуляция", "a tab").to_owned(),
        other => quoted(&other.to_string(), words),
    };
    let mut lines = vec![
        format!(
            "  {}: {}; {}: {}; {}: {addresses}",
            words.pick("Людей", "People"),
            directory.count(Kind::Person),
            words.pick("общих ящиков", "shared mailboxes"),
            directory.count(Kind::Shared),
            words.pick("адресов", "addresses"),
        ),
        format!(
            "  {}, {} {separator}",
            directory.encoding,
            words.pick("разделитель", "separated by")
        ),
        format!(
            "  {}: {}",
            words.pick("Столбцы", "Columns"),
            columns(directory, words)
        ),
    ];
    let mut notes: Vec<String> = directory
        .notes
        .iter()
        .map(|note| note.words(words.language))
        .collect();
    notes.extend(strange_curators(config, &directory.people, file, words));
    if !notes.is_empty() {
        let look = words.pick("Обратите внимание", "Please look at this");
        lines.push(format!("  {look}:"));
        lines.extend(notes.iter().map(|note| format!("    {note}")));
    }
    lines
}

/// `адреса «E-mail», «Доп. почта»; отдел «Подразделение»`.
fn columns(directory: &Directory, words: &Words) -> String {
    let mut named: BTreeMap<Column, Vec<String>> = BTreeMap::new();
    for (column, name) in &directory.columns {
        let names = named.entry(*column).or_default();
        names.push(quoted(name, words));
    }
    let said: Vec<String> = named
        .iter()
        .map(|(column, names)| {
            let what = match words.language {
                Language::Ru => column.in_russian(),
                Language::En => column.in_english(),
            };
            format!("{what} {}", names.join(", "))
        })
        .collect();
    said.join("; ")
}

fn quoted(name: &str, words: &Words) -> String {
    match words.language {
        Language::Ru => format!("«{name}»"),
        Language::En => format!("\"{name}\""),
    }
}

/// Curators who are no agents: kept as written, for a day when they are.
fn strange_curators(config: &Config, people: &[Entry], file: &str, words: &Words) -> Vec<String> {
    let strange = |entry: &&Entry| {
        let curator = entry.curator.as_str();
        !curator.is_empty() && config.policy.agent_named(curator).is_none()
    };
    let found: Vec<&Entry> = people.iter().filter(strange).collect();
    let mut lines: Vec<String> = found
        .iter()
        .take(STRANGERS_MAX)
        .map(|entry| {
            let (line, curator) = (entry.line, &entry.curator);
            match words.language {
                Language::Ru => format!(
                    "{file}:{line}: куратор «{curator}»: такого сотрудника в настройках нет"
                ),
                Language::En => format!(
                    "{file}:{line}: the curator \"{curator}\" is no agent of the configuration"
                ),
            }
        })
        .collect();
    let more = found.len().saturating_sub(STRANGERS_MAX);
    if more > 0 {
        lines.push(match words.language {
            Language::Ru => format!("{file}: и ещё таких кураторов: {more}"),
            Language::En => format!("{file}: and {more} more such curators"),
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::check::tests::config, directory, house::people::Unread};

    fn described(language: &str, file: &str) -> String {
        let config = config(language);
        let found = Found {
            file: "people.csv".to_owned(),
            sha256: String::new(),
            directory: directory::read(file.as_bytes(), "people.csv").map_err(Unread::Findings),
        };
        let (lines, is_sound) = describe(&config, Path::new("/etc/okno/people.csv"), &found);
        assert_eq!(is_sound, found.directory.is_ok());
        lines.join("\n")
    }

    const SOUND: &str = "E-mail;Доп. почта;ФИО;Подразделение;Куратор;Тип;Телефон\n\
                         olga@uni.test;olga@home.test;Ольга Смирнова;Кадры;Анна Петрова;;12\n\
                         boris@uni.test;;Борис Ким;ИТ;Пётр;;34\n\
                         dekanat@uni.test;;Деканат;;anna@uni.test;общий ящик;\n";
    const BROKEN: &str = "E-mail\tТаб. №\nolga\t0012\nboris@uni.test\t0012\n";

    #[test]
    fn it_is_told_in_both_languages() {
        let all = [SOUND, BROKEN].map(|file| [described("ru", file), described("en", file)]);
        insta::assert_snapshot!(all.concat().join("\n\n"));
    }
}
