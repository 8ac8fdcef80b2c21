//! One line a habit of a mail program; and what holds of any text.

use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(text: &str, reply: &str) {
    assert_eq!(trim(text).reply, reply, "{text}");
}

/// A text with nothing to take off.
#[track_caller]
fn whole(text: &str) {
    check(text, text);
}

#[test]
fn quotes_below_are_taken_off() {
    for quote in [
        "On Mon, 23 Nov 2026 at 10:15, IT <it@uni.test> wrote:\n> a\n> b",
        "23.11.2026, 10:15, \"ИТ\" <it@uni.test>:\nтекст\n\nещё",
        "Понедельник, 23 ноября 2026, 10:15 +03:00 от ИТ <it@uni.test>:\n\n>текст",
        "-----Original Message-----\nFrom: IT\n\ntext",
        "-----Исходное сообщение-----\nОт: ИТ\n\nтекст",
        "________________________________\nОт: ИТ <it@uni.test>\nОтправлено: понедельник\nКому: Анна\nТема: x\n\nтекст",
        "From: IT\nSent: Monday\nTo: Anna\nSubject: x\n\ntext",
        "*From:* IT\n*Sent:* Monday\n*To:* Anna\n*Subject:* x\n\ntext",
        "Von: IT [mailto:it@uni.test]\nGesendet: Montag, 23. November 2026 10:15\nAn: Anna\nBetreff: x\n\ntext",
        "From: IT <it@uni.test>\nReply-To: IT <it@uni.test>\nDate: 23.11.2026\nTo: Anna\nSubject: x\ntext",
        "> quoted",
        ">>> IT <it@uni.test> 11/23/2026 10:15 AM >>>\ntext",
        "2026-11-23 10:15 GMT+03:00 IT\n\ntext",
        "##- Please type your reply above this line -##\ntext",
        "------------------ 原始邮件 ------------------\n发件人: \"IT\" <it@uni.test>\n\ntext",
        "---- On Mon, 23 Nov 2026 10:15:00 +0300 IT <it@uni.test> wrote ----\n\ntext",
        "Anna>\n\n> a",
        "On Mon, 23 Nov 2026 at 10:15, IT <it@uni.test> wrote:",
        "ИТ <it@uni.test>\n23.11.2026 10:15\n\nКому\nАнна\nКопия\n\nТема\nПринтер\n\n\nтекст",
        "------ Исходное сообщение ------\nОт \"ИТ\" <it@uni.test>\nКому anna@uni.test\nДата 23.11.2026 10:15:05\nТема x\n\nтекст",
    ] {
        check(
            &format!("Да.\n\n{quote}"),
            if quote.starts_with("Anna>") {
                "Да.\n\nAnna>"
            } else {
                "Да."
            },
        );
    }
    check(
        "Здравствуйте, ИТ.\n\nВы писали 23 ноября 2026 г., 10:15:05:\n\n> текст",
        "Здравствуйте, ИТ.",
    );
    check("Да.\nIT wrote:\n\n> a", "Да.");
    check("IT wrote:\n[...]\n> a\n\nДа.", "Да.");
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
        "-----Original Message-----\nFrom: IT <it@uni.test>\nSubject: x\n\n> when?\n\nTomorrow.",
        "Tomorrow.",
    );
    check(
        "> when?\nTomorrow.\n\n> where?\nHere.\n\n> rest",
        "> when?\nTomorrow.\n\n> where?\nHere.",
    );
    check(
        "IT wrote:\n> when?\n\nTomorrow.\n\n> regards, IT",
        "> when?\n\nTomorrow.",
    );
    whole("Hi,\n\n> when?\n\nTomorrow.");
    whole("Система пишет:\n> Доступ запрещён\n> код 5");
    whole("It says:\n\n> access denied\n> code 5");
    check("It works.\n\n> does it?", "It works.");
}

#[test]
fn signatures_are_apart() {
    let trimmed = trim("Да.\n\n-- \nАнна\nтел. 1");
    assert_eq!(trimmed.reply, "Да.");
    assert_eq!(trimmed.signature.as_deref(), Some("--\nАнна\nтел. 1"));
    check("Да.\n\nОтправлено с iPhone\n\n> текст", "Да.");
    check("Да.\n\nС уважением, Анна\n\n> текст", "Да.");
    check(
        "CAUTION: This email originated from outside of the house. Do not click links.\n\nYes.\n\n> text",
        "Yes.",
    );
}

#[test]
fn nothing_vanishes() {
    for text in [
        "> only a quote",
        "Forwarded",
        "",
        "👍",
        "От: ИТ\nКому: Анна\nТема: x\n\nтекст",
        "From: IT <it@uni.test>\nSent: Monday\nTo: Anna\nSubject: x\n\ntext",
        "---------- Forwarded message ---------\nFrom: IT <it@uni.test>\nSubject: x\n\ntext",
        "--\nАнна",
        "Отправлено с iPhone",
    ] {
        whole(text);
    }
}

