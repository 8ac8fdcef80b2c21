//! # desk: the core, pure
//!
//! Facts in, decision out. Nothing here waits, reads the world, knows SQL, logs, or can fail: [`wants`] says which
//! facts a mail needs, the shell loads them into a [`world`], [`decide`] turns them into a [`decision`] (events with
//! reasons, mails to send), and [`world::World::absorb`] lets the next mail of the batch see it. The same input gives
//! the same bytes: the time, the next numbers and the key for ids are handed in ([`decision::Given`]).
//!
//! In reading order; no circle of imports goes through these modules, and `tests/tidy.rs` sees to that.

// What is said and written, and what it means.
pub mod appointment;
pub mod calendar;
mod caps;
pub mod command;
pub mod distribution;
pub mod forms;
pub mod policy;
pub mod rules;
pub mod similarity;
pub mod stems;
pub mod subject;
pub mod token;
pub mod trust;
pub mod urgency;

// A mail as it has arrived, and what is read of it.
pub mod arrival;
pub mod filled;
pub mod intake;
pub mod origin;
mod own_words;
mod pressed;

// What is decided on, from which facts.
pub mod cause;
pub mod kb;
pub mod people;
pub mod readiness;
pub mod search;
pub mod wants;
pub mod world;

// What a decision is made of.
pub mod decision;
mod draft;
pub mod fold;
pub mod order;
pub mod reason;

// Where a mail belongs, who speaks, what they may.
mod akin;
mod flood;
pub mod heads;
mod identity;
pub mod lifecycle;
mod loops;
pub mod permission;
mod routing;
mod ruling;
mod threading;

// Who is told, and what of.
mod alarm;
mod audience;
mod brake;
mod buttons;
pub mod duty;
mod emergency;
mod escalation;
mod notify;
mod nps;
mod showing;

// The decision.
pub mod decide;

// Promises, figures, what comes by itself.
pub mod chain;
pub mod kpi;
pub mod payroll;
pub mod queue_alarm;
pub mod reconciliation;
pub mod review;
pub mod sla;
pub mod timer;
pub mod undo;
pub mod worklist;

#[cfg(test)]
mod fixture;
