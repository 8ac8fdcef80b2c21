//! # store: the only room that knows SQL
//!
//! The engine, in reading order: [`statement`] (what is sent), [`value`] (what goes in and comes back), [`tx`]
//! (one transaction, alike on both engines), [`db`] (pools; `write` and `read` run units of work), `unit` (why
//! they are tasks), `connect` (settings of the engines), [`migrate`], `lock`, `backup`, `check`, [`faults`], [`error`] (with
//! `driver`: the drivers' errors in our words).

pub mod db;
pub mod error;
pub mod faults;
pub mod migrate;
pub mod statement;
pub mod tx;
pub mod value;

mod arguments;
mod backup;
mod check;
mod connect;
mod driver;
mod lock;
mod unit;

pub use connect::DatabaseSettings;
pub use db::Db;
pub use error::{Fate, StoreError};
pub use faults::{Fault, Faults};
pub use migrate::Migration;
pub use statement::{Insert, Statement};
pub use tx::Tx;
pub use value::{Row, V};
