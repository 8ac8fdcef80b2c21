//! # cli: the commands at the terminal
//!
//! [`main`] reads the command line, runs one command and says how it ended: 0 done, 1 failed, 2 wrong use.
//! Every command is a file of its own; [`logs`] is where the log of `run` and `drain` goes.

pub mod addresses;
pub mod backup;
pub mod calendar;
pub mod check;
pub mod demo;
pub mod drain;
pub mod due;
pub mod events;
pub mod explain;
pub mod facts;
pub mod init;
pub mod key;
pub mod logs;
pub mod outbox;
pub mod passport;
pub mod people;
pub mod period;
pub mod quarantine;
pub mod read;
pub mod reconcile;
pub mod rejudge;
pub mod report;
pub mod route;
pub mod run;
pub mod verify;
pub mod viewer;
pub mod why;

mod follow;
mod handed_out;
mod queue_change;
mod runtime;
mod visit;
mod words;

use std::{
    io::{self, BufReader, IsTerminal as _, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};

use crate::{
    clock::Clock,
    config::{Config, DEFAULT_FILE, Purpose, load_for},
};

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "okno",
    version,
    about = "A mail-only service desk: mailboxes in, tickets, answers out.",
    long_about = None,
    after_help = "Ends with 0 when done, 1 when it failed, 2 when it was called wrongly.",
    disable_help_subcommand = true,
    max_term_width = 100
)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

/// The configuration file of a command.
#[derive(Debug, Clone, Args)]
pub struct ConfigFile {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = DEFAULT_FILE)]
    pub config: PathBuf,
}

impl ConfigFile {
    /// Reads and checks it. What for says which passwords must be there.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line.
    pub fn load(&self, purpose: Purpose) -> anyhow::Result<Config> {
        Ok(load_for(&self.config, purpose)?)
    }
}

/// What can be asked of okno, in the order in which a newcomer needs it.
#[derive(Debug, Subcommand)]
enum Command {
    /// Ask a few questions and write a configuration
    Init(init::InitArgs),
    /// Check the configuration and say in plain words what would happen
    Check(check::CheckArgs),
    /// Play a short story on private servers, and show where everything lies
    Demo(demo::DemoArgs),
    /// Serve the mailboxes until told to stop
    Run(run::RunArgs),
    /// Do all that is due now, then end
    Drain(drain::DrainArgs),
    /// Explain why something happened to a mail or a ticket
    Explain(explain::ExplainArgs),
    /// See to what could not be processed
    Quarantine(quarantine::QuarantineArgs),
    /// See to what waits to be sent
    Outbox(outbox::OutboxArgs),
    /// Tell by which of our addresses requests come
    Addresses(addresses::AddressesArgs),
    /// See to the people directory
    People(people::PeopleArgs),
    /// Try a mail saved as a file: tell what would become of it, and why
    Route(route::RouteArgs),
    /// Tell by when a request would be solved, were it written now or at some time
    Due(due::DueArgs),
    /// Tell by when a ticket is due, and why
    Why(why::WhyArgs),
    /// Judge tickets by the calendars and promises of today, as corrections with a reason
    Rejudge(rejudge::RejudgeArgs),
    /// See which days are worked, and read calendars of other programs
    Calendar(calendar::CalendarArgs),
    /// Count what a period comes to
    Report(report::ReportArgs),
    /// Close a period with its figures, and see what has changed since
    Period(period::PeriodArgs),
    /// Take figures that okno does not count, such as payments or visits, from a file
    Facts(facts::FactsArgs),
    /// Hand out history, so that anybody can compute every figure anew
    Events(events::EventsArgs),
    /// Save the database and its key while okno runs
    Backup(backup::BackupArgs),
    /// Change the key that signs our mail for another version
    Key(key::KeyArgs),
    /// Make passwords and tokens for those who may look at the page
    Viewer(viewer::ViewerArgs),
    /// Compare a day of the mailboxes with what became of their mails
    Reconcile(reconcile::ReconcileArgs),
    /// Prove that history was not altered
    Verify(verify::VerifyArgs),
    /// Show what okno reads in mail files
    Read(read::ReadArgs),
}

/// How a command ended that did not fail outright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All is done.
    Done,
    /// Something could not be done; it was said.
    NotAll,
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    // Wrong use is clap's to answer: it prints, and ends with 2 (0 for --help).
    let command_line = CommandLine::parse();
    let mut out = io::stdout().lock();
    match perform(command_line.command, &mut out).and_then(|ended| {
        out.flush()?;
        Ok(ended)
    }) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::NotAll) => ExitCode::FAILURE,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn perform(command: Command, out: &mut dyn Write) -> anyhow::Result<Ended> {
    match command {
        Command::Init(args) => {
            let mut input = BufReader::new(io::stdin());
            let is_interactive = io::stdin().is_terminal();
            let mut terminal = init::Terminal {
                input: &mut input,
                out,
                is_interactive,
                hides_passwords: is_interactive,
            };
            init::run(&args, &mut terminal).map(|()| Ended::Done)
        }
        Command::Check(args) => check::run(&args, Clock::System.now(), out),
        Command::Demo(args) => demo::run(&args, out),
        Command::Run(args) => run::run(&args),
        Command::Drain(args) => drain::run(&args, out),
        Command::Explain(args) => explain::run(&args, out),
        Command::Quarantine(args) => quarantine::run(&args, out),
        Command::Outbox(args) => outbox::run(&args, out),
        Command::Addresses(args) => addresses::run(&args, out),
        Command::People(args) => people::run(&args, out),
        Command::Route(args) => route::run(&args, Clock::System.now(), out),
        Command::Due(args) => due::run(&args, Clock::System.now(), out),
        Command::Why(args) => why::run(&args, out),
        Command::Rejudge(args) => rejudge::run(&args, out),
        Command::Calendar(args) => calendar::run(&args, Clock::System.now(), out),
        Command::Report(args) => report::run(&args, Clock::System.now(), out),
        Command::Period(args) => period::run(&args, Clock::System.now(), out),
        Command::Facts(args) => facts::run(&args, Clock::System.now(), out),
        Command::Events(args) => events::run(&args, out),
        Command::Backup(args) => backup::run(&args, out),
        Command::Key(args) => key::run(&args, out),
        Command::Viewer(args) => viewer::run(&args, &mut io::stdin().lock(), out),
        Command::Reconcile(args) => reconcile::run(&args, Clock::System.now(), out),
        Command::Verify(args) => verify::run(&args, out),
        Command::Read(args) => {
            let all_opened = read::run(&args, out)?;
            Ok(if all_opened {
                Ended::Done
            } else {
                Ended::NotAll
            })
        }
    }
}

/// Whoever reads our words has read enough: `okno explain 1042 | head`.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn fail(error: &anyhow::Error) -> ExitCode {
    let said = writeln!(io::stderr(), "{error:#}");
    // Without a terminal to say it on, the exit code says it alone.
    said.map_or(ExitCode::FAILURE, |()| ExitCode::FAILURE)
}
