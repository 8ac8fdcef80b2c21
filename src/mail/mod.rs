//! # mail: bytes to values and back, pure
//!
//! [`read`] understands a mail, [`render`] finds the words of one to be sent, [`mod@write`] makes its bytes.

pub mod read;
pub mod render;
pub mod write;
