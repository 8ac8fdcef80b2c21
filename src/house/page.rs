//! The page is served: a task takes a status ([`super::status`]) every few seconds, and renders it; another draws the
//! queues' months, at most once an hour; a third answers whoever asks. Nothing that a viewer does reaches the database.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context as _;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{House, templates};
use crate::{
    clock::Stopwatch,
    web::{Pages, Site, Status, routes::router},
};

/// How often a status is taken.
const TAKE_EVERY: Duration = Duration::from_secs(5);

/// Taking it costs at most one part of so many of the time ...
const SHARE_OF_TIME: u32 = 20;

/// ... as long as it is taken so often: a status must not look as if the database did not answer
/// ([`crate::web::readiness::STATUS_WITHIN`]).
const TAKE_WITHIN: Duration = Duration::from_secs(60);

/// How often the queues' months are drawn ...
const DRAW_MONTHS_EVERY: Duration = Duration::from_secs(3600);

/// ... as long as that takes at most one part of so many of the time: all of history in them is read.
const MONTHS_SHARE_OF_TIME: u32 = 200;

/// So many connections at once; the next waits.
const CONNECTIONS_MAX: usize = 256;

/// How long a request's head may take, and a connection may be silent.
const HEAD_WITHIN: Duration = Duration::from_secs(15);

/// How long a connection may last.
const CONNECTION_WITHIN: Duration = Duration::from_secs(300);

/// A page that listens and is not served yet.
#[derive(Debug)]
pub struct Page {
    listener: TcpListener,
    site: Arc<Site>,
}

impl Page {
    /// Where it listens.
    ///
    /// # Errors
    /// The system does not say.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl House {
    /// Takes the templates of the page and begins to listen; `None` where none is configured.
    ///
    /// # Errors
    /// A template that cannot be used, an address where it cannot listen.
    pub async fn open_page(&self) -> anyhow::Result<Option<Page>> {
        let Some(settings) = self.config.page.clone() else {
            return Ok(None);
        };
        let overrides = templates::of_page(self.config.templates.as_deref())?;
        let pages = Pages::new(&overrides).context("Cannot use the templates")?;
        let listener = TcpListener::bind(settings.listen).await.with_context(|| {
            format!(
                "Cannot serve the page at {}: another program may listen there already",
                settings.listen
            )
        })?;
        let clock = (self.clock.clone(), self.config.policy.language);
        let site = Site::new(settings, pages, self.meters.clone(), clock);
        Ok(Some(Page {
            listener,
            site: Arc::new(site),
        }))
    }
}

/// Takes a status again and again until told to stop, and no more often than the database bears.
pub(super) async fn take(house: House, site: Arc<Site>, stop: CancellationToken) {
    loop {
        let watch = Stopwatch::start();
        match house.status().await {
            Ok(status) => render(Arc::clone(&site), status).await,
            Err(error) => tracing::error!(%error, "the state could not be read for the page"),
        }
        let rest = tokio::time::sleep(rest_after(watch.elapsed()));
        if stop.run_until_cancelled(rest).await.is_none() {
            return;
        }
    }
}

/// Draws the queues' last months again and again until told to stop.
async fn draw_months(house: House, stop: CancellationToken) {
    loop {
        let watch = Stopwatch::start();
        match house.charts_of_page(house.clock.now()).await {
            Ok(drawn) => {
                let drawn = drawn.into_iter();
                let drawn = drawn.map(|(name, months)| (name, Arc::new(months)));
                house.page_cache.keep_months(drawn.collect());
            }
            Err(error) => tracing::error!(%error, "the months could not be drawn for the page"),
        }
        let rest = watch.elapsed().saturating_mul(MONTHS_SHARE_OF_TIME);
        let rest = tokio::time::sleep(rest.max(DRAW_MONTHS_EVERY));
        if stop.run_until_cancelled(rest).await.is_none() {
            return;
        }
    }
}

/// Renders it beside the threads that answer: with many queues that takes a while.
async fn render(site: Arc<Site>, status: Status) {
    match tokio::task::spawn_blocking(move || site.put(status)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "the page could not be rendered"),
        Err(error) => tracing::error!(%error, "the page could not be rendered: a defect of okno"),
    }
}

/// How long to rest after a status that took so long.
fn rest_after(took: Duration) -> Duration {
    let rest = took.saturating_mul(SHARE_OF_TIME);
    rest.clamp(TAKE_EVERY, TAKE_WITHIN)
}

/// Answers until told to stop.
pub(super) async fn serve(page: Arc<Page>, tasks: TaskTracker, stop: CancellationToken) {
    let seats = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let Ok(seat) = Arc::clone(&seats).acquire_owned().await else {
            return;
        };
        let accepted = stop.run_until_cancelled(page.listener.accept()).await;
        let (stream, peer) = match accepted {
            None => return,
            Some(Ok(accepted)) => accepted,
            Some(Err(error)) => {
                // Mostly too many open files: it passes.
                tracing::warn!(%error, "a connection to the page could not be taken");
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
        };
        let (site, stop) = (Arc::clone(&page.site), stop.clone());
        tasks.spawn(async move {
            let talk = tokio::time::timeout(CONNECTION_WITHIN, talk(site, stream, peer));
            // A browser waits for nothing that is worth a slow stop.
            if let Some(Ok(Err(error))) = stop.run_until_cancelled(talk).await {
                tracing::debug!(%error, "a connection to the page ended badly");
            }
            drop(seat);
        });
    }
}

async fn talk(site: Arc<Site>, stream: TcpStream, peer: SocketAddr) -> hyper::Result<()> {
    let app = router(site).layer(axum::Extension(peer));
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(16 << 10)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app))
        .await
}

impl House {
    /// Starts to serve the page.
    pub(super) fn start_page(&self, page: Page, tasks: &TaskTracker, stop: &CancellationToken) {
        let page = Arc::new(page);
        let (house, site, token) = (self.clone(), Arc::clone(&page.site), stop.clone());
        tasks.spawn(super::run::supervise(
            "the page's status",
            stop.clone(),
            move || take(house.clone(), Arc::clone(&site), token.clone()),
        ));
        let (house, token) = (self.clone(), stop.clone());
        tasks.spawn(super::run::supervise(
            "the page's months",
            stop.clone(),
            move || draw_months(house.clone(), token.clone()),
        ));
        let (tracker, token) = (tasks.clone(), stop.clone());
        tasks.spawn(super::run::supervise("the page", stop.clone(), move || {
            serve(Arc::clone(&page), tracker.clone(), token.clone())
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::readiness::STATUS_WITHIN;

    #[test]
    fn a_slow_database_is_asked_seldom_and_often_enough_to_be_seen_to_answer() {
        for (took, rest) in [(0, 5_000), (250, 5_000), (500, 10_000), (6_000, 60_000)] {
            let rested = rest_after(Duration::from_millis(took));
            assert_eq!(rested, Duration::from_millis(rest), "{took}");
        }
        let within = Duration::try_from(STATUS_WITHIN).expect("it is not negative");
        let slow = Duration::from_secs(20);
        assert!(rest_after(slow).saturating_add(slow).saturating_add(slow) < within);
    }
}
