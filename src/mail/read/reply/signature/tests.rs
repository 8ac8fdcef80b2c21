//! One line a habit of people and programs.

use super::*;

#[track_caller]
fn check(text: &str, said: &str) {
    let lines: Vec<&str> = text.lines().collect();
    let split = split(&lines);
    assert_eq!(split.text.join("\n").trim_end(), said, "{text}");
    let words = |lines: &[&str]| lines.join("\n").replace('\n', "").len();
    assert_eq!(
        words(&split.text).saturating_add(words(&split.signature)),
        words(&lines),
        "nothing is lost: {text}"
    );
}

#[test]
fn signatures_are_found() {
    check("text\n-- \nAnna", "text");
    check("текст\n--\nс уважением, Анна", "текст");
    check("text\n\n—\nAnna Test\nUniversity", "text");
    for closing in [
        "С уважением,\nАнна",
        "С уважением, Анна Тест",
        "С уважением\nАнна Тест\nкафедра физики\nтел. 22-33",
        "Best regards,\nAnna",
        "Kind regards, Anna Test",
        "Mit freundlichen Grüßen\nAnna Test",
        "Cordialement,\nAnna",
        "Saludos,\nAnna",
        "Z poważaniem\nAnna",
        "З повагою,\nАнна",
        "Med vänliga hälsningar\nAnna",
        "MfG\nAnna",
        "-Anna Test",
        "/Anna",
    ] {
        check(&format!("text\n\n{closing}"), "text");
    }
}

#[test]
fn lines_of_phones_and_programs_are_found() {
    for line in [
        "Sent from my phone",
        "Sent from my Wiko RIDGE FAB 4G",
        "Sent from Yahoo Mail on Android",
        "Sent from Mail for Windows 10",
        "Get Outlook for iOS<https://a.test>",
        "Скачайте Outlook для Android<https://a.test>",
        "Отправлено с iPhone",
        "Отправлено из мобильной Почты Mail.ru",
        "Отправлено из Яндекс Почты для мобильных",
        "Отправлено из Почты Mail.ru для Android",
        "Отправлено из Outlook Mobile<https://a.test>",
        "Надіслано з iPhone",
        "Von meinem iPhone gesendet",
        "Gesendet mit der GMX Mail App",
        "Envoyé de mon iPhone",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Verstuurd vanaf mijn iPhone",
        "Wysłane z iPhone'a",
        "Skickat från min iPhone",
        "iPhoneから送信",
        "发自我的 iPhone",
    ] {
        check(&format!("text\n\n{line}"), "text");
        assert!(is_all(&[line]), "{line}");
    }
    check(
        "text\n\nSent from my phone\n\nanother text\nof two lines\nor three",
        "text",
    );
}

#[test]
fn fine_print_is_apart() {
    check(
        "text\n\nDisclaimer\n\nThe information contained in this communication is confidential. If you are not the intended recipient, delete it.",
        "text",
    );
    check(
        "текст\n\nДанное сообщение конфиденциально и предназначено только для адресата. Если вы получили его по ошибке, удалите его.",
        "текст",
    );
    check("text\n\nVirus-free. www.avast.com", "text");
    check("текст\n\n---\nЭто письмо проверено на вирусы.", "текст");
    check(
        "text\n\n_______________________________________________\nlist mailing list\nlist@uni.test",
        "text",
    );
    check(
        "text\n--\nTo unsubscribe from this list: send a line",
        "text",
    );
}

#[test]
fn a_sentence_is_no_signature() {
    for text in [
        "text",
        "- one\n- two",
        "-- \nonly this",
        "С уважением, Анна",
        "Sent from my phone",
        "text\n\nSent from my desk, is much easier than my phone.",
        "text\n\nОтправлено с курьером",
        "text\n\nОтправлено из Москвы вчера",
        "text\n\nС уважением отношусь к вашей работе, но принтер не печатает.",
        "text\n\nBest regards to your wife and see you soon",
        "text\n\nС уважением, Анна\nА принтер опять не печатает, посмотрите пожалуйста сегодня.",
        "It is this one:\n\nLG OLED55",
        "Какой?\n\n-Да",
        "text\n\n- Anna Test",
        "-- first point\n-- second point",
        "text\n\n----\n\nmore text",
        "text\n\nDisclaimer of the contract is missing, please add it.",
        "Thanks,\nAnna",
    ] {
        check(text, text);
    }
}

#[test]
fn a_postscript_is_text() {
    check(
        "text\n\nС уважением,\nАнна\n\nP.S. Когда придёт картридж?",
        "text\n\nP.S. Когда придёт картридж?",
    );
}

#[test]
fn what_a_program_adds_alone_is_no_text() {
    assert!(is_all(&["--", "Анна"]));
    for text in ["", "да", "Отправлено с курьером", "Sent via post"] {
        assert!(!is_all(&text.lines().collect::<Vec<_>>()), "{text}");
    }
}

#[test]
fn banners_of_gateways_are_left_out() {
    let check = |text: &str, said: &str| {
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(without_banner(&lines).join("\n").trim(), said, "{text}");
    };
    check(
        "CAUTION: This email originated from outside of the house. Do not click links.\n\nHello",
        "Hello",
    );
    check(
        "You don't often get email from a@uni.test. Learn why this is important<https://a.test>\nThis email originated from outside.\n\nHello",
        "This email originated from outside.\n\nHello",
    );
    check(
        "Внимание! Внешнее письмо. Не переходите по ссылкам и не открывайте вложения.\n\nПривет",
        "Привет",
    );
    for text in [
        "Внимание! Принтер сломан.\n\nПомогите",
        "CAUTION: This email originated from outside. Do not click links.",
        "Attention: room 5\n\ntext",
    ] {
        check(text, text);
    }
}
