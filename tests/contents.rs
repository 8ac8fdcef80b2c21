//! What lies inside mails: the text in its forms, mails attached, `winmail.dat`, meetings, signed and encrypted parts.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests: what goes wrong here fails the test"
)]

use proptest::prelude::*;

use okno::{
    mail::read::{Limits, decode, decode_all, read},
    model::message::{IncomingMessage, Kind, Place, Reading},
};
use sha2::{Digest, Sha256};

fn reading(raw: &str) -> Reading {
    let reading = read(raw.as_bytes(), &Limits::default());
    for (attachment, place) in reading.message.attachments.iter().zip(&reading.places) {
        assert_eq!(decode(raw.as_bytes(), place).len() as u64, attachment.bytes);
    }
    reading
}

fn message(raw: &str) -> IncomingMessage {
    reading(raw).message
}

/// A mail of these parts, each with its own header lines, in a multipart of this type.
fn mail(kind: &str, parts: &[&str]) -> String {
    let mut raw = format!(
        "From: Anna <anna@uni.test>\nTo: it@uni.test\nSubject: Принтер\nContent-Type: multipart/{kind}; boundary=B\n"
    );
    for part in parts {
        raw.push_str("\n--B\n");
        raw.push_str(part);
    }
    raw.push_str("\n--B--\n");
    raw
}

#[track_caller]
fn check(kind: &str, parts: &[&str], text: &str, files: &[&str]) {
    let message = message(&mail(kind, parts));
    assert_eq!(message.text.as_deref().unwrap_or_default(), text);
    let names: Vec<&str> = message
        .attachments
        .iter()
        .map(|file| file.name.as_deref().unwrap_or(&file.media_type))
        .collect();
    assert_eq!(names, files);
}

const PLAIN: &str = "Content-Type: text/plain\n\nПринтер не печатает.";
const HTML: &str = "Content-Type: text/html\n\n<p>Принтер <b>не</b> печатает.</p>";
const PDF: &str = "Content-Type: application/pdf; name=a.pdf\n\n%PDF";

#[test]
fn of_two_forms_the_better_one_is_read() {
    check("alternative", &[PLAIN, HTML], "Принтер не печатает.", &[]);
    check(
        "alternative",
        &["Content-Type: text/plain\n\n \n", HTML],
        "Принтер не печатает.",
        &[],
    );
    check(
        "alternative",
        &["\nPlease view this mail in an HTML client.", HTML],
        "Принтер не печатает.",
        &[],
    );
    check(
        "alternative",
        &[
            "\nПривет",
            "Content-Type: text/html\n\n<p>Привет</p><p>Принтер на втором этаже не печатает</p>",
        ],
        "Привет\n\nПринтер на втором этаже не печатает",
        &[],
    );
    check(
        "alternative",
        &[
            PLAIN,
            "Content-Type: text/x-amp-html\n\n<html amp4email>x</html>",
            "Content-Type: multipart/related; boundary=C\n\n--C\nContent-Type: text/html; name=a.html\n\n<p>Принтер не печатает.</p>\n--C\nContent-Type: image/png; name=l.png\nContent-Id: <l>\n\nx\n--C--",
        ],
        "Принтер не печатает.",
        &["l.png"],
    );
    check("related", &[PLAIN, HTML], "Принтер не печатает.", &[]);
    check(
        "x-unknown",
        &[PLAIN, HTML, PDF],
        "Принтер не печатает.",
        &["a.pdf"],
    );
}

#[test]
fn several_texts_are_read_in_their_order() {
    check(
        "mixed",
        &[
            "\nСначала",
            PDF,
            "Content-Type: text/html\n\n<i>Потом</i>",
            "Content-Type: text/plain; name=notes.txt\n\nфайл",
        ],
        "Сначала\n\nПотом",
        &["a.pdf", "notes.txt"],
    );
    check("mixed", &["\nOne", "\nOne", "\nTwo"], "One\n\nTwo", &[]);
}

