//! # model: plain values
//!
//! Everybody imports this room and it imports nobody. Nothing here waits, reads the world, or knows SQL,
//! MIME or IMAP. In reading order: [`ids`], [`text`], [`address`], [`message`] (a mail as read), [`obstacle`] (why one
//! was not delivered), [`person`], [`ticket`], [`origin`] (whose request it is), [`form`] (what they have filled in), [`event`]
//! (what happened), [`outgoing`] (a mail to be sent). Against
//! words that mean harm: [`lookalike`] letters, [`inert`] links, [`cell`]s without formulas, safe [`file_name`]s.

pub mod ids;
pub mod promise;
pub mod queue_change;
pub mod repeat;
pub mod terms;
pub mod text;

pub mod account;
pub mod address;
pub mod alarm;
pub mod boundary;
pub mod cell;
pub mod classification;
pub mod clock;
pub mod decimal;
pub mod distribution;
pub mod duty;
pub mod erasure;
pub mod figures;
mod figures_more;
pub mod file_name;
pub mod form;
pub mod inert;
pub mod kb;
pub mod language;
pub mod lookalike;
pub mod meeting;
pub mod message;
pub mod numbers;
pub mod obstacle;
pub mod page;
pub mod payroll;
pub mod period;
pub mod person;
pub mod review;
pub mod scoring;

pub mod crossing;
pub mod escalation;
pub mod event;
pub mod following;
pub mod nps;
pub mod origin;
pub mod ticket;
pub mod undone;

pub mod outgoing;
pub mod outside;
