//! The `outfile` argument of operations whose output is a blob: `-` is standard output.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use whitesmith_schema::{HttpBinding, Member, Operation, ShapeType, Value};

use crate::failure::Failure;
use crate::interrupt::UnfinishedFile;

/// The name of the argument.
pub const OUTFILE: &str = "outfile";
/// Stands for standard output.
pub const STANDARD_OUTPUT: &str = "-";

/// Returns the output member that goes to the file: a blob that is the whole body of the response.
pub fn member(operation: &Operation) -> Option<&'static Member> {
    operation.output.members.iter().find(|member| {
        let is_body = member.is_streaming() || member.http_binding() == Some(HttpBinding::Payload);
        is_body && member.target.shape_type == ShapeType::Blob
    })
}

/// Returns the content of a value.
pub fn content(value: Option<&Value>) -> &[u8] {
    match value {
        Some(Value::Blob(bytes)) => bytes.0.as_slice(),
        Some(Value::String(text)) => text.as_bytes(),
        _ => &[],
    }
}

/// Writes the content of a response as it arrives. A file is replaced once everything is written, and left alone
/// otherwise.
///
/// # Errors
/// If the content cannot be read, or the file cannot be written.
pub fn write(path: &str, content: &mut dyn Read) -> Result<(), Failure> {
    let result = match path {
        STANDARD_OUTPUT => {
            let mut stdout = io::stdout().lock();
            match io::copy(content, &mut stdout).and_then(|_| stdout.flush()) {
                // A closed output (`| head`) is not a failure.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
                result => result,
            }
        }
        path => write_file(Path::new(path), content),
    };
    result.map_err(|error| Failure::general(format!("cannot write '{path}': {error}")))
}

fn write_file(path: &Path, content: &mut dyn Read) -> io::Result<()> {
    // Links are followed, as when a file is opened for writing.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
        // Devices and pipes have no other file to be replaced by.
        let mut file = OpenOptions::new().write(true).open(&path)?;
        return io::copy(content, &mut file).map(|_| ());
    }
    let (mut file, temporary) = create_beside(&path)?;
    let unfinished = UnfinishedFile::new(temporary);
    io::copy(content, &mut file)?;
    if let Ok(metadata) = fs::metadata(&path) {
        file.set_permissions(metadata.permissions())?;
    }
    drop(file);
    unfinished.rename(&path)
}

/// Creates a new file in the folder of another one.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 0_u32;
    loop {
        let temporary = path.with_file_name(format!(".{name}.{}-{number}", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => number += 1,
            result => return result.map(|file| (file, temporary)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out").display().to_string();
        for content in ["first", "second"] {
            write(&path, &mut content.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        write(&path, &mut io::empty()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn content_that_breaks_off_leaves_the_file_alone() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out").display().to_string();
        fs::write(&path, "old").unwrap();
        let failure = write(&path, &mut "new".as_bytes().chain(Broken)).unwrap_err();
        assert_eq!(failure.exit_status(), 255);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none/out").display().to_string();
        let failure = write(&path, &mut io::empty()).unwrap_err();
        assert!(failure.message.starts_with(&format!("cannot write '{path}': ")), "{}", failure.message);
        assert_eq!(failure.exit_status(), 255);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        fs::write(&target, "old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        write(&link.display().to_string(), &mut "new".as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
