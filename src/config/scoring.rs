//! The settings of scores: a file of their own, since a signed paper stands behind each version of it.

use toml::de::{DeTable, DeValue};

use super::{
    problems::{At, Notes, Problems, Spot},
    section::{Section, kind_of, line_of},
};
use crate::model::{
    decimal::Decimal,
    outside::OUTSIDE,
    scoring::{Better, Indicator, KNOWN, Known, Measure, SCORE_RULES, Scoring, Step},
};

/// With fewer ratings the indicator has no data.
const RATINGS_ENOUGH: u32 = 5;

/// Settings are kept with every draft that was made by them: they may have so many bytes.
const BYTES_MAX: usize = 256 * 1024;

/// Reads the settings of scores.
///
/// # Errors
/// Everything that is wrong with them, each with its line.
pub fn scoring(source: &str, file_name: &str) -> Result<Scoring, Problems> {
    let mut notes = Notes::new(file_name.to_owned());
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if source.len() > BYTES_MAX {
        let spot = Spot {
            line: 1,
            key: String::new(),
        };
        let words = format!(
            "{} bytes; settings of scores may have {BYTES_MAX} at most",
            source.len()
        );
        notes.problem(&spot, words);
        return Err(notes.finish().0);
    }
    let (table, errors) = DeTable::parse_recoverable(source);
    for error in &errors {
        let line = error.span().map_or(1, |span| line_of(source, span.start));
        let spot = Spot {
            line: line.min(source.lines().count().max(1)),
            key: String::new(),
        };
        let message = error.message().replace('\n', "; ");
        notes.problem(&spot, format!("not TOML: {message}"));
    }
    if !notes.is_clean() {
        return Err(notes.finish().0);
    }
    let mut top = Section::file(source, table.get_ref());
    let made = read(&mut top, &mut notes);
    top.finish(&mut notes);
    match made {
        Some(scoring) if notes.is_clean() => Ok(scoring),
        Some(_) | None => Err(notes.finish().0),
    }
}

fn read(top: &mut Section<'_>, notes: &mut Notes) -> Option<Scoring> {
    top.need("version", "version = \"order 12 of 01.10.2026\"");
    let version = top.text(notes, "version");
    let mut indicators = Vec::new();
    for (name, mut section) in top.named(notes, "indicator") {
        let known = KNOWN.iter().find(|known| known.code == name.value);
        match known {
            Some(known) => indicators.extend(indicator(known, &mut section, notes)),
            None => {
                let codes = KNOWN.iter().map(|known| known.code);
                match of_queue(&name.value) {
                    Some(why) => notes.problem(&name.spot, why),
                    None => notes.unknown(&name.spot, "indicator", &name.value, codes),
                }
                // Its keys are not looked at: nobody knows what they should be.
                continue;
            }
        }
        section.finish(notes);
    }
    for (name, mut section) in top.tables(notes, "fact", sound_code) {
        indicators.extend(from_outside(&name.value, &mut section, notes));
        section.finish(notes);
    }
    // In the order of the list, whatever that of the file: rows stay where they were. What comes from outside is last.
    let place = |code: &str| KNOWN.iter().position(|known| known.code == code);
    let place = |code: &str| place(code).unwrap_or(KNOWN.len());
    indicators.sort_by(|one: &Indicator, other| {
        (place(&one.code), &one.code).cmp(&(place(&other.code), &other.code))
    });
    let sum = indicators
        .iter()
        .try_fold(Decimal::whole(0), |sum, one| sum.plus(one.weight));
    let is_whole = sum.is_some_and(|sum| sum.is_equal(Decimal::whole(1)));
    if notes.is_clean() && !is_whole {
        let sum = sum.map(|sum| sum.to_string()).unwrap_or_default();
        let words = format!("the weights of all indicators must make 1 together; these make {sum}");
        notes.problem(&top.spot, words);
    }
    Some(Scoring {
        version: version?.value,
        indicators,
        rules: SCORE_RULES,
    })
}

/// What is counted of queues and departments alone, and by what employees can be scored instead.
const OF_QUEUES: [(&str, &str); 4] = [
    ("REPEAT_QOQ", "REPEAT"),
    ("CAPACITY", "VOLUME"),
    ("NPS", "CSAT"),
    ("FCR", "NOESC"),
];

