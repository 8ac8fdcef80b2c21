//! # model: plain values
//!
//! Everybody imports this room and it imports nobody. Nothing here waits, reads the world, or knows SQL,
//! MIME or IMAP. In reading order: [`ids`], [`text`], [`address`], [`message`] (a mail as read), [`obstacle`] (why one
//! was not delivered), [`person`], [`ticket`], [`event`] (what happened), [`outgoing`] (a mail to be sent).

pub mod ids;
pub mod text;

pub mod account;
pub mod address;
pub mod alarm;
pub mod boundary;
pub mod language;
pub mod message;
pub mod obstacle;
pub mod person;

pub mod event;
pub mod ticket;

pub mod outgoing;
