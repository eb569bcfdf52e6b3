//! Tones of text. Escapes are always written; the stream takes them off where colour is not wanted.
//!
//! INVARIANT: colour never says anything that the words do not.

use anstyle::{AnsiColor, Style};

/// What a text is to the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary.
    #[default]
    Plain,
    /// A heading or a main figure.
    Strong,
    /// Of less weight.
    Faint,
    /// Good news.
    Good,
    /// Something to look at.
    Fair,
    /// Bad news.
    Bad,
    /// A name to follow.
    Accent,
}

impl Tone {
    /// Its style.
    pub fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Good => color(AnsiColor::Green),
            Self::Fair => color(AnsiColor::Yellow),
            Self::Bad => color(AnsiColor::Red),
            Self::Accent => color(AnsiColor::Cyan),
        }
    }
}

/// The text in a tone.
pub fn paint(tone: Tone, text: &str) -> String {
    let style = tone.style();
    format!("{style}{text}{style:#}")
}