/// Why nobody is scored by a figure that is of queues alone; `None`: it is none of these.
fn of_queue(code: &str) -> Option<String> {
    let (_, instead) = OF_QUEUES.iter().find(|(known, _)| *known == code)?;
    Some(format!(
        "{code} is of a queue or a department, not of an employee, and no employee can be scored by it: heads see it in \
         `okno report kpi` and in the monthly letters; score employees by {instead}"
    ))
}

/// The code of an indicator that comes from outside: none of those that are counted.
fn sound_code(code: &str) -> Result<(), String> {
    let is_letter = |one: char| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_';
    let is_sound = (2..=16).contains(&code.len()) && code.chars().all(is_letter);
    if ROWS_OF_OURS.contains(&code) || code.starts_with(ADJUSTED) {
        return Err(format!(
            "KOEFF, SOLVED, MET and all that begins with KORR_ are rows of okno's own in the accountants' file: an indicator \
             from outside needs another code than {code}"
        ));
    }
    match KNOWN.iter().any(|known| known.code == code) {
        true => Err(format!(
            "{code} is counted by okno: an indicator from outside needs another code"
        )),
        false if is_sound => Ok(()),
        false => Err("a code is 2 to 16 capital letters, digits and _, as PAYMENTS".to_owned()),
    }
}

/// What the accountants' file says besides indicators: the sum of all, and what tickets have changed of closed months
/// (`KORR_SOLVED`, `KORR_MET`). Nothing from outside may be called so.
const ROWS_OF_OURS: [&str; 3] = ["KOEFF", "SOLVED", "MET"];

/// How rows begin that say by how much a closed month has changed.
const ADJUSTED: &str = "KORR_";

/// An indicator whose figures a file brings.
fn from_outside(code: &str, section: &mut Section<'_>, notes: &mut Notes) -> Option<Indicator> {
    section.need("ru", "ru = \"Платежи в срок\"");
    section.need("en", "en = \"Payments in time\"");
    section.need("measure", "measure = \"percent\"");
    let names = (section.text(notes, "ru"), section.text(notes, "en"));
    let measure = section.parsed(notes, "measure", |word| {
        let mut known = Measure::WORDS.iter();
        let known = known.find(|(written, _)| *written == word);
        known.map(|(_, measure)| *measure).ok_or_else(|| {
            format!("percent, minutes, score or count is expected, but this is {word}")
        })
    });
    let better = section.parsed(notes, "better", |word| match word {
        "more" => Ok(Better::More),
        "less" => Ok(Better::Less),
        _ => Err(format!("more or less is expected, but this is {word}")),
    });
    let measure = measure.map(|measure| measure.value);
    let figure = format!("{OUTSIDE}{code}");
    let known = Known {
        code: "",
        figure: "",
        measure: measure.unwrap_or(Measure::Percent),
        better: better.map_or(Better::More, |better| better.value),
    };
    let read = indicator(&known, section, notes)?;
    measure?;
    Some(Indicator {
        code: code.to_owned(),
        figure,
        names: Some([names.0?.value, names.1?.value]),
        ..read
    })
}

fn indicator(known: &Known, section: &mut Section<'_>, notes: &mut Notes) -> Option<Indicator> {
    section.need("plan", "plan = 95");
    section.need("weight", "weight = 0.25");
    section.need("steps", "steps = [[100, 1], [90, 0.8]]");
    // Where less is better, nought can be aimed at: no solution that comes back.
    let least = match known.better {
        Better::More => "0.01",
        Better::Less => "0",
    };
    let plan = section.read(notes, "plan", |value| within(value, least, "1000000"));
    let weight = section.read(notes, "weight", |value| within(value, "0.0001", "1"));
    let steps = section.read(notes, "steps", steps);
    let enough = section.number(notes, "enough", 1..=10_000);
    let usual = if known.code == "CSAT" {
        RATINGS_ENOUGH
    } else {
        1
    };
    Some(Indicator {
        code: known.code.to_owned(),
        figure: known.figure.to_owned(),
        names: None,
        measure: known.measure,
        better: known.better,
        plan: plan?.value,
        weight: weight?.value,
        enough: i64::from(enough.map_or(usual, |At { value, .. }| value)),
        steps: steps?.value,
    })
}