#[test]
fn other_forms_of_text_are_read() {
    check(
        "alternative",
        &["Content-Type: text/enriched\n\n<bold>Принтер</bold>\n\nне печатает"],
        "Принтер\nне печатает",
        &[],
    );
    check(
        "mixed",
        &[
            "Content-Type: application/xhtml+xml\n\n<html xmlns='x'><body><p>Принтер</p></body></html>",
        ],
        "Принтер",
        &[],
    );
    check(
        "alternative",
        &["Content-Type: text/rtf\n\n{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8}"],
        "При",
        &[],
    );
    check(
        "alternative",
        &[PLAIN, "Content-Type: text/rtf\n\n{\\rtf1 no}"],
        "Принтер не печатает.",
        &[],
    );
    check(
        "mixed",
        &["\n<html><body>Принтер<br>не печатает</body></html>"],
        "Принтер\nне печатает",
        &[],
    );
}

#[test]
fn a_file_is_read_where_nothing_else_is() {
    let file = "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nПринтер";
    check("mixed", &["\n", PDF, file], "Принтер", &["a.pdf", "a.txt"]);
    check("mixed", &[PLAIN, file], "Принтер не печатает.", &["a.txt"]);
    check(
        "mixed",
        &[
            "Content-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<p>Принтер",
        ],
        "Принтер",
        &["a.html"],
    );
    check("mixed", &[PDF], "", &["a.pdf"]);
    check(
        "report; report-type=delivery-status",
        &["Content-Type: message/delivery-status\n\nAction: failed"],
        "Action: failed",
        &["message/delivery-status"],
    );
}

#[test]
fn what_is_in_the_html_by_data_is_no_text() {
    let image = format!(
        "<p>a</p><img src='data:image/png;base64,{}'>b",
        "QUJD".repeat(9000)
    );
    check(
        "mixed",
        &[&format!("Content-Type: text/html\n\n{image}")],
        "a\n\nb",
        &[],
    );
}

#[test]
fn all_the_html_of_a_mail_is_limited() {
    let part = format!(
        "Content-Type: text/html\n\n{}",
        "<p>word</p>".repeat(30_000)
    );
    let other = part.replace("word", "more");
    let message = message(&mail("mixed", &[&part, &other]));
    assert!(message.oddities.contains(&"html_truncated".to_owned()));
    assert!(message.text.unwrap().contains("more"));
}

/// A mail as it is attached.
const INNER: &str = "From: Olga <olga@lab.test>\nTo: Anna <anna@uni.test>\nSubject: Смета\nDate: Mon, 23 Nov 2026 10:15:00 +0300\nContent-Type: multipart/mixed; boundary=I\n\n--I\n\nВот смета.\n--I\nContent-Type: application/pdf; name=smeta.pdf\n\n%PDF\n--I--";

const OPENED: &str = "От: Olga <olga@lab.test>\nДата: 2026-11-23 10:15:00+03:00\nКому: Anna <anna@uni.test>\nТема: Смета\nФайлы: smeta.pdf\n\nВот смета.";

#[test]
fn attached_mails_are_opened() {
    let plain = format!("Content-Type: message/rfc822; name=a.eml\n\n{INNER}");
    check(
        "mixed",
        &["\nПосмотрите", &plain],
        &format!("Посмотрите\n\n{OPENED}"),
        &["a.eml"],
    );
    let found = message(&mail("mixed", &["\nПосмотрите", &plain]));
    let forwarded = found.forwarded.unwrap();
    assert_eq!(forwarded.from.unwrap().address, "olga@lab.test");
    assert_eq!(forwarded.note.as_deref(), Some("Посмотрите"));
    assert_eq!(forwarded.text.as_deref(), Some("Вот смета."));
    assert_eq!(found.reply.as_deref(), Some("Посмотрите"));

    let encoded = data_encoding::BASE64_MIME.encode(INNER.as_bytes());
    for head in [
        "Content-Type: message/rfc822",
        "Content-Type: message/global",
        "Content-Type: application/octet-stream; name=a.EML",
    ] {
        let part = format!("{head}\nContent-Transfer-Encoding: base64\n\n{encoded}");
        let text = message(&mail("mixed", &[&part])).text.unwrap();
        assert_eq!(text, OPENED, "{head}");
    }
    let digest = message(&mail(
        "digest",
        &[&format!("\n{INNER}"), "\nSubject: Второе\n\nДа"],
    ));
    assert_eq!(
        digest.text.unwrap(),
        format!("{OPENED}\n\nТема: Второе\n\nДа")
    );
    assert_eq!(digest.forwarded, None);
}

