//! The templates of the page and its words. All of them are filled once with samples when they are taken, so that a slip of
//! the pen ends the start and not the first visit.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;
use tera::{Context, Tera};

use super::{
    access::Sees,
    months::months_page,
    queue,
    status::Status,
    view::{self, Frame},
};
use crate::model::{ids::QueueName, language::Language};

/// The built-in files: their names in the folder of templates, below `web/`.
const BUILT_IN: &[(&str, &str)] = &[
    (
        "layout.html",
        include_str!("../../templates/web/layout.html"),
    ),
    (
        "overview.html",
        include_str!("../../templates/web/overview.html"),
    ),
    ("queue.html", include_str!("../../templates/web/queue.html")),
    (
        "months.html",
        include_str!("../../templates/web/months.html"),
    ),
    (
        "message.html",
        include_str!("../../templates/web/message.html"),
    ),
    ("style.css", include_str!("../../templates/web/style.css")),
    (
        "words.ru.toml",
        include_str!("../../templates/web/words.ru.toml"),
    ),
    (
        "words.en.toml",
        include_str!("../../templates/web/words.en.toml"),
    ),
];

/// The keys of all that a page says which says one thing.
const MESSAGES: [&str; 8] = [
    "denied",
    "closed",
    "too_many",
    "twofold",
    "passed_on",
    "misnamed",
    "not_found",
    "not_yet",
];

/// The words of one language, by their keys.
type Words = BTreeMap<String, String>;

/// A file of the page that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("web/{file}: {words}")]
pub struct PageError {
    /// The file, below the folder `web`.
    pub file: String,
    /// What is wrong.
    pub words: String,
}

/// Everything that is needed to write a page.
#[derive(Clone)]
pub struct Pages {
    tera: Arc<Tera>,
    words: Arc<BTreeMap<Language, Words>>,
    style: Arc<str>,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// How somebody looks at a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    /// In which language.
    pub language: Language,
    /// Whether the page loads itself again.
    pub refreshes: bool,
}

impl Look {
    /// All there are.
    pub const ALL: [Self; 4] = [
        Self::new(Language::Ru, true),
        Self::new(Language::Ru, false),
        Self::new(Language::En, true),
        Self::new(Language::En, false),
    ];

    const fn new(language: Language, refreshes: bool) -> Self {
        Self {
            language,
            refreshes,
        }
    }
}

impl Pages {
    /// Takes the built-in files and those that stand in for them, named as below the folder `web`, and fills each with
    /// samples ([`Status::samples`]).
    ///
    /// # Errors
    /// The first file that cannot be read or filled.
    pub fn new(overrides: &[(String, String)]) -> Result<Self, PageError> {
        let mut sources: BTreeMap<&str, &str> = BUILT_IN.iter().copied().collect();
        for (file, source) in overrides {
            match sources.get_mut(file.as_str()) {
                Some(known) => *known = source,
                None => {
                    let known: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
                    let words = format!("nothing is called so; there are {}", known.join(", "));
                    return Err(wrong(file, words));
                }
            }
        }
        let mut words = BTreeMap::new();
        for language in Language::ALL {
            let file = format!("words.{}.toml", language.code());
            let source = sources.get(file.as_str()).copied().unwrap_or_default();
            words.insert(language, words_in(&file, source)?);
        }
        let mut tera = Tera::new();
        let pages = sources.iter().filter(|(file, _)| file.ends_with(".html"));
        let pages: Vec<(&str, &str)> = pages.map(|(file, source)| (*file, *source)).collect();
        tera.add_raw_templates(pages)
            .map_err(|error| wrong("*.html", error.to_string()))?;
        let style = sources.get("style.css").copied().unwrap_or_default();
        let pages = Self {
            tera: Arc::new(tera),
            words: Arc::new(words),
            style: style.into(),
        };
        for sample in Status::samples() {
            pages.try_all(&sample)?;
        }
        Ok(pages)
    }

