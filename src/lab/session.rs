//! One connection to the [`super::Door`]: the receiving side of SMTP (RFC 5321, 1870, 6152, 2920).

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use jiff::tz::TimeZone;

use super::{
    door::{Behind, House, Script, When},
    lmtp::Talk,
    mailfolder::MailFolder,
};
use crate::{clock::Clock, model::address::Address};

/// The largest mail taken.
const SIZE_MAX: usize = 60_000_000;
/// The longest command line taken (RFC 5321, 4.5.3.1.4 asks for 512; SIZE and friends make it longer).
const COMMAND_MAX: u64 = 4_000;
const RECIPIENTS_MAX: usize = 100;

/// What one line led to.
enum Next {
    Say(String),
    Data,
    Quit,
    HangUp,
}

#[derive(Default)]
struct Envelope {
    hello: String,
    from: Option<String>,
    to: Vec<String>,
}

impl Envelope {
    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }
}

/// Serves one connection to its end.
pub(super) fn serve(stream: &TcpStream, house: &House) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(300)))?;
    stream.set_write_timeout(Some(Duration::from_secs(60)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    let mut envelope = Envelope::default();
    writer.write_all(b"220 localhost okno's private SMTP server\r\n")?;
    loop {
        let mut line = Vec::new();
        let read = (&mut reader)
            .take(COMMAND_MAX)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(());
        }
        if line.last() != Some(&b'\n') {
            writer.write_all(b"500 5.5.2 The line is too long\r\n")?;
            return Ok(());
        }
        let line = String::from_utf8_lossy(&line);
        let next = match command(line.trim_end(), &mut envelope, house) {
            Next::Data => {
                writer.write_all(b"354 Go on; end with a dot on a line of its own\r\n")?;
                let content = read_content(&mut reader)?;
                let next = content.map_or_else(
                    || Next::Say("552 5.3.4 The mail is too large".to_owned()),
                    |content| take(&envelope, &content, house),
                );
                envelope.reset();
                next
            }
            next @ (Next::Say(_) | Next::Quit | Next::HangUp) => next,
        };
        match next {
            Next::Say(words) => writer.write_all(format!("{words}\r\n").as_bytes())?,
            Next::Quit => return writer.write_all(b"221 2.0.0 Good-bye\r\n"),
            Next::HangUp | Next::Data => return Ok(()),
        }
    }
}

fn command(line: &str, envelope: &mut Envelope, house: &House) -> Next {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let say = |words: &str| Next::Say(words.to_owned());
    match verb.to_ascii_uppercase().as_str() {
        "HELO" => {
            envelope.reset();
            envelope.hello = printable(rest);
            say("250 localhost")
        }
        "EHLO" => {
            envelope.reset();
            envelope.hello = printable(rest);
            Next::Say(format!(
                "250-localhost\r\n250-SIZE {SIZE_MAX}\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 PIPELINING"
            ))
        }
        "MAIL" => mail(rest, envelope),
        "RCPT" => recipient(rest, envelope, house),
        "DATA" if envelope.to.is_empty() => say("503 5.5.1 RCPT comes first"),
        "DATA" => Next::Data,
        "RSET" => {
            envelope.reset();
            say("250 2.0.0 Forgotten")
        }
        "NOOP" => say("250 2.0.0 Here"),
        "VRFY" => say("252 2.5.0 Try it"),
        "QUIT" => Next::Quit,
        _ => say("502 5.5.1 Not known here"),
    }
}

fn mail(rest: &str, envelope: &mut Envelope) -> Next {
    let Some((path, parameters)) = path_of(rest, "FROM:") else {
        return Next::Say("501 5.5.4 MAIL FROM:<address> is expected".to_owned());
    };
    if envelope.from.is_some() {
        return Next::Say("503 5.5.1 MAIL was said already".to_owned());
    }
    for parameter in parameters.split_ascii_whitespace() {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.to_ascii_uppercase().as_str() {
            "SIZE" if value.parse().is_ok_and(|size: usize| size <= SIZE_MAX) => {}
            "SIZE" => return Next::Say("552 5.3.4 The mail is too large".to_owned()),
            "BODY" => {}
            _ => return Next::Say(format!("555 5.5.4 {} is not known here", printable(name))),
        }
    }
    if !path.is_empty() && Address::parse(path).is_err() {
        return Next::Say("553 5.1.7 This is no address".to_owned());
    }
    envelope.from = Some(path.to_owned());
    Next::Say("250 2.1.0 Sender".to_owned())
}