#[test]
fn mails_within_mails_are_opened() {
    let level = |inner: &str, name: &str| {
        format!(
            "Subject: {name}\nContent-Type: multipart/mixed; boundary={name}\n\n--{name}\n\ntext {name}\n--{name}\nContent-Type: message/rfc822\n\n{inner}\n--{name}--"
        )
    };
    let deep = level(&level(INNER, "two"), "one");
    let found = message(&mail(
        "mixed",
        &[&format!("Content-Type: message/rfc822\n\n{deep}")],
    ));
    let text = found.text.unwrap();
    for piece in ["text one", "text two", "Вот смета.", "smeta.pdf"] {
        assert!(text.contains(piece), "{text}");
    }
    assert_eq!(found.forwarded.unwrap().subject.as_deref(), Some("one"));
    let mut endless = INNER.to_owned();
    for n in 0..200 {
        endless = level(&endless, &format!("n{n}"));
    }
    assert!(message(&endless).text.unwrap().starts_with("text n199"));
}

#[test]
fn a_report_shows_what_it_returns() {
    let text = message(&mail(
        "report; report-type=delivery-status",
        &[
            "\nIt could not be delivered.",
            "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; olga@lab.test\nAction: failed\nStatus: 5.1.1",
            &format!("Content-Type: message/rfc822\n\n{INNER}"),
        ],
    ));
    assert!(text.text.unwrap().ends_with("Вот смета."));
    assert_eq!(text.reply.as_deref(), Some("It could not be delivered."));
    assert_eq!(text.forwarded, None);
}

/// A `winmail.dat` with a text and a file.
fn winmail() -> Vec<u8> {
    let mut bytes = vec![0x78, 0x9F, 0x3E, 0x22, 1, 0];
    let attributes: [(u8, u32, &[u8]); 5] = [
        (1, 0x0001_8004, b"Printer\0"),
        (1, 0x0002_800C, b"It is broken.\0"),
        (2, 0x0006_9002, &[0; 14]),
        (2, 0x0001_8010, b"log.txt\0"),
        (2, 0x0006_800F, b"paper jam"),
    ];
    for (level, name, value) in attributes {
        bytes.push(level);
        bytes.extend(name.to_le_bytes());
        bytes.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
        bytes.extend(value);
        bytes.extend([0, 0]);
    }
    bytes
}

fn encoded(head: &str, bytes: &[u8]) -> String {
    let text = data_encoding::BASE64_MIME.encode(bytes);
    format!("{head}\nContent-Transfer-Encoding: base64\n\n{text}")
}

