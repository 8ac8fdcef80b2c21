//! The line under which a card is quoted: what an agent writes stands above it.

/// In Russian.
pub const BOUNDARY_RU: &str = "--- Ответьте выше этой строки ---";
/// In English.
pub const BOUNDARY_EN: &str = "--- Reply above this line ---";

/// Whether a line of a mail is our boundary, quoted or not.
#[must_use]
pub fn is_boundary(line: &str) -> bool {
    let plain = line.trim_matches(|c: char| c.is_whitespace() || c == '>' || c == '*' || c == '|');
    plain.contains(BOUNDARY_RU) || plain.contains(BOUNDARY_EN)
}
