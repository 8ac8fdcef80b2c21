//! How names are spelt on the wire: quoted strings and modified UTF-7 (RFC 3501, 4.3 and 5.1.3).

use data_encoding::{Encoding, Specification};

use super::error::ImapError;

/// A quoted string; `what` names it where it cannot be said.
pub(super) fn quoted(words: &str, what: &'static str) -> Result<String, ImapError> {
    if words.contains(['\r', '\n', '\0']) {
        return Err(ImapError::Unspeakable { what });
    }
    Ok(format!(
        "\"{}\"",
        words.replace('\\', "\\\\").replace('"', "\\\"")
    ))
}

/// A folder's name as a command carries it.
pub(super) fn folder_on_wire(folder: &str) -> Result<String, ImapError> {
    quoted(&to_utf7(folder), "the folder's name")
}

/// A keyword as a command carries it: an atom (RFC 3501, 9: `flag-keyword`).
pub(super) fn keyword_on_wire(keyword: &str) -> Result<&str, ImapError> {
    let is_atom = !keyword.is_empty()
        && keyword
            .chars()
            .all(|c| c.is_ascii_graphic() && !"(){%*\"\\]".contains(c));
    if is_atom {
        Ok(keyword)
    } else {
        Err(ImapError::Unspeakable {
            what: "the keyword",
        })
    }
}

/// Base64 with `,` for `/` and without padding.
fn alphabet() -> Option<Encoding> {
    let mut specification = Specification::new();
    specification
        .symbols
        .push_str("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,");
    specification.check_trailing_bits = false;
    specification.encoding().ok()
}

/// Writes a name in modified UTF-7.
pub(super) fn to_utf7(name: &str) -> String {
    let Some(alphabet) = alphabet() else {
        return name.to_owned();
    };
    let mut written = String::with_capacity(name.len());
    let mut foreign = Vec::new();
    let flush = |foreign: &mut Vec<u8>, written: &mut String| {
        if !foreign.is_empty() {
            written.push('&');
            written.push_str(&alphabet.encode(foreign));
            written.push('-');
            foreign.clear();
        }
    };
    for c in name.chars() {
        if !matches!(c, ' '..='~') {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                foreign.extend_from_slice(&unit.to_be_bytes());
            }
            continue;
        }
        flush(&mut foreign, &mut written);
        written.push(c);
        if c == '&' {
            written.push('-');
        }
    }
    flush(&mut foreign, &mut written);
    written
}

/// Reads a name in modified UTF-7; what is not (a server that sends UTF-8) stays as it is.
pub(super) fn from_utf7(name: &str) -> String {
    decoded(name).unwrap_or_else(|| name.to_owned())
}

fn decoded(name: &str) -> Option<String> {
    let alphabet = alphabet()?;
    let mut read = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((plain, shifted)) = rest.split_once('&') {
        read.push_str(plain);
        let (code, after) = shifted.split_once('-')?;
        rest = after;
        if code.is_empty() {
            read.push('&');
            continue;
        }
        let bytes = alphabet.decode(code.as_bytes()).ok()?;
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .filter_map(|pair| <[u8; 2]>::try_from(pair).ok())
            .map(u16::from_be_bytes)
            .collect();
        read.push_str(&String::from_utf16(&units).ok()?);
    }
    read.push_str(rest);
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, wire: &str) {
        assert_eq!(to_utf7(name), wire);
        assert_eq!(from_utf7(wire), name);
    }

    #[test]
    fn folder_names_go_both_ways() {
        check("INBOX", "INBOX");
        check("Tom & Jerry", "Tom &- Jerry");
        // RFC 3501, 5.1.3, and what Russian servers call Sent and Spam.
        check("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        check("Отправленные", "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-");
        check("Спам/2026", "&BCEEPwQwBDw-/2026");
        check("📥", "&2D3c5Q-");
    }

    #[test]
    fn what_is_not_utf7_stays() {
        assert_eq!(from_utf7("Входящие"), "Входящие");
        assert_eq!(from_utf7("a & b"), "a & b");
        assert_eq!(from_utf7("&!!-"), "&!!-");
    }

    #[test]
    fn strings_are_quoted_or_refused() {
        assert_eq!(
            quoted(r#"DOMAIN\us"er"#, "it").unwrap(),
            r#""DOMAIN\\us\"er""#
        );
        assert!(quoted("a\r\nb NOOP", "it").is_err());
    }

    #[test]
    fn keywords_are_atoms() {
        assert_eq!(keyword_on_wire("$OknoDone").unwrap(), "$OknoDone");
        for bad in ["", "a b", "\\Seen", "готово", "a)"] {
            assert!(keyword_on_wire(bad).is_err(), "{bad}");
        }
    }
}
