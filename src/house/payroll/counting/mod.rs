//! What a month comes to: counted, with what it carries of closed months, which are scored again; written as lines, which
//! are what is kept and compared.

pub(super) mod again;
pub(super) mod carried;
pub(super) mod changes;
pub(super) mod closed;
pub(super) mod counted;
pub(super) mod differences;
pub(super) mod facts;
pub(super) mod lines;
pub(super) mod rescored;

pub(super) mod working_days;