#[test]
fn winmail_dat_is_opened() {
    let part = encoded(
        "Content-Type: application/ms-tnef; name=winmail.dat",
        &winmail(),
    );
    let raw = mail("mixed", &["\n\n", &part]);
    let found = reading(&raw);
    assert_eq!(found.message.text.as_deref(), Some("It is broken."));
    assert_eq!(found.message.reply.as_deref(), Some("It is broken."));
    assert_eq!(found.message.subject.as_deref(), Some("Принтер"));
    let [original, file] = found.message.attachments.as_slice() else {
        panic!("{:?}", found.message.attachments);
    };
    assert_eq!(original.name.as_deref(), Some("winmail.dat"));
    assert_eq!(file.name.as_deref(), Some("log.txt"));
    assert_eq!((file.part.as_str(), file.bytes), ("2.1", 9));
    let place = &found.places[1];
    assert_eq!(decode(raw.as_bytes(), place), b"paper jam");
    let both = [&found.places[1], &found.places[0], &found.places[1]];
    let all = decode_all(raw.as_bytes(), both);
    assert_eq!(all, [&b"paper jam"[..], &winmail(), b"paper jam"]);
    let written = serde_json::to_string(place).unwrap();
    assert_eq!(&serde_json::from_str::<Place>(&written).unwrap(), place);
    // Where the mail says something itself, that is its text; a mail without a subject takes the one within.
    check(
        "mixed",
        &[PLAIN, &part],
        "Принтер не печатает.",
        &["winmail.dat", "log.txt"],
    );
    let bare = raw.replace("Subject: Принтер\n", "");
    assert_eq!(message(&bare).subject.as_deref(), Some("Printer"));
    let named = part.replace("application/ms-tnef", "application/octet-stream");
    check(
        "mixed",
        &[&named],
        "It is broken.",
        &["winmail.dat", "log.txt"],
    );
    let forwarded = format!("Content-Type: message/rfc822\n\nSubject: Fwd\n{part}");
    check(
        "mixed",
        &[&forwarded],
        "Subject: Fwd\nFiles: winmail.dat, log.txt\n\nIt is broken.",
        &["Fwd.eml"],
    );
}

#[test]
fn a_broken_winmail_dat_is_kept_and_said() {
    let mut bytes = winmail();
    bytes.truncate(bytes.len() - 6);
    let part = encoded(
        "Content-Type: application/ms-tnef; name=winmail.dat",
        &bytes,
    );
    let found = message(&mail("mixed", &[&part]));
    assert!(found.oddities.contains(&"tnef_broken".to_owned()));
    assert_eq!(found.text.as_deref(), Some("It is broken."));
    assert_eq!(found.attachments[0].bytes, bytes.len() as u64);
}

#[test]
fn places_written_before_containers_were_opened_are_read() {
    let old = r#"{"offset":7,"length":9,"encoding":"base64"}"#;
    let place: Place = serde_json::from_str(old).unwrap();
    assert_eq!((place.offset, place.length, place.inside), (7, 9, None));
    assert_eq!(serde_json::to_string(&place).unwrap(), old);
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    [&[tag, 0x82], &length[..], content].concat()
}

/// A CMS message of the sort `number`, around `content`.
fn cms(number: u8, content: &[u8]) -> Vec<u8> {
    let name = |n| der(6, &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, n]);
    let signed = [
        der(2, &[1]),
        der(0x31, b""),
        der(0x30, &[name(1), der(0xA0, &der(4, content))].concat()),
        der(0x31, b""),
    ];
    der(
        0x30,
        &[name(number), der(0xA0, &der(0x30, &signed.concat()))].concat(),
    )
}

#[test]
fn what_smime_signs_in_one_piece_is_read() {
    let entity = "Content-Type: multipart/mixed; boundary=S\r\n\r\n--S\r\n\r\nПодписано.\r\n--S\r\nContent-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\nMTsy\r\n--S--\r\n";
    let head = "From: anna@uni.test\nContent-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m";
    let raw = encoded(head, &cms(2, entity.as_bytes()));
    let found = reading(&raw);
    assert_eq!(found.message.text.as_deref(), Some("Подписано."));
    assert_eq!(found.message.security, ["smime_signed"]);
    let file = &found.message.attachments[1];
    assert_eq!(
        (file.name.as_deref(), file.part.as_str()),
        (Some("a.csv"), "1.2")
    );
    assert_eq!(decode(raw.as_bytes(), &found.places[1]), b"1;2");
    let list = mail(
        "mixed",
        &[
            &raw.replace("From: anna@uni.test\n", ""),
            "\nСписок рассылки",
        ],
    );
    assert_eq!(
        message(&list).text.as_deref(),
        Some("Подписано.\n\nСписок рассылки")
    );
}

