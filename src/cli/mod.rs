//! # cli: the commands at the terminal
