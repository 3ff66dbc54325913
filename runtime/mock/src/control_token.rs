//! The secret of the control API.

use std::fmt;

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
