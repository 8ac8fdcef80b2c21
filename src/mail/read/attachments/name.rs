//! What a file is called: the name that was given, or one that says what it is; made safe.

use std::collections::HashMap;

use crate::{
    mail::read::{
        bytes::{LineEnds, cut},
        charset,
        headers::Block,
        mime::Part,
        transfer, uuencode, words,
    },
    model::{file_name::safe, message::Encoding},
};

/// How much of an enclosed mail is looked at for its subject, in bytes as they are encoded.
const HEADER_MAX: usize = 64 << 10;

/// The longest description that is a name, in characters.
const DESCRIPTION_MAX: usize = 100;

/// The file name that was given.
pub(in crate::mail::read) fn given(part: &Part) -> Option<String> {
    let params = [
        (&part.disposition, "filename"),
        (&part.content_type, "name"),
        (&part.disposition, "name"),
        (&part.content_type, "filename"),
    ];
    params
        .into_iter()
        .filter_map(|(params, name)| params.text(name))
        .find_map(|written| safe(&words::decode_str(&written)))
}

/// The name of a part: given, or else made of what the part says of itself. `usual_names` counts those of the last
/// sort, which are told apart: `image.png`, `image1.png`.
pub(super) fn of(
    part: &Part,
    content: &[u8],
    usual_names: &mut HashMap<(&'static str, &'static str), usize>,
) -> Option<String> {
    given(part)
        .or_else(|| begun(part, content))
        .or_else(|| located(part))
        .or_else(|| enclosed(part, content))
        .or_else(|| identified(part))
        .or_else(|| described(part))
        .or_else(|| {
            // Nobody calls the parts of a report anything: machines read them.
            let (stem, ending) =
                usual(part.media_type()).filter(|_| !is_of_report(part.media_type()))?;
            let count = usual_names.entry((stem, ending)).or_default();
            let number = if *count == 0 {
                String::new()
            } else {
                count.to_string()
            };
            *count = count.saturating_add(1);
            Some(format!("{stem}{number}.{ending}"))
        })
}

/// The name on the `begin` line of uuencode.
fn begun(part: &Part, content: &[u8]) -> Option<String> {
    if part.encoding != Encoding::Uuencode {
        return None;
    }
    let name = uuencode::name(content)?;
    safe(&charset::guess_near(name, part.headers.near()).text)
}

/// The last piece of a `Content-Location` (RFC 2557), where that is a file's.
fn located(part: &Part) -> Option<String> {
    let written = part.headers.decoded("content-location")?;
    let name = written.rsplit('/').next()?.trim();
    let is_file = if written.contains("://") {
        ending_of(name).is_some() && !name.contains(['?', '#', '='])
    } else {
        !written.contains(['@', ':'])
    };
    is_file.then(|| safe(name))?
}

/// A mail within the mail is called by its subject.
fn enclosed(part: &Part, content: &[u8]) -> Option<String> {
    if !matches!(part.media_type(), "message/rfc822" | "message/global") {
        return None;
    }
    let start = transfer::decode(cut(content, 0, HEADER_MAX), part.encoding);
    let start = start.trim_ascii_start();
    let block = Block::read(start, 0, LineEnds::of(start), HEADER_MAX);
    let subject = block.headers.decoded("subject");
    let called = subject
        .filter(|s| !s.trim().is_empty())
        .or_else(|| part.headers.decoded("content-description"))?;
    safe(&format!("{}.eml", without_slashes(&called)))
}

/// `<image001.png@01D2>`: what Outlook calls its pictures.
fn identified(part: &Part) -> Option<String> {
    let id = part.headers.plain("content-id")?;
    let name = id.trim_matches(['<', '>', ' ']).split('@').next()?;
    let is_file = ending_of(name).is_some() && !part.media_type().starts_with("text/");
    is_file.then(|| safe(name))?
}

