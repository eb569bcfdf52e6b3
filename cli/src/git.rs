//! A catalogue as it was in a revision; the only file that runs `git`.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use mastara_dsl::source::Source;

use crate::error::{Error, reason};

/// The files of the catalogue in a folder of the working tree, as they were in a revision.
pub fn sources(folder: &Path, revision: &str) -> Result<Vec<Source>, Error> {
    if !folder.is_dir() {
        return Err(Error::new("diff.no-folder", [&folder.to_string_lossy()]));
    }
    git(folder, &["rev-parse", "--git-dir"])?
        .ok_or_else(|| Error::new("diff.no-repository", [&folder.to_string_lossy()]))?;
    let tree = format!("{revision}^{{tree}}");
    let tree = git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &tree])?
        .ok_or_else(|| Error::new("diff.no-revision", [revision]))?;
    let tree = String::from_utf8_lossy(&tree).trim().to_owned();
    // Below a folder of the working tree, its part of the revision is listed, by paths from there.
    let prefix = git(folder, &["rev-parse", "--show-prefix"])?.unwrap_or_default();
    let prefix = String::from_utf8_lossy(&prefix).trim_end_matches(['\n', '/']).to_owned();
    let part = if prefix.is_empty() { tree } else { format!("{tree}:{prefix}") };
    let listed = git(folder, &["ls-tree", "-r", "-z", "--full-tree", &part])?;
    let blobs: Vec<(String, PathBuf)> = listed.iter().flat_map(|listed| entries(listed)).collect();
    if !blobs.iter().any(|(_, path)| path.extension().is_some_and(|end| end == "mastara")) {
        return Err(Error::new("diff.no-catalogue", [&folder.to_string_lossy(), revision]));
    }
    let contents = contents(folder, &blobs).map_err(|error| Error::new("diff.git-failed", [&reason(&error)]))?;
    let mut sources: Vec<Source> =
        blobs.iter().zip(contents).map(|((_, path), bytes)| Source::new(path, &bytes)).collect();
    sources.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(sources)
}

/// The output of a git command in a folder; `None` if it says no.
fn git(folder: &Path, args: &[&str]) -> Result<Option<Vec<u8>>, Error> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).stdin(Stdio::null()).output();
    match output {
        Ok(output) => Ok(output.status.success().then_some(output.stdout)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::new("diff.no-git", [])),
        Err(error) => Err(Error::new("diff.git-failed", [&reason(&error)])),
    }
}

/// The files of a catalogue among the entries of a tree (`mode type hash<TAB>path`), with the hash of each.
fn entries(listed: &[u8]) -> Vec<(String, PathBuf)> {
    let entry = |entry: &[u8]| {
        let entry = String::from_utf8_lossy(entry);
        let (about, path) = entry.split_once('\t')?;
        let mut about = about.split(' ');
        // Neither links nor other repositories.
        let is_file = about.next().is_some_and(|mode| mode.starts_with("100")) && about.next() == Some("blob");
        let path = PathBuf::from(path);
        let is_hidden =
            path.parent().is_some_and(|parent| parent.iter().any(|part| part.to_string_lossy().starts_with('.')));
        let is_ours = path.extension().is_some_and(|end| end == "mastara" || end == "yaml") && !is_hidden;
        about.next().filter(|_| is_file && is_ours).map(|hash| (hash.to_owned(), path))
    };
    listed.split(|byte| *byte == 0).filter_map(entry).collect()
}

/// The bytes of blobs, in their order, from one process.
fn contents(folder: &Path, blobs: &[(String, PathBuf)]) -> io::Result<Vec<Vec<u8>>> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let asked: String = blobs.iter().map(|(hash, _)| format!("{hash}\n")).collect();
    let stdin = child.stdin.take();
    // Both pipes are bounded: who asks and who reads must not wait for each other.
    let asking = thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(asked.as_bytes())));
    let output = child.wait_with_output()?;
    if asking.join().is_err() || !output.status.success() {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    let mut rest = output.stdout.as_slice();
    blobs.iter().map(|_| blob(&mut rest).ok_or_else(|| io::ErrorKind::InvalidData.into())).collect()
}

/// The next blob: a line `hash blob size`, the bytes, a line end.
fn blob(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    let head = std::str::from_utf8(rest.get(..end)?).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let bytes = rest.get(end + 1..end + 1 + size)?.to_vec();
    *rest = rest.get(end + 2 + size..)?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_catalogue_are_taken() {
        let listed =
            b"100644 blob aa\tprocedures/a/b c.mastara\x00120000 blob bb\tlink.mastara\x00100644 blob cc\tREADME.md\x00\
            160000 commit dd\tother.yaml\x00100755 blob ee\tvocabulary/fees.yaml\x00100644 blob ff\t.hidden/x.yaml\x00";
        let found = entries(listed);
        let paths = [("aa", "procedures/a/b c.mastara"), ("ee", "vocabulary/fees.yaml")];
        assert_eq!(found, paths.map(|(hash, path)| (hash.to_owned(), PathBuf::from(path))));
    }

    #[test]
    fn blobs_are_cut_by_their_size() {
        let mut rest = &b"aa blob 3\na\nb\nbb blob 0\n\ncc missing\n"[..];
        assert_eq!(blob(&mut rest), Some(b"a\nb".to_vec()));
        assert_eq!(blob(&mut rest), Some(Vec::new()));
        assert_eq!(blob(&mut rest), None);
    }
}
