//! What figures of the monitoring are told apart by: names of the configuration and codes of the program.

use prometheus_client::encoding::EncodeLabelSet;

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct OfMailbox {
    /// Its name in the configuration.
    pub mailbox: String,
}

/// A queue.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct OfQueue {
    /// Its name in the configuration.
    pub queue: String,
}

/// A code of the program.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct ByReason {
    /// The reason's code.
    pub reason: String,
}

/// Who decides.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct ByDecider {
    /// `here`, `elsewhere`, `starting`, `nobody`.
    pub decider: String,
}

/// How an attempt to send ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct ByEnding {
    /// `sent`, `deferred`, `refused`, `expired`, `unknown`.
    pub ending: String,
}

/// A judged promise.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct OfVerdict {
    /// The queue that is judged.
    pub queue: String,
    /// Which promise.
    pub clock: String,
    /// `met`, `breached`, ...
    pub outcome: String,
}
