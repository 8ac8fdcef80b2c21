//! Replies as people's mail programs compose them, made from a mail that came out of okno: its ids, its subject, its text
//! and its page quoted in each program's own way, with signatures and pictures where that program puts them.
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a helper of tests: what goes wrong here fails the test"
)]

use data_encoding::{BASE64, BASE64_MIME};
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders as _};

/// A program, as it stands in a Russian office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    /// Outlook for Windows: a page by Word, the header block of the original above it, nothing marked as quoted.
    Outlook,
    /// Outlook on the web, through Exchange.
    OutlookWeb,
    /// Gmail in a browser.
    Gmail,
    /// Mail on a Mac.
    AppleMail,
    /// Mail on an iPhone, with its line below.
    IPhone,
    /// Thunderbird, answering above the quote, text and page.
    Thunderbird,
    /// Thunderbird as it is after its installation: below the quote; as flowed text alone where nothing needs a page.
    ThunderbirdBelow,
    /// Yandex in a browser: a page alone.
    Yandex,
    /// Mail.ru in a browser.
    MailRu,
}

/// All of them.
pub(crate) const CLIENTS: [Client; 9] = [
    Client::Outlook,
    Client::OutlookWeb,
    Client::Gmail,
    Client::AppleMail,
    Client::IPhone,
    Client::Thunderbird,
    Client::ThunderbirdBelow,
    Client::Yandex,
    Client::MailRu,
];

/// What somebody writes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer<'a> {
    /// `Имя <address>`.
    pub(crate) author: &'a str,
    /// The name of the mail; the program makes its own kind of Message-ID of it.
    pub(crate) id: &'a str,
    /// The lines.
    pub(crate) words: &'a [&'a str],
    /// A picture put among the words, a PNG.
    pub(crate) picture: Option<&'a [u8]>,
    /// The signature that the program puts below by itself.
    pub(crate) signature: &'a [&'a str],
}

/// The mail that is answered.
struct Original {
    from_name: String,
    from: String,
    reply_to: String,
    to: String,
    subject: String,
    id: String,
    references: Vec<String>,
    index: Option<Vec<u8>>,
    text: Vec<String>,
    page: String,
    /// Content id, type, bytes.
    pictures: Vec<(String, String, Vec<u8>)>,
}

impl Original {
    fn of(bytes: &[u8]) -> Self {
        let mail = MessageParser::default().parse(bytes).unwrap();
        let from = mail.from().and_then(|from| from.first()).unwrap();
        let address = from.address().unwrap().to_owned();
        let reply_to = mail.reply_to().and_then(|to| to.first());
        let to = mail.to().and_then(|to| to.first());
        let html = mail.body_html(0).unwrap();
        let (_, rest) = html.split_once("<body").unwrap();
        let (_, inner) = rest.split_once('>').unwrap();
        let index =
            raw(&mail, "Thread-Index").map(|index| BASE64.decode(index.as_bytes()).unwrap());
        Self {
            from_name: from.name().unwrap_or_default().to_owned(),
            reply_to: reply_to
                .and_then(|to| to.address())
                .unwrap_or(&address)
                .to_owned(),
            from: address,
            to: to
                .and_then(|to| to.address())
                .unwrap_or_default()
                .to_owned(),
            subject: mail.subject().unwrap_or_default().to_owned(),
            id: mail.message_id().unwrap().to_owned(),
            references: ids(mail.references()),
            index,
            text: unflowed(&mail.body_text(0).unwrap()),
            page: inner.replace("</body>", "").replace("</html>", ""),
            pictures: mail.attachments().filter_map(picture).collect(),
        }
    }

    /// The subject without what other programs have put before it.
    fn topic(&self) -> &str {
        let mut topic = self.subject.as_str();
        for prefix in ["Re: ", "RE: ", "Ответ: ", "На: "] {
            topic = topic.strip_prefix(prefix).unwrap_or(topic);
        }
        topic
    }
}

fn raw(mail: &Message<'_>, name: &'static str) -> Option<String> {
    mail.header_raw(name).map(|value| value.trim().to_owned())
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let all = value.as_text_list().unwrap_or_default();
    all.iter().map(ToString::to_string).collect()
}

fn picture(part: &mail_parser::MessagePart<'_>) -> Option<(String, String, Vec<u8>)> {
    let id = part.content_id()?;
    let kind = part.content_type()?;
    let kind = format!("{}/{}", kind.ctype(), kind.subtype()?);
    Some((id.to_owned(), kind, part.contents().to_vec()))
}

