//! # house: the shell, one file a stage
//!
//! A message walks through here: [`receive`] fetches it and stores it raw with the cursor, [`decider`] reads it, loads
//! the facts, lets the desk decide and applies the decision, [`deliver`] sends what was decided. What falls due and
//! what went wrong take the same road: the [`decider`] is one.
//!
//! Every stage can be stepped by hand, which is what the tests do; [`run`] steps them in loops until it is told to
//! stop, [`drain`] until nothing is left that is due.

pub mod error;
pub mod keys;
pub mod open;

pub mod receive;

pub mod decider;
pub mod reader;
pub mod rules;

pub mod deliver;

pub mod facts;
pub mod lease;
pub mod payroll;
pub mod people;
pub mod periods;
pub mod reconciliation;
pub mod templates;
pub mod texts;
pub mod watch;

pub mod drain;
pub mod page;
pub mod run;

mod bells;
mod bytes;
mod files;
mod mailbox_health;
mod page_cache;
mod plans;
mod polling;
mod review;
mod round;
mod rounds;
mod settle;
mod status;

pub use error::HouseError;
pub use open::House;
