//! Rich text (RTF 1.9) to text, and to the HTML that Outlook hides in it (MS-OXRTFEX). One pass, nothing recursive.

mod tokens;

use std::{borrow::Cow, collections::HashMap};

use encoding_rs::Encoding;

use super::code_pages;
use tokens::{Token, Tokens};

/// How much is written, in bytes.
const WRITTEN_MAX: usize = 4 << 20;

/// Groups within each other whose properties are kept; deeper ones have those of the last.
const DEPTH_MAX: usize = 500;

/// Fonts whose charsets are kept.
const FONTS_MAX: usize = 1000;

/// Groups that are no text.
const NO_TEXT: [&str; 16] = [
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "filetbl",
    "revtbl",
    "nonshppict",
];

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rtf {
    /// Text, line ends `\n`.
    Plain(String),
    /// The source of the HTML that was hidden in it.
    Html(String),
}

/// Reads rich text; empty where it is none.
pub(super) fn to_text(rtf: &[u8]) -> Rtf {
    let mut reader = Reader::new();
    let start = rtf.trim_ascii_start();
    if !start.starts_with(b"{\\rtf") {
        return Rtf::Plain(String::new());
    }
    for token in Tokens::new(start) {
        if reader.out.len() > WRITTEN_MAX {
            break;
        }
        reader.take(&token);
    }
    reader.flush();
    if reader.is_html {
        Rtf::Html(reader.out)
    } else {
        Rtf::Plain(reader.out.trim().to_owned())
    }
}

/// What a group holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Text,
    /// Nothing to be read.
    Other,
    /// The table of fonts.
    Fonts,
    /// Source of HTML, copied as it is.
    Tag,
}

/// The properties of a group, which end with it.
#[derive(Clone, Copy)]
struct Group {
    holds: Holds,
    /// Only for readers of rich text, not part of the HTML.
    is_for_rtf: bool,
    /// Characters that stand for a Unicode one before them.
    fallback: u32,
    encoding: &'static Encoding,
}

struct Reader {
    out: String,
    group: Group,
    above: Vec<Group>,
    /// Groups open beyond those kept.
    beyond: usize,
    /// Whether HTML is hidden within (`\fromhtml1`).
    is_html: bool,
    /// The next group's name begins with `\*`: if it is not known it is no text.
    is_optional: bool,
    default: &'static Encoding,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    /// Bytes whose charset is that of the group.
    bytes: Vec<u8>,
    /// Characters to be passed over after a Unicode one.
    to_skip: u32,
    /// The first half of a character of two (UTF-16).
    high: Option<u16>,
}

impl Reader {
    fn new() -> Self {
        let default = code_pages::encoding(1252);
        Self {
            out: String::new(),
            group: Group {
                holds: Holds::Text,
                is_for_rtf: false,
                fallback: 1,
                encoding: default,
            },
            above: Vec::new(),
            beyond: 0,
            is_html: false,
            is_optional: false,
            default,
            fonts: HashMap::new(),
            font: 0,
            bytes: Vec::new(),
            to_skip: 0,
            high: None,
        }
    }

