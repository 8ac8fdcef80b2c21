//! What came by which form in a month, and what was chosen: whoever decides for a queue reads it, and nobody reads there what
//! anybody wrote freely.

use super::{
    desk::{Desk, UNIVERSITY},
    letter::Letter,
};

const FORMS: &str = r#"
[form.ndfl]
title = "Справка 2-НДФЛ"
queue = "buh"
field.kind = { title = "Тип запроса", choices = ["справка о доходах", "справка для визы"], required = true }
field.purpose = { title = "Куда" }
field.way = { title = "Способ получения", choices = ["на почту", "в печатном виде"] }
[form.leave]
title = "Справка об отпуске"
queue = "buh"
field.days = { title = "Сколько дней", kind = "number", required = true }
"#;

/// Galina decides for the accountants and reads a letter a month; Daria decides for ИТ, where nothing comes by a form.
fn desk() -> Desk {
    let review = |head: &str| format!("head = \"{head}\"\nreview = {{ at = \"8:30\" }}");
    let queues = UNIVERSITY
        .replace(
            "agents = [\"vera\"]",
            &format!(
                "agents = [\"vera\"]\nhours = \"пн-пт 09:00-18:00\"\ntarget = \"16 h\"\nreminders = []\n\
                 commands = [\"field\"]\n{}",
                review("galina")
            ),
        )
        .replace(
            "target = \"8 h\"",
            &format!("target = \"8 h\"\n{}", review("darya")),
        );
    Desk::with(&format!(
        "{queues}\n[agent.galina]\nname = \"Галина Зорина\"\naddress = \"galina@uni.test\"\n\
         [agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n{FORMS}"
    ))
}

fn asks(desk: &Desk, name: &str, subject: &str, text: &str) {
    let letter = Letter::to("buh@uni.test", subject, text);
    desk.person(name, &format!("{name}@uni.test"))
        .writes(&letter);
    desk.step();
}

const VISA: &str =
    "Тип запроса: справка для визы\nКуда: в посольство Тимбукту\nСпособ получения: на почту\n";
const INCOME: &str = "Тип запроса: справка о доходах\nСпособ получения: на почту\n";

fn everybody_reads(desk: &Desk) {
    for name in [
        "anna", "boris", "vera", "galina", "darya", "olga", "pavel", "nina", "root",
    ] {
        desk.inbox(&format!("{name}@uni.test"));
    }
}

#[test]
fn the_head_reads_what_came_by_forms_and_what_was_chosen() {
    let desk = desk();
    asks(&desk, "olga", "Справка 2-НДФЛ [form:ndfl]", VISA);
    asks(&desk, "pavel", "Справка 2-НДФЛ [form:ndfl]", INCOME);
    asks(&desk, "nina", "Справка 2-НДФЛ [form:ndfl]", INCOME);
    asks(
        &desk,
        "nina",
        "Справка об отпуске [form:leave]",
        "Сколько дней: 14",
    );
    asks(&desk, "nina", "Вопрос", "Когда аванс?");
    // Vera corrects what Nina has chosen: what stands in the end counts, once.
    let vera = desk.person("Вера Орлова", "vera@uni.test");
    let cards = vera.inbox();
    let card = cards.iter().find(|card| card.subject().contains("-1003-"));
    let correction = "#поле Способ получения = в печатном виде";
    vera.writes(&Letter::reply_to(card.unwrap(), correction));
    desk.step();
    everybody_reads(&desk);

    desk.until("2026-12-01T05:30:00Z");
    desk.looks_around();
    let galina = desk.person("Галина Зорина", "galina@uni.test");
    let month = galina.only_mail();
    let told = "По формам пришло:\n\
                Справка 2-НДФЛ — 3 обращения; Тип запроса: «справка о доходах» — 2, «справка для визы» — 1; Способ получения: \
                «на почту» — 2, «в печатном виде» — 1\n\
                Справка об отпуске — 1 обращение";
    let flat = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat(month.text()).contains(&flat(told)), "{}", month.text());
    // Where she wants it is her own, and no figure.
    assert!(!month.text().contains("Тимбукту"), "{}", month.text());
    let events = desk.stream("ticket", "1001").join("\n");
    assert!(events.contains("fields_filled"), "{events}");
    // Nothing came to ИТ by a form, and Darya is told nothing of forms.
    let daryas = desk.person("Дарья Громова", "darya@uni.test").only_mail();
    assert!(!daryas.text().contains("По формам"), "{}", daryas.text());

    // On demand it is the same, of the queue that she decides for alone.
    for (words, is_said) in [
        ("#отчёт формы 2026-11", true),
        ("#report forms 2026-12", false),
    ] {
        galina.writes(&Letter::to("buh@uni.test", "Показатели", words));
        desk.step();
        let answer = galina.only_mail();
        let line =
            "Бухгалтерия, Справка 2-НДФЛ, Тип запроса: справка о доходах 2, справка для визы 1";
        assert_eq!(
            flat(answer.text()).contains(line),
            is_said,
            "{}",
            answer.text()
        );
        assert!(!answer.text().contains("Тимбукту"));
    }
    everybody_reads(&desk);
}
