//! Answers to our own letters, quoted as mail programs quote them: what is relayed is what the person has written, and
//! nothing of the letter: not the requester's words, not a colleague's note, not how to use the desk.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::arithmetic_side_effects,
    clippy::too_many_lines,
    reason = "helpers of tests: what goes wrong here fails the test; the programs are one table"
)]

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::BASE64;
use jiff::tz::TimeZone;
use okno::{
    mail::{
        read::{Limits, read},
        render::{Letter, Letters, samples},
    },
    model::{
        address::{Address, NamedAddress},
        ids::{MessageId, QueueName, TicketNumber},
        language::Language,
        outgoing::{Body, Class, OutgoingMail, Sender},
    },
};

const ZONE: &str = "Europe/Moscow";

/// What people answer, line by line: a word, a letter, what looks a little like a header block, the requester by name.
const ANSWERS: [&[&str]; 5] = [
    &["взять"],
    &["Done, please try again."],
    &[
        "Мария, здравствуйте!",
        "",
        "С нового картриджа не сняли ленту. Вот что нужно сделать:",
        "откройте крышку и потяните за язычок.",
        "",
        "решено",
    ],
    &[
        "Тема: принтер в аудитории 214",
        "Номер: 42, стоит у окна",
        "заметка: жду запчасть до среды",
    ],
    &["Вы писали, что лист пустой. Он пустой до сих пор?"],
];

/// The head of what is quoted, as programs name it.
const FROM: &str = "ИТ-поддержка";
const ADDRESS: &str = "it@uni.test";
const SUBJECT: &str = "[IT-1042-K7Q4] Не работает принтер";

/// The letters we write, by their templates' names: the fullest and a few more of each.
fn letters() -> Vec<(String, Letter)> {
    let zones = BTreeMap::from([(ZONE.to_owned(), TimeZone::get(ZONE).unwrap())]);
    let letters = Letters::new(&[], zones).unwrap();
    let mut all = Vec::new();
    for language in [Language::Ru, Language::En] {
        for body in samples(language, ZONE) {
            let name = format!("{}_{}", body.template(), language.code());
            if all.iter().filter(|(known, _)| *known == name).count() < 4 {
                all.push((name, letters.render(&mail(language, body)).unwrap()));
            }
        }
    }
    all
}

fn mail(language: Language, body: Body) -> OutgoingMail {
    let address = |words| Address::parse(words).unwrap();
    let sender = Sender {
        mailbox: "it".into(),
        name: FROM.to_owned(),
        address: address(ADDRESS),
    };
    let id = MessageId::from("1042.r.1@uni.test");
    OutgoingMail {
        ticket: Some(TicketNumber(1042)),
        queue: Some(QueueName::from("it")),
        to: vec![NamedAddress::new("Анна Петрова", &address("anna@uni.test"))],
        ..OutgoingMail::new(
            ("sample".to_owned(), id),
            Class::Automatic,
            sender,
            language,
            body,
        )
    }
}

/// A mail program: how it puts an answer (one string a line) and a letter together.
struct Program {
    name: &'static str,
    plain: fn(&[&str], &str) -> String,
    html: fn(&[&str], &str) -> String,
}

/// `letter` with `mark` before every line, folded as programs fold what they quote.
fn quoted(letter: &str, mark: &str) -> String {
    let mut out = String::new();
    for line in letter.lines() {
        let mut width = 0;
        out.push_str(mark);
        for word in line.split(' ') {
            if width > 0 && width + word.chars().count() > 70 {
                out = out.trim_end().to_owned() + "\n" + mark;
                width = 0;
            }
            out.push_str(word);
            out.push(' ');
            width += word.chars().count() + 1;
        }
        out = out.trim_end().to_owned() + "\n";
    }
    out
}

fn lines(answer: &[&str]) -> String {
    answer.join("\n")
}

