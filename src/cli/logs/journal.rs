//! The journal: one entry an event, with the event's fields and those of its spans as fields of the entry.

use std::{
    fmt::{self, Write as _},
    io::{self, Write as _},
};

use log::{
    Level, Record,
    kv::{Error, Key, Source, Value, VisitSource},
};
use systemd_journal_logger::JournalLog;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id},
};
use tracing_subscriber::{Layer, layer::Context, registry::LookupSpan};

use super::redact::redacted;

/// A longer value is cut: the journal is no place for mails.
const VALUE_BYTES_MAX: usize = 4096;

/// Takes an entry.
type Send = dyn Fn(&Record<'_>) -> io::Result<()> + std::marker::Send + Sync;

/// The layer that writes to systemd's journal.
pub(super) struct Journal(Box<Send>);

impl Journal {
    /// Connects to the journal.
    pub(super) fn open() -> io::Result<Self> {
        let log = JournalLog::empty()?
            .with_syslog_identifier("okno".to_owned())
            .with_extra_fields([("VERSION", env!("CARGO_PKG_VERSION"))]);
        Ok(Self(Box::new(move |entry| log.journal_send(entry))))
    }
}

impl<S: Subscriber + for<'l> LookupSpan<'l>> Layer<S> for Journal {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        for span in context
            .event_scope(event)
            .into_iter()
            .flat_map(tracing_subscriber::registry::Scope::from_root)
        {
            if let Some(of_span) = span.extensions().get::<Fields>() {
                fields.named.extend(of_span.named.iter().cloned());
            }
        }
        event.record(&mut fields);
        let metadata = event.metadata();
        let target = fields.target.take();
        let message = fields.in_words();
        let sent = (self.0)(
            &Record::builder()
                .level(level(*metadata.level()))
                .target(target.as_deref().unwrap_or_else(|| metadata.target()))
                .module_path(metadata.module_path())
                .file(metadata.file())
                .line(metadata.line())
                .key_values(&fields)
                .args(format_args!("{message}"))
                .build(),
        );
        if let Err(error) = sent {
            // stderr of a service ends in the journal too, once there is one again.
            writeln!(io::stderr(), "{message} (journal: {error})").unwrap_or_default();
        }
    }
}

const fn level(level: tracing::Level) -> Level {
    match level {
        tracing::Level::ERROR => Level::Error,
        tracing::Level::WARN => Level::Warn,
        tracing::Level::INFO => Level::Info,
        tracing::Level::DEBUG => Level::Debug,
        tracing::Level::TRACE => Level::Trace,
    }
}

/// The words and the fields of an event or a span.
#[derive(Debug, Default)]
struct Fields {
    message: String,
    /// Which library spoke, where `log` was spoken through.
    target: Option<String>,
    named: Vec<(&'static str, String)>,
}

impl Fields {
    fn add(&mut self, field: &Field, value: &str) {
        let mut value = redacted(value).into_owned();
        let end = value.floor_char_boundary(VALUE_BYTES_MAX);
        value.truncate(end);
        match field.name() {
            "message" => self.message = value,
            "log.target" => self.target = Some(value),
            // Where in the library's source it was said helps nobody.
            name if name.starts_with("log.") => {}
            name => self.named.push((name, value)),
        }
    }

    /// One line for those who read with plain `journalctl`, which shows no fields.
    fn in_words(&self) -> String {
        let mut line = self.message.clone();
        for (name, value) in &self.named {
            // Writing to a String cannot fail.
            write!(line, " {name}={value}").unwrap_or_default();
        }
        line
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field, &format!("{value:?}"));
    }
}

impl Source for Fields {
    fn visit<'kvs>(&'kvs self, visitor: &mut dyn VisitSource<'kvs>) -> Result<(), Error> {
        for (name, value) in &self.named {
            visitor.visit_pair(Key::from_str(name), Value::from(value.as_str()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::{Registry, layer::SubscriberExt as _};

    use super::*;

    /// What the journal would get: level, target, message, fields.
    fn entries(speak: impl FnOnce()) -> Vec<String> {
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let ears = Arc::clone(&heard);
        let journal = Journal(Box::new(move |entry| {
            struct Seen(Vec<String>);
            impl<'kvs> VisitSource<'kvs> for Seen {
                fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
                    self.0.push(format!("{key}={value}"));
                    Ok(())
                }
            }
            let mut seen = Seen(Vec::new());
            entry.key_values().visit(&mut seen).unwrap();
            let (level, target) = (entry.level(), entry.target());
            let line = format!("{level} {target}: {} {:?}", entry.args(), seen.0);
            ears.lock().unwrap().push(line);
            Ok(())
        }));
        tracing::subscriber::with_default(Registry::default().with(journal), speak);
        heard.lock().unwrap().clone()
    }

    #[test]
    fn fields_of_events_and_spans_are_fields_of_the_entry() {
        let heard = entries(|| {
            let span = tracing::error_span!("passing", mailbox.name = "it");
            span.in_scope(|| {
                tracing::warn!(work.id = 7, error = %"no <it@uni.test>", "cannot be read");
            });
        });
        assert_eq!(
            heard,
            [
                "WARN okno::cli::logs::journal::tests: cannot be read mailbox.name=it work.id=7 error=no <*@uni.test> \
                 [\"mailbox.name=it\", \"work.id=7\", \"error=no <*@uni.test>\"]"
            ]
        );
    }

    #[test]
    fn a_long_value_is_cut_between_letters() {
        let heard = entries(|| tracing::warn!("{}", "ю".repeat(5_000)));
        assert_eq!(heard[0].matches('ю').count(), VALUE_BYTES_MAX / 2);
    }
}