/// Paragraphs put together again (RFC 3676).
fn unflowed(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let plain = line.strip_prefix(' ').unwrap_or(line);
        match lines.last_mut().filter(|_| is_open) {
            Some(last) => last.push_str(plain),
            None => lines.push(plain.to_owned()),
        }
        is_open = line.ends_with(' ') && line != "-- ";
    }
    lines
}

impl Client {
    /// The answer's bytes.
    pub(crate) fn reply(self, mail: &[u8], answer: &Answer<'_>) -> Vec<u8> {
        let original = Original::of(mail);
        let head = self.head(&original, answer);
        let body = match self {
            Self::Outlook => outlook(&original, answer),
            Self::OutlookWeb => outlook_web(&original, answer),
            Self::Gmail => gmail(&original, answer),
            Self::AppleMail | Self::IPhone => self.apple(&original, answer),
            Self::Thunderbird => thunderbird(&original, answer),
            Self::ThunderbirdBelow => thunderbird_below(&original, answer),
            Self::Yandex => yandex(&original, answer),
            Self::MailRu => mail_ru(&original, answer),
        };
        let whole = format!("{head}{body}");
        whole
            .replace("\r\n", "\n")
            .replace('\n', "\r\n")
            .into_bytes()
    }

    /// A name for a test's ids.
    pub(crate) fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    fn head(self, original: &Original, answer: &Answer<'_>) -> String {
        let (name, address) = answer.author.split_once(" <").unwrap();
        let address = address.trim_end_matches('>');
        let domain = address.rsplit('@').next().unwrap();
        let own = answer.id;
        let id = match self {
            Self::Outlook => format!("000001dc57a1${own}$7f3a8d10$@{domain}"),
            Self::OutlookWeb => {
                format!("AM0PR07MB4417{own}@AM0PR07MB4417.eurprd07.prod.outlook.com")
            }
            Self::Gmail => format!("CAKx7+{own}=TZ_q@mail.gmail.com"),
            Self::AppleMail | Self::IPhone => format!("8F2C1A34-{own}-4E57@{domain}"),
            Self::Thunderbird | Self::ThunderbirdBelow => format!("6d3b0c11-{own}-9a5e@{domain}"),
            Self::Yandex => format!("1731{own}@mail.yandex.ru"),
            Self::MailRu => format!("1763.{own}@f512.i.mail.ru"),
        };
        let prefix = match self {
            Self::Outlook => "RE: ",
            Self::OutlookWeb => "Ответ: ",
            Self::MailRu => "На: ",
            Self::Gmail
            | Self::AppleMail
            | Self::IPhone
            | Self::Thunderbird
            | Self::ThunderbirdBelow
            | Self::Yandex => "Re: ",
        };
        let subject = format!("{prefix}{}", original.topic());
        let ids = original.references.iter().chain([&original.id]);
        let ids: Vec<String> = ids.map(|id| format!("<{id}>")).collect();
        let is_named = matches!(self, Self::Outlook | Self::MailRu);
        let to = match is_named {
            true => format!("{} <{}>", word(&original.from_name), original.reply_to),
            false => format!("<{}>", original.reply_to),
        };
        let mut head = format!("From: {} <{address}>\nTo: {to}\n", word(name));
        head.push_str(&format!("Subject: {}\n", words(&subject)));
        head.push_str(&format!(
            "Date: Tue, 17 Nov 2026 12:30:00 +0300\nMessage-ID: <{id}>\nIn-Reply-To: <{}>\nReferences: {}\n",
            original.id,
            ids.join("\n ")
        ));
        head.push_str(&self.fields(original, answer));
        head
    }

