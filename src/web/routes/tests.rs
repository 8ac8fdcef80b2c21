//! Every route asked in every way.

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
        status::{Decider, Status},
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
        in_time: BTreeMap::new(),
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

#[tokio::test]
async fn everybody_reads_their_own_language_and_decides_whether_the_page_reloads() {
    let site = site(settings(), "it");
    for (path, accepts, lang, reloads) in [
        ("/", "en-GB,en;q=0.9", "en", true),
        ("/", "de", "ru", true),
        ("/?lang=en", "ru", "en", true),
        ("/?lang=xx&refresh=off", "en", "en", false),
        ("/queue/it?refresh=off", "ru", "ru", false),
    ] {
        let asked = [("accept-language", accepts)];
        let Answer(_, headers, words) = ask(&site, Method::GET, path, &asked).await;
        assert!(words.contains(&format!("<html lang=\"{lang}\">")), "{path}");
        assert_eq!(headers.contains_key("refresh"), reloads, "{path}");
    }
    // A queue's name may be of any letters.
    let path = "/queue/%D0%B1%D1%83%D1%85%D0%B3%D0%B0%D0%BB%D1%82%D0%B5%D1%80%D0%B8%D1%8F";
    let Answer(code, _, words) = ask(&site, Method::GET, path, &[]).await;
    assert_eq!(code, StatusCode::OK);
    assert!(words.contains(&format!("{path}?lang=en")), "{words}");
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

#[tokio::test]
async fn whoever_has_one_queue_sees_that_queue_and_no_mailbox() {
    let site = site(
        PageSettings {
            proxy: Some(naming_proxy()),
            viewers: BTreeMap::from([
                ("darya".to_owned(), viewer(None, Some(&["it"]))),
                ("rector".to_owned(), viewer(None, None)),
                (
                    "monitor".to_owned(),
                    viewer(Some(Proof::Token("0".repeat(64))), None),
                ),
            ]),
            ..settings()
        },
        "an@address.test",
    );
    for (who, path, expected) in [
        ("darya", "/", 200),
        ("darya", "/queue/it", 200),
        (
            "darya",
            "/queue/%D0%B1%D1%83%D1%85%D0%B3%D0%B0%D0%BB%D1%82%D0%B5%D1%80%D0%B8%D1%8F",
            404,
        ),
        ("darya", "/status.json", 200),
        ("darya", "/metrics", 403),
        ("darya", "/readyz", 403),
        ("darya", "/healthz", 200),
        ("rector", "/metrics", 200),
        ("rector", "/queue/it", 200),
        ("ivan", "/", 403),
    ] {
        let Answer(code, _, words) = ask(&site, Method::GET, path, &[("remote-user", who)]).await;
        assert_eq!(code.as_u16(), expected, "{who} {path}");
        if who == "darya" && path != "/queue/it" {
            assert!(!words.contains("/queue/%D0"), "{path}: {words}");
            assert!(!words.contains("бухгалтерия"), "{path}: {words}");
        }
        if who == "darya" && path == "/" {
            assert!(
                !words.contains("<th scope=\"row\">an@address.test"),
                "{words}"
            );
            assert!(!words.contains("Почта и работа"), "{words}");
        }
        if who == "darya" && path == "/status.json" {
            let read: serde_json::Value = serde_json::from_str(&words).expect("JSON");
            for key in [
                "outbox",
                "held",
                "stopped",
                "work",
                "quarantine",
                "agents",
                "other",
                "mailboxes",
            ] {
                assert!(read[key].is_null(), "{key}: {words}");
            }
        }
    }
    // Nobody is asked for a password whom only the proxy could name; here there is a token, so there is a way.
    let Answer(code, headers, _) = ask(&site, Method::GET, "/", &[]).await;
    assert_eq!(code, StatusCode::UNAUTHORIZED);
    assert!(
        headers["www-authenticate"]
            .to_str()
            .expect("ASCII")
            .starts_with("Basic")
    );
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

#[tokio::test]
async fn whoever_guesses_is_shut_out_for_a_minute() {
    let site = site(darya_alone(), "it");
    let right = basic("darya:совиная почта");
    for _ in 0..3 {
        let Answer(code, ..) = ask(&site, Method::GET, "/", &[("authorization", &right)]).await;
        assert_eq!(code, StatusCode::OK);
    }
    for guess in 0..10 {
        let wrong = basic(&format!("darya:guess {guess}"));
        let Answer(code, ..) = ask(&site, Method::GET, "/", &[("authorization", &wrong)]).await;
        assert_eq!(code, StatusCode::UNAUTHORIZED, "{guess}");
    }
    let Answer(code, headers, words) =
        ask(&site, Method::GET, "/", &[("authorization", &right)]).await;
    assert_eq!(code, StatusCode::TOO_MANY_REQUESTS);
    assert!(words.contains("Попробуйте снова через минуту"), "{words}");
    assert!(headers.contains_key("retry-after"));
    let Answer(code, ..) = ask(&site, Method::GET, "/healthz", &[]).await;
    assert_eq!(code, StatusCode::OK, "that the process lives is no secret");
}

/// Behind a proxy each is counted where they come from, as the proxy says, and nobody can say it for themselves.
#[tokio::test]
async fn one_who_guesses_behind_a_proxy_shuts_nobody_else_out() {
    let proxy = Proxy {
        header: Some("remote-user".to_owned()),
        client: Some("x-forwarded-for".to_owned()),
        trusted: BTreeSet::from([IpAddr::from([127, 0, 0, 1]), IpAddr::from([192, 0, 2, 9])]),
    };
    let site = site(
        PageSettings {
            proxy: Some(proxy),
            ..darya_alone()
        },
        "it",
    );
    let (right, wrong) = (basic("darya:совиная почта"), basic("darya:ворона"));
    for guess in 0..10 {
        // What Mallory writes in front is not believed.
        let path = format!("198.51.100.{guess}, 203.0.113.7");
        let asked = [("authorization", &*wrong), ("x-forwarded-for", &path)];
        let Answer(code, ..) = ask(&site, Method::GET, "/", &asked).await;
        assert_eq!(code, StatusCode::UNAUTHORIZED, "{guess}");
    }
    for (from, expected) in [
        ("203.0.113.7", StatusCode::TOO_MANY_REQUESTS),
        ("203.0.113.7:4711, 192.0.2.9", StatusCode::TOO_MANY_REQUESTS),
        ("203.0.113.8", StatusCode::OK),
        ("[2001:db8::1]:4711", StatusCode::OK),
        ("203.0.113.7, unknown", StatusCode::OK),
    ] {
        let asked = [("authorization", &*right), ("x-forwarded-for", from)];
        let Answer(code, ..) = ask(&site, Method::GET, "/", &asked).await;
        assert_eq!(code, expected, "{from}");
    }
    let asked = [("remote-user", "darya"), ("x-forwarded-for", "203.0.113.7")];
    let Answer(code, ..) = ask(&site, Method::GET, "/", &asked).await;
    assert_eq!(code, StatusCode::OK, "the proxy has asked her");
}

/// Guesses that come all at once wait for one another, and for the count of those before them.
#[tokio::test]
async fn guesses_at_once_are_no_more_guesses() {
    let site = site(darya_alone(), "it");
    let guesses = (0..40).map(async |guess| {
        let wrong = basic(&format!("darya:guess {guess}"));
        let asked = [("authorization", wrong.as_str())];
        ask(&site, Method::GET, "/", &asked).await.0
    });
    let mut tried = 0;
    for code in futures_util::future::join_all(guesses).await {
        match code {
            StatusCode::UNAUTHORIZED => tried += 1,
            code => assert_eq!(code, StatusCode::TOO_MANY_REQUESTS),
        }
    }
    // Two are at it at any time: one may be when the tenth fails.
    assert!((10..=11).contains(&tried), "{tried}");
}

#[tokio::test]
async fn the_monitoring_is_told_every_cause() {
    let site = site(settings(), "no such host");
    let Answer(_, headers, words) = ask(&site, Method::GET, "/metrics", &[]).await;
    let kind = headers["content-type"].to_str().expect("ASCII");
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    for line in [
        "okno_tickets_overdue{queue=\"it\"} 1",
        "okno_mailbox_up{mailbox=\"it\"} 0",
        "okno_quarantine_mails 2",
        "okno_outbox_held_mails 1",
        "okno_outbox_stopped_mails 2",
    ] {
        assert!(words.contains(line), "{line}: {words}");
    }
    assert!(words.ends_with("# EOF\n"));
    let Answer(_, _, words) = ask(&site, Method::GET, "/readyz", &[]).await;
    let read: serde_json::Value = serde_json::from_str(&words).expect("JSON");
    assert_eq!(read["ready"], false);
    let causes = read["causes"].as_array().expect("a list");
    let checks: Vec<&str> = causes
        .iter()
        .filter_map(|one| one["check"].as_str())
        .collect();
    // That the administrator has stopped some mail is no cause.
    assert_eq!(checks, ["mailbox", "outbox"], "{words}");
    site.clock.advance(std::time::Duration::from_secs(121));
    let Answer(code, _, words) = ask(&site, Method::GET, "/readyz", &[]).await;
    assert_eq!(code, StatusCode::SERVICE_UNAVAILABLE);
    assert!(words.contains("it has not answered for 121 s"), "{words}");
}

/// Whether it can be read is for the process to say that reads it; when it was read last stands in the database.
#[test]
fn of_a_mailbox_that_was_handed_over_only_its_last_look_is_told() {
    let (meters, mut known) = (Meters::default(), status("it"));
    meters.show(&known);
    assert!(
        meters
            .written()
            .contains("okno_mailbox_up{mailbox=\"it\"} 0")
    );
    let told = |known: &Status| {
        let readiness = Readiness::of(Some(known), SignedDuration::ZERO, None);
        let causes = readiness.causes.iter();
        let causes = causes.map(|cause| format!("{}: {}", cause.name, cause.detail));
        causes.collect::<Vec<_>>()
    };
    known.held = Heap::default();
    let since = "it: since 2026-11-17T08:00:00Z: ";
    assert_eq!(told(&known), [format!("{since}it")]);
    let mailbox = known.mailboxes.get_mut(&"it".into()).expect("a mailbox");
    (mailbox.trouble, mailbox.is_ours) = (None, false);
    mailbox.read_at = Some(at("2026-11-17T08:50:00Z"));
    meters.show(&known);
    let written = meters.written();
    assert!(
        !written.contains("okno_mailbox_up{mailbox=\"it\"}"),
        "{written}"
    );
    for line in [
        "okno_mailbox_up{mailbox=\"hr\"} 1",
        "okno_mailbox_read_timestamp_seconds{mailbox=\"it\"} 1794905400",
        "okno_mailbox_silence_limit_seconds{mailbox=\"it\"} 900",
    ] {
        assert!(written.contains(line), "{line}: {written}");
    }
    assert!(told(&known).is_empty());
    // Nor has the other one read it for an hour.
    let mailbox = known.mailboxes.get_mut(&"it".into()).expect("a mailbox");
    mailbox.read_at = Some(at("2026-11-17T08:00:00Z"));
    assert_eq!(told(&known), [format!("{since}it was not read since")]);
    // This process runs for ten minutes only: whoever read before may have ended with the machine.
    known.started_at = at("2026-11-17T08:50:00Z");
    assert!(told(&known).is_empty());
}

#[test]
fn a_mailbox_that_nobody_ever_reads_is_a_cause_in_the_end() {
    let mut known = Status::sample("it");
    known.held = Heap::default();
    known.mailboxes.retain(|name, _| *name == "lab".into());
    let mut told = |started: &str, poll: u64| {
        known.started_at = at(started);
        let mailbox = known.mailboxes.get_mut(&"lab".into()).expect("a mailbox");
        mailbox.poll = std::time::Duration::from_secs(poll);
        let readiness = Readiness::of(Some(&known), SignedDuration::ZERO, None);
        readiness.causes.first().map(|cause| cause.detail.clone())
    };
    assert_eq!(told("2026-11-17T08:50:00Z", 60), None);
    let never = "since 2026-11-17T08:40:00Z: it was never read";
    assert_eq!(told("2026-11-17T08:40:00Z", 60).as_deref(), Some(never));
    assert_eq!(told("2026-11-17T08:40:00Z", 600), None);
}

/// The templates are tried with more than any house has, but not with everything. Where one fails nevertheless, pages stay
/// as they were, programs are told the truth, and the monitoring is told why.
#[tokio::test]
async fn a_template_that_fails_later_is_no_fault_of_the_database() {
    let source = "{% if page.queue.open > 500 %}{{ page.nothing }}{% endif %}as before";
    let files = [("queue.html".to_owned(), source.to_owned())];
    let site = empty(settings(), &files);
    let mut known = sound();
    assert_eq!(site.put(known.clone()), Ok(()));
    let Answer(code, ..) = ask(&site, Method::GET, "/readyz", &[]).await;
    assert_eq!(code, StatusCode::OK);
    let queue = known.queues.get_mut(&"it".into()).expect("a queue");
    queue.figures.open = 501;
    let fault = site.put(known).expect_err("it cannot be rendered");
    assert_eq!(fault.file, "queue.html");
    let Answer(code, _, words) = ask(&site, Method::GET, "/queue/it", &[]).await;
    assert_eq!((code, words.as_str()), (StatusCode::OK, "as before"));
    let Answer(_, _, words) = ask(&site, Method::GET, "/status.json", &[]).await;
    assert!(words.contains("\"open\": 501"), "{words}");
    let Answer(_, _, words) = ask(&site, Method::GET, "/metrics", &[]).await;
    assert!(
        words.contains("okno_tickets_open{queue=\"it\"} 501"),
        "{words}"
    );
    let Answer(code, _, words) = ask(&site, Method::GET, "/readyz", &[]).await;
    assert_eq!(code, StatusCode::SERVICE_UNAVAILABLE);
    assert!(words.contains("\"check\": \"page\""), "{words}");
    assert!(words.contains("web/queue.html: "), "{words}");
    assert!(!words.contains("\"database\""), "{words}");
}

/// A proxy that the configuration does not know: what only this machine could see is not for the world.
#[tokio::test]
async fn what_a_proxy_passes_on_is_shown_to_nobody_unless_it_is_said_to_whom() {
    let site = site(settings(), "it");
    for sign in [
        "x-forwarded-for",
        "x-forwarded-proto",
        "forwarded",
        "via",
        "x-real-ip",
    ] {
        for path in [
            "/",
            "/queue/it",
            "/status.json",
            "/metrics",
            "/readyz",
            "/other",
        ] {
            let Answer(code, _, words) = ask(&site, Method::GET, path, &[(sign, "1.1")]).await;
            assert_eq!(code, StatusCode::FORBIDDEN, "{sign} {path}");
            assert!(words.contains("Запрос пришёл через прокси"), "{words}");
            assert!(!words.contains("1042"), "{words}");
        }
    }
    let old = Request::builder()
        .version(axum::http::Version::HTTP_10)
        .header("host", "127.0.0.1:8025");
    let app = router(Arc::clone(&site)).layer(Extension(SocketAddr::from(([127, 0, 0, 1], 1))));
    let answer = app.oneshot(old.body(Body::empty()).expect("a request"));
    let code = answer.await.expect("an answer").status();
    assert_eq!(code, StatusCode::FORBIDDEN, "nginx says nothing more");
    let Answer(code, ..) = ask(&site, Method::GET, "/healthz", &[("via", "1.1 proxy")]).await;
    assert_eq!(code, StatusCode::OK);
    // Whoever proves themselves may come any way.
    let site = self::site(darya_alone(), "it");
    let right = basic("darya:совиная почта");
    let asked = [("authorization", right.as_str()), ("via", "1.1 proxy")];
    let Answer(code, ..) = ask(&site, Method::GET, "/", &asked).await;
    assert_eq!(code, StatusCode::OK);
}

/// A program is told in its own way, and when to ask again.
#[tokio::test]
async fn a_program_that_asks_too_early_is_told_so_in_json() {
    let site = empty(settings(), &[]);
    let Answer(code, headers, words) = ask(&site, Method::GET, "/status.json", &[]).await;
    assert_eq!(code, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["retry-after"], "5");
    assert!(!headers.contains_key("refresh"), "no person looks");
    let read: serde_json::Value = serde_json::from_str(&words).expect("JSON");
    assert_eq!(
        (&read["schema"], &read["error"]),
        (&1.into(), &"not_yet".into())
    );
}

/// A screen on a wall asks again by itself after everything that passes.
#[tokio::test]
async fn what_passes_is_asked_for_again_in_the_language_that_was_asked_for() {
    let nothing_yet = empty(settings(), &[]);
    let known = site(darya_alone(), "it");
    for guess in 0..10 {
        let wrong = basic(&format!("darya:guess {guess}"));
        ask(&known, Method::GET, "/", &[("authorization", &wrong)]).await;
    }
    for (site, path, expected, secs, words) in [
        (&nothing_yet, "/", 503, "5", "ещё не снято"),
        (&nothing_yet, "/?lang=en", 503, "5", "not been read yet"),
        (
            &nothing_yet,
            "/queue/it?lang=en",
            503,
            "5",
            "not been read yet",
        ),
        (&known, "/?lang=en", 429, "60", "Try again in a minute"),
        (&known, "/?refresh=off", 429, "", "через минуту"),
    ] {
        let Answer(code, headers, page) = ask(site, Method::GET, path, &[]).await;
        assert_eq!(code.as_u16(), expected, "{path}");
        assert!(page.contains(words), "{path}: {page}");
        assert_eq!(
            headers["content-type"], "text/html; charset=utf-8",
            "{path}"
        );
        let again = headers
            .get("refresh")
            .map_or("", |value| value.to_str().expect("ASCII"));
        assert_eq!(again, secs, "{path}");
    }
}

#[tokio::test]
async fn what_is_refused_is_said_in_either_language_and_its_link_leads_to_the_other() {
    let open = site(settings(), "it");
    let shut = site(darya_alone(), "it");
    for (site, path, headers, expected, ru, en) in [
        (
            &open,
            "/no",
            &[][..],
            404,
            "Такой страницы нет",
            "There is no such page",
        ),
        (
            &open,
            "/queue/%ff",
            &[],
            404,
            "Такой страницы нет",
            "There is no such page",
        ),
        (
            &open,
            "/",
            &[("host", "evil.example")],
            421,
            "Этого имени сайта нет",
            "does not know this name",
        ),
        (
            &open,
            "/",
            &[("host", "a"), ("host", "b")],
            400,
            "дважды",
            "an address twice",
        ),
        (
            &open,
            "/",
            &[("via", "x")],
            403,
            "через прокси",
            "A proxy has passed",
        ),
        (&shut, "/", &[], 401, "не открыта", "not open to you"),
    ] {
        for (lang, other, words) in [("ru", "en", ru), ("en", "ru", en)] {
            // Whoever asks twice is answered as they asked first.
            let path = format!("{path}?lang={lang}&lang={other}");
            let Answer(code, _, page) = ask(site, Method::GET, &path, headers).await;
            assert_eq!(code.as_u16(), expected, "{path}");
            assert!(page.contains(words), "{path}: {page}");
            assert!(page.contains(&format!("<html lang=\"{lang}\">")), "{page}");
            assert!(page.contains(&format!("href=\"?lang={other}\"")), "{page}");
        }
    }
    let Answer(code, ..) = ask(&open, Method::GET, "/?lang=en&lang=ru&lang", &[]).await;
    assert_eq!(code, StatusCode::OK);
}

/// Of a confidential queue there are only counts, unless somebody has opened it to a person by its name.
#[tokio::test]
async fn single_tickets_of_a_confidential_queue_are_for_whom_it_is_opened_to_by_name() {
    let viewers = [
        ("rector".to_owned(), viewer(None, None)),
        ("galina".to_owned(), viewer(None, Some(&["hr"]))),
    ];
    let site = site(
        PageSettings {
            proxy: Some(naming_proxy()),
            viewers: BTreeMap::from(viewers),
            ..settings()
        },
        "it",
    );
    for (who, path, lists) in [
        ("rector", "/queue/hr", false),
        ("rector", "/queue/it", true),
        ("galina", "/queue/hr", true),
    ] {
        for path in [path.to_owned(), format!("{path}?lang=en&refresh=off")] {
            let Answer(code, _, words) =
                ask(&site, Method::GET, &path, &[("remote-user", who)]).await;
            assert_eq!(code, StatusCode::OK, "{who} {path}");
            assert_eq!(words.contains("1042"), lists, "{who} {path}: {words}");
            assert!(words.contains("<dd>120</dd>"), "{who} {path}: {words}");
        }
    }
    for (who, is_told) in [("rector", false), ("galina", true)] {
        let asked = [("remote-user", who)];
        let Answer(_, _, words) = ask(&site, Method::GET, "/status.json", &asked).await;
        let read: serde_json::Value = serde_json::from_str(&words).expect("JSON");
        let hr = &read["queues"]["hr"];
        assert_eq!(hr["open"], 120, "{who}");
        assert_eq!(hr["oldest_at"].is_string(), is_told, "{who}: {hr}");
    }
}

/// What nobody is told by any queue is told of the house, and of the house only to whoever sees it.
#[tokio::test]
async fn tickets_whose_queue_is_lost_are_not() {
    let site = site(settings(), "it");
    let Answer(_, _, words) = ask(&site, Method::GET, "/?lang=en", &[]).await;
    assert!(words.contains("<th scope=\"row\">Other <small>"), "{words}");
    let Answer(_, _, words) = ask(&site, Method::GET, "/metrics", &[]).await;
    for line in [
        "okno_tickets_open{queue=\"(other)\"} 7",
        "okno_tickets_overdue{queue=\"(other)\"} 5",
    ] {
        assert!(words.contains(line), "{line}: {words}");
    }
    let Answer(_, _, words) = ask(&site, Method::GET, "/status.json", &[]).await;
    let read: serde_json::Value = serde_json::from_str(&words).expect("JSON");
    assert_eq!(read["other"]["unassigned"], 6);
    assert_eq!(
        (&read["decider"], &read["agents"]["it"]["count"]),
        (&"here".into(), &3.into())
    );
    let mut known = status("it");
    known.other = QueueFigures::default();
    site.put(known).expect("it is rendered");
    let Answer(_, _, words) = ask(&site, Method::GET, "/?lang=en", &[]).await;
    assert!(!words.contains("Other <small>"), "{words}");
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

/// Mail that one recipient's server does not take is tried for days; that is no trouble of the house.
#[test]
fn only_mail_that_is_not_even_tried_is_stuck() {
    let mut known = sound();
    known.outbox = Heap {
        count: 3,
        since: Some(at("2026-11-15T09:00:00Z")),
    };
    let told = |known: &Status| Readiness::of(Some(known), SignedDuration::ZERO, None);
    assert!(told(&known).ready);
    known.stuck = Heap {
        count: 2,
        since: Some(at("2026-11-17T08:45:00Z")),
    };
    let causes = told(&known).causes;
    let details: Vec<&str> = causes.iter().map(|cause| cause.detail.as_str()).collect();
    let expected = "2 are due and not sent, the first since 2026-11-17T08:45:00Z";
    assert_eq!(details, [expected]);
}

/// Everything that the rules and the dashboard ask for is there, under that name.
#[test]
fn the_monitoring_asks_for_what_there_is() {
    use crate::web::meters::{ByEnding, ByReason, OfMailbox, OfVerdict};
    let meters = Meters::default();
    meters.show(&status("it"));
    let word = || "x".to_owned();
    let mailbox = OfMailbox { mailbox: word() };
    for family in [&meters.received, &meters.failures, &meters.reconnects] {
        family.get_or_create(&mailbox).inc();
    }
    for family in [&meters.decisions, &meters.withheld] {
        family.get_or_create(&ByReason { reason: word() }).inc();
    }
    let verdict = OfVerdict {
        queue: word(),
        clock: word(),
        outcome: word(),
    };
    meters.verdicts.get_or_create(&verdict).inc();
    meters
        .sent
        .get_or_create(&ByEnding { ending: word() })
        .inc();
    meters.lag.observe(1.0);
    let written = meters.written();
    let known: BTreeSet<&str> = written
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(['{', ' ']).next())
        .collect();
    let mut asked = 0;
    for file in [
        include_str!("../../../monitoring/alerts.yml"),
        include_str!("../../../monitoring/grafana.json"),
    ] {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let names = file
            .split(|c| !is_part(c))
            .filter(|word| word.starts_with("okno_"));
        for name in names {
            assert!(known.contains(name), "{name}: {known:?}");
            asked += 1;
        }
    }
    assert!(asked > 20, "{asked}");
}

/// A mailbox that was never read is as silent as if it had been read when the process started, and somebody is woken.
#[test]
fn the_monitoring_hears_of_a_mailbox_that_was_never_read_and_of_who_decides() {
    let meters = Meters::default();
    let mut known = status("it");
    for mailbox in known.mailboxes.values_mut() {
        mailbox.read_at = None;
    }
    known.decider = Decider::Nobody;
    meters.show(&known);
    let written = meters.written();
    let started = known.started_at.as_second();
    for line in [
        format!("okno_mailbox_read_timestamp_seconds{{mailbox=\"it\"}} {started}\n"),
        "okno_decider{decider=\"nobody\"} 1\n".to_owned(),
        "okno_decider{decider=\"here\"} 0\n".to_owned(),
    ] {
        assert!(written.contains(&line), "{line}: {written}");
    }
}

#[tokio::test]
async fn a_name_beside_the_proxys_is_no_name() {
    let site = site(
        PageSettings {
            proxy: Some(naming_proxy()),
            ..settings()
        },
        "it",
    );
    for (headers, expected) in [
        (&[("remote-user", "darya")][..], 200),
        (&[("remote-user", "rector"), ("Remote-User", "darya")], 400),
        (&[("host", "localhost"), ("host", "localhost")], 400),
        (&[("host", "evil.example"), ("remote-user", "darya")], 421),
    ] {
        let Answer(code, _, words) = ask(&site, Method::GET, "/", headers).await;
        assert_eq!(code.as_u16(), expected, "{headers:?}");
        let tells = words.contains("1042") || words.contains("/queue/");
        assert_eq!(tells, expected == 200, "{headers:?}: {words}");
    }
}

#[test]
fn a_house_in_trouble_says_what_it_is() {
    let status = status("no such host");
    let readiness = Readiness::of(Some(&status), SignedDuration::ZERO, None);
    let told: Vec<String> = readiness
        .causes
        .iter()
        .map(|cause| format!("{} {}: {}", cause.check, cause.name, cause.detail))
        .collect();
    assert_eq!(
        told,
        [
            "mailbox it: since 2026-11-17T08:00:00Z: no such host",
            "outbox held: the fuse holds 1: `okno outbox`",
        ]
    );
}

#[test]
fn an_override_is_tried_before_anybody_looks() {
    let refused = |file: &str, source: &str| {
        let files = [(file.to_owned(), source.to_owned())];
        let refused = Pages::new(&files).expect_err(file);
        refused.to_string()
    };
    // Also where there is nothing of the sort yet, where it is of some viewers only, and where it is in no page of today.
    for (file, source) in [
        ("overview.html", "{{ page.nothing }}"),
        ("overview.html", "{{ page.house.outbox.count }}"),
        (
            "overview.html",
            "{% for queue in page.queues %}{{ queue.opne }}{% endfor %}",
        ),
        (
            "overview.html",
            "{% if page.decider == 'starting' %}{{ w.nothing }}{% endif %}",
        ),
        (
            "queue.html",
            "{% for ticket in page.tickets %}{{ ticket.agee }}{% endfor %}",
        ),
        (
            "queue.html",
            "{% if page.chart %}{{ page.cahrt }}{% endif %}",
        ),
        (
            "queue.html",
            "{% if not page.tickets %}{{ page.nothing }}{% endif %}",
        ),
    ] {
        let words = refused(file, source);
        assert!(
            words.starts_with(&format!("web/{file}: ")),
            "{source}: {words}"
        );
    }
    let words = refused("words.en.toml", "title = \"x\"");
    assert_eq!(words, "web/words.en.toml: the word `age` is missing");
    let words = refused("owerview.html", "");
    assert!(
        words.starts_with("web/owerview.html: nothing is called so"),
        "{words}"
    );
    let files = [("message.html".to_owned(), "<p>{{ words }}</p>".to_owned())];
    assert!(Pages::new(&files).is_ok());
}

#[test]
fn the_browser_says_which_language_its_person_reads() {
    for (accepted, language) in [
        ("ru-RU,ru;q=0.9,en;q=0.8", Some(Language::Ru)),
        ("en-GB, ru;q=0.5", Some(Language::En)),
        ("de, en;q=0.3, ru;q=0.4", Some(Language::Ru)),
        ("ru;q=0, en;q=0.1", Some(Language::En)),
        ("de", None),
        ("", None),
        (";;;,,q=", None),
    ] {
        assert_eq!(preferred(accepted), language, "{accepted}");
    }
}
