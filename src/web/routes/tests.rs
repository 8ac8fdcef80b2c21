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
use jiff::tz::TimeZone;
use tower::ServiceExt as _;

use super::{site::preferred, *};
use crate::{
    clock::Clock,
    desk::policy::Mode,
    model::{
        ids::{AgentName, TicketNumber},
        language::Language,
        page::{PageSettings, Proof, Proxy, Viewer},
        ticket::State as TicketState,
    },
    store::{
        shares::{Share, Shares, WEEKS},
        status::{Heap, OpenTicket, QueueFigures},
    },
    web::status::{AgentLoad, Decider, MailboxStatus, QueueStatus, Status, Trouble, Zone},
    web::{Meters, Pages, Shot},
};

/// What somebody may have put into any text that is shown.
const HOSTILE: &str = "</title><script>alert('1')</script>{{ frame }}\" onload=\"x&amp;";

const EIGHT: &str = "2026-11-17T08:00:00Z";

const NINE: &str = "2026-11-17T09:00:00Z";

const NOON: &str = "2026-11-17T12:00:00Z";

fn at(words: &str) -> Timestamp {
    words.parse().expect("an instant")
}

fn zone() -> Zone {
    Zone {
        name: "Europe/Moscow".to_owned(),
        zone: TimeZone::fixed(jiff::tz::offset(3)),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a house with something of everything"
)]
fn status(word: &str) -> Status {
    let listed = |number, state, [due_at, risk_at, late_at]: [Option<&str>; 3]| OpenTicket {
        number: TicketNumber(number),
        state,
        assignee: Some(AgentName(word.to_owned())),
        opened_at: at("2026-11-17T06:00:00Z"),
        due_at: due_at.map(at),
        risk_at: risk_at.map(at),
        late_at: late_at.map(at),
    };
    let figures = QueueFigures {
        open: 120,
        unassigned: 2,
        waiting: 1,
        overdue: 1,
        at_risk: 1,
        oldest_at: Some(at("2026-11-15T06:00:00Z")),
        listed: vec![
            listed(1042, TicketState::Open, [None, None, Some(EIGHT)]),
            listed(1043, TicketState::New, [Some(NOON), Some(EIGHT), None]),
            // A late one that owes another answer by noon, in danger or not.
            listed(
                1045,
                TicketState::Open,
                [Some(NOON), Some(EIGHT), Some(EIGHT)],
            ),
            listed(1044, TicketState::Pending, [None; 3]),
        ],
    };
    let queue = QueueStatus {
        title: word.to_owned(),
        zone: zone(),
        is_open: true,
        figures,
        shares: Shares {
            month: Share {
                met: 18,
                judged: 20,
            },
            weeks: [Share { met: 9, judged: 10 }; WEEKS],
        },
        target_percent: Some(95),
    };
    let mailbox = MailboxStatus {
        address: word.to_owned(),
        mode: Mode::Full,
        poll: std::time::Duration::from_secs(60),
        read_at: Some(at("2026-11-17T08:59:30Z")),
        newest_at: None,
        lag_millis: Some(1_500),
        trouble: Some(Trouble {
            since: at("2026-11-17T08:00:00Z"),
            words: word.to_owned(),
        }),
    };
    let heap = |count| Heap {
        count,
        since: Some(at(EIGHT)),
    };
    Status {
        at: at(NINE),
        started_at: at("2026-11-16T09:00:00Z"),
        language: Language::Ru,
        zone: zone(),
        queues: BTreeMap::from([("it".into(), queue.clone()), ("бухгалтерия".into(), queue)]),
        agents: Some(BTreeMap::from([(
            AgentName(word.to_owned()),
            AgentLoad {
                name: word.to_owned(),
                count: 3,
            },
        )])),
        mailboxes: BTreeMap::from([("it".into(), mailbox)]),
        outbox: Heap::default(),
        held: heap(1),
        stopped: heap(2),
        work: Heap::default(),
        quarantine: BTreeMap::from([(String::new(), 2)]),
        recomputing: 0,
        decider: Decider::Here,
    }
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
    let pages = Pages::new(&[], &status("sample")).expect("the built-in templates are sound");
    let clock = (Clock::manual(at(NINE)), Language::Ru);
    let site = Site::new(settings, pages.clone(), Meters::default(), clock);
    site.put(Shot::take(status(word), &pages).expect("it is rendered"));
    Arc::new(site)
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
    for path in PATHS.map(concrete) {
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

#[tokio::test]
async fn whoever_has_one_queue_sees_that_queue_and_no_mailbox() {
    let viewer = |proof, queues: Option<&[&str]>| Viewer {
        proof,
        queues: queues.map(|all| all.iter().map(|name| QueueName::from(*name)).collect()),
    };
    let site = site(
        PageSettings {
            proxy: Some(Proxy {
                header: Some("remote-user".to_owned()),
                client: None,
                trusted: BTreeSet::from([IpAddr::from([127, 0, 0, 1])]),
            }),
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

#[test]
fn of_what_another_process_reads_nothing_is_said() {
    let mut known = status("it");
    let mailbox = known.mailboxes.get_mut(&"it".into()).expect("a mailbox");
    (mailbox.trouble, mailbox.read_at) = (None, None);
    known.held = Heap::default();
    let meters = Meters::default();
    meters.show(&known);
    assert!(!meters.written().contains("okno_mailbox_up{"));
    assert!(Readiness::of(Some(&known), jiff::SignedDuration::ZERO).ready);
    let mailbox = known.mailboxes.get_mut(&"it".into()).expect("a mailbox");
    mailbox.read_at = Some(at(NINE));
    meters.show(&known);
    let written = meters.written();
    assert!(
        written.contains("okno_mailbox_up{mailbox=\"it\"} 1"),
        "{written}"
    );
}

#[tokio::test]
async fn a_name_beside_the_proxys_is_no_name() {
    let site = site(
        PageSettings {
            proxy: Some(Proxy {
                header: Some("remote-user".to_owned()),
                client: None,
                trusted: BTreeSet::from([IpAddr::from([127, 0, 0, 1])]),
            }),
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
    let readiness = Readiness::of(Some(&status("no such host")), jiff::SignedDuration::ZERO);
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
    let sample = status("sample");
    let refused = |file: &str, source: &str| {
        let files = [(file.to_owned(), source.to_owned())];
        let refused = Pages::new(&files, &sample).expect_err(file);
        refused.to_string()
    };
    let words = refused("overview.html", "{{ page.nothing }}");
    assert!(words.starts_with("web/overview.html: "), "{words}");
    let words = refused("words.en.toml", "title = \"x\"");
    assert_eq!(words, "web/words.en.toml: the word `age` is missing");
    let words = refused("owerview.html", "");
    assert!(
        words.starts_with("web/owerview.html: nothing is called so"),
        "{words}"
    );
    let files = [("message.html".to_owned(), "<p>{{ words }}</p>".to_owned())];
    assert!(Pages::new(&files, &sample).is_ok());
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
