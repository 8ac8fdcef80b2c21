//! The text files of canned answers and of the knowledge base as they last were sound: what stays in force while one is not.

use super::{Db, StoreError, V, json_list, sql};
use crate::model::ids::TicketNumber;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredText {
    /// Of which folder: `answers`, `knowledge`.
    pub kind: String,
    /// The file, below the folder.
    pub file: String,
    /// What was in it.
    pub content: String,
}

/// All of them.
///
/// # Errors
/// What the database says.
pub async fn all(db: &Db) -> Result<Vec<StoredText>, StoreError> {
    db.read("read texts", (), |tx, ()| {
        Box::pin(async move {
            let rows = tx.rows(&sql::TEXTS_ALL, &[]).await?;
            let stored = |row: &super::Row| {
                Ok(StoredText {
                    kind: row.string(0)?,
                    file: row.string(1)?,
                    content: row.string(2)?,
                })
            };
            rows.iter().map(stored).collect()
        })
    })
    .await
}

/// Stores texts that have changed, and deletes those that are gone.
///
/// # Errors
/// What the database says.
pub async fn save(
    db: &Db,
    changed: Vec<StoredText>,
    gone: Vec<(String, String)>,
) -> Result<(), StoreError> {
    db.write("keep texts", (changed, gone), |tx, (changed, gone)| {
        Box::pin(async move {
            for (kind, file) in gone {
                let files = json_list(&[file]);
                tx.exec(&sql::TEXTS_GONE, &[(&files).into(), kind.into()])
                    .await?;
            }
            let rows: Vec<Vec<V<'_>>> = changed
                .iter()
                .map(|one| {
                    vec![
                        (&one.kind).into(),
                        (&one.file).into(),
                        (&one.content).into(),
                    ]
                })
                .collect();
            tx.insert_many(&sql::TEXT_SET, &rows).await.map(drop)
        })
    })
    .await
}

/// An article that is to become a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovedArticle {
    /// Of which ticket it was made.
    pub ticket: TicketNumber,
    /// The file, below the folder.
    pub file: String,
    /// What is in it.
    pub content: String,
}

/// The articles that are to become files.
///
/// # Errors
/// What the database says.
pub async fn approved(db: &Db) -> Result<Vec<ApprovedArticle>, StoreError> {
    db.read("read approved articles", (), |tx, ()| {
        Box::pin(async move {
            let rows = tx.rows(&sql::ARTICLES_APPROVED, &[]).await?;
            let approved = |row: &super::Row| {
                Ok(ApprovedArticle {
                    ticket: TicketNumber(row.int(0)?),
                    file: row.string(1)?,
                    content: row.string(2)?,
                })
            };
            rows.iter().map(approved).collect()
        })
    })
    .await
}

/// Marks the approved draft of this ticket as written into the folder of articles.
///
/// # Errors
/// What the database says.
pub async fn written(db: &Db, ticket: TicketNumber) -> Result<(), StoreError> {
    db.write("note a written article", ticket, |tx, ticket| {
        Box::pin(async move {
            tx.exec(&sql::ARTICLE_WRITTEN, &[ticket.0.into()])
                .await
                .map(drop)
        })
    })
    .await
}
