//! Every route asked in every way.

mod admitted;
mod monitoring;
mod said;

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, SocketAddr},
};

use axum::{
    body::Body,
    http::{Method, Request},
};
use data_encoding::BASE64;
use tower::ServiceExt as _;

use super::{site::preferred, *};
use crate::{
    clock::Clock,
    model::{
        language::Language,
        page::{PageSettings, Proof, Proxy, Viewer},
    },
    store::status::{Heap, QueueFigures},
    web::{
        Meters, Pages,
        status::{DeciderPresence, Status},
    },
};

/// What somebody may have put into any text that is shown.
const HOSTILE: &str = "</title><script>alert('1')</script>{{ frame }}\" onload=\"x&amp;";

const NINE: &str = "2026-11-17T09:00:00Z";

fn at(words: &str) -> Timestamp {
    words.parse().expect("an instant")
}

/// The sample house, of which this process reads two mailboxes and nobody a third; without the third.
fn status(word: &str) -> Status {
    let mut status = Status::sample(word);
    status.mailboxes.remove(&"lab".into());
    status
}

/// The same house where all is well.
fn sound() -> Status {
    let mut status = status("it");
    status.held = Heap::default();
    for mailbox in status.mailboxes.values_mut() {
        (mailbox.trouble, mailbox.read_at) = (None, Some(at(NINE)));
    }
    status
}

fn settings() -> PageSettings {
    PageSettings {
        listen: "127.0.0.1:8025".parse().expect("an address"),
        hosts: BTreeSet::new(),
        shows_names: true,
        proxy: None,
        viewers: BTreeMap::new(),
    }
}

fn site(settings: PageSettings, word: &str) -> Arc<Site> {
    let site = empty(settings, &[]);
    site.put(status(word)).expect("it is rendered");
    site
}

/// Before anything is known.
fn empty(settings: PageSettings, overrides: &[(String, String)]) -> Arc<Site> {
    let pages = Pages::new(overrides).expect("the templates are sound");
    let clock = (Clock::manual(at(NINE)), Language::Ru);
    Arc::new(Site::new(settings, pages, Meters::default(), clock))
}

/// An answer: its status, its headers, its words.
struct Answer(StatusCode, HeaderMap, String);

async fn ask(site: &Arc<Site>, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    if headers.iter().all(|(name, _)| *name != "host") {
        request = request.header("host", "127.0.0.1:8025");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let peer = SocketAddr::from(([127, 0, 0, 1], 40_000));
    let app = router(Arc::clone(site)).layer(Extension(peer));
    let request = request.body(Body::empty()).expect("a request");
    let response = app.oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, 1 << 20).await.expect("its body");
    let words = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    Answer(parts.status, parts.headers, words)
}

fn concrete(path: &str) -> String {
    path.replace("{name}", "it")
}

