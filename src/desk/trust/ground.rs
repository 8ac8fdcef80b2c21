//! Why a sender is believed, and how far that carries: the whole table.

use crate::model::event::Trust;

macro_rules! grounds {
    ($($(#[$doc:meta])* $name:ident = $code:literal => $trust:ident;)+) => {
        /// Why a sender is believed as far as they are. The code is stored.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Ground {
            $($(#[$doc])* $name,)+
        }

        impl Ground {
            /// Every ground there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as stored.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How far it carries.
            #[must_use]
            pub const fn trust(self) -> Trust {
                match self { $(Self::$name => Trust::$trust,)+ }
            }
        }
    };
}

grounds! {
    /// DMARC passed for the domain of From (RFC 7489).
    Dmarc = "dmarc" => Proven;
    /// A signature of the domain of From is right (RFC 6376).
    Dkim = "dkim" => Proven;
    /// The envelope's domain is that of From and sent from a server of its own (RFC 7208).
    Spf = "spf" => Proven;
    /// Handed in to a server of the site under the author's own password, or on its own network.
    Submission = "submission" => Proven;
    /// The site's Exchange took it in from one of its own people.
    Internal = "internal" => Proven;

    /// The site's servers judge nothing.
    NoServers = "no_servers" => Claimed;
    /// This mail bears no judgement of the site's servers.
    NotJudged = "not_judged" => Claimed;
    /// It bears one, and nothing in it speaks for the author.
    NotProven = "not_proven" => Claimed;
    /// Handed in to a server of the site under another's password: that proves a colleague, not the author.
    OtherPassword = "other_password" => Claimed;
    /// DMARC failed for a domain that asks nobody to act on it.
    DmarcFailed = "dmarc_failed" => Claimed;
    /// The envelope's sender holds characters with which a judgement can be forged: none is believed.
    OddEnvelope = "odd_envelope" => Claimed;

    /// From names nobody.
    NoAuthor = "no_author" => Suspicious;
    /// From names several people (RFC 5322, 3.6.2 allows it; nobody who is honest does it).
    SeveralAuthors = "several_authors" => Suspicious;
    /// DMARC failed for a domain that wants such mail refused or put aside.
    DmarcRefused = "dmarc_refused" => Suspicious;
    /// The domain of From is the site's own, and the mail comes from elsewhere.
    OwnDomainForged = "own_domain_forged" => Suspicious;
    /// The display name, or the address itself, shows another address than the author's.
    OtherAddressInName = "other_address_in_name" => Suspicious;
    /// The name of an agent or a head over an address outside that is not theirs.
    StaffNameOutside = "staff_name_outside" => Suspicious;
    /// The domain of From passes for one of the site's own.
    LookAlikeDomain = "look_alike_domain" => Suspicious;
    /// The domain of From mixes alphabets within a word.
    MixedScripts = "mixed_scripts" => Suspicious;
}
