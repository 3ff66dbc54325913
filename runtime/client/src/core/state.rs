//! State that the calls of a client share.

use std::fmt;
use std::sync::{Arc, OnceLock};

use http::HeaderValue;

use super::service_clock::ServiceClock;
use crate::config::{Config, Settings};
use crate::endpoint::{ResolveEndpoint, Target};
use crate::retry::TokenBucket;

/// State that the calls of a client share.
pub struct Core {
    pub(super) config: Config,
    pub(super) resolver: Box<dyn ResolveEndpoint>,
    /// The endpoint of operations without parameters of their own.
    pub(super) target: OnceLock<Arc<CachedTarget>>,
    pub(super) user_agent: HeaderValue,
    pub(super) clock: ServiceClock,
    pub(super) bucket: TokenBucket,
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Core {
    /// Creates the shared state of a client.
    pub fn new(config: Config, resolver: impl ResolveEndpoint + 'static) -> Self {
        Self {
            user_agent: user_agent(&config.0),
            config,
            resolver: Box::new(resolver),
            target: OnceLock::new(),
            clock: ServiceClock::default(),
            bucket: TokenBucket::default(),
        }
    }

    /// Returns the configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Returns the budget for retries.
    pub fn retry_budget(&self) -> &TokenBucket {
        &self.bucket
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.config.0
    }
}

/// The endpoint of operations without parameters of their own.
#[derive(Debug)]
pub(super) struct CachedTarget {
    pub(super) target: Arc<Target>,
    /// Whether the rules give accounts endpoints of their own.
    pub(super) per_account: bool,
}

fn user_agent(settings: &Settings) -> HeaderValue {
    let own = || {
        let app = settings.app_name.as_deref().map(|name| format!(" app/{name}")).unwrap_or_default();
        format!("whitesmith/{} lang/rust os/{}{app}", env!("CARGO_PKG_VERSION"), std::env::consts::OS)
    };
    let text = settings.user_agent.clone().unwrap_or_else(own);
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("whitesmith"))
}
