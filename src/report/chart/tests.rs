//! Charts, seen through what is written of them; pictures to look at are left in `target/charts`.

use std::{collections::BTreeSet, fs, io::Cursor, path::Path};

use insta::assert_snapshot;
use jiff::civil::{Date, date};

use proptest::prelude::{Strategy, any, prop, proptest};
use regex::Regex;

use super::*;
use crate::model::classification::RequestClass;

fn months(language: Language, count: i32) -> Vec<String> {
    let first = date(2026, 5, 1);
    let months = (0..count).map(|month| first.saturating_add(jiff::Span::new().months(month)));
    months
        .map(|first: Date| kinds::month(language, first))
        .collect()
}

fn percent(values: &[i64]) -> Vec<Option<Decimal>> {
    let known = |value: &i64| (*value >= 0).then(|| Decimal::new(*value, 1));
    values.iter().map(known).collect()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|words| (*words).to_owned()).collect()
}

/// One chart of each kind; -1: no data.
fn samples(language: Language) -> Vec<(&'static str, Chart)> {
    let names = |count| months(language, count);
    let (open, late) = (vec![31, 44, 40, 27, 22, 19], vec![6, 9, 4, 2, 0, 1]);
    let (received, solved) = (
        vec![231, 288, 250, 262, 301, 292],
        vec![225, 275, 254, 275, 306, 295],
    );
    let year = vec![231, 288, 250, 262, 301, 292, 310, 325, 341, 366, 390, 412];
    vec![
        ("backlog", kinds::backlog(language, names(6), open, late)),
        ("flow", kinds::flow(language, names(6), received, solved)),
        ("in_time", in_time(language, names(6))),
        ("response", response(language)),
        ("load", load(language)),
        ("capacity", kinds::capacity(language, names(12), year, 400)),
    ]
}

fn in_time(language: Language, names: Vec<String>) -> Chart {
    let classes = vec![
        (
            RequestClass::Emergency,
            percent(&[1000, -1, 1000, 960, 1000, 1000]),
            Some(Decimal::whole(100)),
        ),
        (
            RequestClass::Urgent,
            percent(&[920, 930, 890, 941, 950, 962]),
            None,
        ),
        (
            RequestClass::Standard,
            percent(&[880, 905, 913, 947, 952, 961]),
            Some(Decimal::whole(95)),
        ),
        (
            RequestClass::Consultation,
            percent(&[-1, -1, 840, 870, 910, 955]),
            Some(Decimal::whole(90)),
        ),
    ];
    kinds::in_time(language, names, classes)
}

fn response(language: Language) -> Chart {
    let spans = match language {
        Language::Ru => [
            "до 15 мин",
            "до 1 ч",
            "до 2 ч",
            "до 4 ч",
            "до 8 ч",
            "дольше",
        ],
        Language::En => [
            "to 15 min",
            "to 1 h",
            "to 2 h",
            "to 4 h",
            "to 8 h",
            "longer",
        ],
    };
    kinds::response(
        language,
        owned(&spans),
        vec![41, 88, 67, 52, 19, 6],
        Some(4),
    )
}

fn load(language: Language) -> Chart {
    let people = match language {
        Language::Ru => [
            "Петров И. И.",
            "Сидорова А. В.",
            "Константинопольский-Рождественский В. В.",
            "Ли О.",
        ],
        Language::En => [
            "I. Petrov",
            "A. Sidorova",
            "V. Konstantinopolsky-Rozhdestvensky",
            "O. Li",
        ],
    };
    kinds::load(
        language,
        owned(&people),
        vec![12, 7, 21, 0],
        vec![1, 0, 5, 0],
    )
}

fn save(name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/charts");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), bytes).unwrap();
}

#[test]
fn every_chart_is_drawn_for_the_page_and_for_letters_and_bytes_repeat() {
    for language in Language::ALL {
        for (name, chart) in samples(language) {
            let (svg, png) = (chart.svg().unwrap(), chart.png().unwrap());
            save(&format!("{name}.{}.svg", language.code()), svg.as_bytes());
            save(&format!("{name}.{}.png", language.code()), &png);
            assert_eq!(svg, chart.svg().unwrap(), "{name}");
            assert_eq!(png, chart.png().unwrap(), "{name}");
            assert!(
                png.len() < 90_000,
                "{name}: {} bytes are much for a letter",
                png.len()
            );
            assert!(
                svg.len() < 60_000,
                "{name}: {} bytes are much for a page",
                svg.len()
            );
        }
    }
}

/// Shares as they come on bad days: one class alone, all met, hardly any.
fn hard_shares(language: Language) -> Vec<(&'static str, Chart)> {
    let class =
        |of, values: &[i64], target: i64| (of, percent(values), Some(Decimal::whole(target)));
    let one_class = vec![class(RequestClass::Standard, &[-1, -1, 333], 95)];
    let all_met = vec![
        class(RequestClass::Emergency, &[1000; 6], 100),
        class(RequestClass::Standard, &[1000; 6], 95),
    ];
    let poor = vec![
        class(RequestClass::Emergency, &[0, 500, 1000, -1, 667, 0], 100),
        class(RequestClass::Consultation, &[50, 100, 0, 125, 333, 250], 95),
    ];
    let chart = |many, classes| kinds::in_time(language, months(language, many), classes);
    vec![
        ("in_time_one", chart(3, one_class)),
        ("in_time_met", chart(6, all_met)),
        ("in_time_poor", chart(6, poor)),
    ]
}

