//! The last look at everything that was read: whatever a part of the reader has let through, nothing leaves that no store
//! or screen should get ([`Text`]), and a line is one line.

use crate::model::{
    address::NamedAddress,
    message::{
        Attachment, Bounce, BouncedRecipient, Calendar, Forwarded, IncomingMessage, Occasion,
        Participant,
    },
    text::Text,
};

/// Cleans every word of the message. Every field is named, so that a new one must be thought of here.
pub(super) fn clean(message: &mut IncomingMessage) {
    let IncomingMessage {
        kind: _,
        answer_automatically: _,
        auto_reasons: _,
        from,
        sender,
        to,
        cc,
        reply_to,
        return_path,
        delivered_to,
        subject,
        date,
        message_id,
        in_reply_to,
        references,
        thread_index,
        list_id,
        language: _,
        text: whole,
        reply,
        signature,
        forwarded: original,
        attachments,
        calendar,
        security: _,
        authentication,
        bounce: report,
        oddities: _,
    } = message;
    people(from.iter_mut().chain(sender));
    people(to.iter_mut().chain(cc).chain(reply_to));
    for one in [return_path, subject, date, thread_index, list_id] {
        one.iter_mut().for_each(line);
    }
    let ids = message_id.iter_mut().chain(in_reply_to);
    ids.chain(references).for_each(|id| line(&mut id.0));
    delivered_to.iter_mut().for_each(line);
    authentication.iter_mut().for_each(line);
    for one in [whole, reply, signature] {
        one.iter_mut().for_each(text);
    }
    attachments.iter_mut().for_each(file);
    original.iter_mut().for_each(forwarded);
    calendar.iter_mut().for_each(meeting);
    report.iter_mut().for_each(bounce);
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
    let Attachment {
        name,
        media_type,
        bytes: _,
        sha256: _,
        inline: _,
        content_id,
        part: _,
        archive,
    } = file;
    name.iter_mut().for_each(line);
    line(media_type);
    content_id.iter_mut().for_each(line);
    let names = archive.iter_mut().flat_map(|archive| &mut archive.names);
    names.for_each(line);
}

fn forwarded(original: &mut Forwarded) {
    let Forwarded {
        from,
        to,
        cc,
        subject,
        date,
        text: whole,
        note,
        is_automatic: _,
    } = original;
    people(from.iter_mut().chain(to).chain(cc));
    subject.iter_mut().chain(date).for_each(line);
    whole.iter_mut().chain(note).for_each(text);
}

fn meeting(meeting: &mut Calendar) {
    let Calendar {
        method,
        summary,
        start,
        end,
        zone,
        rule,
        location,
        description,
        organizer,
        organizer_name,
        attendees,
        participants,
        more,
    } = meeting;
    let when = [start, end, zone, rule];
    let what = [method, summary, location, organizer, organizer_name];
    for one in when.into_iter().chain(what) {
        one.iter_mut().for_each(line);
    }
    description.iter_mut().for_each(text);
    attendees.iter_mut().for_each(line);
    for participant in participants {
        let Participant {
            name,
            address,
            role,
            answer,
        } = participant;
        line(address);
        for one in [name, role, answer] {
            one.iter_mut().for_each(line);
        }
    }
    for occasion in more {
        let Occasion {
            summary,
            start,
            end,
            zone,
            location,
        } = occasion;
        for one in [summary, start, end, zone, location] {
            one.iter_mut().for_each(line);
        }
    }
}

fn bounce(bounce: &mut Bounce) {
    let Bounce {
        temporary: _,
        recipients,
        original_message_id,
        envelope_id,
    } = bounce;
    for failed in recipients {
        let BouncedRecipient {
            address,
            action,
            status,
            diagnostic,
            original,
        } = failed;
        line(address);
        for one in [action, status, diagnostic, original] {
            one.iter_mut().for_each(line);
        }
    }
    let original = original_message_id.iter_mut();
    original.for_each(|id| line(&mut id.0));
    envelope_id.iter_mut().for_each(line);
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
