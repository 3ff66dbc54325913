//! What a generated client needs: endpoints, signing, retries, transports.
