//! What is read of calendar files, and the built-in years against what is published.

use jiff::civil::date;

use super::*;

#[test]
fn the_built_in_years_have_the_published_sums() {
    let years = built_in("ru").unwrap();
    assert_eq!(years.len(), 4, "each of them is read");
    let totals: Vec<_> = years
        .iter()
        .map(|year| {
            (
                year.year.unwrap(),
                year.totals(year.ends().unwrap().0, year.ends().unwrap().1),
            )
        })
        .collect();
    let published = [
        (2024, (248, 1979)),
        (2025, (247, 1972)),
        (2026, (247, 1972)),
    ];
    assert_eq!(totals[..3], published);
    let quarters = [(1, 3, 31), (4, 6, 30), (7, 9, 30), (10, 12, 31)];
    let hours =
        quarters.map(|(from, to, day)| years[2].totals(date(2026, from, 1), date(2026, to, day)).1);
    assert_eq!(hours, [440, 493, 528, 511]);
    let is_provisional: Vec<bool> = years.iter().map(|year| year.is_provisional).collect();
    assert_eq!(is_provisional, [false, false, false, true]);
}

/// The files that the built-in years were written from.
#[test]
#[expect(clippy::print_stderr, reason = "what is skipped is said")]
fn the_built_in_years_are_what_is_published() {
    let known = built_in("ru").unwrap();
    for (place, year) in (2024..=2026).enumerate() {
        let path = format!("../shared/calendars/ru-{year}.xml");
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("SKIPPED: there is no {path} to compare with");
            continue;
        };
        assert_eq!(years(&text).unwrap(), [known[place].clone()], "{year}");
    }
}

#[test]
fn a_year_written_down_is_the_same_year() {
    for year in built_in("ru").unwrap() {
        assert_eq!(years(&in_plain(&year)), Ok(vec![year]));
    }
}

#[track_caller]
fn refused(text: &str, expected: &[(usize, &str)]) {
    let wrong = years(text).unwrap_err();
    let wrong: Vec<(usize, &str)> = wrong
        .iter()
        .map(|(line, words)| (*line, words.as_str()))
        .collect();
    assert_eq!(wrong, expected);
}

#[test]
fn what_is_wrong_with_a_file_is_said_by_line() {
    refused(
        "year 2026\n2027-01-01 off\n2026-02-30 off\n2026-03-01 of\n2026-05-01 off\n2026-05-01 short\n2026-06-02..2026-06-01 off",
        &[
            (2, "2027-01-01 is in another year"),
            (3, "\"2026-02-30\" is no date: write 2026-12-31"),
            (
                4,
                "\"of\" says nothing of a day: write off, short, working, working for 2026-03-09, or hours, 09:00-14:00",
            ),
            (6, "2026-05-01 stands here twice"),
            (7, "2026-06-01 is before 2026-06-02"),
        ],
    );
    refused(
        "year 2026\n2026-01-01..2026-01-08 off\ntotal 247 days 1972 hours",
        &[(
            3,
            "the days written here make 255 working days and 2040 hours, not 247 and 1972",
        )],
    );
    refused(
        "<html>\n",
        &[(1, "this is no calendar: <calendar year=\"…\"> is missing")],
    );
    refused(
        "<calendar year=\"2026\">\n<day d=\"01.01\" t=\"7\"/>",
        &[(2, "t=\"7\" is not known: 1 is off, 2 short, 3 working")],
    );
    refused(
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR",
        &[(
            1,
            "there is no event of whole days in it (DTSTART;VALUE=DATE:20260501)",
        )],
    );
}

#[test]
fn holidays_of_an_ics_file_are_off() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Республика\r\n ншый\r\nDTSTART;VALUE=DATE:20261011\r\nDTEND;VALUE=DATE:20261013\r\n\
                END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20261101T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let year = &years(text).unwrap()[0];
    let days: Vec<String> = year.days.keys().map(ToString::to_string).collect();
    assert_eq!(days, ["2026-10-11", "2026-10-12"]);
}
