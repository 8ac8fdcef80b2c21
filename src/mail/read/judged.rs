//! What servers say of a mail's sender (RFC 8601), and how far from here they said it. Whom to believe is not decided
//! here.

use super::headers::Headers;
use crate::model::text::Text;

/// How many judgements are kept.
const RESULTS_MAX: usize = 50;

/// How many values of Exchange's are kept; more than one is already one too many.
const AUTH_AS_MAX: usize = 10;

/// Every `Authentication-Results` value, topmost first.
pub(super) fn authentication(headers: &Headers) -> Vec<String> {
    lines(headers, "authentication-results", RESULTS_MAX)
}

/// For each of them, how many `Received` lines stand above it.
pub(super) fn hops_above(headers: &Headers) -> Vec<u32> {
    let mut received = 0_u32;
    let mut above = Vec::new();
    for name in headers.names() {
        match name {
            "received" => received = received.saturating_add(1),
            "authentication-results" if above.len() < RESULTS_MAX => above.push(received),
            _ => {}
        }
    }
    above
}

/// Every `X-MS-Exchange-Organization-AuthAs`.
pub(super) fn exchange_auth_as(headers: &Headers) -> Vec<String> {
    lines(headers, "x-ms-exchange-organization-authas", AUTH_AS_MAX)
}

fn lines(headers: &Headers, name: &str, max: usize) -> Vec<String> {
    headers
        .values(name)
        .take(max)
        .map(|value| Text::line(&String::from_utf8_lossy(value)).into())
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::mail::read::{Limits, read};

    #[test]
    fn hops_above_each_judgement_are_counted() {
        let raw = "Authentication-Results: top.uni.test; none\r\n\
                   Received: from mx.uni.test by mail.uni.test with LMTP\r\n\
                   Authentication-Results: mx.uni.test;\r\n\tdkim=pass header.d=work.test;\r\n \
                   dmarc=pass\r\n\theader.from=work.test\r\n\
                   Received: from out.work.test by mx.uni.test\r\n\
                   authentication-results: mx.uni.test; dmarc=pass header.from=uni.test\r\n\
                   X-MS-Exchange-Organization-AuthAs: Internal\r\n\
                   From: Olga <olga@work.test>\r\n\r\nReceived: x\r\n";
        let reading = read(raw.as_bytes(), &Limits::default());
        assert_eq!(reading.marks.hops_above, [0, 1, 2]);
        assert_eq!(reading.message.authentication.len(), 3);
        assert_eq!(
            reading.message.authentication.get(1).map(String::as_str),
            Some("mx.uni.test; dkim=pass header.d=work.test; dmarc=pass header.from=work.test")
        );
        assert_eq!(reading.marks.exchange_auth_as, ["Internal"]);
    }
}
