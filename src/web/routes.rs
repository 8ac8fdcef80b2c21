//! The routes: `GET` and `HEAD` of what stands in [`PATHS`], and nothing else.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, PoisonError, RwLock},
};

use axum::{
    Router,
    body::Body,
    extract::{Extension, Path, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    access::{Asked, Denied, Sees, has_proofs, judge},
    guard::{Guard, WINDOW},
    meters::Meters,
    pages::{Look, Pages},
    readiness::Readiness,
    shot::{Json, Served, Shot},
};
use crate::{
    clock::{Clock, Stopwatch},
    model::{ids::QueueName, language::Language, page::PageSettings},
};

/// Every path there is.
pub const PATHS: [&str; 7] = [
    "/",
    "/queue/{name}",
    "/status.json",
    "/style.css",
    "/healthz",
    "/readyz",
    "/metrics",
];

/// Nothing is loaded but what this page itself sends, nothing acts, and nobody frames it.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// So many proofs of passwords are remembered, so that each need not be proven anew, which takes long on purpose.
const PROVEN_MAX: usize = 256;

/// What the page is served from.
#[derive(Debug)]
pub struct Site {
    /// How it is served.
    pub settings: PageSettings,
    /// Its templates.
    pub pages: Pages,
    /// The meters of the house.
    pub meters: Meters,
    /// The time.
    pub clock: Clock,
    /// The language of whoever has not asked for another.
    pub language: Language,
    shot: RwLock<Option<Arc<Shot>>>,
    guard: Guard,
    watch: Stopwatch,
    proven: RwLock<BTreeMap<[u8; 32], ()>>,
}

impl Site {
    /// Before anything is known.
    #[must_use]
    pub fn new(
        settings: PageSettings,
        pages: Pages,
        meters: Meters,
        (clock, language): (Clock, Language),
    ) -> Self {
        Self {
            settings,
            pages,
            meters,
            clock,
            language,
            shot: RwLock::default(),
            guard: Guard::default(),
            watch: Stopwatch::start(),
            proven: RwLock::default(),
        }
    }

    /// Serves this from now on.
    pub fn put(&self, shot: Shot) {
        self.meters.show(&shot.status);
        *self.shot.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(shot));
    }

    /// What is served.
    #[must_use]
    pub fn shot(&self) -> Option<Arc<Shot>> {
        let shot = self.shot.read().unwrap_or_else(PoisonError::into_inner);
        shot.clone()
    }

    fn look(&self, query: &Asking, headers: &HeaderMap) -> Look {
        let asked = query.lang.as_deref().and_then(by_code);
        let accepted = || {
            let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            preferred(accepted)
        };
        Look {
            language: asked.or_else(accepted).unwrap_or(self.language),
            refreshes: query.refresh.as_deref() != Some("off"),
        }
    }

    /// Whether a password is that of a PHC string; what was proven once is remembered.
    fn proves(&self, hash: &str, password: &str) -> bool {
        let mut digest = Sha256::new();
        digest.update(hash.as_bytes());
        digest.update([0]);
        digest.update(password.as_bytes());
        let key: [u8; 32] = digest.finalize().into();
        let proven = self.proven.read().unwrap_or_else(PoisonError::into_inner);
        if proven.contains_key(&key) {
            return true;
        }
        drop(proven);
        let is_proven = verify(hash, password);
        if is_proven {
            let mut proven = self.proven.write().unwrap_or_else(PoisonError::into_inner);
            if proven.len() >= PROVEN_MAX {
                proven.clear();
            }
            proven.insert(key, ());
        }
        is_proven
    }
}

/// argon2 (RFC 9106), by the parameters of the hash.
fn verify(hash: &str, password: &str) -> bool {
    use argon2::{Argon2, PasswordHash, PasswordVerifier as _};
    PasswordHash::new(hash).is_ok_and(|hash| {
        let argon = Argon2::default();
        argon.verify_password(password.as_bytes(), &hash).is_ok()
    })
}

