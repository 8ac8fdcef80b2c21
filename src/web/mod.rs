//! # web: the page
//!
//! Read-only, and without a script. Every few seconds the house takes a [`Status`] and hands it over as a [`Shot`]: the pages
//! in both languages, `/status.json` and what the monitoring asks, rendered once, however many look. Viewers cost the
//! database nothing.
//!
//! In reading order: [`status`] (what is known), [`view`], [`queue`] and [`reports`] (what of it a person is shown), [`pages`]
//! (the templates; [`chart`] and [`months`]: what they draw; [`sample`]: what they are tried with), [`shot`], [`json`], [`readiness`],
//! [`meters`] (for the monitoring), [`access`] (who may look), [`guard`] (who has tried too often), [`routes`].

pub mod access;
pub mod chart;
pub mod guard;
pub mod json;
mod labels;
pub mod meters;
pub mod months;
pub mod pages;
pub mod queue;
pub mod readiness;
pub mod reports;
pub mod routes;
pub mod sample;
pub mod shot;
pub mod status;
pub mod view;
mod words;

#[cfg(test)]
mod displayed;

pub use self::{meters::Meters, pages::Pages, routes::Site, shot::Shot, status::Status};
