//! Canned answers in an agent's words: each is called for by its name on a line of its own, and stands there.

use super::{NotDone, Said};
use crate::desk::{
    arrival::Arrival,
    command::{Command, Verb},
    draft::TicketDraft,
    reason::Reason,
};
use crate::model::{
    kb::{KbKind, KbText},
    outgoing::{Canned, Enclosures, Words},
};

/// Nothing of a mail that calls for an answer there is none of may go out.
pub(super) fn check(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    for command in calls(said) {
        if ticket.brought.is_some() {
            return Err(Reason::NotHere.into());
        }
        if !ticket
            .queue()
            .is_some_and(|queue| queue.is_on(Verb::Answer))
        {
            return Err(Reason::SwitchedOff.into());
        }
        if let Err(near) = named(ticket, command) {
            return Err(NotDone {
                reason: Reason::NoSuchAnswer,
                detail: near.join(", "),
            });
        }
    }
    Ok(())
}

/// The canned answers that the words of this mail call for.
pub(super) fn of(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> Vec<Canned> {
    let requester = ticket.person_by_id(ticket.snapshot().requester);
    let requester = requester.map_or("", |person| person.name.as_str());
    let canned = |command: &Command| {
        let text = named(ticket, command).ok()?;
        Some(Canned {
            written: command.written.clone(),
            template: text.text.clone(),
            has_variables: text.kind == KbKind::Answer,
            requester: requester.to_owned(),
        })
    };
    calls(said).filter_map(canned).collect()
}

/// How many characters of the agent's words go out, with the canned ones in the place of the lines that call for them: of
/// those their own words, without what only the letter fills in (DOMAIN 3.2, `documented_pct`).
pub(super) fn chars_said(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> usize {
    let canned = of(ticket, said);
    let lines = said.mail.answer.trim().lines().map(|line| {
        let called = canned.iter().find(|one| one.written == line.trim());
        match called {
            Some(one) if one.has_variables => own_words(&one.template),
            Some(one) => one.template.trim().to_owned(),
            None => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n").chars().count()
}

/// What a template says in any case: without `{{ }}`, `{% %}` and `{# #}`.
fn own_words(template: &str) -> String {
    let mut words = String::new();
    let mut rest = template;
    while let Some((before, inside)) = rest.split_once('{') {
        let end = match inside.chars().next() {
            Some('{') => "}}",
            Some('%') => "%}",
            Some('#') => "#}",
            Some(_) | None => "",
        };
        words.push_str(before);
        rest = match inside.split_once(end) {
            Some((_, after)) if !end.is_empty() => after,
            Some(_) | None => {
                words.push('{');
                inside
            }
        };
    }
    words.push_str(rest);
    words.trim().to_owned()
}

/// What goes along with the words: their formatting only where it says the same.
pub(super) fn formatted(
    arrival: &Arrival,
    enclosures: Option<Enclosures>,
    canned: &[Canned],
) -> Option<Enclosures> {
    match canned {
        [] => arrival.formatted(enclosures, Words::Own),
        [..] => enclosures,
    }
}

fn calls<'s>(said: &'s Said<'_>) -> impl Iterator<Item = &'s Command> {
    let commands = said.mail.commands.iter();
    commands.filter(|command| command.verb == Verb::Answer)
}

fn named<'a>(ticket: &TicketDraft<'_, 'a>, command: &Command) -> Result<&'a KbText, Vec<String>> {
    let known = ticket.snapshot();
    let kb = ticket.given.kb;
    kb.by_name(&command.argument, &known.queue, known.language)
}

#[cfg(test)]
mod tests {
    use super::own_words;

    #[test]
    fn of_a_template_its_own_words_count() {
        for (template, words) in [
            ("Бумага в шкафу.\n", "Бумага в шкафу."),
            ("{% if name %}{{ name }}, {% endif %}да.", ", да."),
            ("{# для своих #}Готово {{ due_by }}", "Готово"),
            ("скобка { одна }", "скобка { одна }"),
            ("конца {{ нет", "конца {{ нет"),
            ("", ""),
        ] {
            assert_eq!(own_words(template), words, "{template}");
        }
    }
}
