//! A small catalogue in a folder of its own, and the command run on it.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// Two versions: on paper, then online.
pub const CARD: &str = "---
id: identite/carte
langue: fr
responsable: POLICE
usagers: [citoyen]
statut: brouillon
volume: {nombre: 1000, annee: 2024, source: \"rapport\"}
---
procédure: Carte
  ar: بطاقة

version papier depuis 2010-01-01: Au guichet
  ar: بالشباك
  source 2024-01-01: relevé
  attendu déplacements = 2

  étape depot à commissariat: Déposer
    ar: إيداع
    durée 30 min
    fournit photo, acte
    paie 12.50 dh au guichet

  attente instruction par POLICE: Instruire
    ar: دراسة
    délai 10 j

  étape retrait à commissariat: Retirer
    ar: سحب
    durée 15 min

version en-ligne depuis 2020-01-01: En ligne
  ar: على الإنترنت
  source 2024-01-01: relevé
  attendu niveau = 4

  étape demande en ligne: Demander
    ar: طلب
    durée 10 min
    remplace depot, retrait
  supprime instruction: immédiat

exemple: tout le monde
  ar: الجميع
  passe demande
  finit fin
";

const VOCABULARY: [(&str, &str); 10] = [
    ("authorities", "POLICE: {fr: Police, ar: الشرطة, kind: autorite}\n"),
    ("documents", "photo: {fr: Photo, ar: صورة, kind: identite}\nacte: {fr: Acte, ar: رسم, kind: identite}\n"),
    ("places", "commissariat: {fr: Commissariat, ar: مفوضية, authority: POLICE}\n"),
    ("sectors", "identite: {fr: Identité, ar: الهوية}\n"),
    ("fees", ""),
    ("life-events", ""),
    ("portals", ""),
    ("registers", ""),
    ("rules", "default: {level: information, fr: Essai, ar: تجربة}\n"),
    ("texts", ""),
];

/// A catalogue in a folder that goes away with it.
pub struct Catalog {
    folder: TempDir,
}

impl Catalog {
    /// With one procedure.
    pub fn new() -> Self {
        let this = Self { folder: tempfile::tempdir().unwrap() };
        for (name, text) in VOCABULARY {
            this.write(&format!("vocabulary/{name}.yaml"), text);
        }
        this.write("procedures/identite/carte.mastara", CARD);
        this
    }

    /// Writes a file and gives its path.
    pub fn write(&self, path: &str, text: &str) -> PathBuf {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Where a file is.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs the command on this catalogue, in French.
    pub fn run(&self, args: &[&str]) -> Run {
        let mut all = vec!["--catalog", self.folder.path().to_str().unwrap()];
        all.extend(args);
        run(&all, self.folder.path(), "")
    }
}

/// What came of a run.
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// The standard output.
    pub out: String,
    /// The standard error.
    pub err: String,
}

impl Run {
    /// The output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

/// Runs the command in a folder with this input.
pub fn run(args: &[&str], folder: &Path, input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mastara"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("MASTARA_LANG", "fr")
        .env("COLUMNS", "80")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    Run {
        code: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// How many columns a terminal gives a line.
pub fn columns(line: &str) -> usize {
    line.chars().filter_map(unicode_width::UnicodeWidthChar::width).sum()
}
