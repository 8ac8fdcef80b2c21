//! The pages that a browser is shown where there is nothing else to show: a stranger's, a guesser's, somebody's who is too
//! early. And pages of houses that are not the one the test runs: with something of everything, and empty.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::Arc,
};

use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use okno::{
    clock::Clock,
    model::{ids::QueueName, language::Language},
    web::{Meters, Pages, Site, Status, access::Sees, pages::Look, routes::router},
};
use tower::ServiceExt as _;

use super::{
    house::House,
    page::{PAGE, Served, exchange, get},
};

/// A path that stands for each answer: who asks for it goes to its [`Refused`] page.
pub(crate) const REFUSED: [&str; 6] = ["/@400", "/@401", "/@403", "/@421", "/@429", "/@503"];

/// A path that stands for each page of another house: with something of everything, of that house a confidential queue and
/// what a viewer of one queue sees, and a house in which there is nothing.
pub(crate) const OTHERS: [&str; 4] = ["/@all", "/@confidential", "/@one-queue", "/@empty"];

const LANGUAGES: [&str; 2] = ["ru", "en"];

/// So many wrong proofs are let through, and not one more.
const GUESSES_MAX: usize = 10;

/// What is refused, by the path that stands for it and the language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refused(BTreeMap<String, String>);

impl Refused {
    /// Asks a house that anybody may look at for what it refuses, then one that knows who may look, then one that has only
    /// just started.
    pub(crate) fn of(open: &str) -> Self {
        let mut refused = Self::default();
        refused.ask(400, |path| get(open, path, "Host: localhost\r\n"));
        refused.ask(403, |path| get(open, path, "Via: 1.1 proxy.test\r\n"));
        refused.ask(421, |path| exchange(open, "desk.example", path, ""));
        refused.ask_guarded();
        refused.ask_early();
        refused.show_others();
        refused
    }

    fn show_others(&mut self) {
        let pages = Pages::new(&[]).unwrap();
        let (rich, empty) = (Status::sample("Имя"), Status::bare());
        let one = Sees::Queues(BTreeSet::from([QueueName::from("it")]));
        for (language, lang) in [(Language::Ru, "ru"), (Language::En, "en")] {
            let look = Look {
                language,
                refreshes: false,
            };
            let confidential = pages.queue(&rich, &"hr".into(), (look, false));
            let shown = [
                pages.overview(&rich, look, &Sees::All).unwrap(),
                confidential.unwrap().unwrap(),
                pages.overview(&rich, look, &one).unwrap(),
                pages.overview(&empty, look, &Sees::All).unwrap(),
            ];
            for (path, page) in OTHERS.into_iter().zip(shown) {
                self.0.insert(format!("{path}?lang={lang}"), page);
            }
        }
    }

    fn ask_guarded(&mut self) {
        let house = House::new();
        let made = house.bare(&["viewer", "token"]).with(0);
        let (token, line) = made.out.split_once('\n').unwrap();
        let (_, token) = token.split_once("Bearer ").unwrap();
        let line = line.lines().next().unwrap();
        house.configure(&format!("{PAGE}[web.viewer.monitor]\n{line}\n"));
        let served = Served::start(&house, Some(token));
        self.ask(401, |path| get(&served.address, path, ""));
        let guess = "Authorization: Bearer 0123456789abcdef0123456789abcdef\r\n";
        for _ in 0..GUESSES_MAX {
            let (head, _) = get(&served.address, "/", guess);
            assert!(head.starts_with("HTTP/1.1 401 "), "{head}");
        }
        self.ask(429, |path| get(&served.address, path, guess));
    }

    /// A program says so for an instant only; here the page is asked before it knows anything.
    fn ask_early(&mut self) {
        let house = House::with(PAGE);
        let pages = Pages::new(&[]).unwrap();
        let clock = (Clock::System, Language::En);
        let settings = house.config().page.unwrap();
        let host = settings.listen.to_string();
        let site = Arc::new(Site::new(settings, pages, Meters::default(), clock));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        self.ask(503, |path| {
            let request = Request::get(path)
                .header("host", &host)
                .extension(SocketAddr::from(([127, 0, 0, 1], 1)))
                .body(Body::empty())
                .unwrap();
            runtime.block_on(async {
                let answer = router(Arc::clone(&site)).oneshot(request).await.unwrap();
                let head = format!("HTTP/1.1 {}", answer.status());
                let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
                (head, String::from_utf8(body.to_vec()).unwrap())
            })
        });
    }

    /// Asks for the page in every language and remembers what is answered with this code.
    fn ask(&mut self, code: u16, asked: impl Fn(&str) -> (String, String)) {
        for lang in LANGUAGES {
            let (head, body) = asked(&format!("/?lang={lang}"));
            let expected = format!("HTTP/1.1 {code} ");
            assert!(head.starts_with(&expected), "{code}: {head}");
            assert!(body.contains(&format!("<html lang=\"{lang}\"")), "{body}");
            self.0.insert(format!("/@{code}?lang={lang}"), body);
        }
    }

    /// The answer that this path and query stand for; `None`: for none.
    pub(crate) fn page(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }
}
