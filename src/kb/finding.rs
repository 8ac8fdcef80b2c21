//! What is wrong with a file, in plain words: `reset.md:3: there is no queue "hr"`.

use crate::model::language::Language;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, below its folder; empty where the whole folder is meant.
    pub file: String,
    /// The line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// What.
    pub fault: Fault,
}

/// What may be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It is larger than so many bytes.
    TooLarge(u64),
    /// There are more files than so many.
    TooMany(usize),
    /// It cannot be read; the system's words.
    Unreadable(String),
    /// A byte is not UTF-8.
    NotUtf8,
    /// Nothing says what the text is.
    NoFront,
    /// A line before the text has no colon.
    NoColon,
    /// Nobody knows this key.
    UnknownKey(String),
    /// A key stands there twice.
    Twice(String),
    /// It is empty, or there is more of it than so much.
    Length(usize),
    /// There is no such language.
    NoLanguage(String),
    /// There is no such queue.
    NoQueue(String),
    /// An article has no heading.
    NoTitle,
    /// There is nothing below.
    NoText,
    /// Another file has the same name, for the same queue and in the same language.
    SameName {
        /// The name.
        name: String,
        /// The other file.
        other: String,
    },
    /// A variable or command of the text cannot be filled; the renderer's words.
    Template(String),
}

impl Finding {
    /// One line for a person: the file, the line, what is the matter.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let said = match language {
            Language::Ru => self.fault.in_russian(),
            Language::En => self.fault.in_english(),
        };
        match self.line {
            0 if self.file.is_empty() => said,
            0 => format!("{}: {said}", self.file),
            line => format!("{}:{line}: {said}", self.file),
        }
    }
}

impl Fault {
    fn in_russian(&self) -> String {
        match self {
            Self::TooLarge(max) => format!("файл больше {} КБ, столько okno не читает", max >> 10),
            Self::TooMany(max) => format!("файлов больше {max}, столько okno не читает"),
            Self::Unreadable(words) => format!("не читается: {words}"),
            Self::NotUtf8 => "файл не в UTF-8: сохраните его в этой кодировке".to_owned(),
            Self::NoFront => "файл должен начинаться строкой «---», затем несколько строк вида «заголовок: …» и ещё одна строка «---»".to_owned(),
            Self::NoColon => "ожидается ключ, двоеточие и значение".to_owned(),
            Self::UnknownKey(key) => format!("неизвестный ключ «{key}»; есть имя, заголовок, очередь, язык, слова"),
            Self::Twice(key) => format!("«{key}» стоит здесь дважды"),
            Self::Length(max) => format!("пусто или больше {max}"),
            Self::NoLanguage(word) => format!("язык — «ru» или «en», а не «{word}»"),
            Self::NoQueue(name) => format!("нет очереди «{name}»"),
            Self::NoTitle => "нет заголовка; напишите «заголовок: …» между строками «---»".to_owned(),
            Self::NoText => "под второй строкой «---» нет текста".to_owned(),
            Self::SameName { name, other } => format!("имя «{name}» уже занято файлом {other}"),
            Self::Template(words) => format!("переменную не заполнить: {words}"),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Self::TooLarge(max) => format!("the file is larger than {} KB, which okno does not read", max >> 10),
            Self::TooMany(max) => format!("there are more than {max} files, which okno does not read"),
            Self::Unreadable(words) => format!("it cannot be read: {words}"),
            Self::NotUtf8 => "the file is not UTF-8; save it so".to_owned(),
            Self::NoFront => "the file must begin with a line \"---\", a few lines such as \"title: ...\", and another line \"---\"".to_owned(),
            Self::NoColon => "a key, a colon and a value are expected".to_owned(),
            Self::UnknownKey(key) => format!("unknown key \"{key}\"; known are name, title, queue, language, words"),
            Self::Twice(key) => format!("\"{key}\" stands there twice"),
            Self::Length(max) => format!("it is empty or more than {max}"),
            Self::NoLanguage(word) => format!("the language is \"ru\" or \"en\", not \"{word}\""),
            Self::NoQueue(name) => format!("there is no queue \"{name}\""),
            Self::NoTitle => "the title is missing; write \"title: ...\" between the lines \"---\"".to_owned(),
            Self::NoText => "there is no text below the second line \"---\"".to_owned(),
            Self::SameName { name, other } => format!("the name \"{name}\" is taken by {other}"),
            Self::Template(words) => format!("a variable cannot be filled: {words}"),
        }
    }
}
