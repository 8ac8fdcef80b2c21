//! Every statement of the house. Written once for both engines; the few twins stand side by side. Lists come in as
//! JSON arrays, which both engines unpack. `tests/store.rs` prepares and explains all of them on both.
//!
//! A bound limit, and what a range begins with in a statement that every mail needs, has a `+ 0`: SQLite looks at the value
//! of a bare one while it plans, and then plans anew for every other value, which takes longer than to answer.

mod challenges;
mod erasing;
mod facts;
mod history;
mod joints;
mod journal;
mod looks;
mod outbox;
mod people;
mod rows;
mod status;
mod texts;
mod words;

pub use challenges::*;
pub use erasing::*;
pub use facts::*;
pub use history::*;
pub use joints::*;
pub use journal::*;
pub use looks::*;
pub use outbox::*;
pub use people::*;
pub use rows::*;
pub use status::*;
pub use texts::*;
pub use words::*;

use super::{
    joint::Joint,
    statement::{Insert, Statement},
};

/// All statements with their names, by family, so that a test can ask both engines about each.
pub const STATEMENTS: &[&[(&str, Statement)]] = &[
    OF_JOURNAL,
    OF_FACTS,
    OF_CHALLENGES,
    OF_PEOPLE,
    OF_OUTBOX,
    OF_HISTORY,
    OF_STATUS,
    OF_LOOKS,
    OF_WORDS,
    OF_TEXTS,
    OF_ERASING,
];

/// All inserts of many rows with their names.
pub static INSERTS: &[(&str, &Insert)] = OF_ROWS;

/// All that are asked together, with the names of what each asks.
pub static JOINTS: &[(&str, &Joint, &[&str])] = OF_JOINTS;

/// Names every statement of a family once more, for [`STATEMENTS`].
macro_rules! statements {
    ($all:ident; $($(#[$doc:meta])* $name:ident = $statement:expr;)+) => {
        $($(#[$doc])* pub const $name: Statement = $statement;)+

        pub(super) const $all: &[(&str, Statement)] = &[$((stringify!($name), $name)),+];
    };
}
use statements;

macro_rules! inserts {
    ($all:ident; $($(#[$doc:meta])* $name:ident = $insert:expr;)+) => {
        $($(#[$doc])* pub static $name: Insert = $insert;)+

        pub(super) static $all: &[(&str, &Insert)] = &[$((stringify!($name), &$name)),+];
    };
}
use inserts;

/// Names every joint question once more, for [`JOINTS`].
macro_rules! together {
    ($all:ident; $($(#[$doc:meta])* $name:ident = [$($asked:ident $columns:literal),+ $(,)?];)+) => {
        $($(#[$doc])* pub static $name: Joint = Joint::new(stringify!($name), &[$(($asked, $columns)),+]);)+

        pub(super) static $all: &[(&str, &Joint, &[&str])] = &[$((stringify!($name), &$name, &[$(stringify!($asked)),+])),+];
    };
}
use together;

/// A column among a JSON array of numbers, or of texts: the one construct the engines spell differently. PostgreSQL
/// is given an array, not a subquery, since it then goes by the index instead of joining the whole table to the list.
macro_rules! over_list {
    ($head:expr, int, $tail:literal) => {
        Statement::twin(
            concat!($head, " IN (SELECT value FROM json_each($1))", $tail),
            concat!(
                $head,
                " = ANY (ARRAY(SELECT value::BIGINT FROM json_array_elements_text($1::JSON)))",
                $tail
            ),
        )
    };
    ($head:expr, text, $tail:literal) => {
        Statement::twin(
            concat!($head, " IN (SELECT value FROM json_each($1))", $tail),
            concat!(
                $head,
                " = ANY (ARRAY(SELECT value FROM json_array_elements_text($1::JSON)))",
                $tail
            ),
        )
    };
}
use over_list;
