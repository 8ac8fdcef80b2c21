//! One line a program and language.

use super::*;

/// Attributions of one line that stand above a quote with or without marks.
const BARE: &[&str] = &[
    // Gmail.
    "On Mon, Nov 23, 2026 at 10:15 AM Anna Test <anna@uni.test> wrote:",
    "On Mon, 23 Nov 2026 at 10:15, Anna Test <anna@uni.test> wrote:",
    "Am Mo., 23. Nov. 2026 um 10:15 Uhr schrieb Anna Test <anna@uni.test>:",
    "Le lun. 23 nov. 2026 à 10:15, Anna Test <anna@uni.test> a écrit :",
    "El lun, 23 nov 2026 a las 10:15, Anna Test (<anna@uni.test>) escribió:",
    "El lun., 23 nov. 2026 10:15 a. m., Anna Test <anna@uni.test> escribió:",
    "Il giorno lun 23 nov 2026 alle ore 10:15 Anna Test <anna@uni.test> ha scritto:",
    "Em seg., 23 de nov. de 2026 às 10:15, Anna Test <anna@uni.test> escreveu:",
    "Anna Test <anna@uni.test> escreveu (segunda, 23/11/2026 à(s) 10:15):",
    "Op ma 23 nov 2026 om 10:15 schreef Anna Test <anna@uni.test>:",
    "pon., 23 lis 2026 o 10:15 Anna Test <anna@uni.test> napisał(a):",
    "po 23. 11. 2026 v 10:15 odesílatel Anna Test <anna@uni.test> napsal:",
    "po 23. 11. 2026 o 10:15 Anna Test <anna@uni.test> napísal(a):",
    "man. 23. nov. 2026 kl. 10.15 skrev Anna Test <anna@uni.test>:",
    "Den mån 23 nov. 2026 kl 10:15 skrev Anna Test <anna@uni.test>:",
    "ma 23. marrask. 2026 klo 10.15 Anna Test (anna@uni.test) kirjoitti:",
    "Anna Test <anna@uni.test>, 23 Kas 2026 Pzt, 10:15 tarihinde şunu yazdı:",
    "Anna Test <anna@uni.test> ezt írta (időpont: 2026. nov. 23., H, 10:15):",
    "În lun., 23 nov. 2026 la 10:15, Anna Test <anna@uni.test> a scris:",
    "На пн, 23.11.2026 г. в 10:15 Anna Test <anna@uni.test> написа:",
    "пон, 23. нов 2026. у 10:15 Anna Test <anna@uni.test> је написао/ла:",
    "pon, 23. stu 2026. u 10:15 Anna Test <anna@uni.test> napisao je:",
    "V V pon., 23. nov. 2026 ob 10:15 je oseba Anna Test <anna@uni.test> napisala:",
    "2026-11-23, pr, 10:15 Anna Test <anna@uni.test> rašė:",
    "pirmd., 2026. g. 23. nov., plkst. 10:15 — lietotājs Anna Test (<anna@uni.test>) rakstīja:",
    "Kuupäev E, 23. november 2026 kell 10:15 kirjutas Anna Test <anna@uni.test>:",
    "Στις Δευ 23 Νοε 2026 στις 10:15 π.μ., ο/η Anna Test <anna@uni.test> έγραψε:",
    "בתאריך יום ב׳, 23 בנוב׳ 2026 ב-10:15 מאת \u{200F}Anna\u{200F} <\u{200F}anna@uni.test\u{200F}>:\u{200F}",
    "في الاثنين، 23 نوفمبر 2026 في 10:15 ص تمت كتابة ما يلي بواسطة Anna Test <anna@uni.test>:",
    "2026年11月23日(月) 10:15 Anna Test <anna@uni.test>:",
    "Anna Test <anna@uni.test> 于2026年11月23日周一 10:15写道：",
    "Anna Test <anna@uni.test> 於 2026年11月23日 週一 上午10:15寫道：",
    "2026년 11월 23일 (월) 오전 10:15, Anna Test <anna@uni.test>님이 작성:",
    "Vào Th 2, 23 thg 11, 2026 vào lúc 10:15 Anna Test <anna@uni.test> đã viết:",
    "ในวันที่ จ. 23 พ.ย. 2026 เวลา 10:15 Anna Test <anna@uni.test> เขียนว่า:",
    "Pada tanggal Sen, 23 Nov 2026 pukul 10.15 Anna Test <anna@uni.test> menulis:",
    "Missatge de Anna Test <anna@uni.test> del dia dl., 23 de nov. 2026 a les 10:15:",
    "O luns, 23 nov. 2026 ás 10:15, Anna Test (<anna@uni.test>) escribiu:",
    "пн, 23 лист. 2026 р. о 10:15 Анна <anna@uni.test> пише:",
    "пн, 23 нояб. 2026 г. в 10:15, Анна <anna@uni.test>:",
    "понедельник, 23 ноября 2026 г. пользователь Анна <anna@uni.test> написал:",
    "пн, 23 ліс 2026 г. у 10:15 Ганна <anna@uni.test> напісаў:",
    "2026-11-23 10:15 GMT+03:00 Anna <anna@uni.test>:",
    // Thunderbird.
    "On 11/23/26 10:15, Anna Test wrote:",
    "23.11.2026 10:15, Анна Тест пишет:",
    "23.11.2026 10:15, Анна Тест пише:",
    "Am 23.11.26 um 10:15 schrieb Anna Test:",
    "Le 23/11/2026 à 10:15, Anna Test a écrit :",
    "El 23/11/2026 a las 10:15, Anna Test escribió:",
    "Il 23/11/2026 10:15, Anna Test ha scritto:",
    "Em 23/11/2026 10:15, Anna Test escreveu:",
    "Op 23-11-2026 om 10:15 schreef Anna Test:",
    "W dniu 23.11.2026 o 10:15, Anna Test pisze:",
    "Dne 23. 11. 26 v 10:15 Anna Test napsal(a):",
    "Dňa 23. 11. 2026 o 10:15 Anna Test napísal(a):",
    "Den 23.11.2026 kl. 10.15 skrev Anna Test:",
    "Den 2026-11-23 kl. 10:15, skrev Anna Test:",
    "Anna Test kirjoitti 23.11.2026 klo 10.15:",
    "23.11.2026 10:15 tarihinde Anna Test yazdı:",
    "2026. 11. 23. 10:15 keltezéssel, Anna Test írta:",
    "La 23.11.2026 10:15, Anna Test a scris:",
    "На 23.11.2026 г. в 10:15, Anna Test написа:",
    "Στις 23/11/2026 10:15 π.μ., ο/η Anna Test έγραψε:",
    "在 2026/11/23 10:15, Anna Test 写道:",
    "Anna Test 於 2026/11/23 10:15 寫道:",
    "2026-11-23 10:15에 Anna Test 이(가) 쓴 글:",
    "Anna Test kirjutas 23.11.2026 kell 10:15:",
    "2026-11-23 10:15, Anna Test rašė:",
    "Dne 23. 11. 2026 ob 10:15 je Anna Test napisal(a):",
    "Dana 23. 11. 2026. u 10:15, Anna Test je napisao/la:",
    // Apple Mail.
    "On Nov 23, 2026, at 10:15 AM, Anna Test <anna@uni.test> wrote:",
    "Am 23.11.2026 um 10:15 schrieb Anna Test <anna@uni.test>:",
    "Le 23 nov. 2026 à 10:15, Anna Test <anna@uni.test> a écrit :",
    "Il giorno 23 nov 2026, alle ore 10:15, Anna Test <anna@uni.test> ha scritto:",
    "No dia 23/11/2026, às 10:15, Anna Test <anna@uni.test> escreveu:",
    "Op 23 nov 2026, om 10:15 heeft Anna Test <anna@uni.test> het volgende geschreven:",
    "Wiadomość napisana przez Anna Test <anna@uni.test> w dniu 23 lis 2026, o godz. 10:15:",
    "23 нояб. 2026 г., в 10:15, Анна Тест <anna@uni.test> написал(а):",
    "23 лист. 2026 р. о 10:15 Анна Тест <anna@uni.test> написав(ла):",
    "23. 11. 2026 v 10:15, Anna Test <anna@uni.test>:",
    "23. nov. 2026 kl. 10:15 skrev Anna Test <anna@uni.test>:",
    "Anna Test <anna@uni.test> kirjoitti 23.11.2026 kello 10.15:",
    "Anna Test <anna@uni.test> şunları yazdı (23 Kas 2026 10:15):",
    "2026. nov. 23. dátummal, 10:15 időpontban Anna Test <anna@uni.test> írta:",
    "Pe 23 nov. 2026, la 10:15, Anna Test <anna@uni.test> a scris:",
    "Dana 23. stu. 2026., u 10:15, Anna Test <anna@uni.test> je napisao/napisala:",
    "2026/11/23 10:15、Anna Test <anna@uni.test>のメール:",
    "在 2026年11月23日，10:15，Anna Test <anna@uni.test> 写道：",
    "2026. 11. 23. 오전 10:15, Anna Test <anna@uni.test> 작성:",
    "ב-23 בנוב׳ 2026, בשעה 10:15, Anna Test <anna@uni.test> כתב/ה:",
    "El 23 nov 2026, a les 10:15, Anna Test <anna@uni.test> va escriure:",
    // Yandex, Mail.ru, The Bat!, Outlook for Mac, Zoho, Yahoo, Roundcube, Lotus, others.
    "23.11.2026, 10:15, \"Анна Тест\" <anna@uni.test>:",
    "Понедельник, 23 ноября 2026, 10:15 +03:00 от Анна Тест <anna@uni.test>:",
    "Monday, November 23, 2026 10:15 AM +03:00 from Anna Test <anna@uni.test>:",
    "Вы писали 23 ноября 2026 г., 10:15:05:",
    "23 ноября 2026 г., 10:15:05, Анна писал(а):",
    "On 23/11/2026, 10:15, \"Anna Test\" <anna@uni.test> wrote:",
    "28/10/2026, 12:46 пользователь \"Anna Test\" <anna@uni.test> написал:",
    "Dnia 28/10/2026, 12:46 użytkownik „Anna Test” <anna@uni.test> napisał:",
    "Anna Test <anna@uni.test> skrev følgende den 28/10/2026, 12:46:",
    "Den 28/10/2026 12:46 skrev \"Anna Test\" <anna@uni.test> följande:",
    "D. 28/10/2026 12.46 skrev \"Anna Test\" <anna@uni.test>:",
    "---- On Mon, 23 Nov 2026 10:15:05 +0300 Anna Test <anna@uni.test> wrote ----",
    "---- On Mon, 23 Nov 2026 10:15:05 +0300 anna@uni.test wrote ----",
    "--- On Mon, 11/23/26, Anna Test <anna@uni.test> wrote:",
    "On Monday, November 23, 2026 at 10:15:05 AM GMT+3, Anna Test <anna@uni.test> wrote:",
    "On 2026-11-23 10:15, Anna Test wrote:",
    "W dniu poniedziałek, 23 listopada 2026 Anna Test <anna@uni.test> napisał(a):",
    "On November 23, 2026 10:15:05 AM Anna Test <anna@uni.test> wrote:",
    "In data 23 novembre 2026 10:15:05 Anna Test <anna@uni.test> ha scritto:",
    "On Nov 26, 2026 you wrote:",
    "Anna Test <anna@uni.test> wrote:",
    "Quoting Anna Test <anna@uni.test>, Mon, 23 Nov 2026 10:15:05 +0300:",
    "On Mon, 2026-11-23 at 10:15 +0300, Anna Test wrote:",
    "On Monday 23 November 2026 10:15:05 MSK Anna Test wrote:",
];

