//! # imap: inbound, over IMAP
