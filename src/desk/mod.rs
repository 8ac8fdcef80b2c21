//! # desk: the core
pub mod calendar;
pub mod policy;
