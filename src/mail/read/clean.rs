//! The last look at everything that was read: whatever a part of the reader has let through, nothing leaves that no store
//! or screen should get ([`Text`]), and a line is one line.

use crate::model::{
    address::NamedAddress,
    message::{Attachment, Bounce, Calendar, Forwarded, IncomingMessage},
    text::Text,
};

/// Cleans every word of the message.
pub(super) fn clean(message: &mut IncomingMessage) {
    people(message.from.iter_mut());
    people(message.sender.iter_mut());
    people(message.to.iter_mut().chain(&mut message.cc));
    people(message.reply_to.iter_mut());
    for one in [
        &mut message.return_path,
        &mut message.subject,
        &mut message.date,
        &mut message.thread_index,
        &mut message.list_id,
    ] {
        one.iter_mut().for_each(line);
    }
    let ids = message
        .message_id
        .iter_mut()
        .chain(&mut message.in_reply_to);
    ids.chain(&mut message.references)
        .for_each(|id| line(&mut id.0));
    message.delivered_to.iter_mut().for_each(line);
    message.authentication.iter_mut().for_each(line);
    for one in [
        &mut message.text,
        &mut message.reply,
        &mut message.signature,
    ] {
        one.iter_mut().for_each(text);
    }
    message.attachments.iter_mut().for_each(file);
    message.forwarded.iter_mut().for_each(forwarded);
    message.calendar.iter_mut().for_each(meeting);
    message.bounce.iter_mut().for_each(bounce);
}

fn line(words: &mut String) {
    if !Text::is_kept_whole(words) || words.contains('\n') {
        *words = Text::line(words).into();
    }
}

fn text(words: &mut String) {
    if !Text::is_kept_whole(words) {
        *words = Text::new(words).into();
    }
}

fn people<'a>(people: impl Iterator<Item = &'a mut NamedAddress>) {
    for person in people {
        person.name.iter_mut().for_each(line);
        line(&mut person.address);
    }
}

fn file(file: &mut Attachment) {
    file.name.iter_mut().for_each(line);
    line(&mut file.media_type);
    file.content_id.iter_mut().for_each(line);
}

fn forwarded(original: &mut Forwarded) {
    people(original.from.iter_mut());
    people(original.to.iter_mut().chain(&mut original.cc));
    original.subject.iter_mut().for_each(line);
    original.date.iter_mut().for_each(line);
    original.text.iter_mut().for_each(text);
    original.note.iter_mut().for_each(text);
}

fn meeting(meeting: &mut Calendar) {
    for one in [
        &mut meeting.method,
        &mut meeting.summary,
        &mut meeting.start,
        &mut meeting.end,
        &mut meeting.location,
        &mut meeting.organizer,
    ] {
        one.iter_mut().for_each(line);
    }
    meeting.attendees.iter_mut().for_each(line);
}

fn bounce(bounce: &mut Bounce) {
    for failed in &mut bounce.recipients {
        line(&mut failed.address);
        failed.action.iter_mut().for_each(line);
        failed.status.iter_mut().for_each(line);
        failed.diagnostic.iter_mut().for_each(line);
    }
    let original = bounce.original_message_id.iter_mut();
    original.for_each(|id| line(&mut id.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_let_through_is_taken_out() {
        let mut message = IncomingMessage {
            subject: Some("a\nb\u{202E}".to_owned()),
            text: Some("a\nb\0".to_owned()),
            attachments: vec![Attachment {
                media_type: "text/plain\u{1A}".to_owned(),
                ..Attachment::default()
            }],
            ..IncomingMessage::default()
        };
        clean(&mut message);
        assert_eq!(message.subject.as_deref(), Some("a b"));
        assert_eq!(message.text.as_deref(), Some("a\nb"));
        assert_eq!(message.attachments[0].media_type, "text/plain");
    }
}