/// `[[100, 1], [90, 0.8]]`: from so many per hundred of the plan on, so much.
fn steps(value: &DeValue<'_>) -> Result<Vec<Step>, String> {
    let expected =
        "pairs of completion and score are expected, from the highest down: [[100, 1], [90, 0.8]]";
    let pairs = value.as_array().ok_or_else(|| expected.to_owned())?;
    let mut steps: Vec<Step> = Vec::new();
    for pair in pairs {
        let pair = pair
            .get_ref()
            .as_array()
            .ok_or_else(|| expected.to_owned())?;
        let mut numbers = pair.iter().map(|number| number.get_ref());
        let (Some(from), Some(points), None) = (numbers.next(), numbers.next(), numbers.next())
        else {
            return Err(expected.to_owned());
        };
        let step = Step {
            from: within(from, "0", "1000")?,
            points: within(points, "0", "10")?,
        };
        if steps.last().is_some_and(|last| last.from <= step.from) {
            return Err(format!(
                "{} does not lie below the step before it; {expected}",
                step.from
            ));
        }
        steps.push(step);
    }
    if steps.is_empty() || steps.len() > 20 {
        return Err(format!(
            "1 to 20 steps, but there are {}; {expected}",
            steps.len()
        ));
    }
    Ok(steps)
}

