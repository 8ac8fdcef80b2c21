//! What is near and what is not, in both languages.

use proptest::prelude::{ProptestConfig, proptest};

use super::*;
use crate::model::address::Address;

#[track_caller]
fn check(one: &str, other: &str, is_near: bool) {
    let (a, b) = (Sketch::of(one), Sketch::of(other));
    assert_eq!(
        is_repeat(&a, &b),
        is_near,
        "{:.2}: {one} / {other}",
        a.jaccard(&b)
    );
    assert_eq!(is_repeat(&b, &a), is_near, "the other way round: {one}");
    if is_near {
        let bits = (a.simhash() ^ b.simhash()).count_ones();
        assert!(
            may_be_similar(a.simhash(), b.simhash()),
            "{bits} bits: {one}"
        );
    }
}

#[test]
fn the_same_asked_again() {
    check(
        "Здравствуйте!\n\nПринтер в аудитории 214 с утра печатает пустые листы. Картридж меняли в пятницу.\n\nС уважением,\nОльга",
        "Добрый день!\nПринтер в аудитории 214 с утра печатает пустые листы, картридж меняли в пятницу.\nСпасибо!",
        true,
    );
    check(
        "Коллеги, не могу войти в почту: пишет, что пароль неверный. Прошу помочь.",
        "Не могу войти в почту, пишет что пароль неверный!! прошу помочь",
        true,
    );
    check(
        "Повторно: 17.11.2026 в 10:30 опять пропала сеть в корпусе Б, второй этаж, не открывается ничего.",
        "18.11.2026 в 9:15 опять пропала сеть в корпусе Б, второй этаж, не открывается ничего.",
        true,
    );
    check(
        "Hello,\n\nthe printer in room 214 has been printing blank pages since this morning. The cartridge was changed \
         on Friday.\n\nKind regards,\nAnna",
        "Hi team,\nthe printer in room 214 has been printing blank pages since this morning. Cartridge was changed on \
         Friday.\nThanks",
        true,
    );
    check(
        "> Вы писали вчера об этом\nУ меня снова не открывается журнал занятий за весенний семестр",
        "У меня снова не открывается журнал занятий за весенний семестр",
        true,
    );
}

#[test]
fn something_else_asked_in_like_words() {
    check(
        "Здравствуйте! В аудитории 214 не работает принтер, помогите пожалуйста.",
        "Здравствуйте! В аудитории 305 не работает проектор, помогите пожалуйста.",
        false,
    );
    check(
        "Прошу выдать справку о доходах за 2025 год для банка",
        "Прошу оформить отпуск с понедельника на две недели",
        false,
    );
    check("Спасибо!", "Спасибо!", false);
    check("", "", false);
    check(
        "Добрый день! Спасибо за ответ",
        "Добрый день! Спасибо за помощь",
        false,
    );
}

#[test]
fn a_form_is_compared_field_by_field() {
    let form = |what: &str, period: &str, way: &str| {
        format!(
            "Здравствуйте!\nТип запроса: {what}\nПериод: {period}\nСпособ получения: {way}\nФИО: Петрова Анна\n\
             Подразделение: кафедра химии"
        )
    };
    let one = form("справка 2-НДФЛ", "2025", "на почту");
    check(&one, &form("справка 2-НДФЛ", "2025", "на почту"), true);
    check(&one, &form("Справка 2-НДФЛ", "2025 ", "на почту."), true);
    check(&one, &form("справка 2-НДФЛ", "2024", "на почту"), false);
    check(
        &one,
        &form("справка с места работы", "2025", "на почту"),
        false,
    );
    let english = |device: &str, room: &str| {
        format!("Device: {device}\nRoom: {room}\nDescription: it does not turn on\nPhone: 12-34")
    };
    check(&english("printer", "214"), &english("printer", "214"), true);
    check(
        &english("printer", "214"),
        &english("projector", "214"),
        false,
    );
}

#[test]
fn simhashes_are_for_ever() {
    let text = "Принтер в аудитории 214 с утра печатает пустые листы, картридж меняли в пятницу";
    // Stored values are compared with new ones: this number never changes.
    assert_eq!(Sketch::of(text).simhash(), SIMHASH);
    assert_eq!(Sketch::of("").simhash(), 0);
}

const SIMHASH: i64 = 2_713_911_953_767_582_251;

#[track_caller]
fn check_subject(one: &str, other: &str, is_near: bool) {
    assert_eq!(near_subject(one, other), is_near, "{one} / {other}");
    assert_eq!(near_subject(other, one), is_near, "{other} / {one}");
}

#[test]
fn subjects_that_nearly_match() {
    check_subject("Не работает принтер", "не работает принтер!", true);
    check_subject("Не работает принтер", "Не работает принтр", true);
    check_subject("Printer does not print", "The printer does not prnt", true);
    check_subject(
        "Заявка на доступ в систему учёта для новой сотрудницы",
        "Заявка на доступ в систему",
        true,
    );
    check_subject("Отчёт за ноябрь", "Отчет за ноябрь", true);
}

#[test]
fn subjects_that_do_not_match() {
    check_subject("Вопрос", "вопрос", false);
    check_subject("Срочно!", "Срочно", false);
    check_subject("", "", false);
    check_subject("Help", "help", false);
    check_subject("Не работает", "не работает", false);
    check_subject("Не работает принтер", "Не работает проектор", false);
    check_subject("Отчёт 11.2026", "Отчёт 12.2026", false);
    check_subject("Справка 2-НДФЛ за 2024", "Справка 2-НДФЛ за 2025", false);
    check_subject(
        "Принтер",
        "Принтер в аудитории 305 снова мнёт бумагу",
        false,
    );
}

#[test]
fn circles_of_people() {
    let circle = |names: &[&str]| -> Vec<Address> {
        names
            .iter()
            .map(|name| Address::parse(&format!("{name}@uni.test")).unwrap())
            .collect()
    };
    let check = |one: &[&str], other: &[&str], is_near: bool| {
        assert_eq!(
            near_people(&circle(one), &circle(other)),
            is_near,
            "{one:?} {other:?}"
        );
    };
    check(&["anna"], &["anna"], true);
    check(&["anna", "olga"], &["olga", "anna"], true);
    check(&["anna", "olga", "boris"], &["anna", "olga"], true);
    check(&["olga"], &["anna", "olga", "boris"], true);
    check(&["anna"], &["olga"], false);
    check(&["anna", "x", "y"], &["olga", "x", "y"], false);
    check(&["anna", "x", "y"], &["anna", "v", "w"], false);
    check(&[], &[], false);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_like_itself(words in proptest::collection::vec("[а-яa-z]{3,8}", 8..60)) {
        let text = words.join(" ");
        let sketch = Sketch::of(&text);
        // Greetings may be among them by chance; what is left is at least a word.
        proptest::prop_assert!(sketch.words < WORDS_MIN || is_repeat(&sketch, &Sketch::of(&text.to_uppercase())));
    }

    #[test]
    fn nothing_breaks_it(one in "\\PC{0,200}", other in "\\PC{0,200}") {
        let (a, b) = (Sketch::of(&one), Sketch::of(&other));
        proptest::prop_assert_eq!(is_repeat(&a, &b), is_repeat(&b, &a));
        proptest::prop_assert_eq!(near_subject(&one, &other), near_subject(&other, &one));
        proptest::prop_assert!((0.0..=1.0).contains(&a.jaccard(&b)));
    }
}
