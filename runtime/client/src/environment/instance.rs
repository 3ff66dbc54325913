//! The machine that the program runs on.

#[cfg(feature = "credential-chain")]
use std::time::Duration;

use super::Settings;
use crate::Config;

/// How many requests an attempt takes: one for a token, one for the region.
#[cfg(feature = "credential-chain")]
const REQUESTS: u32 = 2;
/// The most attempts, and the most seconds of each request.
#[cfg(feature = "credential-chain")]
const MOST: u32 = 60;

impl Settings {
    /// Returns the region of the machine, from instance metadata; `connection` has the proxy. Without the feature
    /// `credential-chain` there is none.
    ///
    /// As in the AWS CLI, each request may take the seconds of `AWS_METADATA_SERVICE_TIMEOUT`, and there are as many
    /// attempts as `AWS_METADATA_SERVICE_NUM_ATTEMPTS` says, by default one. All of them together take no longer than that,
    /// however slowly an answer arrives.
    pub fn instance_region(&self, connection: &Config) -> Option<String> {
        let is_disabled = self.environment.get("AWS_EC2_METADATA_DISABLED");
        if is_disabled.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
            return None;
        }
        #[cfg(feature = "credential-chain")]
        {
            let count = |name| {
                let given = self.environment.get(name).and_then(|value| value.trim().parse().ok());
                given.unwrap_or(1_u32).clamp(1, MOST)
            };
            let (seconds, attempts) =
                (count("AWS_METADATA_SERVICE_TIMEOUT"), count("AWS_METADATA_SERVICE_NUM_ATTEMPTS"));
            let limit = Duration::from_secs(u64::from(REQUESTS.saturating_mul(attempts).saturating_mul(seconds)));
            super::chain::instance_region(connection, attempts, limit)
        }
        #[cfg(not(feature = "credential-chain"))]
        {
            let _ = connection;
            None
        }
    }
}
