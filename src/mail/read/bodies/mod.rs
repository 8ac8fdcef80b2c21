//! The text people read: the best of its forms, of several texts all in their order.
//!
//! `forms` says which parts may be text, `choice` which of two forms is the better one. Where nothing else is there,
//! texts that are files are shown, then what a report says to programs.

mod choice;
mod enriched;
mod forms;
mod joined;

use super::{
    bytes::{cut, find, shorten},
    charset::{self, Decoded},
    flowed, html,
    limits::Limits,
    mime::{Part, Structure},
    rtf, transfer, uuencode,
};
use crate::model::{message::Encoding, text::Text};
pub(in crate::mail::read) use choice::are_alike;
use forms::{Candidate, Form, candidates, files};

/// How much of a file is shown where a mail has no other text, in bytes.
const FILE_MAX: usize = 64 << 10;

/// How much of a text is looked at for letters encoded twice, in bytes.
const LOOKED_AT: usize = 4 << 10;

/// The readable text of a mail.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    /// The whole text, line ends `\n`.
    pub(super) text: String,
    /// The text with the marks of [`html`], HTML taken wherever there is some; `None` where there is none.
    pub(super) marked: Option<String>,
    /// Whether any of `text` came from HTML.
    pub(super) is_from_html: bool,
    /// Parts that are text shown, or another form of it: no attachments.
    pub(super) used: Vec<usize>,
    /// What a report says to programs is all the text there is.
    pub(super) is_report_detail: bool,
    pub(super) oddities: Vec<&'static str>,
}

/// One text, read.
#[derive(Debug)]
struct Piece {
    part: usize,
    choice: Option<usize>,
    is_html: bool,
    /// With marks where it is HTML.
    text: String,
}

/// Finds and decodes the text.
pub(super) fn read(raw: &[u8], structure: &Structure, limits: &Limits) -> Bodies {
    let mut reader = Reader::new(raw, structure, limits);
    let found = candidates(structure, limits.depth);
    let mut pieces = Vec::new();
    for candidate in &found {
        if !candidate.is_named {
            reader.bodies.used.push(candidate.part);
        }
        pieces.extend(reader.piece(candidate));
    }
    if pieces.iter().all(|piece| piece.text.trim().is_empty()) {
        pieces = reader.last_resort(&found);
    }
    let mut bodies = reader.bodies;
    bodies.put_together(pieces, limits);
    bodies
}

/// The HTML of a mail as it was written, several one behind the other; empty where there is none.
pub(super) fn html_source(raw: &[u8], structure: &Structure, limits: &Limits) -> String {
    let mut reader = Reader::new(raw, structure, limits);
    let found = candidates(structure, limits.depth);
    let html = found.iter().filter(|one| one.form == Form::Html);
    let sources: Vec<String> = html
        .filter_map(|one| structure.parts.get(one.part))
        .map(|part| reader.html_of(part))
        .collect();
    sources.join("<br>")
}

/// A text that stands alone, such as the body of a mail inside `winmail.dat`.
pub(super) fn alone(text: &str, is_html: bool, limits: &Limits) -> Bodies {
    let mut reader = Reader {
        raw: &[],
        structure: &Structure::default(),
        limits,
        html_left: limits.html,
        bodies: Bodies::default(),
    };
    let text = if is_html {
        reader.shown_html(text)
    } else {
        Text::new(text).into()
    };
    let piece = Piece {
        part: 0,
        choice: None,
        is_html,
        text,
    };
    let mut bodies = reader.bodies;
    bodies.put_together(vec![piece], limits);
    bodies
}

struct Reader<'a> {
    raw: &'a [u8],
    structure: &'a Structure,
    limits: &'a Limits,
    /// How much HTML may still be read.
    html_left: usize,
    bodies: Bodies,
}

impl<'a> Reader<'a> {
    fn new(raw: &'a [u8], structure: &'a Structure, limits: &'a Limits) -> Self {
        Self {
            raw,
            structure,
            limits,
            html_left: limits.html,
            bodies: Bodies::default(),
        }
    }

    /// Reads one candidate; `None` for forms that are not shown.
    fn piece(&mut self, candidate: &Candidate) -> Option<Piece> {
        let part = self.structure.parts.get(candidate.part)?;
        let (is_html, text) = match candidate.form {
            Form::Foreign | Form::Rtf => return None,
            Form::Html => {
                let source = self.html_of(part);
                (true, self.shown_html(&source))
            }
            Form::Enriched { is_richtext } => {
                let text = self.text_of(part, self.limits.text);
                (false, enriched::to_text(&text, is_richtext))
            }
            Form::Plain => {
                let text = self.text_of(part, self.limits.text);
                if html::looks_like_html(&text) {
                    (true, self.shown_html(&text))
                } else {
                    (false, flowed::unfold(text, &part.content_type))
                }
            }
        };
        Some(Piece {
            part: candidate.part,
            choice: candidate.choice,
            is_html,
            text,
        })
    }

