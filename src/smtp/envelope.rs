//! The envelope of a mail object as a relay of certain abilities hears it.

use std::borrow::Cow;

use super::{MailObject, connect::Abilities, status::Reply};
use crate::model::address::Address;

/// An envelope.
#[derive(Debug)]
pub(super) struct Envelope<'a> {
    /// Empty: the null path.
    sender: Cow<'a, str>,
    recipient: Cow<'a, str>,
    id: &'a str,
    size: u64,
    is_eight_bit: bool,
}

impl<'a> Envelope<'a> {
    pub(super) fn of(object: &MailObject<'a>) -> Self {
        Self {
            sender: object.envelope_from.map_or(Cow::Borrowed(""), spelt),
            recipient: spelt(object.recipient),
            id: object.envelope_id,
            size: u64::try_from(object.bytes.len()).unwrap_or(u64::MAX),
            is_eight_bit: !object.bytes.is_ascii(),
        }
    }

    pub(super) fn has_sender(&self) -> bool {
        !self.sender.is_empty()
    }

    /// What this mail needs and the relay has not: our answer, in the words of RFC 6531, RFC 1870 and RFC 6152.
    pub(super) fn unable(&self, relay: &Abilities) -> Option<Reply> {
        if self.needs_utf8() && !relay.utf8 {
            return Some(Reply::new(
                553,
                "5.6.7 our relay takes no addresses with letters outside ASCII (SMTPUTF8)",
            ));
        }
        if relay.size_max.is_some_and(|max| self.size > max) {
            return Some(Reply::new(
                552,
                "5.3.4 the mail is larger than our relay takes",
            ));
        }
        if self.is_eight_bit && !relay.eight_bit {
            return Some(Reply::new(
                554,
                "5.6.3 our relay takes no 8-bit mail (8BITMIME)",
            ));
        }
        None
    }

    pub(super) fn mail_line(&self, relay: &Abilities) -> String {
        let mut line = format!("MAIL FROM:<{}>", self.sender);
        if relay.size {
            line.push_str(&format!(" SIZE={}", self.size));
        }
        if self.is_eight_bit {
            line.push_str(" BODY=8BITMIME");
        }
        if self.needs_utf8() {
            line.push_str(" SMTPUTF8");
        }
        if relay.dsn {
            // RFC 3461, 4.3 and 4.4: of a mail that does not arrive, only the header comes back.
            line.push_str(" RET=HDRS ENVID=");
            line.push_str(&xtext(self.id));
        }
        line.push_str("\r\n");
        line
    }

    pub(super) fn rcpt_line(&self, relay: &Abilities) -> String {
        // RFC 3461, 4.1: success is not asked for, it would be a mail for every mail.
        let notify = if relay.dsn {
            " NOTIFY=FAILURE,DELAY"
        } else {
            ""
        };
        format!("RCPT TO:<{}>{notify}\r\n", self.recipient)
    }

    fn needs_utf8(&self) -> bool {
        !self.sender.is_ascii() || !self.recipient.is_ascii()
    }
}

/// An address with its domain in ASCII (RFC 5890), so that `info@пример.test` goes through relays that know nothing
/// of SMTPUTF8. With a local part outside ASCII nothing helps, and it stays as it is (RFC 6531, 3.3).
fn spelt(address: &Address) -> Cow<'_, str> {
    if address.as_str().is_ascii() || !address.local().is_ascii() {
        return Cow::Borrowed(address.as_str());
    }
    match idna::domain_to_ascii(address.domain()) {
        Ok(domain) => Cow::Owned(format!("{}@{domain}", address.local())),
        Err(_) => Cow::Borrowed(address.as_str()),
    }
}

/// RFC 3461, 4: printable ASCII but `+` and `=`; the others as `+XX`, and what is outside ASCII as `?`.
fn xtext(id: &str) -> String {
    let mut coded = String::new();
    for c in id.chars().take(100) {
        if !c.is_ascii() {
            coded.push('?');
        } else if c.is_ascii_graphic() && c != '+' && c != '=' {
            coded.push(c);
        } else {
            coded.push_str(&format!("+{:02X}", u32::from(c)));
        }
    }
    coded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, on_the_wire: &str) {
        assert_eq!(spelt(&Address::parse(address).unwrap()), on_the_wire);
    }

    #[test]
    fn domains_go_in_ascii_where_that_helps() {
        check("anna@uni.test", "anna@uni.test");
        check("info@пример.test", "info@xn--e1afmkfd.test");
        check("анна@пример.test", "анна@пример.test");
    }

    #[test]
    fn envelope_ids_are_xtext() {
        assert_eq!(xtext("D-1042"), "D-1042");
        assert_eq!(xtext("a+b=c d\r\nя"), "a+2Bb+3Dc+20d+0D+0A?");
        assert_eq!(xtext(&"x".repeat(200)).len(), 100);
    }
}
