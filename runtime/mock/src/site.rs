//! What a server serves, and to whom.

use std::sync::Arc;

use crate::auth::Authenticator;
use crate::budget::Budget;
use crate::control_token::ControlToken;
use crate::engine::Engine;

/// What a server serves.
pub(crate) struct Site {
    pub(crate) engine: Arc<Engine>,
    /// Whether it listens on the loopback interface only.
    pub(crate) loopback: bool,
    /// The token that control requests must carry.
    pub(crate) control_token: Option<ControlToken>,
    /// The access keys that may sign, if requests must be signed.
    pub(crate) authenticator: Option<Authenticator>,
    /// The bytes of bodies in flight.
    pub(crate) budget: Arc<Budget>,
    #[cfg(feature = "tls")]
    pub(crate) tls: Option<tokio_rustls::TlsAcceptor>,
}

impl Site {
    /// The scheme of its URL.
    pub(crate) fn scheme(&self) -> &'static str {
        #[cfg(feature = "tls")]
        if self.tls.is_some() {
            return "https";
        }
        "http"
    }
}
