//! Ordinary mails for the reader, about 5 kB each: Russian and English, half of them with a page beside the plain text,
//! answers with quotes as several programs write them, a small file in some. The same number always gives the same mail.

use data_encoding::BASE64_MIME;

#[path = "../support/words.rs"]
mod words;

use words::{Chance, ENGLISH, RUSSIAN, encoded_word};

/// Mail number `n`.
pub(crate) fn mail(n: u64) -> Vec<u8> {
    let mut chance = Chance(n);
    let is_russian = chance.below(10) < 7;
    let is_answer = chance.below(10) < 6;
    let text = text(&mut chance, is_russian);
    let quote = is_answer.then(|| chance.words(if is_russian { RUSSIAN } else { ENGLISH }, 900));
    let head = head(n, &mut chance, is_russian, is_answer);
    let is_rich = n.is_multiple_of(2);
    let body = if is_rich {
        rich(n, &text, quote.as_deref(), is_russian)
    } else {
        plain(&plain_text(n, &text, quote.as_deref(), is_russian), n)
    };
    let body = if chance.below(6) == 0 {
        with_file(n, &body, &chance.bytes(1_500))
    } else {
        body
    };
    format!("{head}{body}").into_bytes()
}

fn text(chance: &mut Chance, is_russian: bool) -> String {
    let bytes = usize::try_from(chance.below(700))
        .unwrap_or(0)
        .saturating_add(500);
    let (words, end) = if is_russian {
        (
            RUSSIAN,
            "\r\n-- \r\nС уважением,\r\nОльга Тестова\r\nкафедра химии, ауд. 214\r\n",
        )
    } else {
        (
            ENGLISH,
            "\r\n-- \r\nKind regards,\r\nOlga Example\r\nDepartment of Chemistry\r\n",
        )
    };
    format!("{}{end}", chance.words(words, bytes))
}

fn head(n: u64, chance: &mut Chance, is_russian: bool, is_answer: bool) -> String {
    let (name, subject) = if is_russian {
        (
            "Ольга Тестова",
            format!("Не работает доступ к порталу, обращение {n}"),
        )
    } else {
        (
            "Olga Example",
            format!("No access to the portal, employee {n}"),
        )
    };
    let unique = chance.next();
    let re = if is_answer { "Re: " } else { "" };
    let refs = if is_answer {
        format!(
            "In-Reply-To: <{n}.r@uni.test>\r\nReferences: <{n}.root@uni.test>\r\n <{n}.q@uni.test> <{n}.r@uni.test>\r\n"
        )
    } else {
        String::new()
    };
    format!(
        "Return-Path: <visitor{n}@customers.test>\r\nDelivered-To: it@uni.test\r\n\
         Received: from mx.uni.test (localhost [127.0.0.1])\r\n\tby store.uni.test with LMTP id {unique:X}\r\n\tfor <it@uni.test>; Tue, 17 Nov 2026 12:00:08 +0300\r\n\
         Received: from client.customers.test (client.customers.test [192.0.2.{host}])\r\n\tby mx.uni.test (Postfix) with ESMTPS id 4Z{n:08X}\r\n\tfor <it@uni.test>; Tue, 17 Nov 2026 12:00:07 +0300 (MSK)\r\n\
         Authentication-Results: mx.uni.test; dkim=pass (2048-bit key) header.d=customers.test; spf=pass smtp.mailfrom=customers.test\r\n\
         DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=customers.test; s=2026;\r\n\th=from:to:subject:date:message-id; bh={hash};\r\n\tb={hash}{hash}{hash}\r\n\
         Date: Tue, 17 Nov 2026 12:00:03 +0300\r\nFrom: {name} <visitor{n}@customers.test>\r\nTo: {to} <it@uni.test>\r\nCc: colleague{n}@customers.test\r\n\
         Subject: {re}{subject}\r\nMessage-ID: <{n}.{unique:016x}@mail.customers.test>\r\n{refs}MIME-Version: 1.0\r\nUser-Agent: Mozilla Thunderbird\r\n\
         Content-Language: ru\r\nX-Spam-Status: No, score=-1.9\r\n",
        host = n % 250,
        hash = data_encoding::BASE64.encode(&chance.bytes(48)),
        name = encoded_word(name),
        to = encoded_word(if is_russian {
            "ИТ-поддержка"
        } else {
            "IT support"
        }),
        subject = encoded_word(&subject),
    )
}

