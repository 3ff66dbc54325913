//! TLS with a given or a generated certificate.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// The names that a generated certificate is valid for.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The certificate and private key of a TLS server.
pub struct Identity {
    certificates: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    pem: String,
}

/// An invalid certificate or key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// The text is not PEM or lacks a certificate or key.
    #[error("invalid PEM text")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// The certificate and the key do not match.
    #[error("invalid certificate")]
    Unusable(#[from] rustls::Error),
    /// A certificate could not be generated.
    #[error("cannot generate a certificate")]
    NotMade(#[from] rcgen::Error),
}

impl Identity {
    /// Reads a certificate chain and its private key from PEM texts.
    ///
    /// # Errors
    /// Either text is not PEM or lacks what it should hold.
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let pem = String::from_utf8_lossy(certificates).into_owned();
        let certificates = CertificateDer::pem_slice_iter(certificates).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { certificates, key: PrivateKeyDer::from_pem_slice(key)?, pem })
    }

    /// Generates a self-signed certificate for `localhost`.
    ///
    /// # Errors
    /// The system has no randomness for a key.
    pub fn generate() -> Result<Self, TlsError> {
        let made = rcgen::generate_simple_self_signed(NAMES.map(str::to_owned))?;
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        Ok(Self { certificates: vec![made.cert.der().clone()], key: key.into(), pem: made.cert.pem() })
    }

    /// Returns the certificates in PEM form, for clients that should trust them.
    pub fn certificate_pem(&self) -> &str {
        &self.pem
    }

    pub(crate) fn acceptor(self) -> Result<tokio_rustls::TlsAcceptor, TlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(self.certificates, self.key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config).into())
    }
}
