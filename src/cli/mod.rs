//! # cli: the commands at the terminal

pub mod read;
