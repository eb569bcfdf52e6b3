//! Changes on the command line, for `whatif`.

use std::path::PathBuf;

use clap::Args as Group;
use mastara_dsl::reform::Kind;

/// Changes: what is done differently, and where.
#[derive(Debug, Group)]
pub struct Changes {
    /// Documents fetched from a register.
    #[arg(long, value_name = "DOC[:REG][@OÙ]", value_delimiter = ',')]
    pub fetch: Vec<String>,
    /// Registers opened.
    #[arg(long, value_name = "REG[:DOC+DOC][@OÙ]", value_delimiter = ',')]
    pub open: Vec<String>,
    /// Documents no longer asked for.
    #[arg(long, value_name = "DOC[@OÙ]", value_delimiter = ',')]
    pub abolish: Vec<String>,
    /// Documents accepted in digital form.
    #[arg(long, value_name = "DOC[@OÙ]", value_delimiter = ',', num_args = 0..=1, default_missing_value = "tout")]
    pub accept_digital: Vec<String>,
    /// Paid online.
    #[arg(long, value_name = "OÙ", value_delimiter = ',', num_args = 0..=1, default_missing_value = "partout")]
    pub e_payment: Vec<String>,
    /// Delivered online.
    #[arg(long, value_name = "OÙ", value_delimiter = ',', num_args = 0..=1, default_missing_value = "partout")]
    pub e_delivery: Vec<String>,
    /// Filed online.
    #[arg(long, value_name = "OÙ", value_delimiter = ',', num_args = 0..=1, default_missing_value = "partout")]
    pub e_filing: Vec<String>,
    /// Identity and signature online.
    #[arg(long, value_name = "OÙ", value_delimiter = ',', num_args = 0..=1, default_missing_value = "partout")]
    pub e_identity: Vec<String>,
    /// Forms no longer asked for.
    #[arg(long, value_name = "FORME[@OÙ]", value_delimiter = ',')]
    pub waive: Vec<String>,
    /// One copy of each paper.
    #[arg(long, value_name = "OÙ", value_delimiter = ',', num_args = 0..=1, default_missing_value = "partout")]
    pub one_copy: Vec<String>,
    /// Legal delays.
    #[arg(long, value_name = "moitie|JOURS[@OÙ]", value_delimiter = ',')]
    pub deadline: Vec<String>,
    /// A file of changes.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
}

impl Changes {
    /// The changes of the command line: the option, its kind, its words.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, Kind, &str)> {
        let options = [
            ("--fetch", Kind::Fetch, &self.fetch),
            ("--open", Kind::Open, &self.open),
            ("--abolish", Kind::Abolish, &self.abolish),
            ("--accept-digital", Kind::AcceptDigital, &self.accept_digital),
            ("--e-payment", Kind::PayOnline, &self.e_payment),
            ("--e-delivery", Kind::DeliverOnline, &self.e_delivery),
            ("--e-filing", Kind::FileOnline, &self.e_filing),
            ("--e-identity", Kind::IdentifyOnline, &self.e_identity),
            ("--waive", Kind::Waive, &self.waive),
            ("--one-copy", Kind::OneCopy, &self.one_copy),
            ("--deadline", Kind::Shorten, &self.deadline),
        ];
        options
            .into_iter()
            .flat_map(|(option, kind, given)| given.iter().map(move |text| (option, kind, text.as_str())))
    }
}
