//! The texts of canned answers and of the knowledge base: looked at again and again, read when a file has changed. A file
//! with a mistake in it stays in force as it was before, and the administrator is told.

mod articles;
mod folder;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

pub use folder::{Folder, Stamps};

use super::{House, HouseError, files, watch};
use crate::{
    config::Config,
    desk::kb::Kb,
    kb::{Fault, Finding, read},
    mail::render::Letters,
    model::{
        alarm,
        ids::QueueName,
        kb::{KbKind, KbText},
    },
    store::{
        alarms,
        texts::{self, StoredText},
    },
};

/// How often they are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(20);

/// While something is wrong it is told the decider again so often, who knows when the administrator is told again.
const AGAIN_EVERY: SignedDuration = SignedDuration::from_mins(30);

/// Of so many faulty files the administrator is told one by one.
const FILES_TOLD_MAX: usize = 10;

/// The texts in force; a clone is the same shelf.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Arc<RwLock<Arc<Kb>>>);

impl Shelf {
    /// The texts in force now.
    #[must_use]
    pub fn kb(&self) -> Arc<Kb> {
        let kb = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&kb)
    }

    fn put(&self, kb: Kb) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(kb);
    }
}

/// What is known of the folders between two looks.
#[derive(Debug, Default)]
pub struct WatchedTexts {
    seen: Option<Vec<Stamps>>,
    read: Option<Vec<Stamps>>,
    read_at: Option<Timestamp>,
    is_wrong: bool,
}

/// The folders that are configured.
#[must_use]
pub fn folders(config: &Config) -> Vec<(KbKind, &PathBuf)> {
    let all = [
        (KbKind::Answer, &config.answers),
        (KbKind::Article, &config.knowledge),
    ];
    let configured = all
        .into_iter()
        .filter_map(|(kind, path)| Some((kind, path.as_ref()?)));
    configured.collect()
}

/// A file's text, where it is sound and its variables can be filled.
fn sound(
    bytes: &[u8],
    (kind, file): (KbKind, &str),
    (queues, letters): (&[QueueName], &Letters),
) -> Result<KbText, Vec<Finding>> {
    let text = read(bytes, (kind, file), queues)?;
    if kind == KbKind::Article {
        return Ok(text);
    }
    match letters.check_canned(&text.text) {
        Ok(()) => Ok(text),
        Err(error) => {
            let line = error.line.unwrap_or(1).saturating_sub(1);
            Err(vec![Finding {
                file: file.to_owned(),
                line: text.first_line.saturating_add(line),
                fault: Fault::Template(error.words),
            }])
        }
    }
}

/// What is in a folder: the sound texts, with their files as they are, and everything that is wrong. `former` says what a
/// file was like when it was sound.
#[must_use]
pub fn read_folder(
    (kind, path): (KbKind, &Path),
    known: (&[QueueName], &Letters),
    former: &[StoredText],
) -> (Vec<(KbText, String)>, Vec<Finding>) {
    let mut wrong = Vec::new();
    let mut texts: Vec<(KbText, String)> = Vec::new();
    let of_before = |file: &str| {
        let mut stored = former.iter().filter(|one| one.kind == kind.code());
        let stored = stored.find(|one| one.file == file)?;
        let text = sound(stored.content.as_bytes(), (kind, file), known).ok()?;
        Some((text, stored.content.clone()))
    };
    let folder = Folder::read(path);
    wrong.extend(folder.problem.clone());
    if folder.problem.is_some() {
        let all = former.iter().filter(|one| one.kind == kind.code());
        texts.extend(all.filter_map(|one| of_before(&one.file)));
        return (texts, wrong);
    }
    for (file, bytes) in folder.files {
        let read = bytes.and_then(|bytes| {
            let text = sound(&bytes, (kind, &file), known)?;
            Ok((text, String::from_utf8_lossy(&bytes).into_owned()))
        });
        match read {
            Ok(sound) => texts.push(sound),
            Err(findings) => {
                wrong.extend(findings);
                texts.extend(of_before(&file));
            }
        }
    }
    wrong.extend(drop_doubles(&mut texts));
    (texts, wrong)
}

/// Of two texts that cannot be told apart the later file is left out.
fn drop_doubles(texts: &mut Vec<(KbText, String)>) -> Vec<Finding> {
    let mut wrong = Vec::new();
    let mut kept: Vec<(KbText, String)> = Vec::new();
    for (text, content) in texts.drain(..) {
        let is_same = |other: &&(KbText, String)| {
            let (one, other) = (&text, &other.0);
            let shares = one.queues.is_empty() && other.queues.is_empty()
                || one.queues.iter().any(|queue| other.queues.contains(queue));
            one.name.to_lowercase() == other.name.to_lowercase()
                && one.language == other.language
                && shares
        };
        match kept.iter().find(is_same) {
            Some((other, _)) => wrong.push(Finding {
                file: text.file,
                line: 0,
                fault: Fault::SameName {
                    name: text.name,
                    other: other.file.clone(),
                },
            }),
            None => kept.push((text, content)),
        }
    }
    *texts = kept;
    wrong
}

