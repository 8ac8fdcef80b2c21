//! The page as a real program serves it, in a real browser.

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use okno::{
    clock::{Clock, Stopwatch},
    store::Statement,
};

use super::{
    house::{House, REQUEST},
    refused::{OTHERS, REFUSED, Refused},
};

/// Who looks at every page: an accessibility checker that most teams trust.
const AXE: &str = "target/browser/axe.min.js";

/// Maildirs, and a page on a free port.
pub(crate) const PAGE: &str =
    "[smtp]\nmaildir = \"out\"\n[web]\nlisten = \"127.0.0.1:0\"\nnames = true\n";

/// `okno run` with a page, ended with the test.
pub(crate) struct Served {
    child: Child,
    pub(crate) address: String,
    /// What whoever looks proves themselves with.
    token: Option<String>,
}

impl Served {
    pub(crate) fn start(house: &House, token: Option<&str>) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_okno"))
            .args(["run", "--config", "okno.toml"])
            .env("NOTIFY_SOCKET", "")
            .current_dir(house.path(""))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let (mut line, mut address) = (String::new(), String::new());
        while !line.contains("okno has started") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "it has ended");
            if let Some((_, rest)) = line.split_once("the page is served address=") {
                rest.trim().clone_into(&mut address);
            }
        }
        // Whoever writes into a closed pipe is ended.
        thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        let served = Self {
            child,
            address,
            token: token.map(str::to_owned),
        };
        let watch = Stopwatch::start();
        while !served.get("/readyz").0.contains(" 200 ") {
            assert!(watch.elapsed() < Duration::from_secs(60), "it is not ready");
            thread::sleep(Duration::from_millis(100));
        }
        served
    }

    /// The head and the body of an answer.
    fn get(&self, path: &str) -> (String, String) {
        let token = self.token.as_deref();
        let proof = token.map(|token| format!("Authorization: Bearer {token}\r\n"));
        get(&self.address, path, &proof.unwrap_or_default())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().unwrap_or_default();
        self.child.wait().unwrap();
    }
}

/// The head and the body of an answer to a request with these header lines besides.
pub(crate) fn get(address: &str, path: &str, lines: &str) -> (String, String) {
    exchange(address, address, path, lines)
}

/// The same of a page that is called so.
pub(crate) fn exchange(address: &str, host: &str, path: &str, lines: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\n{lines}Connection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

/// A house where somebody has asked something.
fn asked() -> House {
    let house = House::with(PAGE);
    house.receives(REQUEST);
    let drained = house.okno(&["drain"]);
    assert_eq!(drained.code, 0, "{drained:?}");
    house
}

/// And where some requests were solved in the last weeks, not all of them in time.
fn judged() -> House {
    let house = asked();
    let day = 86_400_000;
    let now = Clock::System.now().as_millisecond();
    let text = format!(
        "INSERT INTO verdict (event_seq, ticket, clock, outcome, started_at, due_at, satisfied_at, queue) \
         SELECT event.seq, 1001, 'resolution', CASE WHEN event.seq % 3 = 0 THEN 'breached' ELSE 'met' END, \
         {now} - 9 * {day} * event.seq, {now} - 8 * {day} * event.seq, {now} - 8 * {day} * event.seq, 'it' FROM event WHERE event.seq < 10"
    );
    let judge = Statement::both(text.leak());
    let count = house.with_db(async |db| {
        let work = db.write("judge", judge, |tx, judge| {
            Box::pin(async move { tx.exec(judge, &[]).await })
        });
        work.await.unwrap()
    });
    assert!(count > 3, "{count}");
    house
}

#[test]
fn a_page_that_cannot_be_served_ends_the_start_with_its_reason() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let house = House::with(&PAGE.replace("127.0.0.1:0", &address.to_string()));
    let ended = house.okno(&["run"]);
    assert_eq!(ended.code, 1, "{ended:?}");
    let expected =
        format!("Cannot serve the page at {address}: another program may listen there already");
    assert!(ended.err.contains(&expected), "{ended:?}");

    // A template that cannot be filled, and one that cannot be read.
    for (source, says) in [
        (&b"{{ page.quue.title }}"[..], "web/queue.html: "),
        (
            &b"\xff\xfe"[..],
            "Cannot read the template mine/web/queue.html",
        ),
    ] {
        let house = House::with(PAGE);
        fs::create_dir_all(house.path("mine/web")).unwrap();
        fs::write(house.path("mine/web/queue.html"), source).unwrap();
        refuses_to_run(&house, "templates = \"mine\"", says);
        let file = house.path("okno.toml");
        let written = fs::read_to_string(&file).unwrap();
        fs::write(&file, format!("templates = \"mine\"\n{written}")).unwrap();
        let checked = house.okno(&["check", "--offline"]);
        assert_ne!(checked.code, 0, "{checked:?}");
        assert!(checked.out.contains(says), "{checked:?}");
    }
    // Certificates that are not there, and a file that holds none.
    let house = House::with(PAGE);
    refuses_to_run(&house, "extra_ca = [\"ca.pem\"]", "ca.pem");
    fs::write(house.path("ca.pem"), "no certificate").unwrap();
    refuses_to_run(&house, "extra_ca = [\"ca.pem\"]", "ca.pem");
}

