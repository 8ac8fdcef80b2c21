//! What goes into a statement: four kinds of value, alike on both engines.

/// One value for a statement. The `Opt` kinds exist so that a NULL, too, has a type on PostgreSQL: give a
/// nullable column always its `Opt` kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum V<'a> {
    /// INTEGER / BIGINT: numbers, ids, instants in milliseconds, 0 and 1 for no and yes.
    Int(i64),
    /// The same, or NULL.
    OptInt(Option<i64>),
    /// TEXT; without NUL characters.
    Text(&'a str),
    /// The same, or NULL.
    OptText(Option<&'a str>),
    /// BLOB / BYTEA.
    Blob(&'a [u8]),
    /// The same, or NULL.
    OptBlob(Option<&'a [u8]>),
    /// REAL / DOUBLE PRECISION.
    Real(f64),
}

impl V<'_> {
    /// How many bytes of text or blob it carries.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Int(_) | Self::OptInt(_) | Self::Real(_) => 8,
            Self::Text(text) => text.len(),
            Self::OptText(text) => text.map_or(0, str::len),
            Self::Blob(blob) => blob.len(),
            Self::OptBlob(blob) => blob.map_or(0, <[u8]>::len),
        }
    }

    /// Whether it is a text that PostgreSQL could not keep.
    pub(crate) fn has_nul(&self) -> bool {
        match self {
            Self::Text(text) | Self::OptText(Some(text)) => text.as_bytes().contains(&0),
            Self::Int(_)
            | Self::OptInt(_)
            | Self::OptText(None)
            | Self::Blob(_)
            | Self::OptBlob(_)
            | Self::Real(_) => false,
        }
    }
}

impl From<i64> for V<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<u32> for V<'_> {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<i32> for V<'_> {
    fn from(value: i32) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<bool> for V<'_> {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}
impl From<Option<i64>> for V<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::OptInt(value)
    }
}
impl From<f64> for V<'_> {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}
impl<'a> From<&'a str> for V<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}
impl<'a> From<&'a String> for V<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}
impl<'a> From<Option<&'a str>> for V<'a> {
    fn from(value: Option<&'a str>) -> Self {
        Self::OptText(value)
    }
}
impl<'a> From<&'a Option<String>> for V<'a> {
    fn from(value: &'a Option<String>) -> Self {
        Self::OptText(value.as_deref())
    }
}
impl<'a> From<&'a [u8]> for V<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Blob(value)
    }
}
impl<'a, const N: usize> From<&'a [u8; N]> for V<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Blob(value)
    }
}
impl<'a> From<&'a Vec<u8>> for V<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Self::Blob(value)
    }
}
impl<'a> From<Option<&'a [u8]>> for V<'a> {
    fn from(value: Option<&'a [u8]>) -> Self {
        Self::OptBlob(value)
    }
}