/// The lines in elements, empty ones kept open as programs do.
fn elements(answer: &[&str], element: &str) -> String {
    let name = element.split(' ').next().unwrap();
    let each = |line: &&str| {
        let line = if line.is_empty() { "<br>" } else { line };
        format!("<{element}>{line}</{name}>\n")
    };
    answer.iter().map(each).collect()
}

/// What stands within the page's body, as programs take it over.
fn inner(page: &str) -> &str {
    let (_, after) = page.split_once("<body").unwrap();
    let (_, after) = after.split_once('>').unwrap();
    after.split_once("</body>").unwrap().0
}

const OUTLOOK_BLOCK: &str = "От: ИТ-поддержка <it@uni.test>\nОтправлено: 17 ноября 2026 г. 9:30\nКому: Анна Петрова <anna@uni.test>\nТема: [IT-1042-K7Q4] Не работает принтер\n";

fn outlook_block_html(between: &str) -> String {
    [
        format!("<b>От:</b> {FROM} &lt;{ADDRESS}&gt;"),
        "<b>Отправлено:</b> 17 ноября 2026 г. 9:30".to_owned(),
        "<b>Кому:</b> Анна Петрова &lt;anna@uni.test&gt;".to_owned(),
        format!("<b>Тема:</b> {SUBJECT}"),
    ]
    .join(between)
}

fn programs() -> Vec<Program> {
    let mut all = microsoft();
    all.extend(others());
    all
}