    /// What only this program writes.
    fn fields(self, original: &Original, answer: &Answer<'_>) -> String {
        match self {
            Self::Outlook => format!(
                "MIME-Version: 1.0\nX-Mailer: Microsoft Outlook 16.0\nContent-Language: ru\nThread-Index: {}\n",
                index(original, answer)
            ),
            Self::OutlookWeb => format!(
                "Thread-Topic: {}\nThread-Index: {}\nAccept-Language: ru-RU, en-US\nX-MS-Has-Attach: {}\n\
                 X-MS-TNEF-Correlator:\nContent-Language: ru-RU\nMIME-Version: 1.0\n",
                words(original.topic()),
                index(original, answer),
                answer.picture.map_or("", |_| "yes")
            ),
            Self::Gmail => "MIME-Version: 1.0\nX-Gm-Features: AWmQ_bk\n".to_owned(),
            Self::AppleMail => "Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3826.200.121\\))\n\
                 X-Mailer: Apple Mail (2.3826.200.121)\n"
                .to_owned(),
            Self::IPhone => "Mime-Version: 1.0 (1.0)\nX-Mailer: iPhone Mail (22B83)\n".to_owned(),
            Self::Thunderbird | Self::ThunderbirdBelow => {
                "MIME-Version: 1.0\nUser-Agent: Mozilla Thunderbird\nContent-Language: ru\n"
                    .to_owned()
            }
            Self::Yandex => {
                "MIME-Version: 1.0\nX-Mailer: Yamail [ http://yandex.ru ] 5.0\n".to_owned()
            }
            Self::MailRu => {
                "MIME-Version: 1.0\nX-Mailer: Mail.Ru Mailer 1.0\nX-Priority: 3 (Normal)\n"
                    .to_owned()
            }
        }
    }

