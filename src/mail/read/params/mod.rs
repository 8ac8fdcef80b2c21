//! Values with parameters, as in `Content-Type` and `Content-Disposition` (RFC 2045, 5.1; RFC 2231), read tolerantly.

mod split;

use encoding_rs::Encoding;

use super::{charset, transfer, words};

/// A value and its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parametered {
    /// The value itself, lower case: `text/plain`, `attachment`.
    pub(super) value: String,
    /// Names, lower case, with `*` and numbers as written, and their bytes.
    params: Vec<(String, Vec<u8>)>,
    /// The charset that the mail declares elsewhere: a guess for raw 8-bit names.
    near: Option<&'static Encoding>,
}

impl Parametered {
    /// Reads an unfolded header value.
    pub(super) fn read(raw: &[u8]) -> Self {
        let (value, params) = split::split(raw);
        Self {
            value: String::from_utf8_lossy(&value)
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '"')
                .collect::<String>()
                .to_ascii_lowercase(),
            params,
            near: None,
        }
    }

    /// Says which charset raw 8-bit names may be in.
    pub(super) const fn set_near(&mut self, near: Option<&'static Encoding>) {
        self.near = near;
    }

    /// A parameter's bytes as written, unquoted: the first that says something, where it is given twice.
    pub(super) fn raw(&self, name: &str) -> Option<&[u8]> {
        let mut given = self.params.iter().filter(|(n, _)| n == name);
        let first = given.next()?;
        let useful = std::iter::once(first)
            .chain(given)
            .find(|(_, v)| !v.is_empty());
        Some(useful.unwrap_or(first).1.as_slice())
    }

    /// Whether there is such a parameter in any form.
    pub(super) fn has(&self, name: &str) -> bool {
        self.params
            .iter()
            .any(|(n, _)| n.split('*').next() == Some(name))
    }

    /// A parameter's bytes, put together from its pieces, charsets left alone.
    pub(super) fn joined(&self, name: &str) -> Option<Vec<u8>> {
        self.raw(name)
            .map(<[u8]>::to_vec)
            .or_else(|| Some(self.continued(name)?.bytes))
    }

    /// A parameter as text: RFC 2231 charsets and continuations, RFC 2047 words although forbidden here, raw 8-bit.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let is_useful = |text: &String| !text.trim().is_empty();
        let extended = || self.raw(&format!("{name}*")).map(|v| self.extended(v));
        let continued = || self.continued(name).map(|c| self.put_together(&c));
        let plain = || self.raw(name).map(|v| self.plain(v));
        extended()
            .filter(is_useful)
            .or_else(|| continued().filter(is_useful))
            .or_else(plain)
    }

    /// `name*0`, `name*1*` ... in the order of their numbers.
    fn continued(&self, name: &str) -> Option<Continued> {
        let mut found = Continued::default();
        for number in 0..200 {
            if let Some(piece) = self.raw(&format!("{name}*{number}*")) {
                let (label, text) = if found.bytes.is_empty() {
                    split_extended(piece)
                } else {
                    (None, piece)
                };
                found.label = found.label.or(label);
                found.is_extended = true;
                found.bytes.extend(percent_decoded(text));
            } else if let Some(piece) = self.raw(&format!("{name}*{number}")) {
                found.bytes.extend(piece);
            } else if number > 0 {
                // Some begin to count at one.
                break;
            }
        }
        (!found.bytes.is_empty()).then_some(found)
    }

    fn put_together(&self, continued: &Continued) -> String {
        let Continued { bytes, label, .. } = continued;
        if continued.is_extended && !bytes.starts_with(b"=?") {
            charset::decode_near(bytes, label.as_deref(), self.near).text
        } else {
            words::decode_near(bytes, self.near)
        }
    }

    fn extended(&self, value: &[u8]) -> String {
        let (label, text) = split_extended(value);
        if label.is_none() && text.starts_with(b"=?") {
            return words::decode_near(text, self.near);
        }
        let text = text
            .strip_prefix(b"\"")
            .and_then(|t| t.strip_suffix(b"\""))
            .unwrap_or(text);
        charset::decode_near(&percent_decoded(text), label.as_deref(), self.near).text
    }

    /// A value without the star: what some programs put there all the same is read as if it had one.
    fn plain(&self, value: &[u8]) -> String {
        if value.is_ascii() && value.contains(&b'%') {
            let (label, _) = split_extended(value);
            if label.is_some_and(|label| charset::is_known(&label)) {
                return self.extended(value);
            }
            let decoded = percent_decoded(value);
            if let Ok(text) = str::from_utf8(&decoded)
                && !text.is_ascii()
            {
                return text.to_owned();
            }
        }
        words::decode_near(value, self.near)
    }
}

