//! Tree hashes: SHA-256 over a tree of hashes (Amazon Glacier Developer Guide, "Computing Checksums").

use sha2::{Digest as _, Sha256};

/// The size of a leaf in bytes.
const LEAF: usize = 1024 * 1024;

/// Computes a tree hash of bytes as they come.
#[derive(Clone, Debug, Default)]
pub(super) struct TreeHasher {
    leaves: Vec<[u8; 32]>,
    leaf: Sha256,
    /// The bytes in `leaf`.
    filled: usize,
}

impl TreeHasher {
    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        while let Some((part, rest)) = bytes.split_at_checked(bytes.len().min(LEAF.saturating_sub(self.filled)))
            && !part.is_empty()
        {
            self.leaf.update(part);
            self.filled = self.filled.saturating_add(part.len());
            if self.filled == LEAF {
                self.leaves.push(std::mem::take(&mut self.leaf).finalize().into());
                self.filled = 0;
            }
            bytes = rest;
        }
    }

    pub(super) fn finish(mut self) -> [u8; 32] {
        if self.filled > 0 || self.leaves.is_empty() {
            self.leaves.push(self.leaf.finalize().into());
        }
        let mut level = self.leaves;
        while level.len() > 1 {
            level = level
                .chunks(2)
                .map(|nodes| match nodes {
                    [one, other] => Sha256::new().chain_update(one).chain_update(other).finalize().into(),
                    // The last node of a level with an odd number of nodes moves up as it is.
                    rest => rest.first().copied().unwrap_or_default(),
                })
                .collect();
        }
        level.first().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree_hash(bytes: &[u8], step: usize) -> String {
        let mut hasher = TreeHasher::default();
        bytes.chunks(step).for_each(|part| hasher.update(part));
        hasher.finish().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The sums are those of botocore's `calculate_tree_hash`.
    #[test]
    fn leaves_are_combined_in_pairs() {
        let hello = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
        assert_eq!(tree_hash(b"hello world", 3), hello);
        let body: Vec<u8> = (0..LEAF * 3 + 5).map(|at| u8::try_from(at % 251).unwrap_or_default()).collect();
        let expected = "c9e0c11a00161b193e0a1b3692ec553d4033a887f2086a7cadd4cd722d87f09f";
        for step in [1000, LEAF - 1, LEAF, LEAF + 1, body.len()] {
            assert_eq!(tree_hash(&body, step), expected, "{step}");
        }
    }
}
