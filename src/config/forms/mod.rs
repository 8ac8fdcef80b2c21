//! Request forms: `[form.NAME]`, its fields in the order in which they stand, the files that go with it.

mod resolved;

pub(super) use resolved::{modes_agree, resolve};

use std::{collections::BTreeMap, path::Path};

use super::{
    file::Reader,
    problems::{At, Notes, Spot},
    section::{Section, flag},
};
use crate::{
    desk::forms::{FieldKind, FieldPolicy, Title, folded},
    model::{form::FormFile, ids::FieldName},
};

/// The longest title, hint or choice, in characters.
const WORDS_MAX: usize = 100;

/// How many fields a form may have, and how many choices a field.
const FIELDS_MAX: usize = 40;

/// The largest file.
const FILE_BYTES_MAX: u64 = 10_000_000;

/// `[form.NAME]` as written.
#[derive(Debug)]
pub(super) struct Form {
    spot: Spot,
    title: Option<Title>,
    about: Option<Title>,
    queue: Option<At<String>>,
    fields: Vec<FieldPolicy>,
    pauses: bool,
    files: Vec<At<FormFile>>,
}

impl Form {
    /// The titles of its fields.
    pub(super) fn titles(&self) -> impl Iterator<Item = &Title> {
        self.fields.iter().map(|field| &field.title)
    }
}

impl Reader<'_> {
    /// Reads `[form.NAME]`.
    pub(super) fn form(&mut self, mut section: Section<'_>) -> Form {
        let spot = section.spot.clone();
        section.need("title", "title = \"Справка 2-НДФЛ\", the name people see");
        let title = title(&mut section, self.notes, ("title", "title_en"), title_words);
        let about = title_of(&mut section, self.notes, ("about", "about_en"));
        let queue = section.text(self.notes, "queue");
        let asks = section.parsed(self.notes, "asks", |words| match words {
            "pause" => Ok(true),
            "run" => Ok(false),
            _ => Err("\"pause\" or \"run\" is expected".to_owned()),
        });
        let files = self.form_files(&mut section);
        let fields = self.form_fields(&mut section);
        section.finish(self.notes);
        Form {
            spot,
            title,
            about,
            queue,
            fields,
            pauses: asks.is_some_and(|at| at.value),
            files,
        }
    }

    fn form_fields(&mut self, section: &mut Section<'_>) -> Vec<FieldPolicy> {
        let spot = section.spot.below("field");
        let mut read: Vec<At<FieldPolicy>> = Vec::new();
        let mut is_any = false;
        for (name, field) in section.named(self.notes, "field") {
            is_any = true;
            let field = self.form_field(&name.value, field);
            read.extend(field.map(|value| At {
                value,
                spot: name.spot,
            }));
        }
        if !is_any {
            let words = "there is none; at least one is needed, as in field.period = { title = \"Период\" }";
            self.notes.problem(&spot, words);
        }
        // A table knows its keys by name; people see the fields as they stand in the file.
        read.sort_by_key(|at| at.spot.line);
        let mut titles: BTreeMap<String, String> = BTreeMap::new();
        for At { value, spot } in &read {
            for title in value.title.all() {
                let other = titles.insert(folded(title), value.name.to_string());
                if let Some(other) = other.filter(|other| *other != value.name.as_str()) {
                    let words = format!(
                        "field \"{other}\" has this title, too; nobody could tell them apart"
                    );
                    self.notes.problem(&spot.below("title"), words);
                }
            }
        }
        if read.len() > FIELDS_MAX {
            self.notes
                .problem(&spot, format!("at most {FIELDS_MAX} fields"));
        }
        read.into_iter().map(|at| at.value).collect()
    }

    fn form_field(&mut self, name: &str, mut section: Section<'_>) -> Option<FieldPolicy> {
        section.need("title", "title = \"Период\", what stands before the colon");
        let spot = section.spot.clone();
        let title = title(&mut section, self.notes, ("title", "title_en"), title_words);
        let hint = title_of(&mut section, self.notes, ("hint", "hint_en"));
        let required = flag(&mut section, self.notes, "required").is_some_and(|at| at.value);
        let choices = choices(&mut section, self.notes);
        let kind = section.parsed(self.notes, "kind", |words| match words {
            "text" | "choice" | "date" | "number" => Ok(words.to_owned()),
            _ => Err("\"text\", \"choice\", \"date\" or \"number\" is expected".to_owned()),
        });
        section.finish(self.notes);
        let kind = match (kind, choices) {
            (Some(At { value, spot }), Some(_)) if value != "choice" => {
                let words =
                    format!("a {value} has no choices; write kind = \"choice\", or leave it out");
                self.notes.problem(&spot, words);
                return None;
            }
            (_, Some(choices)) => FieldKind::Choice(choices),
            (Some(At { value, .. }), None) => match value.as_str() {
                "date" => FieldKind::Date,
                "number" => FieldKind::Number,
                "choice" => {
                    let words = "is missing; write choices = [\"на почту\", \"в печатном виде\"]";
                    self.notes.problem(&spot.below("choices"), words);
                    return None;
                }
                _ => FieldKind::Text,
            },
            (None, None) => FieldKind::Text,
        };
        Some(FieldPolicy {
            name: FieldName::from(name),
            title: title?,
            kind,
            required,
            hint,
        })
    }

    /// The files that go with a form, read at once: what is offered to people must be there.
    fn form_files(&mut self, section: &mut Section<'_>) -> Vec<At<FormFile>> {
        let Some(written) = section.list(self.notes, "files", |words| Ok(words.to_owned())) else {
            return Vec::new();
        };
        let mut files = Vec::new();
        for path in &written.value {
            let full = self.base.join(path);
            let spot = written.spot.clone();
            match self.form_file(&full) {
                Ok(file) => files.push(At { value: file, spot }),
                Err(words) => self.notes.problem(&spot, words),
            }
        }
        files
    }

    fn form_file(&self, path: &Path) -> Result<FormFile, String> {
        let bytes = self.secrets.bytes(path, FILE_BYTES_MAX)?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| format!("{} is no file", path.display()))?;
        Ok(FormFile {
            media_type: media_type(&name).to_owned(),
            name,
            bytes,
        })
    }
}