/// Counts as they come on bad days: one month, nothing at all, many people, long names, a year of months, large numbers.
fn hard(language: Language) -> Vec<(&'static str, Chart)> {
    let names = |count| months(language, count);
    let people = (1..=25).map(|number| match number % 5 {
        0 => format!("Воскресенский-Преображенский Александр {number}"),
        _ => format!("Сотрудник {number}"),
    });
    let (hand, late) = ((1..=25).rev().collect(), (1..=25).map(|n| n / 4).collect());
    let year: Vec<i64> = (180..).step_by(7).take(12).collect();
    let first = date(2026, 9, 28);
    let weeks = (0..6).map(|week| first.saturating_add(jiff::Span::new().weeks(week)));
    let weeks = weeks.map(|day| kinds::day(language, day)).collect();
    let open = vec![3, 0, 12, 8, 9, 9];
    let large = vec![11_231, 9_876, 10_004, 12_345, 11_999, 10_101];
    let over = vec![390, 410, 455, 480, 512, 530];
    let spans = owned(&["до 15 мин", "до 1 ч", "дольше"]);
    let backlog = |names, open, late| kinds::backlog(language, names, open, late);
    let flow = |names, received, solved| kinds::flow(language, names, received, solved);
    vec![
        ("backlog_one", backlog(names(1), vec![2], vec![2])),
        ("backlog_none", backlog(names(6), vec![0; 6], vec![0; 6])),
        (
            "backlog_weeks",
            backlog(weeks, open, vec![0, 0, 1, 2, 9, 9]),
        ),
        ("flow_one", flow(names(1), vec![3], vec![1])),
        ("flow_year", flow(names(12), year.clone(), year)),
        ("flow_large", flow(names(6), large, vec![11_000; 6])),
        (
            "response_none",
            kinds::response(language, spans, vec![0; 3], None),
        ),
        (
            "load_many",
            kinds::load(language, people.collect(), hand, late),
        ),
        (
            "capacity_one",
            kinds::capacity(language, names(1), vec![3], 400),
        ),
        (
            "capacity_over",
            kinds::capacity(language, names(6), over, 400),
        ),
    ]
}

#[test]
fn bad_days_are_drawn_too() {
    let shares = hard_shares(Language::Ru).into_iter();
    for (name, chart) in hard(Language::Ru).into_iter().chain(shares) {
        let png = chart.png().unwrap();
        save(&format!("hard_{name}.png"), &png);
        let mut drawn = png::Decoder::new(Cursor::new(&png)).read_info().unwrap();
        let mut pixels = vec![0; drawn.output_buffer_size().unwrap()];
        drawn.next_frame(&mut pixels).unwrap();
        let inks: BTreeSet<&[u8]> = pixels.chunks(3).collect();
        assert!(inks.len() > 2, "{name}: nothing is drawn");
        let svg = chart.svg().unwrap();
        assert!(svg.contains(&chart.title), "{name}: {svg}");
    }
}

/// Every chart in words: what a screen reader says, and the table beside it.
fn in_words(language: Language) -> String {
    let told = samples(language).into_iter().map(|(name, chart)| {
        let figures = chart.figures();
        let lines = std::iter::once(figures.head).chain(figures.rows);
        let table: Vec<String> = lines.map(|cells| cells.join(" | ")).collect();
        format!("## {name}\n{}\n{}\n", chart.alt(), table.join("\n"))
    });
    told.collect::<Vec<_>>().join("\n")
}

#[test]
fn whoever_does_not_see_a_chart_is_told_it() {
    assert_snapshot!("in_words_ru", in_words(Language::Ru));
    assert_snapshot!("in_words_en", in_words(Language::En));
}

