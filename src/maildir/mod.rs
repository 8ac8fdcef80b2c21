//! # maildir: inbound and outbound, Maildir folders
