//! Reports: exact figures drawn as charts and written as files, for people who decide and who pay by them. Plain values
//! in, bytes out: the same values give the same bytes.

pub mod change;
pub mod chart;
pub mod files;
pub mod monthly;
pub mod preliminary;
pub mod table;
