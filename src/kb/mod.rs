//! # kb: text files to canned answers and articles
//!
//! A file begins with a few lines between two lines `---`, each a key, a colon and its value, in English or Russian; what
//! follows is the text. [`read`] says of everything that is wrong on which line it stands. Whether the variables of an
//! answer can be filled is for the renderer to say.

mod finding;

pub use finding::{Fault, Finding};

use crate::model::{
    ids::QueueName,
    kb::{KbKind, KbText},
    language::Language,
    text::Text,
};

/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: u64 = 256 << 10;

/// How long a name or a heading may be, in letters.
const LETTERS_MAX: usize = 120;

/// How many words a file may name.
const WORDS_MAX: usize = 100;

/// The line that opens and closes what stands before the text.
const RULE: &str = "---";

/// What may stand before the text, and how it is written.
const KEYS: &[(Key, &[&str])] = &[
    (Key::Name, &["name", "имя"]),
    (Key::Title, &["title", "заголовок", "название"]),
    (Key::Queue, &["queue", "queues", "очередь", "очереди"]),
    (Key::Language, &["language", "язык"]),
    (Key::Words, &["words", "слова"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Name,
    Title,
    Queue,
    Language,
    Words,
}

/// Reads a file. `file` is its path below the folder; `queues` are those there are.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(
    bytes: &[u8],
    (kind, file): (KbKind, &str),
    queues: &[QueueName],
) -> Result<KbText, Vec<Finding>> {
    let at = |line: usize, fault: Fault| Finding {
        file: file.to_owned(),
        line,
        fault,
    };
    let Ok(source) = std::str::from_utf8(bytes) else {
        return Err(vec![at(0, Fault::NotUtf8)]);
    };
    let source = Text::new(source.strip_prefix('\u{feff}').unwrap_or(source));
    let lines: Vec<&str> = source.as_str().lines().collect();
    let is_rule = |line: &&str| line.trim_end() == RULE;
    let closes = lines.iter().skip(1).position(is_rule);
    let (true, Some(closes)) = (lines.first().is_some_and(is_rule), closes) else {
        return Err(vec![at(1, Fault::NoFront)]);
    };
    let mut read = Reading::new(kind, file);
    let mut wrong: Vec<Finding> = Vec::new();
    for (line, written) in (2..).zip(lines.iter().skip(1).take(closes)) {
        if let Err(fault) = read.take(written, queues) {
            wrong.push(at(line, fault));
        }
    }
    let behind = closes.saturating_add(2);
    let blank = lines.iter().skip(behind);
    let blank = blank.take_while(|line| line.trim().is_empty()).count();
    let start = behind.saturating_add(blank);
    let text: Vec<&str> = lines.iter().skip(start).copied().collect();
    read.text.text = text.join("\n").trim_end().to_owned();
    read.text.first_line = start.saturating_add(1);
    if read.text.text.is_empty() {
        wrong.push(at(0, Fault::NoText));
    }
    if kind == KbKind::Article && read.text.title.is_empty() {
        wrong.push(at(1, Fault::NoTitle));
    }
    match wrong.is_empty() {
        true => Ok(read.text),
        false => Err(wrong),
    }
}

/// A file as far as it is read.
struct Reading {
    text: KbText,
    seen: Vec<Key>,
}

impl Reading {
    fn new(kind: KbKind, file: &str) -> Self {
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        Self {
            text: KbText {
                kind,
                file: file.to_owned(),
                name: stem.to_owned(),
                title: String::new(),
                queues: Vec::new(),
                language: None,
                words: Vec::new(),
                text: String::new(),
                first_line: 1,
            },
            seen: Vec::new(),
        }
    }

    /// One line before the text.
    fn take(&mut self, line: &str, queues: &[QueueName]) -> Result<(), Fault> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let (key, value) = line.split_once(':').ok_or(Fault::NoColon)?;
        let (key, value) = (key.trim().to_lowercase(), plain(value));
        let known = KEYS.iter().find(|(_, words)| words.contains(&key.as_str()));
        let (known, _) = known.ok_or_else(|| Fault::UnknownKey(key.clone()))?;
        if self.seen.contains(known) {
            return Err(Fault::Twice(key));
        }
        self.seen.push(*known);
        let short = |value: &str| match value.chars().count() {
            1..=LETTERS_MAX => Ok(value.to_owned()),
            _ => Err(Fault::Length(LETTERS_MAX)),
        };
        let text = &mut self.text;
        match known {
            Key::Name => text.name = short(value)?,
            Key::Title => text.title = short(value)?,
            Key::Language => {
                let language = Language::ALL.into_iter().find(|one| one.code() == value);
                text.language = Some(language.ok_or_else(|| Fault::NoLanguage(value.to_owned()))?);
            }
            Key::Queue => {
                for name in list(value) {
                    let queue = queues.iter().find(|queue| queue.as_str() == name);
                    let queue = queue.ok_or_else(|| Fault::NoQueue(name.to_owned()))?;
                    text.queues.push(queue.clone());
                }
                if text.queues.is_empty() {
                    return Err(Fault::NoQueue(String::new()));
                }
            }
            Key::Words => {
                text.words = list(value).map(str::to_owned).collect();
                if text.words.len() > WORDS_MAX {
                    return Err(Fault::Length(WORDS_MAX));
                }
            }
        }
        Ok(())
    }
}

