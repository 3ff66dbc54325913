//! TLS, with a certificate that is given or made.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// The names that a made certificate is for.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The certificate and private key of a TLS server.
pub struct Identity {
    certificates: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    pem: String,
}

/// A certificate or key that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TlsError {
    /// It is not in PEM form, or there is none in it.
    #[error("the PEM text cannot be read: {0}")]
    Pem(#[from] rustls::pki_types::pem::Error),
    /// The certificate and the key do not fit.
    #[error("the certificate cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
    /// A certificate cannot be made.
    #[error("no certificate can be made: {0}")]
    NotMade(#[from] rcgen::Error),
}

impl Identity {
    /// A certificate chain and its private key, in PEM form.
    ///
    /// # Errors
    /// When either text has none.
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let pem = String::from_utf8_lossy(certificates).into_owned();
        let certificates = CertificateDer::pem_slice_iter(certificates).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { certificates, key: PrivateKeyDer::from_pem_slice(key)?, pem })
    }

    /// Makes a certificate for this machine, which nobody trusts who is not told to.
    ///
    /// # Errors
    /// When there is no randomness for a key.
    pub fn generate() -> Result<Self, TlsError> {
        let made = rcgen::generate_simple_self_signed(NAMES.map(str::to_owned))?;
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        Ok(Self { certificates: vec![made.cert.der().clone()], key: key.into(), pem: made.cert.pem() })
    }

    /// The certificates in PEM form, for clients that are to trust them.
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
