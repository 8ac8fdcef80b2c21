//! What a mail says as a form.

use super::Arrival;

impl Arrival {
    /// The fields of the form that it is: title and value, in order; empty where it is none.
    #[must_use]
    pub const fn fields(&self) -> &[(String, String)] {
        &[]
    }
}
