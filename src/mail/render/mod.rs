//! # render: the words of a mail to be sent
//!
//! A letter is three templates, `<language>/<name>.{subject,txt,html}`, filled with the values of a
//! [`crate::model::outgoing::Body`]. The built-in ones are part of the program; an administrator's files of the same
//! name replace them. Where there are any, all templates are tried on samples at start, so that a slip of the pen is found
//! then and not by the first mail at night; of the built-in ones alone a test has done so.

mod canned;
pub(in crate::mail) mod dates;
mod filters;
mod mailto;
mod sample_asides;
mod sample_cards;
mod sample_codes;
mod sample_counts;
mod sample_directors;
mod sample_drafts;
mod sample_escalations;
mod sample_forms;
mod sample_late;
mod sample_lists;
mod sample_origins;
mod sample_own;
mod sample_pay_file;
mod sample_payroll;
mod sample_reports;
mod sample_reviews;
mod sample_verbs;
mod sample_wishes;
mod sample_words;
mod samples;
mod templates;

use std::{collections::BTreeMap, sync::Arc};

use jiff::tz::TimeZone;
use tera::{Context, ErrorKind, Tera, Value};

pub use self::samples::samples;
use super::read::{BOUNDARY_EN, BOUNDARY_RU};
use crate::model::{
    language::Language,
    obstacle::Obstacle,
    outgoing::{Body, Button, OutgoingMail},
    text::Text,
};

/// The words of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject: one line.
    pub subject: String,
    /// The plain text: line ends `\n`, one paragraph a line; [`crate::mail::write`] wraps it.
    pub text: String,
    /// The same as a whole HTML page.
    pub html: String,
}

/// A template that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {words}", .line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct TemplateError {
    /// The file, as named in the folder of templates: `ru/card.txt`.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub words: String,
}

impl TemplateError {
    fn new(file: &str, error: &tera::Error) -> Self {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "tera's enum is non_exhaustive"
        )]
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                file: report.filename().to_owned(),
                line: Some(report.span().start_line),
                words: report.message().to_owned(),
            },
            other => Self::from_report(file, &other.to_string()),
        }
    }
}

impl TemplateError {
    /// Some of tera's errors tell file and line in their words alone:
    /// `error: Unknown filter`, then `--> ru/card.txt:2:11`.
    fn from_report(file: &str, report: &str) -> Self {
        let place = report
            .lines()
            .find_map(|line| line.trim().strip_prefix("--> "))
            .and_then(|place| {
                let mut parts = place.rsplitn(3, ':').skip(1);
                let line = parts.next()?.parse().ok()?;
                Some((parts.next()?, line))
            });
        match place {
            Some((file, line)) => {
                let first = report.lines().next().unwrap_or_default();
                Self {
                    file: file.to_owned(),
                    line: Some(line),
                    words: first.trim_start_matches("error: ").to_owned(),
                }
            }
            None => Self {
                file: file.to_owned(),
                line: None,
                words: report.to_owned(),
            },
        }
    }
}

/// All letters okno can write.
#[derive(Clone)]
pub struct Letters {
    tera: Tera,
}

impl std::fmt::Debug for Letters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letters").finish_non_exhaustive()
    }
}

impl Letters {
    /// Takes the built-in templates and `overrides` (a file's name such as `ru/card.txt`, and what is in it); with
    /// overrides each is tried on samples, since one may stand in another. `zones` are the zones by name that times will be
    /// shown in; a time in another zone is
    /// shown in UTC and says so.
    ///
    /// # Errors
    /// The first template that cannot be read or filled.
    pub fn new(
        overrides: &[(String, String)],
        zones: BTreeMap<String, TimeZone>,
    ) -> Result<Self, TemplateError> {
        let mut sources: BTreeMap<&str, &str> = templates::BUILT_IN.iter().copied().collect();
        for (file, source) in overrides {
            sources.insert(file, source);
        }
        let mut tera = Tera::new();
        let zone = zones.keys().next().cloned();
        filters::register(&mut tera, &Arc::new(zones));
        let all: Vec<(&str, &str)> = sources.into_iter().collect();
        tera.add_raw_templates(all)
            .map_err(|error| TemplateError::new("templates", &error))?;
        let letters = Self { tera };
        if !overrides.is_empty() {
            letters.try_all(zone.as_deref().unwrap_or("UTC"))?;
        }
        Ok(letters)
    }