/// Words in both languages, each through `check`.
fn title(
    section: &mut Section<'_>,
    notes: &mut Notes,
    (key, key_en): (&'static str, &'static str),
    check: fn(&str) -> Result<String, String>,
) -> Option<Title> {
    let text = section.parsed(notes, key, check);
    let en = section.parsed(notes, key_en, check);
    Some(Title {
        text: text?.value,
        en: en.map(|at| at.value),
    })
}

fn title_of(
    section: &mut Section<'_>,
    notes: &mut Notes,
    keys: (&'static str, &'static str),
) -> Option<Title> {
    title(section, notes, keys, words)
}

fn words(words: &str) -> Result<String, String> {
    let is_short = words.chars().count() <= WORDS_MAX.saturating_mul(3);
    is_short
        .then(|| words.trim().to_owned())
        .ok_or_else(|| format!("at most {} letters", WORDS_MAX.saturating_mul(3)))
}

/// What people write before a colon: it must be known again.
fn title_words(words: &str) -> Result<String, String> {
    let is_known =
        words.chars().any(char::is_alphabetic) && !words.contains([':', '：', '=', '(', ')']);
    if !is_known {
        return Err(
            "letters are expected, without colons and brackets: okno writes the colon itself"
                .to_owned(),
        );
    }
    if words.chars().count() > WORDS_MAX {
        return Err(format!("at most {WORDS_MAX} letters"));
    }
    Ok(words.trim().to_owned())
}

fn choice_words(words: &str) -> Result<String, String> {
    let is_sound = words.chars().any(char::is_alphanumeric) && words.chars().count() <= WORDS_MAX;
    is_sound
        .then(|| words.trim().to_owned())
        .ok_or_else(|| format!("1 to {WORDS_MAX} letters are expected"))
}

fn choices(section: &mut Section<'_>, notes: &mut Notes) -> Option<Vec<Title>> {
    let written = section.list(notes, "choices", choice_words);
    let english = section.list(notes, "choices_en", choice_words);
    let At { value, spot } = written?;
    let mut seen: Vec<String> = Vec::new();
    for choice in &value {
        let choice = folded(choice);
        if seen.contains(&choice) {
            notes.problem(&spot, format!("\"{choice}\" stands here twice"));
        }
        seen.push(choice);
    }
    if !(2..=FIELDS_MAX).contains(&value.len()) {
        notes.problem(&spot, format!("2 to {FIELDS_MAX} choices are expected"));
    }
    if let Some(english) = english.as_ref().filter(|en| en.value.len() != value.len()) {
        let words = format!(
            "there are {} choices and {} of them in English; each needs its own, in the same order",
            value.len(),
            english.value.len()
        );
        notes.problem(&english.spot, words);
    }
    let mut english = english.into_iter().flat_map(|at| at.value);
    let choices = value.into_iter().map(|text| Title {
        text,
        en: english.next(),
    });
    Some(choices.collect())
}

/// The type of a file, by the ending of its name; programs show it by that.
fn media_type(name: &str) -> &'static str {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    match ending.as_deref() {
        Some("pdf") => "application/pdf",
        Some("doc") => "application/msword",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("xls") => "application/vnd.ms-excel",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("odt") => "application/vnd.oasis.opendocument.text",
        Some("ods") => "application/vnd.oasis.opendocument.spreadsheet",
        Some("rtf") => "application/rtf",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("txt") => "text/plain",
        Some(_) | None => "application/octet-stream",
    }
}