    fn take(&mut self, token: &Token<'_>) {
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Text(bytes) => {
                let skipped = usize::try_from(self.to_skip).unwrap_or(usize::MAX);
                let passed = skipped.min(bytes.len());
                self.to_skip = self
                    .to_skip
                    .saturating_sub(u32::try_from(passed).unwrap_or(u32::MAX));
                self.bytes(bytes.get(passed..).unwrap_or_default());
            }
            Token::Byte(byte) => {
                if self.to_skip > 0 {
                    self.to_skip = self.to_skip.saturating_sub(1);
                } else {
                    self.bytes(&[*byte]);
                }
            }
            Token::Symbol(b'*') => self.is_optional = true,
            Token::Symbol(symbol) => self.symbol(*symbol),
            Token::Word(name, number) => self.word(name, *number),
        }
    }

    fn open(&mut self) {
        self.flush();
        self.to_skip = 0;
        if self.above.len() >= DEPTH_MAX {
            self.beyond = self.beyond.saturating_add(1);
        } else {
            self.above.push(self.group);
        }
    }

    fn close(&mut self) {
        self.flush();
        self.to_skip = 0;
        self.is_optional = false;
        if self.beyond > 0 {
            self.beyond = self.beyond.saturating_sub(1);
        } else if let Some(group) = self.above.pop() {
            self.group = group;
        }
    }

    const fn is_silent(&self) -> bool {
        match self.group.holds {
            Holds::Text => self.is_html && self.group.is_for_rtf,
            Holds::Tag => false,
            Holds::Other | Holds::Fonts => true,
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        if !self.is_silent() {
            self.bytes.extend(bytes);
        }
    }

    /// Decodes the bytes gathered.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let (text, _) = self.group.encoding.decode_without_bom_handling(&self.bytes);
            let text: Cow<'_, str> = text;
            self.out.push_str(&text);
            self.bytes.clear();
        }
    }

    fn put(&mut self, c: char) {
        self.flush();
        if !self.is_silent() {
            self.out.push(c);
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'~' => self.put('\u{A0}'),
            b'_' => self.put('\u{2011}'),
            b'-' => {}
            b'\n' | b'\r' => self.put('\n'),
            other => self.bytes(&[other]),
        }
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        let is_optional = std::mem::take(&mut self.is_optional);
        let is_on = number != Some(0);
        match name {
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.group.fallback = number.and_then(|n| n.try_into().ok()).unwrap_or(1),
            "par" | "line" | "row" | "sect" | "page" => self.put('\n'),
            "tab" | "cell" | "nestcell" => self.put('\t'),
            "nestrow" => self.put('\n'),
            "lquote" => self.put('‘'),
            "rquote" => self.put('’'),
            "ldblquote" => self.put('“'),
            "rdblquote" => self.put('”'),
            "bullet" => self.put('•'),
            "endash" => self.put('–'),
            "emdash" => self.put('—'),
            "emspace" | "enspace" | "qmspace" => self.put(' '),
            "fromhtml" => self.is_html = is_on,
            "htmlrtf" => {
                self.flush();
                self.group.is_for_rtf = is_on;
            }
            "htmltag" if is_optional => self.group.holds = Holds::Tag,
            "fonttbl" => self.group.holds = Holds::Fonts,
            "ansicpg" => {
                let page = number.and_then(|n| n.try_into().ok()).unwrap_or(1252);
                self.default = code_pages::encoding(page);
                self.group.encoding = self.default;
            }
            "mac" => self.group.encoding = code_pages::encoding(10007),
            "f" => self.font(number.unwrap_or(0)),
            "fcharset" => self.font_charset(number),
            "plain" => {
                self.flush();
                self.group.encoding = self.default;
            }
            _ if is_optional || NO_TEXT.contains(&name) => self.group.holds = Holds::Other,
            _ => {}
        }
    }

    fn font(&mut self, number: i32) {
        self.flush();
        if self.group.holds == Holds::Fonts {
            self.font = number;
        } else if let Some(encoding) = self.fonts.get(&number) {
            self.group.encoding = encoding;
        }
    }

    fn font_charset(&mut self, number: Option<i32>) {
        let page = number
            .and_then(|n| u32::try_from(n).ok())
            // The western charset is what fonts say that have no other: the document's page knows better.
            .filter(|charset| *charset != 0)
            .and_then(code_pages::of_font);
        if self.group.holds == Holds::Fonts && self.fonts.len() < FONTS_MAX {
            let encoding = page.map_or(self.default, code_pages::encoding);
            self.fonts.insert(self.font, encoding);
        }
    }

    /// `\u1055`: a unit of UTF-16, negative beyond 32767.
    fn unicode(&mut self, number: i32) {
        self.flush();
        self.to_skip = self.group.fallback;
        let [.., high, low] = number.to_be_bytes();
        let unit = u16::from_be_bytes([high, low]);
        let units = [self.high.take(), Some(unit)];
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        for c in char::decode_utf16(units.into_iter().flatten()) {
            self.put(c.unwrap_or('\u{FFFD}'));
        }
    }
}

#[cfg(test)]
mod tests;
