//! Request forms in letters: as they are offered, and as they are filled in.

use serde::{Deserialize, Serialize};

use crate::model::address::Address;

/// The forms that can be asked by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormList {
    /// Who sends it.
    pub queue: String,
    /// The address that sends it.
    pub address: Address,
    /// The forms, the sender's own first.
    pub forms: Vec<OfferedForm>,
}

/// A form to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedForm {
    /// What it is called.
    pub title: String,
    /// What it is for; empty where nobody says.
    pub about: String,
    /// Who answers.
    pub queue: String,
    /// Where it goes.
    pub address: Address,
    /// The subject of the mail it comes in: `Справка 2-НДФЛ [form:ndfl]`.
    pub subject: String,
    /// Its lines, one a field, as they are to be copied: `Период (год): `.
    pub lines: Vec<String>,
    /// The same without hints, for a link that must be short.
    pub short: Vec<String>,
    /// Names of the files that come along with this letter.
    pub files: Vec<String>,
    /// Names of files of the form that do not.
    pub files_left_out: Vec<String>,
}

/// A form as somebody has filled it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormView {
    /// What it is called.
    pub title: String,
    /// What is understood.
    pub fields: Vec<FieldView>,
    /// What is missing, or not to be used as it is.
    pub missing: Vec<MissingField>,
    /// The lines of the form with what is known, for whoever is asked for the rest; empty in other letters.
    pub question: Vec<String>,
    /// What is missing as lines to be filled in, for a link; empty in other letters.
    pub to_fill: String,
    /// What is missing was asked for.
    pub is_asked: bool,
    /// Until it is answered nothing is promised.
    pub is_paused: bool,
    /// Something of it has just been filled in or changed.
    pub is_new: bool,
}

/// A field with what was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldView {
    /// What the field is called.
    pub title: String,
    /// What was said.
    pub value: String,
}

/// A field that is still to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingField {
    /// What the field is called.
    pub title: String,
    /// What was said and cannot be used; empty: nothing was said.
    pub value: String,
    /// What may be said, in words.
    pub hint: String,
}
