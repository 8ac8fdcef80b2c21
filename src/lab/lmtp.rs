//! The sending side of SMTP (RFC 5321) and LMTP (RFC 2033), as little of it as tests and the [`super::Door`] need.

use std::{
    io::{self, BufRead, BufReader, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

use super::error::LabError;

/// What a server said: its last line's code and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The three digits.
    pub code: u16,
    /// The whole last line.
    pub line: String,
}

impl Answer {
    /// True for 2xx.
    #[must_use]
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.code)
    }
}

/// A dialogue with a mail server on loopback.
#[derive(Debug)]
pub struct Talk {
    port: u16,
    is_lmtp: bool,
    reader: BufReader<TcpStream>,
}

impl Talk {
    /// Greets an SMTP server.
    ///
    /// # Errors
    /// Where nobody answers, or not with a welcome.
    pub fn smtp(port: u16) -> Result<Self, LabError> {
        Self::greet(port, false)
    }

    /// Greets an LMTP server.
    ///
    /// # Errors
    /// Where nobody answers, or not with a welcome.
    pub fn lmtp(port: u16) -> Result<Self, LabError> {
        Self::greet(port, true)
    }

    fn greet(port: u16, is_lmtp: bool) -> Result<Self, LabError> {
        let connect = || -> io::Result<BufReader<TcpStream>> {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
            stream.set_read_timeout(Some(Duration::from_secs(60)))?;
            stream.set_write_timeout(Some(Duration::from_secs(60)))?;
            stream.set_nodelay(true)?;
            Ok(BufReader::new(stream))
        };
        let reader = connect().map_err(|source| LabError::Dialogue { port, source })?;
        let mut talk = Self {
            port,
            is_lmtp,
            reader,
        };
        let welcome = talk.hear()?;
        talk.insist("the connection", &welcome)?;
        let hello = if is_lmtp {
            "LHLO localhost"
        } else {
            "EHLO localhost"
        };
        let answer = talk.say(hello)?;
        talk.insist(hello, &answer)?;
        Ok(talk)
    }

    /// Says one command and hears the answer to it.
    ///
    /// # Errors
    /// Where the connection breaks.
    pub fn say(&mut self, command: &str) -> Result<Answer, LabError> {
        self.put(format!("{command}\r\n").as_bytes())?;
        self.hear()
    }

    /// Sends one mail; the answers are one a recipient, in their order: over SMTP, a refused recipient's own and
    /// the answer to the content for the others. `from` may be empty.
    ///
    /// # Errors
    /// Where the connection breaks, or the server refuses the sender or the command `DATA` itself.
    pub fn send(&mut self, from: &str, to: &[&str], mail: &[u8]) -> Result<Vec<Answer>, LabError> {
        let step = format!("MAIL FROM:<{from}>");
        let answer = self.say(&step)?;
        self.insist(&step, &answer)?;
        let mut answers = Vec::new();
        for recipient in to {
            answers.push(self.say(&format!("RCPT TO:<{recipient}>"))?);
        }
        if !answers.iter().any(Answer::is_good) {
            self.say("RSET")?;
            return Ok(answers);
        }
        let go_on = self.say("DATA")?;
        if go_on.code != 354 {
            return Err(self.refused("DATA", &go_on));
        }
        self.put(&stuffed(mail))?;
        let mut of_all = None;
        for answer in answers.iter_mut().filter(|answer| answer.is_good()) {
            *answer = match (self.is_lmtp, &of_all) {
                (false, Some(heard)) => Answer::clone(heard),
                _ => {
                    let heard = self.hear()?;
                    of_all = Some(heard.clone());
                    heard
                }
            };
        }
        Ok(answers)
    }

    /// Says good-bye.
    ///
    /// # Errors
    /// Where the connection breaks before the answer.
    pub fn quit(mut self) -> Result<(), LabError> {
        self.say("QUIT").map(drop)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), LabError> {
        let port = self.port;
        self.reader
            .get_mut()
            .write_all(bytes)
            .map_err(|source| LabError::Dialogue { port, source })
    }

    fn hear(&mut self) -> Result<Answer, LabError> {
        let broken = |source| LabError::Dialogue {
            port: self.port,
            source,
        };
        loop {
            let mut bytes = Vec::new();
            let read = self.reader.read_until(b'\n', &mut bytes).map_err(broken)?;
            if read == 0 {
                return Err(broken(io::ErrorKind::UnexpectedEof.into()));
            }
            let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            let code = line.get(..3).and_then(|digits| digits.parse().ok());
            let Some(code) = code else {
                return Err(broken(io::Error::other(format!("not an answer: {line}"))));
            };
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(Answer { code, line });
            }
        }
    }

    fn insist(&self, step: &str, answer: &Answer) -> Result<(), LabError> {
        if answer.is_good() {
            return Ok(());
        }
        Err(self.refused(step, answer))
    }

    fn refused(&self, step: &str, answer: &Answer) -> LabError {
        LabError::Refused {
            port: self.port,
            step: step.to_owned(),
            answer: answer.line.clone(),
        }
    }
}

/// The bytes as they go over the wire: every line ended with CRLF, dots at the start doubled, the last dot behind.
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(mail.len().saturating_add(mail.len() / 32).saturating_add(8));
    let mut lines = mail.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        // What stands after the last line break is a line only if there is something.
        if lines.peek().is_none() && line.is_empty() {
            break;
        }
        if line.first() == Some(&b'.') {
            wire.push(b'.');
        }
        wire.extend_from_slice(line.strip_suffix(b"\r").unwrap_or(line));
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[test]
    fn lines_end_with_crlf_and_dots_are_doubled() {
        assert_eq!(stuffed(b"a\n.b\r\n\nc"), b"a\r\n..b\r\n\r\nc\r\n.\r\n");
        assert_eq!(stuffed(b""), b".\r\n");
        assert_eq!(stuffed(b".\n"), b"..\r\n.\r\n");
    }
}