/// Those that only marked lines below can prove.
const MARKED: &[&str] = &[
    "On Apr 3, 2026, at 4:19 PM, bob wrote:",
    "Anna Test wrote:",
    "Anna Test пишет:",
    "Вы писали:",
    "you wrote:",
    "Anna Test <anna@uni.test>:",
    "\"Anna\" == Anna Test <anna@uni.test> writes:",
    "Zitat von Anna Test <anna@uni.test>:",
    "El jueves, 21 de noviembre de 2026, annatest escribió:",
    "понедельник, 6 октября 2026 г. пользователь annatest написал:",
    "annatest via Forum <info@uni.test> schrieb:",
    "Quoting anna@uni.test 10:15:",
    "2026/11/23 annatest <anna@uni.test>",
    "At 11/23/2026 08:32 PM, you wrote:",
    "Anna Test (anna@uni.test) wrote:",
    "In message <1@uni.test>, Anna Test writes:",
    "30 серп. 2026 р. 20:45 \"Anna\" anna@uni.test пише:",
    "Dnia 1 marca 2026 12:00 Anna <anna@uni.test> nadesłał:",
    "Op 24 aug. 2026 om 16:48 heeft anna via Forum <info@uni.test> het volgende geschreven:",
    "2026년 11월 23일 (월) 오전 10:15, Anna <anna@uni.test>님이 작성하였습니다:",
    "28. 10. 2026, 12:46, používateľ „Anna Test” (<anna@uni.test>) napísal:",
];