/// A number exactly as it is written.
fn within(value: &DeValue<'_>, least: &str, most: &str) -> Result<Decimal, String> {
    let written = match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        DeValue::Integer(_)
        | DeValue::String(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => {
            return Err(format!(
                "a number is expected, but this is {}",
                kind_of(value)
            ));
        }
    };
    let lies_between = |number: &Decimal| {
        let ends = (Decimal::parse(least), Decimal::parse(most));
        matches!(ends, (Some(least), Some(most)) if least <= *number && *number <= most)
    };
    Decimal::parse(written).filter(lies_between).ok_or_else(|| {
        format!("a number from {least} to {most} with at most nine places is expected, but this is {written}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "version = \"приказ 12\"\n[indicator.SLA_STD]\nplan = 95\nweight = 0.6\nsteps = [[100, 1], [90, 0.8]]\n\
        [indicator.CSAT]\nplan = 4.5\nweight = 0.4\nsteps = [[100, 1]]\n";

    #[track_caller]
    fn check(from: &str, to: &str, said: &str) {
        let source = SOUND.replacen(from, to, 1);
        assert!(source != SOUND, "{from} is not in it");
        let words = scoring(&source, "kpi.toml").unwrap_err().to_string();
        assert_eq!(words, said);
    }

    #[test]
    fn numbers_are_read_exactly_and_few_ratings_say_nothing() {
        let read = scoring(SOUND, "kpi.toml").unwrap();
        assert_eq!(read.version, "приказ 12");
        let shown: Vec<String> = read
            .indicators
            .iter()
            .map(|one| {
                format!(
                    "{} {} {} {} {}",
                    one.code, one.figure, one.plan, one.weight, one.enough
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "SLA_STD sla_resolution_standard_pct 95 0.6 1",
                "CSAT csat_mean 4.5 0.4 5"
            ]
        );
    }

    #[test]
    fn what_comes_from_outside_is_declared_with_its_names() {
        let outside = "[fact.PAYMENTS]\nru = \"Платежи в срок\"\nen = \"Payments in time\"\nmeasure = \"percent\"\n\
            plan = 95\nweight = 0.4\nsteps = [[100, 1]]\n";
        let source = SOUND.replace(
            "[indicator.CSAT]\nplan = 4.5\nweight = 0.4\nsteps = [[100, 1]]\n",
            outside,
        );
        let read = scoring(&source, "kpi.toml").unwrap();
        let own: Vec<&Indicator> = read.outside().collect();
        assert_eq!(own.len(), 1);
        assert_eq!((own[0].figure.as_str(), own[0].enough), ("x:PAYMENTS", 1));
        assert_eq!(
            own[0].name(crate::model::language::Language::En),
            "Payments in time"
        );
        let words = |from: &str, to: &str| {
            let source = source.replacen(from, to, 1);
            scoring(&source, "kpi.toml").unwrap_err().to_string()
        };
        assert_eq!(
            words("fact.PAYMENTS", "fact.CSAT"),
            "kpi.toml:6: fact.CSAT: CSAT is counted by okno: an indicator from outside needs another code"
        );
        for code in ["KOEFF", "SOLVED", "MET", "KORR_SOLVED", "KORR_X"] {
            assert_eq!(
                words("fact.PAYMENTS", &format!("fact.{code}")),
                format!(
                    "kpi.toml:6: fact.{code}: KOEFF, SOLVED, MET and all that begins with KORR_ are rows of okno's own in the \
                     accountants' file: an indicator from outside needs another code than {code}"
                )
            );
        }
        assert_eq!(
            words("\"percent\"", "\"share\""),
            "kpi.toml:9: fact.PAYMENTS.measure: percent, minutes, score or count is expected, but this is share"
        );
    }

    #[test]
    fn where_less_is_better_nought_can_be_aimed_at() {
        let outside = "ru = \"Замечания\"\nen = \"Remarks\"\nmeasure = \"count\"\nbetter = \"less\"\nplan = 0";
        for (from, to) in [
            (
                "[indicator.SLA_STD]\nplan = 95",
                "[indicator.REOPENED]\nplan = 0".to_owned(),
            ),
            (
                "[indicator.CSAT]\nplan = 4.5",
                format!("[fact.REMARKS]\n{outside}"),
            ),
        ] {
            let read = scoring(&SOUND.replace(from, &to), "kpi.toml").unwrap();
            let nought = Decimal::whole(0);
            let mut plans = read.indicators.iter().map(|one| one.plan);
            assert!(plans.any(|plan| plan.is_equal(nought)), "{to}");
        }
    }

    #[test]
    fn the_example_is_sound() {
        let read = scoring(include_str!("../../kpi.example.toml"), "kpi.example.toml");
        assert_eq!(read.map(|read| read.indicators.len()), Ok(4));
    }

    #[test]
    fn what_is_kept_with_every_draft_has_an_end() {
        let long = format!("{SOUND}#{}\n", "x".repeat(BYTES_MAX));
        let words = scoring(&long, "kpi.toml").unwrap_err().to_string();
        assert!(
            words.ends_with("settings of scores may have 262144 at most"),
            "{words}"
        );
    }

    #[test]
    fn what_is_kept_is_read_back_as_it_was() {
        let read = scoring(include_str!("../../kpi.example.toml"), "kpi.example.toml").unwrap();
        let text = serde_json::to_string(&read).unwrap();
        assert!(
            text.contains("\"weight\":\"0.35\"") || text.contains("\"weight\":\"0.4\""),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Scoring>(&text).unwrap(), read);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        check(
            "weight = 0.4",
            "weight = 0.3",
            "kpi.toml:1: the weights of all indicators must make 1 together; these make 0.9",
        );
        check(
            "weight = 0.4",
            "weight = \"0.4\"",
            "kpi.toml:8: indicator.CSAT.weight: a number is expected, but this is a text",
        );
        check(
            "weight = 0.4",
            "weight = 1e-1",
            "kpi.toml:8: indicator.CSAT.weight: a number from 0.0001 to 1 with at most nine places is expected, but this is 1e-1",
        );
        check(
            "SLA_STD",
            "SLA_ST",
            "kpi.toml:2: indicator.SLA_ST: there is no indicator \"SLA_ST\"; did you mean \"SLA_STD\"?",
        );
        check(
            "SLA_STD",
            "REPEAT_QOQ",
            "kpi.toml:2: indicator.REPEAT_QOQ: REPEAT_QOQ is of a queue or a department, not of an employee, and no employee can be \
             scored by it: heads see it in `okno report kpi` and in the monthly letters; score employees by REPEAT",
        );
        check(
            "[90, 0.8]",
            "[100, 0.8]",
            "kpi.toml:5: indicator.SLA_STD.steps: 100 does not lie below the step before it; pairs of completion and score are expected, from the highest down: [[100, 1], [90, 0.8]]",
        );
        check(
            "plan = 95\n",
            "",
            "kpi.toml:2: indicator.SLA_STD.plan: is missing; write plan = 95",
        );
        check(
            "plan = 95",
            "plan = 0",
            "kpi.toml:3: indicator.SLA_STD.plan: a number from 0.01 to 1000000 with at most nine places is expected, but this is 0",
        );
        check(
            "[indicator.SLA_STD]\nplan = 95",
            "[indicator.REOPENED]\nplan = -1",
            "kpi.toml:3: indicator.REOPENED.plan: a number from 0 to 1000000 with at most nine places is expected, but this is -1",
        );
        check(
            "version",
            "verzion",
            "kpi.toml:1: verzion: unknown key; did you mean `version`?",
        );
    }
}