    #[expect(
        clippy::too_many_lines,
        reason = "a mail as it is written, top to bottom"
    )]
    fn apple(self, original: &Original, answer: &Answer<'_>) -> String {
        let is_phone = self == Self::IPhone;
        let said = format!(
            "17 нояб. 2026 г., в 12:00, {} <{}> написал(а):",
            original.from_name, original.from
        );
        let mut plain = answer.words.join("\n");
        let sign: Vec<&str> = if is_phone {
            vec!["Отправлено с iPhone"]
        } else {
            answer.signature.to_vec()
        };
        if !sign.is_empty() {
            plain.push_str(&format!("\n\n{}", sign.join("\n")));
        }
        plain.push_str(&format!("\n\n> {said}\n> \n"));
        if is_phone {
            plain.push_str("> \u{feff}");
        }
        for line in &original.text {
            plain.push_str(&format!("> {line}\n"));
        }
        let lines = answer.words.iter().map(|line| match *line {
            "" => "<div><br></div>".to_owned(),
            line => format!("<div>{}</div>", escaped(line)),
        });
        let mut page = String::from(
            "<html><head><meta http-equiv=\"content-type\" content=\"text/html; charset=utf-8\"></head><body ",
        );
        page.push_str(if is_phone {
            "dir=\"auto\">"
        } else {
            "style=\"overflow-wrap: break-word; -webkit-nbsp-mode: space; line-break: after-white-space;\">"
        });
        page.push_str(&lines.collect::<String>());
        if answer.picture.is_some() {
            page.push_str("<div><img alt=\"image.png\" src=\"cid:D9A7E1F0-0001\"></div>");
        }
        if !sign.is_empty() {
            let sign: Vec<String> = sign.iter().map(|line| escaped(line)).collect();
            page.push_str(&format!("<br><div dir=\"ltr\">{}</div>", sign.join("<br>")));
        }
        let said = escaped(&said);
        page.push_str(&if is_phone {
            format!(
                "<div dir=\"ltr\"><br><blockquote type=\"cite\">{said}<br><br></blockquote></div>\
                 <blockquote type=\"cite\"><div dir=\"ltr\">\u{feff}{}</div></blockquote></body></html>",
                original.page
            )
        } else {
            format!(
                "<div><br><blockquote type=\"cite\"><div>{said}</div><br class=\"Apple-interchange-newline\">\
                 <div>{}</div></blockquote></div><br></body></html>",
                original.page
            )
        });
        let text = part("text/plain; charset=utf-8", "quoted-printable", &plain);
        let html = part("text/html; charset=utf-8", "quoted-printable", &page);
        // The page and its pictures stand together within the alternative.
        let mut pictures = quoted_pictures(original, "inline");
        if let Some(bytes) = answer.picture {
            pictures.insert(
                0,
                picture_part("D9A7E1F0-0001", "image/png", "image.png", "inline", bytes),
            );
        }
        let html = if pictures.is_empty() {
            html
        } else {
            pictures.insert(0, html);
            multipart("related; type=\"text/html\"", "Apple-Mail=_R", &pictures)
        };
        multipart("alternative", "Apple-Mail=_A", &[text, html])
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a mail as it is written, top to bottom"
)]
fn outlook(original: &Original, answer: &Answer<'_>) -> String {
    let labels = [
        (
            "From",
            format!("{} <{}>", original.from_name, original.from),
        ),
        ("Sent", "Tuesday, November 17, 2026 12:00 PM".to_owned()),
        ("To", original.to.clone()),
        ("Subject", original.subject.clone()),
    ];
    let mut plain = answer.words.join("\n\n");
    if !answer.signature.is_empty() {
        plain.push_str(&format!("\n\n \n\n{}", answer.signature.join("\n")));
    }
    plain.push_str("\n\n \n\n");
    for (label, value) in &labels {
        plain.push_str(&format!("{label}: {value} \n"));
    }
    plain.push_str(&format!("\n \n\n{}\n", original.text.join("\n\n")));
    let line = |words: &str| match words {
        "" => "<p class=MsoNormal><o:p>&nbsp;</o:p></p>\n".to_owned(),
        words => format!(
            "<p class=MsoNormal><span style='mso-fareast-language:EN-US'>{}<o:p></o:p></span></p>\n",
            escaped(words)
        ),
    };
    let mut page = String::from(
        "<html xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:w=\"urn:schemas-microsoft-com:office:word\"><head><meta http-equiv=Content-Type \
         content=\"text/html; charset=utf-8\"><meta name=Generator content=\"Microsoft Word 15 (filtered medium)\">\
         <!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->\n\
         <style><!--\np.MsoNormal, li.MsoNormal {margin:0cm;font-size:11.0pt;}\n--></style></head>\
         <body lang=RU link=\"#0563C1\" vlink=\"#954F72\" style='word-wrap:break-word'><div class=WordSection1>\n",
    );
    page.extend(answer.words.iter().map(|words| line(words)));
    if answer.picture.is_some() {
        page.push_str(
            "<p class=MsoNormal><img width=120 height=80 style='width:1.25in;height:.8333in' \
             id=\"Рисунок_x0020_1\" src=\"cid:image001.png@01DC57A1.8B2C3D40\"><o:p></o:p></p>\n",
        );
    }
    page.push_str(&line(""));
    if !answer.signature.is_empty() {
        page.extend(answer.signature.iter().map(|words| line(words)));
        page.push_str(&line(""));
    }
    page.push_str(
        "<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>",
    );
    let labels: Vec<String> = labels
        .iter()
        .map(|(label, value)| {
            format!(
                "<b><span lang=EN-US>{label}:</span></b><span lang=EN-US> {}",
                escaped(value)
            )
        })
        .collect();
    page.push_str(&labels.join(" <br></span>"));
    page.push_str("<o:p></o:p></span></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>");
    page.push_str(&by_word(&original.page));
    page.push_str("</div></body></html>");
    let mut pictures = quoted_pictures(original, "inline");
    if let Some(bytes) = answer.picture {
        let cid = "image001.png@01DC57A1.8B2C3D40";
        pictures.insert(
            0,
            picture_part(cid, "image/png", "image001.png", "inline", bytes),
        );
    }
    let text = part("text/plain;\n\tcharset=\"utf-8\"", "base64", &plain);
    let html = part("text/html;\n\tcharset=\"utf-8\"", "quoted-printable", &page);
    let both = multipart(
        "alternative",
        "----=_NextPart_001_0002_01DC57A1",
        &[text, html],
    );
    if pictures.is_empty() {
        return both;
    }
    pictures.insert(0, both);
    multipart("related", "----=_NextPart_000_0001_01DC57A1", &pictures)
}

/// A page as Word writes it anew.
fn by_word(page: &str) -> String {
    page.replace("<p ", "<p class=MsoNormal ")
        .replace("</p>", "<o:p></o:p></p>")
        .replace(
            "<table role=\"presentation\"",
            "<table class=MsoNormalTable border=0",
        )
        .replace("<br>", "<br>\n")
}

