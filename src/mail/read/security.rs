//! Signed or encrypted: said, never undone (RFC 1847, 3156, 8551).

use super::mime::Structure;

/// How the mail is signed or encrypted, each way once.
pub(super) fn read(structure: &Structure, text: &str) -> Vec<String> {
    let mut found: Vec<&str> = Vec::new();
    for part in &structure.parts {
        let param = |name: &str| {
            part.content_type
                .text(name)
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        match part.media_type() {
            "multipart/signed" => {
                found.push(if param("protocol").contains("pgp") {
                    "pgp_signed"
                } else {
                    "smime_signed"
                });
            }
            "multipart/encrypted" | "application/pgp-encrypted" => found.push("pgp_encrypted"),
            "application/pgp-signature" => found.push("pgp_signed"),
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                found.push(if param("smime-type").starts_with("signed") {
                    "smime_signed"
                } else {
                    "smime_encrypted"
                });
            }
            "application/pkcs7-signature" | "application/x-pkcs7-signature" => {
                found.push("smime_signed")
            }
            _ => {}
        }
    }
    let starts = |mark: &str| text.starts_with(mark) || text.contains(&format!("\n{mark}"));
    if starts("-----BEGIN PGP SIGNED MESSAGE-----") {
        found.push("pgp_signed");
    }
    if starts("-----BEGIN PGP MESSAGE-----") {
        found.push("pgp_encrypted");
    }
    let mut once: Vec<String> = Vec::new();
    for code in found {
        if !once.iter().any(|c| c == code) {
            once.push(code.to_owned());
        }
    }
    once
}