#[test]
fn the_page_gets_shapes_and_words_and_nothing_that_a_strict_policy_forbids() {
    let element = Regex::new(r"<([a-z]+)").unwrap();
    let attribute = Regex::new(r#" ([a-zA-Z-]+)=""#).unwrap();
    let elements = [
        "svg", "title", "desc", "line", "polyline", "polygon", "circle", "rect", "text",
    ];
    for (name, chart) in samples(Language::Ru) {
        let svg = chart.svg().unwrap();
        for found in element.captures_iter(&svg) {
            assert!(elements.contains(&&found[1]), "{name}: <{}>", &found[1]);
        }
        for found in attribute.captures_iter(&svg) {
            let is_forbidden =
                ["style", "class", "id", "href"].contains(&&found[1]) || found[1].starts_with("on");
            assert!(!is_forbidden, "{name}: {}", &found[1]);
        }
        assert!(svg.starts_with("<svg role=\"img\" width=\"640\""), "{name}");
        assert!(
            svg.contains(&format!("<title>{}</title>", chart.title)),
            "{name}"
        );
        // Its ink is the page's, and no paper is painted under it.
        assert!(
            svg.contains("fill=\"currentColor\"") && !svg.contains(canvas::INK_WRITTEN),
            "{name}"
        );
        for series in chart.series.iter().filter(|_| chart.series.len() > 1) {
            assert!(
                svg.contains(&format!(">\n{}\n<", series.name)),
                "{name}: {} has no words",
                series.name
            );
        }
    }
}

#[test]
fn series_differ_without_their_colours() {
    let dashes: Vec<&[f64]> = (0..SERIES_MAX).map(|at| canvas::style(at).dash).collect();
    let targets: Vec<&[f64]> = (0..TARGETS_MAX).map(canvas::target_dash).collect();
    let all: Vec<&[f64]> = dashes.into_iter().chain(targets).collect();
    for (at, one) in all.iter().enumerate() {
        assert!(!all[..at].contains(one), "{one:?} twice");
    }
    // The same chart without colours still has every bar of the second series hatched.
    let (_, chart) = samples(Language::Ru).swap_remove(1);
    let grey = Regex::new("#[0-9A-F]{6}")
        .unwrap()
        .replace_all(&chart.svg().unwrap(), "#777777")
        .into_owned();
    let (full, light) = (
        grey.matches("<rect").count(),
        grey.matches("opacity=\"0.18\" fill=").count(),
    );
    assert_eq!(
        (full, light),
        (14, 7),
        "seven of each series, with the legend's"
    );
}

#[test]
fn where_there_is_no_data_a_line_is_broken_and_nothing_is_said_of_nought() {
    let names = months(Language::Ru, 3);
    let classes = vec![(RequestClass::Standard, percent(&[900, -1, 950]), None)];
    let chart = kinds::in_time(Language::Ru, names, classes);
    assert!(chart.figures().rows[1][1].contains("нет данных"));
    let svg = chart.svg().unwrap();
    // No line is drawn: two single points are none.
    assert_eq!(svg.matches("stroke=\"#0078BE\"").count(), 0, "{svg}");
}

#[test]
fn words_of_others_stay_words() {
    let mut chart = samples(Language::En).swap_remove(4).1;
    chart.title = "</title><script>alert(1)</script>".to_owned();
    chart.names[0] = "<img src=x onerror=alert(1)>".to_owned();
    let svg = chart.svg().unwrap();
    assert!(!svg.contains("<script") && !svg.contains("<img"), "{svg}");
    // They are there, and are words.
    for words in ["&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x"] {
        assert!(svg.contains(words), "{words} in {svg}");
    }
}

#[test]
fn more_than_can_be_told_apart_is_refused() {
    let mut chart = samples(Language::En).swap_remove(0).1;
    let series = chart.series[0].clone();
    chart.series.resize(SERIES_MAX + 1, series);
    assert_eq!(chart.svg(), Err(Undrawn::TooMany));
    assert_eq!(chart.png(), Err(Undrawn::TooMany));
}

#[test]
fn of_many_people_the_first_are_drawn_and_the_table_has_all() {
    let agents: Vec<String> = (1..=45).map(|number| format!("Agent {number}")).collect();
    let chart = kinds::load(Language::En, agents, vec![3; 45], vec![1; 45]);
    let svg = chart.svg().unwrap();
    assert!(svg.contains("and 15 more, in the table") && !svg.contains("\nAgent 31\n"));
    assert!(chart.size().1 < 1400, "{:?}", chart.size());
    assert_eq!(chart.figures().rows.len(), 45);
}

fn any_chart() -> impl Strategy<Value = Chart> {
    let shape = prop::sample::select(vec![
        Shape::Lines,
        Shape::Panels,
        Shape::Bars,
        Shape::Distribution,
        Shape::Rows,
    ]);
    let unit = prop::sample::select(vec![Unit::Count, Unit::Percent, Unit::Minutes]);
    let value = prop::option::of(
        (any::<i64>(), 0_u8..4).prop_map(|(digits, places)| Decimal::new(digits, places)),
    );
    let values = prop::collection::vec(value, 0..8);
    let series = prop::collection::vec(("\\PC{0,12}", values), 0..=SERIES_MAX);
    let names = prop::collection::vec("\\PC{0,40}", 0..8);
    (shape, unit, names, series, "\\PC{0,80}").prop_map(|(shape, unit, names, series, title)| {
        Chart {
            title,
            language: Language::Ru,
            shape,
            unit,
            heading: String::new(),
            names,
            series: series
                .into_iter()
                .map(|(name, values)| Series {
                    name,
                    values,
                    target: None,
                })
                .collect(),
            targets: vec![Target {
                name: "цель".to_owned(),
                value: Decimal::whole(95),
            }],
        }
    })
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
    #[test]
    fn whatever_is_shown_can_be_drawn(chart in any_chart()) {
        let svg = chart.svg().unwrap();
        assert!(svg.trim_end().ends_with("</svg>"));
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
        assert_eq!(chart.figures().rows.len(), chart.names.len());
        chart.png().unwrap();
    }
}
