//! The routes: `GET` and `HEAD` of what stands in one table, and nothing else.

mod admit;
mod answer;
mod site;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Extension, Path, RawQuery, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use jiff::{SignedDuration, Timestamp};

pub use self::site::Site;
use self::{
    admit::{admit, harden},
    answer::{gone, json_not_yet, not_yet, page, served},
};
use super::{access::Sees, readiness::Readiness, shot::Served};
use crate::model::ids::QueueName;

/// A path that is answered.
struct Route {
    /// As axum writes it.
    path: &'static str,
    /// Whether anybody at all may ask for it, whoever may look at the page.
    is_open: bool,
    /// What answers.
    answers: fn() -> MethodRouter<Arc<Site>>,
}

/// Every path there is.
const ROUTES: [Route; 8] = [
    Route::shown("/", || get(overview)),
    Route::shown("/queue/{name}", || get(queue)),
    Route::shown("/queue/{name}/months", || get(months)),
    Route::shown("/status.json", || get(json)),
    Route::shown("/readyz", || get(readyz)),
    Route::shown("/metrics", || get(metrics)),
    Route::open("/style.css", || get(style)),
    Route::open("/healthz", || get(healthz)),
];

impl Route {
    const fn shown(path: &'static str, answers: fn() -> MethodRouter<Arc<Site>>) -> Self {
        Self {
            path,
            is_open: false,
            answers,
        }
    }

    const fn open(path: &'static str, answers: fn() -> MethodRouter<Arc<Site>>) -> Self {
        Self {
            is_open: true,
            ..Self::shown(path, answers)
        }
    }
}

/// The routes over a site. Requests bear the address they come from as an extension, [`std::net::SocketAddr`].
pub fn router(site: Arc<Site>) -> Router {
    let routes = |is_open: bool| {
        let own = ROUTES.iter().filter(move |route| route.is_open == is_open);
        own.fold(Router::new(), |all, route| {
            all.route(route.path, (route.answers)())
        })
    };
    let shown = routes(false)
        .fallback(not_found)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), admit));
    routes(true)
        .merge(shown)
        .layer(middleware::from_fn(harden))
        .with_state(site)
}

const JSON: &str = "application/json";

async fn overview(
    State(site): State<Arc<Site>>,
    Extension(sees): Extension<Sees>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let look = site.look(query.as_deref(), &headers);
    let shot = site.shot();
    let shown = shot.and_then(|shot| shot.overview(look, &sees, &site.pages));
    match shown {
        Some(shown) => page(&shown, look, &headers),
        None => not_yet(&site, look),
    }
}

async fn queue(
    State(site): State<Arc<Site>>,
    Extension(sees): Extension<Sees>,
    name: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let look = site.look(query.as_deref(), &headers);
    let Some(shot) = site.shot() else {
        return not_yet(&site, look);
    };
    // Whether there is a queue that is not open to them is nobody's business.
    let name = name.ok().map(|Path(name)| QueueName::from(name.as_str()));
    match name.and_then(|name| shot.queue(&name, look, &sees)) {
        Some(shown) => page(&shown, look, &headers),
        None => gone(&site, look),
    }
}

async fn months(
    State(site): State<Arc<Site>>,
    Extension(sees): Extension<Sees>,
    name: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let look = site.look(query.as_deref(), &headers);
    let Some(shot) = site.shot() else {
        return not_yet(&site, look);
    };
    let name = name.ok().map(|Path(name)| QueueName::from(name.as_str()));
    match name.and_then(|name| shot.months(&name, look, (&sees, &site.pages))) {
        Some(shown) => page(&shown, look, &headers),
        None => gone(&site, look),
    }
}

async fn json(
    State(site): State<Arc<Site>>,
    Extension(sees): Extension<Sees>,
    headers: HeaderMap,
) -> Response {
    match site.taken() {
        Some(taken) => served(&taken.json(&sees), JSON, &headers),
        None => json_not_yet(),
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
    let taken = site.taken();
    let now: Timestamp = site.clock.now();
    let status = taken.as_ref().map(|taken| taken.status.as_ref());
    let age = status.map_or(SignedDuration::ZERO, |one| now.duration_since(one.at));
    let fault = taken.as_ref().and_then(|taken| taken.fault.as_ref());
    let readiness = Readiness::of(status, age, fault);
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

async fn not_found(
    State(site): State<Arc<Site>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    gone(&site, site.look(query.as_deref(), &headers))
}

#[cfg(test)]
mod tests;
