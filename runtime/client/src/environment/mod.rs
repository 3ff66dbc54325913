//! Configuration from environment variables and from the files that AWS's tools share, `~/.aws/config` and
//! `~/.aws/credentials`, in the order of the AWS CLI.
//!
//! ```no_run
//! use whitesmith_client::environment::Settings;
//! use whitesmith_schema::{ProtocolId, Service};
//!
//! static SERVICE: Service = Service::new("example#Example", "Example", "1", ProtocolId::AwsJson1_0)
//!     .with_aws_names("Example", "example", "example");
//!
//! // The region, the endpoint, the credentials and more, for the profile `staging`.
//! let config = Settings::default().with_profile("staging").config(&SERVICE)?.build();
//! # Ok::<(), whitesmith_client::environment::SettingsError>(())
//! ```

#[cfg(feature = "credential-chain")]
mod chain;
mod client_settings;
mod error;
mod expiration;
mod files;
#[cfg(feature = "credential-chain")]
mod guarded;
mod ini;
mod instance;
mod process;
mod provider;
mod settings;
mod source;
#[cfg(feature = "credential-chain")]
mod transport;
mod variables;

pub use error::SettingsError;
pub use expiration::ParseTime;
pub use files::{Files, Profile};
#[cfg(feature = "credential-chain")]
pub use guarded::silence_reported_panics;
pub use provider::DefaultCredentials;
pub use settings::Settings;
pub use variables::Environment;
