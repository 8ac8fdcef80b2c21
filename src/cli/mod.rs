//! # cli: the commands at the terminal

pub mod check;
pub mod init;
pub mod passport;
pub mod read;
