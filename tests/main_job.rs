//! The main job on real servers: mailbox in, ticket, answer out; and what may go wrong on the way.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "helpers of tests: what goes wrong here fails the test; a skip is said aloud, and never made where CI is set"
)]

#[path = "main_job/asking.rs"]
mod asking;
#[path = "main_job/attacks.rs"]
mod attacks;
#[path = "main_job/bad.rs"]
mod bad;
#[path = "fake/clamd.rs"]
mod clamd;
#[path = "main_job/clients.rs"]
mod clients;
#[path = "support/clients.rs"]
mod composers;
#[path = "main_job/demo.rs"]
mod demo;
#[path = "main_job/ground.rs"]
mod ground;
#[path = "main_job/habits.rs"]
mod habits;
#[path = "support/mails.rs"]
mod mails;
#[path = "main_job/mailway.rs"]
mod mailway;
#[path = "main_job/postgres.rs"]
mod postgres;
#[path = "main_job/reconciling.rs"]
mod reconciling;
#[path = "main_job/servers.rs"]
mod servers;
