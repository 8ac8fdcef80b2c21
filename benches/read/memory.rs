//! How much memory reading takes: in a process of its own, which has nothing but the mail.

use std::{fs, hint::black_box, path::Path, process::Command};

use anyhow::{Context as _, ensure};
use data_encoding::BASE64_MIME;
use okno::{
    lab::Scratch,
    mail::read::{Limits, read},
};

use super::line;

/// How the bench calls itself to read one mail.
pub(crate) const CHILD: &str = "memory-of";

/// The size of the large mails.
const BYTES: usize = 25_000_000;

/// What large mails are made of.
const PIECES: [(&str, &str); 5] = [
    ("a file", ""),
    ("plain text", "Принтер в аудитории 214 не печатает.\n"),
    ("a page", "<div><p>Принтер <b>не</b> печатает.</p></div>\n"),
    ("a quote", "> > Принтер в аудитории 214 не печатает.\n"),
    ("parts", "--b\nContent-Type: text/plain\n\nwords\n"),
];

/// Reads large mails of several sorts; memory taken beside the mail, as a multiple of its size, at most.
pub(crate) fn most() -> anyhow::Result<f64> {
    println!("okno read, mails of 25 MB, memory besides the mail for one byte of it");
    let scratch = Scratch::new("read-bench")?;
    let mut most = 0.0_f64;
    for (name, piece) in PIECES {
        let file = scratch.path().join("mail.eml");
        fs::write(&file, large(name, piece))?;
        let told = Command::new(std::env::current_exe()?)
            .arg(CHILD)
            .arg(&file)
            .output()?;
        ensure!(
            told.status.success(),
            "the child that reads {name} ended badly"
        );
        let taken: f64 = String::from_utf8_lossy(&told.stdout).trim().parse()?;
        line(name, taken, "");
        most = most.max(taken);
    }
    Ok(most)
}

fn large(name: &str, piece: &str) -> Vec<u8> {
    let head = "From: Anna <anna@uni.test>\nTo: it@uni.test\nSubject: large\n";
    let utf_8 = "; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";
    let many = piece.repeat(BYTES.checked_div(piece.len()).unwrap_or(0));
    let mail = match name {
        "a file" => {
            let noise: Vec<u8> = (0..BYTES / 138 * 100)
                .map(|n| n.to_le_bytes().iter().fold(7, |a, b| a ^ b))
                .collect();
            format!(
                "{head}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain{utf_8}words\n--b\n\
                 Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n{}\n--b--\n",
                BASE64_MIME.encode(&noise)
            )
        }
        "a page" => format!("{head}Content-Type: text/html{utf_8}{many}"),
        "parts" => format!("{head}Content-Type: multipart/mixed; boundary=b\n\n{many}--b--\n"),
        _ => format!("{head}Content-Type: text/plain{utf_8}{many}"),
    };
    mail.into_bytes()
}

/// The child: reads the file and prints the multiple.
pub(crate) fn tell(file: &Path) -> anyhow::Result<()> {
    let mail = fs::read(file)?;
    // From here on the kernel counts the peak anew.
    fs::write("/proc/self/clear_refs", "5")?;
    let before = status("VmRSS:")?;
    black_box(read(&mail, &Limits::default()));
    let taken = status("VmHWM:")?
        .saturating_sub(before)
        .saturating_mul(1_024);
    println!("{:.3}", super::quotient(taken, u64::try_from(mail.len())?));
    Ok(())
}

/// A figure of `/proc/self/status`, in kB.
fn status(name: &str) -> anyhow::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let figure = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(figure
        .with_context(|| format!("no {name}"))?
        .trim()
        .parse()?)
}
