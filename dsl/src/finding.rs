//! What is wrong with a file: data, no sentence. Sentences are made in `message`.

use mastara_engine::text::Name;

use crate::source::{SourceId, Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The procedure cannot be trusted.
    Error,
    /// It can, but something should be mended.
    Warning,
    /// Worth knowing.
    Information,
}

/// Something found in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which flaw.
    pub code: Code,
    /// In which source.
    pub source: SourceId,
    /// Where in it.
    pub span: Span,
    /// The words of the sentence, in the order of its placeholders.
    pub args: Vec<String>,
    /// The nearest known word, if one is near.
    pub suggestion: Option<String>,
    /// The fragment and its line, when a fragment wrote the faulty line.
    pub via: Option<(String, usize)>,
    /// How much it weighs: what its code does, unless the catalogue or the file sets another level.
    pub severity: Severity,
    /// The version that it speaks of, for those of the law.
    pub version: Option<Name>,
}

impl Finding {
    /// The article of law behind it, where there is one.
    #[must_use]
    pub fn law(&self) -> Option<&'static str> {
        let is_arabic = self.args.first().is_some_and(|lang| lang == "ar");
        match self.code {
            // The official languages are to be used; French is none.
            Code::MissingTranslation | Code::UntouchedTranslation if is_arabic => Some("loi 54-19, art. 5"),
            code => crate::law::Rule::of(code).map(|rule| rule.law),
        }
    }
}

