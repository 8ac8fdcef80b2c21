//! The real program at the terminal: what it says, and how it ends.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests: what goes wrong here fails the test"
)]

mod house;

mod basics;
mod by_mail;
mod clocks;
mod daemon;
mod erasing;
mod events;
mod explain;
mod facts;
mod logs;
mod operator;
mod page;
mod people;
mod period;
mod period_files;
mod refused;
mod report;
mod route;
