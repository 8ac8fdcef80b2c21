//! Those who look at the page: connections that stay, each with a thread of its own that asks at its instants.
#![expect(
    clippy::arithmetic_side_effects,
    reason = "small numbers, and no divisor is nought"
)]

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::{anyhow, bail, ensure};
use okno::clock::Stopwatch;

/// How many requests a second all of them send together.
pub(crate) const PER_SECOND: u32 = 500;

/// How many there are.
const VIEWERS: u32 = 10;

/// What is asked for, in turn.
const PATHS: [&str; 4] = ["/", "/queue/it", "/status.json", "/metrics"];

/// An answer that takes longer is none.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Viewers at work.
pub(crate) struct Viewers(Vec<JoinHandle<anyhow::Result<Vec<Duration>>>>);

impl Viewers {
    /// Waits until all have gone; how long each answer took.
    pub(crate) fn gone(self) -> anyhow::Result<Vec<Duration>> {
        let mut all = Vec::new();
        for viewer in self.0 {
            let looked = viewer.join();
            all.extend(looked.map_err(|_panic| anyhow!("A viewer has failed"))??);
        }
        Ok(all)
    }
}

/// They come, and go after so long.
pub(crate) fn come(address: SocketAddr, long: Duration) -> Viewers {
    let viewers = (0..VIEWERS).map(|place| thread::spawn(move || look(address, place, long)));
    Viewers(viewers.collect())
}

/// Waits for the first answer that is a page.
pub(crate) async fn wait_until_it_serves(address: SocketAddr) -> anyhow::Result<()> {
    for _ in 0..600 {
        let asked = tokio::task::spawn_blocking(move || Viewer::at(address)?.asks("/", false));
        if asked.await?.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("The page is not served")
}

fn look(address: SocketAddr, place: u32, long: Duration) -> anyhow::Result<Vec<Duration>> {
    let mut viewer = Viewer::at(address)?;
    let every = Duration::from_secs(1) * VIEWERS / PER_SECOND;
    let mut due = every * place / VIEWERS;
    let (time, mut took) = (Stopwatch::start(), Vec::new());
    for turn in (0_usize..).take_while(|_| time.elapsed() < long) {
        thread::sleep(due.saturating_sub(time.elapsed()));
        let path = PATHS.get(turn % PATHS.len()).copied().unwrap_or("/");
        viewer.asks(path, turn / PATHS.len() % 2 == 1)?;
        took.push(time.elapsed().saturating_sub(due));
        due += every;
    }
    Ok(took)
}

/// One connection.
struct Viewer {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
    /// What each page is known by.
    known: BTreeMap<&'static str, String>,
}

impl Viewer {
    fn at(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_WITHIN))?;
        Ok(Self {
            address,
            stream: BufReader::new(stream),
            known: BTreeMap::new(),
        })
    }

    fn asks(&mut self, path: &'static str, says_what_it_knows: bool) -> anyhow::Result<()> {
        let known = self.known.get(path).filter(|_| says_what_it_knows);
        let known = known.map_or_else(String::new, |known| format!("If-None-Match: {known}\r\n"));
        let asked = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\n{known}\r\n",
            self.address
        );
        self.stream.get_mut().write_all(asked.as_bytes())?;
        let (mut line, mut status, mut length) = (String::new(), String::new(), 0);
        loop {
            line.clear();
            ensure!(self.stream.read_line(&mut line)? > 0, "The page hung up");
            let said = line.trim_end();
            if said.is_empty() {
                break;
            }
            match said.split_once(": ") {
                Some(("content-length", value)) => length = value.parse()?,
                Some(("etag", value)) => {
                    self.known.insert(path, value.to_owned());
                }
                Some(_) => (),
                None => said.clone_into(&mut status),
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        let is_right = status.contains(" 200 ") || status.contains(" 304 ");
        ensure!(is_right, "{path}: {status}");
        Ok(())
    }
}
