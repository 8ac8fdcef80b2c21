//! A row of cells to an entry: addresses taken apart, words made one line, numbers kept as they are.

use super::{
    columns::{Column, Header},
    finding::{Note, RowFault, What},
};
use crate::model::{
    address::Address,
    language::Language,
    person::{Entry, Kind},
    text::Text,
};

/// The longest cell that is read, in characters.
const CELL_CHARS_MAX: usize = 2_000;

/// The most addresses of one person.
const ADDRESSES_MAX: usize = 50;

/// The entry of a row whose first line is `line`; `None` where it has no address. What is wrong or left out goes
/// into `found`.
pub(super) fn entry(
    line: u64,
    header: &Header,
    cells: &csv::StringRecord,
    found: &mut Vec<What>,
) -> Option<Entry> {
    let mut entry = Entry {
        line,
        kind: Kind::default(),
        addresses: Vec::new(),
        name: Text::default(),
        department: Text::default(),
        employee_number: Text::default(),
        curator: Text::default(),
        language: None,
        position: Text::default(),
    };
    let mut name = Vec::new();
    for (place, column) in &header.columns {
        let cell = cells.get(*place).unwrap_or_default();
        if cell.chars().nth(CELL_CHARS_MAX).is_some() {
            found.push(RowFault::LongCell(*column, CELL_CHARS_MAX).into());
            continue;
        }
        let words = Text::line(unguarded(cell));
        match column {
            Column::Addresses => addresses(cell, &mut entry.addresses, found),
            Column::Name | Column::NamePart => name.push(words),
            Column::Department => entry.department = words,
            Column::EmployeeNumber => {
                if is_rounded(words.as_str()) {
                    found.push(RowFault::RoundedNumber(words.as_str().to_owned()).into());
                }
                entry.employee_number = words;
            }
            Column::Curator => entry.curator = curator(words),
            Column::Language => entry.language = language(&words, found),
            Column::Kind => entry.kind = kind(&words, found),
            Column::IsShared => entry.kind = shared(&words, found),
            Column::Position => entry.position = words,
        }
    }
    let name: Vec<&str> = name
        .iter()
        .map(Text::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    entry.name = Text::line(&name.join(" "));
    // A row with a broken address is told as that, not as one without.
    let is_wrong = found.iter().any(|what| matches!(what, What::Row(_)));
    (is_wrong || !entry.addresses.is_empty()).then_some(entry)
}

/// What a spreadsheet was kept from guessing at: `="000123"` and `'000123` are `000123`.
fn unguarded(cell: &str) -> &str {
    let cell = cell.trim();
    let formula = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    formula.or_else(|| cell.strip_prefix('\'')).unwrap_or(cell)
}

/// The addresses of a cell, separated by `,`, `;`, a line break or spaces; `Анна <anna@uni.test>` is one, too.
fn addresses(cell: &str, known: &mut Vec<Address>, found: &mut Vec<What>) {
    for piece in unguarded(cell).split([',', ';', '\n']) {
        let bracketed = piece
            .split_once('<')
            .and_then(|(_, rest)| rest.split_once('>'))
            .map(|(address, _)| address);
        for words in bracketed.unwrap_or(piece).split_whitespace() {
            match Address::parse(plain(words)) {
                Ok(address) if known.contains(&address) => {}
                Ok(address) => known.push(address),
                Err(refused) => found.push(RowFault::NotAnAddress(refused.0).into()),
            }
            if known.len() > ADDRESSES_MAX {
                found.push(RowFault::TooManyAddresses(ADDRESSES_MAX).into());
                known.truncate(ADDRESSES_MAX);
                return;
            }
        }
    }
}

/// Without what Active Directory (`SMTP:`, the main one in capitals) and browsers (`mailto:`) write in front.
fn plain(words: &str) -> &str {
    ["smtp:", "mailto:"]
        .into_iter()
        .find_map(|scheme| {
            let (head, rest) = words.split_at_checked(scheme.len())?;
            head.eq_ignore_ascii_case(scheme).then_some(rest)
        })
        .unwrap_or(words)
}

/// An address is compared folded; a name stays as it is.
fn curator(words: Text) -> Text {
    match Address::parse(words.as_str()) {
        Ok(address) => Text::line(address.as_str()),
        Err(_) => words,
    }
}

/// `1,23E+11`: a spreadsheet has taken the number for a measurement, and its last digits are gone.
fn is_rounded(words: &str) -> bool {
    let upper = words.to_uppercase();
    // In Russian the letter may be the Cyrillic one.
    let Some((digits, power)) = upper.split_once("E+").or_else(|| upper.split_once("Е+")) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    is_number(power) && is_number(&digits.replace([',', '.'], ""))
}

/// `ru`, `RU-ru`, `Русский`.
fn language(words: &Text, found: &mut Vec<What>) -> Option<Language> {
    let lower = words.as_str().to_lowercase();
    let word = lower
        .split(|c: char| !c.is_alphabetic())
        .find(|word| !word.is_empty())?;
    match word {
        "ru" | "rus" | "russian" | "русский" | "рус" | "ру" | "russisch" => {
            Some(Language::Ru)
        }
        "en" | "eng" | "english" | "английский" | "англ" | "ан" => {
            Some(Language::En)
        }
        _ => {
            found.push(Note::UnknownLanguage(shown(words)).into());
            None
        }
    }
}

/// A word for what it is; Exchange calls them `UserMailbox` and `SharedMailbox`.
fn kind(words: &Text, found: &mut Vec<What>) -> Kind {
    match squeezed(words).as_str() {
        ""
        | "человек"
        | "сотрудник"
        | "личный"
        | "личныйящик"
        | "персональный"
        | "пользователь"
        | "физлицо"
        | "person"
        | "user"
        | "personal"
        | "employee"
        | "usermailbox" => Kind::Person,
        "общийящик"
        | "общий"
        | "общая"
        | "общаяпочта"
        | "ящик"
        | "групповой"
        | "групповойящик"
        | "функциональный"
        | "роль"
        | "shared"
        | "sharedmailbox"
        | "mailbox"
        | "role"
        | "group"
        | "functional" => Kind::Shared,
        _ => {
            found.push(RowFault::UnknownKind(shown(words)).into());
            Kind::Person
        }
    }
}

/// Yes or no; a word for what it is will do.
fn shared(words: &Text, found: &mut Vec<What>) -> Kind {
    match words.as_str().to_lowercase().as_str() {
        "да" | "д" | "yes" | "y" | "true" | "истина" | "1" | "+" | "x" | "х" | "v" => {
            Kind::Shared
        }
        "нет" | "н" | "no" | "n" | "false" | "ложь" | "0" | "-" | "–" | "—" => {
            Kind::Person
        }
        _ => kind(words, found),
    }
}

fn squeezed(words: &Text) -> String {
    words
        .as_str()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Words of a cell as they are shown in a message.
fn shown(words: &Text) -> String {
    words.as_str().chars().take(80).collect()
}