macro_rules! codes {
    ($($variant:ident $number:literal $name:literal $severity:ident;)*) => {
        /// The flaws that Mastara knows. A number is never given twice.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Code {
            /// All of them, by number.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The number, such as `M201`.
            #[must_use]
            pub const fn number(self) -> &'static str {
                match self { $(Self::$variant => $number,)* }
            }

            /// The name, such as `unknown-document`; it reads after "allow".
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How much it weighs.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // M0: reading
    StrayLine "M001" "stray-line" Error;
    MalformedLine "M002" "malformed-line" Error;
    HeaderMissing "M003" "header-missing" Error;
    HeaderUnclosed "M004" "header-unclosed" Error;
    HeaderSyntax "M005" "header-syntax" Error;
    NotUtf8 "M006" "not-utf8" Error;
    ControlCharacter "M007" "control-character" Error;
    ByteOrderMark "M008" "byte-order-mark" Warning;
    LineTooLong "M009" "line-too-long" Error;
    FileTooLarge "M010" "file-too-large" Error;
    ForeignDigits "M011" "foreign-digits" Error;
    MisplacedLine "M012" "misplaced-line" Error;
    RepeatedFact "M013" "repeated-fact" Error;
    ProcedureMissing "M014" "procedure-missing" Error;
    VersionMissing "M015" "version-missing" Error;
    TooDeep "M016" "too-deep" Error;
    Unreadable "M017" "unreadable-file" Error;
    // M1: header and names
    IdNotPath "M101" "id-not-path" Error;
    IdNotAscii "M102" "id-not-ascii" Error;
    MixedDialects "M103" "mixed-dialects" Warning;
    DuplicateName "M104" "duplicate-name" Error;
    DuplicateId "M105" "duplicate-id" Error;
    FieldMissing "M106" "field-missing" Error;
    FieldUnknown "M107" "field-unknown" Error;
    FieldValue "M108" "field-value" Error;
    SameDate "M109" "same-date" Error;
    ReservedName "M110" "reserved-name" Error;
    // M2: unknown words and types
    UnknownDocument "M201" "unknown-document" Error;
    UnknownAuthority "M202" "unknown-authority" Error;
    UnknownNode "M203" "unknown-node" Error;
    WrongUnit "M204" "wrong-unit" Error;
    UnknownPlace "M205" "unknown-place" Error;
    UnknownRegister "M206" "unknown-register" Error;
    UnknownPortal "M207" "unknown-portal" Error;
    UnknownFee "M208" "unknown-fee" Error;
    UnknownText "M209" "unknown-text" Error;
    UnknownQuestion "M210" "unknown-question" Error;
    WrongType "M211" "wrong-type" Error;
    UnknownCase "M212" "unknown-case" Error;
    UnknownFragment "M213" "unknown-fragment" Error;
    FragmentArguments "M214" "fragment-arguments" Error;
    FragmentCycle "M215" "fragment-cycle" Error;
    UnknownProcedure "M216" "unknown-procedure" Warning;
    UnknownLifeEvent "M217" "unknown-life-event" Error;
    UnknownSector "M218" "unknown-sector" Error;
    NoSuchDate "M219" "no-such-date" Error;
    NumberOutOfRange "M220" "number-out-of-range" Error;
    VocabularyEntry "M221" "vocabulary-entry" Error;
    NotAPaper "M222" "not-a-paper" Warning;
    UnboundedFee "M223" "unbounded-fee" Error;
    UnknownParameter "M224" "unknown-parameter" Error;
    UnknownRank "M225" "unknown-rank" Error;
    ZeroFee "M226" "zero-fee" Error;
    RankOfAnother "M227" "rank-of-another" Warning;
    // M3: flow
    UnreachableStep "M301" "unreachable-step" Error;
    DeadEnd "M302" "dead-end" Error;
    EndlessReturn "M303" "endless-return" Error;
    DecisionWithoutElse "M304" "decision-without-else" Error;
    FakeJoin "M305" "fake-join" Error;
    LoneBranch "M306" "lone-branch" Warning;
    TestedAfterFee "M307" "tested-after-fee" Error;
    TooEntangled "M308" "too-entangled" Error;
    SharesOverAll "M309" "shares-over-all" Error;
    ImpossibleBranch "M310" "impossible-branch" Warning;
    EmptyVersion "M311" "empty-version" Information;
    NoFeasibleWay "M312" "no-feasible-way" Error;
    RareFirst "M313" "rare-first" Information;
    IdleQuestion "M314" "idle-question" Information;
    NominalRefused "M315" "nominal-refused" Warning;
    // M4: what the law says (`law`)
    CopiesOverOne "M401" "copies-over-one" Error;
    LegalisedSignature "M402" "legalised-signature" Error;
    PublicPaper "M403" "public-paper" Error;
    CertifiedCopy "M404" "certified-copy" Error;
    CertifiedElsewhere "M405" "certified-elsewhere" Warning;
    PaperAskedTwice "M406" "paper-asked-twice" Error;
    QuestionAskedTwice "M407" "question-asked-twice" Warning;
    PaperAfterUpload "M408" "paper-after-upload" Error;
    FileAgain "M409" "file-again" Error;
    OwnDocument "M410" "own-document" Error;
    HeldDocument "M411" "held-document" Warning;
    KnownAnswer "M412" "known-answer" Warning;
    ExchangeWithoutConsent "M413" "exchange-without-consent" Error;
    ExchangeWithoutFallback "M414" "exchange-without-fallback" Warning;
    CardCovers "M415" "card-covers" Error;
    DeclarationWouldDo "M416" "declaration-would-do" Information;
    DelayMissing "M417" "delay-missing" Error;
    DelayOver60 "M418" "delay-over-60" Error;
    WayOver60 "M419" "way-over-60" Warning;
    InvestmentOver30 "M420" "investment-over-30" Error;
    ReceiptMissing "M421" "receipt-missing" Error;
    ReceiptCure "M422" "receipt-cure" Warning;
    ClockBeforeComplete "M423" "clock-before-complete" Warning;
    RefusedAtCounter "M424" "refused-at-counter" Warning;
    ComplementTwice "M425" "complement-twice" Error;
    ComplementLate "M426" "complement-late" Error;
    ExtensionUnfounded "M427" "extension-unfounded" Error;
    ExtensionUnlisted "M428" "extension-unlisted" Warning;
    SilenceUnset "M429" "silence-unset" Warning;
    SilenceUnlisted "M430" "silence-unlisted" Error;
    SilenceDenied "M431" "silence-denied" Error;
    SilenceDelay "M432" "silence-delay" Error;
    RankRepealed "M433" "rank-repealed" Warning;
    SilenceClaim "M434" "silence-claim" Error;
    SilenceAttestation "M435" "silence-attestation" Error;
    AppealMissing "M436" "appeal-missing" Error;
    AppealDelays "M437" "appeal-delays" Error;
    RefusalUnreasoned "M438" "refusal-unreasoned" Error;
    NotDigitised "M439" "not-digitised" Error;
    PaidOnSite "M440" "paid-on-site" Error;
    DeliveredOnPaper "M441" "delivered-on-paper" Warning;
    HandwrittenOnline "M442" "handwritten-online" Warning;
    NoLegalBasis "M443" "no-legal-basis" Error;
    FeeWithoutText "M444" "fee-without-text" Error;
    DemandsWithoutText "M445" "demands-without-text" Information;
    LaterText "M446" "later-text" Warning;
    IdNumberUndeclared "M447" "id-number-undeclared" Information;
    BiometricsShared "M448" "biometrics-shared" Error;
    ScoreReview "M449" "score-review" Error;
    ComplaintDelay "M450" "complaint-delay" Error;
    InformationDelay "M451" "information-delay" Error;
    RectificationDelay "M452" "rectification-delay" Error;
    InvestmentUnlisted "M453" "investment-unlisted" Warning;
    // M5: before and after, claims, examples
    UnaccountedStep "M501" "unaccounted-step" Warning;
    ClaimNotMet "M502" "claim-not-met" Error;
    ExampleOffPath "M503" "example-off-path" Error;
    ContradictoryClaims "M504" "contradictory-claims" Error;
    UnknownPredecessor "M505" "unknown-predecessor" Error;
    ExampleStuck "M506" "example-stuck" Error;
    // M6: wording and languages
    MissingTranslation "M601" "missing-translation" Warning;
    UntouchedTranslation "M602" "untouched-translation" Warning;
    // M7: provenance
    FigureWithoutSource "M701" "figure-without-source" Warning;
}

