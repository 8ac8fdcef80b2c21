//! Canned answers: their variables are filled where an agent's words call for them.

use tera::Context;

use super::{Letters, TemplateError};
use crate::model::{
    language::Language,
    outgoing::{Body, Canned, TicketFacts, When},
};

/// The name that errors of a canned answer bear.
const FILE: &str = "answer";

/// What a canned answer may say of a ticket.
struct Values<'v> {
    ticket: &'v TicketFacts,
    agent: &'v str,
    requester: &'v str,
}

impl Letters {
    /// Whether the variables of a canned answer can be filled, whatever a ticket is like.
    ///
    /// # Errors
    /// Which cannot, and on which line of the text.
    pub fn check_canned(&self, text: &str) -> Result<(), TemplateError> {
        for language in Language::ALL {
            for body in super::samples::answers_for_canned(language) {
                if let Some((values, _)) = values(&body, "Olga") {
                    self.fill_canned(text, language, &values)?;
                }
                if let Some((values, _)) = values(&body, "") {
                    self.fill_canned(text, language, &values)?;
                }
            }
        }
        Ok(())
    }

    /// The words of an answer, with canned ones where it calls for them.
    pub(super) fn with_canned(
        &self,
        language: Language,
        body: &Body,
    ) -> Result<Option<String>, TemplateError> {
        let Some((_, (words, canned))) = values(body, "") else {
            return Ok(None);
        };
        if canned.is_empty() {
            return Ok(None);
        }
        let mut lines: Vec<String> = Vec::new();
        for line in words.lines() {
            let called = canned.iter().find(|one| one.written == line.trim());
            let Some(called) = called else {
                lines.push(line.to_owned());
                continue;
            };
            match values(body, &called.requester) {
                Some((values, _)) if called.has_variables => {
                    let filled = self.fill_canned(&called.template, language, &values)?;
                    lines.push(filled.trim().to_owned());
                }
                Some(_) | None => lines.push(called.template.trim().to_owned()),
            }
        }
        Ok(Some(lines.join("\n")))
    }

    fn fill_canned(
        &self,
        text: &str,
        language: Language,
        values: &Values<'_>,
    ) -> Result<String, TemplateError> {
        let fill = |text: &str, context: &Context| {
            let filled = self.tera.render_str(text, context, false);
            filled.map_err(|error| TemplateError::new(FILE, &error))
        };
        let mut context = Context::new();
        context.insert("lang", language.code());
        let due = |when: &When, form: &str| {
            let mut context = context.clone();
            context.insert("due", when);
            fill(&format!("{{{{ due | date(form=\"{form}\") }}}}"), &context)
        };
        let due = |form: &str| match &values.ticket.due {
            Some(when) => due(when, form),
            None => Ok(String::new()),
        };
        let (plain, by) = (due("plain")?, due("by")?);
        context.insert("due", &plain);
        context.insert("due_by", &by);
        context.insert("name", values.requester);
        context.insert("agent", values.agent);
        context.insert("number", &values.ticket.label);
        context.insert("subject", &values.ticket.subject);
        context.insert("queue", &values.ticket.queue);
        fill(text, &context)
    }
}

/// What an answer may be filled with, its words, and the canned answers that they call for.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "nothing else has canned answers in it"
)]
fn values<'v>(body: &'v Body, requester: &'v str) -> Option<(Values<'v>, (&'v str, &'v [Canned]))> {
    match body {
        Body::Reply {
            ticket,
            agent,
            text,
            canned,
            ..
        }
        | Body::Resolution {
            ticket,
            agent,
            text,
            canned,
            ..
        } => {
            let values = Values {
                ticket,
                agent,
                requester,
            };
            Some((values, (text, canned)))
        }
        Body::Acknowledgement {
            ticket,
            text,
            canned,
            ..
        } => {
            // Nobody answers yet.
            let agent = "";
            let values = Values {
                ticket,
                agent,
                requester,
            };
            Some((values, (text, canned)))
        }
        Body::Escalation(letter) => {
            let values = Values {
                ticket: &letter.ticket,
                agent: &letter.agent,
                requester,
            };
            Some((values, (&letter.text, &letter.canned)))
        }
        _ => None,
    }
}