/// A parameter put together from its pieces.
#[derive(Default)]
struct Continued {
    bytes: Vec<u8>,
    label: Option<String>,
    is_extended: bool,
}

/// `charset'language'text`; some write one quote only.
fn split_extended(value: &[u8]) -> (Option<String>, &[u8]) {
    let mut pieces = value.splitn(3, |b| *b == b'\'');
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match (pieces.next(), pieces.next(), pieces.next()) {
        (Some(label), Some(_), Some(rest)) => (Some(text(label)), rest),
        (Some(label), Some(rest), None) if charset::is_known(&text(label)) => {
            (Some(text(label)), rest)
        }
        _ => (None, value),
    }
}

fn percent_decoded(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        if let (b'%', Some(byte)) = (*first, transfer::hex_byte(after)) {
            decoded.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            decoded.push(*first);
            rest = after;
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, name: &str, text: Option<&str>) {
        assert_eq!(
            Parametered::read(raw.as_bytes()).text(name).as_deref(),
            text,
            "{raw}"
        );
    }

    #[test]
    fn parameters_are_read() {
        check(
            "text/plain; charset=utf-8; format=flowed",
            "format",
            Some("flowed"),
        );
        check("a/b; name=\"x;y\\\"z\"", "name", Some("x;y\"z"));
        check("a/b; name = plain.txt ;", "name", Some("plain.txt"));
        check("a/b; name=two words.txt", "name", Some("two words.txt"));
        check("a/b; NAME=\"never closed; x=1", "x", Some("1"));
        check("a/b; boundary = \"B\"", "boundary", Some("B"));
        check("a/b", "name", None);
        assert_eq!(
            Parametered::read(b" Text/HTML (comment); x=y").value,
            "text/html"
        );
    }

    #[test]
    fn names_come_in_many_forms() {
        check(
            "a; filename*=UTF-8''%D0%9F%D1%80.pdf",
            "filename",
            Some("Пр.pdf"),
        );
        check(
            "a; filename*0*=koi8-r''%F0%D2; filename*1*=%C9.pdf",
            "filename",
            Some("При.pdf"),
        );
        check(
            "a; filename*0=\"long \"; filename*1=\"name.txt\"",
            "filename",
            Some("long name.txt"),
        );
        check(
            "a; filename=\"=?utf-8?B?0J/RgNC40LLQtdGC?=.txt\"",
            "filename",
            Some("Привет.txt"),
        );
        check(
            "a; filename=\"C:\\dir\\x.txt\"",
            "filename",
            Some("C:\\dir\\x.txt"),
        );
        check("a; name*1=a; name*2=b", "name", Some("ab"));
    }

    #[test]
    fn forgotten_and_doubled_signs_are_tolerated() {
        check("attachment filename=x.pdf", "filename", Some("x.pdf"));
        check(
            "attachment filename=\"a b.pdf\"",
            "filename",
            Some("a b.pdf"),
        );
        check("filename=\"x.pdf\"", "filename", Some("x.pdf"));
        check("text/plain charset=utf-8", "charset", Some("utf-8"));
        check(
            "a/b; name=\"x.txt\" charset=utf-8",
            "charset",
            Some("utf-8"),
        );
        check("a/b; name=\"x.txt\" charset=utf-8", "name", Some("x.txt"));
        check(
            "a/b; name=\"Akt \"May\".pdf\"; x=1",
            "name",
            Some("Akt \"May\".pdf"),
        );
        check("a/b; name=\"x\"junk; x=1", "x", Some("1"));
        check("a/b; name=\"x\"junk; x=1", "name", Some("x"));
        check("a/b; name=Report (1).pdf", "name", Some("Report (1).pdf"));
        check("a/b (why); name=\"x.txt\" (comment); y=2", "y", Some("2"));
        check("a/b; name=\"\"; name=x.txt", "name", Some("x.txt"));
        check("a/b; name=one.txt; name=two.txt", "name", Some("one.txt"));
        check("a/b;;; name=x.txt;", "name", Some("x.txt"));
        check("a/b; name='x y.txt'", "name", Some("x y.txt"));
        check("a/b; name=x (never closed; y=1", "y", Some("1"));
        let read = Parametered::read(b"text / html; x");
        assert_eq!(read.value, "text/html");
        assert_eq!(
            Parametered::read(b"attachment filename=x").value,
            "attachment"
        );
    }

    #[test]
    fn continuations_come_in_any_order_and_mixed() {
        check(
            "a; filename*2=\".pdf\"; filename*0*=utf-8''%D0%9F%D1; filename*1*=%80",
            "filename",
            Some("Пр.pdf"),
        );
        check(
            "a; filename*0=\"=?utf-8?B?0J/RgNC4\"; filename*1=\"0LLQtdGC?=.txt\"",
            "filename",
            Some("Привет.txt"),
        );
        check(
            "a; filename*0*=koi8-r''%F0; filename*1*=%D2; filename*2=i.txt",
            "filename",
            Some("Прi.txt"),
        );
        check("a; name*0=x; name=fallback.txt", "name", Some("x"));
        check(
            "a; filename=plain.txt; filename*=utf-8''%D0%9F.txt",
            "filename",
            Some("П.txt"),
        );
        check(
            "a; filename=plain.txt; filename*=",
            "filename",
            Some("plain.txt"),
        );
        assert_eq!(
            Parametered::read(b"a; boundary*0=one; boundary*1=two")
                .joined("boundary")
                .as_deref(),
            Some(&b"onetwo"[..])
        );
        assert!(Parametered::read(b"a; filename*0*=x").has("filename"));
    }

    #[test]
    fn extended_values_without_the_form_are_read() {
        check(
            "a; filename=\"utf-8''%D0%9F.txt\"",
            "filename",
            Some("П.txt"),
        );
        check("a; filename*=utf-8'%D0%9F.txt", "filename", Some("П.txt"));
        check(
            "a; filename=\"%D0%9F%D1%80.txt\"",
            "filename",
            Some("Пр.txt"),
        );
        check("a; filename=\"100%25.txt\"", "filename", Some("100%25.txt"));
        check(
            "a; filename*=\"=?utf-8?B?0J8=?=.txt\"",
            "filename",
            Some("П.txt"),
        );
        check(
            "a; filename*=UTF-8''\"a%20b.txt\"",
            "filename",
            Some("a b.txt"),
        );
        check(
            "a; filename*=iso-8859-1'en'%A3.txt",
            "filename",
            Some("£.txt"),
        );
        check("a; filename*=''%D0%9F.txt", "filename", Some("П.txt"));
    }

    #[test]
    fn raw_names_are_read_in_the_charset_of_the_mail() {
        let (name, _, _) = encoding_rs::GBK.encode("a; name=\"绩效管理.xls\"");
        let mut read = Parametered::read(&name);
        read.set_near(charset::worth_a_guess(b"gb2312"));
        assert_eq!(read.text("name").as_deref(), Some("绩效管理.xls"));
    }

    #[test]
    fn hostile_parameters_take_no_time() {
        for piece in ["=\"a\"b;", " (", "=\"\\\"", "\"", ";", "x=\";", "a*0*='"] {
            let raw = piece.repeat(50_000);
            let read = Parametered::read(raw.as_bytes());
            assert!(read.text("a").is_none_or(|t| t.len() <= raw.len()));
        }
    }
}
