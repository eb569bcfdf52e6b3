//! Files that cannot be kept as files: too large, not text, or made to keep a reader busy.

/// Makes the bytes of a file.
pub type Maker = fn() -> Vec<u8>;

/// Each with the name of its snapshot.
pub const MONSTERS: &[(&str, Maker)] = &[
    // headers
    ("alias-bomb", || {
        let mut header = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for at in 1..10 {
            header += &format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", "));
        }
        headed(&header)
    }),
    ("anchor-of-itself", || headed("a: &a [*a]\n")),
    ("brackets-in-header", || headed(&format!("a: {}\n", "[".repeat(100_000)))),
    ("braces-in-header", || headed(&format!("a: {}\n", "{b: ".repeat(100_000)))),
    ("indents-in-header", || headed(&lines(2_000, |at| format!("{}a:", " ".repeat(at))))),
    ("keys-in-header", || headed(&lines(100_000, |at| format!("k{at}:")))),
    ("long-key", || headed(&format!("{}: 1\n", "k".repeat(100_000)))),
    ("fences", || "---\n".repeat(200_000).into_bytes()),
    // long lines and large files
    ("line-of-ten-megabytes", || vec![b'x'; 10 << 20]),
    ("line-of-three-megabytes", || flow(&format!("étape depot à commune: {}", "x".repeat(3 << 20)))),
    ("long-name", || flow(&format!("étape {} à commune: Long", "x".repeat(8_000)))),
    ("long-stray-word", || flow(&"x".repeat(8_000))),
    ("five-megabytes", || flow(&"# remarque\n".repeat(500_000))),
    // nesting
    ("parentheses", || step(&format!("fournit cnie si {}mineur{}", "(".repeat(4_000), ")".repeat(4_000)))),
    ("parentheses-unclosed", || step(&format!("fournit cnie si {}", "(".repeat(64)))),
    ("negations", || step(&format!("fournit cnie si {}mineur", "non ".repeat(2_000)))),
    ("negations-between-tabs", || step(&format!("fournit cnie si {}mineur", "non\t\u{A0}".repeat(1_000)))),
    ("negations-and-parentheses", || step(&format!("fournit cnie si {}mineur", "non (".repeat(1_500)))),
    ("braces", || step(&format!("fournit {}", "{".repeat(8_000)))),
    ("conjunctions", || step(&format!("fournit cnie si mineur{}", " et mineur".repeat(700)))),
    ("alternatives", || step(&format!("fournit cni{}", " ou cni".repeat(1_000)))),
    // many lines
    ("stray-lines", || flow(&"x\n".repeat(300_000))),
    ("malformed-lines", || step(&"fournit ,\n".repeat(100_000))),
    ("unknown-papers", || step(&format!("fournit {}\n", ["a1"; 1_000].join(", ")).repeat(20))),
    ("questions", || body(&lines(70_000, |at| format!("question q{at} oui-non: Q")))),
    ("cases", || body(&format!("question q {{a, b}}: Q\n  ar: س\n{}", "cas c: C\n".repeat(100_000)))),
    ("versions", || body(&lines(20_000, |at| format!("version v{at} depuis 2024-01-01: V")))),
    ("claims", || flow(&"attendu étapes = 1\n".repeat(3_000))),
    // flows
    ("steps", || flow(&lines(50_000, |at| format!("étape s{at} à commune: S")))),
    ("branches", || flow(&format!("décision d par DGSN: D\n{}", lines(20_000, |at| format!("cas c{at} -> d"))))),
    ("loops", || {
        let node =
            |at: usize| format!("décision d{at} par DGSN: D\ncas a -> d{}\ncas b -> d{}", at / 2, (at + 1) % 300);
        flow(&lines(300, node))
    }),
    ("forks", || {
        let node = |at: usize| format!("étape f{at} à commune: F\nensemble f{}, f{} -> f{}", at + 1, at + 2, at + 3);
        flow(&lines(300, node))
    }),
    ("returns", || {
        let again = "cas b -> s0 au plus 9999 fois";
        let node =
            |at: usize| format!("étape s{at} à commune: S\ndécision d{at} par DGSN: D\ncas a -> s{}\n{again}", at + 1);
        flow(&lines(200, node))
    }),
    // bytes that are no text
    ("zeros", || vec![0; 100_000]),
    ("carriage-returns", || vec![b'\r'; 1_000_000]),
    ("marks", || "\u{FEFF}".repeat(10).into_bytes()),
    ("windows-1252", || b"---\nid: identite/exemple\nlangue: fr\n---\nproc\xE9dure: Carte d'identit\xE9\n".to_vec()),
    ("utf-16", || "---\nid: identite/exemple\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("cut-in-a-letter", || {
        let mut bytes = flow("étape a à commune: إيداع");
        bytes.truncate(bytes.len() - 2);
        bytes
    }),
    ("cut-in-a-letter-at-the-limit", || {
        let mut bytes = flow(&"# remarque\n".repeat(300_000));
        bytes.resize((4 << 20) - 1, b'x');
        bytes.extend("é".repeat(10).bytes());
        bytes
    }),
    ("picture", || b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec()),
];

const HEADER: &str =
    "---\nid: identite/exemple\nlangue: fr\nresponsable: DGSN\nusagers: [citoyen]\nstatut: brouillon\n";
const TITLE: &str = "---\nprocédure: Exemple\n  ar: مثال\n";
const VERSION: &str = "version v depuis 2024-01-01: V\n  ar: ص\n  reconstitué\n";
const STEP: &str = "étape a à commune: A\n  ar: أ\n";

/// A procedure whose header says more, and some of it wrong.
fn headed(more: &str) -> Vec<u8> {
    [HEADER, more, TITLE, VERSION, STEP].concat().into_bytes()
}

/// A procedure with these lines after its title.
fn body(text: &str) -> Vec<u8> {
    [HEADER, TITLE, text, "\n"].concat().into_bytes()
}

/// A procedure with these lines in its version.
fn flow(text: &str) -> Vec<u8> {
    body(&[VERSION, text].concat())
}

/// A procedure with these lines in its step.
fn step(text: &str) -> Vec<u8> {
    flow(&[STEP, text].concat())
}

fn lines(number: usize, line: impl Fn(usize) -> String) -> String {
    (0..number).map(|at| line(at) + "\n").collect()
}
