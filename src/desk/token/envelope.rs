//! Envelope ids (RFC 3461, 4.4): what a delivery is called towards the servers on its way, and what their reports call it
//! back (RFC 3464, 2.2.1), even where they bring nothing else of the mail. Nobody who reads the mail sees it, so that a
//! report that names it comes from a server that had it.

use super::Key;
use crate::model::ids::DeliveryId;

/// What ids are signed with: the purpose, and how many letters. 80 bits: a report that guesses one would be believed.
const SIGNED: (&str, usize) = ("envelope", 16);

/// What every id of ours begins with.
const OURS: &str = "okno-envelope-";

/// What the envelope id says that a report names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envelope {
    /// Nothing: there is none, or it is another's, as relays on the way put in.
    Foreign,
    /// It looks like ours, and we never gave it.
    Forged,
    /// The delivery that we called so.
    Ours(DeliveryId),
}

impl Key {
    /// What a delivery is called: `okno-envelope-1042-<16>`, of letters that no server need encode (RFC 3461, 4).
    #[must_use]
    pub fn envelope_id(&self, delivery: DeliveryId) -> String {
        let (purpose, letters) = SIGNED;
        let mac = self.mac(purpose, &delivery.to_string(), letters);
        format!("{OURS}{delivery}-{mac}")
    }

    /// What an envelope id says.
    #[must_use]
    pub fn envelope(&self, id: &str) -> Envelope {
        let id = id.trim().to_ascii_lowercase();
        let Some(rest) = id.strip_prefix(OURS) else {
            return Envelope::Foreign;
        };
        let signed = rest.split_once('-').and_then(|(number, mac)| {
            let delivery = DeliveryId(number.parse().ok()?);
            self.has_signed(SIGNED, &delivery.to_string(), mac)
                .then_some(delivery)
        });
        signed.map_or(Envelope::Forged, Envelope::Ours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key::new([7; 32]);

    #[test]
    fn only_what_we_gave_is_ours() {
        let id = KEY.envelope_id(DeliveryId(1042));
        assert_eq!(KEY.envelope(&id), Envelope::Ours(DeliveryId(1042)));
        assert_eq!(
            KEY.envelope(&format!(" {} ", id.to_uppercase())),
            Envelope::Ours(DeliveryId(1042))
        );
        assert_eq!(KEY.envelope(&id.replace("1042", "1043")), Envelope::Forged);
        assert_eq!(KEY.envelope("okno-envelope-1042-"), Envelope::Forged);
        assert_eq!(KEY.envelope("okno-envelope-"), Envelope::Forged);
        assert_eq!(Key::new([8; 32]).envelope(&id), Envelope::Forged);
        assert_eq!(KEY.envelope("QQ1234@mx.example"), Envelope::Foreign);
        assert_eq!(KEY.envelope(""), Envelope::Foreign);
    }
}
