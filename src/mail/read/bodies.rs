//! Which parts are the text people read, and that text: best of plain and HTML.

use super::{
    bytes::{cut, find, shorten},
    charset, flowed, html,
    limits::Limits,
    mime::{Part, Structure},
    transfer, uuencode,
};
use crate::model::{message::Encoding, text::Text};

/// How much of a text is looked at for letters encoded twice, in bytes.
const LOOKED_AT: usize = 4 << 10;

/// The readable text of a mail.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// The whole text, line ends `\n`.
    pub(super) text: String,
    /// The text of an HTML body with the marks of [`html`], where there is one.
    pub(super) marked: Option<String>,
    /// Whether `text` came from HTML.
    pub(super) is_from_html: bool,
    /// Parts that are text shown, or another form of it: no attachments.
    pub(super) used: Vec<usize>,
    pub(super) oddities: Vec<&'static str>,
}

/// A part that may be text.
struct Candidate {
    part: usize,
    is_html: bool,
    /// It has a file name: it is shown, and kept as a file as well.
    is_named: bool,
    /// The innermost `multipart/alternative` it stands in.
    choice: Option<usize>,
}

/// Finds and decodes the text.
pub(super) fn read(raw: &[u8], structure: &Structure, limits: &Limits) -> Bodies {
    let candidates = candidates(structure, limits.depth);
    let mut bodies = Bodies::default();
    let mut plain = Vec::new();
    let mut taken = Vec::new();
    for candidate in &candidates {
        let Some(part) = structure.parts.get(candidate.part) else {
            continue;
        };
        if !candidate.is_named {
            bodies.used.push(candidate.part);
        }
        let text = bodies.decoded(raw, part, limits);
        let is_html = candidate.is_html || (plain.is_empty() && html::looks_like_html(&text));
        if is_html {
            let read = bodies.shown_html(&text, limits);
            if bodies.marked.is_none() {
                bodies.marked = Some(read.clone());
            }
            taken.push((candidate.choice, true, read));
        } else {
            let text = flowed::unfold(text, &part.content_type);
            plain.push(candidate.part);
            taken.push((candidate.choice, false, text));
        }
    }
    let mut pieces: Vec<String> = Vec::new();
    for (choice, is_html, text) in &taken {
        let has_other_form = choice.is_some()
            && taken
                .iter()
                .any(|(c, h, t)| c == choice && h != is_html && !t.trim().is_empty());
        // Of two forms the plain one is taken, unless it is only a hint that there is HTML.
        let is_second = has_other_form
            && *is_html
                != taken
                    .iter()
                    .any(|(c, h, t)| c == choice && !*h && is_hint(t));
        if !is_second && !text.trim().is_empty() {
            bodies.is_from_html |= *is_html;
            pieces.push(if *is_html {
                html::without_marks(text)
            } else {
                text.clone()
            });
        }
    }
    bodies.text = pieces.join("\n\n");
    if bodies.text.len() > limits.text {
        bodies.oddities.push("text_truncated");
        bodies.text = shorten(&bodies.text, limits.text).to_owned();
    }
    bodies
}

/// Whether a plain text only says that the mail is to be read in HTML.
fn is_hint(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || (text.len() < 400
            && ["HTML", "html"].iter().any(|word| text.contains(word))
            && ["support", "client", "view", "поддерж", "просмотр", "reader"]
                .iter()
                .any(|word| text.contains(word)))
}

fn candidates(structure: &Structure, depth: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (at, part) in structure.parts.iter().enumerate() {
        if part.is_container || found.len() >= 50 {
            continue;
        }
        let is_html = part.is("text/html") || part.is("application/xhtml+xml");
        let is_text = is_html
            || part.is("text/plain")
            || part.is("text/enriched")
            || part.is("text")
            // Without parts it is text after all; one that lies too deep is a file.
            || (part.media_type().starts_with("multipart/")
                && structure.ancestors(at).count() < depth);
        let is_attached = part.disposition.value == "attachment";
        let is_named = part.disposition.has("filename") || part.content_type.has("name");
        let choice = structure
            .ancestors(at)
            .find(|(above, ..)| above.is("multipart/alternative"))
            .map(|(_, index, _)| index);
        // A named text is a file, unless it is all the text there is.
        let is_file = is_attached
            || (is_named && (!found.is_empty() || at != 0 && !part_is_first_leaf(structure, at)));
        let is_report_detail = structure.ancestors(at).any(|(above, index, _)| {
            above.is("multipart/report")
                && found
                    .iter()
                    .any(|c| structure.ancestors(c.part).any(|(_, i, _)| i == index))
                && structure.parts.get(at).and_then(|p| p.parent) == Some(index)
        });
        if is_text && !is_file && !is_report_detail {
            found.push(Candidate {
                part: at,
                is_html,
                is_named,
                choice,
            });
        }
    }
    found
}

fn part_is_first_leaf(structure: &Structure, at: usize) -> bool {
    structure.parts.iter().position(|p| !p.is_container) == Some(at)
}

impl Bodies {
    fn decoded(&mut self, raw: &[u8], part: &Part, limits: &Limits) -> String {
        // Encoded text is at most about three times as long as what it says; more is not even looked at.
        let most = limits.text.saturating_mul(3);
        let content = part.content(raw);
        let shown = cut(content, 0, most);
        let bytes = if part.encoding == Encoding::Identity && part.is("text/plain") {
            // The files between the lines are attachments.
            uuencode::without(shown).into_owned()
        } else {
            transfer::decode(shown, part.encoding)
        };
        if bytes.starts_with(b"=ybegin ") || find(&bytes, b"\n=ybegin ", 0).is_some() {
            self.odd("yenc");
        }
        if content.len() > most {
            self.odd("text_truncated");
        }
        let in_html = || {
            part.is("text/html")
                .then(|| declared_in_html(&bytes))
                .flatten()
        };
        let label = part.content_type.text("charset").or_else(in_html);
        // A label that promises nothing leaves the guess to what else is declared.
        let near = if bytes.is_ascii() { None } else { in_html() };
        let near = near
            .and_then(|label| charset::worth_a_guess(label.as_bytes()))
            .or_else(|| part.headers.near());
        let mut decoded = charset::decode_near(&bytes, label.as_deref(), near);
        drop(bytes);
        let most = limits.text.max(limits.html).saturating_add(4);
        if decoded.text.len() > most {
            // HTML has a limit and a code of its own.
            if !part.is("text/html") {
                self.odd("text_truncated");
            }
            let kept = shorten(&decoded.text, most).len();
            decoded.text.truncate(kept);
        }
        if decoded.is_guessed {
            self.odd("charset_guessed");
        }
        if charset::is_encoded_twice(shorten(&decoded.text, LOOKED_AT)) {
            self.odd("double_encoded");
        }
        if decoded.text.contains('\0') {
            self.odd("nul");
        }
        Text::new(&decoded.text).into()
    }

    fn shown_html(&mut self, text: &str, limits: &Limits) -> String {
        let shown = shorten(text, limits.html);
        if shown.len() < text.len() {
            self.odd("html_truncated");
        }
        let (read, is_too_deep) = html::to_text(shown, limits.html_depth);
        if is_too_deep {
            self.odd("html_too_deep");
        }
        read
    }

    fn odd(&mut self, code: &'static str) {
        if !self.oddities.contains(&code) {
            self.oddities.push(code);
        }
    }
}

/// The charset a `<meta>` at the beginning declares.
fn declared_in_html(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(cut(bytes, 0, 2048)).to_ascii_lowercase();
    let (_, after) = start.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!label.is_empty()).then_some(label)
}
