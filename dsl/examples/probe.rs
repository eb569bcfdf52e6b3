//! probe
use mastara_dsl::*;
use mastara_engine::text::Lang;
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let mut src = disk::read_catalog(std::path::Path::new(&dir)).unwrap();
    for p in std::env::args().skip(2) {
        src.push(disk::read_file(std::path::Path::new(&p)).unwrap());
    }
    let t = std::time::Instant::now();
    let n = src.len();
    let c = compile::compile(src);
    eprintln!("{n} files {:?}, {} procedures", t.elapsed(), c.entries.len());
    let v = verify::verify(&c);
    eprintln!("verified {:?}", t.elapsed());
    for f in c.findings.iter().chain(&v) {
        let s = c.source(f.source);
        let (l, k) = s.position(f.span.start);
        let m = message::message(f, Lang::Fr);
        println!(
            "{}:{l}:{k} {} {} {} [{}]",
            s.name(),
            f.code.number(),
            m.text,
            m.help.unwrap_or_default(),
            s.slice(f.span)
        );
    }
    if std::env::var("FMT").is_ok() {
        for s in &c.sources {
            if s.name().ends_with("mastara") {
                let f = format::format(s.text(), None);
                if f != s.text() {
                    println!("UNFORMATTED {}", s.name());
                }
                let a = format::format(&f, Some(Lang::Ar));
                let b = format::format(&a, Some(Lang::Fr));
                if b != f {
                    println!("ROUNDTRIP {}", s.name());
                }
            }
        }
    }
}
