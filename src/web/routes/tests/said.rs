//! What is said to people, in which language, and templates that fail.

use super::*;

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
