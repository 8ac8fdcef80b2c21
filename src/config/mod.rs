//! # config: the file as written, checked, resolved
