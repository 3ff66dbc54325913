//! Computation of checksums.

use base64_simd::STANDARD;
use crc_fast::CrcAlgorithm;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use whitesmith_schema::ChecksumAlgorithm;

use super::tree::TreeHasher;

/// Computes a checksum of bytes as they come.
#[derive(Clone, Debug)]
pub(super) enum Hasher {
    Crc32(crc_fast::Digest),
    Crc64(crc_fast::Digest),
    Sha1(Sha1),
    Sha256(Sha256),
    Md5(Md5),
    Tree(TreeHasher),
}

impl Hasher {
    /// Creates a hasher; `None` for an algorithm that this version does not know.
    pub(super) fn new(algorithm: ChecksumAlgorithm) -> Option<Self> {
        Some(match algorithm {
            ChecksumAlgorithm::Crc32 => Self::Crc32(crc_fast::Digest::new(CrcAlgorithm::Crc32IsoHdlc)),
            ChecksumAlgorithm::Crc32C => Self::Crc32(crc_fast::Digest::new(CrcAlgorithm::Crc32Iscsi)),
            ChecksumAlgorithm::Crc64Nvme => Self::Crc64(crc_fast::Digest::new(CrcAlgorithm::Crc64Nvme)),
            ChecksumAlgorithm::Sha1 => Self::Sha1(Sha1::new()),
            ChecksumAlgorithm::Sha256 => Self::Sha256(Sha256::new()),
            ChecksumAlgorithm::Md5 => Self::Md5(Md5::new()),
            ChecksumAlgorithm::Sha256Tree => Self::Tree(TreeHasher::default()),
            _ => return None,
        })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc32(digest) | Self::Crc64(digest) => digest.update(bytes),
            Self::Sha1(digest) => digest.update(bytes),
            Self::Sha256(digest) => digest.update(bytes),
            Self::Md5(digest) => digest.update(bytes),
            Self::Tree(digest) => digest.update(bytes),
        }
    }

    /// Returns the checksum as its header has it: base64, or hexadecimal digits for a tree hash.
    pub(super) fn finish(self) -> String {
        match self {
            Self::Crc32(digest) => {
                let [_, _, _, _, sum @ ..] = digest.finalize().to_be_bytes();
                STANDARD.encode_to_string(sum)
            }
            Self::Crc64(digest) => STANDARD.encode_to_string(digest.finalize().to_be_bytes()),
            Self::Sha1(digest) => STANDARD.encode_to_string(digest.finalize()),
            Self::Sha256(digest) => STANDARD.encode_to_string(digest.finalize()),
            Self::Md5(digest) => STANDARD.encode_to_string(digest.finalize()),
            Self::Tree(digest) => hex(&digest.finish()),
        }
    }
}

/// Returns bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checksum(algorithm: ChecksumAlgorithm, parts: &[&str]) -> Option<String> {
        let mut hasher = Hasher::new(algorithm)?;
        parts.iter().for_each(|part| hasher.update(part.as_bytes()));
        Some(hasher.finish())
    }

    /// The sums of the CRCs are the check values of their catalogues, the others those of `openssl dgst`.
    #[test]
    fn checksums_are_those_of_other_implementations() {
        for (algorithm, expected) in [
            (ChecksumAlgorithm::Crc32, "y/Q5Jg=="),
            (ChecksumAlgorithm::Crc32C, "4waSgw=="),
            (ChecksumAlgorithm::Crc64Nvme, "rosUhgp5mIg="),
            (ChecksumAlgorithm::Sha1, "98O8HYCOBHMq32eZZczDTKeuNEE="),
            (ChecksumAlgorithm::Sha256, "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
            (ChecksumAlgorithm::Md5, "JfnnlDI7RTiF9RgfG2JNCw=="),
        ] {
            assert_eq!(checksum(algorithm, &["123456789"]).as_deref(), Some(expected), "{algorithm:?}");
            assert_eq!(checksum(algorithm, &["1234", "", "56789"]).as_deref(), Some(expected), "{algorithm:?}");
        }
    }
}
