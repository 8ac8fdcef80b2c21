//! What HTML marks as quoted, taken out, unless something was written within the quote.

use super::{
    announced::announced,
    attribution::{self, Below},
    block::first_key,
    line::shown,
};
use crate::mail::read::html::{QUOTE, REST, UNQUOTE, is_mark, without_marks};

/// How many lines behind a mark are looked at for the head of a mail.
const REACH: usize = 20;

/// Takes out what HTML marked as quoted, unless something was written within the quote.
pub(super) fn without_boxes(text: &str) -> String {
    if !text.contains(is_mark) {
        return text.to_owned();
    }
    let rest = rest(text);
    let before_rest = rest.and_then(|at| text.get(..at)).unwrap_or(text);
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
    if nothing_left && rest.is_none() {
        without_marks(text)
    } else {
        kept
    }
}

/// Where all is quoted to the end: at the first mark of that sort with text above and the head of a mail below. People
/// draw lines, too, and programs copy each other's classes.
fn rest(text: &str) -> Option<usize> {
    let words = |c: char| !is_mark(c) && !c.is_whitespace();
    let first = text.find(words)?;
    text.match_indices(REST)
        .map(|(at, _)| at)
        .filter(|at| *at > first)
        .find(|at| {
            text.get(at.saturating_add(REST.len_utf8())..)
                .is_some_and(begins_with_head)
        })
}

/// Whether the next lines are the head of a mail, in whatever language.
fn begins_with_head(text: &str) -> bool {
    let near: Vec<String> = text.lines().take(REACH).map(without_marks).collect();
    let lines: Vec<&str> = near
        .iter()
        .map(|line| shown(line))
        .filter(|line| !line.is_empty())
        .take(8)
        .collect();
    let has_name = |line: &&&str| {
        line.split_once([':', '：'])
            .is_some_and(|(name, value)| name.len() <= 40 && !value.is_empty())
    };
    let known = lines
        .iter()
        .filter(|line| first_key(line).is_some())
        .count();
    known >= 2
        || lines.iter().take(5).filter(has_name).count() >= 3
        || lines.iter().enumerate().take(3).any(|(at, _)| {
            announced(&lines, at).is_some()
                || attribution::ends_at(&lines, at, Below::Bare).is_some()
        })
}

/// Keeps what was in a box only where something was written in it between marked lines.
fn close_box(kept: &mut String, boxed: &mut String) {
    if is_answered(boxed) {
        kept.push_str(boxed);
    }
    boxed.clear();
}

/// Whether lines without marks follow marked ones, in a box whose lines are marked: right below the attribution. Some
/// programs mark nothing in their boxes, and then what is marked was quoted before.
fn is_answered(boxed: &str) -> bool {
    let is_blank = |line: &&str| shown(line).is_empty();
    let lines: Vec<&str> = boxed.lines().filter(|line| !is_blank(line)).collect();
    let Some(first) = lines.iter().position(|line| line.starts_with('>')) else {
        return false;
    };
    let is_marked = match first.checked_sub(1) {
        None => true,
        Some(above) => attribution::ends_at(&lines, above, Below::Marked) == Some(0),
    };
    is_marked && lines.iter().skip(first).any(|line| !line.starts_with('>'))
}
