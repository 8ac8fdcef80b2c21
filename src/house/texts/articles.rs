//! Articles that the head has approved: each becomes a file in okno's own folder of the knowledge base. A file that is
//! there is never written over.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::Path,
};

use crate::{
    house::{House, HouseError, files},
    store::texts,
};

/// So many files of one name are tried.
const TRIES_MAX: usize = 50;

impl House {
    /// Writes what is approved; the next look finds it.
    pub(super) async fn write_articles(&self) -> Result<(), HouseError> {
        let Some(folder) = self.config.knowledge.clone() else {
            return Ok(());
        };
        for article in texts::approved(&self.db).await? {
            let (folder, file, content) = (folder.clone(), article.file, article.content);
            let written = files::apart(move || write(&folder, &file, &content)).await?;
            match written {
                Ok(file) => {
                    tracing::info!(file, "an approved article was written");
                    texts::written(&self.db, article.ticket).await?;
                }
                Err(error) => {
                    tracing::error!(%error, "an approved article could not be written; it is tried again");
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// Under which name it lies there now.
fn write(folder: &Path, file: &str, content: &str) -> io::Result<String> {
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, "md"));
    for n in 1..=TRIES_MAX {
        let name = match n {
            1 => file.to_owned(),
            _ => format!("{stem}-{n}.{ending}"),
        };
        let path = folder.join(&name);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above)?;
        }
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut new) => {
                new.write_all(content.as_bytes())?;
                new.sync_all()?;
                return Ok(name);
            }
            // After a crash between the file and its mark.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if fs::read_to_string(&path).is_ok_and(|there| there == content) {
                    return Ok(name);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other(format!(
        "there are {TRIES_MAX} files of the name {file}"
    )))
}
