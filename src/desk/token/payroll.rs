//! Letters about a payroll month: what names them, to their one reader, in a subject and in a Message-ID.

use data_encoding::HEXLOWER;

use super::{Key, SIGNED};
use crate::model::{
    address::Address,
    ids::{MessageId, PayrollName, RawId},
};

/// What a letter is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayrollMark {
    /// Which list.
    pub list: PayrollName,
    /// Which month.
    pub period: String,
    /// Which draft.
    pub draft: u32,
    /// It asks whether this mail is its reader's.
    pub confirms: Option<RawId>,
}

impl PayrollMark {
    /// `it/2026-10/1`; a question whether mail 17 is its reader's: `it/2026-10/1-17`.
    fn written(&self) -> String {
        let about = self.confirms.map(|raw| format!("-{raw}"));
        let about = about.unwrap_or_default();
        format!("{}/{}/{}{about}", self.list, self.period, self.draft)
    }

    fn read(written: &str) -> Option<Self> {
        let mut parts = written.rsplitn(3, '/');
        let draft = parts.next()?;
        let (draft, confirms) = match draft.split_once('-') {
            Some((draft, raw)) => (draft, Some(RawId(raw.parse().ok()?))),
            None => (draft, None),
        };
        let draft = draft.parse().ok()?;
        let period = parts.next()?.to_owned();
        let list = PayrollName::from(parts.next()?);
        Some(Self {
            list,
            period,
            draft,
            confirms,
        })
    }
}

/// Letters that bind a letter to its reader.
const LETTERS: usize = 10;

impl Key {
    /// What names a letter in a subject: `[kpi:it/2026-10/1:k7q4m2p9s1]`. It is a token of that reader and of nobody else.
    #[must_use]
    pub fn payroll_code(&self, mark: &PayrollMark, reader: &Address) -> String {
        let written = mark.written();
        format!("[kpi:{written}:{}]", self.payroll_letters(&written, reader))
    }

    fn payroll_letters(&self, written: &str, reader: &Address) -> String {
        self.mac("payroll", &format!("{written}:{reader}"), LETTERS)
    }

    /// The letter that a subject names, of those to this reader, and what stands behind the name.
    #[must_use]
    pub fn payroll_in<'s>(
        &self,
        subject: &'s str,
        reader: &Address,
    ) -> Option<(PayrollMark, &'s str)> {
        let (_, rest) = subject.split_once("[kpi:")?;
        let (named, behind) = rest.split_once(']')?;
        let (written, letters) = named.rsplit_once(':')?;
        let is_theirs = self.is_payroll(written, reader, &letters.to_ascii_lowercase());
        let mark = PayrollMark::read(written).filter(|_| is_theirs)?;
        Some((mark, behind.trim()))
    }

    fn is_payroll(&self, written: &str, reader: &Address, letters: &str) -> bool {
        let mut versions = self.versions();
        versions.any(|key| key.payroll_letters(written, reader) == letters)
    }

    /// The Message-ID of such a letter: `okno.kpi-<hex>-<letters>-<letters>.<10>@domain`, so that an answer is known whose
    /// subject somebody has cut.
    #[must_use]
    pub fn payroll_id(
        &self,
        (mark, reader): (&PayrollMark, &Address),
        dedupe_key: &str,
        domain: &str,
    ) -> MessageId {
        let written = mark.written();
        let letters = self.payroll_letters(&written, reader);
        let hex = HEXLOWER.encode(written.as_bytes());
        let mid = self.mac("mid", dedupe_key, 8);
        let signed = format!("kpi-{hex}-{letters}-{mid}");
        let mac = self.mac("sig", &signed, 10);
        MessageId(format!("okno.{signed}.{mac}@{domain}"))
    }

    /// What such a letter to this reader is about; `None` for every other id.
    #[must_use]
    pub fn payroll_of(&self, id: &MessageId, reader: &Address) -> Option<PayrollMark> {
        let (local, _) = id.as_str().rsplit_once('@')?;
        let (signed, mac) = local.strip_prefix("okno.")?.rsplit_once('.')?;
        let mut parts = signed.strip_prefix("kpi-")?.split('-');
        let written = HEXLOWER.decode(parts.next()?.as_bytes()).ok()?;
        let written = String::from_utf8(written).ok()?;
        let is_theirs = self.is_payroll(&written, reader, parts.next()?);
        let is_ours = is_theirs && self.has_signed(SIGNED, signed, mac);
        PayrollMark::read(&written).filter(|_| is_ours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key::new([7; 32]);

    #[test]
    fn a_letter_is_its_readers_and_nobody_elses() {
        let mark = PayrollMark {
            list: PayrollName::from("it-and-hr"),
            period: "2026-10".to_owned(),
            draft: 2,
            confirms: None,
        };
        let darya = Address::parse("darya@uni.test").unwrap();
        let anna = Address::parse("anna@uni.test").unwrap();
        let subject = format!(
            "Re: KPI {} утвердить",
            KEY.payroll_code(&mark, &darya).to_ascii_lowercase()
        );
        let found = KEY.payroll_in(&subject, &darya);
        assert_eq!(found, Some((mark.clone(), "утвердить")));
        assert_eq!(KEY.payroll_in(&subject, &anna), None);
        let id = KEY.payroll_id((&mark, &darya), "kpi:1", "uni.test");
        assert_eq!(KEY.payroll_of(&id, &darya), Some(mark.clone()));
        assert_eq!(KEY.payroll_of(&id, &anna), None);
        assert_eq!(Key::new([8; 32]).payroll_of(&id, &darya), None);
        assert_ne!(id, KEY.payroll_id((&mark, &darya), "kpi:2", "uni.test"));
        let asks = PayrollMark {
            confirms: Some(RawId(17)),
            ..mark
        };
        let subject = format!("Re: {} да", KEY.payroll_code(&asks, &darya));
        assert_eq!(KEY.payroll_in(&subject, &darya), Some((asks.clone(), "да")));
        let id = KEY.payroll_id((&asks, &darya), "kpi:3", "uni.test");
        assert_eq!(KEY.payroll_of(&id, &darya), Some(asks));
    }
}
