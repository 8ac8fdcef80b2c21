//! Which parts may be the text people read, and in which form.

use crate::mail::read::mime::{Part, Structure};

/// How many texts of one mail are looked at.
const CANDIDATES_MAX: usize = 50;

/// The form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Html,
    /// `text/enriched` (RFC 1896), `text/richtext` (RFC 1341).
    Enriched {
        is_richtext: bool,
    },
    /// Shown only where there is no other form.
    Rtf,
    /// A form for programs that are not ours: AMP, watches.
    Foreign,
}

/// A part that may be text.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) part: usize,
    pub(super) form: Form,
    /// It has a file name: it is shown, and kept as a file as well.
    pub(super) is_named: bool,
    /// The outermost `multipart/alternative` it stands in.
    pub(super) choice: Option<usize>,
}

/// The parts that are text, in order.
pub(super) fn candidates(structure: &Structure, depth: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let first_leaf = structure.parts.iter().position(|p| !p.is_container);
    for (at, part) in structure.parts.iter().enumerate() {
        if part.is_container || found.len() >= CANDIDATES_MAX {
            continue;
        }
        let Some(form) = form(structure, at, part, depth) else {
            continue;
        };
        let is_named = is_named(part) && !is_one_form(structure, at);
        // A named text is a file, unless it is the first of all parts or one form of the text.
        let is_file = part.disposition.value == "attachment"
            || (is_named && first_leaf != Some(at) && (form != Form::Plain || !found.is_empty()));
        if !is_file && !is_detail_of_report(structure, at, &found) {
            found.push(Candidate {
                part: at,
                form,
                is_named,
                choice: choice(structure, at),
            });
        }
    }
    found
}

/// Texts that are files, in order: shown where a mail has no other text.
pub(super) fn files(structure: &Structure, depth: usize) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (at, part) in structure.parts.iter().enumerate() {
        let form = form(structure, at, part, depth)
            .filter(|form| matches!(form, Form::Plain | Form::Html));
        if let Some(form) = form
            && !part.is_container
            && found.len() < CANDIDATES_MAX
        {
            found.push(Candidate {
                part: at,
                form,
                is_named: true,
                choice: None,
            });
        }
    }
    found
}

fn form(structure: &Structure, at: usize, part: &Part, depth: usize) -> Option<Form> {
    Some(match part.media_type() {
        "text/html" | "application/xhtml+xml" => Form::Html,
        "text/plain" | "text" | "text/markdown" | "text/x-markdown" | "text/x-patch"
        | "text/x-diff" => Form::Plain,
        "text/enriched" => Form::Enriched { is_richtext: false },
        "text/richtext" => Form::Enriched { is_richtext: true },
        "text/rtf" | "application/rtf" | "application/x-rtf" if !is_named(part) => Form::Rtf,
        "text/x-amp-html" | "text/watch-html" => Form::Foreign,
        // Without parts it is text after all; one that lies too deep is a file.
        other if other.starts_with("multipart/") && structure.ancestors(at).count() < depth => {
            Form::Plain
        }
        _ => return None,
    })
}

fn is_named(part: &Part) -> bool {
    part.disposition.has("filename") || part.content_type.has("name")
}

fn choice(structure: &Structure, at: usize) -> Option<usize> {
    structure
        .ancestors(at)
        .filter(|(above, ..)| above.is("multipart/alternative"))
        .last()
        .map(|(_, index, _)| index)
}

/// Whether it stands in a `multipart/alternative` itself, or first in a `multipart/related` there.
fn is_one_form(structure: &Structure, at: usize) -> bool {
    let mut above = structure.ancestors(at);
    match above.next() {
        Some((parent, ..)) if parent.is("multipart/alternative") => true,
        Some((parent, ..)) if parent.is("multipart/related") => {
            let is_first = structure.parts.get(at).is_some_and(Part::is_first);
            is_first
                && above
                    .next()
                    .is_some_and(|(parent, ..)| parent.is("multipart/alternative"))
        }
        Some(_) | None => false,
    }
}

/// Whether it is what a report says to programs, below what it says to people.
fn is_detail_of_report(structure: &Structure, at: usize, found: &[Candidate]) -> bool {
    structure.ancestors(at).any(|(above, report, _)| {
        above.is("multipart/report")
            && structure.parts.get(at).and_then(|p| p.parent) == Some(report)
            && found
                .iter()
                .any(|c| structure.ancestors(c.part).any(|(_, i, _)| i == report))
    })
}
