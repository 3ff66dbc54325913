//! What a server serves, and to whom.

use std::fmt;
use std::sync::Arc;

use crate::auth::Authenticator;
use crate::budget::Budget;
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

/// A secret that control requests carry as `Authorization: Bearer …`.
#[derive(Clone, PartialEq, Eq)]
pub struct ControlToken(String);

impl ControlToken {
    /// Wraps a token; `None` if it is empty or a header cannot carry it.
    pub fn new(token: impl Into<String>) -> Option<Self> {
        let token = token.into();
        let valid = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        valid.then_some(Self(token))
    }

    /// Compares without leaking, by its duration, how much of a guess is right.
    pub(crate) fn matches(&self, guess: &str) -> bool {
        let (token, guess) = (self.0.as_bytes(), guess.as_bytes());
        token.len() == guess.len() && token.iter().zip(guess).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
    }

    /// The token itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ControlToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ControlToken(…)")
    }
}
