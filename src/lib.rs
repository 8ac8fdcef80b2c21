//! # okno: a mail-only service desk
//!
//! The map follows the way of one message; it is written when the rooms stand.

pub mod clock;
pub mod model;

pub mod imap;
pub mod maildir;

pub mod mail;

pub mod desk;

pub mod store;

pub mod smtp;
pub mod tls;

pub mod config;
pub mod house;

pub mod cli;
pub mod lab;
