//! One line a program or a language.

use proptest::prelude::*;

use super::inline;
use crate::model::{
    address::NamedAddress,
    message::{Forwarded, IncomingMessage},
};

/// A language: sender, recipient, copy, date and subject as fields, and what stands above a mail passed on.
struct Tongue {
    fields: [&'static str; 5],
    /// Between rules (Thunderbird, Gmail, Yahoo), and with a colon (Apple Mail).
    between: &'static str,
    begin: &'static str,
}

const TONGUES: &[Tongue] = &[
    tongue(
        ["From", "To", "Cc", "Date", "Subject"],
        "Forwarded Message",
        "Begin forwarded message",
    ),
    tongue(
        ["От", "Кому", "Копия", "Дата", "Тема"],
        "Пересылаемое сообщение",
        "Начало переадресованного сообщения",
    ),
    tongue(
        ["Отправитель", "Кому", "Копия", "Отправлено", "Тема"],
        "Перенаправленное сообщение",
        "Начало пересылаемого сообщения",
    ),
    tongue(
        ["Від", "Кому", "Копія", "Дата", "Тема"],
        "Переслане повідомлення",
        "Початок листа, що пересилається",
    ),
    tongue(
        ["Ад", "Каму", "Копія", "Дата", "Тэма"],
        "Перасланае паведамленне",
        "Пачатак перасланага ліста",
    ),
    tongue(
        ["От", "До", "Копие", "Дата", "Относно"],
        "Препратено съобщение",
        "Начало на препратено съобщение",
    ),
    tongue(
        ["Шаље", "Прима", "Копија", "Датум", "Наслов"],
        "Прослеђена порука",
        "Почетак прослеђене поруке",
    ),
    tongue(
        ["Von", "An", "Kopie", "Gesendet", "Betreff"],
        "Weitergeleitete Nachricht",
        "Anfang der weitergeleiteten Nachricht",
    ),
    tongue(
        ["De", "À", "Copie à", "Envoyé", "Objet"],
        "Message transféré",
        "Début du message réexpédié",
    ),
    tongue(
        ["De", "Pour", "Copie à", "Date", "Sujet"],
        "Message transmis",
        "Début du message transféré",
    ),
    tongue(
        ["De", "Para", "CC", "Enviado el", "Asunto"],
        "Mensaje reenviado",
        "Inicio del mensaje reenviado",
    ),
    tongue(
        ["De", "Per a", "CC", "Enviat", "Assumpte"],
        "Missatge reenviat",
        "Inici del missatge reenviat",
    ),
    tongue(
        ["De", "Para", "Cc", "Enviada em", "Assunto"],
        "Mensagem encaminhada",
        "Início da mensagem reencaminhada",
    ),
    tongue(
        ["Da", "A", "Cc", "Inviato", "Oggetto"],
        "Messaggio Inoltrato",
        "Inizio messaggio inoltrato",
    ),
    tongue(
        ["Van", "Aan", "CC", "Verzonden", "Onderwerp"],
        "Doorgestuurd bericht",
        "Begin doorgestuurd bericht",
    ),
    tongue(
        ["Od", "Do", "DW", "Wysłano", "Temat"],
        "Treść przekazanej wiadomości",
        "Początek przekazywanej wiadomości",
    ),
    tongue(
        ["Od", "Komu", "Kopie", "Odesláno", "Předmět"],
        "Přeposlaná zpráva",
        "Začátek přeposlané zprávy",
    ),
    tongue(
        ["Od", "Komu", "Kópia", "Odoslané", "Predmet"],
        "Preposlaný e-mail",
        "Začiatok preposlanej správy",
    ),
    tongue(
        ["Šalje", "Prima", "Kopija", "Poslano", "Predmet"],
        "Proslijeđena poruka",
        "Započni proslijeđenu poruku",
    ),
    tongue(
        ["Od", "Za", "Kp", "Poslano", "Zadeva"],
        "Posredovano sporočilo",
        "Začetek posredovanega sporočila",
    ),
    tongue(
        ["Fra", "Til", "Kopi", "Sendt", "Emne"],
        "Videresendt meddelelse",
        "Start på videresendt besked",
    ),
    tongue(
        ["Från", "Till", "Kopia", "Skickat", "Ämne"],
        "Vidarebefordrat meddelande",
        "Vidarebefordrat brev",
    ),
    tongue(
        ["Frá", "Til", "Afrit", "Dagsetning", "Efni"],
        "Framsent skeyti",
        "Upphaf áframsendra skilaboða",
    ),
    tongue(
        ["Lähettäjä", "Vastaanottaja", "Kopio", "Lähetetty", "Aihe"],
        "Välitetty viesti",
        "Edelleenlähetetty viesti alkaa",
    ),
    tongue(
        ["Saatja", "Saaja", "Koopia", "Kuupäev", "Teema"],
        "Edastatud kiri",
        "Edastatud kirja algus",
    ),
    tongue(
        ["No", "Kam", "Kopija", "Datums", "Temats"],
        "Pārsūtītā ziņa",
        "Pārsūtītās ziņas sākums",
    ),
    tongue(
        ["Nuo", "Kam", "Kopija", "Data", "Tema"],
        "Persiųstas laiškas",
        "Persiųsto laiško pradžia",
    ),
    tongue(
        ["Feladó", "Címzett", "Másolat", "Dátum", "Tárgy"],
        "Továbbított üzenet",
        "Továbbított levél kezdete",
    ),
    tongue(
        ["De la", "Către", "Copie", "Dată", "Subiect"],
        "Mesaj redirecționat",
        "Începutul mesajului redirecționat",
    ),
    tongue(
        ["Kimden", "Kime", "Bilgi", "Tarih", "Konu"],
        "İletilen İleti",
        "İleti başlangıcı",
    ),
    tongue(
        ["Gönderen", "Alıcı", "Cc", "Gönderme Tarihi", "Konu"],
        "Yönlendirilmiş ileti",
        "İletilen e-posta",
    ),
    tongue(
        ["Από", "Προς", "Κοιν.", "Ημερομηνία", "Θέμα"],
        "Προωθημένο μήνυμα",
        "Έναρξη προωθημένου μηνύματος",
    ),
    tongue(
        ["מאת", "אל", "עותק", "תאריך", "נושא"],
        "הודעה שהועברה",
        "התחלת ההודעה שהועברה",
    ),
    tongue(
        ["من", "إلى", "نسخة", "التاريخ", "الموضوع"],
        "رسالة معاد توجيهها",
        "بدء الرسالة المعاد توجيهها",
    ),
    tongue(
        ["差出人", "宛先", "Cc", "日付", "件名"],
        "転送メッセージ",
        "転送されたメッセージ",
    ),
    tongue(
        ["发件人", "收件人", "抄送", "发送时间", "主题"],
        "转发邮件信息",
        "开始转发的邮件",
    ),
    tongue(
        ["寄件者", "收件者", "副本", "寄件日期", "主旨"],
        "轉寄的郵件",
        "開始轉寄郵件",
    ),
    tongue(
        ["보낸 사람", "받는 사람", "참조", "날짜", "제목"],
        "전달된 메시지",
        "전달된 메시지 시작",
    ),
    tongue(
        ["Từ", "Đến", "Cc", "Ngày", "Chủ đề"],
        "Thư đã chuyển tiếp",
        "Bắt đầu thư được chuyển tiếp",
    ),
    tongue(
        ["จาก", "ถึง", "สำเนา", "วันที่", "เรื่อง"],
        "ข้อความที่ส่งต่อ",
        "เริ่มข้อความที่ส่งต่อ",
    ),
    tongue(
        ["Dari", "Kepada", "Cc", "Tanggal", "Perihal"],
        "Pesan Terusan",
        "Mulai pesan yang diteruskan",
    ),
];

const fn tongue(fields: [&'static str; 5], between: &'static str, begin: &'static str) -> Tongue {
    Tongue {
        fields,
        between,
        begin,
    }
}

const DATE: &str = "23.11.2026 10:15";
const BODY: &str = "The printer is empty.\n\nAnna";

impl Tongue {
    /// The fields in the order that `order` says, with what stands between a name and its value.
    fn block(&self, order: &[usize], colon: &str) -> String {
        let values = [
            "Anna Test <anna@uni.test>",
            "it@uni.test, Olga <olga@uni.test>",
            "\"Test, Boris\" <boris@uni.test>",
            DATE,
            "Printer",
        ];
        order
            .iter()
            .filter_map(|at| self.fields.get(*at).zip(values.get(*at)))
            .map(|(name, value)| format!("{name}{colon}{value}\n"))
            .collect()
    }
}

fn marked(text: &str) -> String {
    text.lines().map(|line| format!("> {line}\n")).collect()
}

fn mail(subject: &str) -> IncomingMessage {
    let person = |address: &str| NamedAddress {
        name: None,
        address: address.to_owned(),
    };
    IncomingMessage {
        subject: Some(subject.to_owned()),
        from: Some(person("agent@uni.test")),
        to: vec![person("desk@uni.test")],
        ..IncomingMessage::default()
    }
}

#[track_caller]
fn read(text: &str, subject: &str) -> Forwarded {
    inline::read(text, &mail(subject)).unwrap_or_else(|| panic!("no mail is passed on: {text}"))
}

/// What every program passes on, with and without a word above.
#[track_caller]
fn check(forwarded: &str) {
    for note in ["", "Please help her.\n\n"] {
        let text = format!("{note}{forwarded}");
        let found = read(&text, "Fwd: Printer");
        let from = found.from.unwrap_or_default();
        assert_eq!(from.name.as_deref(), Some("Anna Test"), "{text}");
        assert_eq!(from.address, "anna@uni.test", "{text}");
        assert_eq!(found.text.as_deref(), Some(BODY), "{text}");
        let note = note.trim_end();
        assert_eq!(
            found.note.as_deref(),
            Some(note).filter(|n| !n.is_empty()),
            "{text}"
        );
    }
}

#[track_caller]
fn check_block(forwarded: &str) {
    check(forwarded);
    let found = read(forwarded, "Fwd: x");
    let address = |people: &[NamedAddress]| -> Vec<String> {
        people.iter().map(|p| p.address.clone()).collect()
    };
    assert_eq!(
        address(&found.to),
        ["it@uni.test", "olga@uni.test"],
        "{forwarded}"
    );
    assert_eq!(address(&found.cc), ["boris@uni.test"], "{forwarded}");
    assert_eq!(found.subject.as_deref(), Some("Printer"), "{forwarded}");
    assert_eq!(found.date.as_deref(), Some(DATE), "{forwarded}");
}

#[test]
fn forwards_are_known_in_many_languages() {
    for tongue in TONGUES {
        // Thunderbird and Gmail.
        let block = tongue.block(&[4, 3, 0, 1, 2], ": \t");
        check_block(&format!(
            "-------- {} --------\n{block}\n\n\n{BODY}",
            tongue.between
        ));
        let block = tongue.block(&[0, 3, 4, 1, 2], ": ");
        check_block(&format!(
            "---------- {} ---------\n{block}\n\n{BODY}\n",
            tongue.between
        ));
        // Apple Mail, old and new.
        let begin = format!("{}:\n\n{block}\n{BODY}\n", tongue.begin);
        check_block(&begin);
        check_block(&marked(&begin));
        // Outlook: on the web, new and bold.
        let block = tongue.block(&[0, 3, 1, 2, 4], ": ");
        check_block(&format!(
            "________________________________\n{block}\n{BODY}"
        ));
        check_block(&format!("{block}{BODY}"));
        let bold: String = block
            .lines()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| format!("*{name}:* {value}\n"))
            .collect();
        check_block(&format!("{bold}\n{BODY}"));
        let french = tongue.block(&[0, 3, 1, 2, 4], "\u{A0}: ");
        check_block(&format!("{french}\n{BODY}"));
    }
}

#[test]
fn yahoo_puts_all_on_one_line() {
    for tongue in TONGUES
        .iter()
        .filter(|t| t.between.chars().any(char::is_uppercase))
    {
        let glued: String = tongue.block(&[0, 1, 2], ": ").lines().collect();
        let [.., date, subject] = tongue.fields;
        let line = format!(
            "   ----- {} ----- {glued}{date}: {DATE}{subject}: Printer",
            tongue.between
        );
        check(&format!("{line}\n {BODY}"));
        let found = read(&format!("{line}\n {BODY}"), "Fwd: x");
        assert_eq!(found.subject.as_deref(), Some("Printer"), "{line}");
        assert_eq!(found.to.len(), 2, "{line}");
    }
}

#[test]
fn programs_have_habits() {
    let marked_body = marked(BODY);
    // Yandex, Outlook for Mac, MailMate, Missive, Mutt, Lotus Notes, The Bat!, GMX, KMail.
    check(&format!(
        "-------- Пересылаемое сообщение --------\n23.11.2026, 10:15, \"Anna Test\" <anna@uni.test>:\n\n{BODY}\n-------- Конец пересылаемого сообщения --------\n\n-- \nОльга"
    ));
    check(&format!(
        "On 23/11/2026, 10:15, \"Anna Test\" <anna@uni.test> wrote:\n\n    {}",
        BODY.replace('\n', "\n    ")
    ));
    check(&format!(
        "Forwarded message:\n\n> From: Anna Test <anna@uni.test>\n> To: it@uni.test\n> Subject: Printer\n>\n{marked_body}"
    ));
    check(&format!(
        "---------- Forwarded message ----------\nFrom: Anna Test <anna@uni.test>\nDate: x\nTo: it@uni.test\nSubject: Printer\n\n{marked_body}"
    ));
    check(&format!(
        "----- Forwarded message from Anna Test <anna@uni.test> -----\n\nDate: Mon, 23 Nov 2026 10:15:00 +0300\nFrom: Anna Test <anna@uni.test>\nTo: it@uni.test\nUser-Agent: x\nSubject: Printer\n\n{BODY}\n\n----- End forwarded message -----"
    ));
    check(&format!(
        "----- Forwarded by Olga/IT/Uni on 23.11.2026 10:15 -----\n\nFrom:\tAnna Test <anna@uni.test>\nTo:\tit@uni.test\nCc:\t\nDate:\t23.11.2026 10:15\nSubject:\tPrinter\n\n{BODY}"
    ));
    check(&format!(
        "This is a forwarded message\nFrom: Anna Test <anna@uni.test>\nTo: it@uni.test\nDate: Monday, November 23, 2026, 10:15:00 AM\nSubject: Printer\nFiles: <none>\n\n===8<==============Original message text===============\n{BODY}\n===8<===========End of original message text==========="
    ));
    check(&format!(
        "This is a forwarded message\nFrom: Anna Test <anna@uni.test>\nTo: it@uni.test\nDate: 23.11.2026\nSubject: Printer\n\n--====----====----====--\n\n===8<====Original message text====\n{BODY}\n===8<====End of original message text===="
    ));
    check(&format!(
        "------ Пересылаемое сообщение ------\nОт \"Anna Test\" <anna@uni.test>\nКому it@uni.test\nДата 23.11.2026 10:15:05\nТема Printer\n\n{BODY}"
    ));
    check(&format!(
        "Gesendet: Montag, 23. November 2026 um 10:15 Uhr\nVon: \"Anna Test\" <anna@uni.test>\nAn: it@uni.test\nBetreff: Printer\n{BODY}"
    ));
    check(&format!(
        "-----Исходное сообщение-----\nОт: Anna Test [mailto:anna@uni.test] \nОтправлено: 23 ноября 2026 г. 10:15\nКому: ИТ\nТема: Printer\n\n{BODY}"
    ));
    check(&format!(
        "Forwarded Conversation\nSubject: Printer\n------------------------\n\nFrom: Anna Test <anna@uni.test>\nDate: Mon, 23 Nov 2026 at 10:15\nTo: <it@uni.test>\n\n\n{BODY}"
    ));
    check(&format!(
        "From: Anna Test <anna@uni.test> on behalf of desk@uni.test\nSent: Monday\nTo: it@uni.test\nSubject: Printer\n\n{BODY}"
    ));
}

#[test]
fn a_sender_may_be_a_name_alone() {
    let found = read(
        "-----Original Message-----\nFrom: Anna Test\nSent: 23 November 2026 10:15\nTo: Olga\nSubject: Printer\n\ntext",
        "x",
    );
    let from = found.from.unwrap_or_default();
    assert_eq!(from.name.as_deref(), Some("Anna Test"));
    assert_eq!(from.address, "");
    assert_eq!(
        serde_json::to_value(&from).unwrap(),
        serde_json::json!({"name": "Anna Test", "address": null})
    );
}

#[test]
fn of_several_the_outermost_is_read() {
    let inner = "---------- Forwarded message ---------\nFrom: Boris <boris@uni.test>\nSubject: older\nTo: anna@uni.test\n\nolder text";
    let found = read(
        &format!(
            "note\n\nFrom: Anna <anna@uni.test>\nSent: Monday\nTo: it@uni.test\nSubject: Fwd: older\n\nsee below\n\n{inner}"
        ),
        "FW: Fwd: older",
    );
    assert_eq!(found.from.unwrap_or_default().address, "anna@uni.test");
    assert_eq!(found.text, Some(format!("see below\n\n{inner}")));
}

#[test]
fn the_subject_is_a_hint_and_never_needed() {
    let block =
        "From: Anna <anna@uni.test>\nSent: Monday\nTo: it@uni.test\nSubject: Printer\n\ntext";
    let is_read = |text: &str, mail: &IncomingMessage| inline::read(text, mail).is_some();
    assert!(is_read(
        &format!("please help\n\n{block}"),
        &mail("her printer")
    ));
    assert!(is_read(block, &mail("")));
    assert!(!is_read(&format!("done\n\n{block}"), &mail("Re: Printer")));
    // It goes back to who wrote, or refers to a mail.
    let mut answer = mail("Printer");
    answer.to = vec![NamedAddress {
        name: None,
        address: "Anna@uni.test".to_owned(),
    }];
    assert!(!is_read(&format!("done\n\n{block}"), &answer));
    let mut answer = mail("Printer");
    answer.in_reply_to = vec!["<1@uni.test>".into()];
    assert!(!is_read(&format!("done\n\n{block}"), &answer));
    assert!(is_read(
        &format!("-------- Forwarded Message --------\n{block}"),
        &answer
    ));
}

#[test]
fn answers_pass_nothing_on() {
    for text in [
        "Yes.\n\nOn Mon, 23 Nov 2026 at 10:15, Anna <anna@uni.test> wrote:\n> a",
        "Yes.\n\nOn Mon, 23 Nov 2026 at 10:15, Anna <anna@uni.test> wrote:\n> ---------- Forwarded message ---------\n> From: Boris <boris@uni.test>\n> Subject: x\n>\n> text",
        "On Mon, 23 Nov 2026 at 10:15, Anna <anna@uni.test> wrote:\n> a\n\nYes.\n\n> ---------- Forwarded message ---------\n> From: Boris <boris@uni.test>\n> Subject: x",
        "Yes.\n\n> a\n>\n> From: Boris <boris@uni.test>\n> To: x\n> Subject: x",
        "I have forwarded the message.",
        "The form:\n\nFrom: 10 October 2026\nTo: 12 October 2026\nSubject: leave",
        "From: Anna <anna@uni.test>\n\nSigned-off-by: Anna <anna@uni.test>",
        "",
    ] {
        assert_eq!(inline::read(text, &mail("x")), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_at_all_is_read(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "From: Anna <a@uni.test>", "От: x", "To: a, b@uni.test;", "Subject: x", "Date: 23.11.2026", "> ", ">",
                "---------- Forwarded message ---------", "-----Original Message-----", "\n", "\n", "\n\n", "text", "*",
                "<mailto:", "[", "(", "On 23.11.2026, A <a@uni.test> wrote:", "----- x ----- From: A <a@uni.test>To: b",
                "\u{200F}", "\u{E000}", "===8<=",
            ]),
            0..60,
        ),
        subject in "(Fwd: |Re: |)x",
    ) {
        let text = pieces.concat();
        if let Some(found) = inline::read(&text, &mail(&subject)) {
            let most = text.len().saturating_add(200);
            prop_assert!(found.text.unwrap_or_default().len() <= most);
            prop_assert!(found.note.unwrap_or_default().len() <= most);
        }
    }
}
