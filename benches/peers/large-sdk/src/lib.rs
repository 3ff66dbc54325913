//! Depends on the AWS SDK's crates of large services, and has nothing of its own.