#[expect(
    clippy::too_many_lines,
    reason = "a mail as it is written, top to bottom"
)]
fn outlook_web(original: &Original, answer: &Answer<'_>) -> String {
    let labels = [
        ("От", format!("{} <{}>", original.from_name, original.from)),
        ("Отправлено", "17 ноября 2026 г. 12:00".to_owned()),
        ("Кому", original.to.clone()),
        ("Тема", original.subject.clone()),
    ];
    let mut plain = answer.words.join("\n");
    if !answer.signature.is_empty() {
        plain.push_str(&format!("\n\n{}", answer.signature.join("\n")));
    }
    plain.push_str("\n________________________________\n");
    for (label, value) in &labels {
        plain.push_str(&format!("{label}: {value}\n"));
    }
    plain.push_str(&format!("\n{}\n", original.text.join("\n")));
    let line = |words: &str| {
        match words {
        "" => "<div class=\"elementToProof\" style=\"font-family: Aptos; font-size: 12pt;\"><br></div>".to_owned(),
        words => format!(
            "<div class=\"elementToProof\" style=\"font-family: Aptos; font-size: 12pt;\">{}</div>",
            escaped(words)
        ),
    }
    };
    let mut page = String::from(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\
         <style type=\"text/css\" style=\"display:none;\"> P {margin-top:0;margin-bottom:0;} </style></head><body dir=\"ltr\">",
    );
    page.extend(answer.words.iter().map(|words| line(words)));
    if answer.picture.is_some() {
        page.push_str(
            "<div class=\"elementToProof\"><img style=\"max-width: 100%;\" data-outlook-trace=\"F:1|T:1\" \
             src=\"cid:6d0b1f52-0001\"></div>",
        );
    }
    if !answer.signature.is_empty() {
        let lines: Vec<String> = answer
            .signature
            .iter()
            .map(|words| escaped(words))
            .collect();
        page.push_str(&format!(
            "<div id=\"Signature\" class=\"elementToProof\"><p>{}</p></div>",
            lines.join("<br>")
        ));
    }
    page.push_str(
        "<div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\" tabindex=\"-1\">\
         <div id=\"divRplyFwdMsg\" dir=\"ltr\"><font face=\"Calibri, sans-serif\" style=\"font-size:11pt\" color=\"#000000\">",
    );
    let labels: Vec<String> = labels
        .iter()
        .map(|(label, value)| format!("<b>{label}:</b> {}", escaped(value)))
        .collect();
    page.push_str(&labels.join("<br>"));
    page.push_str("</font><div>&nbsp;</div></div><div>");
    page.push_str(&original.page);
    page.push_str("</div></body></html>");
    let mut pictures = quoted_pictures(original, "inline");
    if let Some(bytes) = answer.picture {
        pictures.insert(
            0,
            picture_part("6d0b1f52-0001", "image/png", "image.png", "inline", bytes),
        );
    }
    let text = part("text/plain; charset=\"utf-8\"", "base64", &plain);
    let html = part("text/html; charset=\"utf-8\"", "base64", &page);
    let both = multipart("alternative", "_000_AM0PR07MB4417", &[text, html]);
    if pictures.is_empty() {
        return both;
    }
    pictures.insert(0, both);
    multipart(
        "related;\n\ttype=\"multipart/alternative\"",
        "_004_AM0PR07MB4417",
        &pictures,
    )
}

fn gmail(original: &Original, answer: &Answer<'_>) -> String {
    let said = format!(
        "вт, 17 нояб. 2026 г. в 12:00, {} <{}>:",
        original.from_name, original.from
    );
    let mut plain = answer.words.join("\n");
    if answer.picture.is_some() {
        plain.push_str("\n[image: image.png]");
    }
    if !answer.signature.is_empty() {
        plain.push_str(&format!("\n\n-- \n{}", answer.signature.join("\n")));
    }
    plain.push_str(&format!("\n\n{said}\n\n"));
    for line in &original.text {
        for piece in wrapped(line, 74) {
            plain.push_str(format!("> {piece}").trim_end());
            plain.push('\n');
        }
    }
    let mut lines = answer.words.iter();
    let mut page = format!("<div dir=\"ltr\">{}", escaped(lines.next().unwrap_or(&"")));
    page.extend(lines.map(|line| match *line {
        "" => "<div><br></div>".to_owned(),
        line => format!("<div>{}</div>", escaped(line)),
    }));
    if answer.picture.is_some() {
        page.push_str("<div><br></div><div><img src=\"cid:ii_m3abc0\" alt=\"image.png\" width=\"120\" height=\"80\"><br></div>");
    }
    if !answer.signature.is_empty() {
        let lines: Vec<String> = answer
            .signature
            .iter()
            .map(|words| escaped(words))
            .collect();
        page.push_str(&format!(
            "<div><br clear=\"all\"></div><div><br></div><span class=\"gmail_signature_prefix\">-- </span><br>\
             <div dir=\"ltr\" class=\"gmail_signature\" data-smartmail=\"gmail_signature\"><div dir=\"ltr\">{}</div></div>",
            lines.join("<br>")
        ));
    }
    page.push_str(&format!(
        "</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">\
         вт, 17 нояб. 2026 г. в 12:00, {} &lt;<a href=\"mailto:{1}\">{1}</a>&gt;:<br></div><blockquote class=\"gmail_quote\" \
         style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex\">{2}</blockquote></div>\n",
        escaped(&original.from_name),
        original.from,
        original.page
    ));
    let mut pictures = quoted_pictures(original, "inline");
    if let Some(bytes) = answer.picture {
        let more = picture_part("ii_m3abc0", "image/png", "image.png", "inline", bytes);
        pictures.insert(0, format!("X-Attachment-Id: ii_m3abc0\n{more}"));
    }
    let text = part("text/plain; charset=\"UTF-8\"", "base64", &plain);
    let html = part("text/html; charset=\"UTF-8\"", "base64", &page);
    let both = multipart("alternative", "0000000000004bc1", &[text, html]);
    if pictures.is_empty() {
        return both;
    }
    pictures.insert(0, both);
    multipart("related", "0000000000004bc0", &pictures)
}

