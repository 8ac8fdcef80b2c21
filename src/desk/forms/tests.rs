use jiff::civil::DateTime;
use proptest::prelude::*;

use super::*;
use crate::model::{form::FilledForm, text::Text};

fn now() -> DateTime {
    "2026-11-17T12:00".parse().expect("a date and time")
}

fn title(text: &str, en: &str) -> Title {
    Title {
        text: text.to_owned(),
        en: (!en.is_empty()).then(|| en.to_owned()),
    }
}

/// The form of the founding documents, with a day and a number and room for words.
fn form() -> FormPolicy {
    let field = |name: &str, words: Title, kind: FieldKind, required: bool| FieldPolicy {
        name: name.into(),
        title: words,
        kind,
        required,
        hint: None,
    };
    let kinds = vec![
        title("справка о доходах", "certificate of income"),
        title("справка для визы", "for a visa"),
    ];
    let ways = vec![
        title("на почту", "by mail"),
        title("в печатном виде", "on paper"),
    ];
    FormPolicy {
        title: title("Справка 2-НДФЛ", "Income certificate"),
        about: None,
        queue: "buh".into(),
        fields: vec![
            field(
                "kind",
                title("Тип запроса", "Kind of request"),
                FieldKind::Choice(kinds),
                true,
            ),
            FieldPolicy {
                hint: Some(title("год или годы, например 2025", "the year or years")),
                ..field("period", title("Период", "Period"), FieldKind::Text, true)
            },
            field(
                "way",
                title("Способ получения", "How to get it"),
                FieldKind::Choice(ways),
                true,
            ),
            field("day", title("Нужна к", "Needed by"), FieldKind::Date, false),
            field(
                "copies",
                title("Сколько экземпляров", ""),
                FieldKind::Number,
                false,
            ),
            field(
                "note",
                title("Приём и прочее", "Anything else"),
                FieldKind::Text,
                false,
            ),
        ],
        pauses: false,
        files: Vec::new(),
    }
}

fn forms() -> Forms {
    let pass = FormPolicy {
        title: title("Пропуск", "Pass"),
        fields: form()
            .fields
            .into_iter()
            .filter(|field| field.name.as_str() == "period")
            .collect(),
        ..form()
    };
    Forms::from([("ndfl".into(), form()), ("pass".into(), pass)])
}

/// `name=value` of all that was read, `|` between them, line ends as `/`.
fn said(text: &str) -> String {
    let found = recognise::named(&form(), text, now());
    let words = found
        .iter()
        .map(|(name, value)| format!("{name}={value}").replace('\n', "/"));
    words.collect::<Vec<_>>().join("|")
}

#[track_caller]
fn check_read(text: &str, expected: &str) {
    assert_eq!(said(text), expected, "{text}");
}

#[test]
fn a_form_is_read_however_it_was_filled_in() {
    let whole = "kind=справка для визы|period=2025|way=на почту";
    check_read(
        "Тип запроса: справка для визы\nПериод: 2025\nСпособ получения: на почту",
        whole,
    );
    check_read(
        "> Способ получения - На Почту.\n> период：2025\n>\n> ТИП ЗАПРОСА = 2",
        whole,
    );
    check_read(
        "Тип запроса:\nсправка для визы\nПериод:\n2025\nСпособ получения:\n1",
        whole,
    );
    check_read(
        "1. Тип запроса\u{a0}: справка  для визы\n2. Период — 2025\n3. Способ получения: на пожту",
        whole,
    );
    check_read(
        "Kind of request: for a visa\nPeriod: 2025\nHow to get it: by mail",
        whole,
    );
    // A table, as it is rendered to text.
    check_read(
        "Тип запроса\tсправка для визы\nПериод\t2025\nСпособ получения\tна почту",
        whole,
    );
    check_read(
        "Тип запроса справка для визы\nПериод | 2025\nСпособ получения на почту",
        whole,
    );
    // Paragraphs of a program that makes one of every line.
    check_read(
        "Тип запроса:\n\nсправка для визы\n\nПериод:\n\n2025\n\nСпособ получения:\n\nна почту\n",
        whole,
    );
    // Free text around it and lines that a program has broken.
    check_read(
        "Добрый день! Прошу: сделайте побыстрее.\n\nТип запроса (справка о доходах / справка\n> для визы): справка для\nвизы\n\
         Период (год или годы, например 2025): 2025\n\nСпособ получения: на почту, пожалуйста\nСпасибо: выручили!",
        whole,
    );
}

#[test]
fn what_is_missing_or_wrong_is_seen() {
    check_read(
        "Тип запроса: \nПериод: —\nСпособ получения: ___",
        "kind=|period=|way=",
    );
    check_read("Период: год или годы, например 2025", "period=");
    check_read(
        "Способ получения: голубем\nНужна к: скоро",
        "way=голубем|day=скоро",
    );
    check_read(
        "Нужна к: 15 декабря\nСколько экземпляров: 2",
        "day=2026-12-15|copies=2",
    );
    check_read("Прием и прочее: раз\nдва\n\nС уважением", "note=раз/два");
    check_read("Период: 2024\nПериод: 2025", "period=2024");
    check_read("Период: \nПериод: 2025", "period=2025");
    check_read("Период работы: не помню", "");
    // The last field has nobody below it to say that the words are its own.
    check_read("Период:\n\nС уважением, Ольга", "period=");
}

