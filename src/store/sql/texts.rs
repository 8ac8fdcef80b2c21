//! Text files as they last were sound.

use super::{over_list, statements};
use crate::store::statement::Statement;

statements! {
    OF_TEXTS;

    /// All of them.
    TEXTS_ALL = Statement::both("SELECT kind, file, content FROM kb_file ORDER BY kind, file");
    /// A draft article.
    ARTICLE_KEEP = Statement::both(
        "INSERT INTO kb_draft (ticket, file, content, state) VALUES ($1, $2, $3, 'asked') \
         ON CONFLICT (ticket) DO UPDATE SET file = excluded.file, content = excluded.content, state = excluded.state");
    /// It becomes a file.
    ARTICLE_APPROVE = Statement::both("UPDATE kb_draft SET state = 'approved' WHERE ticket = $1");
    /// Articles that are to become files.
    ARTICLES_APPROVED = Statement::both("SELECT ticket, file, content FROM kb_draft WHERE state = 'approved' ORDER BY ticket");
    /// It has become one.
    ARTICLE_WRITTEN = Statement::both("DELETE FROM kb_draft WHERE ticket = $1 AND state = 'approved'");
    /// Files that are gone.
    TEXTS_GONE = over_list!("DELETE FROM kb_file WHERE file", text, " AND kind = $2");
}
