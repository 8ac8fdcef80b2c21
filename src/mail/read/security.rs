//! Signed or encrypted: said, never undone (RFC 1847, 3156, 8551).

use super::{
    cms::Kind,
    mime::{Part, Structure},
};

/// The line that begins a text signed in the open.
const SIGNED: &str = "-----BEGIN PGP SIGNED MESSAGE-----";

/// How the mail is signed or encrypted, each way once: what its containers have shown first.
pub(super) fn read(structure: &Structure, text: &str, contained: &[&str]) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for code in contained.iter().copied().chain(codes(structure, text)) {
        if !once.iter().any(|known| known == code) {
            once.push(code.to_owned());
        }
    }
    once
}

/// How the mail is signed or encrypted, as its parts and its text say.
pub(super) fn codes(structure: &Structure, text: &str) -> Vec<&'static str> {
    let mut found: Vec<&str> = Vec::new();
    for part in &structure.parts {
        found.extend(of_part(part));
    }
    let starts = |mark: &str| text.starts_with(mark) || text.contains(&format!("\n{mark}"));
    if starts(SIGNED) {
        found.push("pgp_signed");
    }
    if starts("-----BEGIN PGP MESSAGE-----") {
        found.push("pgp_encrypted");
    }
    found
}

fn of_part(part: &Part) -> Option<&'static str> {
    let param = |name: &str| {
        part.content_type
            .text(name)
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    Some(match part.media_type() {
        "multipart/signed" if param("protocol").contains("pgp") => "pgp_signed",
        "multipart/signed" => "smime_signed",
        "multipart/encrypted" if param("protocol").contains("pkcs7") => "smime_encrypted",
        "multipart/encrypted" | "application/pgp-encrypted" => "pgp_encrypted",
        "application/pgp-signature" => "pgp_signed",
        "application/pgp" => match param("x-action").as_str() {
            "sign" | "signclear" => "pgp_signed",
            _ => "pgp_encrypted",
        },
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "smime_signed",
        "application/x-microsoft-rpmsg-message" => "rights_protected",
        _ => return None,
    })
}

/// The words of a text signed in the open (RFC 4880, 7) without the armour around them; `None` where there is none. What
/// stands above and below the armour is kept, and the dash before lines that begin with one is taken off.
pub(super) fn without_armour(text: &str) -> Option<String> {
    let mut lines = text.lines();
    let mut words: Vec<&str> = Vec::new();
    lines.by_ref().find(|line| {
        let is_start = line.trim_end() == SIGNED;
        if !is_start {
            words.push(line);
        }
        is_start
    })?;
    // Its own fields (`Hash: SHA256`) end with an empty line.
    let mut lines = lines.skip_while(|line| !line.trim().is_empty()).skip(1);
    let mut is_whole = false;
    for line in lines.by_ref() {
        if line.trim_end() == "-----BEGIN PGP SIGNATURE-----" {
            is_whole = true;
            break;
        }
        words.push(line.strip_prefix("- ").unwrap_or(line));
    }
    let below = lines
        .skip_while(|line| line.trim_end() != "-----END PGP SIGNATURE-----")
        .skip(1);
    words.extend(below);
    is_whole.then(|| words.join("\n"))
}

/// Whether a part is a message of S/MIME in one piece, signed or encrypted.
pub(super) fn may_be_cms(part: &Part, name: impl Fn() -> Option<String>) -> bool {
    match part.media_type() {
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => true,
        "application/octet-stream" => name().is_some_and(|name| {
            let name = name.to_ascii_lowercase();
            name.ends_with(".p7m") || name.ends_with(".p7z")
        }),
        _ => false,
    }
}

/// How such a part is signed or encrypted: as its bytes say, else as its type does.
pub(super) fn of_cms(part: &Part, kind: Option<Kind>) -> Option<&'static str> {
    match kind {
        Some(Kind::Signed) => Some("smime_signed"),
        Some(Kind::Certificates) => Some("smime_certificates"),
        Some(Kind::Encrypted) => Some("smime_encrypted"),
        Some(Kind::Compressed) => None,
        None => {
            let said = part.content_type.text("smime-type").unwrap_or_default();
            match said.to_ascii_lowercase().as_str() {
                "signed-data" | "signed-receipt" => Some("smime_signed"),
                "certs-only" => Some("smime_certificates"),
                "compressed-data" => None,
                _ => Some("smime_encrypted"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_without_the_armour() {
        let signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nYes.\n- -- \nAnna\n\
            -----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----";
        assert_eq!(without_armour(signed).as_deref(), Some("Yes.\n-- \nAnna"));
        let within = format!("Above\n{signed}\nBelow");
        assert_eq!(
            without_armour(&within).as_deref(),
            Some("Above\nYes.\n-- \nAnna\nBelow")
        );
        assert_eq!(without_armour("Yes."), None);
        assert_eq!(without_armour(&signed.replace("SIGNATURE", "x")), None);
    }
}
