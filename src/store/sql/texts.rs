//! Text files as they last were sound.

use super::{over_list, statements};
use crate::store::statement::Statement;

statements! {
    OF_TEXTS;

    /// All of them.
    TEXTS_ALL = Statement::both("SELECT kind, file, content FROM kb_file ORDER BY kind, file");
    /// Files that are gone.
    TEXTS_GONE = over_list!("DELETE FROM kb_file WHERE file", text, " AND kind = $2");
}