/// What people write themselves.
const PROSE: &[&str] = &[
    "Вот что нужно сделать:",
    "Call me at 10:15:",
    "Я уже писал:",
    "See you on Monday",
    "Адреса: anna@uni.test, olga@uni.test:",
    "",
    "On Thursday:",
    "12.11.2026 я писал вам:",
    "В письме от 12.11.2026 вы просили сообщить:",
    "Я на anna@uni.test писал:",
    "Вот расписание на 23.11.2026:",
    "On 23.11.2026 the following rooms are free:",
    "Встреча 12.11.2026 в 10:15, участники:",
    "Письма от Анны <anna@uni.test> приходят так:",
];

#[track_caller]
fn check(text: &str, below: Below, start: Option<usize>) {
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        ends_at(&lines, lines.len().saturating_sub(1), below),
        start,
        "{text}"
    );
}

#[test]
fn attributions_are_known_in_many_languages() {
    for text in BARE {
        check(text, Below::Bare, Some(0));
        check(text, Below::Marked, Some(0));
    }
    for text in MARKED {
        check(text, Below::Marked, Some(0));
    }
}

#[test]
fn those_folded_over_lines_are_known() {
    for text in BARE.iter().filter(|text| text.contains(" Anna ")) {
        let folded = text.replacen(" Anna ", " Anna\n", 1);
        check(&folded, Below::Marked, Some(0));
        check(
            &format!("Thanks, it works now.\n{folded}"),
            Below::Marked,
            Some(1),
        );
        let quoted = text.replace(' ', "\u{A0}");
        check(&quoted, Below::Marked, Some(0));
    }
    check(
        "On Dec 16, 2026, at 12:47 PM, Anna\n<anna@uni.test>\nwrote:",
        Below::Bare,
        Some(0),
    );
    check(
        "On Wed, Dec 9, Anna Test\n<anna@uni.test>\nwrote:",
        Below::Marked,
        Some(0),
    );
    check(
        "tir. 18. apr. 2026 kl. 13:09 skrev Anna <anna@uni.test\n>:",
        Below::Marked,
        Some(0),
    );
    check(
        "Anna Test <anna@uni.test> schrieb am Fr., 28.\nApr. 2026 um 11:53 Uhr:",
        Below::Marked,
        Some(0),
    );
    check(
        "On Tue, Sep 25, 2026 at 8:59 AM, Anna\n<a@uni.test>wrote:",
        Below::Marked,
        Some(0),
    );
    check(
        "Thanks!\nOn Mon, 23 Nov 2026, Anna wrote:",
        Below::Bare,
        Some(1),
    );
    check(
        "Да.\n\n--------\nКому: Анна;\nТема: X;\n23.11.2026, 10:15, \"Анна\" <anna@uni.test>:",
        Below::Bare,
        Some(2),
    );
}

