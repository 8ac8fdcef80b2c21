//! # store: the only room that knows SQL
//!
//! The engine, in reading order: [`statement`] (what is sent), [`value`] and [`row`] (what goes in, what comes back), [`tx`]
//! (one transaction, alike on both engines; `sending` is its way to them), [`joint`] (many questions in one), [`db`]
//! (pools; `write` and `read` run units of work), `unit` (why they are tasks), `connect` (settings of the engines),
//! [`migrate`], `lock`, `backup`, `check`, [`faults`], [`error`] (with `driver`: the drivers' errors in our words).

pub mod db;
mod error;
pub mod faults;
pub mod joint;
pub mod migrate;
pub mod row;
pub mod statement;
pub mod tx;
pub mod value;

mod apart;
mod arguments;
mod asking;
mod backup;
mod check;
mod connect;
mod driver;
mod duty;
mod lock;
mod sending;
mod unit;

pub use db::Db;
pub use error::{Fate, StoreError};
pub use faults::{Fault, Faults};
pub use joint::Joint;
pub use migrate::Migration;
pub use row::Row;
pub use statement::{Insert, Statement};
pub use tx::Tx;
pub use value::V;

pub mod alarms;
pub mod apply;
pub mod erase;
pub mod facts;
pub mod history;
pub mod instance;
pub mod journal;
pub mod leases;
pub mod looks;
pub mod lookup;
pub mod modes;
pub mod mornings;
pub mod ordered;
pub mod outbox;
pub mod passes;
pub mod payrolls;
pub mod people;
mod posted;
pub mod queues;
pub mod reconciliation;
pub mod reviews;
pub mod shares;
pub mod sql;
pub mod status;
pub mod sweep;
pub mod texts;
pub mod timers;
pub mod words;
pub mod work;

mod chronicles;
mod conversations;
mod names;
mod openings;
mod originals;
mod senders;
mod verdict;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

pub use crate::model::account::DatabaseSettings;
use crate::model::ids::MessageId;

/// The schema of the house, step by step. Files may be edited until the first tagged release, never after.
pub const HOUSE: &[Migration] = &[Migration {
    version: 1,
    name: "house",
    sqlite: include_str!("../../migrations/sqlite/0001_house.sql"),
    postgres: include_str!("../../migrations/postgres/0001_house.sql"),
}];

/// The number a Message-ID is found by: the first eight bytes of its SHA-256.
fn hash_of_id(id: &MessageId) -> i64 {
    let digest = Sha256::digest(id.as_str().as_bytes());
    digest
        .first_chunk::<8>()
        .map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

/// A value as history and snapshots keep it. What cannot be written is an error: an empty text would be hashed and kept.
fn as_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Packed {
        reason: error.to_string(),
    })
}

/// A list as statements take it: a JSON array. Items are numbers and words, alone or in tuples: those can always be written,
/// so that the empty list that stands for a failure is never met.
fn json_list<T: serde::Serialize>(items: &[T]) -> String {
    serde_json::to_string(items).unwrap_or_else(|_| "[]".to_owned())
}

/// An instant in a column: milliseconds UTC.
fn instant(row: &Row, column: usize) -> Result<Timestamp, StoreError> {
    let millis = row.int(column)?;
    let unknown = |_| StoreError::Unknown {
        column: "an instant",
        found: millis.to_string(),
    };
    Timestamp::from_millisecond(millis).map_err(unknown)
}

/// An instant or NULL.
fn opt_instant(row: &Row, column: usize) -> Result<Option<Timestamp>, StoreError> {
    row.opt_int(column)?
        .map(|_| instant(row, column))
        .transpose()
}
