//! Pages in Markdown, as far as the tests read them: their fenced blocks, and the fixed form of a rule page.

use mastara_dsl::finding::Code;

/// A fenced block of a page.
#[derive(Clone, Debug)]
pub struct Block {
    /// The words after the opening fence: the language, then marks.
    pub info: Vec<String>,
    /// What it holds.
    pub text: String,
    /// The line of the page on which the text begins, from 1.
    pub line: usize,
}

impl Block {
    /// Whether a word stands after the opening fence.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.info.iter().any(|info| info == word)
    }

    /// The path among the words after the opening fence, if there is one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.info.iter().find(|info| info.contains('/')).map(String::as_str)
    }
}

/// The fenced blocks of a page, in order.
#[must_use]
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                let info = info.split_whitespace().map(str::to_owned).collect();
                open = Some(Block { info, text: String::new(), line: number + 2 });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// The sections that every rule page has, in this order.
pub const SECTIONS: [&str; 4] = ["## Pourquoi", "## Faux", "## Juste", "## Comment corriger"];

/// A rule page: its title, its sentence in French and in English, and its blocks.
#[derive(Clone, Debug)]
pub struct Page {
    /// The sentence in French.
    pub french: String,
    /// The sentence in English.
    pub english: String,
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl Page {
    /// Reads the page of a rule.
    ///
    /// # Errors
    /// A sentence that says how the page departs from the fixed form.
    pub fn read(code: Code, text: &str) -> Result<Self, String> {
        let title = format!("# {} ({})", code.name(), code.number());
        let mut lines = text.lines();
        if lines.next() != Some(title.as_str()) {
            return Err(format!("the first line is not `{title}`"));
        }
        let sentence = |line: Option<&str>| line.map(str::to_owned).ok_or("the page ends too early");
        lines.next();
        let french = sentence(lines.next())?;
        lines.next();
        let english = sentence(lines.next())?;
        let is_italic = english.starts_with('*') && english.ends_with('*');
        if !french.ends_with('.') || !is_italic || lines.next() != Some("") {
            return Err("one sentence in French, an empty line, one in English in italics, an empty line".to_owned());
        }
        let sections: Vec<_> = text.lines().filter(|line| line.starts_with("## ")).collect();
        if sections != SECTIONS {
            return Err(format!("its sections are {sections:?}"));
        }
        let english = english.trim_matches('*').to_owned();
        Ok(Self { french, english, blocks: blocks(text) })
    }
}
