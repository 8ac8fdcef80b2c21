//! What a mail holds reaches the agents: that it is encrypted, and the files in it whatever they were put in.

use sha2::{Digest, Sha256};

use super::{desk::Desk, letter::Letter};

const ENCRYPTED: &str = "From: Olga <olga@uni.test>\r\nTo: it@uni.test\r\nSubject: =?utf-8?B?0J/QsNGA0L7Qu9GM?=\r\n\
    Message-ID: <secret@uni.test>\r\nContent-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n\r\n\
    --b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n\
    Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--b--\r\n";

#[test]
fn an_encrypted_mail_opens_a_ticket_and_the_card_says_so() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    desk.arrives("it", ENCRYPTED.as_bytes());
    desk.step();
    assert_eq!(desk.tickets(), 1);
    olga.only_mail();
    let card = anna.only_mail();
    assert!(
        card.text()
            .contains("Внимание: письмо зашифровано, прочитать его не удалось."),
        "{}",
        card.text()
    );
    desk.inbox("boris@uni.test");
}

/// A `winmail.dat` with one file in it.
fn winmail(name: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0x78, 0x9F, 0x3E, 0x22, 1, 0];
    let title = [name.as_bytes(), &[0]].concat();
    let attributes: [(u8, u32, &[u8]); 3] = [
        (2, 0x0006_9002, &[0; 14]),
        (2, 0x0001_8010, &title),
        (2, 0x0006_800F, content),
    ];
    for (level, number, value) in attributes {
        bytes.push(level);
        bytes.extend(number.to_le_bytes());
        bytes.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
        bytes.extend(value);
        bytes.extend([0, 0]);
    }
    bytes
}

#[test]
fn files_in_winmail_dat_reach_the_agents() {
    let desk = Desk::open();
    let (olga, anna) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Анна", "anna@uni.test"),
    );
    let letter = Letter::to("it@uni.test", "Принтер", "Снимок вложен.");
    olga.writes(&letter.with_file("winmail.dat", &winmail("photo.jpg", b"\xFF\xD8 paper")));
    desk.step();
    olga.only_mail();
    let card = anna.only_mail();
    let photo = card
        .mail
        .attachments
        .iter()
        .find(|file| file.name.as_deref() == Some("photo.jpg"))
        .expect("the card brings the file");
    assert_eq!(photo.media_type, "image/jpeg");
    assert_eq!(
        photo.sha256,
        data_encoding::HEXLOWER.encode(&Sha256::digest(b"\xFF\xD8 paper"))
    );
    desk.inbox("boris@uni.test");
}
