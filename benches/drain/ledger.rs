//! What okno's database says after a run, asked with plain SQL and not through okno.

use std::path::Path;

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

/// An opened ledger.
#[derive(Debug)]
pub(crate) struct Ledger(SqliteConnection);

impl Ledger {
    /// Opens the database in this data folder, to be read only.
    pub(crate) async fn open(data: &Path) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(data.join("okno.sqlite"))
            .read_only(true);
        Ok(Self(options.connect().await?))
    }

    /// The one number a question has for an answer.
    pub(crate) async fn number(&mut self, question: &'static str) -> anyhow::Result<i64> {
        Ok(sqlx::query_scalar(question).fetch_one(&mut self.0).await?)
    }

    /// Closes it.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        Ok(self.0.close().await?)
    }
}

/// Tickets.
pub(crate) const TICKETS: &str = "SELECT COUNT(*) FROM ticket";
/// Acknowledgements that the server has accepted.
pub(crate) const ACKNOWLEDGED: &str = "SELECT COUNT(*) FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id \
     WHERE outgoing.template = 'acknowledgement' AND delivery.state = 'sent'";
/// Tickets that have one.
pub(crate) const TICKETS_ACKNOWLEDGED: &str = "SELECT COUNT(DISTINCT outgoing.ticket) FROM outgoing JOIN delivery ON delivery.outgoing_id = outgoing.id \
     WHERE outgoing.template = 'acknowledgement' AND delivery.state = 'sent'";
/// Everything that was sent.
pub(crate) const SENT: &str = "SELECT COUNT(*) FROM delivery WHERE state = 'sent'";
/// What was sent, in bytes.
pub(crate) const SENT_BYTES: &str = "SELECT COALESCE(SUM(outgoing.size), 0) FROM delivery JOIN outgoing ON outgoing.id = delivery.outgoing_id WHERE delivery.state = 'sent'";
