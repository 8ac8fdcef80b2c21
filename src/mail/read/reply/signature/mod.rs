//! What stands below the new text: a signature, told by a mark or by how such lines begin, lines that phones add, and
//! fine print. A sentence is never taken for one.

mod fine_print;
mod start;
#[cfg(test)]
mod tests;

pub(super) use fine_print::{is_fine_print, without_banner};

use super::{announced::is_rule, line::shown, words::folded};

/// A text, and the signature taken from below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Signed<'a> {
    pub(super) text: Vec<&'a str>,
    pub(super) signature: Vec<&'a str>,
}

/// Takes the signature off `lines`. Where nothing stands above one, there is none.
pub(super) fn split<'a>(lines: &[&'a str]) -> Signed<'a> {
    // A rule above it is no text.
    let is_text = |line: &&str| !shown(line).is_empty() && !is_rule(line) && shown(line) != "--";
    let Some(first) = lines.iter().position(is_text) else {
        return Signed {
            text: lines.to_vec(),
            signature: Vec::new(),
        };
    };
    let end = fine_print::begins(lines);
    let end = if end > first { end } else { lines.len() };
    let (above, below) = lines.split_at_checked(end).unwrap_or((lines, &[]));
    let Some(at) = start::find(above, first) else {
        return Signed {
            text: above.to_vec(),
            signature: below.to_vec(),
        };
    };
    let (text, signature) = above.split_at_checked(at).unwrap_or((above, &[]));
    // What is added below a signature is text again.
    let added = signature
        .iter()
        .position(|line| is_postscript(line))
        .unwrap_or(signature.len());
    let (signature, postscript) = signature
        .split_at_checked(added)
        .unwrap_or((signature, &[]));
    let mut text = text.to_vec();
    if !postscript.is_empty() {
        while text.last().is_some_and(|line| shown(line).is_empty()) {
            text.pop();
        }
        text.push("");
        text.extend(postscript);
    }
    Signed {
        text,
        signature: [signature, below].concat(),
    }
}

/// Whether all that is written is a signature, or a line that a phone or a program adds by itself.
pub(super) fn is_all(lines: &[&str]) -> bool {
    let Some(first) = lines.iter().position(|l| !shown(l).is_empty()) else {
        return false;
    };
    let line = lines.get(first).map(|l| shown(l)).unwrap_or_default();
    // `Отправлено с курьером` is an answer.
    matches!(line, "--" | "—") || start::is_device_line(line)
}

/// Whether a line begins what is added below a signature: `P.S.`, `PS:`, `З.Ы.`.
fn is_postscript(line: &str) -> bool {
    let line = shown(line);
    let head = folded(super::super::bytes::shorten(line, 20)).replace(' ', "");
    [
        "p.s", "ps:", "ps.", "ps-", "p.p.s", "п.с", "з.ы", "зы:", "зы.", "n.b", "nb:",
    ]
    .iter()
    .any(|mark| head.starts_with(mark))
}
