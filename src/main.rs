//! okno, the program.

use std::process::ExitCode;

fn main() -> ExitCode {
    // One provider for every connection of the process, before anything can ask for one.
    if rustls::crypto::ring::default_provider()
        .install_default()
        .is_err()
    {
        return ExitCode::FAILURE;
    }
    okno::cli::main()
}