fn recipient(rest: &str, envelope: &mut Envelope, house: &House) -> Next {
    if envelope.from.is_none() {
        return Next::Say("503 5.5.1 MAIL comes first".to_owned());
    }
    if envelope.to.len() >= RECIPIENTS_MAX {
        return Next::Say("452 4.5.3 Too many recipients".to_owned());
    }
    let address = path_of(rest, "TO:").and_then(|(path, _)| Address::parse(path).ok());
    // The address becomes the name of a folder, here or at Dovecot.
    let Some(address) = address
        .filter(|address| !address.as_str().contains('/') && !address.as_str().starts_with('.'))
    else {
        return Next::Say("553 5.1.3 This is no address".to_owned());
    };
    match house.script(When::Recipient, address.as_str()) {
        Some(Script::Say(words)) => Next::Say(words),
        Some(Script::HangUp | Script::TakeAndHangUp) => Next::HangUp,
        None => {
            envelope.to.push(address.as_str().to_owned());
            Next::Say("250 2.1.5 Recipient".to_owned())
        }
    }
}

/// What stands between `<` and `>` after `FROM:` or `TO:`, and the parameters behind it.
fn path_of<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let rest = rest.trim_start();
    let (head, tail) = rest.split_at_checked(keyword.len())?;
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    tail.trim_start().strip_prefix('<')?.split_once('>')
}

/// Reads up to the final dot and takes the doubled dots away. `None` where it was too large, read to its end all
/// the same. Only CRLF, dot, CRLF ends a mail: a server that also took a lone LF could be made to see two mails
/// where there is one (SMTP smuggling).
fn read_content(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    let mut is_too_large = false;
    let mut is_at_start = true;
    loop {
        let mut line = Vec::new();
        let read = reader
            .by_ref()
            .take(SIZE_MAX as u64)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if is_at_start && line == b".\r\n" {
            return Ok((!is_too_large).then_some(content));
        }
        let words = match line.strip_prefix(b".") {
            Some(rest) if is_at_start => rest,
            _ => &line,
        };
        is_at_start = line.ends_with(b"\r\n");
        is_too_large |= content.len().saturating_add(words.len()) > SIZE_MAX;
        if !is_too_large {
            content.extend_from_slice(words);
        }
    }
}

/// Hands the mail on to every recipient. With several, one answer has to do for all: the first that is not good.
/// Then the sender tries again and those who had it have it twice; a real server would keep what is left itself.
fn take(envelope: &Envelope, content: &[u8], house: &House) -> Next {
    let mut is_cut = false;
    let mut refused = None;
    for address in &envelope.to {
        match house.script(When::Content, address) {
            Some(Script::Say(words)) => {
                refused.get_or_insert(words);
                continue;
            }
            Some(Script::HangUp) => return Next::HangUp,
            Some(Script::TakeAndHangUp) => is_cut = true,
            None => {}
        }
        match hand_on(envelope, address, content, house) {
            Ok(()) => house.count(),
            Err(words) => {
                refused.get_or_insert(words);
            }
        }
    }
    if is_cut {
        return Next::HangUp;
    }
    Next::Say(refused.unwrap_or_else(|| "250 2.0.0 Taken".to_owned()))
}

/// Hands the mail to one recipient; the error is the SMTP answer to give.
fn hand_on(envelope: &Envelope, to: &str, content: &[u8], house: &House) -> Result<(), String> {
    let from = envelope.from.as_deref().unwrap_or_default();
    let now = Clock::System.now().to_zoned(TimeZone::UTC);
    let date = jiff::fmt::rfc2822::to_string(&now)
        .map_err(|error| format!("451 4.3.0 What time is it? {error}"))?;
    let received = format!(
        "Received: from {} (localhost [127.0.0.1])\r\n\tby localhost with ESMTP for <{to}>;\r\n\t{date}\r\n",
        envelope.hello
    );
    let later = |error: &super::LabError| format!("451 4.3.0 {}", printable(&error.to_string()));
    match &house.behind {
        // An LMTP server adds Return-Path and Delivered-To itself, as the last one on the way.
        Behind::Lmtp(port) => {
            let mail = [received.as_bytes(), content].concat();
            let mut talk = Talk::lmtp(*port).map_err(|error| later(&error))?;
            let answers = talk
                .send(from, &[to], &mail)
                .map_err(|error| later(&error))?;
            match answers.into_iter().find(|answer| !answer.is_good()) {
                Some(answer) => Err(answer.line),
                None => Ok(()),
            }
        }
        Behind::Maildirs(folder) => {
            let head = format!("Return-Path: <{from}>\r\nDelivered-To: {to}\r\n{received}");
            let mail = [head.as_bytes(), content].concat();
            put(folder, to, &mail).map_err(|error| later(&error))
        }
    }
}

fn put(folder: &Path, to: &str, mail: &[u8]) -> Result<(), super::LabError> {
    let path = folder.join(to).join("Maildir");
    MailFolder::at(path).put(&with_lf(mail)).map(drop)
}

/// Line ends as files have them here.
fn with_lf(mail: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(mail.len());
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\r\n") {
            Some(words) => {
                bytes.extend_from_slice(words);
                bytes.push(b'\n');
            }
            None => bytes.extend_from_slice(line),
        }
    }
    bytes
}

/// What a visitor said, fit to be said again in one line.
fn printable(words: &str) -> String {
    words
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() || c == ' ' {
                c
            } else {
                '?'
            }
        })
        .take(200)
        .collect()
}
