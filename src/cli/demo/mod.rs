//! `okno demo`: a newcomer's first command. The real desk on real servers of its own, a short story played by mail
//! only and told as it happens, and at the end where everything lies.

mod cast;
mod forms;
mod letter;
mod payroll;
mod settings;
mod stage;
mod stay;
mod story;
mod teller;
mod town;

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context as _, bail};
use tokio::{
    runtime::Runtime,
    signal::unix::{SignalKind, signal},
};
use tokio_util::sync::CancellationToken;

use self::{stage::Stage, story::Played, teller::Teller, town::Town};
use super::{Ended, runtime};
use crate::{clock::Clock, config, house::House};

/// The file that says that a folder is a demo's, and by its lock that a demo plays in it.
const MARK: &str = "okno-demo.lock";

/// What earlier demos leave and a new one begins without.
const LEFT_OVER: [&str; 5] = ["data", "mails", "maildirs", "okno.toml", "payroll"];

/// What `okno demo` is told.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Go on after the story, until Ctrl-C: write with swaks or a mail program and watch
    #[arg(long)]
    stay: bool,
    /// Where everything is put
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    folder: PathBuf,
    /// Use Maildir folders even where there is a Dovecot
    #[arg(long)]
    maildirs: bool,
}

/// Plays the story.
///
/// # Errors
/// What the servers or the desk say; or that the story did not go as told, which is a defect.
pub fn run(args: &DemoArgs, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let (folder, _lock) = prepare(&args.folder)?;
    let mut teller = Teller::new(out);
    teller.say(
        "This is okno, a service desk that people use by mail alone. What you see below is real mail: sent by SMTP, \
         fetched, decided on, stored, and answered by the same program that would serve you.",
    )?;
    let (town, why_maildirs) = Town::build(&folder, args.maildirs)?;
    if let Some(why) = why_maildirs {
        teller.say(&format!("(On Maildir folders instead of IMAP. {why})"))?;
    }
    let config = folder.join("okno.toml");
    let password = folder.join("password");
    write(&password, &format!("{}\n", Town::password()))?;
    fs::set_permissions(&password, fs::Permissions::from_mode(0o600))
        .with_context(|| format!("Cannot close {}", password.display()))?;
    write(&config, &settings::text(&town))?;
    let runtime = runtime::start()?;
    let loaded = config::load(&config)?;
    let house = runtime.block_on(House::open(loaded, Clock::System))?;
    let copies = folder.join("mails");
    fs::create_dir_all(&copies).with_context(|| format!("Cannot make {}", copies.display()))?;
    let mut stage = Stage {
        town: &town,
        house: &house,
        runtime: runtime.handle().clone(),
        over: CancellationToken::new(),
        teller,
        copies,
        copied: 0,
        seen: BTreeMap::new(),
    };
    let over = stage.over.clone();
    beside_the_desk(&runtime, &house, &over, || {
        let played = story::play(&mut stage)?;
        payroll::play(&folder, runtime.handle(), &mut stage.teller)?;
        if args.stay {
            let guest = stay::invite(&mut stage)
                .and_then(|()| stay::stay(&mut stage, || over.is_cancelled()));
            guest?;
        }
        farewell(&mut stage, &folder, &args.folder, &played)
    })?;
    Ok(Ended::Done)
}

/// Does something while the desk runs, and lets the desk end after it. Ctrl-C cancels `over`.
fn beside_the_desk(
    runtime: &Runtime,
    house: &House,
    over: &CancellationToken,
    work: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let stop = CancellationToken::new();
    let mut signals = {
        let _inside = runtime.enter();
        [
            signal(SignalKind::interrupt()).context("Cannot listen for signals")?,
            signal(SignalKind::terminate()).context("Cannot listen for signals")?,
        ]
    };
    thread::scope(|scope| {
        let desk = scope.spawn(|| {
            let [interrupt, terminate] = &mut signals;
            let asked = async {
                loop {
                    tokio::select! {
                        _ = interrupt.recv() => over.cancel(),
                        _ = terminate.recv() => over.cancel(),
                    }
                }
            };
            let running = house.run(None, stop.clone(), || ());
            runtime.block_on(async {
                tokio::select! {
                    () = running => {}
                    () = asked => {}
                }
            });
        });
        let done = work();
        stop.cancel();
        match desk.join() {
            Ok(()) => done,
            Err(_) => bail!("The desk ended by a panic, which is a defect of okno"),
        }
    })
}

/// Where everything is, and how to look further.
fn farewell(
    stage: &mut Stage<'_>,
    folder: &Path,
    asked: &Path,
    played: &Played,
) -> anyhow::Result<()> {
    let Played { printer, request } = played;
    let copied = stage.copied;
    let here = folder.display();
    let asked = asked.display();
    let teller = &mut stage.teller;
    teller.scene("Look around")?;
    teller.line(&format!("  {here}/okno.toml"))?;
    teller.line("      the configuration")?;
    teller.line(&format!("  {here}/data/okno.sqlite"))?;
    teller.line("      the database; beside it the key that signs ticket tags")?;
    teller.line(&format!("  {here}/mails/"))?;
    teller.line(&format!(
        "      all {copied} mails of the story as .eml, in order"
    ))?;
    teller.line(&format!("  {here}/payroll/"))?;
    teller.line("      the month: the accountants' file and what its columns mean;")?;
    teller.line("      the letters in maildirs/darya@uni.test and maildirs/payroll@uni.test")?;
    teller.line("\nWhy did all that happen? What does the desk promise?\n")?;
    let config = format!("--config {asked}/okno.toml");
    teller.line(&format!("  okno explain {printer} {config}"))?;
    teller.line(&format!("  okno explain '{request}' \\\n      {config}"))?;
    teller.line(&format!("  okno read {asked}/mails/01-*.eml"))?;
    teller.line(&format!("  okno check {config}"))?;
    teller.line(&format!("  okno verify {config}"))?;
    teller.line("\n(From a clone, say `cargo run -q --` instead of `okno`. The servers have\nended; `okno demo --stay` keeps them.)")
}

/// An empty folder for the demo, locked. What is there must be a demo's.
fn prepare(asked: &Path) -> anyhow::Result<(PathBuf, File)> {
    let place = || format!("Cannot use the folder {}", asked.display());
    let mark = asked.join(MARK);
    let is_foreign =
        !mark.exists() && fs::read_dir(asked).is_ok_and(|mut entries| entries.next().is_some());
    if is_foreign {
        bail!(
            "{}: there is something in it, and no demo put it there; name another with --folder",
            place()
        );
    }
    fs::create_dir_all(asked).with_context(place)?;
    let folder = asked.canonicalize().with_context(place)?;
    let lock = File::create(&mark).with_context(place)?;
    if lock.try_lock().is_err() {
        bail!(
            "{}: another demo plays in it; name another with --folder",
            place()
        );
    }
    for name in LEFT_OVER {
        let path = folder.join(name);
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else if path.exists() {
            fs::remove_file(&path)
        } else {
            Ok(())
        };
        removed.with_context(|| format!("Cannot remove {}", path.display()))?;
    }
    Ok((folder, lock))
}

fn write(path: &Path, words: &str) -> anyhow::Result<()> {
    fs::write(path, words).with_context(|| format!("Cannot write {}", path.display()))
}
