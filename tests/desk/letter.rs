//! Mails as people's programs write them, and as people read what came.

use okno::{
    mail::read::{Limits, read},
    model::message::IncomingMessage,
};

/// A mail to be written.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    headers: Vec<(String, String)>,
    text: String,
    file: Option<(String, Vec<u8>)>,
}

impl Letter {
    /// A fresh mail: to one of our mailboxes.
    pub(crate) fn to(address: &str, subject: &str, text: &str) -> Self {
        let headers = vec![
            ("To".to_owned(), address.to_owned()),
            ("Subject".to_owned(), subject.to_owned()),
        ];
        Self {
            headers,
            text: text.to_owned(),
            file: None,
        }
    }

    /// What Reply makes of a mail: References, `Re:`, a quote below.
    pub(crate) fn reply_to(received: &Received, text: &str) -> Self {
        let mail = &received.mail;
        let from = mail.from.as_ref().expect("our mails have an author");
        let subject = mail.subject.clone().unwrap_or_default();
        let subject = if subject.starts_with("Re: ") {
            subject
        } else {
            format!("Re: {subject}")
        };
        let quote: String = mail
            .text
            .as_deref()
            .unwrap_or("")
            .lines()
            .map(|line| format!("> {line}\r\n"))
            .collect();
        let date = "вторник, 17 ноября 2026 г., 12:00";
        let body = format!(
            "{text}\r\n\r\n{date} {} <{}> писал(а):\r\n{quote}",
            from.name.as_deref().unwrap_or(""),
            from.address
        );
        let to = mail.reply_to.first().unwrap_or(from);
        let mut letter = Self::to(&to.address, &subject, &body);
        let id = mail.message_id.as_ref().expect("our mails have an id");
        let ids: Vec<String> = mail
            .references
            .iter()
            .chain([id])
            .map(|id| format!("<{id}>"))
            .collect();
        letter.set("In-Reply-To", &format!("<{id}>"));
        letter.set("References", &ids.join("\r\n "));
        letter
    }

    /// With one more header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    /// What a machine makes of a mail that answers under its subject and names none of its ids.
    pub(crate) fn answer_without_ids(received: &Received, text: &str) -> Self {
        let from = received
            .mail
            .from
            .as_ref()
            .expect("our mails have an author");
        Self::to(&from.address, &format!("Re: {}", received.subject()), text)
    }

    /// The value of a header that it has.
    pub(crate) fn header(&self, name: &str) -> String {
        let mut headers = self.headers.iter();
        let found = headers.find(|(own, _)| own == name);
        found.expect("the header").1.clone()
    }

    /// Whether it has that header.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(own, _)| own == name)
    }

    /// With a file.
    pub(crate) fn with_file(mut self, name: &str, bytes: &[u8]) -> Self {
        self.file = Some((name.to_owned(), bytes.to_vec()));
        self
    }

    fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(other, _)| other != name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// The bytes, from this author.
    pub(crate) fn bytes(&self, author: &str, id: &str) -> Vec<u8> {
        let mut head = format!("From: {author}\r\n");
        let has_id = self.headers.iter().any(|(name, _)| name == "Message-ID");
        if !has_id {
            head.push_str(&format!("Message-ID: <{id}>\r\n"));
        }
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("Date: Tue, 17 Nov 2026 12:00:00 +0300\r\nMIME-Version: 1.0\r\n");
        let text = self.text.replace("\r\n", "\n").replace('\n', "\r\n");
        let plain =
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
        let body = match &self.file {
            None => format!("{plain}{text}\r\n"),
            Some((name, bytes)) => {
                let encoded = data_encoding::BASE64_MIME.encode(bytes);
                format!(
                    "Content-Type: multipart/mixed; boundary=\"==b\"\r\n\r\n--==b\r\n{plain}{text}\r\n--==b\r\n\
                     Content-Type: application/octet-stream; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
                     Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--==b--\r\n"
                )
            }
        };
        format!("{head}{body}").into_bytes()
    }
}

/// A mail that somebody got.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// To whom it went.
    pub(crate) recipient: String,
    /// `MAIL FROM`.
    pub(crate) envelope_from: Option<String>,
    /// What it is called in the envelope.
    pub(crate) envelope_id: String,
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// What it says.
    pub(crate) mail: IncomingMessage,
}

impl Received {
    pub(crate) fn new(recipient: String, envelope_from: Option<String>, bytes: Vec<u8>) -> Self {
        let mail = read(&bytes, &Limits::default()).message;
        Self {
            recipient,
            envelope_from,
            envelope_id: String::new(),
            bytes,
            mail,
        }
    }

    /// The subject.
    pub(crate) fn subject(&self) -> &str {
        self.mail.subject.as_deref().unwrap_or("")
    }

    /// The whole text.
    pub(crate) fn text(&self) -> &str {
        self.mail.text.as_deref().unwrap_or("")
    }

    /// A header's raw value.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.bytes);
        let head = text
            .split("\r\n\r\n")
            .next()?
            .replace("\r\n ", " ")
            .replace("\r\n\t", " ");
        let prefix = format!("{}:", name.to_lowercase());
        head.lines()
            .find(|line| line.to_lowercase().starts_with(&prefix))
            .and_then(|line| line.get(prefix.len()..))
            .map(|value| value.trim().to_owned())
    }
}