/// With this line in its configuration `okno run` ends at once and says so.
fn refuses_to_run(house: &House, line: &str, says: &str) {
    let file = house.path("okno.toml");
    let written = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{line}\n{written}")).unwrap();
    let ended = house.okno(&["run"]);
    fs::write(&file, written).unwrap();
    assert_eq!(ended.code, 1, "{line}: {ended:?}");
    assert!(ended.err.contains(says), "{line}: {ended:?}");
}

#[test]
fn whoever_may_look_is_made_at_the_terminal() {
    let house = House::new();
    let made = house.bare(&["viewer", "token"]);
    assert_eq!(made.code, 0, "{made:?}");
    let bearer = made.out.lines().next().unwrap();
    let (_, token) = bearer.split_once("Bearer ").unwrap();
    let line = made.out.lines().nth(1).unwrap();
    house.configure(&format!("{PAGE}[web.viewer.monitor]\n{line}\n"));
    let served = Served::start(&house, Some(token));
    // Without the token not even whether it is ready is told.
    for path in ["/", "/status.json", "/readyz", "/metrics"] {
        let (head, _) = get(&served.address, path, "");
        assert!(head.starts_with("HTTP/1.1 401 "), "{path}: {head}");
    }
    let (head, body) = served.get("/status.json");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    assert!(body.contains("\"schema\": 1"), "{body}");
}

/// Runs in a page: what the checker finds, whether anything is wider than the page, and whether whoever goes from one thing to
/// the next by the keyboard sees where they are.
const LOOK: &str = "addEventListener('load', async () => { \
    const found = await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}); \
    const said = found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join(' | ')); \
    const wide = document.documentElement.scrollWidth - innerWidth; \
    if (wide > 0) said.push('wider than the window by ' + wide); \
    if (!found.passes.some(p => p.id === 'color-contrast')) said.push('no contrast was measured'); \
    const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'; \
    const stops = [...document.querySelectorAll('a[href], summary, [tabindex]')]; \
    if (stops.length < 3) said.push('nothing to go to by the keyboard'); \
    for (const stop of stops) { \
        stop.focus(); \
        const seen = getComputedStyle(stop); \
        const ring = seen.outlineStyle !== 'none' && parseFloat(seen.outlineWidth) >= 2; \
        if (document.activeElement !== stop || !stop.matches(':focus-visible') || !ring) \
            said.push('the keyboard is lost at ' + stop.outerHTML.slice(0, 80)); \
    } \
    const where = location.pathname + location.search + ' ' + innerWidth + ' ' + scheme + ': '; \
    parent.document.getElementById('said').textContent += where + (said.join('\\n') || 'sound') + '\\n'; });";

/// The pages that are looked at, besides what is refused.
const PAGES: [&str; 4] = ["/", "/queue/it", "/queue/it/months", "/no-such-page"];

/// The narrowest there is to be (WCAG 2.2, 1.4.10), a desk, a wall.
const WIDTHS: [u32; 3] = [320, 1280, 1920];

/// The same of a window; the browser's own is never narrower.
const WINDOWS: [u32; 3] = [500, 1280, 1920];

/// The schemes as the browser is told them.
const SCHEMES: [(&str, &str); 2] = [("0", "dark"), ("1", "light")];

/// Every page in both languages, in a frame of every width.
fn frames() -> String {
    let mut frames = String::from("<!doctype html><pre id=said></pre>");
    for page in PAGES.into_iter().chain(REFUSED).chain(OTHERS) {
        for lang in ["ru", "en"] {
            for width in WIDTHS {
                let style = format!("width:{width}px;height:900px;border:0");
                let source = format!("{page}?lang={lang}");
                writeln!(
                    frames,
                    "<iframe src=\"{source}\" style=\"{style}\"></iframe>"
                )
                .unwrap();
            }
        }
    }
    frames
}

/// Between the browser and the page: it puts the checker into each page, which the page itself would never let in, and
/// shows it in a frame of some width.
struct Between {
    address: String,
}

