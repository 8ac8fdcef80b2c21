//! zstd, within bounds.

use crate::store::StoreError;

/// zstd level: mail is written once and read a few times.
const LEVEL: i32 = 1;

/// A mail is at most this long when unpacked; a longer one was never written.
const UNPACKED_MAX: usize = 1 << 30;

pub(super) fn compress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|error| StoreError::Packed {
        reason: error.to_string(),
    })
}

pub(super) fn unpack(content: &[u8]) -> Result<Vec<u8>, StoreError> {
    let size = zstd::zstd_safe::get_frame_content_size(content)
        .ok()
        .flatten()
        .and_then(|size| usize::try_from(size).ok());
    zstd::bulk::decompress(content, size.unwrap_or(UNPACKED_MAX).min(UNPACKED_MAX)).map_err(
        |error| StoreError::Packed {
            reason: error.to_string(),
        },
    )
}
