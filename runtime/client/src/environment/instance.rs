//! The machine that the program runs on.

use super::Settings;
use crate::Config;

impl Settings {
    /// Returns the region of the machine, from instance metadata; `connection` has the proxy. Without the feature
    /// `credential-chain` there is none.
    pub fn instance_region(&self, connection: &Config) -> Option<String> {
        let is_disabled = self.environment.get("AWS_EC2_METADATA_DISABLED");
        if is_disabled.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
            return None;
        }
        #[cfg(feature = "credential-chain")]
        return super::chain::instance_region(connection);
        #[cfg(not(feature = "credential-chain"))]
        {
            let _ = connection;
            None
        }
    }
}
