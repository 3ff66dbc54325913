//! The size that strings of endpoint rules can grow to: conditions that double what another has assigned would otherwise fill
//! the memory of the clients that are generated from them.

use super::expression::{Expression, Function, Piece, Template};
use super::types::{INPUT_BYTES, Scope};

/// The most that a value may grow to, of inputs of [`INPUT_BYTES`].
pub(super) const MOST_BYTES: u64 = 1 << 20;

/// Returns the bytes that a value can take, of inputs of [`INPUT_BYTES`].
pub(super) fn most_bytes(expression: &Expression, scope: &Scope) -> u64 {
    let most = |value: &Expression| most_bytes(value, scope);
    let sum = |sizes: &mut dyn Iterator<Item = u64>| sizes.fold(0, u64::saturating_add);
    match expression {
        Expression::Text(Template(pieces)) => sum(&mut pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text.len() as u64,
            Piece::Value(value) => most(value),
        })),
        Expression::Boolean(_) | Expression::Number(_) => 0,
        Expression::Array(items) => sum(&mut items.iter().map(most)),
        Expression::Record(entries) => sum(&mut entries.iter().map(|(_, value)| most(value))),
        Expression::Reference(name) => scope.size_of(name),
        Expression::Attribute(of, _) => most(of),
        Expression::Call(function, arguments) => {
            let largest = arguments.iter().map(most).max().unwrap_or_default();
            match function {
                // `%41` for each byte.
                Function::UriEncode => largest.saturating_mul(3),
                // The names of a partition come from a table.
                Function::Partition => INPUT_BYTES,
                _ => largest,
            }
        }
    }
}
