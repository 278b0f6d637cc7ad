//! The command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use rederive::message::Lang;
use rederive::project::failures;
use rederive::report::{FORMATS, SECTIONS};

use crate::serving::Watch;

const ABOUT: &str = "Checks the mathematics in lecture notes";

const LONG_ABOUT: &str = "\
Checks the mathematics in lecture notes: reads Markdown with LaTeX (also Jupyter notebooks, reStructuredText and LaTeX \
sources, told apart by their extensions), finds every statement, derives each one again by \
independent routes, and says which are proved, which are wrong and where, and which nothing could settle.

Without a command: checks the notes in the folder `notes`, writes the verified notes to `reports` (a page for each \
file, an index, a page on what the verdicts rest on, and the same as Markdown), and prints the problems and a \
summary.";

const VERDICTS: &str = "\
Verdicts:
  ✓ proved       holds wherever the notes claim it, for all sizes
  ◇ conditional  proved under conditions that the notes don't give; they are listed
  ≈ confirmed    every numeric check agreed, but there is no proof
  ✗ refuted      false: a counterexample is shown, certified by exact arithmetic
  ? undecided    read, but nothing settled it; the reason is given
  · unread       not understood; says where and why
  – nothing to check (definitions, givens, conditions, data)

Exit status:
  0  all as expected
  1  an unexpected refutation, an error among the findings, or an expectation of the notes that is not met
  2  wrong usage, unreadable input, or an internal error";

const ANNOTATIONS: &str = "\
Annotations, only where the notes alone don't say enough, are HTML comments on a line of their own:
  <!-- rederive let: s \\in \\mathbb{R}^C, y one-hot -->       to the end of the section
  <!-- rederive next: id ce.gradient; assume x > 0 -->       for the next formula
  <!-- rederive next: expect refuted -->                     wrong on purpose

Environment:
  NO_COLOR  if set and not empty, no colours
  COLUMNS   the width of the output, 140 if not set";

/// The whole command line.
#[derive(Debug, Parser)]
#[command(name = "rederive", version, about = ABOUT, long_about = LONG_ABOUT, after_help = VERDICTS)]
#[command(after_long_help = format!("{VERDICTS}\n\n{ANNOTATIONS}"))]
pub struct Arguments {
    /// What to do; without it, `report` of the default folder
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub common: Common,
}

/// What all commands take.
#[derive(Args, Debug)]
pub struct Common {
    /// The language of reports and messages [default: `lang` of rederive.toml, else en]
    ///
    /// Codes, the words of machine formats and this help are English in every language. The environment (LANG) does not
    /// count: the same notes give the same bytes on every machine.
    #[arg(long, global = true, value_name = "LANG", value_parser = languages())]
    pub lang: Option<Lang>,
    /// The seed of all sampling; the same seed gives the same output [default: 0]
    #[arg(long, global = true, value_name = "N")]
    pub seed: Option<u64>,
    /// A file of TeX definitions (`\newcommand`, `\def`, …) that hold in all notes; may be repeated
    #[arg(long, global = true, value_name = "FILE")]
    pub macros: Vec<PathBuf>,
    /// How many files are checked at a time; the output does not depend on it [default: the number of cores]
    #[arg(long, short, global = true, value_name = "N", value_parser = at_least_one)]
    pub jobs: Option<usize>,
    /// Check everything anew, and keep nothing
    #[arg(long, global = true)]
    pub no_cache: bool,
    /// No progress bar
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| *n > 0).ok_or_else(|| "a number from 1".to_owned())
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|p| (0.0..=100.0).contains(p));
    number.ok_or_else(|| "a number from 0 to 100".to_owned())
}

