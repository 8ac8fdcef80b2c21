//! Whom a report in prose is about.

use super::{
    address, named, original,
    page::{Named, Page, Place},
};
use crate::{mail::read::headers::Headers, model::message::IncomingMessage};

/// The most addresses of a header looked at.
const HEADER_MAX: usize = 50;

/// The most lines below the copy's beginning looked at.
const LINES_MAX: usize = 600;

/// An address that failed, and the one it was made of.
pub(super) type Failed = (String, Option<String>);

/// The addresses of `X-Failed-Recipients` (Exim).
pub(super) fn failed_header(headers: &Headers) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in headers.values("x-failed-recipients") {
        let value = String::from_utf8_lossy(value);
        for piece in value.split([',', ' ', ';']).take(HEADER_MAX) {
            let address = address::tidy(piece);
            if address.contains('@') && !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found
}

/// Where is looked.
pub(super) struct Search<'a> {
    /// The text above the copy.
    pub(super) page: &'a Page<'a>,
    /// The whole text.
    pub(super) text: &'a str,
    pub(super) message: &'a IncomingMessage,
    /// The header of the copy.
    pub(super) copy: Option<&'a Headers>,
}

impl Search<'_> {
    /// By the header that says so, else by how the text names addresses, the surest way first, else to whom the copy
    /// was addressed. Our own addresses are meant only where nobody else is.
    pub(super) fn run(&self, headers: &Headers) -> Vec<Failed> {
        let known = failed_header(headers);
        if !known.is_empty() {
            return known.into_iter().map(|a| self.with_origin(a)).collect();
        }
        let named = &self.page.named;
        let ways: [&dyn Fn() -> Vec<Failed>; 10] = [
            &|| self.foreign(named, Place::Block),
            &|| self.foreign(named, Place::Labelled),
            &|| self.foreign(named, Place::Talk),
            &|| self.without_domain(),
            &|| self.foreign(named, Place::Within),
            &|| self.foreign(named, Place::Echo),
            &|| all(named, Place::Block),
            &|| self.addressees(),
            &|| self.foreign(&self.below(), Place::Echo),
            &|| all(named, Place::Labelled),
        ];
        let mut found = ways.iter().map(|way| way());
        found.find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn with_origin(&self, address: String) -> Failed {
        let is_it = |named: &&Named| named.address.eq_ignore_ascii_case(&address);
        let named = self.page.named.iter().find(is_it);
        let original = named.and_then(|named| named.original.clone());
        (address, original)
    }

    /// The addresses in such a place that are not ours.
    fn foreign(&self, named: &[Named], place: Place) -> Vec<Failed> {
        let mut found = all(named, place);
        found.retain(|(address, _)| !self.is_own(address));
        found
    }

    fn is_own(&self, address: &str) -> bool {
        let own = self.message.from.iter().chain(&self.message.to);
        own.chain(&self.message.reply_to)
            .any(|own| own.address.eq_ignore_ascii_case(address))
    }

    /// Names that the reporting server gave without its own domain.
    fn without_domain(&self) -> Vec<Failed> {
        let from = self.message.from.as_ref().map(|from| from.address.as_str());
        from.and_then(|from| from.rsplit('@').next())
            .filter(|domain| domain.contains('.'))
            .map(|domain| named::bare(self.page.lines(), domain))
            .into_iter()
            .flatten()
            .map(|address| (address, None))
            .collect()
    }

    /// To whom the copy was addressed.
    fn addressees(&self) -> Vec<Failed> {
        let all = original::addressees(self.copy).into_iter();
        all.filter(|address| !self.is_own(address))
            .map(|address| (address, None))
            .collect()
    }

    /// What the copy within the text names.
    fn below(&self) -> Vec<Named> {
        named::read(&self.text.lines().take(LINES_MAX).collect::<Vec<_>>())
    }
}

/// The addresses in such a place, each once.
fn all(named: &[Named], place: Place) -> Vec<Failed> {
    let mut found: Vec<Failed> = Vec::new();
    for named in named.iter().filter(|n| n.place == place && !is_service(n)) {
        let is_known = |(address, _): &Failed| address.eq_ignore_ascii_case(&named.address);
        if !found.iter().any(is_known) {
            found.push((named.address.clone(), named.original.clone()));
        }
    }
    found
}

/// Addresses that stand in reports to be turned to.
fn is_service(named: &Named) -> bool {
    const LOCALS: [&str; 6] = [
        "postmaster",
        "mailer-daemon",
        "abuse",
        "helpdesk",
        "support",
        "hostmaster",
    ];
    let local = named
        .address
        .split('@')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    named.place > Place::Labelled && LOCALS.contains(&local.as_str())
}
