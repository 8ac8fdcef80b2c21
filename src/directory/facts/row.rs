//! A row of a file of figures from outside.

/// A row, and where its columns are: in the order of [`super::COLUMNS`].
pub(super) struct Row<'r> {
    pub(super) line: u64,
    pub(super) head: &'r [String],
    pub(super) places: &'r [Option<usize>; 7],
    pub(super) cells: &'r [&'r str],
}

/// The columns, in the order of [`super::COLUMNS`].
#[derive(Debug, Clone, Copy)]
pub(super) enum At {
    Number,
    Indicator,
    Period,
    Value,
    Numerator,
    Denominator,
    Queue,
}

impl Row<'_> {
    pub(super) fn place(&self, at: At) -> Option<usize> {
        let [
            number,
            indicator,
            period,
            value,
            numerator,
            denominator,
            queue,
        ] = *self.places;
        match at {
            At::Number => number,
            At::Indicator => indicator,
            At::Period => period,
            At::Value => value,
            At::Numerator => numerator,
            At::Denominator => denominator,
            At::Queue => queue,
        }
    }

    /// What stands there; nothing where there is no such column.
    pub(super) fn cell(&self, at: At) -> &str {
        let place = self.place(at);
        place
            .and_then(|place| self.cells.get(place).copied())
            .unwrap_or_default()
    }
}
