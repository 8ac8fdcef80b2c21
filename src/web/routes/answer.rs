//! Answers: pages and files of the shot, and pages that say one thing.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::site::{Asking, Site};
use crate::{
    model::language::Language,
    web::{pages::Look, shot::Served, view::REFRESH_SECS},
};

/// A page that says one thing.
pub(super) fn message(site: &Site, key: &str, headers: &HeaderMap) -> Response {
    let look = Look {
        refreshes: false,
        ..site.look(&Asking::default(), headers)
    };
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

pub(super) fn gone(site: &Site, headers: &HeaderMap) -> Response {
    let mut response = message(site, "not_found", headers);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Before the first shot.
pub(super) fn not_yet(site: &Site) -> Response {
    let words = match site.language {
        Language::Ru => "Состояние ещё не снято. Обновите страницу через несколько секунд.\n",
        Language::En => "The state was not taken yet. Reload this page in a few seconds.\n",
    };
    let wait = [(header::RETRY_AFTER, HeaderValue::from_static("5"))];
    (StatusCode::SERVICE_UNAVAILABLE, wait, words).into_response()
}
