//! Tables of answers: comma, semicolon or tab between the cells, a heading first, columns in any order.
//!
//! INVARIANT: whatever the bytes, there is a table or there are mistakes, each with its line; nothing panics.

use csv::{ReaderBuilder, StringRecord};
use mastara_dsl::source::lines;

/// What is wrong with a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: u64,
    /// The rank of the column, from 1, if it is about one.
    pub column: Option<usize>,
    /// The key of its words (`lens.table.*`).
    pub key: &'static str,
    /// The words of its placeholders.
    pub args: Vec<String>,
}

impl Mistake {
    fn new<const N: usize>(line: u64, column: Option<usize>, key: &'static str, args: [&str; N]) -> Self {
        Self { line, column, key, args: args.map(short).to_vec() }
    }
}

/// No cell of use is longer, in bytes.
const LONGEST: usize = 1_000;

/// How much of a wrong value is shown.
const SHOWN: usize = 60;

/// A table that could be read.
#[derive(Debug)]
pub struct Table {
    headings: Vec<String>,
    records: Vec<(u64, StringRecord)>,
}

/// A row of it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table,
    record: &'t StringRecord,
    /// Its line.
    pub line: u64,
}

impl Table {
    /// Reads a table that has at least these columns. Other columns are left alone.
    pub fn read(bytes: &[u8], columns: &[&str]) -> Result<Self, Vec<Mistake>> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
                return Err(vec![Mistake::new(line, None, "lens.table.not-utf8", [])]);
            }
        };
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let starts: Vec<usize> = lines(text).map(|(start, _)| start).collect();
        let (mut table, mut mistakes) = (Self { headings: Vec::new(), records: Vec::new() }, Vec::new());
        let mut record = StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => table.push(&record, line_of(text, &starts, record.position()), &mut mistakes),
                // The bytes are text in memory: nothing else can go wrong than what is told here.
                Err(error) => {
                    let line = line_of(text, &starts, error.position());
                    mistakes.push(Mistake::new(line, None, "lens.table.unreadable", [&error.to_string()]));
                    break;
                }
            }
        }
        for column in columns.iter().filter(|column| !table.headings.iter().any(|known| known == *column)) {
            mistakes.push(Mistake::new(1, None, "lens.table.missing-column", [column]));
        }
        // The heading first: what follows is often wrong because of it.
        mistakes.sort_by_key(|mistake| mistake.line);
        if mistakes.is_empty() && table.records.is_empty() {
            mistakes.push(Mistake::new(1, None, "lens.table.empty", []));
        }
        if mistakes.is_empty() { Ok(table) } else { Err(mistakes) }
    }

    fn push(&mut self, record: &StringRecord, line: u64, mistakes: &mut Vec<Mistake>) {
        if self.headings.is_empty() {
            self.headings = record.iter().map(str::to_lowercase).collect();
            for (rank, heading) in self.headings.iter().enumerate() {
                if !heading.is_empty() && self.headings[..rank].contains(heading) {
                    mistakes.push(Mistake::new(line, Some(rank + 1), "lens.table.doubled-column", [heading]));
                }
            }
            return;
        }
        if record.iter().all(str::is_empty) {
            return;
        }
        if record.len() != self.headings.len() {
            let counts = [record.len().to_string(), self.headings.len().to_string()];
            mistakes.push(Mistake::new(line, None, "lens.table.cells", counts.each_ref().map(String::as_str)));
            return;
        }
        if let Some(rank) = record.iter().position(|cell| cell.len() > LONGEST) {
            mistakes.push(Mistake::new(line, Some(rank + 1), "lens.table.too-long", [&LONGEST.to_string()]));
            return;
        }
        self.records.push((line, record.clone()));
    }

    /// Takes each row in turn, and tells all mistakes together.
    pub fn each(&self, mut take: impl FnMut(Row<'_>) -> Result<(), Mistake>) -> Result<(), Vec<Mistake>> {
        let mistakes: Vec<Mistake> = self.rows().filter_map(|row| take(row).err()).collect();
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    /// The rows, in order.
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|(line, record)| Row { table: self, record, line: *line })
    }
}

impl<'t> Row<'t> {
    /// The cell of a column; empty where there is no such column.
    pub fn get(&self, column: &str) -> &'t str {
        self.rank(column).and_then(|rank| self.record.get(rank)).unwrap_or("")
    }

    /// Whether there is such a column.
    pub fn has(&self, column: &str) -> bool {
        self.rank(column).is_some()
    }

    /// Yes or no; nothing where the cell is empty or there is no such column.
    pub fn yes_or_no(&self, column: &str) -> Result<Option<bool>, Mistake> {
        match self.get(column).to_lowercase().as_str() {
            "" => Ok(None),
            "yes" | "oui" => Ok(Some(true)),
            "no" | "non" => Ok(Some(false)),
            _ => Err(self.not_one_of(column, "yes, no")),
        }
    }

    /// A mistake about a cell; the first placeholder is its value.
    pub fn mistake(&self, column: &str, key: &'static str) -> Mistake {
        Mistake::new(self.line, self.rank(column).map(|rank| rank + 1), key, [self.get(column), column])
    }

    /// A mistake about a cell that does not take such a value: these it takes.
    pub fn not_one_of(&self, column: &str, values: &str) -> Mistake {
        let rank = self.rank(column).map(|rank| rank + 1);
        Mistake::new(self.line, rank, "lens.table.value", [self.get(column), column, values])
    }

    /// A mistake about a row that says again what an earlier one said.
    pub fn again(&self, key: &'static str, earlier: u64, column: Option<&str>) -> Mistake {
        let rank = column.and_then(|column| self.rank(column)).map(|rank| rank + 1);
        Mistake::new(self.line, rank, key, [&earlier.to_string()])
    }

    /// The cell of a column that must not be empty.
    pub fn must(&self, column: &str) -> Result<&'t str, Mistake> {
        Some(self.get(column))
            .filter(|cell| !cell.is_empty())
            .ok_or_else(|| self.mistake(column, "lens.table.no-value"))
    }

    fn rank(&self, column: &str) -> Option<usize> {
        self.table.headings.iter().position(|known| known == column)
    }
}

/// The line of a record, from 1. Its place may be that of the end of the line before: the reader leaves `\n` after `\r`
/// for the next one, and skips empty lines there.
fn line_of(text: &str, starts: &[usize], place: Option<&csv::Position>) -> u64 {
    let at = place.and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(0).min(text.len());
    let ends = text.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    starts.partition_point(|start| *start <= at + ends) as u64
}

/// What separates the cells of the heading: of comma, semicolon and tab the one that it has most of.
fn delimiter(text: &str) -> u8 {
    let heading = text.trim_start().lines().next().unwrap_or_default();
    let count = |byte: u8| heading.bytes().filter(|known| *known == byte).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}

/// The beginning of a value, for a message.
fn short(value: &str) -> String {
    let mut shown: String = value.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if value.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
