//! What every request passes: who may look, and the headers that every answer bears.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{answer::message, site::Site};
use crate::web::{
    access::{Asked, Denied, Sees, has_proofs, judge},
    guard::WINDOW,
};

/// Nothing is loaded but what this page itself sends, nothing acts, and nobody frames it.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// Headers that every answer bears.
pub(super) async fn harden(request: Request, next: Next) -> Response {
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
pub(super) async fn admit(
    State(site): State<Arc<Site>>,
    mut request: Request,
    next: Next,
) -> Response {
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
