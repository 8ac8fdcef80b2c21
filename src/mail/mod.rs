//! # mail: bytes to values and back, pure
//!
//! [`read`] understands a mail, [`meeting`] tells an invitation in words, [`render`] finds the words of a mail to be
//! sent, [`mod@write`] makes its bytes.

pub mod meeting;
pub mod read;
pub mod render;
pub mod write;