/// The routes over a site. Requests bear the address they come from as an extension, [`SocketAddr`].
pub fn router(site: Arc<Site>) -> Router {
    let shown = Router::new()
        .route("/", get(overview))
        .route("/queue/{name}", get(queue))
        .route("/status.json", get(json))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics))
        .fallback(not_found)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), admit));
    Router::new()
        .route("/healthz", get(healthz))
        .route("/style.css", get(style))
        .merge(shown)
        .layer(middleware::from_fn(harden))
        .with_state(site)
}

/// What may be asked for behind a question mark.
#[derive(Debug, Default, Deserialize)]
struct Asking {
    lang: Option<String>,
    refresh: Option<String>,
}

/// Headers that every answer bears.
async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Lets through whoever may look, with what they see.
async fn admit(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<SocketAddr>();
    let peer: Option<IpAddr> = peer.map(|peer| peer.ip().to_canonical());
    let now = site.watch.elapsed();
    if peer.is_some_and(|peer| site.guard.is_shut(peer, now)) {
        let wait = [(header::RETRY_AFTER, HeaderValue::from(WINDOW.as_secs()))];
        return (StatusCode::TOO_MANY_REQUESTS, wait, "Too many attempts.\n").into_response();
    }
    match judged(&site, peer, request.headers()) {
        Ok(sees) => {
            request.extensions_mut().insert(sees);
            next.run(request).await
        }
        Err(denied) => {
            if denied == Denied::Wrong
                && let Some(peer) = peer
            {
                tracing::warn!(%peer, "somebody could not prove who they are to the page");
                site.guard.failed(peer, now);
            }
            refuse(&site, denied, request.headers())
        }
    }
}

fn judged(site: &Site, peer: Option<IpAddr>, headers: &HeaderMap) -> Result<Sees, Denied> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let asked = Asked {
        peer,
        host: text("host"),
        authorization: text("authorization"),
        named: site
            .settings
            .proxy
            .as_ref()
            .and_then(|proxy| text(&proxy.header)),
    };
    judge(&site.settings, asked, |hash, password| {
        site.proves(hash, password)
    })
}

fn refuse(site: &Site, denied: Denied, headers: &HeaderMap) -> Response {
    let status = match denied {
        Denied::Host => {
            let words = "This page is not called so: see `hosts` in [web].\n";
            return (StatusCode::MISDIRECTED_REQUEST, words).into_response();
        }
        Denied::Unnamed | Denied::Wrong if has_proofs(&site.settings) => StatusCode::UNAUTHORIZED,
        Denied::Unnamed | Denied::Wrong | Denied::Unknown => StatusCode::FORBIDDEN,
    };
    let mut response = message(site, "denied", headers);
    *response.status_mut() = status;
    if status == StatusCode::UNAUTHORIZED {
        let asked = HeaderValue::from_static("Basic realm=\"okno\", charset=\"UTF-8\"");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, asked);
    }
    response
}

/// A page that says one thing.
fn message(site: &Site, key: &str, headers: &HeaderMap) -> Response {
    let look = site.look(&Asking::default(), headers);
    let words = site
        .shot()
        .and_then(|shot| site.pages.message(&shot.status, key, look).ok());
    match words {
        Some(page) => html(page),
        None => "okno\n".into_response(),
    }
}

fn html(page: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, page).into_response()
}

/// Something of the shot, unless the browser has it already.
fn served(served: &Served, kind: &'static str, headers: &HeaderMap) -> Response {
    let known = headers.get(header::IF_NONE_MATCH);
    let known = known.and_then(|known| known.to_str().ok()).unwrap_or("");
    let is_known = known
        .split(',')
        .any(|one| one.trim().trim_start_matches("W/") == served.etag || one.trim() == "*");
    let common = [
        (header::ETAG, served.etag.as_str()),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "Accept-Language, Authorization, Cookie"),
    ];
    match is_known {
        true => (StatusCode::NOT_MODIFIED, common).into_response(),
        false => (
            common,
            [(header::CONTENT_TYPE, kind)],
            Body::from(served.body.clone()),
        )
            .into_response(),
    }
}

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

