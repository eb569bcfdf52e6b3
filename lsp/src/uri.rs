//! Addresses of files, as paths and back.

use std::path::{Path, PathBuf};

use gen_lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stays as it is in the path of an address.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

const SCHEME: &str = "file://";

/// The path of a file; of what is no file (a text that was never saved), the address itself.
#[must_use]
pub fn path(uri: &Uri) -> PathBuf {
    let Some(rest) = uri.0.strip_prefix(SCHEME) else { return PathBuf::from(&uri.0) };
    // The host, if there is one, is this machine.
    let rest = rest.find('/').map_or("", |slash| &rest[slash..]);
    let path = percent_decode_str(rest).decode_utf8_lossy().into_owned();
    let drive = path.strip_prefix('/').filter(|path| path.get(1..2) == Some(":"));
    PathBuf::from(drive.unwrap_or(&path))
}

/// The address of a path.
#[must_use]
pub fn of(path: &Path) -> Uri {
    let path = path.to_string_lossy().replace('\\', "/");
    let root = if path.starts_with('/') { "" } else { "/" };
    Uri(format!("{SCHEME}{root}{}", utf8_percent_encode(&path, KEPT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_go_both_ways() {
        let path_of = |uri: &str| path(&Uri(uri.to_owned()));
        let arabic = Path::new("/tmp/a b/مسطرة.mastara");
        assert_eq!(path(&of(arabic)), arabic);
        assert_eq!(of(Path::new("/a b")).0, "file:///a%20b");
        assert_eq!(path_of("file:///c%3A/x/y.mastara"), Path::new("c:/x/y.mastara"));
        assert_eq!(path_of("untitled:Untitled-1"), Path::new("untitled:Untitled-1"));
    }
}