/// A value without quotes around it.
fn plain(value: &str) -> &str {
    value.trim().trim_matches(['"', '\'']).trim()
}

/// `a, b` or `[a, b]`.
fn list(value: &str) -> impl Iterator<Item = &str> {
    let value = value.trim_start_matches('[').trim_end_matches(']');
    value
        .split([',', ';'])
        .map(plain)
        .filter(|one| !one.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queues() -> Vec<QueueName> {
        vec!["it".into(), "buh".into()]
    }

    #[track_caller]
    fn refused(kind: KbKind, source: &str, lines: &[&str]) {
        let wrong = read(source.as_bytes(), (kind, "a.md"), &queues()).expect_err(source);
        let wrong: Vec<String> = wrong.iter().map(|one| one.words(Language::En)).collect();
        assert_eq!(wrong, lines, "{source}");
    }

    #[test]
    fn a_file_is_read() {
        let source = "\u{feff}---\r\nимя: Сброс пароля\r\ntitle: \"Как сбросить пароль\"\r\nqueue: [it, buh]\r\n\
                      language: ru\r\n# заметка\r\n\r\nслова: пароль, забыл\r\n---\r\n\r\nЗайдите.\r\nИ всё.\r\n\r\n";
        let read = read(
            source.as_bytes(),
            (KbKind::Article, "x/reset.md"),
            &queues(),
        );
        let text = read.expect("sound");
        assert_eq!(
            (text.name.as_str(), text.title.as_str()),
            ("Сброс пароля", "Как сбросить пароль")
        );
        assert_eq!(text.queues, queues());
        assert_eq!(text.words, ["пароль", "забыл"]);
        assert_eq!(text.language, Some(Language::Ru));
        assert_eq!(
            (text.text.as_str(), text.first_line),
            ("Зайдите.\nИ всё.", 11)
        );
    }

    #[test]
    fn an_answer_is_called_by_its_file_unless_it_says_otherwise() {
        let read = read(b"---\n---\nHello.", (KbKind::Answer, "x/greeting.txt"), &[]);
        assert_eq!(read.map(|text| text.name), Ok("greeting".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        refused(
            KbKind::Article,
            "Hello.",
            &[
                "a.md:1: the file must begin with a line \"---\", a few lines such as \"title: ...\", and another line \"---\"",
            ],
        );
        refused(
            KbKind::Article,
            "---\ntitel: x\nqueue: hr\nlanguage: fr\nno colon here\n---\n\n",
            &[
                "a.md:2: unknown key \"titel\"; known are name, title, queue, language, words",
                "a.md:3: there is no queue \"hr\"",
                "a.md:4: the language is \"ru\" or \"en\", not \"fr\"",
                "a.md:5: a key, a colon and a value are expected",
                "a.md: there is no text below the second line \"---\"",
                "a.md:1: the title is missing; write \"title: ...\" between the lines \"---\"",
            ],
        );
        refused(
            KbKind::Answer,
            "---\nname: x\nname: y\n---\nz",
            &["a.md:3: \"name\" stands there twice"],
        );
        let wrong = read(&[0xff, 0xfe], (KbKind::Answer, "a.md"), &[]).expect_err("not UTF-8");
        assert_eq!(wrong[0].fault, Fault::NotUtf8);
    }
}
