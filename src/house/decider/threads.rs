//! Work of the processor's, on threads of its own.

use super::{super::reader, HouseError};

/// Runs work of the processor's off the loops that wait; its panic becomes an error.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, HouseError> {
    tokio::task::spawn_blocking(work).await.map_err(panicked)
}

/// A panic of a task, in words.
fn panicked(error: tokio::task::JoinError) -> HouseError {
    let words = error.try_into_panic();
    HouseError::Panicked(words.map_or_else(
        |error| error.to_string(),
        |panic| reader::words_of(panic.as_ref()),
    ))
}