/// The line above a quote, as different programs write it.
fn attribution(n: u64, is_russian: bool) -> &'static str {
    match (n % 4, is_russian) {
        (0, true) => "пн, 16 нояб. 2026 г. в 10:15, ИТ-поддержка <it@uni.test>:",
        (1, true) => "16.11.2026 10:15, ИТ-поддержка пишет:",
        (2, true) => "16.11.2026, 10:15, \"ИТ-поддержка\" <it@uni.test>:",
        (0 | 1, false) => "On Mon, 16 Nov 2026 at 10:15, IT support <it@uni.test> wrote:",
        (2, false) => "On 11/16/26 10:15, IT support wrote:",
        (_, true) => {
            "От: ИТ-поддержка <it@uni.test>\r\nОтправлено: 16 ноября 2026 г. 10:15\r\nКому: Ольга Тестова\r\nТема: Доступ\r\n"
        }
        (_, false) => {
            "From: IT support <it@uni.test>\r\nSent: Monday, November 16, 2026 10:15 AM\r\nTo: Olga Example\r\nSubject: Access\r\n"
        }
    }
}

fn plain_text(n: u64, text: &str, quote: Option<&str>, is_russian: bool) -> String {
    let Some(quote) = quote else {
        return text.to_owned();
    };
    let is_block = n % 4 == 3;
    let quoted: String = quote
        .lines()
        .map(|line| format!("{}{line}\r\n", if is_block { "" } else { "> " }))
        .collect();
    format!("{text}\r\n{}\r\n{quoted}", attribution(n, is_russian))
}

fn plain(text: &str, n: u64) -> String {
    if n.is_multiple_of(3) {
        return format!(
            "Content-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}"
        );
    }
    let encoded = BASE64_MIME.encode(text.as_bytes());
    format!(
        "Content-Type: text/plain; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"
    )
}

fn rich(n: u64, text: &str, quote: Option<&str>, is_russian: bool) -> String {
    let paragraphs = |text: &str| -> String {
        text.lines()
            .map(|line| format!("<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;font-family:&quot;Calibri&quot;\">{line}&nbsp;</span></p>\r\n"))
            .collect()
    };
    let below = quote.map_or_else(String::new, |quote| {
        format!(
            "<div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">{}<br></div><blockquote class=\"gmail_quote\" style=\"margin:0 0 0 .8ex\">{}</blockquote></div>",
            attribution(n, is_russian).replace('<', "&lt;").replace('>', "&gt;"),
            paragraphs(quote)
        )
    });
    let page = format!(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><style>p.MsoNormal {{margin:0cm;}}</style></head><body lang=\"RU\"><div>{}</div>{below}</body></html>",
        paragraphs(text)
    );
    let page = if n.is_multiple_of(4) {
        format!(
            "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}"
        )
    } else {
        let encoded = BASE64_MIME.encode(page.as_bytes());
        format!(
            "Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"
        )
    };
    let text = plain(&plain_text(n, text, quote, is_russian), n);
    format!(
        "Content-Type: multipart/alternative; boundary=\"alt-{n}\"\r\n\r\n--alt-{n}\r\n{text}\r\n--alt-{n}\r\n{page}\r\n--alt-{n}--\r\n"
    )
}

fn with_file(n: u64, body: &str, bytes: &[u8]) -> String {
    let encoded = BASE64_MIME.encode(bytes);
    format!(
        "Content-Type: multipart/mixed; boundary=\"mix-{n}\"\r\n\r\n--mix-{n}\r\n{body}\r\n--mix-{n}\r\n\
         Content-Type: image/png; name=\"screen.png\"\r\nContent-Disposition: attachment; filename=\"screen.png\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--mix-{n}--\r\n"
    )
}
