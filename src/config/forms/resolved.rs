//! Forms put together with the queues that answer them.

use std::collections::BTreeMap;

use super::{
    super::{
        problems::{At, Notes},
        written::File,
    },
    Form,
};
use crate::{
    desk::{
        forms::{FileFacts, FormPolicy, Forms},
        policy::{Mode, Policy},
    },
    model::{
        form::FormFile,
        ids::{FormName, QueueName},
    },
};

/// The files of each form.
type Files = BTreeMap<FormName, Vec<FormFile>>;

/// The forms, as far as they are sound, and their files.
pub(in crate::config) fn resolve(file: &File, notes: &mut Notes) -> (Forms, Files) {
    let (mut forms, mut files) = (Forms::new(), Files::new());
    let mut sum = 0_u64;
    for (name, form) in &file.forms {
        let queue = queue(file, form, notes);
        let (Some(title), Some(queue)) = (&form.title, queue) else {
            continue;
        };
        let facts = form.files.iter().map(|at| FileFacts {
            name: at.value.name.clone(),
            bytes: u64::try_from(at.value.bytes.len()).unwrap_or(u64::MAX),
        });
        let facts: Vec<FileFacts> = facts.collect();
        sum = facts
            .iter()
            .map(|file| file.bytes)
            .fold(sum, u64::saturating_add);
        if let Some(At { spot, .. }) = form.files.first().filter(|_| sum > file.relay_bytes_max) {
            let words = format!(
                "the files of all forms up to here have {sum} bytes, and one letter lists the forms with their files: more than \
                 limits.relay_bytes_max, {}, is not sent",
                file.relay_bytes_max
            );
            notes.problem(spot, words);
        }
        let name = FormName::from(name.as_str());
        let bytes = form.files.iter().map(|at| at.value.clone()).collect();
        files.insert(name.clone(), bytes);
        let form = FormPolicy {
            title: title.clone(),
            about: form.about.clone(),
            queue,
            fields: form.fields.clone(),
            pauses: form.pauses,
            files: facts,
        };
        forms.insert(name, form);
    }
    (forms, files)
}

/// A form is taken by any mailbox, and answered from its queue's.
pub(in crate::config) fn modes_agree(file: &File, policy: &Policy, notes: &mut Notes) {
    for (name, form) in &policy.forms {
        let queue = policy.queues.get(&form.queue);
        let Some((queue, written)) = queue.zip(file.forms.get(name.as_str())) else {
            continue;
        };
        if let Some((mailbox, more, less)) = policy.allows_more(queue, |_| true) {
            let words = format!(
                "mailbox \"{mailbox}\" is in mode \"{}\", and a form is taken wherever it comes in, but queue \"{}\" \
                 answers it from \"{}\", which is in mode \"{}\" only; give them one mode",
                more.code(),
                form.queue,
                queue.mailbox,
                less.map_or("", Mode::code)
            );
            let spot = written.queue.as_ref().map_or(&written.spot, |at| &at.spot);
            notes.problem(spot, words);
        }
    }
}

/// The queue that answers a form: the one written, else the only one.
fn queue(file: &File, form: &Form, notes: &mut Notes) -> Option<QueueName> {
    let names = || file.queues.keys().map(String::as_str);
    match &form.queue {
        Some(At { value, spot }) => {
            if !file.queues.contains_key(value) {
                notes.unknown(spot, "queue", value, names());
                return None;
            }
            Some(QueueName::from(value.as_str()))
        }
        None if file.queues.len() == 1 => names().next().map(QueueName::from),
        None => {
            let words =
                "there are several queues; write queue = \"…\" with the one that answers this form";
            notes.problem(&form.spot.below("queue"), words);
            None
        }
    }
}