fn languages() -> impl TypedValueParser<Value = Lang> {
    PossibleValuesParser::new(Lang::all().map(Lang::tag)).map(|tag| Lang::from_tag(&tag).unwrap_or_default())
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the problems in notes
    ///
    /// Prints each problem with its line of the notes, how it was read, what was used, a counterexample and, if there
    /// is one, the repair; then the counts. What is undecided or unread is only counted, unless --verbose is given.
    #[command(after_help = EXAMPLES_CHECK)]
    Check(Check),
    /// Write the verified notes as HTML and Markdown
    ///
    /// Each file of notes becomes a page that shows the notes as written, every formula typeset with the mark of its
    /// verdict, and behind each mark the evidence; and a Markdown file with the same evidence in footnotes. `index.html`
    /// and `index.md` list them all, `trust.html` and `trust.md` say what the verdicts rest on. The pages need no network and no scripts. The same notes give the same bytes.
    Report(Report),
    /// Show all that is known about one statement, or what a code means
    ///
    /// Shows how the statement was read, what was used, the derivation line by line with its rules and conditions, the
    /// checkers' figures, and the counterexample with both sides worked out. The id of a display shows all its
    /// relations. With the code of a finding: what it means, why it matters, and notes that raise it.
    Explain(Explain),
    /// Judge a student's line in the place of a line of the notes
    ///
    /// The right side of a line of the notes is hidden; what is given in its place is put there, and the notes are checked
    /// with it. Any form that is equal is right. A line that is wrong is told where: values that can be checked by hand,
    /// how both sides differ, which part to look at. `report --audience student` lists the lines that can be answered.
    #[command(after_help = EXAMPLES_ANSWER)]
    Answer(Answer),
    /// Prove one claim from the command line
    ///
    /// Reads a formula in LaTeX, settles each relation in it, and prints the same as `explain`. Several relations are a
    /// chain, and each is judged.
    #[command(after_help = EXAMPLES_PROVE)]
    Prove(Prove),
    /// Plant errors in notes and say how many are found
    ///
    /// Plants small errors of fixed kinds (a sign, an index, a lost factor, a lost denominator, …) in the formulas that
    /// are proved or confirmed, one at a time, checks the notes again, and prints for each kind how many were planted,
    /// refuted, found by another finding, blamed on the right line, repaired to the original or an equal form, and how
    /// many survived. The errors are drawn by the seed alone. An error is equivalent only if the formula with it is
    /// proved. Also counts the alarms on the notes as they stand.
    #[command(after_help = EXAMPLES_MUTATE)]
    Mutate(Mutate),
    /// List what the tool consists of
    ///
    /// A line for each row: the engines, the rules that derivations name, the functions, the notation that is read, the
    /// checker modules, the codes of findings. `report` writes the same as a page.
    List(List),
    /// Show what `rederive.toml` files say, and where
    Config(Config),
    /// Write a commented `rederive.toml` into the present folder
    Init,
    /// Mark the chapters of an mdBook: a preprocessor
    ///
    /// With `[preprocessor.rederive]` in `book.toml`, `mdbook build` sends the book through this command: each formula
    /// gets the mark of its verdict, and a footnote with the evidence. Problems are printed, and do not stop the build.
    Mdbook(Mdbook),
    /// Print the problems in notes again after each change
    ///
    /// Prints what `check` prints, once at the start and after each save of notes, of `rederive.toml` or of macro files;
    /// on a terminal in the place of what was there. Only derivations that changed are checked again. Repairs take longer
    /// than the rest: if some are found, the result is printed once more with them.
    Watch(Watch),
    /// Serve an editor: a language server over the standard input and output
    ///
    /// Problems as one writes, all that is known of the formula under the cursor (how it was read, the verdict, the
    /// evidence), repairs as code actions, and the claims as symbols.
    Lsp,
    /// Print the completions of a shell
    ///
    /// For bash: `rederive completions bash > ~/.local/share/bash-completion/completions/rederive`
    Completions {
        /// For which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, for `man -l -`
    Man,
}

/// `rederive mdbook`
#[derive(Args, Debug)]
pub struct Mdbook {
    #[command(subcommand)]
    pub question: Option<MdbookQuestion>,
}

/// What mdBook asks before it sends a book.
#[derive(Subcommand, Debug)]
pub enum MdbookQuestion {
    /// Whether a renderer is supported: every one is, for what comes back is Markdown
    Supports {
        /// Its name.
        renderer: String,
    },
}

const EXAMPLES_ANSWER: &str = "\
Examples:
  rederive answer softmax.gradient.1 'p_i - y_i' notes/softmax-gradient.md
  rederive answer softmax.gradient.1 '= -(y_i - p_i)'
  rederive answer --solution softmax.gradient.1 'y_i - p_i'

Exit status:
  0  the line is right
  1  it is wrong, or nothing could settle it
  2  not understood, no such line, or wrong usage";

const EXAMPLES_PROVE: &str = "\
Examples:
  rederive prove '(x + 1)^2 = x^2 + 2x + 1'
  rederive prove '\\log(ab) = \\log a + \\log b' --let 'a > 0, b > 0'
  rederive prove '\\frac{\\partial L}{\\partial s_i} = p_i - y_i' --let 's \\in \\mathbb{R}^C, y one-hot' \\
      --where 'p_i = \\frac{e^{s_i}}{\\sum_{k=1}^{C} e^{s_k}}' --where 'L = -\\sum_{c=1}^{C} y_c \\log p_c'

Exit status:
  0  every relation is proved (conditions that it needs beside what is given are listed)
  1  not proved: refuted, confirmed by numbers only, or undecided
  2  not understood, wrong usage, or an internal error";

const EXAMPLES_MUTATE: &str = "\
Examples:
  rederive mutate notes
  rederive mutate notes --seed 7 --per-kind 40 --format json --html rates.html
  rederive mutate notes/softmax.md --only sign-1f3a9c42 | rederive check -

Exit status:
  0  every error that is none of the equivalent ones was refuted or found, and the notes as they stand raise no alarm
  1  an error survived, or a false alarm
  2  wrong usage, unreadable input, or an internal error";

const EXAMPLES_CHECK: &str = "\
Examples:
  rederive check lecture.md
  rederive check notes --format concise
  rederive check --format json --output-file verdicts.json notes
  rederive check lecture.md --fix
  cat lecture.md | rederive check -";

#[derive(Args, Debug)]
pub struct Check {
    #[command(flatten)]
    pub paths: Paths,
    /// How the result is printed
    #[arg(long, value_name = "FORMAT", default_value = "full", value_parser = formats(), long_help = formats_help())]
    pub format: String,
    /// Write the result to this file instead of the standard output
    #[arg(long, short, value_name = "FILE")]
    pub output_file: Option<PathBuf>,
    /// Also print a line for each statement that is undecided or unread
    #[arg(long, short)]
    pub verbose: bool,
    /// Also print, on the standard error, what was found how often
    #[arg(long)]
    pub statistics: bool,
    /// Also print, on the standard error, each definition and assumption that was read from formulas and words, with its
    /// line and the number of claims that may use it
    #[arg(long)]
    pub show_inferred: bool,
    /// What makes the exit status 1: verdicts and severities of findings, separated by commas [default: refuted,error]
    ///
    /// A severity stands for the graver ones too. What the notes expect does not count; an expectation that is not met
    /// always does.
    #[arg(long, value_name = "WORDS", value_delimiter = ',', value_parser = PossibleValuesParser::new(failures()))]
    pub fail_on: Vec<String>,
    /// Exit with status 1 if fewer of the claims are settled (proved, conditional, confirmed or refuted), in percent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub min_coverage: Option<f64>,
    /// Check only the files that differ from a revision of the Git repository, or are new in it
    ///
    /// Files whose `rederive.toml` or macro files differ are checked too.
    #[arg(long, value_name = "REV")]
    pub changed_since: Option<String>,
    /// Expect the refutations and findings that this file accepts
    ///
    /// They are known again by their formulas, wherever their lines have moved. What no longer occurs is said.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write a file that accepts all present refutations, errors and warnings, and print nothing
    ///
    /// Reasons that stand in it are kept.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "baseline"])]
    pub write_baseline: Option<PathBuf>,
    /// Write repairs into the notes, after asking for each
    ///
    /// A repair is proposed only if with it the whole derivation holds. The exit status is that of the notes with the
    /// repairs.
    #[arg(long)]
    pub fix: bool,
    /// With --fix, don't ask
    #[arg(long, requires = "fix")]
    pub yes: bool,
}

pub fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|f| f.name))
}

