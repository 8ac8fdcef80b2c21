//! What came to a queue and went: it must close.

/// What came to a queue and went, and how many were open before and after: every ticket, whether it counts or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Open before.
    pub start: i64,
    /// Came.
    pub received: i64,
    /// Came back.
    pub reopened: i64,
    /// Open again since a decision was taken back, an answer was lost, or it was no spam.
    pub restored: i64,
    /// From other queues.
    pub moved_in: i64,
    /// To other queues.
    pub moved_out: i64,
    /// Solved, each time.
    pub solved: i64,
    /// Spam.
    pub excluded: i64,
    /// Ended otherwise: merged, withdrawn, left behind, taken back.
    pub ended: i64,
    /// Open after.
    pub end: i64,
}

impl Balance {
    /// What does not close: 0.
    #[must_use]
    pub fn left_over(&self) -> i64 {
        let came = [
            self.start,
            self.received,
            self.reopened,
            self.restored,
            self.moved_in,
        ];
        let went = [
            self.moved_out,
            self.solved,
            self.excluded,
            self.ended,
            self.end,
        ];
        let sum = |all: [i64; 5]| all.into_iter().fold(0, i64::saturating_add);
        sum(came).saturating_sub(sum(went))
    }

    /// With another queue's.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.start, other.start),
            (&mut self.received, other.received),
            (&mut self.reopened, other.reopened),
            (&mut self.restored, other.restored),
            (&mut self.moved_in, other.moved_in),
            (&mut self.moved_out, other.moved_out),
            (&mut self.solved, other.solved),
            (&mut self.excluded, other.excluded),
            (&mut self.ended, other.ended),
            (&mut self.end, other.end),
        ];
        for (own, many) in pairs {
            *own = own.saturating_add(many);
        }
    }
}
