//! What HTML marks as quoted, taken out, unless something was written within the quote.

use crate::mail::read::html::{QUOTE, REST, UNQUOTE, is_mark, without_marks};

/// Takes out what HTML marked as quoted, unless something was written within the quote.
pub(super) fn without_boxes(text: &str) -> String {
    if !text.contains(is_mark) {
        return text.to_owned();
    }
    let (before_rest, rest) = match text.split_once(REST) {
        Some((before, _)) if !without_marks(before).trim().is_empty() => (before, true),
        _ => (text, false),
    };
    let mut kept = String::new();
    let mut boxed = String::new();
    let mut depth = 0_usize;
    for c in before_rest.chars() {
        match c {
            QUOTE => depth = depth.saturating_add(1),
            UNQUOTE => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    close_box(&mut kept, &mut boxed);
                }
            }
            REST => {}
            _ if depth > 0 => boxed.push(c),
            _ => kept.push(c),
        }
    }
    close_box(&mut kept, &mut boxed);
    let nothing_left = kept.trim().is_empty();
    if nothing_left && !rest {
        without_marks(text)
    } else {
        kept
    }
}

fn close_box(kept: &mut String, boxed: &mut String) {
    let mut has_quoted = false;
    let is_answered = boxed.lines().any(|line| {
        let is_quoted = line.starts_with('>');
        has_quoted |= is_quoted;
        has_quoted && !is_quoted && !line.trim().is_empty()
    });
    if is_answered {
        kept.push_str(boxed);
    }
    boxed.clear();
}