/// The description, with the usual ending of such a file.
fn described(part: &Part) -> Option<String> {
    let described = part.headers.decoded("content-description")?;
    let described = without_slashes(&described);
    if described.is_empty() || described.chars().count() > DESCRIPTION_MAX {
        return None;
    }
    if ending_of(&described).is_some() {
        return safe(&described);
    }
    let (_, ending) = usual(part.media_type())?;
    safe(&format!("{described}.{ending}"))
}

/// In a sentence a slash is no path.
fn without_slashes(words: &str) -> String {
    words.trim().replace(['/', '\\'], "_")
}

/// What stands after the last dot, where it looks like the ending of a file name.
fn ending_of(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_ending = (2..=5).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic());
    (is_ending && !stem.trim().is_empty()).then_some(ending)
}

/// A word for what a file of this type is, and its usual ending.
fn usual(media_type: &str) -> Option<(&'static str, &'static str)> {
    Some(match media_type {
        "text/plain" => ("document", "txt"),
        "text/html" | "application/xhtml+xml" => ("document", "html"),
        "text/calendar" | "application/ics" => ("invitation", "ics"),
        "text/vcard" | "text/x-vcard" | "text/directory" => ("contact", "vcf"),
        "text/csv" => ("table", "csv"),
        report if is_of_report(report) => ("report", "txt"),
        "message/rfc822" | "message/global" => ("mail", "eml"),
        "image/jpeg" | "image/jpg" | "image/pjpeg" => ("image", "jpg"),
        "image/png" | "image/x-png" => ("image", "png"),
        "image/gif" => ("image", "gif"),
        "image/bmp" => ("image", "bmp"),
        "image/tiff" => ("image", "tif"),
        "image/webp" => ("image", "webp"),
        "image/svg+xml" => ("image", "svg"),
        "video/quicktime" => ("video", "mov"),
        "video/mp4" => ("video", "mp4"),
        "audio/mpeg" | "audio/mp3" => ("audio", "mp3"),
        "audio/wav" | "audio/x-wav" => ("audio", "wav"),
        "application/pdf" => ("document", "pdf"),
        "application/zip" | "application/x-zip-compressed" => ("archive", "zip"),
        "application/pgp-signature" => ("signature", "asc"),
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => ("smime", "p7s"),
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => ("smime", "p7m"),
        "application/ms-tnef" | "application/vnd.ms-tnef" => ("winmail", "dat"),
        _ => return None,
    })
}