pub fn formats_help() -> String {
    let rows: String = FORMATS.iter().map(|f| format!("\n  {:<9} {}", f.name, f.about)).collect();
    format!("How the result is printed:{rows}")
}

#[derive(Args, Debug)]
pub struct Report {
    #[command(flatten)]
    pub paths: Paths,
    /// The folder to write to; it is made if need be, and files of the same names are replaced
    #[arg(long, short, value_name = "DIR", default_value = DEFAULT_REPORTS)]
    pub output: PathBuf,
    /// For whom the pages are: for a student each statement begins with a question, then hints, the derivation line by
    /// line, an example in small numbers; exercises stand at the end
    #[arg(long, value_name = "WHO", default_value = "author", value_parser = ["author", "student"])]
    pub audience: String,
    /// A result of `check --format json`: the pages say what is newly false, fixed, or no longer settled since
    #[arg(long, value_name = "OLD.json")]
    pub compare: Option<PathBuf>,
}

impl Default for Report {
    fn default() -> Report {
        let (output, audience) = (PathBuf::from(DEFAULT_REPORTS), "author".to_owned());
        Report { paths: Paths::default(), output, audience, compare: None }
    }
}

#[derive(Args, Debug)]
pub struct Answer {
    /// The id of the line, as the page and `check --format json` show it
    #[arg(value_name = "ID")]
    pub id: String,
    /// The line in LaTeX: one side, with or without its sign
    #[arg(value_name = "LATEX", allow_hyphen_values = true)]
    pub line: String,
    #[command(flatten)]
    pub paths: Paths,
    /// Also print what the notes have
    #[arg(long)]
    pub solution: bool,
}