    fn try_all(&self, sample: &Status) -> Result<(), PageError> {
        for look in Look::ALL {
            let some = sample.queues.keys().take(1).cloned().collect();
            for sees in [Sees::All, Sees::Queues(some)] {
                self.overview(sample, look, &sees)?;
            }
            for name in sample.queues.keys() {
                for lists in [true, false] {
                    self.queue(sample, name, (look, lists))?;
                }
                self.months(sample, name, look)?;
            }
            for word in MESSAGES {
                self.message(word, look)?;
            }
        }
        Ok(())
    }

    /// The style sheet.
    #[must_use]
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The first page, with what may be seen.
    ///
    /// # Errors
    /// Why the template cannot be filled.
    pub fn overview(&self, status: &Status, look: Look, sees: &Sees) -> Result<String, PageError> {
        let page = view::overview(status, look.language, sees);
        let frame = view::frame(status, &status.zone, "/", look.language);
        self.fill("overview.html", look, &frame, &[("page", &page)])
    }

    /// The page of a queue, with its single tickets or only with their count; `None` where there is none of that name.
    ///
    /// # Errors
    /// Why the template cannot be filled.
    pub fn queue(
        &self,
        status: &Status,
        name: &QueueName,
        (look, lists): (Look, bool),
    ) -> Result<Option<String>, PageError> {
        let Some(queue) = status.queues.get(name) else {
            return Ok(None);
        };
        let page = queue::queue_page(status, (name, queue, lists), look.language);
        let path = format!("/queue/{}", page.queue.path);
        let frame = view::frame(status, &queue.zone, &path, look.language);
        self.fill("queue.html", look, &frame, &[("page", &page)])
            .map(Some)
    }

    /// The charts of a queue's last months; `None` where there is no queue of that name.
    ///
    /// # Errors
    /// Why the template cannot be filled.
    pub fn months(
        &self,
        status: &Status,
        name: &QueueName,
        look: Look,
    ) -> Result<Option<String>, PageError> {
        let Some(queue) = status.queues.get(name) else {
            return Ok(None);
        };
        let page = months_page(status, (name, queue), look.language);
        let path = format!("/queue/{}/months", page.path);
        let frame = view::frame(status, &queue.zone, &path, look.language);
        self.fill("months.html", look, &frame, &[("page", &page)])
            .map(Some)
    }

    /// A page that says one thing: the words of that key.
    ///
    /// # Errors
    /// Why the template cannot be filled.
    pub fn message(&self, key: &str, look: Look) -> Result<String, PageError> {
        let frame = Frame::of_message(look.language);
        let words = self.words.get(&look.language);
        let words = words.and_then(|words| words.get(key)).cloned();
        let words = words.unwrap_or_default();
        self.fill("message.html", look, &frame, &[("words", &words)])
    }

    fn fill<T: Serialize>(
        &self,
        file: &str,
        look: Look,
        frame: &Frame,
        values: &[(&'static str, &T)],
    ) -> Result<String, PageError> {
        let mut context = Context::new();
        context.insert("frame", frame);
        context.insert("refreshes", &look.refreshes);
        context.insert("w", &self.words.get(&look.language));
        for (name, value) in values {
            context.insert(*name, value);
        }
        self.tera
            .render(file, &context)
            .map_err(|error| wrong(file, error.to_string()))
    }
}

fn wrong(file: &str, words: String) -> PageError {
    PageError {
        file: file.to_owned(),
        words,
    }
}

/// The words of a file; all keys of the built-in one must be there.
fn words_in(file: &str, source: &str) -> Result<Words, PageError> {
    let words: Words = toml::from_str(source)
        .map_err(|error| wrong(file, error.to_string().trim().replace('\n', " ")))?;
    let built_in = BUILT_IN.iter().find(|(name, _)| *name == file);
    let built_in: Words = built_in
        .and_then(|(_, source)| toml::from_str(source).ok())
        .unwrap_or_default();
    match built_in.keys().find(|key| !words.contains_key(*key)) {
        Some(key) => Err(wrong(file, format!("the word `{key}` is missing"))),
        None => Ok(words),
    }
}
