//! A folder of text files as it lies there.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::kb::{FILE_BYTES_MAX, Fault, Finding};

/// How many files are read.
const FILES_MAX: usize = 2000;

/// How deep folders below are looked into.
const DEPTH_MAX: usize = 4;

/// What files look like from outside, by their paths below the folder.
pub type Stamps = BTreeMap<String, (u64, Option<SystemTime>)>;

/// What is in a file, or what is wrong with it.
type Bytes = Result<Vec<u8>, Vec<Finding>>;

/// The files of a folder.
#[derive(Debug)]
pub struct Folder {
    /// Each by its path below the folder: its bytes, or what is wrong with it.
    pub files: Vec<(String, Bytes)>,
    /// Why it cannot be read at all.
    pub problem: Option<Finding>,
}

impl Folder {
    /// Reads it.
    pub(super) fn read(path: &Path) -> Self {
        match files_of(path) {
            Ok(found) if found.len() > FILES_MAX => Self::of_nothing(Fault::TooMany(FILES_MAX)),
            Ok(found) => Self {
                files: found
                    .into_iter()
                    .map(|(file, path)| {
                        let bytes = bytes_of(&path).map_err(|fault| {
                            vec![Finding {
                                file: file.clone(),
                                line: 0,
                                fault,
                            }]
                        });
                        (file, bytes)
                    })
                    .collect(),
                problem: None,
            },
            Err(error) => {
                let words = format!("{}: {error}", path.display());
                Self::of_nothing(Fault::Unreadable(words))
            }
        }
    }

    fn of_nothing(fault: Fault) -> Self {
        Self {
            files: Vec::new(),
            problem: Some(Finding {
                file: String::new(),
                line: 0,
                fault,
            }),
        }
    }
}

/// What the files of a folder look like; nothing where it cannot be read.
pub(super) fn stamps(path: &Path) -> Stamps {
    let files = files_of(path).unwrap_or_default();
    let stamp = |path: &PathBuf| {
        let metadata = fs::metadata(path).ok()?;
        Some((metadata.len(), metadata.modified().ok()))
    };
    let stamped = files
        .into_iter()
        .filter_map(|(file, path)| Some((file, stamp(&path)?)));
    stamped.collect()
}

/// The text files, in order of their paths. Hidden ones and what editors leave behind are none.
fn files_of(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), folder.to_owned(), 0)];
    while let Some((below, path, depth)) = folders.pop() {
        for entry in fs::read_dir(&path)? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let file = match below.is_empty() {
                true => name.clone(),
                false => format!("{below}/{name}"),
            };
            if fs::metadata(entry.path())?.is_dir() {
                if depth < DEPTH_MAX {
                    folders.push((file, entry.path(), depth.saturating_add(1)));
                }
            } else if name.ends_with(".md") || name.ends_with(".txt") {
                found.push((file, entry.path()));
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let longest = FILE_BYTES_MAX.saturating_add(1);
    let file = File::open(path).and_then(|file| file.take(longest).read_to_end(&mut bytes));
    file.map_err(|error| Fault::Unreadable(error.to_string()))?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= FILE_BYTES_MAX => Ok(bytes),
        Ok(_) | Err(_) => Err(Fault::TooLarge(FILE_BYTES_MAX)),
    }
}
