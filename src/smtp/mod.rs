//! # smtp: outbound