fn thunderbird(original: &Original, answer: &Answer<'_>) -> String {
    let said = format!("17.11.2026 12:00, {} пишет:", original.from_name);
    let mut plain = answer.words.join("\n");
    plain.push_str(&format!("\n\n{said}\n"));
    plain.push_str(&quoted_flowed(&original.text));
    let sign = answer.signature.join("\n");
    if !sign.is_empty() {
        plain.push_str(&format!("\n-- \n{sign}\n"));
    }
    let mut page = String::from(
        "<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\">\n  \
         </head>\n  <body>\n",
    );
    for line in answer.words {
        page.push_str(&match *line {
            "" => "<p><br></p>\n".to_owned(),
            line => format!("<p>{}</p>\n", escaped(line)),
        });
    }
    if answer.picture.is_some() {
        page.push_str("<p><img src=\"cid:part1.Kq0Zp1.Xy2@uni.test\" alt=\"\"></p>\n");
    }
    page.push_str(&format!(
        "<div class=\"moz-cite-prefix\">{}<br></div>\n<blockquote type=\"cite\" cite=\"mid:{}\">{}</blockquote>\n",
        escaped(&said),
        original.id,
        original.page
    ));
    if !sign.is_empty() {
        page.push_str(&format!(
            "<pre class=\"moz-signature\" cols=\"72\">-- \n{}</pre>\n",
            escaped(&sign)
        ));
    }
    page.push_str("</body>\n</html>\n");
    let mut pictures = quoted_pictures(original, "inline");
    if let Some(bytes) = answer.picture {
        let cid = "part1.Kq0Zp1.Xy2@uni.test";
        pictures.insert(
            0,
            picture_part(cid, "image/png", "image.png", "inline", bytes),
        );
    }
    let text = part("text/plain; charset=UTF-8; format=flowed", "8bit", &plain);
    let html = part("text/html; charset=UTF-8", "8bit", &page);
    let html = if pictures.is_empty() {
        html
    } else {
        pictures.insert(0, html);
        multipart("related", "------------R0", &pictures)
    };
    multipart("alternative", "------------A0", &[text, html])
}

fn thunderbird_below(original: &Original, answer: &Answer<'_>) -> String {
    let mut plain = format!("17.11.2026 12:00, {} пишет:\n", original.from_name);
    plain.push_str(&quoted_flowed(&original.text));
    plain.push_str(&format!("\n{}\n", answer.words.join("\n")));
    if !answer.signature.is_empty() {
        plain.push_str(&format!("\n-- \n{}\n", answer.signature.join("\n")));
    }
    let text = part("text/plain; charset=UTF-8; format=flowed", "8bit", &plain);
    // A page that says no more than its text is not sent.
    let Some(bytes) = answer.picture else {
        return text;
    };
    let mut page = format!(
        "<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\">\n  \
         </head>\n  <body>\n<div class=\"moz-cite-prefix\">17.11.2026 12:00, {} пишет:<br></div>\n\
         <blockquote type=\"cite\" cite=\"mid:{}\">{}</blockquote>\n<p><br></p>\n",
        escaped(&original.from_name),
        original.id,
        original.page
    );
    for line in answer.words {
        page.push_str(&match *line {
            "" => "<p><br></p>\n".to_owned(),
            line => format!("<p>{}</p>\n", escaped(line)),
        });
    }
    let cid = "part1.Kq0Zp1.Xy2@uni.test";
    page.push_str(&format!("<p><img src=\"cid:{cid}\" alt=\"\"></p>\n"));
    if !answer.signature.is_empty() {
        let sign = escaped(&answer.signature.join("\n"));
        page.push_str(&format!(
            "<pre class=\"moz-signature\" cols=\"72\">-- \n{sign}</pre>\n"
        ));
    }
    page.push_str("</body>\n</html>\n");
    let mut related = vec![
        part("text/html; charset=UTF-8", "8bit", &page),
        picture_part(cid, "image/png", "image.png", "inline", bytes),
    ];
    related.extend(quoted_pictures(original, "inline"));
    let page = multipart("related", "------------R1", &related);
    multipart("alternative", "------------A1", &[text, page])
}

