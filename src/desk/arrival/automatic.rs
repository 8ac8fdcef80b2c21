//! A mail of a machine that may ask for something.

use crate::model::address::NamedAddress;

/// What a machine named in the configuration has sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Automatic {
    /// For whom it asks; `None`: for itself.
    pub requester: Option<NamedAddress>,
}