/// Whether parts of this type stand in reports only (RFC 3464, 6522, 8098, 5965).
fn is_of_report(media_type: &str) -> bool {
    matches!(
        media_type,
        "message/delivery-status"
            | "message/global-delivery-status"
            | "message/disposition-notification"
            | "message/feedback-report"
            | "text/rfc822-headers"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::read::{Limits, mime::Structure};

    #[track_caller]
    fn check_safe(written: &str, name: Option<&str>) {
        assert_eq!(safe(written).as_deref(), name, "{written}");
    }

    #[test]
    fn names_are_made_safe() {
        check_safe("Отчёт за ноябрь.pdf", Some("Отчёт за ноябрь.pdf"));
        check_safe("../../etc/passwd", Some("passwd"));
        check_safe("C:\\Users\\anna\\x.doc", Some("x.doc"));
        check_safe("invoice\u{202E}fdp.exe", Some("invoicefdp.exe"));
        check_safe("a\r\nb.txt", Some("a b.txt"));
        check_safe("con.txt", Some("_con.txt"));
        check_safe("Re: what?.eml", Some("Re: what?.eml"));
        check_safe("..", None);
        check_safe("  ", None);
        let long = format!("{}.pdf", "ы".repeat(300));
        let safe = safe(&long).unwrap();
        assert!(safe.len() <= 200 && safe.ends_with(".pdf"));
    }

    /// The name of a mail that is one part.
    #[track_caller]
    fn check(headers: &str, body: &str, name: Option<&str>) {
        let raw = format!("{headers}\n\n{body}");
        let structure = Structure::read(raw.as_bytes(), &Limits::default());
        let part = &structure.parts[0];
        let read = of(part, part.content(raw.as_bytes()), &mut HashMap::new());
        assert_eq!(read.as_deref(), name, "{raw}");
    }

    #[test]
    fn the_given_name_comes_first() {
        let both =
            "Content-Type: image/png; name=a.png\nContent-Disposition: attachment; filename=b.png";
        check(both, "", Some("b.png"));
        check(&both.replace("b.png", "\"\""), "", Some("a.png"));
        check(
            "Content-Type: image/png; name=a.png\nContent-Description: c",
            "",
            Some("a.png"),
        );
        check("Content-Type: image/png; filename=a.png", "", Some("a.png"));
        check(
            "Content-Type: image/png\nContent-Disposition: inline; name=a.png",
            "",
            Some("a.png"),
        );
        check(
            "Content-Disposition: attachment; filename=\"=?koi8-r?B?8NLJ18XU?=.txt\"",
            "",
            Some("Привет.txt"),
        );
    }

    #[test]
    fn without_one_the_part_says_what_it_is() {
        check(
            "Content-Type: image/png\nContent-Location: images/a.png",
            "",
            Some("a.png"),
        );
        check(
            "Content-Type: image/png\nContent-Location: http://uni.test/images/a.png",
            "",
            Some("a.png"),
        );
        check(
            "Content-Type: image/png\nContent-Location: http://uni.test/a?id=1",
            "",
            Some("image.png"),
        );
        check(
            "Content-Type: image/png\nContent-ID: <image001.png@01D2>",
            "",
            Some("image001.png"),
        );
        check(
            "Content-Type: image/png\nContent-ID: <01D2@uni.test>",
            "",
            Some("image.png"),
        );
        check(
            "Content-Type: message/delivery-status\nContent-Description: Delivery report",
            "",
            Some("Delivery report.txt"),
        );
        check(
            "Content-Type: application/pdf\nContent-Description: =?utf-8?B?0KHRh9GR0YI=?=",
            "",
            Some("Счёт.pdf"),
        );
        check(
            "Content-Type: x/y\nContent-Description: Plan 2026.xls",
            "",
            Some("Plan 2026.xls"),
        );
        check("Content-Type: x/y\nContent-Description: a plan", "", None);
        check("Content-Type: application/octet-stream", "", None);
        check("Content-Type: message/delivery-status", "", None);
        check(
            "Content-Transfer-Encoding: x-uuencode",
            "begin 644 cat.txt\n#0V%T\n`\nend",
            Some("cat.txt"),
        );
    }

    #[test]
    fn a_mail_is_called_by_its_subject() {
        let mail = "Content-Type: message/rfc822";
        check(
            mail,
            "Subject: =?utf-8?B?0J/RgNC40LLQtdGC?=\n\nx",
            Some("Привет.eml"),
        );
        check(
            mail,
            "From: a@uni.test\nSubject: Bill 1/2\n\nx",
            Some("Bill 1_2.eml"),
        );
        check(mail, "From: a@uni.test\n\nx", Some("mail.eml"));
        check(
            &format!("{mail}\nContent-Description: Undelivered Message"),
            "\nx",
            Some("Undelivered Message.eml"),
        );
        check(
            &format!("{mail}\nContent-Transfer-Encoding: base64"),
            "U3ViamVjdDogYQoKeA==",
            Some("a.eml"),
        );
    }

    #[test]
    fn names_made_up_are_told_apart() {
        let raw = "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: image/png\n\n1\n--B\nContent-Type: image/png\n\n2\n--B\nContent-Type: image/gif\n\n3\n--B--";
        let structure = Structure::read(raw.as_bytes(), &Limits::default());
        let (files, _) = super::super::read(raw.as_bytes(), &structure, &[]);
        let names: Vec<&str> = files.iter().filter_map(|f| f.name.as_deref()).collect();
        assert_eq!(names, ["image.png", "image1.png", "image.gif"]);
    }
}
