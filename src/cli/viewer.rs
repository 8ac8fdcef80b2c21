//! `okno viewer`: makes what proves somebody's name to the page. The configuration holds only what cannot be turned back.

use std::io::{BufRead, Write};

use anyhow::{Context as _, anyhow, bail};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher as _, SaltString},
};
use clap::{Args, Subcommand};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use super::Ended;
use crate::clock::fill_random;

/// The shortest password that is taken, in letters.
const LETTERS_MIN: usize = 10;

/// What `okno viewer` is told.
#[derive(Debug, Args)]
pub struct ViewerArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Read a password from the standard input and print the line for [web.viewer.NAME]
    Password,
    /// Make a token for a monitoring and print it, with the line for [web.viewer.NAME]
    Token,
}

/// Does it.
///
/// # Errors
/// A password that is too short, or no chance.
pub fn run(
    args: &ViewerArgs,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    match args.action {
        Action::Password => password(input, out)?,
        Action::Token => token(out)?,
    }
    Ok(Ended::Done)
}

fn password(input: &mut dyn BufRead, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut password = String::new();
    input
        .read_line(&mut password)
        .context("Cannot read the password from the standard input")?;
    let password = password.trim_end_matches(['\r', '\n']);
    if password.chars().count() < LETTERS_MIN {
        bail!("At least {LETTERS_MIN} letters are needed: whoever reaches the page may try");
    }
    let mut salt = [0; 16];
    fill_random(&mut salt).context("The system gives no random numbers")?;
    let wrong =
        |error: argon2::password_hash::Error| anyhow!("The password cannot be hashed: {error}");
    let salt = SaltString::encode_b64(&salt).map_err(wrong)?;
    let hash = Argon2::default()
        .hash_password(password.as_bytes(), &salt)
        .map_err(wrong)?;
    writeln!(out, "password = '{hash}'")?;
    Ok(())
}

fn token(out: &mut dyn Write) -> anyhow::Result<()> {
    let mut bytes = [0; 32];
    fill_random(&mut bytes).context("The system gives no random numbers")?;
    let token = BASE64URL_NOPAD.encode(&bytes);
    let digest = HEXLOWER.encode(&Sha256::digest(token.as_bytes()));
    writeln!(
        out,
        "# For the monitoring alone; it is nowhere else: Authorization: Bearer {token}"
    )?;
    writeln!(out, "token = \"{digest}\"")?;
    Ok(())
}
