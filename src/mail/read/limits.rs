//! How much of a mail is looked at. Beyond a limit the mail is still read, up to there, and an oddity says so.

/// The limits of [`super::read`]. The defaults suit a service desk; nothing in them depends on the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of raw mail that are understood in full; of a larger one only this beginning is read (`too_large`).
    pub size: usize,
    /// Bytes of one header block, the mail's or a part's (`header_too_large`).
    pub header: usize,
    /// Parts, containers counted too (`too_many_parts`).
    pub parts: usize,
    /// Multiparts within multiparts; a deeper one is kept whole as an attachment (`too_deep`).
    pub depth: usize,
    /// Bytes of readable text (`text_truncated`).
    pub text: usize,
    /// Bytes of HTML that are turned into text, all bodies of a mail together (`html_truncated`).
    pub html: usize,
    /// HTML elements within each other whose nesting is kept track of (`html_too_deep`); deeper ones lose only their
    /// quote marks, since the HTML reader is linear and keeps no tree.
    pub html_depth: usize,
    /// Addresses kept of one field (`too_many_addresses`).
    pub addresses: usize,
    /// Message-IDs kept of `In-Reply-To` and of `References`: the oldest and the newest (`too_many_references`).
    pub references: usize,
    /// `Received` lines beyond which a mail is called travelled too far (`many_received`).
    pub received: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            size: 64 << 20,
            header: 256 << 10,
            parts: 500,
            depth: 20,
            text: 1 << 20,
            html: 512 << 10,
            html_depth: 256,
            addresses: 1000,
            references: 200,
            received: 50,
        }
    }
}
