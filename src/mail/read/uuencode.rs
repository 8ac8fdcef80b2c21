//! uuencode (POSIX `uuencode`): files between the lines of a text, as they were sent before MIME and still are by scripts.

use std::{borrow::Cow, ops::Range};

use super::bytes::cut;

/// More files than anybody sends in one text are left in it.
const FILES_MAX: usize = 100;

/// A file between the lines of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Enclosed<'a> {
    /// The name on the `begin` line, as bytes.
    pub(super) name: &'a [u8],
    /// From the `begin` line to the end of the `end` line.
    pub(super) at: Range<usize>,
}

/// The files in `content`.
pub(super) fn find(content: &[u8]) -> Vec<Enclosed<'_>> {
    let mut found = Vec::new();
    let mut at = 0_usize;
    while let Some(start) = next_begin(content, at)
        && found.len() < FILES_MAX
    {
        let (line, first) = line(content, start);
        let name = name_of(line).unwrap_or_default();
        match end(content, first) {
            Some(end) => {
                found.push(Enclosed {
                    name,
                    at: start..end,
                });
                at = end;
            }
            None => at = first,
        }
    }
    found
}

/// `content` without the files in it.
pub(super) fn without(content: &[u8]) -> Cow<'_, [u8]> {
    let files = find(content);
    if files.is_empty() {
        return Cow::Borrowed(content);
    }
    let mut kept = Vec::with_capacity(content.len());
    let mut at = 0_usize;
    for file in files {
        kept.extend(cut(content, at, file.at.start));
        at = file.at.end;
    }
    kept.extend(cut(content, at, content.len()));
    Cow::Owned(kept)
}

/// The name on the first `begin` line.
pub(super) fn name(content: &[u8]) -> Option<&[u8]> {
    let start = next_begin(content, 0)?;
    name_of(line(content, start).0).filter(|name| !name.is_empty())
}

/// Where the lines begin that are to be decoded, after a text and a `begin` line before them.
pub(super) fn data(content: &[u8]) -> &[u8] {
    let from = next_begin(content, 0).map_or(0, |start| line(content, start).1);
    cut(content, from, content.len())
}

/// Where the next `begin` line starts, at or after `from`.
fn next_begin(content: &[u8], from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let at = super::bytes::find(content, b"begin ", from)?;
        let is_at_start = matches!(cut(content, 0, at).last(), None | Some(b'\n' | b'\r'));
        if is_at_start && name_of(line(content, at).0).is_some() {
            return Some(at);
        }
        from = at.saturating_add(1);
    }
}

/// The name on a line `begin 644 name`.
fn name_of(line: &[u8]) -> Option<&[u8]> {
    let rest = line.strip_prefix(b"begin ")?.trim_ascii();
    let mode = rest.iter().take_while(|b| matches!(b, b'0'..=b'7')).count();
    let name = rest.get(mode..)?;
    let is_apart = name.is_empty() || name.starts_with(b" ");
    ((3..=4).contains(&mode) && is_apart).then(|| name.trim_ascii())
}

/// Where the file whose first line of data is at `first` ends; `None` where it is none.
fn end(content: &[u8], first: usize) -> Option<usize> {
    let mut at = first;
    let mut lines = 0_usize;
    while at < content.len() {
        let (line, after) = line(content, at);
        if line.trim_ascii_end() == b"end" {
            return Some(after);
        }
        // An empty line is one of length zero whose only space was lost.
        let belongs = is_data(line) || (line.is_empty() && lines > 0);
        if !belongs {
            break;
        }
        lines = lines.saturating_add(1);
        at = after;
    }
    // Cut off: surely a file only where some of it is there.
    (lines >= 2).then_some(at)
}

/// Whether a line has the length its first character says, and no character of others.
fn is_data(line: &[u8]) -> bool {
    let Some((first, rest)) = line.split_first() else {
        return false;
    };
    let wanted = usize::from(length(*first)).div_ceil(3).saturating_mul(4);
    line.iter().all(|b| matches!(b, b' '..=b'`'))
        && rest.len() <= wanted.saturating_add(2)
        && rest.len().saturating_add(4) > wanted
}

const fn length(byte: u8) -> u8 {
    byte.wrapping_sub(b' ') & 0x3F
}

/// Adds the bytes that one line of data stands for.
pub(super) fn decode_line(line: &[u8], out: &mut Vec<u8>) {
    let Some((first, rest)) = line.split_first() else {
        return;
    };
    let mut wanted = usize::from(length(*first));
    for group in rest.chunks(4) {
        let bits = (0..4).fold(0_u32, |bits, at| {
            (bits << 6) | u32::from(length(group.get(at).copied().unwrap_or(b' ')))
        });
        let [_, a, b, c] = bits.to_be_bytes();
        let takes = wanted.min(3);
        out.extend([a, b, c].iter().take(takes));
        wanted = wanted.saturating_sub(takes);
    }
}

/// The line at `at` without its end, and where the next one starts.
fn line(content: &[u8], at: usize) -> (&[u8], usize) {
    let rest = cut(content, at, content.len());
    let Some(length) = rest.iter().position(|b| matches!(b, b'\n' | b'\r')) else {
        return (rest, content.len());
    };
    let is_pair = rest
        .get(length..)
        .is_some_and(|end| end.starts_with(b"\r\n"));
    let end = length.saturating_add(if is_pair { 2 } else { 1 });
    (cut(rest, 0, length), at.saturating_add(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAT: &str = "begin 644 cat.txt\n#0V%T\n`\nend\n";

    #[track_caller]
    fn check(content: &str, names: &[&str], text: &str) {
        let found = find(content.as_bytes());
        let read: Vec<&str> = found
            .iter()
            .map(|f| str::from_utf8(f.name).unwrap())
            .collect();
        assert_eq!(read, names, "{content}");
        assert_eq!(str::from_utf8(&without(content.as_bytes())).unwrap(), text);
    }

    #[test]
    fn files_are_found_and_the_text_around_stays() {
        check(CAT, &["cat.txt"], "");
        check(
            &format!("before\n{CAT}after"),
            &["cat.txt"],
            "before\nafter",
        );
        check(
            &format!("a\n{CAT}b\n{}c", CAT.replace("cat", "dog")),
            &["cat.txt", "dog.txt"],
            "a\nb\nc",
        );
        check(
            &format!("a\n{CAT}b").replace('\n', "\r\n"),
            &["cat.txt"],
            "a\r\nb",
        );
        check(
            "a\nbegin 600 my file.txt\n#0V%T\n\nend\nb",
            &["my file.txt"],
            "a\nb",
        );
        check("begin 644\n#0V%T\n`\nend\n", &[""], "");
        check(
            "begin 644 cut.txt\n#0V%T\n#0V%T\n\nand text",
            &["cut.txt"],
            "and text",
        );
    }

    #[test]
    fn words_are_no_files() {
        for text in [
            "begin 2026 with a smile\nHello",
            "begin 644 cat.txt\nHello, how are you?\nend",
            "to begin 644 x\n#0V%T\n`\nend\n",
            "begin 9999 x\n#0V%T\nend",
            "begin 644 x",
        ] {
            check(text, &[], text);
        }
    }

    #[test]
    fn many_beginnings_take_no_time() {
        let content = "begin 644 x\n".repeat(50_000);
        assert!(find(content.as_bytes()).is_empty());
        assert_eq!(find(CAT.repeat(1000).as_bytes()).len(), FILES_MAX);
    }
}
