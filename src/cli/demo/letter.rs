//! People's mail, built as their programs build it: multipart, quotes, signatures, attachments.

use anyhow::Context as _;
use data_encoding::HEXLOWER;
use jiff::tz::TimeZone;
use lettre::message::{
    Attachment, Mailbox, Message, MultiPart, SinglePart,
    header::{ContentType, HeaderName, HeaderValue},
};

use super::cast::{Client, Person};
use crate::{
    clock::{self, Clock},
    mail::read::{Limits, read},
    model::message::IncomingMessage,
};

/// A mail that came to somebody.
#[derive(Debug)]
pub(super) struct Incoming {
    /// Its bytes, as they lie in the mailbox.
    pub(super) bytes: Vec<u8>,
    /// What it says.
    pub(super) mail: IncomingMessage,
}

impl Incoming {
    /// Reads a mail.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        let mail = read(&bytes, &Limits::default()).message;
        Self { bytes, mail }
    }

    /// Its subject.
    pub(super) fn subject(&self) -> &str {
        self.mail.subject.as_deref().unwrap_or("")
    }

    /// Its text.
    pub(super) fn text(&self) -> &str {
        self.mail.text.as_deref().unwrap_or("")
    }

    /// Its Message-ID in brackets.
    fn id(&self) -> String {
        let id = self.mail.message_id.as_ref();
        id.map_or_else(String::new, |id| format!("<{}>", id.as_str()))
    }

    fn references(&self) -> String {
        let ids = self.mail.references.iter();
        let mut all: Vec<String> = ids.map(|id| format!("<{}>", id.as_str())).collect();
        all.push(self.id());
        all.join(" ")
    }
}

/// A mail to be sent.
#[derive(Debug)]
pub(super) struct Letter<'a> {
    pub(super) from: &'a Person,
    pub(super) to: &'a str,
    pub(super) subject: String,
    pub(super) text: &'a str,
    /// The mail it answers: quoted, and named in its headers.
    pub(super) answers: Option<&'a Incoming>,
    pub(super) file: Option<(&'a str, &'a str, &'a [u8])>,
    pub(super) client: Client,
    pub(super) headers: &'a [(&'static str, &'static str)],
}

/// A mail as it is sent.
#[derive(Debug)]
pub(super) struct Sent {
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Its Message-ID, without brackets.
    pub(super) id: String,
}

impl<'a> Letter<'a> {
    /// A new mail.
    pub(super) fn new(from: &'a Person, to: &'a str, subject: &str, text: &'a str) -> Self {
        Self {
            from,
            to,
            subject: subject.to_owned(),
            text,
            answers: None,
            file: None,
            client: from.client,
            headers: &[],
        }
    }

    /// What the Reply button makes.
    pub(super) fn reply(from: &'a Person, answers: &'a Incoming, text: &'a str) -> Self {
        let subject = answers.subject();
        let subject = if subject.starts_with("Re:") {
            subject.to_owned()
        } else {
            format!("Re: {subject}")
        };
        let author = answers.mail.from.as_ref();
        let to = author.map(|author| author.address.as_str());
        Self {
            answers: Some(answers),
            subject,
            ..Self::new(from, to.unwrap_or(""), "", text)
        }
    }

    /// The same from another program.
    pub(super) fn by(mut self, client: Client) -> Self {
        self.client = client;
        self
    }

    /// With a file.
    pub(super) fn with(mut self, name: &'a str, media_type: &'a str, bytes: &'a [u8]) -> Self {
        self.file = Some((name, media_type, bytes));
        self
    }

    /// With headers of a machine.
    pub(super) fn marked(mut self, headers: &'a [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The bytes.
    pub(super) fn build(&self) -> anyhow::Result<Sent> {
        let mut chance = [0; 10];
        clock::fill_random(&mut chance).context("The system gives no random numbers")?;
        let domain = self.from.address.rsplit('@').next().unwrap_or("uni.test");
        let id = format!("{}@{domain}", HEXLOWER.encode(&chance));
        let from = Mailbox::new(Some(self.from.name.to_owned()), self.from.address.parse()?);
        let mut builder = Message::builder()
            .from(from)
            .to(Mailbox::new(None, self.to.parse()?))
            .subject(self.subject.as_str())
            .message_id(Some(format!("<{id}>")));
        if let Some(answers) = self.answers {
            builder = builder
                .in_reply_to(answers.id())
                .references(answers.references());
        }
        for (name, value) in self.headers {
            let name = HeaderName::new_from_ascii((*name).to_owned())?;
            builder = builder.raw_header(HeaderValue::new(name, (*value).to_owned()));
        }
        let text = format!("{}{}", self.text, self.below());
        let plain = SinglePart::plain(text.clone());
        let message = match (self.client, self.file) {
            (Client::Outlook, None) => builder.multipart(both(text))?,
            (Client::Outlook | Client::Thunderbird | Client::Phone, Some((name, kind, bytes))) => {
                let file = Attachment::new(name.to_owned())
                    .body(bytes.to_vec(), ContentType::parse(kind)?);
                let words = MultiPart::mixed().multipart(both(text));
                builder.multipart(words.singlepart(file))?
            }
            (Client::Thunderbird | Client::Phone, None) => builder.singlepart(plain)?,
        };
        Ok(Sent {
            bytes: message.formatted(),
            id,
        })
    }

    /// What the program puts below the words: the mail that is answered, in its own way.
    fn below(&self) -> String {
        let signature = match (self.client, self.from.is_russian) {
            (Client::Phone, true) => "\n\nОтправлено с iPhone",
            (Client::Phone, false) => "\n\nSent from my iPhone",
            (Client::Outlook | Client::Thunderbird, _) => "",
        };
        let Some(answers) = self.answers else {
            return signature.to_owned();
        };
        let author = answers.mail.from.as_ref();
        let name = author.and_then(|from| from.name.as_deref()).unwrap_or("");
        let address = author.map_or("", |from| from.address.as_str());
        let quoted: String = answers
            .text()
            .lines()
            .map(|line| format!("> {line}\n"))
            .collect();
        let now = Clock::System.now().to_zoned(TimeZone::UTC);
        let date = now.strftime("%d.%m.%Y %H:%M");
        let head = match (self.client, self.from.is_russian) {
            (Client::Outlook, true) => {
                let line = "________________________________";
                let subject = answers.subject();
                return format!(
                    "\n\n{line}\nОт: {name} <{address}>\nОтправлено: {date}\nКому: {}\nТема: {subject}\n\n{}",
                    self.from.name,
                    answers.text()
                );
            }
            (Client::Outlook, false) => {
                return format!(
                    "\n\n-----Original Message-----\nFrom: {name} <{address}>\nSent: {date}\nTo: {}\nSubject: {}\n\n{}",
                    self.from.name,
                    answers.subject(),
                    answers.text()
                );
            }
            (Client::Thunderbird, true) => format!("{date}, {name} пишет:"),
            (Client::Thunderbird, false) => format!("On {date}, {name} wrote:"),
            (Client::Phone, true) => format!("> {date}, {name} <{address}> написал(а):\n>"),
            (Client::Phone, false) => format!("> On {date}, {name} <{address}> wrote:\n>"),
        };
        format!("{signature}\n\n{head}\n{quoted}")
    }
}

/// Text and the HTML that says the same.
fn both(text: String) -> MultiPart {
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let html = format!(
        "<html><body><div>{}</div></body></html>",
        escaped.replace('\n', "<br>\n")
    );
    MultiPart::alternative_plain_html(text, html)
}