#[track_caller]
fn check_security(raw: &str, codes: &[&str]) {
    let found = message(raw);
    assert_eq!(found.security, codes, "{raw}");
}

#[test]
fn what_is_signed_or_encrypted_is_said() {
    let part = |kind: &str, bytes: &[u8]| encoded(&format!("Content-Type: {kind}"), bytes);
    let enveloped = cms(3, b"x");
    check_security(
        &part("application/pkcs7-mime", &enveloped),
        &["smime_encrypted"],
    );
    check_security(
        &part("application/octet-stream; name=smime.p7m", &enveloped),
        &["smime_encrypted"],
    );
    check_security(
        &part(
            "application/x-pkcs7-mime; smime-type=signed-data",
            &enveloped,
        ),
        &["smime_encrypted"],
    );
    check_security(
        &part("application/pkcs7-mime; smime-type=certs-only", b"?"),
        &["smime_certificates"],
    );
    check_security(
        &mail(
            "signed; protocol=\"application/pkcs7-signature\"",
            &[
                PLAIN,
                "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nx",
            ],
        ),
        &["smime_signed"],
    );
    check_security(
        &mail(
            "signed; protocol=\"application/pgp-signature\"",
            &[PLAIN, "Content-Type: application/pgp-signature\n\nx"],
        ),
        &["pgp_signed"],
    );
    check_security(
        &mail(
            "encrypted; protocol=\"application/pgp-encrypted\"",
            &[
                "Content-Type: application/pgp-encrypted\n\nVersion: 1",
                "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----",
            ],
        ),
        &["pgp_encrypted"],
    );
    check_security(
        "Subject: a\n\nHi\n-----BEGIN PGP MESSAGE-----\n\nhQ\n",
        &["pgp_encrypted"],
    );
    check_security(
        "Subject: a\n\n-----BEGIN PGP SIGNED MESSAGE-----\n\nHi\n",
        &["pgp_signed"],
    );
    check_security(
        &part(
            "application/x-microsoft-rpmsg-message; name=message.rpmsg",
            b"x",
        ),
        &["rights_protected"],
    );
    check_security(&mail("mixed", &[PLAIN, PDF]), &[]);
}

#[test]
fn signed_parts_stay_as_they_are() {
    let signed = "Content-Type: text/x-log; name=a.log\r\n\r\nspaces at the end  \r\n\tand a tab\t\r\n\r\n.\r\n";
    let raw = mail(
        "signed; protocol=\"application/pgp-signature\"",
        &[
            signed,
            "Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----",
        ],
    );
    let found = reading(&raw);
    let content = decode(raw.as_bytes(), &found.places[0]);
    assert_eq!(
        content,
        b"spaces at the end  \r\n\tand a tab\t\r\n\r\n.\r\n"
    );
}

const INVITATION: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:План работ\r\nDTSTART;TZID=Europe/Moscow:20261123T101500\r\nDTEND;TZID=Europe/Moscow:20261123T111500\r\nLOCATION:Ауд. 5\r\nORGANIZER;CN=Анна:mailto:anna@uni.test\r\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:it@uni.test\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn an_invitation_without_a_text_is_told_in_words() {
    let part = encoded(
        "Content-Type: text/calendar; charset=utf-8; method=REQUEST; name=invite.ics",
        INVITATION.as_bytes(),
    );
    let told = "Приглашение на встречу: План работ\nКогда: понедельник, 23 ноября 2026, 10:15–11:15 (МСК)\nГде: Ауд. 5\nОрганизатор: Анна <anna@uni.test>\nПриглашены: it@uni.test";
    check("mixed", &[&part], told, &["invite.ics"]);
    check(
        "alternative",
        &["Content-Type: text/plain\n\n ", &part],
        told,
        &["invite.ics"],
    );
    check(
        "mixed",
        &[PLAIN, &part],
        &format!("Принтер не печатает.\n\n{told}"),
        &["invite.ics"],
    );
    let says = "\nКогда: понедельник, 10:15\n\nЖду всех";
    check("mixed", &[says, &part], says.trim(), &["invite.ics"]);
    let found = message(&mail("mixed", &[&part]));
    assert_eq!(found.kind, Kind::Calendar);
    assert!(found.answer_automatically);
    let calendar = found.calendar.unwrap();
    assert_eq!(calendar.method.as_deref(), Some("request"));
    assert_eq!(calendar.attendees, ["it@uni.test"]);
    let alone = encoded("Content-Type: text/calendar", INVITATION.as_bytes());
    assert_eq!(message(&alone).text.as_deref(), Some(told));
}

