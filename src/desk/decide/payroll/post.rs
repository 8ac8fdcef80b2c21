//! How a letter about a payroll month is posted: whose it is, under which name, to exactly the address that the configuration
//! has.

use super::{
    super::{due::digest_mail, worklist::sender},
    letters::Month,
};
use crate::desk::{draft::Draft, payroll::speaker_of, token::PayrollMark};
use crate::model::{
    address::{Address, NamedAddress},
    ids::PersonId,
    outgoing::{AutoSubmitted, Body, Enclosures, MadeFile, OutgoingMail},
};

/// What goes along with a letter.
pub(super) struct With<'w> {
    pub(super) files: &'w [MadeFile],
    /// Where an answer goes; `None`: to us.
    pub(super) answer_to: Option<Address>,
    /// Somebody's files.
    pub(super) passed_on: Option<Enclosures>,
    /// A mail has caused it.
    pub(super) is_reply: bool,
}

/// Writes a letter about a month to its one reader, in the name of the queue that speaks for the list.
pub(super) fn send(
    draft: &mut Draft<'_>,
    (month, mark): (Month<'_>, &PayrollMark),
    ((person, reader), key): ((PersonId, &Address), &str),
    (body, with): (impl FnOnce(Address) -> Body, With<'_>),
) {
    let queue = speaker_of(month.list, draft.given.policy);
    let Some((queue, _, from)) = queue.and_then(|(queue, _)| sender(draft, queue)) else {
        return;
    };
    let key = format!("payroll:{}:{}:{key}:{reader}", month.name, month.period);
    let domain = from.address.domain().to_owned();
    let message_id = draft.given.key.payroll_id((mark, reader), &key, &domain);
    let mut body = body(from.address.clone());
    // Pictures are named by the mail they are in.
    let named = |part: &str| format!("{part}{}", message_id.as_str());
    if let Body::Payroll(letter) = &mut body {
        for chart in &mut letter.charts {
            chart.content_id = named(&chart.content_id);
        }
    }
    let made_files = with.files.iter().map(|file| MadeFile {
        content_id: file.content_id.as_deref().map(named),
        ..file.clone()
    });
    let made_files = made_files.collect();
    let from = (queue, month.list.language, from);
    if let Some(mut mail) = digest_mail(draft, (person, key), from, body) {
        // Whom the configuration names is written to there, whatever other address of theirs the directory has.
        for one in &mut mail.recipients {
            one.address.clone_from(reader);
            one.reply_to.clone_from(&with.answer_to);
        }
        for one in &mut mail.to {
            *one = NamedAddress::new(one.name.as_deref().unwrap_or_default(), reader);
        }
        if with.is_reply {
            mail.auto_submitted = AutoSubmitted::Replied;
        }
        draft.queue_mail(OutgoingMail {
            message_id,
            made_files,
            enclosures: with.passed_on,
            ..mail
        });
    }
}