#[tokio::test]
async fn everything_answers_get_and_head_and_nothing_else() {
    let site = site(settings(), "it");
    for path in ROUTES.map(|route| concrete(route.path)) {
        for method in [Method::GET, Method::HEAD] {
            let Answer(code, headers, words) = ask(&site, method.clone(), &path, &[]).await;
            // A mailbox cannot be read, and mail is held: the house is not ready, and says so.
            let expected = match path.as_str() {
                "/readyz" => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::OK,
            };
            assert_eq!(code, expected, "{method} {path}");
            assert_eq!(words.is_empty(), method == Method::HEAD, "{method} {path}");
            assert_eq!(headers["content-security-policy"], admit::POLICY, "{path}");
            assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
            assert!(headers.contains_key("content-type"), "{path}");
        }
        for method in [
            "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE",
        ] {
            let method = Method::from_bytes(method.as_bytes()).expect("a method");
            let Answer(code, ..) = ask(&site, method.clone(), &path, &[]).await;
            assert_eq!(code, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn nothing_that_is_shown_acts() {
    let site = site(settings(), HOSTILE);
    for path in [
        "/",
        "/queue/it",
        "/?lang=en",
        "/queue/it?lang=en&refresh=off",
    ] {
        let Answer(code, _, words) = ask(&site, Method::GET, path, &[]).await;
        assert_eq!(code, StatusCode::OK, "{path}");
        assert!(!words.contains("<script"), "{path}: {words}");
        assert!(!words.contains("\" onload"), "{path}: {words}");
        assert!(
            words.contains("&lt;script&gt;"),
            "it is shown as text: {path}"
        );
        assert!(words.contains("{{ frame }}"), "it is no template: {path}");
    }
    let Answer(_, headers, words) = ask(&site, Method::GET, "/status.json", &[]).await;
    assert_eq!(headers["content-type"], "application/json");
    let read: serde_json::Value = serde_json::from_str(&words).expect("JSON");
    assert_eq!(read["queues"]["it"]["title"], HOSTILE);
    // A path that is nothing's is not shown back at all.
    let path = "/queue/%3Cscript%3E";
    let Answer(code, _, words) = ask(&site, Method::GET, path, &[]).await;
    assert_eq!(code, StatusCode::NOT_FOUND);
    assert!(!words.contains("script"), "{words}");
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again() {
    let site = site(settings(), "it");
    for path in ["/", "/queue/it", "/status.json", "/style.css"] {
        let Answer(_, headers, _) = ask(&site, Method::GET, path, &[]).await;
        let etag = headers["etag"].to_str().expect("ASCII").to_owned();
        let known = format!("\"other\", W/{etag}");
        let again = [("if-none-match", known.as_str())];
        let Answer(code, _, words) = ask(&site, Method::GET, path, &again).await;
        assert_eq!(
            (code, words.as_str()),
            (StatusCode::NOT_MODIFIED, ""),
            "{path}"
        );
    }
}

/// Somebody with this proof, who sees these queues or everything.
fn viewer(proof: Option<Proof>, queues: Option<&[&str]>) -> Viewer {
    Viewer {
        proof,
        queues: queues.map(|all| all.iter().map(|name| QueueName::from(*name)).collect()),
    }
}

/// The proxy on this machine names whoever looks.
fn naming_proxy() -> Proxy {
    Proxy {
        header: Some("remote-user".to_owned()),
        client: None,
        trusted: BTreeSet::from([IpAddr::from([127, 0, 0, 1])]),
    }
}

/// A page for Darya alone, whose password is the one of owls.
fn darya_alone() -> PageSettings {
    use argon2::{
        Argon2,
        password_hash::{PasswordHasher as _, SaltString},
    };
    let salt = SaltString::encode_b64(b"0123456789abcdef").expect("a salt");
    let small = argon2::Params::new(8, 1, 1, None).expect("parameters");
    let argon = Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, small);
    let hash = argon.hash_password("совиная почта".as_bytes(), &salt);
    let hash = hash.expect("a hash").to_string();
    let darya = Viewer {
        proof: Some(Proof::Password(hash)),
        queues: None,
    };
    PageSettings {
        viewers: BTreeMap::from([("darya".to_owned(), darya)]),
        ..settings()
    }
}

fn basic(words: &str) -> String {
    format!("Basic {}", BASE64.encode(words.as_bytes()))
}

/// A screen asks twice a minute; where nothing new is shown nothing is sent.
#[tokio::test]
async fn a_page_that_shows_the_same_is_the_same() {
    let (site, mut known) = (empty(settings(), &[]), sound());
    let mut tags = Vec::new();
    for at_second in ["09:00:05", "09:00:10", "09:00:55", "09:01:00"] {
        known.at = at(&format!("2026-11-17T{at_second}Z"));
        for mailbox in known.mailboxes.values_mut() {
            (mailbox.read_at, mailbox.newest_at) = (Some(known.at), None);
        }
        site.put(known.clone()).expect("it is rendered");
        let mut both = Vec::new();
        for path in ["/", "/queue/it"] {
            let Answer(_, headers, _) = ask(&site, Method::GET, path, &[]).await;
            both.push(headers["etag"].to_str().expect("ASCII").to_owned());
        }
        tags.push(both);
    }
    assert_eq!(tags[0], tags[1]);
    assert_eq!(tags[0], tags[2]);
    // The clock in the footer goes by the minute.
    assert_ne!(tags[0], tags[3]);
}