impl House {
    /// Reads all texts and puts them in force; whether anything is wrong.
    ///
    /// # Errors
    /// What the database says.
    pub async fn load_texts(&self) -> Result<bool, HouseError> {
        let folders = folders(&self.config);
        if folders.is_empty() {
            return Ok(false);
        }
        let former = texts::all(&self.db).await?;
        let queues: Vec<QueueName> = self.config.policy.queues.keys().cloned().collect();
        let (mut all, mut is_wrong) = (Vec::new(), false);
        for (kind, path) in folders {
            let (kind, path, house) = (kind, path.clone(), self.clone());
            let (queues, before) = (queues.clone(), former.clone());
            let reading = move || read_folder((kind, &path), (&queues, &house.letters), &before);
            let (texts, wrong) = files::apart(reading).await?;
            self.remember(kind, &texts, &former).await?;
            is_wrong |= self.report_texts(kind, &wrong).await?;
            all.extend(texts.into_iter().map(|(text, _)| text));
        }
        tracing::info!(texts = all.len(), "texts are in force");
        let kb = tokio::task::spawn_blocking(|| Kb::new(all)).await;
        self.shelf
            .put(kb.map_err(|error| HouseError::Stored(error.to_string()))?);
        Ok(is_wrong)
    }

    /// Every faulty file is an alarm of its own; those that are sound or gone are none any more. Whether there are any.
    async fn report_texts(&self, kind: KbKind, wrong: &[Finding]) -> Result<bool, HouseError> {
        let language = self.config.policy.language;
        let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for finding in wrong {
            let is_told = lines.len() < FILES_TOLD_MAX && !finding.file.is_empty();
            let object = match is_told {
                true => format!("{}/{}", kind.code(), finding.file),
                false => kind.code().to_owned(),
            };
            lines
                .entry(object)
                .or_default()
                .push(finding.words(language));
        }
        let is_ours = |object: &str| object.split('/').next() == Some(kind.code());
        for (name, object) in alarms::standing(&self.db).await? {
            if name == alarm::TEXTS && is_ours(&object) && !lines.contains_key(&object) {
                watch::report(self, alarm::TEXTS, &object, None).await;
            }
        }
        for (object, lines) in &lines {
            let seen = (lines.join("\n"), self.clock.now());
            watch::report(self, alarm::TEXTS, object, Some(seen)).await;
        }
        Ok(!lines.is_empty())
    }

    /// Remembers what is sound, for the time when it is not.
    async fn remember(
        &self,
        kind: KbKind,
        texts: &[(KbText, String)],
        former: &[StoredText],
    ) -> Result<(), HouseError> {
        let former: Vec<&StoredText> = former
            .iter()
            .filter(|one| one.kind == kind.code())
            .collect();
        let is_new = |(text, content): &&(KbText, String)| {
            !former
                .iter()
                .any(|one| one.file == text.file && one.content == *content)
        };
        let changed: Vec<StoredText> = texts
            .iter()
            .filter(is_new)
            .map(|(text, content)| StoredText {
                kind: kind.code().to_owned(),
                file: text.file.clone(),
                content: content.clone(),
            })
            .collect();
        let is_gone = |one: &&&StoredText| !texts.iter().any(|(text, _)| text.file == one.file);
        let gone = former.iter().filter(is_gone);
        let gone: Vec<(String, String)> = gone
            .map(|one| (one.kind.clone(), one.file.clone()))
            .collect();
        if !changed.is_empty() || !gone.is_empty() {
            texts::save(&self.db, changed, gone).await?;
        }
        Ok(())
    }

    /// Looks once at the folders. Files that change are read when they look the same twice: whoever writes them may not be
    /// done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn look_at_texts(&self, watched: &mut WatchedTexts) -> Result<(), HouseError> {
        let folders = folders(&self.config);
        if folders.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        self.write_articles().await?;
        let paths: Vec<PathBuf> = folders.iter().map(|(_, path)| (*path).clone()).collect();
        let stamp = move || paths.iter().map(|path| folder::stamps(path)).collect();
        let stamps: Vec<Stamps> = files::apart(stamp).await?;
        let is_settled = watched.seen.as_ref().is_none_or(|seen| *seen == stamps);
        let is_read = watched.read.as_ref() == Some(&stamps);
        let is_long_ago = watched
            .read_at
            .is_none_or(|at| now.duration_since(at) >= AGAIN_EVERY);
        watched.seen = Some(stamps.clone());
        if !is_settled || is_read && !(watched.is_wrong && is_long_ago) {
            return Ok(());
        }
        watched.is_wrong = self.load_texts().await?;
        (watched.read, watched.read_at) = (Some(stamps), Some(now));
        Ok(())
    }
}

/// Looks until told to stop.
pub(super) async fn look(house: House, stop: CancellationToken) {
    if folders(&house.config).is_empty() {
        return;
    }
    let mut watched = WatchedTexts::default();
    loop {
        if let Err(error) = house.look_at_texts(&mut watched).await {
            tracing::error!(%error, "the texts could not be looked at");
        }
        let rest = tokio::time::sleep(LOOK_EVERY);
        if stop.run_until_cancelled(rest).await.is_none() {
            return;
        }
    }
}