/// Where reports go if nothing else is said.
const DEFAULT_REPORTS: &str = "reports";

#[derive(Args, Debug)]
pub struct Explain {
    /// The id of a statement (`softmax.gradient`, `softmax.gradient.2`, `notes/a.md::x`), or the code of a finding
    #[arg(value_name = "ID|CODE")]
    pub name: String,
    #[command(flatten)]
    pub paths: Paths,
}

#[derive(Args, Debug)]
pub struct Prove {
    /// The claim, a formula in LaTeX with at least one relation
    #[arg(value_name = "LATEX", allow_hyphen_values = true)]
    pub claim: String,
    /// What is declared, as in annotations: `s \in \mathbb{R}^C, y one-hot`; may be repeated
    #[arg(long = "let", value_name = "DECLARATIONS", allow_hyphen_values = true)]
    pub lets: Vec<String>,
    /// A definition, `p = \frac{1}{1 + e^{-s}}`; may be repeated
    #[arg(long = "where", value_name = "DEFINITION", allow_hyphen_values = true)]
    pub definitions: Vec<String>,
    /// An assumption, `x > 0`; may be repeated
    #[arg(long = "assume", value_name = "CONDITION", allow_hyphen_values = true)]
    pub assumptions: Vec<String>,
    /// How the result is printed: `json` has the schema of `check --format json`
    #[arg(long, value_name = "FORMAT", default_value = "full", value_parser = ["full", "json"])]
    pub format: String,
}

#[derive(Args, Debug)]
pub struct Mutate {
    #[command(flatten)]
    pub paths: Paths,
    /// How many errors of each kind, at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub per_kind: usize,
    /// How the result is printed
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = ["human", "json"])]
    pub format: String,
    /// Also write the result as a page to this file
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print the notes with this one error, and check nothing
    #[arg(long, value_name = "KEY", conflicts_with_all = ["html", "per_kind"])]
    pub only: Option<String>,
    /// Print what became of every error, not only of the survivors
    #[arg(long, short)]
    pub verbose: bool,
}

#[derive(Args, Debug)]
pub struct List {
    /// Which table
    #[arg(value_name = "TABLE", value_parser = PossibleValuesParser::new(SECTIONS))]
    pub table: String,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json"])]
    pub format: String,
}

#[derive(Args, Debug)]
pub struct Config {
    /// Print the values that hold for the notes there, each with the file and line that says it, and where was looked
    #[arg(long)]
    pub show: bool,
    /// Print the JSON schema of the file
    #[arg(long, conflicts_with = "show")]
    pub schema: bool,
    /// A file or folder of notes [default: the present folder]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
}

#[derive(Args, Debug, Default)]
pub struct Paths {
    /// Files of notes, folders (all notes below them: Markdown, notebooks, reStructuredText, LaTeX), globs of such, or
    /// - for the standard input [default: `paths` of rederive.toml, else notes]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
