//! The formatting and the pictures of a mail that is passed on.

use super::{
    bodies, bytes,
    html::{self, Picture, Relayed, Whose},
    limits::Limits,
    mime::Structure,
};

/// What of a mail's HTML is passed on beside the text `words`, with which of its `pictures`. Without containers: what is
/// signed in one piece or lies in `winmail.dat` is passed on as text.
#[must_use]
pub fn relayed(raw: &[u8], words: &str, whose: Whose, pictures: &[Picture]) -> Relayed {
    let limits = Limits::default();
    let narrow = bytes::narrow(raw);
    let shown = bytes::cut(&narrow, 0, limits.size);
    let structure = Structure::read(shown, &limits);
    let source = bodies::html_source(shown, &structure, &limits);
    html::relayed(&source, words, whose, pictures)
}
