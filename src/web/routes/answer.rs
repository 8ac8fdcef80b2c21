//! Answers: pages and files of the shot, and pages that say one thing.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::site::Site;
use crate::web::{pages::Look, shot::Served, view::REFRESH_SECS};

/// How soon there may be a first shot, in seconds.
const NOT_YET_SECS: u32 = 5;

/// A page that says one thing.
pub(super) fn message(site: &Site, status: StatusCode, key: &str, look: Look) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    match site.pages.message(key, look) {
        Ok(page) => (status, headers, page).into_response(),
        Err(_) => (status, "okno\n").into_response(),
    }
}

/// A page that says one thing which passes by itself: it is to be asked for again, so that a screen on a wall does not stay
/// with it.
pub(super) fn message_for(
    site: &Site,
    (status, secs): (StatusCode, u32),
    key: &str,
    look: Look,
) -> Response {
    let mut response = message(site, status, key, look);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(secs));
    if look.refreshes {
        headers.insert(header::REFRESH, HeaderValue::from(secs));
    }
    response
}

/// A page of the shot. It asks to be loaded again by a header, and says how to be left alone: WCAG 2.2, 2.2.1 and 2.2.2.
pub(super) fn page(shown: &Served, look: Look, headers: &HeaderMap) -> Response {
    let mut response = served(shown, "text/html; charset=utf-8", headers);
    if look.refreshes {
        let again = HeaderValue::from(REFRESH_SECS);
        response.headers_mut().insert(header::REFRESH, again);
    }
    response
}

/// Something of the shot, unless the browser has it already.
pub(super) fn served(served: &Served, kind: &'static str, headers: &HeaderMap) -> Response {
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

pub(super) fn gone(site: &Site, look: Look) -> Response {
    message(site, StatusCode::NOT_FOUND, "not_found", look)
}

/// The same for a program that asks for `/status.json`, by the same word: docs/status.md.
const JSON_NOT_YET: &str =
    "{\"schema\": 1, \"error\": \"not_yet\", \"detail\": \"the state has not been read yet\"}\n";

/// Before the first shot, to a program.
pub(super) fn json_not_yet() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let mut response = (StatusCode::SERVICE_UNAVAILABLE, headers, JSON_NOT_YET).into_response();
    let again = HeaderValue::from(NOT_YET_SECS);
    response.headers_mut().insert(header::RETRY_AFTER, again);
    response
}

/// Before the first shot.
pub(super) fn not_yet(site: &Site, look: Look) -> Response {
    let passes = (StatusCode::SERVICE_UNAVAILABLE, NOT_YET_SECS);
    message_for(site, passes, "not_yet", look)
}
