//! What heads, accountants and the administrator are told of a month: of its draft, once it is closed, and on its day when
//! there is no file.

pub(super) mod adjusted;
pub(super) mod basis_shown;
pub(super) mod closed;
pub(super) mod draft;
pub(super) mod no_file;
pub(super) mod notes;
pub(super) mod without_data;
