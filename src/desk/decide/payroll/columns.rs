//! What the columns of the accountants' file mean, as a file beside it.

use data_encoding::BASE64;

use crate::model::{language::Language, outgoing::MadeFile};

/// That file, in the language of the letter.
pub(super) fn described(language: Language) -> MadeFile {
    let (shown, text) = match language {
        Language::Ru => (Some("описание_колонок.txt"), include_str!("columns_ru.txt")),
        Language::En => (None, include_str!("columns_en.txt")),
    };
    // Notepad knows by the mark that it is UTF-8.
    let text = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    MadeFile {
        name: "columns.txt".to_owned(),
        shown: shown.map(str::to_owned),
        media_type: "text/plain; charset=utf-8".to_owned(),
        base64: BASE64.encode(text.as_bytes()),
        content_id: None,
    }
}
