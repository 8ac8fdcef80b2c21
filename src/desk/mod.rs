//! # desk: the core, pure
//!
//! Facts in, decision out. Nothing here waits, reads the world, knows SQL, logs, or can fail: [`wants`] says which
//! facts a mail needs, the shell loads them into a [`world`], [`decide`] turns them into a [`decision`] (events with
//! reasons, mails to send), and [`world::World::absorb`] lets the next mail of the batch see it. The same input gives
//! the same bytes: the time, the next numbers and the key for ids are handed in ([`decision::Given`]).
//!
//! In reading order:

pub mod arrival;
pub mod cause;
pub mod forms;
pub mod intake;
pub mod kb;
pub mod people;
pub mod wants;
pub mod world;

pub mod decide;
pub mod decision;
pub mod order;
pub mod readiness;
pub mod reason;

mod akin;
mod alarm;
mod audience;
mod brake;
mod buttons;
mod draft;
mod emergency;
#[cfg(test)]
mod fixture;
mod flood;
mod identity;
mod loops;
mod notify;
mod nps;
mod own_words;
mod pressed;
mod routing;
mod ruling;
mod showing;
mod threading;

pub mod command;
pub mod distribution;
pub mod duty;
mod escalation;
pub mod filled;
pub mod heads;
pub mod lifecycle;
pub mod origin;
pub mod permission;
pub mod subject;
pub mod token;

pub mod rules;
pub mod search;
pub mod similarity;
pub mod stems;
pub mod trust;
pub mod urgency;

pub mod fold;

pub mod calendar;

pub mod kpi;
pub mod payroll;
pub mod queue_alarm;
pub mod reconciliation;
pub mod review;
pub mod sla;
pub mod timer;
pub mod undo;
pub mod worklist;

mod caps;
pub mod chain;
pub mod policy;
