//! Files that are made for a letter.

use serde::{Deserialize, Serialize};

/// A file made for a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFile {
    /// Its name, which every program can read.
    pub name: String,
    /// Its name as people write it, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
    /// `type/subtype`.
    pub media_type: String,
    /// Its bytes, in base64.
    pub base64: String,
    /// Of a picture that stands in the page, what it is called there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_id: Option<String>,
}

impl MadeFile {
    /// What a letter calls it.
    #[must_use]
    pub fn called(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.name)
    }
}