#[test]
fn people_who_write_like_programs_lose_nothing() {
    for text in [
        "I need mails that come from: anna@uni.test\n\nFrom: our database.\n\nThis is it.",
        "On the other hand, we should be careful:\n\nOn Thursday:\n\nthe rooms are full.",
        "12.11.2026 я писал вам:\n\nпринтер не печатает.\n\nОтвета нет.",
        "Дата: 12.11.2026\nТема: отпуск\nОт: 10.10 до 12.10\n\nПрошу согласовать.",
        "Кому: директору\nОт: Ивановой\n\nСлужебная записка",
        "Точки:\n-----\nодна\n-----\nдве",
        "a > b\nb > c\nif (x >> 1) > 2",
        "Ответьте выше этой строки не получается",
        "Please forward this message to Olga.\n\nIt is urgent.",
        "Пересылаю сообщение:\n\nпринтер сломан",
        "Original message was lost.\n\nPlease send it again.",
        "- anna@uni.test wrote to me\n- olga@uni.test did not",
    ] {
        whole(text);
    }
}

#[test]
fn boxes_of_html_are_taken_off() {
    check("Да.\n\u{E000}IT wrote:\n> a\n\u{E001}", "Да.");
    check("Да.\n\u{E002}От: ИТ\nОтправлено: вчера\nтекст", "Да.");
    check("Да.\n\u{E002}\nText: a\nText: b\nText: c\nтекст", "Да.");
    // A line that somebody has drawn.
    check("Да.\n\u{E002}А ещё принтер.", "Да.\nА ещё принтер.");
    check("\u{E000}only this\u{E001}", "only this");
    check(
        "\u{E000}IT wrote:\n> when?\nTomorrow.\n> where?\n\u{E001}",
        "> when?\nTomorrow.",
    );
    check(
        "Да.\n\u{E000}IT wrote:\nHello\n> older\nIT\n\u{E001}",
        "Да.",
    );
}

/// Lines of which mail programs make mails, and people.
fn alphabet() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "Да.",
        "text of a person",
        "> quoted",
        ">> quoted twice",
        ">",
        "AT> quoted",
        "On Mon, 23 Nov 2026 at 10:15, Anna <anna@uni.test> wrote:",
        "23.11.2026 10:15, Анна пишет:",
        "Anna wrote:",
        "wrote:",
        "From: Anna <anna@uni.test>",
        "> From: Anna <anna@uni.test>",
        "От: Анна",
        "Sent: 23.11.2026 10:15",
        "To: it@uni.test,",
        "Тема: x",
        "Subject: x From: y",
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "> Begin forwarded message:",
        "-------- End of forwarded message --------",
        "________________________________",
        "-- ",
        "--",
        "С уважением, Анна",
        "P.S. text",
        "Sent from my iPhone",
        "This email is confidential. If you are not the intended recipient, delete it, in error or not.",
        "CAUTION: external email. Do not click links from outside.",
        ">>> Anna 23.11.2026 10:15 >>>",
        "===8<====",
        "----- Forwarded message ----- From: A <a@uni.test>To: B <b@uni.test>Subject: x",
        "\u{E000}",
        "\u{E001}",
        "\u{E002}",
        "\u{200B}\u{FEFF}",
        "<",
    ])
}

proptest! {
    #[test]
    fn what_is_kept_was_written(lines in prop::collection::vec(alphabet(), 0..40)) {
        let text = lines.join("\n");
        let trimmed = trim(&text);
        let plain = without_marks(&text);
        let written: Vec<&str> = plain.lines().map(str::trim_end).collect();
        // The lines of the reply stand in the text, in order.
        let mut from = written.iter();
        for line in trimmed.reply.lines().filter(|line| !line.trim().is_empty()) {
            prop_assert!(from.any(|known| *known == line), "{line:?} in {text:?}");
        }
        for line in trimmed.signature.iter().flat_map(|s| s.lines()) {
            prop_assert!(line.is_empty() || written.contains(&line), "{line:?} in {text:?}");
        }
        // Something is left of whatever says something.
        prop_assert!(!trimmed.reply.is_empty() || plain.trim().is_empty(), "{text:?}");
    }

    #[test]
    fn any_text_at_all_is_read(text in "[ -~\u{400}-\u{44F}\u{E000}-\u{E002}\n\u{A0}\u{200F}<>@:,]{0,400}") {
        let trimmed = trim(&text);
        prop_assert!(trimmed.reply.len() <= text.len());
    }
}

#[test]
fn five_thousand_lines_of_anything_are_read() {
    for line in [
        ">\n",
        "> a\n",
        "> a\nb\n",
        "> a\n\n\n\n",
        "From: x\n",
        "From: Anna <a@uni.test>\n",
        "> From: Anna <a@uni.test>\n",
        "To: a@uni.test,\n",
        "Subject: x\nSubject: y\n",
        "wrote:\n",
        "On Mon, 23 Nov 2026 at 10:15, Anna <anna@uni.test> wrote:\n",
        "On Mon, 23 Nov 2026 Anna\n",
        "a <\n",
        "-----Original Message-----\n",
        "----- x -----\n",
        "________________\n",
        "-- \n",
        "С уважением,\n",
        "Sent from my iPhone\n",
        "This email is confidential:\n\n",
        "\n",
        "a\n",
        "AT> a\nb:\n",
        "\u{E000}",
        "\u{E000}a\n\u{E001}",
        "a\u{E002}\n",
        ": ",
        "<<<< ",
        "---- ",
        "From: ",
        "(@",
    ] {
        let text = line.repeat(5_000);
        let trimmed = trim(&text);
        assert!(trimmed.reply.len() <= text.len(), "{line:?}");
    }
}
