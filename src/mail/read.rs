//! # read: bytes to [`crate::model::message::Reading`], total and bounded
