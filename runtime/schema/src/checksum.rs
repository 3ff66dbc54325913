//! Checksums of bodies as static data.

/// An algorithm for the checksum of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are those of the algorithms")]
pub enum ChecksumAlgorithm {
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
    Md5,
    /// SHA-256 of a tree whose leaves are the SHA-256 of each mebibyte.
    Sha256Tree,
}

/// The algorithms with their names in `aws.protocols#httpChecksum` and the headers that carry their checksums.
const ALGORITHMS: [(ChecksumAlgorithm, &str, &str); 7] = [
    (ChecksumAlgorithm::Crc32, "CRC32", "x-amz-checksum-crc32"),
    (ChecksumAlgorithm::Crc32C, "CRC32C", "x-amz-checksum-crc32c"),
    (ChecksumAlgorithm::Crc64Nvme, "CRC64NVME", "x-amz-checksum-crc64nvme"),
    (ChecksumAlgorithm::Sha1, "SHA1", "x-amz-checksum-sha1"),
    (ChecksumAlgorithm::Sha256, "SHA256", "x-amz-checksum-sha256"),
    (ChecksumAlgorithm::Md5, "", "content-md5"),
    (ChecksumAlgorithm::Sha256Tree, "", "x-amz-sha256-tree-hash"),
];

impl ChecksumAlgorithm {
    /// Returns the algorithm with a name that `aws.protocols#httpChecksum` gives it, such as `CRC32C`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut named = ALGORITHMS.iter().filter(|(_, known, _)| !known.is_empty());
        named.find(|(_, known, _)| *known == name).map(|(algorithm, ..)| *algorithm)
    }

    /// Returns the algorithm whose checksums a header carries, by the header's name in lower case.
    #[must_use]
    pub fn from_header(name: &str) -> Option<Self> {
        ALGORITHMS.iter().find(|(.., header)| *header == name).map(|(algorithm, ..)| *algorithm)
    }

    /// Returns the name in `aws.protocols#httpChecksum`; empty for an algorithm that the trait does not know.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().1
    }

    /// Returns the header that carries the checksum, in lower case.
    #[must_use]
    pub fn header(self) -> &'static str {
        self.entry().2
    }

    fn entry(self) -> (Self, &'static str, &'static str) {
        let [first, ..] = ALGORITHMS;
        ALGORITHMS.into_iter().find(|(algorithm, ..)| *algorithm == self).unwrap_or(first)
    }
}

/// `aws.protocols#httpChecksum` and `smithy.api#httpChecksumRequired`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpChecksum {
    /// Whether a request must carry a checksum.
    pub required: bool,
    /// The algorithm for a request whose input chooses none.
    pub default: ChecksumAlgorithm,
    /// The input member that chooses the algorithm of the request.
    pub algorithm_member: Option<&'static str>,
    /// The input member that asks for the response's checksum.
    pub validation_member: Option<&'static str>,
    /// Algorithms that a response may carry a checksum of, the preferred first.
    pub response_algorithms: &'static [ChecksumAlgorithm],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algorithms_are_found_by_name() {
        for (algorithm, name, header) in ALGORITHMS {
            assert_eq!((algorithm.name(), algorithm.header()), (name, header));
            assert_eq!(ChecksumAlgorithm::from_header(header), Some(algorithm));
            assert_eq!(ChecksumAlgorithm::from_name(name), (!name.is_empty()).then_some(algorithm));
        }
        assert_eq!(ChecksumAlgorithm::from_name("MD5"), None);
    }
}
