//! The tokens of rich text: braces, control words and symbols, bytes.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\name` and its number.
    Word(&'a str, Option<i32>),
    /// `\~` and the like.
    Symbol(u8),
    /// `\'xx`.
    Byte(u8),
    /// Bytes as they are, line ends left out.
    Text(&'a [u8]),
}

/// The tokens of a document, in order.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

/// The longest name of a control word (RTF 1.9 says 32).
const NAME_MAX: usize = 32;

impl<'a> Tokens<'a> {
    pub(super) const fn new(rtf: &'a [u8]) -> Self {
        Self { rest: rtf }
    }

    fn split(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    fn word(&mut self) -> Token<'a> {
        let length = self
            .rest
            .iter()
            .take(NAME_MAX)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let name = std::str::from_utf8(self.split(length)).unwrap_or_default();
        let is_negative = self.rest.starts_with(b"-");
        let digits = self
            .rest
            .iter()
            .skip(usize::from(is_negative))
            .take(10)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let number = if digits > 0 {
            let written = self.split(digits.saturating_add(usize::from(is_negative)));
            std::str::from_utf8(written)
                .ok()
                .map(|n| n.parse().unwrap_or(0))
        } else {
            None
        };
        if self.rest.starts_with(b" ") {
            self.split(1);
        }
        if name == "bin" {
            // Bytes of an object or a picture follow.
            self.split(
                number
                    .and_then(|n: i32| usize::try_from(n).ok())
                    .unwrap_or(0),
            );
        }
        Token::Word(name, number)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match self.rest.first()? {
                b'{' => {
                    self.split(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.split(1);
                    return Some(Token::Close);
                }
                b'\r' | b'\n' | b'\0' => {
                    self.split(1);
                }
                b'\\' => {
                    self.split(1);
                    let next = *self.rest.first()?;
                    if next.is_ascii_alphabetic() {
                        return Some(self.word());
                    }
                    self.split(1);
                    if next != b'\'' {
                        return Some(Token::Symbol(next));
                    }
                    if let Some(byte) = crate::mail::read::transfer::hex_byte(self.rest) {
                        self.split(2);
                        return Some(Token::Byte(byte));
                    }
                }
                _ => {
                    let length = self
                        .rest
                        .iter()
                        .position(|b| matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | b'\0'))
                        .unwrap_or(self.rest.len());
                    return Some(Token::Text(self.split(length)));
                }
            }
        }
    }
}