fn quoted_flowed(lines: &[String]) -> String {
    let mut quoted = String::new();
    for line in lines {
        let pieces = wrapped(line, 70);
        let last = pieces.len() - 1;
        for (at, piece) in pieces.iter().enumerate() {
            let soft = if at < last { " " } else { "" };
            quoted.push_str(format!("> {piece}").trim_end());
            quoted.push_str(soft);
            quoted.push('\n');
        }
    }
    quoted
}

fn yandex(original: &Original, answer: &Answer<'_>) -> String {
    let mut page = String::from("<div>");
    for line in answer.words {
        page.push_str(&match *line {
            "" => "<div> </div>".to_owned(),
            line => format!("<div>{}</div>", escaped(line)),
        });
    }
    if answer.picture.is_some() {
        page.push_str("<div><img src=\"cid:a7c1e9d4@yandex.ru\" /></div>");
    }
    if !answer.signature.is_empty() {
        let lines = answer
            .signature
            .iter()
            .map(|line| format!("<div>{}</div>", escaped(line)));
        page.push_str(&format!(
            "<div> </div><div>-- </div>{}",
            lines.collect::<String>()
        ));
    }
    page.push_str(&format!(
        "</div><div> </div><div>17.11.2026, 12:00, \"{}\" &lt;{}&gt;:</div><blockquote><div>{}</div></blockquote>",
        escaped(&original.from_name),
        original.from,
        original.page
    ));
    let html = part("text/html; charset=utf-8", "base64", &page);
    let mut pictures = quoted_pictures(original, "inline");
    if let Some(bytes) = answer.picture {
        pictures.insert(
            0,
            picture_part(
                "a7c1e9d4@yandex.ru",
                "image/png",
                "image.png",
                "inline",
                bytes,
            ),
        );
    }
    if pictures.is_empty() {
        return html;
    }
    pictures.insert(0, html);
    multipart("related", "----==--bound.1.myt5-y", &pictures)
}

fn mail_ru(original: &Original, answer: &Answer<'_>) -> String {
    let said = format!(
        "Вторник, 17 ноября 2026, 12:00 +03:00 от {} <{}>:",
        original.from_name, original.from
    );
    let mut plain = format!("\n{}\n", answer.words.join("\n"));
    if !answer.signature.is_empty() {
        plain.push_str(&format!("\n--\n{}\n", answer.signature.join("\n")));
    }
    plain.push_str(&format!("\n  \n>{said}\n> \n"));
    for line in &original.text {
        plain.push_str(&format!(">{line}\n"));
    }
    let lines: Vec<String> = answer.words.iter().map(|line| escaped(line)).collect();
    let mut page = format!("\n<HTML><BODY><div>{}</div>", lines.join("<br>"));
    if answer.picture.is_some() {
        page.push_str("<div><img src=\"cid:QWERTY1@mail.ru\" alt=\"image.png\"></div>");
    }
    if !answer.signature.is_empty() {
        let lines: Vec<String> = answer.signature.iter().map(|line| escaped(line)).collect();
        page.push_str(&format!(
            "<div data-signature-widget=\"container\"><div>--<br>{}</div></div>",
            lines.join("<br>")
        ));
    }
    page.push_str(&format!(
        "<div>&nbsp;</div><blockquote style=\"border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;\">{}<br>\
         &nbsp;<div id=\"\"><div class=\"js-helper js-readmsg-msg\"><div><div id=\"style_17633700000000000001_BODY\">\
         {}</div></div></div></div></blockquote></BODY></HTML>\n",
        escaped(&said),
        original.page
    ));
    let text = part("text/plain; charset=utf-8", "base64", &plain);
    let html = part("text/html; charset=utf-8", "base64", &page);
    let both = multipart("alternative", "--ALT--0fE1F5FB8c4A", &[text, html]);
    let mut pictures = quoted_pictures(original, "inline");
    if let Some(bytes) = answer.picture {
        pictures.insert(
            0,
            picture_part("QWERTY1@mail.ru", "image/png", "image.png", "inline", bytes),
        );
    }
    if pictures.is_empty() {
        return both;
    }
    pictures.insert(0, both);
    multipart("related", "----REL-0fE1F5FB", &pictures)
}

