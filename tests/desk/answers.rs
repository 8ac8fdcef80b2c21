//! Canned answers: a name on a line of its own puts a text among the agent's words.

use std::fs;

use okno::{desk::kpi::figure, model::ticket::State};

use super::{
    desk::{Desk, Person, UNIVERSITY},
    figures::{are_counted_twice, whole},
    letter::Letter,
};

const PASSWORD: &str = "---\nname: пароль\nlanguage: ru\n---\n{% if name %}{{ name }}, {% endif %}пароль по обращению {{ number }} сбросим{% if due %} {{ due_by }}{% endif %}.\n";

/// A desk whose IT queue has canned answers.
fn desk() -> Desk {
    let source = UNIVERSITY.replace(
        "target = \"8 h\"",
        "target = \"8 h\"\ncommands = [\"answer\"]",
    );
    let desk = Desk::closed(&format!("answers = \"DATA/answers\"\n{source}"));
    desk.saves_text_unseen("answers/password.md", PASSWORD);
    desk.saves_text_unseen(
        "answers/paper.txt",
        "---\nимя: бумага\nочередь: it\n---\nБумага в шкафу.\nКлюч на вахте.\n",
    );
    desk.saves_text_unseen(
        "answers/salary.txt",
        "---\nname: зарплата\nqueue: buh\n---\nПятого числа.\n",
    );
    desk.start(okno::store::Faults::none());
    desk
}

fn people(desk: &Desk) -> (Person<'_>, Person<'_>) {
    (
        desk.person("Ольга Белова", "olga@uni.test"),
        desk.person("Анна Петрова", "anna@uni.test"),
    )
}

#[test]
fn a_name_puts_the_text_among_the_agents_words() {
    let desk = desk();
    let (olga, anna) = people(&desk);
    let (_, card) = desk.asked();
    let words = "Здравствуйте!\n#ответ Пароль\nЕсли спешите, звоните.";
    anna.writes(&Letter::reply_to(&card, words));
    desk.step();
    let answer = olga.only_mail();
    assert!(
        answer.text().starts_with(
            "Здравствуйте!\nОльга Белова, пароль по обращению IT-1001 сбросим до среды, 18 ноября 2026, 11:00\n(МСК).\nЕсли спешите, звоните."
        ) || answer.text().contains("пароль по обращению IT-1001 сбросим до среды"),
        "{}",
        answer.text()
    );
    assert!(!answer.text().contains("#ответ"), "{}", answer.text());
    anna.got_nothing();
    desk.inbox("boris@uni.test");

    // And in a resolution, alone.
    anna.writes(&Letter::reply_to(&card, "#answer бумага\nрешено"));
    desk.step();
    let resolved = olga.only_mail();
    let text = resolved.text();
    assert!(text.contains("Бумага в шкафу.\nКлюч на вахте.\n"), "{text}");
    assert!(!text.contains("#answer"), "{text}");
    assert_eq!(desk.ticket(1001).state, State::Resolved);
    assert_eq!(documented(&desk), (1, Some(1)));
}

#[test]
fn the_text_that_went_out_documents_a_solution_and_its_name_does_not() {
    // The text is longer than the line, or the line than the text.
    for (name, counts) in [("бумага", 1), ("коротко-о-главном-и-всё", 0)] {
        let desk = desk();
        desk.saves_text(
            "answers/short.txt",
            "---\nname: коротко-о-главном-и-всё\nqueue: it\n---\nДа.\n",
        );
        let (olga, anna) = people(&desk);
        let (_, card) = desk.asked();
        anna.writes(&Letter::reply_to(&card, &format!("#ответ {name}\nрешено")));
        desk.step();
        olga.only_mail();
        assert_eq!(documented(&desk), (counts, Some(1)), "{name}");
        desk.inbox("boris@uni.test");
    }
}

/// How many of the month's solutions are documented.
fn documented(desk: &Desk) -> (i64, Option<i64>) {
    let sheets = are_counted_twice(desk, &["2026-11"]);
    let own = figure(&whole(&sheets), "documented_pct").unwrap();
    (own.numerator, own.denominator)
}

#[test]
fn an_unknown_name_holds_everything_and_names_what_there_is() {
    let desk = desk();
    let (olga, anna) = people(&desk);
    let (_, card) = desk.asked();
    for words in [
        "Вот:\n#ответ парол",
        "Вот:\n#ответ парол\nрешено",
        "#ответ пароль\n#ответ зарплата",
    ] {
        anna.writes(&Letter::reply_to(&card, words));
        desk.step();
        let told = anna.only_mail();
        let text = told.text();
        assert!(
            text.contains("готового ответа с таким именем нет"),
            "{text}"
        );
        assert!(
            text.contains("пароль") && !text.contains("Пятого"),
            "{text}"
        );
        olga.got_nothing();
        assert_ne!(desk.ticket(1001).state, State::Resolved);
    }
    desk.inbox("boris@uni.test");
}

#[test]
fn where_no_queue_has_switched_it_on_it_is_refused() {
    let desk = Desk::open();
    let (olga, anna) = people(&desk);
    let (_, card) = desk.asked();
    anna.writes(&Letter::reply_to(&card, "Вот:\n#ответ пароль"));
    desk.step();
    let told = anna.only_mail();
    assert!(told.text().contains("не включена"), "{}", told.text());
    olga.got_nothing();
}

#[test]
fn a_file_with_a_mistake_stays_as_it_was_and_the_administrator_is_told_the_line() {
    let desk = desk();
    let (olga, anna) = people(&desk);
    let root = desk.person("Администратор", "root@uni.test");
    let (_, card) = desk.asked();
    desk.saves_text(
        "answers/password.md",
        "---\nname: пароль\n---\nНовый текст.\n{{ nmae }}\n",
    );
    desk.saves_text(
        "answers/new.txt",
        "---\nname: новый\nqueue: hr\n---\nТекст.\n",
    );
    desk.step();
    let told = root.inbox();
    let text: String = told.iter().map(|mail| mail.text()).collect();
    assert_eq!(told.len(), 2, "{text}");
    assert!(text.contains("password.md:5: "), "{text}");
    assert!(text.contains("new.txt:3: нет очереди «hr»"), "{text}");
    anna.writes(&Letter::reply_to(&card, "#ответ пароль"));
    desk.step();
    let answer = olga.only_mail();
    assert!(answer.text().contains("сбросим"), "{}", answer.text());
    desk.inbox("boris@uni.test");

    // After a restart, too.
    desk.stop();
    desk.start(okno::store::Faults::none());
    anna.writes(&Letter::reply_to(&card, "#ответ пароль"));
    desk.step();
    assert!(olga.only_mail().text().contains("сбросим"));
    fs::remove_file(desk.data().join("answers/new.txt")).unwrap();
    desk.saves_text(
        "answers/password.md",
        "---\nname: пароль\n---\nНовый текст.\n",
    );
    desk.step();
    let told = root.inbox();
    assert_eq!(told.len(), 2);
    assert!(
        told[0].text().contains("исправлен или убран"),
        "{}",
        told[0].text()
    );
    anna.writes(&Letter::reply_to(&card, "#ответ пароль"));
    desk.step();
    assert!(olga.only_mail().text().contains("Новый текст."));
}
