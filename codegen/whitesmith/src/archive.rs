//! Archives: ZIP files whose entries are unpacked by name.

use std::collections::BTreeMap;
use std::io::Read;

use anyhow::{Context as _, bail};
use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

/// An archive in memory.
pub struct Archive<'a> {
    name: &'a str,
    zip: ZipSliceArchive<&'a [u8]>,
    entries: BTreeMap<String, (ZipArchiveEntryWayfinder, CompressionMethod)>,
    /// The most bytes that all entries together may have, unpacked.
    limit: u64,
    /// What is left of them.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Reads the directory of an archive that unpacks to at most `limit` bytes. Of entries with the same name, the last one
    /// counts.
    ///
    /// # Errors
    /// Fails if the bytes are not a ZIP archive.
    pub fn open(name: &'a str, bytes: &'a [u8], limit: u64) -> anyhow::Result<Self> {
        let not_an_archive = || format!("{name} is not a ZIP archive");
        let zip = ZipArchive::from_slice(bytes).with_context(not_an_archive)?;
        let mut entries = BTreeMap::new();
        for entry in zip.entries() {
            let entry = entry.with_context(not_an_archive)?;
            // A name that is not UTF-8 is not one that a manifest can list.
            if let Ok(path) = std::str::from_utf8(entry.file_path().as_bytes()) {
                entries.insert(path.to_owned(), (entry.wayfinder(), entry.compression_method()));
            }
        }
        Ok(Self { name, zip, entries, limit, left: limit })
    }

    /// Unpacks an entry, whatever the archive says of its size.
    ///
    /// # Errors
    /// Fails if there is no such entry, it is damaged, or what was unpacked exceeds the limit.
    pub fn unpack(&mut self, entry: &str) -> anyhow::Result<Vec<u8>> {
        let Self { name, limit, left, .. } = *self;
        let (wayfinder, method) = self.entries.get(entry).with_context(|| format!("{name} has no {entry}"))?;
        let cannot_unpack = || format!("cannot unpack {name}!{entry}");
        let packed = self.zip.get_entry(*wayfinder).with_context(cannot_unpack)?;
        let mut bytes = Vec::new();
        // The verifier compares size and CRC at the end.
        let read = match *method {
            CompressionMethod::STORE => packed.verifying_reader(packed.data()).take(left + 1).read_to_end(&mut bytes),
            CompressionMethod::DEFLATE => {
                packed.verifying_reader(DeflateDecoder::new(packed.data())).take(left + 1).read_to_end(&mut bytes)
            }
            other => bail!("cannot unpack {name}!{entry}: unsupported compression {other}: expected Deflate or none"),
        };
        read.with_context(cannot_unpack)?;
        self.left = left
            .checked_sub(bytes.len() as u64)
            .with_context(|| format!("{name}!{entry}: the unpacked files exceed the limit of {limit} bytes"))?;
        Ok(bytes)
    }
}

/// Packs texts, every second one without compression.
#[cfg(test)]
pub fn pack(entries: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;

    let mut writer = rawzip::ZipArchiveWriter::new(Vec::new());
    for (index, (name, text)) in entries.iter().enumerate() {
        let is_stored = index % 2 == 1;
        let method = if is_stored { CompressionMethod::STORE } else { CompressionMethod::DEFLATE };
        let (mut entry, config) = writer.new_file(name).compression_method(method).start().unwrap();
        let descriptor = if is_stored {
            let mut data = config.wrap(&mut entry);
            data.write_all(text.as_bytes()).unwrap();
            data.finish().unwrap().1
        } else {
            let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
            let mut data = config.wrap(encoder);
            data.write_all(text.as_bytes()).unwrap();
            let (encoder, descriptor) = data.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        };
        entry.finish(descriptor).unwrap();
    }
    writer.finish().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacks_what_fits() {
        let bytes = pack(&[("a", "aaaaaaaaaaaaaaaa"), ("sub/b", "bbbb")]);
        let mut archive = Archive::open("x.zip", &bytes, 20).unwrap();
        assert_eq!(archive.unpack("a").unwrap(), b"aaaaaaaaaaaaaaaa");
        assert_eq!(archive.unpack("sub/b").unwrap(), b"bbbb");
        assert!(archive.unpack("c").unwrap_err().to_string().contains("no c"));
        for (entries, limit) in [(&["a"][..], 15), (&["sub/b"], 3), (&["a", "sub/b"], 19), (&["sub/b", "a"], 19)] {
            let mut archive = Archive::open("x.zip", &bytes, limit).unwrap();
            let (last, others) = entries.split_last().unwrap();
            others.iter().for_each(|entry| drop(archive.unpack(entry).unwrap()));
            let error = archive.unpack(last).unwrap_err().to_string();
            assert_eq!(error, format!("x.zip!{last}: the unpacked files exceed the limit of {limit} bytes"));
        }
    }

    #[test]
    fn damage_is_an_error() {
        let whole = pack(&[("a", "the first text, which is packed"), ("b", "the second text, which is not")]);
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            let Ok(mut archive) = Archive::open("x.zip", &bytes, 1 << 20) else { continue };
            for (entry, text) in [("a", "the first text, which is packed"), ("b", "the second text, which is not")] {
                if let Ok(unpacked) = archive.unpack(entry) {
                    assert_eq!(String::from_utf8_lossy(&unpacked), text, "byte {at}");
                }
            }
        }
        for end in 0..whole.len() {
            assert!(Archive::open("x.zip", &whole[..end], 1 << 20).is_err(), "{end} bytes");
        }
    }
}
