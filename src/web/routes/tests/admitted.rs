//! Who is let in, and what each of them sees.

use super::*;

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