#[test]
fn a_mail_is_of_a_form_by_code_title_or_all_obligatory_titles() {
    let of = |subject: &str, text: &str| {
        let filled = recognise(&forms(), (subject, text, text), now());
        filled.map_or_else(String::new, |filled| filled.form.to_string())
    };
    let all = "Тип запроса: 1\nПериод: 2025\nСпособ получения: 1";
    assert_eq!(of("Справка [form:ndfl]", ""), "ndfl");
    assert_eq!(of("Re: Справка [FORM: NDFL", all), "ndfl");
    assert_eq!(of("Справка 2-НДФЛ", "Период: 2025"), "ndfl");
    assert_eq!(of("income certificate", "Period: 2025"), "ndfl");
    assert_eq!(of("Вопрос", all), "ndfl");
    assert_eq!(
        of("Вопрос", "Тип запроса: \nПериод: 2025\nСпособ получения:"),
        "ndfl"
    );
    assert_eq!(of("Пропуск", "Период: 2025"), "pass");
    // Prose with a colon.
    for (subject, text) in [
        ("Вопрос", "Период: 2025"),
        ("Справка 2-НДФЛ", "Как её получить?"),
        ("Вопрос", "Тип запроса: не знаю какой\nПериод: любой"),
        ("[form:gone]", "Период: 2025"),
        ("", ""),
        ("Вопрос", "Тип запроса:\nПериод:\nСпособ получения:"),
    ] {
        assert_eq!(of(subject, text), "", "{subject} {text}");
    }
    assert_eq!(without_code("Re: Справка [form:ndfl]"), "Re: Справка");
    assert_eq!(without_code("[form: ndfl] Справка"), "Справка");
    assert_eq!(without_code("Справка [form:ndfl"), "Справка");
}

#[test]
fn the_list_is_asked_for_by_one_word_or_an_address() {
    for (detail, subject, text) in [
        ("forms", "Вопрос", "Пришлите, что есть"),
        ("templates", "", ""),
        ("Forms", "", ""),
        ("", "Формы", ""),
        ("", "шаблоны", "Здравствуйте!\n\nСпасибо"),
        ("", "Вопрос", "формы?"),
        ("", "forms", "Please"),
    ] {
        assert!(
            is_list_asked(Some(detail), subject, text),
            "{detail} {subject} {text}"
        );
    }
    for (detail, subject, text) in [
        ("printer", "Вопрос", ""),
        ("", "Формы", "не открываются"),
        ("", "Формы для отчёта", ""),
        ("", "", ""),
    ] {
        assert!(
            !is_list_asked(Some(detail), subject, text),
            "{detail} {subject} {text}"
        );
    }
}

#[test]
fn an_answer_fills_in_what_was_asked_for() {
    let form = form();
    let mut filled = FilledForm::new("ndfl".into());
    filled.set(&"kind".into(), Text::new("справка для визы"));
    filled.set(&"way".into(), Text::new("на почту"));
    filled.is_asked = true;
    let said = |filled: &FilledForm, new: &str, whole: &str| {
        let said = answer(&form, filled, (new, whole), now());
        let words = said.iter().map(|(name, value)| format!("{name}={value}"));
        words.collect::<Vec<_>>().join("|")
    };
    assert_eq!(said(&filled, "Период: 2025", ""), "period=2025");
    assert_eq!(said(&filled, "2025", ""), "period=2025");
    assert_eq!(
        said(&filled, "Добрый день!\n2025\nСпасибо!", ""),
        "period=2025"
    );
    assert_eq!(said(&filled, "", "> Период (год): 2025"), "period=2025");
    assert_eq!(
        said(&filled, "Способ получения: в печатном виде", ""),
        "way=в печатном виде"
    );
    // What the quote repeats is no news, and a question is no value.
    assert_eq!(
        said(
            &filled,
            "А какой период бывает?",
            "> Способ получения: на почту\n> Период: "
        ),
        ""
    );
    assert_eq!(said(&filled, "Спасибо!", ""), "");
    filled.is_asked = false;
    assert_eq!(said(&filled, "2025", ""), "");
    filled.is_asked = true;
    filled.set(&"period".into(), Text::new("2025"));
    assert_eq!(said(&filled, "Жду", ""), "", "nothing is missing");
}

#[test]
fn lines_are_written_so_that_they_are_read_back() {
    let form = form();
    let mut filled = FilledForm::new("ndfl".into());
    filled.set(&"kind".into(), Text::new("справка для визы"));
    filled.set(&"day".into(), Text::new("2026-12-15"));
    for language in Language::ALL {
        for has_hints in [true, false] {
            let lines = lines(&form, Some(&filled), (language, has_hints)).join("\n");
            let read = recognise::named(&form, &lines, now());
            let values: Vec<_> = read
                .into_iter()
                .filter(|(_, value)| !value.is_blank())
                .collect();
            assert_eq!(values, filled.fields, "{lines}");
        }
    }
    let lacking: Vec<&str> = missing(&form, &filled)
        .map(|field| field.name.as_str())
        .collect();
    assert_eq!(lacking, ["period", "way"]);
    filled.set(&"copies".into(), Text::new("много"));
    assert_eq!(
        missing(&form, &filled).count(),
        3,
        "what cannot be used is asked for, too"
    );
}

