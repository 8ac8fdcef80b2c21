//! Where comments and elements that are no text end.

use super::steps;

/// Ends that were looked for and are nowhere: never looked for again, so that no input makes the pass slow.
#[derive(Debug, Default)]
pub(super) struct Ends {
    missing: Vec<String>,
}

impl Ends {
    /// What follows a comment, a declaration or a processing instruction, where one starts here.
    pub(super) fn comment<'a>(&mut self, from: &'a str) -> Option<&'a str> {
        let (end, length) = if from.starts_with("<!--") {
            ("-->", 4)
        } else if from.starts_with("<!") || from.starts_with("<?") {
            (">", 2)
        } else {
            return None;
        };
        // `<!-->` is a whole comment.
        let inner = from.get(2..).unwrap_or_default();
        self.after(inner, end).or_else(|| from.get(length..))
    }

    /// What follows an element that is no text; where its end is missing, only its tag is passed over.
    pub(super) fn dropped<'a>(&mut self, name: &str, rest: &'a str) -> &'a str {
        let end = format!("</{}", name.to_ascii_lowercase());
        self.after(rest, &end).map_or(rest, |after| {
            after.split_once('>').map_or("", |(_, after)| after)
        })
    }

    /// `end` is nowhere.
    pub(super) fn note_missing(&mut self, end: &str) {
        self.missing.push(end.to_owned());
    }

    pub(super) fn is_missing(&self, end: &str) -> bool {
        self.missing.iter().any(|m| m == end)
    }

    /// What follows `end`, ASCII case aside; each kind of end that is nowhere is looked for once only.
    fn after<'a>(&mut self, from: &'a str, end: &str) -> Option<&'a str> {
        if self.is_missing(end) {
            return None;
        }
        let wanted = end.as_bytes();
        let found = from
            .as_bytes()
            .windows(wanted.len())
            .position(|w| w.eq_ignore_ascii_case(wanted))
            .and_then(|at| from.get(at.saturating_add(wanted.len())..));
        steps::add(from.len().saturating_sub(found.map_or(0, str::len)));
        if found.is_none() {
            self.note_missing(end);
        }
        found
    }
}