#[test]
fn what_people_write_is_none() {
    for text in PROSE {
        check(text, Below::Bare, None);
    }
    for text in [
        "Вот что нужно сделать:",
        "Система пишет:",
        "1С пишет:",
        "При входе пишет:",
        "Я уже писал:",
    ] {
        check(text, Below::Marked, None);
    }
}

#[test]
fn other_forms_are_known() {
    assert!(is_stamp("2026-03-03 17:21 GMT+01:00 Anna Test"));
    assert!(is_stamp("2026/3/3 Anna Test <anna@uni.test>"));
    assert!(!is_stamp("2026-03-03 17:21 the printer stopped"));
    assert!(!is_stamp(
        "2026-03-03 17:21 GMT+01:00 the printer has stopped"
    ));
    assert!(is_between_arrows(
        ">>> Anna Test <anna@uni.test> 11/23/2026 10:15 AM >>>"
    ));
    assert!(!is_between_arrows(">>> import os"));
}

#[test]
fn who_wrote_and_when_is_read() {
    let check = |text: &str, who: &str, when: &str| {
        let said = Said::read(text);
        assert_eq!(said.who, who, "{text}");
        assert_eq!(said.when.as_deref(), Some(when), "{text}");
    };
    check(
        "On Mon, Nov 23, 2026 at 10:15 AM Anna Test <anna@uni.test> wrote:",
        "Anna Test <anna@uni.test>",
        "Nov 23, 2026 at 10:15",
    );
    check(
        "23.11.2026, 10:15, \"Анна Тест\" <anna@uni.test>:",
        "\"Анна Тест\" <anna@uni.test>",
        "23.11.2026, 10:15",
    );
    check(
        "Anna Test <anna@uni.test> skrev følgende den 28/10/2026, 12:46:",
        "Anna Test <anna@uni.test>",
        "28/10/2026, 12:46",
    );
    check(
        "Am 23.11.26 um 10:15 schrieb Anna Test:",
        "Anna Test",
        "23.11.26 um 10:15",
    );
}