/// What happens to a line on its way.
#[derive(Debug, Clone)]
struct Mangling {
    quote: &'static str,
    bullet: &'static str,
    spaces: &'static str,
    colon: &'static str,
    breaks: bool,
    case: u8,
    is_english: bool,
}

fn mangling() -> impl Strategy<Value = Mangling> {
    let pick = |words: &[&'static str]| proptest::sample::select(words.to_vec());
    (
        pick(&["", "> ", ">> ", "> > ", "  "]),
        pick(&["", "- ", "• ", "* ", "3. ", "2) "]),
        pick(&["", " ", "\u{a0}", " \u{200b}"]),
        pick(&[":", "：", "﹕", " -", " —", " –", " =", "\t", " |", "* :"]),
        any::<bool>(),
        0..3_u8,
        any::<bool>(),
    )
        .prop_map(
            |(quote, bullet, spaces, colon, breaks, case, is_english)| Mangling {
                quote,
                bullet,
                spaces,
                colon,
                breaks,
                case,
                is_english,
            },
        )
}

fn mangled(field: &FieldPolicy, value: &str, how: &Mangling) -> String {
    let language = if how.is_english {
        Language::En
    } else {
        Language::Ru
    };
    let title = match how.case {
        0 => field.title.of(language).to_owned(),
        1 => field.title.of(language).to_uppercase().replace('Ё', "Е"),
        _ => field
            .title
            .of(language)
            .to_lowercase()
            .replace(' ', "\u{a0} "),
    };
    let value = match (&field.kind, how.case) {
        (FieldKind::Choice(choices), 0) => {
            let at = choices
                .iter()
                .position(|choice| choice.text == value)
                .map_or(1, |at| at.saturating_add(1));
            at.to_string()
        }
        (FieldKind::Choice(_), 1) => value.to_uppercase(),
        (FieldKind::Choice(_), _) => {
            // One letter is doubled.
            let mut letters: Vec<char> = value.chars().collect();
            letters.insert(3, letters[3]);
            letters.into_iter().collect()
        }
        _ => value.to_owned(),
    };
    let below = if how.breaks {
        format!("\n{}", how.quote)
    } else {
        String::new()
    };
    format!(
        "{}{}{title}{}{}{below}{}{value}{}",
        how.quote, how.bullet, how.spaces, how.colon, " ", how.spaces
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_mangled_form_reads_back_the_same(
        hows in proptest::collection::vec(mangling(), 6),
        order in Just([0_usize, 1, 2, 3, 4, 5]).prop_shuffle(),
        period in "[1-9][0-9]{3}(, [а-я]{2,9} [а-я]{2,9})?",
        note in "[A-ZА-Я][a-zа-яё]{1,12}( [0-9a-zа-яё]{1,9}){0,4}",
        kind in 0..2_usize, way in 0..2_usize, day in 1..28_u8, copies in 1..500_u16,
        around in any::<bool>(),
    ) {
        let form = form();
        let choice = |at: usize, which: usize| match &form.fields[at].kind {
            FieldKind::Choice(choices) => choices[which].text.clone(),
            FieldKind::Text | FieldKind::Date | FieldKind::Number => String::new(),
        };
        let values = [choice(0, kind), period, choice(2, way), format!("2026-12-{day:02}"), copies.to_string(), note];
        let lines = order.iter().map(|at| mangled(&form.fields[*at], &values[*at], &hows[*at]));
        let mut text = lines.collect::<Vec<_>>().join("\n");
        if around {
            text = format!("Здравствуйте! Вот что нужно:\n\n{text}\n\nЗаранее спасибо: очень жду.\n");
        }
        let read = recognise::named(&form, &text, now());
        let read: Vec<String> = read.into_iter().map(|(_, value)| value.into()).collect();
        prop_assert_eq!(read, values.to_vec(), "{}", text);
    }

    #[test]
    fn no_text_breaks_the_reader(text in "(\\PC|\n|[ТПСa-z:( >-]){0,300}", subject in "\\PC{0,60}") {
        let form = form();
        let read = read(&text, &form, now());
        prop_assert!(read.len() <= form.fields.len());
        for one in &read {
            let field = &form.fields[one.field];
            // A value that is one is its own value.
            if let Some(value) = check(&field.kind, &one.value, now()) {
                prop_assert_eq!(&value, &one.value);
            }
        }
        drop(recognise(&forms(), (&subject, &text, &text), now()));
        prop_assert!(without_code(&subject).len() <= subject.len());
        let longer = format!("a{subject}");
        prop_assert!(!is_list_asked(None, &longer, &text));
    }
}
