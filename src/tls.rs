//! TLS client settings, loaded once and shared by `imap` and `smtp`.