#[test]
fn answers_to_invitations_are_told() {
    let answer = INVITATION
        .replace("REQUEST", "REPLY")
        .replace("NEEDS-ACTION", "ACCEPTED");
    let part = encoded("Content-Type: text/calendar", answer.as_bytes());
    let found = message(&mail("mixed", &[&part]));
    let text = found.text.unwrap();
    assert!(text.starts_with("Ответ на приглашение: План работ\n"));
    assert!(text.ends_with("Ответ: приглашение принято — it@uni.test"));
    assert!(!found.answer_automatically);
}

#[test]
fn a_calendar_that_only_lies_beside_is_no_meeting() {
    let event = INVITATION.replace("METHOD:REQUEST\r\n", "");
    let part = encoded(
        "Content-Type: application/octet-stream; name=plan.ics",
        event.as_bytes(),
    );
    let found = message(&mail("mixed", &[PLAIN, &part]));
    assert_eq!(found.kind, Kind::Human);
    assert_eq!(found.calendar.unwrap().method, None);
}

fn any_part() -> impl Strategy<Value = String> {
    let head = proptest::sample::select(vec![
        "text/plain",
        "text/html",
        "text/enriched",
        "text/rtf",
        "text/calendar; method=REQUEST",
        "message/rfc822",
        "message/delivery-status",
        "application/ms-tnef",
        "application/pkcs7-mime",
        "application/octet-stream; name=winmail.dat",
        "application/octet-stream; name=a.eml",
        "application/octet-stream; name=a.p7m",
        "text/plain; name=a.txt",
        "multipart/alternative; boundary=B",
        "multipart/related; boundary=C",
    ]);
    let body = prop_oneof![
        "[ -~а-я\n<>&]{0,80}".prop_map(String::into_bytes),
        proptest::sample::select(vec![
            winmail(),
            cms(2, b"Content-Type: text/html\n\n<p>Signed"),
            cms(3, b""),
            INVITATION.as_bytes().to_vec(),
            INNER.as_bytes().to_vec(),
            PLAIN.as_bytes().to_vec(),
            b"{\\rtf1 rich}".to_vec(),
            b"--B\n\nagain\n--B--".to_vec(),
        ]),
        proptest::collection::vec(any::<u8>(), 0..60),
    ];
    (head, body, any::<proptest::sample::Index>()).prop_map(|(head, body, cut)| {
        let body = body
            .get(..cut.index(body.len().saturating_add(1)).saturating_mul(2))
            .unwrap_or(&body);
        encoded(&format!("Content-Type: {head}"), body)
    })
}

proptest! {
    #[test]
    fn whatever_is_inside_is_found_again(
        kind in proptest::sample::select(vec!["mixed", "alternative", "related", "report", "digest"]),
        parts in proptest::collection::vec(any_part(), 0..6),
    ) {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let raw = mail(kind, &parts);
        let found = reading(&raw);
        let again = decode_all(raw.as_bytes(), &found.places);
        for ((file, place), bytes) in found.message.attachments.iter().zip(&found.places).zip(again) {
            prop_assert_eq!(&decode(raw.as_bytes(), place), &bytes);
            let sum = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
            prop_assert_eq!(&sum, &file.sha256);
        }
        let text = found.message.text.unwrap_or_default();
        prop_assert!(text.len() <= raw.len().saturating_mul(10).saturating_add(2000));
    }
}