    /// Finds the words of a mail.
    ///
    /// # Errors
    /// Where a template of the administrator's cannot be filled with these values.
    pub fn render(&self, mail: &OutgoingMail) -> Result<Letter, TemplateError> {
        self.letter(mail.language, (&mail.body, &mail.buttons), ("", &[]))
    }

    /// The same with HTML known to be harmless that says what the words do which the mail passes on
    /// ([`crate::mail::read::relayed`]), and the names of the `pictures` that stood in the text and go along as files.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn formatted(
        &self,
        mail: &OutgoingMail,
        html: &str,
        pictures: &[&str],
    ) -> Result<Letter, TemplateError> {
        self.letter(mail.language, (&mail.body, &mail.buttons), (html, pictures))
    }

    fn try_all(&self, zone: &str) -> Result<(), TemplateError> {
        for language in Language::ALL {
            for body in samples(language, zone) {
                self.letter(language, (&body, &[]), ("", &[]))?;
                self.letter(language, (&body, &sample_cards::buttons()), ("", &[]))?;
                if body.words().is_some() {
                    self.letter(language, (&body, &[]), ("<p>-</p>", &["image.png"]))?;
                }
            }
        }
        Ok(())
    }

    fn letter(
        &self,
        language: Language,
        (body, buttons): (&Body, &[Button]),
        (formatted, pictures): (&str, &[&str]),
    ) -> Result<Letter, TemplateError> {
        let stem = format!("{}/{}", language.code(), body.template());
        let fill = |kind: &str, context: &Context| {
            let file = format!("{stem}.{kind}");
            self.tera
                .render(&file, context)
                .map_err(|error| TemplateError::new(&file, &error))
        };
        let mut context =
            Context::from_serialize(body).map_err(|error| TemplateError::new(&stem, &error))?;
        context.insert("lang", language.code());
        context.insert("buttons", buttons);
        // Known to be harmless: the only words that are not escaped.
        context.insert_value("formatted", Value::safe_string(formatted));
        context.insert("pictures", pictures);
        context.insert("boundary", boundary(language));
        if let Body::Undelivered {
            status, diagnostic, ..
        } = body
        {
            let obstacle = Obstacle::of(status.as_deref(), diagnostic);
            context.insert("why", obstacle.code());
            context.insert("sentence", obstacle.sentence(language));
            if let Some(code) = status.as_ref().filter(|_| diagnostic.trim().is_empty()) {
                // A server that gave nothing but a number is quoted with it.
                context.insert("diagnostic", code);
            }
        }
        if let Some(words) = self.with_canned(language, body)? {
            context.insert("text", &words);
        }
        let subject: String = Text::line(&fill("subject", &context)?).into();
        context.insert("subject", &subject);
        let text = fill("txt", &context)?;
        Ok(Letter {
            text: format!("{}\n", Text::new(&text).as_str().trim_matches('\n')),
            html: Text::new(&fill("html", &context)?).into(),
            subject,
        })
    }
}

const fn boundary(language: Language) -> &'static str {
    match language {
        Language::Ru => BOUNDARY_RU,
        Language::En => BOUNDARY_EN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_is_filled_by_every_sample() {
        let zone = "Europe/Moscow";
        let zones = BTreeMap::from([(zone.to_owned(), TimeZone::get(zone).unwrap())]);
        let letters = Letters::new(&[], zones).unwrap();
        assert_eq!(letters.try_all(zone), Ok(()));
        // A time in a zone that nobody has brought along is shown, too.
        assert_eq!(letters.try_all("Asia/Tokyo"), Ok(()));
    }
}
