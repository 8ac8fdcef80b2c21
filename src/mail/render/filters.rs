//! What templates can do beyond tera's own: dates, plurals, quoting, line breaks, `mailto:` links.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, tz::TimeZone};
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::{
    dates::{self, Form},
    mailto,
};
use crate::model::{
    figures,
    language::{Language, russian_form},
};

/// Zones by their names.
type Zones = Arc<BTreeMap<String, TimeZone>>;

/// Makes everything of this file known to templates.
pub(super) fn register(tera: &mut Tera, zones: &Zones) {
    let zones = Arc::clone(zones);
    tera.register_filter(
        "date",
        move |when: Value, kwargs: Kwargs, state: &State<'_>| date(&zones, &when, &kwargs, state),
    );
    tera.register_filter("month", month);
    tera.register_filter("day", day);
    tera.register_filter("plural", plural);
    tera.register_filter("figure_name", figure_name);
    tera.register_filter("quote", quote);
    tera.register_filter("lines", lines);
    tera.register_function(
        "mailto",
        |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
            let body = kwargs.get::<&str>("body")?.unwrap_or_default();
            let (to, subject) = (kwargs.must_get("to")?, kwargs.must_get("subject")?);
            Ok(match kwargs.get::<&str>("short")? {
                Some(short) => mailto::fitting(to, subject, (body, short)),
                None => mailto::link(to, subject, body),
            })
        },
    );
}

/// Whether the template's words are Russian: its argument `lang`, else the letter's language.
fn is_russian(kwargs: &Kwargs, state: &State<'_>) -> TeraResult<bool> {
    let lang = match kwargs.get::<String>("lang")? {
        Some(lang) => lang,
        None => state
            .get::<String>("lang")?
            .ok_or_else(|| Error::message("say lang=\"ru\" or lang=\"en\" here"))?,
    };
    match lang.as_str() {
        "ru" => Ok(true),
        "en" => Ok(false),
        other => Err(Error::message(format!("no such language: {other}"))),
    }
}

/// `{{ figure.figure | figure_name }}`: what people call a figure.
fn figure_name(code: &str, kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let language = match is_russian(&kwargs, state)? {
        true => Language::Ru,
        false => Language::En,
    };
    Ok(figures::of_code(code, language).to_owned())
}

/// `{{ ticket.due | date }}`, `date(form="by")`: see [`Form`].
fn date(zones: &Zones, when: &Value, kwargs: &Kwargs, state: &State<'_>) -> TeraResult<String> {
    let name = kwargs.get::<&str>("form")?.unwrap_or("plain");
    let form = Form::from_name(name).ok_or_else(|| {
        Error::message(format!(
            "no such form of a date: {name}; there are plain, on, by, until, from, short and day"
        ))
    })?;
    let text = |key| when.get_from_path(key).and_then(Value::as_str);
    let at = text("at").and_then(|at| at.parse::<Timestamp>().ok());
    let (Some(at), Some(zone)) = (at, text("zone")) else {
        return Err(Error::message(
            "the filter date wants a date such as ticket.due",
        ));
    };
    let zoned = at.to_zoned(zones.get(zone).cloned().unwrap_or(TimeZone::UTC));
    Ok(if is_russian(kwargs, state)? {
        dates::russian(&zoned, form)
    } else {
        dates::english(&zoned, form)
    })
}

/// `{{ "2026-10" | month }}`: октябрь 2026, October 2026; what is no month stays as it is.
fn month(name: &str, kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let date = format!("{name}-01").parse::<jiff::civil::Date>();
    let is_russian = is_russian(&kwargs, state)?;
    Ok(date.map_or_else(|_| name.to_owned(), |date| dates::month(date, is_russian)))
}

/// `{{ "2026-12-31" | day }}`: четверг, 31 декабря 2026; what is no day stays as it is.
fn day(date: &str, kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let language = match is_russian(&kwargs, state)? {
        true => Language::Ru,
        false => Language::En,
    };
    let found = date.parse::<jiff::civil::Date>();
    Ok(found.map_or_else(|_| date.to_owned(), |found| dates::day(found, language)))
}

/// `{{ n | plural(one="письмо", few="письма", many="писем") }}`: the word alone. English needs no `few`.
fn plural(n: u64, kwargs: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let many: String = kwargs.must_get("many")?;
    if is_russian(&kwargs, state)? {
        kwargs.must_get(russian_form(n, ["one", "few", "many"]))
    } else if n == 1 {
        kwargs.must_get("one")
    } else {
        Ok(many)
    }
}

/// `{{ diagnostic | quote }}`: every line behind `> `.
fn quote(words: StringInput<'_>, _: Kwargs, _: &State<'_>) -> Value {
    let quoted: Vec<String> = words
        .as_str()
        .lines()
        .map(|line| format!("> {line}"))
        .collect();
    words.inherit_safety(quoted.join("\n"))
}

/// `{{ text | lines }}`: escaped for HTML (unless it is HTML already), with line ends and leading spaces kept as
/// written.
fn lines(words: StringInput<'_>, _: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let mut html = Vec::new();
    for line in words.as_str().trim_matches('\n').lines() {
        let indent: usize = line
            .chars()
            .take_while(|c| c.is_whitespace())
            .map(|c| if c == '\t' { 4 } else { 1 })
            .sum();
        let escaped = if words.is_safe() {
            line.trim().to_owned()
        } else {
            state.escape(line.trim())?
        };
        html.push(format!("{}{escaped}", "&nbsp;".repeat(indent)));
    }
    Ok(Value::safe_string(&html.join("<br>\n")))
}

#[cfg(test)]
mod tests {
    use tera::Context;

    use super::*;

    #[track_caller]
    fn check(template: &str, n: u64, lang: &str, words: &str) {
        let mut tera = Tera::new();
        register(&mut tera, &Arc::default());
        let mut context = Context::new();
        context.insert("n", &n);
        context.insert("lang", lang);
        tera.add_raw_template("t.html", template).unwrap();
        assert_eq!(
            tera.render("t.html", &context).unwrap(),
            words,
            "{n} {template}"
        );
    }

    #[test]
    fn plurals() {
        let russian = r#"{{ n | plural(one="письмо", few="письма", many="писем") }}"#;
        for (n, word) in [
            (0, "писем"),
            (1, "письмо"),
            (2, "письма"),
            (4, "письма"),
            (5, "писем"),
            (11, "писем"),
            (12, "писем"),
            (14, "писем"),
            (21, "письмо"),
            (22, "письма"),
            (25, "писем"),
            (111, "писем"),
            (121, "письмо"),
        ] {
            check(russian, n, "ru", word);
        }
        let english = r#"{{ n | plural(one="mail", many="mails") }}"#;
        for (n, word) in [(0, "mails"), (1, "mail"), (2, "mails"), (21, "mails")] {
            check(english, n, "en", word);
        }
    }

    #[test]
    fn lines_are_escaped_once() {
        check(
            r#"{{ "a < b\n  c" | lines }}"#,
            0,
            "en",
            "a &lt; b<br>\n&nbsp;&nbsp;c",
        );
        check(r#"{{ "<i>" | safe | lines }}"#, 0, "en", "<i>");
        check(r#"{{ "one\ntwo" | quote }}"#, 0, "en", "&gt; one\n&gt; two");
    }
}