async fn overview(
    State(site): State<Arc<Site>>,
    Extension(sees): Extension<Sees>,
    Query(query): Query<Asking>,
    headers: HeaderMap,
) -> Response {
    let Some(shot) = site.shot() else {
        return not_yet(&site);
    };
    let look = site.look(&query, &headers);
    match &sees {
        Sees::All => match shot.overview(look) {
            Some(page) => served(page, HTML, &headers),
            None => not_yet(&site),
        },
        // Of a house of which only some queues are open to somebody, the mailboxes are not.
        Sees::Queues(queues) => {
            let mut status = shot.status.clone();
            status.mailboxes.clear();
            status.agents = None;
            let page = site
                .pages
                .overview(&status, look, |name| queues.contains(name));
            match page {
                Ok(page) => served(&Served::new(page), HTML, &headers),
                Err(_) => not_yet(&site),
            }
        }
    }
}

async fn queue(
    State(site): State<Arc<Site>>,
    Extension(sees): Extension<Sees>,
    Path(name): Path<String>,
    Query(query): Query<Asking>,
    headers: HeaderMap,
) -> Response {
    let Some(shot) = site.shot() else {
        return not_yet(&site);
    };
    let name = QueueName::from(name.as_str());
    let look = site.look(&query, &headers);
    // Whether there is a queue that is not open to them is nobody's business.
    match shot.queue(&name, look).filter(|_| sees.queue(&name)) {
        Some(page) => served(page, HTML, &headers),
        None => gone(&site, &headers),
    }
}

async fn json(
    State(site): State<Arc<Site>>,
    Extension(sees): Extension<Sees>,
    headers: HeaderMap,
) -> Response {
    let Some(shot) = site.shot() else {
        return not_yet(&site);
    };
    match &sees {
        Sees::All => served(shot.json(), JSON, &headers),
        Sees::Queues(queues) => {
            let mut status = shot.status.clone();
            status.mailboxes.clear();
            let json = Json::of(&status, |name| queues.contains(name)).written();
            served(&Served::new(json), JSON, &headers)
        }
    }
}

async fn style(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    let style = Served::new(site.pages.style().to_owned());
    served(&style, "text/css; charset=utf-8", &headers)
}

/// The process answers.
async fn healthz() -> &'static str {
    "ok\n"
}

/// The house does its work, or why not.
async fn readyz(State(site): State<Arc<Site>>, Extension(sees): Extension<Sees>) -> Response {
    if sees != Sees::All {
        return StatusCode::FORBIDDEN.into_response();
    }
    let shot = site.shot();
    let now: Timestamp = site.clock.now();
    let status = shot.as_ref().map(|shot| &shot.status);
    let age = status.map_or(jiff::SignedDuration::ZERO, |one| now.duration_since(one.at));
    let readiness = Readiness::of(status, age);
    let code = match readiness.ready {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    };
    let written = serde_json::to_string_pretty(&readiness).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, JSON),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (code, headers, format!("{written}\n")).into_response()
}

async fn metrics(State(site): State<Arc<Site>>, Extension(sees): Extension<Sees>) -> Response {
    if sees != Sees::All {
        return StatusCode::FORBIDDEN.into_response();
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, site.meters.written()).into_response()
}

async fn not_found(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    gone(&site, &headers)
}

fn gone(site: &Site, headers: &HeaderMap) -> Response {
    let mut response = message(site, "not_found", headers);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Before the first shot.
fn not_yet(site: &Site) -> Response {
    let words = match site.language {
        Language::Ru => "Состояние ещё не снято. Обновите страницу через несколько секунд.\n",
        Language::En => "The state was not taken yet. Reload this page in a few seconds.\n",
    };
    let wait = [(header::RETRY_AFTER, HeaderValue::from_static("5"))];
    (StatusCode::SERVICE_UNAVAILABLE, wait, words).into_response()
}

fn by_code(code: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|one| one.code() == code)
}

/// The language that somebody would rather read (RFC 9110, 12.5.4): the highest weight, the first of equals.
fn preferred(accepted: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for one in accepted.split(',').take(32) {
        let mut parts = one.split(';');
        let range = parts.next().unwrap_or_default().trim().to_lowercase();
        let language = range.split('-').next().and_then(by_code);
        let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
        let weight: f32 = weight.map_or(Some(1.0), |q| q.parse().ok()).unwrap_or(0.0);
        let is_better = best.is_none_or(|(most, _)| weight > most);
        if let Some(language) = language.filter(|_| weight > 0.0 && is_better) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests;