/// The pictures of the quoted page go back with it.
fn quoted_pictures(original: &Original, place: &str) -> Vec<String> {
    let pictures = original.pictures.iter().enumerate();
    pictures
        .map(|(at, (id, kind, bytes))| {
            picture_part(id, kind, &format!("quoted{at}.png"), place, bytes)
        })
        .collect()
}

fn picture_part(id: &str, kind: &str, name: &str, place: &str, bytes: &[u8]) -> String {
    format!(
        "Content-Type: {kind}; name=\"{name}\"\nContent-Disposition: {place}; filename=\"{name}\"\n\
         Content-Transfer-Encoding: base64\nContent-ID: <{id}>\n\n{}",
        BASE64_MIME.encode(bytes)
    )
}

fn part(kind: &str, encoding: &str, text: &str) -> String {
    let text = text.replace('\n', "\r\n");
    let body = match encoding {
        "base64" => BASE64_MIME.encode(text.as_bytes()),
        "quoted-printable" => quoted_printable(&text),
        _ => text,
    };
    format!("Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n{body}\n")
}

fn multipart(kind: &str, boundary: &str, parts: &[String]) -> String {
    let mut whole = format!("Content-Type: multipart/{kind};\n boundary=\"{boundary}\"\n\n");
    for part in parts {
        whole.push_str(&format!("--{boundary}\n{part}\n"));
    }
    whole.push_str(&format!("--{boundary}--\n"));
    whole
}

/// RFC 2045, 6.7.
fn quoted_printable(text: &str) -> String {
    let mut encoded = String::new();
    for line in text.split("\r\n") {
        let mut column = 0;
        let last = line.len().saturating_sub(1);
        for (at, byte) in line.bytes().enumerate() {
            let is_plain = (byte.is_ascii_graphic() && byte != b'=') || (byte == b' ' && at < last);
            let piece = if is_plain {
                char::from(byte).to_string()
            } else {
                format!("={byte:02X}")
            };
            if column + piece.len() > 75 {
                encoded.push_str("=\n");
                column = 0;
            }
            column += piece.len();
            encoded.push_str(&piece);
        }
        encoded.push('\n');
    }
    encoded
}

fn wrapped(line: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for word in line.split(' ') {
        let last = pieces.last_mut().unwrap();
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() > width {
            pieces.push(word.to_owned());
        } else {
            last.push(' ');
            last.push_str(word);
        }
    }
    pieces
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A phrase, encoded where it must be (RFC 2047).
fn word(text: &str) -> String {
    if text.is_ascii() {
        format!("\"{text}\"")
    } else {
        words(text)
    }
}

fn words(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut chunks = vec![String::new()];
    for c in text.chars() {
        if chunks.last().unwrap().len() + c.len_utf8() > 42 {
            chunks.push(String::new());
        }
        chunks.last_mut().unwrap().push(c);
    }
    let chunks: Vec<String> = chunks
        .iter()
        .map(|chunk| format!("=?UTF-8?B?{}?=", BASE64.encode(chunk.as_bytes())))
        .collect();
    chunks.join("\n ")
}

/// The conversation index, with a child block of five octets for this answer (MS-OXOMSG 2.2.1.3).
fn index(original: &Original, answer: &Answer<'_>) -> String {
    let mut bytes = original.index.clone().unwrap_or_else(|| {
        let mut fresh = vec![1, 0xdc, 0x57, 0xa1, 0x8b, 0x2c];
        fresh.extend(answer.id.bytes().cycle().take(16));
        fresh
    });
    bytes.extend(answer.id.bytes().rev().cycle().take(5));
    BASE64.encode(&bytes)
}
