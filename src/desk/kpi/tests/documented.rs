//! What docs/kpi.md says of every figure is what the program does.

use super::super::{
    Balance, Beside, SIXTIETHS, Tally, capacity_use,
    table::{Made, TABLE},
    tally::{Count, Spread},
    whole,
};
use super::*;
use crate::model::{figures, language::Language};

const DOCUMENTED: &str = include_str!("../../../../docs/kpi.md");

fn of_class(what: &str, class: Option<RequestClass>) -> String {
    match class {
        Some(class) => format!("{what}, {}", class.code()),
        None => what.to_owned(),
    }
}

const fn sort(spread: Spread) -> &'static str {
    match spread {
        Spread::FirstResponse => "first_response",
        Spread::FirstResponseCalendar => "first_response_calendar",
        Spread::Resolution => "resolution",
        Spread::ResolutionCalendar => "resolution_calendar",
    }
}

/// Numerator and denominator, as the table names them.
fn parts(made: Made) -> (String, String) {
    let times = |spread, class| {
        let what = of_class(sort(spread), class);
        let number = format!("{SIXTIETHS} × number: {what}");
        (format!("sum: {what}"), number)
    };
    let alone = |words: String| (words, "—".to_owned());
    let solved = Count::Solved.code();
    match made {
        Made::Of(count) => alone(count.code().to_owned()),
        Made::Share(part, of) => (part.code().to_owned(), of.code().to_owned()),
        Made::NoEscalation => ("unescalated".into(), "unescalated + escalated".into()),
        Made::Kept(clock, class) => {
            let what = of_class(clock.code(), class);
            (format!("met: {what}"), format!("judged: {what}"))
        }
        Made::Solved(class) => alone(format!("solved: {}", class.code())),
        Made::Unknown(known) => (format!("{solved} − {}", known.code()), solved.to_owned()),
        Made::Mean(spread) => times(spread, None),
        Made::MeanOf(spread, class) => times(spread, Some(class)),
        Made::Median(spread) => (format!("middle: {}", sort(spread)), SIXTIETHS.to_string()),
        Made::P90(spread) => (
            format!("nine of ten: {}", sort(spread)),
            SIXTIETHS.to_string(),
        ),
        Made::Nps => ("promoters − detractors".into(), "opinions".into()),
        Made::OldestOpen => alone("oldest: open_at_end".to_owned()),
        Made::OldestUnanswered => alone("oldest: unanswered_at_end".to_owned()),
    }
}

/// The beginning of a row: the code, and what people call it.
fn called(code: &str) -> String {
    let [english, russian] = [Language::En, Language::Ru].map(|one| figures::of_code(code, one));
    assert!(russian != code, "{code} has a name");
    format!("`{code}` | {english} | {russian}")
}

/// The rows of the document: what stands in their first six cells, and the words behind these.
fn rows() -> Vec<(String, Vec<String>)> {
    let rows = DOCUMENTED.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let words = cells.iter().skip(6).map(|words| (*words).to_owned());
        (cells[..6].join(" | "), words.collect())
    })
    .collect()
}

#[test]
fn every_figure_is_documented_as_it_is_made() {
    let counted = TABLE.iter().map(|(code, unit, made)| {
        let (above, below) = parts(*made);
        format!("{} | {} | {above} | {below}", called(code), unit.code())
    });
    let whole = whole(&Tally::default(), &Balance::default()).into_iter();
    let others = whole.skip(TABLE.len()).map(|figure| {
        let (code, unit) = (figure.code, figure.unit.code());
        format!("{} | {unit} | {code} | —", called(code))
    });
    let share = "repeat_pct of the quarter before";
    let clients = "clients of the quarter before";
    let beside = [
        format!(
            "{} | percent | repeat_pct − {share} | {share}",
            called("repeat_qoq")
        ),
        format!(
            "{} | percent | clients − {clients} | {clients}",
            called("received_qoq")
        ),
        format!(
            "{} | percent | received | capacity × months",
            called("capacity_use")
        ),
    ];
    let expected: Vec<String> = counted.chain(others).chain(beside).collect();
    let documented = rows();
    let found: Vec<&String> = documented.iter().map(|(row, _)| row).collect();
    assert_eq!(found, expected.iter().collect::<Vec<_>>());
    // In both languages, and in words.
    for (row, words) in &documented {
        let [english, russian] = words.as_slice() else {
            panic!("{row}: two languages");
        };
        let is_russian = |words: &str| words.chars().any(|one| ('а'..='я').contains(&one));
        assert!(!is_russian(english) && english.ends_with('.'), "{row}");
        assert!(is_russian(russian) && russian.ends_with('.'), "{row}");
    }
}

#[test]
fn how_much_of_the_capacity_came_is_told_of_queues_that_have_a_limit() {
    let shown = |figure: Figure| figure.shown().unwrap_or_default();
    assert_eq!(shown(capacity_use(312, 400, 1)), "78.00");
    assert_eq!(shown(capacity_use(600, 400, 3)), "50.00");
    // Without a limit there is no share of it.
    assert_eq!(shown(capacity_use(312, 0, 1)), "");
    let sheet = sheet("2026-10", &[Tale::of(1, "it", "05 09:00")]);
    let told = |limits: &[(&str, i64)]| -> Vec<String> {
        let beside = Beside {
            before: None,
            capacities: limits
                .iter()
                .map(|(queue, limit)| ((*queue).into(), *limit))
                .collect(),
        };
        let lines = sheet.lines_beside(&beside).into_iter();
        let lines = lines.flat_map(|(of, figures)| {
            let of = of.columns().0.to_owned();
            figures.into_iter().map(move |figure| (of.clone(), figure))
        });
        let used = lines.filter(|(_, figure)| figure.code == "capacity_use");
        used.map(|(of, figure)| format!("{of} {}", shown(figure)))
            .collect()
    };
    assert_eq!(told(&[("it", 4), ("buh", 4)]), [" 12.50", "it 25.00"]);
    // Where one has no limit, all together have none.
    assert_eq!(told(&[("it", 4), ("buh", 0)]), ["it 25.00"]);
    assert_eq!(told(&[]), Vec::<String>::new());
}
