//! The administrator's own templates: read at the start, and by `okno check` before it.

use std::{fs, path::Path};

use anyhow::Context as _;

use crate::model::language::Language;

/// Those of letters: every file `<language>/<name>` below the folder, named so, with its text.
///
/// # Errors
/// The first that cannot be read.
pub fn of_letters(folder: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for language in Language::ALL {
        let code = language.code();
        let files = files_below(folder, code)?.into_iter();
        found.extend(files.map(|(name, source)| (format!("{code}/{name}"), source)));
    }
    Ok(found)
}

/// Those of the page: every file `web/<name>` below the folder, named `<name>`.
///
/// # Errors
/// The first that cannot be read.
pub fn of_page(folder: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    files_below(folder, "web")
}

fn files_below(folder: Option<&Path>, name: &str) -> anyhow::Result<Vec<(String, String)>> {
    let below = folder.map(|folder| folder.join(name));
    match below.filter(|below| below.is_dir()) {
        Some(below) => files_of(&below),
        None => Ok(Vec::new()),
    }
}

/// The files of a folder, by their names.
fn files_of(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let entries = fs::read_dir(folder);
    let entries =
        entries.with_context(|| format!("Cannot read the folder {}", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let entry =
            entry.with_context(|| format!("Cannot read the folder {}", folder.display()))?;
        let path = entry.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let source = fs::read_to_string(&path)
            .with_context(|| format!("Cannot read the template {}", path.display()))?;
        found.push((name.to_owned(), source));
    }
    Ok(found)
}
