//! zstd, within bounds.

use crate::store::StoreError;

/// zstd level: mail is written once and read a few times.
const LEVEL: i32 = 1;

/// A mail is at most this long when unpacked; a longer one was never written.
const UNPACKED_MAX: usize = 1 << 30;

/// Packs one after the other. To make one costs as much as to pack a mail, so whoever has several keeps it.
pub struct Packer(zstd::bulk::Compressor<'static>);

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packer").finish_non_exhaustive()
    }
}

impl Packer {
    /// One that has packed nothing yet.
    ///
    /// # Errors
    /// Where there is no memory left.
    pub fn new() -> Result<Self, StoreError> {
        zstd::bulk::Compressor::new(LEVEL)
            .map(Self)
            .map_err(|error| failed(&error))
    }

    pub(super) fn pack(&mut self, bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut packed = self.0.compress(bytes).map_err(|error| failed(&error))?;
        // It has room for what cannot be made smaller.
        packed.shrink_to_fit();
        Ok(packed)
    }
}

fn failed(error: &std::io::Error) -> StoreError {
    StoreError::Packed {
        reason: error.to_string(),
    }
}

pub(super) fn unpack(content: &[u8]) -> Result<Vec<u8>, StoreError> {
    let size = zstd::zstd_safe::get_frame_content_size(content)
        .ok()
        .flatten()
        .and_then(|size| usize::try_from(size).ok());
    let size_max = size.unwrap_or(UNPACKED_MAX).min(UNPACKED_MAX);
    zstd::bulk::decompress(content, size_max).map_err(|error| failed(&error))
}
