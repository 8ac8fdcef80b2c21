//! The routes: `GET` and `HEAD` of what stands in [`PATHS`], and nothing else.

mod admit;
mod answer;
mod site;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Extension, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::Timestamp;

pub use self::site::Site;
use self::{
    admit::{admit, harden},
    answer::{gone, not_yet, page, served},
    site::Asking,
};
use super::{
    access::Sees,
    readiness::Readiness,
    shot::{Json, Served},
};
use crate::model::ids::QueueName;

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

/// The routes over a site. Requests bear the address they come from as an extension, [`std::net::SocketAddr`].
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
            Some(shown) => page(shown, look, &headers),
            None => not_yet(&site),
        },
        // Of a house of which only some queues are open to somebody, the mailboxes are not.
        Sees::Queues(_) => match site.pages.overview(&shot.status, look, &sees) {
            Ok(shown) => page(&Served::new(shown), look, &headers),
            Err(_) => not_yet(&site),
        },
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
        Some(shown) => page(shown, look, &headers),
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
        Sees::Queues(_) => {
            let json = Json::of(&shot.status, &sees).written();
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

#[cfg(test)]
mod tests;
