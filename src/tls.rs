//! TLS client settings, loaded once and shared by `imap` and `smtp`; [`stream`] is the connection itself.
//!
//! A server's certificate is always checked against the system's roots and the files the administrator names.
//! There is no switch that turns this off.

use std::{fs, io, path::PathBuf, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

pub mod stream;

/// Why there are no TLS settings.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file of the administrator's cannot be read.
    #[error("cannot read the CA file {path}: {source}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A file of the administrator's holds no certificate that can be used.
    #[error("the CA file {path} is no use: {why}; a PEM file with «-----BEGIN CERTIFICATE-----» is expected", path = path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Nothing to check certificates against.
    #[error(
        "this machine trusts no certificate authority at all ({why}): install ca-certificates or name a CA file"
    )]
    NoRoots {
        /// What the system said.
        why: String,
    },
    /// The library refuses its own defaults.
    #[error("TLS cannot be set up: {0}")]
    Library(#[from] rustls::Error),
}

/// Loads the system's roots and the PEM files `extra_ca`; the result is shared by every connection.
///
/// # Errors
/// [`TlsError`], naming the file at fault. A system without roots is an error only where `extra_ca` is empty.
pub fn client_config(extra_ca: &[PathBuf]) -> Result<Arc<ClientConfig>, TlsError> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    // Roots the library cannot parse are the system's business: a server signed by one of them is refused.
    roots.add_parsable_certificates(native.certs);
    if roots.is_empty() && extra_ca.is_empty() {
        let why = native
            .errors
            .first()
            .map_or_else(|| "no certificates found".to_owned(), ToString::to_string);
        return Err(TlsError::NoRoots { why });
    }
    for path in extra_ca {
        add_file(&mut roots, path)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

fn add_file(roots: &mut RootCertStore, path: &PathBuf) -> Result<(), TlsError> {
    let unusable = |why: String| TlsError::Unusable {
        path: path.clone(),
        why,
    };
    let pem = fs::read(path).map_err(|source| TlsError::Unreadable {
        path: path.clone(),
        source,
    })?;
    let mut found = 0_usize;
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|why| unusable(why.to_string()))?;
        roots
            .add(certificate)
            .map_err(|why| unusable(why.to_string()))?;
        found = found.saturating_add(1);
    }
    if found == 0 {
        return Err(unusable("there is no certificate in it".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate() -> String {
        rcgen::generate_simple_self_signed(["mail.test".to_owned()])
            .unwrap()
            .cert
            .pem()
    }

    #[track_caller]
    fn refusal(content: Option<&str>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        if let Some(content) = content {
            fs::write(&path, content).unwrap();
        }
        let words = client_config(&[path]).unwrap_err().to_string();
        assert!(words.contains("ca.pem"), "the file is named: {words}");
        words
    }

    #[test]
    fn a_ca_file_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        fs::write(&path, certificate() + &certificate()).unwrap();
        client_config(&[path]).unwrap();
    }

    #[test]
    fn a_bad_ca_file_is_named() {
        assert!(refusal(None).starts_with("cannot read"));
        assert!(refusal(Some("hello")).contains("there is no certificate in it"));
        assert!(
            refusal(Some(
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            ))
            .contains("is no use")
        );
    }
}
