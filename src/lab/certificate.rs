//! A certificate authority made on the spot, and a certificate for loopback signed by it.

use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

use super::{error::LabError, place::write_file};

/// Where the three files of a private TLS server lie.
#[derive(Debug, Clone)]
pub(super) struct Certificate {
    /// The authority's certificate: what clients are to trust.
    pub(super) authority: PathBuf,
    /// The server's certificate, for `localhost` and 127.0.0.1.
    pub(super) certificate: PathBuf,
    /// The server's key, readable by its owner only.
    pub(super) key: PathBuf,
}

impl Certificate {
    /// Makes a new authority and a new certificate in `folder`. The authority's key is forgotten at once.
    pub(super) fn make(folder: &Path) -> Result<Self, LabError> {
        let files = Self {
            authority: folder.join("ca.pem"),
            certificate: folder.join("server.pem"),
            key: folder.join("server.key"),
        };
        let authority_key = KeyPair::generate()?;
        let mut authority = CertificateParams::new(Vec::new())?;
        authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        authority
            .distinguished_name
            .push(DnType::CommonName, "okno private servers on loopback");
        let authority_certificate = authority.self_signed(&authority_key)?;
        let issuer = Issuer::new(authority, authority_key);

        let server_key = KeyPair::generate()?;
        // Written as names; rcgen makes an address entry of what is an address.
        let mut server = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()])?;
        server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        server.use_authority_key_identifier_extension = true;
        server
            .distinguished_name
            .push(DnType::CommonName, "localhost");
        let server_certificate = server.signed_by(&server_key, &issuer)?;

        write_file(&files.authority, 0o644, &authority_certificate.pem())?;
        write_file(&files.certificate, 0o644, &server_certificate.pem())?;
        write_file(&files.key, 0o600, &server_key.serialize_pem())?;
        Ok(files)
    }
}