fn microsoft() -> Vec<Program> {
    vec![
        Program {
            name: "Outlook",
            plain: |answer, letter| format!("{}\n\n{OUTLOOK_BLOCK}\n{letter}", lines(answer)),
            html: |answer, page| {
                format!(
                    "<html><head><style>p.MsoNormal {{margin:0cm}}</style></head><body lang=RU><div class=WordSection1>{}<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>{}<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>{}</div></body></html>",
                    elements(answer, "p class=MsoNormal"),
                    outlook_block_html("<br>\n"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Outlook, the line above the block",
            plain: |answer, letter| {
                format!(
                    "{}\n\n-----Original Message-----\n{OUTLOOK_BLOCK}\n{letter}",
                    lines(answer)
                )
            },
            html: |answer, page| {
                format!(
                    "<div class=WordSection1>{}<p class=MsoNormal>-----Исходное сообщение-----</p><p class=MsoNormal>{}</p>{}</div>",
                    elements(answer, "p class=MsoNormal"),
                    outlook_block_html("<br>"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Outlook, every line marked",
            plain: |answer, letter| {
                format!(
                    "{}\n\n{}",
                    lines(answer),
                    quoted(&format!("{OUTLOOK_BLOCK}\n{letter}"), "> ")
                )
            },
            html: |answer, page| {
                format!(
                    "<div>{}</div><div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'><p>{}</p>{}</div>",
                    elements(answer, "p"),
                    outlook_block_html("<br>"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Outlook on the web",
            plain: |answer, letter| {
                format!(
                    "{}\n\n________________________________\n{OUTLOOK_BLOCK}\n{letter}",
                    lines(answer)
                )
            },
            html: |answer, page| {
                format!(
                    "<html><body dir=\"ltr\">{}<div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><font face=\"Calibri\">{}</font><div>&nbsp;</div></div><div>{}</div></body></html>",
                    elements(answer, "div class=\"elementToProof\""),
                    outlook_block_html("<br>"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Outlook mobile",
            plain: |answer, letter| {
                format!(
                    "{}\n\nПолучить Outlook для iOS<https://aka.example/o0ukef>\n________________________________\n{OUTLOOK_BLOCK}\n{letter}",
                    lines(answer)
                )
            },
            html: |answer, page| {
                format!(
                    "<html><body>{}<div><br></div><div id=\"ms-outlook-mobile-signature\"><div></div>Получить <a href=\"https://aka.example/o0ukef\">Outlook для iOS</a></div><hr style=\"display:inline-block;width:98%\"><div id=\"divRplyFwdMsg\" dir=\"ltr\"><font>{}</font></div>{}</body></html>",
                    elements(answer, "div dir=\"auto\""),
                    outlook_block_html("<br>\n"),
                    inner(page)
                )
            },
        },
    ]
}

fn others() -> Vec<Program> {
    vec![
        Program {
            name: "Thunderbird",
            plain: |answer, letter| {
                format!(
                    "{}\n\n17.11.2026 09:30, {FROM} пишет:\n{}",
                    lines(answer),
                    quoted(letter, "> ")
                )
            },
            html: |answer, page| {
                format!(
                    "<html><head></head><body>{}<div class=\"moz-cite-prefix\">17.11.2026 09:30, {FROM} пишет:<br></div><blockquote type=\"cite\" cite=\"mid:1042.r.1@uni.test\"><title>x</title>{}</blockquote><br></body></html>",
                    elements(answer, "p"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Thunderbird, the answer below",
            plain: |answer, letter| {
                format!(
                    "17.11.2026 09:30, {FROM} пишет:\n{}\n{}\n",
                    quoted(letter, "> "),
                    lines(answer)
                )
            },
            html: |answer, page| {
                format!(
                    "<html><body><div class=\"moz-cite-prefix\">17.11.2026 09:30, {FROM} пишет:<br></div><blockquote type=\"cite\" cite=\"mid:1042.r.1@uni.test\">{}</blockquote>{}</body></html>",
                    inner(page),
                    elements(answer, "p")
                )
            },
        },
        Program {
            name: "Apple Mail",
            plain: |answer, letter| {
                format!(
                    "{}\n\n> 17 нояб. 2026 г., в 09:30, {FROM} <{ADDRESS}> написал(а):\n> \n{}",
                    lines(answer),
                    quoted(letter, "> ")
                )
            },
            html: |answer, page| {
                format!(
                    "<html><body style=\"overflow-wrap: break-word;\">{}<br id=\"lineBreakAtBeginningOfMessage\"><div><br><blockquote type=\"cite\"><div>17 нояб. 2026 г., в 09:30, {FROM} &lt;{ADDRESS}&gt; написал(а):</div><br class=\"Apple-interchange-newline\"><div>{}</div></blockquote></div><br></body></html>",
                    elements(answer, "div"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Gmail",
            plain: |answer, letter| {
                format!(
                    "{}\n\nвт, 17 нояб. 2026 г. в 09:30, {FROM} <{ADDRESS}>:\n\n{}",
                    lines(answer),
                    quoted(letter, "> ")
                )
            },
            html: |answer, page| {
                format!(
                    "<div dir=\"ltr\">{}</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">вт, 17 нояб. 2026 г. в 09:30, {FROM} &lt;<a href=\"mailto:{ADDRESS}\">{ADDRESS}</a>&gt;:<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex\">{}</blockquote></div>",
                    elements(answer, "div"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Yandex",
            plain: |answer, letter| {
                format!(
                    "{}\n\n17.11.2026, 09:30, \"{FROM}\" <{ADDRESS}>:\n{}",
                    lines(answer),
                    quoted(letter, "> ")
                )
            },
            html: |answer, page| {
                format!(
                    "{}<div>&nbsp;</div><div>17.11.2026, 09:30, \"{FROM}\" &lt;{ADDRESS}&gt;:</div><blockquote><div>{}</div></blockquote>",
                    elements(answer, "div"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Yandex, nothing marked",
            plain: |answer, letter| {
                format!(
                    "{}\n\n----------------\nКому: Анна Петрова (anna@uni.test);\nТема: {SUBJECT};\n17.11.2026, 09:30, \"{FROM}\" <{ADDRESS}>:\n\n{letter}",
                    lines(answer)
                )
            },
            html: |answer, page| {
                format!(
                    "{}<div>&nbsp;</div><div>----------------</div><div>Кому: Анна Петрова (anna@uni.test);</div><div>Тема: {SUBJECT};</div><div>17.11.2026, 09:30, \"{FROM}\" &lt;{ADDRESS}&gt;:</div><blockquote>{}</blockquote>",
                    elements(answer, "div"),
                    inner(page)
                )
            },
        },
        Program {
            name: "Mail.ru",
            plain: |answer, letter| {
                format!(
                    "{}\n\n \n>Вторник, 17 ноября 2026, 9:30 +03:00 от {FROM} <{ADDRESS}>:\n> \n{}",
                    lines(answer),
                    quoted(letter, ">")
                )
            },
            html: |answer, page| {
                format!(
                    "<HTML><BODY>{}<div>&nbsp;</div><blockquote style=\"border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px;\">Вторник, 17 ноября 2026, 9:30 +03:00 от {FROM} &lt;<a href=\"mailto:{ADDRESS}\">{ADDRESS}</a>&gt;:<br>&nbsp;<div id=\"\"><div class=\"js-helper js-readmsg-msg\"><div><div id=\"style_1\">{}</div></div></div></div></blockquote></BODY></HTML>",
                    elements(answer, "div"),
                    inner(page)
                )
            },
        },
        Program {
            name: "The Bat!",
            plain: |answer, letter| {
                format!(
                    "{}\n\nВы писали 17 ноября 2026 г., 9:30:00:\n\n{}",
                    lines(answer),
                    quoted(letter, "ИП> ")
                )
            },
            html: |answer, page| {
                format!(
                    "<html><body>{}<br>Вы писали 17 ноября 2026 г., 9:30:00:<br><br><table><tr><td width=2 bgcolor=#0000ff><br></td><td>{}</td></tr></table></body></html>",
                    elements(answer, "div"),
                    inner(page)
                )
            },
        },
        Program {
            name: "The Bat!, the answer below",
            plain: |answer, letter| {
                format!(
                    "Вы писали 17 ноября 2026 г., 9:30:00:\n\n{}\n{}",
                    quoted(letter, "> "),
                    lines(answer)
                )
            },
            html: |answer, page| {
                format!(
                    "<blockquote type=cite>{}</blockquote>{}",
                    inner(page),
                    elements(answer, "div")
                )
            },
        },
        Program {
            name: "Android",
            plain: |answer, letter| {
                format!(
                    "{}\n\n-------- Исходное сообщение --------\nОт: {FROM} <{ADDRESS}>\nДата: 17.11.2026 09:30 (GMT+03:00)\nКому: anna@uni.test\nТема: {SUBJECT}\n\n{letter}",
                    lines(answer)
                )
            },
            html: |answer, page| {
                format!(
                    "{}<br><div align=\"left\" dir=\"auto\" style=\"font-size:100%;color:#000000\"><div>-------- Исходное сообщение --------</div><div>От: {FROM} &lt;{ADDRESS}&gt;</div><div>Дата: 17.11.2026 09:30 (GMT+03:00)</div><div>Кому: anna@uni.test</div><div>Тема: {SUBJECT}</div><div><br></div></div>{}",
                    elements(answer, "div dir=\"auto\""),
                    inner(page)
                )
            },
        },
    ]
}

const HEAD: &str = "From: Anna <anna@uni.test>\r\nTo: it@uni.test\r\nSubject: Re: [IT-1042-K7Q4]\r\nDate: Tue, 17 Nov 2026 10:00:00 +0300\r\nMessage-ID: <a1@uni.test>\r\nMIME-Version: 1.0\r\n";

fn part(kind: &str, text: &str) -> String {
    format!(
        "Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        BASE64.encode(text.replace('\n', "\r\n").as_bytes())
    )
}

/// What is read as new, without empty lines: how many stand between paragraphs is the program's affair.
fn reply_of(mail: &str) -> String {
    let reading = read(mail.as_bytes(), &Limits::default());
    let reply = reading
        .message
        .reply
        .expect("there is text, and so an answer, if an empty one");
    let written: Vec<&str> = reply.lines().filter(|l| !l.trim().is_empty()).collect();
    written.join("\n")
}

/// One answer to one letter in one program: as plain text, as HTML, as both.
fn wrapped(program: &Program, answer: &[&str], letter: &Letter) -> [(&'static str, String); 3] {
    let plain = part("plain", &(program.plain)(answer, &letter.text));
    let html = part("html", &(program.html)(answer, &letter.html));
    [
        ("plain", format!("{HEAD}{plain}")),
        ("html", format!("{HEAD}{html}")),
        (
            "both",
            format!(
                "{HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n{plain}\r\n--b\r\n{html}\r\n--b--\r\n"
            ),
        ),
    ]
}

#[test]
fn an_answer_to_our_letters_is_what_the_person_has_written() {
    let letters = letters();
    assert!(letters.len() > 40, "only {} letters", letters.len());
    let mut wrong = BTreeMap::<String, (usize, String)>::new();
    for program in programs() {
        let mut seen = BTreeSet::new();
        for (at, (template, letter)) in letters.iter().enumerate() {
            // The first letter of a template gets every answer, the others one each.
            let is_first = seen.insert(template);
            for (_, answer) in ANSWERS
                .iter()
                .enumerate()
                .filter(|(n, _)| is_first || at % ANSWERS.len() == *n)
            {
                let written: Vec<&str> = answer.iter().copied().filter(|l| !l.is_empty()).collect();
                let written = written.join("\n");
                for (form, mail) in wrapped(&program, answer, letter) {
                    let reply = reply_of(&mail);
                    if reply != written {
                        let place = format!("{}, {form}, {template}", program.name);
                        let (count, _) = wrong.entry(place).or_insert_with(|| {
                            (0, format!("{reply}\n-- instead of --\n{written}"))
                        });
                        *count += 1;
                    }
                }
            }
        }
    }
    let shown: Vec<String> = wrong
        .iter()
        .map(|(place, (count, first))| format!("{place}: {count}, the first:\n{first}\n"))
        .collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn a_card_sent_back_without_a_word_says_nothing() {
    for (template, letter) in letters() {
        if !letter.text.starts_with("---") {
            continue;
        }
        for program in programs() {
            for (form, mail) in wrapped(&program, &[], &letter) {
                assert_eq!(reply_of(&mail), "", "{}, {form}, {template}", program.name);
            }
        }
    }
}

/// A program told by little: what it writes above a quote, the mark before the quote's lines, and its box in HTML.
struct Habit {
    name: &'static str,
    above: &'static str,
    mark: &'static str,
    open: &'static str,
    close: &'static str,
}

const HABITS: &[Habit] = &[
    habit(
        "Outlook in English",
        "From: ИТ-поддержка <it@uni.test>\nSent: Tuesday, November 17, 2026 9:30 AM\nTo: Anna <anna@uni.test>\nSubject: RE: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "Outlook in Ukrainian",
        "Від: ИТ-поддержка <it@uni.test>\nНадіслано: 17 листопада 2026 р. 9:30\nКому: Anna <anna@uni.test>\nТема: RE: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "Outlook in German",
        "Von: ИТ-поддержка [mailto:it@uni.test]\nGesendet: Dienstag, 17. November 2026 09:30\nAn: Anna\nBetreff: AW: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "Outlook in French",
        "De : ИТ-поддержка <it@uni.test>\nEnvoyé : mardi 17 novembre 2026 09:30\nÀ : Anna\nObjet : RE: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "Outlook in Chinese",
        "发件人: ИТ-поддержка <it@uni.test>\n发送时间: 2026年11月17日 9:30\n收件人: Anna\n主题: 回复: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "Outlook for Mac",
        "On 17/11/2026, 09:30, \"ИТ-поддержка\" <it@uni.test> wrote:\n",
        "    ",
        "<div>",
        "</div>",
    ),
    habit(
        "Exchange, names alone",
        "-----Исходное сообщение-----\nОт: ИТ-поддержка\nОтправлено: 17 ноября 2026 г. 9:30\nКому: Анна Петрова\nТема: RE: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "Rambler",
        "17.11.2026 09:30, ИТ-поддержка <it@uni.test> написал(а):\n",
        "> ",
        "<blockquote>",
        "</blockquote>",
    ),
    habit(
        "Roundcube",
        "ИТ-поддержка писал 2026-11-17 09:30:\n",
        "> ",
        "<blockquote type=\"cite\">",
        "</blockquote>",
    ),
    habit(
        "Roundcube in English",
        "On 2026-11-17 09:30, ИТ-поддержка wrote:\n",
        "> ",
        "<p id=\"reply-intro\">On 2026-11-17 09:30, IT wrote:</p><blockquote type=\"cite\">",
        "</blockquote>",
    ),
    habit(
        "Zimbra",
        "----- Исходное сообщение -----\nОт: \"ИТ-поддержка\" <it@uni.test>\nКому: \"Анна\" <anna@uni.test>\nОтправлено: Вторник, 17 Ноябрь 2026 г 9:30:00\nТема: [IT-1042-K7Q4]\n",
        "",
        "<hr id=\"zwchr\"><div>",
        "</div>",
    ),
    habit(
        "Lotus Notes",
        "\"ИТ-поддержка\" <it@uni.test> написал 17.11.2026 09:30:00:\n",
        "> ",
        "<div>",
        "</div>",
    ),
    habit(
        "Evolution",
        "В Вт, 17/11/2026 в 09:30 +0300, ИТ-поддержка пишет:\n",
        "> ",
        "<blockquote type=\"cite\">",
        "</blockquote>",
    ),
    habit(
        "KMail",
        "On Tuesday 17 November 2026 09:30:00 ИТ-поддержка wrote:\n",
        "> ",
        "<blockquote>",
        "</blockquote>",
    ),
    habit(
        "Proton Mail",
        "On Tuesday, November 17th, 2026 at 9:30 AM, ИТ-поддержка <it@uni.test> wrote:\n",
        "> ",
        "<div class=\"protonmail_quote\"><blockquote type=\"cite\" class=\"protonmail_quote\">",
        "</blockquote></div>",
    ),
    habit(
        "Zoho",
        "---- On Tue, 17 Nov 2026 09:30:00 +0300 ИТ-поддержка <it@uni.test> wrote ----\n",
        "",
        "<div class=\"zmail_extra\">",
        "</div>",
    ),
    habit(
        "Yahoo",
        "On Tuesday, November 17, 2026 at 09:30:00 AM GMT+3, ИТ-поддержка <it@uni.test> wrote:\n",
        "",
        "<div class=\"yahoo_quoted\">",
        "</div>",
    ),
    habit(
        "Spark",
        "17 нояб. 2026 г., 9:30 +0300, ИТ-поддержка <it@uni.test>, писал:\n",
        "> ",
        "<blockquote type=\"cite\">",
        "</blockquote>",
    ),
    habit(
        "eM Client",
        "------ Original Message ------\nFrom: \"ИТ-поддержка\" <it@uni.test>\nTo: \"Анна\" <anna@uni.test>\nSent: 17.11.2026 9:30:00\nSubject: [IT-1042-K7Q4]\n",
        "",
        "<blockquote type=\"cite\">",
        "</blockquote>",
    ),
    habit(
        "Samsung",
        "-------- Исходное сообщение --------От: ИТ-поддержка <it@uni.test> Дата: 17.11.2026  9:30  (GMT+03:00) Кому: anna@uni.test Тема: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "QQ",
        "------------------ 原始邮件 ------------------\n发件人: \"ИТ-поддержка\" <it@uni.test>;\n发送时间: 2026年11月17日(星期二) 上午9:30\n收件人: \"Anna\"<anna@uni.test>;\n主题: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "BlackBerry",
        "  Original Message  \nFrom: ИТ-поддержка\nSent: Tuesday, November 17, 2026 9:30\nTo: Anna\nSubject: [IT-1042-K7Q4]\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "GroupWise",
        ">>> ИТ-поддержка <it@uni.test> 17.11.2026 09:30 >>>\n",
        "",
        "<div>",
        "</div>",
    ),
    habit(
        "1C",
        "17.11.2026 9:30:00, ИТ-поддержка <it@uni.test> писал(а):\n",
        "> ",
        "<div>",
        "</div>",
    ),
    habit(
        "Mail.ru on a phone",
        "вторник, 17 ноября 2026 г., 09:30 +03:00 от ИТ-поддержка <it@uni.test>:\n",
        "> ",
        "<blockquote>",
        "</blockquote>",
    ),
    habit(
        "iOS",
        "> 17 нояб. 2026 г., в 09:30, ИТ-поддержка <it@uni.test> написал(а):\n> \n",
        "> ",
        "<blockquote type=\"cite\">",
        "</blockquote>",
    ),
];

const fn habit(
    name: &'static str,
    above: &'static str,
    mark: &'static str,
    open: &'static str,
    close: &'static str,
) -> Habit {
    Habit {
        name,
        above,
        mark,
        open,
        close,
    }
}

/// What phones and houses put between the answer and the quote.
const BELOW: [&str; 6] = [
    "",
    "\n\nОтправлено с iPhone",
    "\n\nОтправлено из мобильной Почты Mail.ru",
    "\n\nОтправлено из Яндекс Почты для мобильных",
    "\n\nНадіслано з мого iPhone",
    "\n\nС уважением,\nАнна Петрова\nкафедра физики, тел. 22-33",
];

/// A letter that is not ours: nothing in it says where it begins.
fn foreign_letter() -> Letter {
    let (_, mut letter) = letters().remove(0);
    letter.text = "Анна, здравствуйте!\n\nПринтер проверили, он исправен. Печатает ли он у вас?\n\nИТ-поддержка".to_owned();
    letter.html = "<html><body><div>Анна, здравствуйте!</div><div><br></div><div>Принтер проверили, он исправен. Печатает ли он у вас?</div><div><br></div><div>ИТ-поддержка</div></body></html>".to_owned();
    letter
}

#[test]
fn habits_of_many_programs_are_known() {
    let mut letters = letters();
    for _ in 0..ANSWERS.len() {
        letters.insert(0, ("foreign".to_owned(), foreign_letter()));
    }
    let mut wrong = Vec::new();
    for (at, (template, letter)) in letters.iter().enumerate() {
        for (n, habit) in HABITS.iter().enumerate() {
            let answer = ANSWERS.iter().cycle().nth(at + n).unwrap();
            let below = BELOW.iter().cycle().nth(at / 2 + n).unwrap();
            let said = format!("{}{below}", lines(answer));
            let plain = format!(
                "{said}\n\n{}\n{}",
                habit.above,
                quoted(&letter.text, habit.mark)
            );
            let said_lines: Vec<&str> = said.lines().collect();
            let above: Vec<String> = habit
                .above
                .lines()
                .map(|line| line.trim_start_matches("> ").replace('<', "&lt;"))
                .collect();
            let html = format!(
                "<html><body>{}{}{}{}{}</body></html>",
                elements(&said_lines, "div"),
                habit.open,
                elements(&above.iter().map(String::as_str).collect::<Vec<_>>(), "div"),
                inner(&letter.html),
                habit.close
            );
            let written: Vec<&str> = answer.iter().copied().filter(|l| !l.is_empty()).collect();
            for (kind, text) in [("plain", &plain), ("html", &html)] {
                let reply = reply_of(&format!("{HEAD}{}", part(kind, text)));
                if reply != written.join("\n") {
                    wrong.push(format!("{}, {kind}, {template}:\n{reply}", habit.name));
                }
            }
        }
    }
    let shown: Vec<&String> = wrong.iter().take(12).collect();
    assert!(shown.is_empty(), "{} wrong: {shown:#?}", wrong.len());
}
