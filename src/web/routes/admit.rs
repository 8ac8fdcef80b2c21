//! What every request passes: who may look, and the headers that every answer bears.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Version, header},
    middleware::Next,
    response::Response,
};

use super::{
    answer::{message, message_for},
    site::Site,
};
use crate::web::{
    access::{Asked, Denied, Sees, Verdict, has_proofs, judge, named_by_proxy, origin},
    guard::WINDOW,
    pages::Look,
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
    let look = site.look(request.uri().query(), request.headers());
    let asked = Asked {
        is_passed_on: is_passed_on(&request),
        ..asked(&site, peer, request.headers())
    };
    let from = peer.map(|peer| origin(&site.settings, peer, path(&site, request.headers())));
    // Whoever the proxy names does not guess.
    if named_by_proxy(&site.settings, asked).is_none() && is_shut(&site, from) {
        return too_many(&site, look);
    }
    match admitted(&site, from, asked).await {
        Ok(sees) => {
            request.extensions_mut().insert(sees);
            next.run(request).await
        }
        Err(Refused::TooMany) => too_many(&site, look),
        Err(Refused::Denied(denied)) => {
            if denied == Denied::Wrong
                && let Some(from) = from
            {
                tracing::warn!(%from, "somebody could not prove who they are to the page");
                site.guard.failed(from, site.watch.elapsed());
            }
            refuse(&site, denied, look)
        }
    }
}

/// Why nobody is let in.
enum Refused {
    Denied(Denied),
    TooMany,
}

fn is_shut(site: &Site, from: Option<IpAddr>) -> bool {
    from.is_some_and(|from| site.guard.is_shut(from, site.watch.elapsed()))
}

fn too_many(site: &Site, look: Look) -> Response {
    let secs = u32::try_from(WINDOW.as_secs()).unwrap_or(u32::MAX);
    message_for(
        site,
        (StatusCode::TOO_MANY_REQUESTS, secs),
        "too_many",
        look,
    )
}

/// Whether a request has come through a proxy, as far as can be told: proxies name themselves or whom they speak for, and one
/// that says nothing (as nginx does unless it is told) mostly speaks HTTP/1.0, which no browser and no monitoring does.
fn is_passed_on(request: &Request) -> bool {
    let is_sign = |name: &HeaderName| {
        let name = name.as_str();
        name.starts_with("x-forwarded") || ["forwarded", "via", "x-real-ip"].contains(&name)
    };
    request.version() == Version::HTTP_10 || request.headers().keys().any(is_sign)
}

async fn admitted(
    site: &Arc<Site>,
    from: Option<IpAddr>,
    asked: Asked<'_>,
) -> Result<Sees, Refused> {
    let verdict = judge(&site.settings, asked).map_err(Refused::Denied)?;
    let (hash, password, sees) = match verdict {
        Verdict::Sees(sees) => return Ok(sees),
        Verdict::IfProven {
            hash,
            password,
            sees,
        } => (hash, password, sees),
    };
    if let Some(sees) = &sees
        && site.has_proven(hash, &password)
    {
        return Ok(sees.clone());
    }
    let _seat = site.provers.acquire().await;
    // Whoever sends many guesses at once has failed in the first of them by the time it is the next one's turn.
    if is_shut(site, from) {
        return Err(Refused::TooMany);
    }
    let is_right = site.prove(hash, password).await;
    let sees = sees.filter(|_| is_right);
    sees.ok_or(Refused::Denied(Denied::Wrong))
}

fn asked<'r>(site: &Site, peer: Option<IpAddr>, headers: &'r HeaderMap) -> Asked<'r> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let proxy = site.settings.proxy.as_ref();
    let proxy = proxy.and_then(|proxy| proxy.header.as_deref());
    let mut says_who = ["host", "authorization"].into_iter().chain(proxy);
    Asked {
        peer,
        host: text("host"),
        authorization: text("authorization"),
        named: proxy.and_then(text),
        is_passed_on: false,
        is_twofold: says_who.any(|name| headers.get_all(name).iter().nth(1).is_some()),
    }
}

/// The proxy's header with the way the request took: of several the last, which is the proxy's own.
fn path<'r>(site: &Site, headers: &'r HeaderMap) -> Option<&'r str> {
    let client = site.settings.proxy.as_ref()?.client.as_deref()?;
    headers.get_all(client).iter().next_back()?.to_str().ok()
}

fn refuse(site: &Site, denied: Denied, look: Look) -> Response {
    let (status, key) = match denied {
        Denied::Host => (StatusCode::MISDIRECTED_REQUEST, "misnamed"),
        Denied::Twofold => (StatusCode::BAD_REQUEST, "twofold"),
        Denied::PassedOn => (StatusCode::FORBIDDEN, "passed_on"),
        Denied::Unnamed | Denied::Wrong if has_proofs(&site.settings) => {
            (StatusCode::UNAUTHORIZED, "denied")
        }
        Denied::Unnamed | Denied::Wrong | Denied::Unknown => (StatusCode::FORBIDDEN, "closed"),
    };
    let mut response = message(site, status, key, look);
    if status == StatusCode::UNAUTHORIZED {
        let asked = HeaderValue::from_static("Basic realm=\"okno\", charset=\"UTF-8\"");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, asked);
    }
    response
}