    /// What is shown where no text is: rich text, the first file that is text, what a report says to programs.
    fn last_resort(&mut self, found: &[Candidate]) -> Vec<Piece> {
        for candidate in found.iter().filter(|c| c.form == Form::Rtf) {
            let bytes = self.bytes_of(candidate.part);
            let (text, is_html) = match rtf::to_text(&bytes) {
                rtf::Rtf::Plain(text) => (Text::new(&text).into(), false),
                rtf::Rtf::Html(source) => (self.shown_html(&Text::from(source).to_string()), true),
            };
            if !text.trim().is_empty() {
                return vec![Piece {
                    part: candidate.part,
                    choice: None,
                    is_html,
                    text,
                }];
            }
        }
        for candidate in files(self.structure, self.limits.depth) {
            let piece = self.piece(&candidate);
            if let Some(mut piece) = piece.filter(|piece| !piece.text.trim().is_empty()) {
                piece.text = shorten(&piece.text, FILE_MAX).to_owned();
                return vec![piece];
            }
        }
        self.bodies.is_report_detail = true;
        let details = self.structure.parts.iter().enumerate().filter(|(_, part)| {
            part.is("message/delivery-status") || part.is("message/disposition-notification")
        });
        details
            .map(|(at, part)| Piece {
                part: at,
                choice: None,
                is_html: false,
                text: self.text_of(part, FILE_MAX),
            })
            .collect()
    }
}

/// Bytes to words.
impl Reader<'_> {
    fn bytes_of(&self, part: usize) -> Vec<u8> {
        let part = self.structure.parts.get(part);
        part.map(|part| self.decoded(part)).unwrap_or_default()
    }

    /// Encoded text is at most about three times as long as what it says; more is not even looked at.
    fn decoded(&self, part: &Part) -> Vec<u8> {
        let most = self.limits.text.saturating_mul(3);
        let shown = cut(part.content(self.raw), 0, most);
        if part.encoding == Encoding::Identity && part.is("text/plain") {
            // The files between the lines are attachments.
            uuencode::without(shown).into_owned()
        } else {
            transfer::decode(shown, part.encoding)
        }
    }

    /// A part's text, at most `most` bytes of it.
    fn text_of(&mut self, part: &Part, most: usize) -> String {
        let bytes = self.decoded(part);
        if part.content(self.raw).len() > self.limits.text.saturating_mul(3) {
            self.bodies.odd("text_truncated");
        }
        if bytes.starts_with(b"=ybegin ") || find(&bytes, b"\n=ybegin ", 0).is_some() {
            self.bodies.odd("yenc");
        }
        let label = part.content_type.text("charset");
        let near = part.headers.near();
        let mut text = self.words(charset::decode_near(&bytes, label.as_deref(), near));
        if text.len() > most {
            self.bodies.odd("text_truncated");
            text.truncate(shorten(&text, most).len());
        }
        text
    }

    /// A part's HTML; how much of it is read is counted over the whole mail.
    fn html_of(&mut self, part: &Part) -> String {
        let bytes = self.decoded(part);
        if part.content(self.raw).len() > self.limits.text.saturating_mul(3) {
            self.bodies.odd("html_truncated");
        }
        let in_html = declared_in_html(&bytes);
        let label = part
            .content_type
            .text("charset")
            .or_else(|| in_html.clone());
        // A label that promises nothing leaves the guess to what else is declared.
        let near = in_html
            .and_then(|label| charset::worth_a_guess(label.as_bytes()))
            .or_else(|| part.headers.near());
        self.words(charset::decode_near(&bytes, label.as_deref(), near))
    }

    fn words(&mut self, decoded: Decoded) -> String {
        if decoded.is_guessed {
            self.bodies.odd("charset_guessed");
        }
        if charset::is_encoded_twice(shorten(&decoded.text, LOOKED_AT)) {
            self.bodies.odd("double_encoded");
        }
        if decoded.text.contains('\0') {
            self.bodies.odd("nul");
        }
        Text::new(&decoded.text).into()
    }

    /// The text that HTML shows, with marks.
    fn shown_html(&mut self, source: &str) -> String {
        let read = shorten(source, self.html_left);
        self.html_left = self.html_left.saturating_sub(read.len());
        if read.len() < source.len() {
            self.bodies.odd("html_truncated");
        }
        let shown = html::to_text(read, self.limits.html_depth);
        if shown.is_too_deep {
            self.bodies.odd("html_too_deep");
        }
        shown.text
    }
}

impl Bodies {
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
