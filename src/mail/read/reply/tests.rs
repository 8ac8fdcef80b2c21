//! One line a habit of a mail program.

use super::*;

#[track_caller]
fn check(text: &str, reply: &str) {
    assert_eq!(trim(text).reply, reply, "{text}");
}

#[test]
fn quotes_below_are_taken_off() {
    check(
        "Да.\n\nOn Mon, 23 Nov 2026 at 10:15, IT <it@uni.test> wrote:\n> a\n> b",
        "Да.",
    );
    check(
        "Да.\n\n23.11.2026, 10:15, \"ИТ\" <it@uni.test>:\nтекст\n\nещё",
        "Да.",
    );
    check(
        "Да.\n\nПонедельник, 23 ноября 2026, 10:15 +03:00 от ИТ <it@uni.test>:\n\n>текст",
        "Да.",
    );
    check("Да.\n\n-----Original Message-----\nFrom: IT\n\ntext", "Да.");
    check(
        "Да.\n\n-----Исходное сообщение-----\nОт: ИТ\n\nтекст",
        "Да.",
    );
    check(
        "Да.\n\n________________________________\nОт: ИТ <it@uni.test>\nОтправлено: понедельник\nКому: Анна\nТема: x\n\nтекст",
        "Да.",
    );
    check(
        "Да.\n\nFrom: IT\nSent: Monday\nTo: Anna\nSubject: x\n\ntext",
        "Да.",
    );
    check("Да.\n\n> quoted", "Да.");
    check(
        "Здравствуйте, ИТ.\n\nВы писали 23 ноября 2026 г., 10:15:05:\n\n> текст",
        "Здравствуйте, ИТ.",
    );
}

#[test]
fn our_boundary_line_ends_the_reply() {
    check(&format!("Да.\n{BOUNDARY_RU}\nЗаявка"), "Да.");
    check(&format!("Да.\n\n> {BOUNDARY_EN}\n> Ticket"), "Да.");
    check(
        &format!(
            "Да.\n\nпн, 23 нояб. 2026 г. в 10:15, ИТ <it@uni.test>:\n\n> {BOUNDARY_RU}\n> Заявка\n>"
        ),
        "Да.",
    );
    check(
        &format!("Да.\n\nIT wrote:\n\n*{BOUNDARY_EN}*\nTicket"),
        "Да.",
    );
}

#[test]
fn answers_below_and_between_are_kept() {
    check(
        "On Mon, 23 Nov 2026, IT wrote:\n> when?\n\nTomorrow.",
        "Tomorrow.",
    );
    check(
        "> when?\nTomorrow.\n\n> where?\nHere.\n\n> rest",
        "> when?\nTomorrow.\n\n> where?\nHere.",
    );
    check("Hi,\n\n> when?\n\nTomorrow.", "Hi,\n\n> when?\n\nTomorrow.");
}

#[test]
fn signatures_are_apart() {
    let trimmed = trim("Да.\n\n-- \nАнна\nтел. 1");
    assert_eq!(trimmed.reply, "Да.");
    assert_eq!(
        trimmed.signature.as_deref(),
        Some("-- \nАнна\nтел. 1".replace("-- ", "--").as_str())
    );
    check("Да.\n\nОтправлено с iPhone\n\n> текст", "Да.");
}

#[test]
fn nothing_vanishes() {
    check("> only a quote", "> only a quote");
    check("Forwarded\n", "Forwarded");
    check("", "");
    check(
        "От: ИТ\nКому: Анна\nТема: x\n\nтекст",
        "От: ИТ\nКому: Анна\nТема: x\n\nтекст",
    );
}

#[test]
fn boxes_of_html_are_taken_off() {
    check("Да.\n\u{E000}IT wrote:\n> a\n\u{E001}", "Да.");
    check("Да.\n\u{E002}От: ИТ\nтекст", "Да.");
    check("\u{E000}only this\u{E001}", "only this");
}