impl Code {
    /// The code with this number or name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.number().eq_ignore_ascii_case(text) || code.name() == text)
    }
}

/// How many findings of one source are told.
pub const MAX_FINDINGS: usize = 1_000;

/// Collects the findings of one source.
#[derive(Debug)]
pub struct Findings {
    source: SourceId,
    list: Vec<Finding>,
    via: Option<(String, usize)>,
}

impl Findings {
    /// None yet, of this source.
    #[must_use]
    pub fn new(source: SourceId) -> Self {
        Self { source, list: Vec::new(), via: None }
    }

    /// Adds one and returns it, for a suggestion to be set.
    pub fn add<const N: usize>(&mut self, code: Code, span: Span, args: [&str; N]) -> &mut Finding {
        if self.is_full() {
            let last = self.list.len() - 1;
            return &mut self.list[last];
        }
        let args = args.iter().map(ToString::to_string).collect();
        let at = self.list.len();
        self.list.push(Finding {
            code,
            source: self.source,
            span,
            args,
            suggestion: None,
            via: self.via.clone(),
            severity: code.severity(),
            version: None,
        });
        &mut self.list[at]
    }

    /// Adds one about an unknown word, with the nearest of the known ones.
    pub fn add_unknown<'a>(&mut self, code: Code, span: Span, word: &str, known: impl Iterator<Item = &'a str>) {
        let is_hole = word.contains('{');
        // The fragment has said already that no parameter fills the hole.
        if self.is_full() || (is_hole && self.via.is_some()) {
            return;
        }
        let code = if is_hole { Code::UnknownParameter } else { code };
        let suggestion = nearest(word, known);
        self.add(code, span, [word]).suggestion = suggestion;
    }

    /// From now on, findings are about a line that this fragment wrote (or, with `None`, about the file's own lines).
    pub fn set_via(&mut self, via: Option<&(String, usize)>) {
        self.via = via.cloned();
    }

    /// Whether enough has been said of this source: more would help nobody.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.list.len() >= MAX_FINDINGS
    }

    /// The list itself.
    #[must_use]
    pub fn into_vec(self) -> Vec<Finding> {
        self.list
    }
}

/// The known word nearest to `word`, if it is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    known
        .map(|known| (strsim::normalized_damerau_levenshtein(&word.to_lowercase(), &known.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness >= 0.6)
        // The likeness orders; equal ones go by name, so that the answer does not depend on the order of the table.
        .max_by(|(a, left), (b, right)| a.total_cmp(b).then_with(|| right.cmp(left)))
        .map(|(_, known)| known.to_owned())
}