impl Between {
    fn start(page: String, refused: Refused) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let axe = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE)).unwrap();
        // It ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (page, axe, refused) = (page.clone(), axe.clone(), refused.clone());
                thread::spawn(move || answer(stream.unwrap(), (&page, &refused), &axe));
            }
        });
        Self { address }
    }
}

fn answer(mut stream: TcpStream, (page, refused): (&str, &Refused), axe: &str) {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    if reader.read_line(&mut head).unwrap_or(0) == 0 {
        return;
    }
    let mut line = String::new();
    while reader.read_line(&mut line).unwrap_or(0) > 2 {
        line.clear();
    }
    let path = head.split(' ').nth(1).unwrap_or("/");
    let (kind, body) = match path {
        "/axe.js" => ("text/javascript", format!("{axe}\n{LOOK}")),
        "/frames" => ("text/html; charset=utf-8", frames()),
        path => {
            let refused = refused.page(path).map(str::to_owned);
            let body = refused.unwrap_or_else(|| get(page, path, "").1);
            let body = body.replacen("</head>", "<script src=\"/axe.js\"></script></head>", 1);
            match path.starts_with("/style") {
                true => ("text/css", body),
                false => ("text/html; charset=utf-8", body),
            }
        }
    };
    let length = body.len();
    let written = write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    // The browser may have gone away.
    written.unwrap_or_default();
}

/// What the browser says of a page: its document, and what it complained of. It is given less time than a page takes to load
/// itself again.
fn browse(folder: &Path, (scheme, width): (&str, u32), url: &str) -> (String, String) {
    let out = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .args([
            "--enable-logging=stderr",
            "--virtual-time-budget=20000",
            "--dump-dom",
        ])
        .arg(format!("--window-size={width},1000"))
        .arg(format!("--blink-settings=preferredColorScheme={scheme}"))
        .arg(format!(
            "--user-data-dir={}",
            folder.join("browser").display()
        ))
        .arg(url)
        .output()
        .expect("Chromium; ./setup test installs it");
    let words = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let complaints = words(out.stderr);
    let complaints = complaints.lines().filter(|line| line.contains("CONSOLE"));
    (words(out.stdout), complaints.collect::<Vec<_>>().join("\n"))
}

/// Goes to every page as it is sent, in every scheme and window, one after another in each scheme: in each language in turn.
fn visits(folder: &Path, address: &str) {
    let looks = WINDOWS
        .into_iter()
        .flat_map(|width| PAGES.map(|path| (width, path)));
    let looks: Vec<_> = looks.zip(["ru", "en"].into_iter().cycle()).collect();
    thread::scope(|scope| {
        for (scheme, name) in SCHEMES {
            let (looks, own) = (&looks, folder.join(name));
            scope.spawn(move || {
                for ((width, path), lang) in looks {
                    let url = format!("http://{address}{path}?lang={lang}");
                    let (shown, complaints) = browse(&own, (scheme, *width), &url);
                    let begins = format!("<html lang=\"{lang}\"");
                    assert!(shown.contains(&begins), "{url} {width} {name}: {shown}");
                    assert_eq!(complaints, "", "{url} {width} {name}");
                }
            });
        }
    });
}

#[test]
fn every_page_is_for_everybody_in_both_languages_and_schemes_and_at_three_widths() {
    let house = judged();
    let served = Served::start(&house, None);
    let (_, queue) = served.get("/queue/it?lang=en");
    assert!(
        queue.contains("<svg") && queue.contains("<title>Solved in time"),
        "{queue}"
    );
    let between = Between::start(served.address.clone(), Refused::of(&served.address));
    // The pages themselves, as they are sent: the browser has nothing to complain of.
    visits(&house.path(""), &served.address);
    // In the frames the mailbox is in trouble.
    fs::remove_dir_all(house.path("in")).unwrap();
    let watch = Stopwatch::start();
    while !served.get("/?lang=en").1.contains("cannot be read since") {
        assert!(watch.elapsed() < Duration::from_secs(60), "it is seen");
        thread::sleep(Duration::from_millis(100));
    }
    for (scheme, name) in SCHEMES {
        let url = format!("http://{}/frames", between.address);
        let (shown, complaints) = browse(&house.path(""), (scheme, 2000), &url);
        let (_, said) = shown.split_once("<pre id=\"said\">").unwrap();
        let (said, _) = said.split_once("</pre>").unwrap();
        let ending = format!(" {name}: sound");
        let sound = said.lines().filter(|line| line.ends_with(&ending));
        let all = (PAGES.len() + REFUSED.len() + OTHERS.len()) * WIDTHS.len() * 2;
        assert_eq!(sound.count(), all, "scheme {scheme}: {said}\n{complaints}");
        assert_eq!(complaints, "", "scheme {scheme}");
    }
}
