//! `rederive.toml` files → what holds for notes, each value with the file and line that says it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use toml::de::{DeTable, DeValue};

use crate::message::Lang;
use crate::project::ProjectError;
use crate::project::key::{CONFIG_FILE, KEYS, Key, Kind, key, nearest};
use crate::source::Source;

/// What marks the root of a repository, above which nothing is looked for.
const REPOSITORIES: &[&str] = &[".git", ".hg", ".jj"];

/// What a key holds.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Flag(bool),
    Number(u64),
    Percent(f64),
    Text(String),
    Texts(Vec<String>),
    Macros { files: Vec<String>, definitions: Vec<(String, String)> },
}

/// A value with its place.
#[derive(Clone, Debug)]
struct Setting {
    value: Value,
    /// The folder of the file, as shown.
    folder: PathBuf,
    line: usize,
}

/// What the files say that hold for the notes of a folder.
#[derive(Clone, Debug, Default)]
pub struct Configuration {
    /// What is said of a key, the nearest file first.
    settings: BTreeMap<&'static str, Vec<Setting>>,
    /// Where a file was looked for, the nearest folder first, and whether it is there.
    looked: Vec<(PathBuf, bool)>,
    include: Option<Globs>,
    exclude: Vec<Globs>,
}

/// Globs with the folder from which they are seen.
#[derive(Clone, Debug)]
struct Globs {
    root: PathBuf,
    globs: Gitignore,
}

impl Globs {
    fn new(setting: &Setting) -> Result<Globs, ProjectError> {
        let root =
            std::fs::canonicalize(if setting.folder.as_os_str().is_empty() { Path::new(".") } else { &setting.folder });
        let path = shown(&setting.folder.join(CONFIG_FILE));
        let wrong = |e: ignore::Error| ProjectError::Configuration {
            path: path.clone(),
            line: setting.line,
            column: 1,
            what: e.to_string(),
        };
        let mut globs = GitignoreBuilder::new("");
        for glob in setting.value.texts() {
            globs.add_line(None, glob).map_err(wrong)?;
        }
        Ok(Globs { root: root.unwrap_or_default(), globs: globs.build().map_err(wrong)? })
    }

    fn name(&self, real: &Path) -> bool {
        let inside = real.strip_prefix(&self.root);
        inside.is_ok_and(|path| self.globs.matched_path_or_any_parents(path, false).is_ignore())
    }
}

impl Configuration {
    /// What holds for the notes in a folder: its `rederive.toml` and those of the folders above it, up to the root of the
    /// repository; outside of a repository up to the present folder.
    ///
    /// # Errors
    /// If a file cannot be read or says something that it can't.
    pub fn of(folder: &Path) -> Result<Configuration, ProjectError> {
        let mut found = Configuration::default();
        for folder in above(folder) {
            let path = folder.join(CONFIG_FILE);
            let text = match std::fs::read_to_string(&path) {
                Ok(text) => Some(text),
                Err(e) if matches!(e.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => None,
                Err(source) => return Err(ProjectError::Read { path: shown(&path), source }),
            };
            found.looked.push((path, text.is_some()));
            for (key, value, line) in text.map(|t| settings(&folder, &t)).transpose()?.unwrap_or_default() {
                found.settings.entry(key.name).or_default().push(Setting { value, folder: folder.clone(), line });
            }
        }
        found.include = found.nearest("include").map(Globs::new).transpose()?;
        found.exclude = found.all("exclude").map(Globs::new).collect::<Result<_, _>>()?;
        Ok(found)
    }

    /// Whether a file of a folder is among the notes; `None` if its extension decides.
    pub fn admits(&self, file: &Path) -> Option<bool> {
        if self.include.is_none() && self.exclude.is_empty() {
            return None;
        }
        let real = std::fs::canonicalize(file).ok()?;
        if self.exclude.iter().any(|globs| globs.name(&real)) {
            return Some(false);
        }
        self.include.as_ref().map(|globs| globs.name(&real))
    }

    fn all(&self, key: &str) -> impl DoubleEndedIterator<Item = &Setting> {
        self.settings.get(key).into_iter().flatten()
    }

    fn nearest(&self, key: &str) -> Option<&Setting> {
        self.all(key).next()
    }

    /// What is checked where no path is named; paths and globs from the present folder.
    pub fn paths(&self) -> Option<Vec<PathBuf>> {
        let setting = self.nearest("paths")?;
        Some(setting.value.texts().iter().map(|p| setting.folder.join(p)).collect())
    }

    /// The codes of findings that are off.
    pub fn allow(&self) -> Vec<String> {
        self.all("allow").flat_map(|s| s.value.texts()).cloned().collect()
    }

    /// What makes a run fail, if it is said.
    pub fn fail_on(&self) -> Option<&[String]> {
        self.nearest("fail-on").map(|s| s.value.texts())
    }

    /// The least share of settled claims, in percent.
    pub fn min_coverage(&self) -> Option<f64> {
        if let Value::Percent(p) = self.nearest("min-coverage")?.value { Some(p) } else { None }
    }

    /// The file of accepted findings.
    pub fn baseline(&self) -> Option<PathBuf> {
        let setting = self.nearest("baseline")?;
        if let Value::Text(path) = &setting.value { Some(setting.folder.join(path)) } else { None }
    }

    /// The seed.
    pub fn seed(&self) -> Option<u64> {
        if let Value::Number(n) = self.nearest("seed")?.value { Some(n) } else { None }
    }

    /// The language.
    pub fn lang(&self) -> Option<Lang> {
        if let Value::Text(tag) = &self.nearest("lang")?.value { Lang::from_tag(tag) } else { None }
    }

    /// The folders with the same notes in other languages, from the present folder.
    pub fn translations(&self) -> Vec<(Lang, PathBuf)> {
        let Some(setting) = self.nearest("translations") else { return vec![] };
        let tags = setting.value.texts().iter();
        tags.filter_map(|tag| Some((Lang::from_tag(tag)?, setting.folder.join(tag)))).collect()
    }

    /// Whether judgements may be kept between runs.
    pub fn cache(&self) -> bool {
        !matches!(self.nearest("cache"), Some(Setting { value: Value::Flag(false), .. }))
    }

    /// The files of macros, the outermost first: later definitions replace earlier ones.
    pub fn macro_files(&self) -> Vec<PathBuf> {
        let files = |s: &Setting| match &s.value {
            Value::Texts(files) | Value::Macros { files, .. } => files.iter().map(|f| s.folder.join(f)).collect(),
            _ => vec![],
        };
        self.all("macros").rev().flat_map(files).collect()
    }

    /// The macros of tables, as TeX definitions.
    pub fn definitions(&self) -> String {
        let tables = self.all("macros").rev().filter_map(|s| match &s.value {
            Value::Macros { definitions, .. } => Some(definitions),
            _ => None,
        });
        tables.flatten().map(|(name, body)| definition(name, body)).collect()
    }

    /// The files that were found, and the macro files that they name.
    pub fn files(&self) -> Vec<PathBuf> {
        let found = self.looked.iter().filter(|(_, there)| *there).map(|(path, _)| path.clone());
        found.chain(self.macro_files()).collect()
    }

    /// Where was looked, in which order, and what holds, each value with its place.
    pub fn show(&self) -> String {
        let mut out = String::from("# looked for, the nearest first:\n");
        for (path, there) in &self.looked {
            out.push_str(&format!("#   {}{}\n", shown(path), if *there { "" } else { "  (not there)" }));
        }
        for key in KEYS {
            let mut settings: Vec<&Setting> = self.all(key.name).collect();
            settings.truncate(if key.adds { settings.len() } else { 1 });
            for setting in &settings {
                let place = format!("{}:{}", shown(&setting.folder.join(CONFIG_FILE)), setting.line);
                out.push_str(&format!("{} = {}  # {place}\n", key.name, setting.value.toml()));
            }
            if settings.is_empty() {
                out.push_str(&format!("# {} is not set\n", key.name));
            }
        }
        out
    }
}

/// `\newcommand` of a name and a body, with as many arguments as the body uses.
fn definition(name: &str, body: &str) -> String {
    let used = |n: &usize| body.contains(&format!("#{n}"));
    match (1..=9).rev().find(used) {
        Some(n) => format!("\\newcommand{{{name}}}[{n}]{{{body}}}\n"),
        None => format!("\\newcommand{{{name}}}{{{body}}}\n"),
    }
}

impl Value {
    fn texts(&self) -> &[String] {
        if let Value::Texts(texts) = self { texts } else { &[] }
    }

    fn toml(&self) -> String {
        let quoted = |t: &String| serde_json::Value::from(t.as_str()).to_string();
        let list = |texts: &[String]| format!("[{}]", texts.iter().map(quoted).collect::<Vec<_>>().join(", "));
        match self {
            Value::Flag(b) => b.to_string(),
            Value::Number(n) => n.to_string(),
            Value::Percent(p) => p.to_string(),
            Value::Text(t) => quoted(t),
            Value::Texts(t) => list(t),
            Value::Macros { files, definitions } => {
                let files = (!files.is_empty()).then(|| format!("files = {}", list(files)));
                let pairs = definitions.iter().map(|(name, body)| format!("{} = {}", quoted(name), quoted(body)));
                format!("{{ {} }}", files.into_iter().chain(pairs).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// The folders whose files hold for a folder, itself first, as they are shown from the present one.
fn above(folder: &Path) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(real) = std::fs::canonicalize(folder) else { return vec![] };
    let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
    let mut all: Vec<&Path> = real.ancestors().collect();
    let root = all.iter().position(|f| REPOSITORIES.iter().any(|r| f.join(r).exists()));
    let last = root.or_else(|| all.iter().position(|f| *f == here)).unwrap_or(0);
    all.truncate(last + 1);
    all.into_iter().map(|f| f.strip_prefix(&here).unwrap_or(f).to_owned()).collect()
}

/// What a file says.
fn settings(folder: &Path, text: &str) -> Result<Vec<(&'static Key, Value, usize)>, ProjectError> {
    let source = Source::new(shown(&folder.join(CONFIG_FILE)), text);
    let wrong = |at: usize, what: String| ProjectError::Configuration {
        path: source.path.clone(),
        line: source.line(at),
        column: source.column(at),
        what,
    };
    let table = DeTable::parse(text)
        .map_err(|e| wrong(e.span().map_or(0, |s| s.start), e.message().trim().replace('\n', "; ")))?;
    let mut out = vec![];
    for (name, value) in table.get_ref() {
        let at = name.span().start;
        let name = name.get_ref();
        let key = key(name).ok_or_else(|| wrong(at, unknown("key", name, KEYS.iter().map(|k| k.name))))?;
        let read = value_of(key.kind, value.get_ref());
        let value = read.map_err(|what| wrong(value.span().start, format!("`{}`: {what}", key.name)))?;
        out.push((key, value, source.line(at)));
    }
    Ok(out)
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    match nearest(name, known) {
        Some(near) => format!("there is no {what} `{name}`; did you mean `{near}`?"),
        None => format!("there is no {what} `{name}`"),
    }
}

/// The value of a key, or what is wrong with it.
fn value_of(kind: Kind, value: &DeValue) -> Result<Value, String> {
    let expected = |what: &str| format!("expected {what}, found {}", value.type_str());
    let text = || value.as_str().map(str::to_owned).ok_or_else(|| expected("a text"));
    let known = |text: String, words: fn() -> Vec<&'static str>| match words().contains(&text.as_str()) {
        true => Ok(text),
        false => Err(unknown("word", &text, words().into_iter())),
    };
    Ok(match kind {
        Kind::Flag => Value::Flag(value.as_bool().ok_or_else(|| expected("true or false"))?),
        Kind::Number => {
            let number = value.as_integer().and_then(|i| u64::from_str_radix(i.as_str(), i.radix()).ok());
            Value::Number(number.ok_or_else(|| expected("a whole number from 0"))?)
        }
        Kind::Percent => {
            let digits = value.as_integer().map(|i| i.as_str()).or_else(|| value.as_float().map(|f| f.as_str()));
            let number = digits.and_then(|d| d.parse::<f64>().ok()).filter(|p| (0.0..=100.0).contains(p));
            Value::Percent(number.ok_or_else(|| expected("a number from 0 to 100"))?)
        }
        Kind::Text => Value::Text(text()?),
        Kind::Word(words) => Value::Text(known(text()?, words)?),
        Kind::Texts => Value::Texts(texts(value)?),
        Kind::Words(words) => {
            Value::Texts(texts(value)?.into_iter().map(|t| known(t, words)).collect::<Result<_, _>>()?)
        }
        Kind::Macros => match value.as_table() {
            None => Value::Texts(texts(value)?),
            Some(table) => macros(table)?,
        },
    })
}

fn texts(value: &DeValue) -> Result<Vec<String>, String> {
    let list = value.as_array().ok_or_else(|| format!("expected a list of texts, found {}", value.type_str()))?;
    let text = |v: &toml::Spanned<DeValue>| match v.get_ref().as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(format!("expected a list of texts, found {} in it", v.get_ref().type_str())),
    };
    list.iter().map(text).collect()
}

fn macros(table: &DeTable) -> Result<Value, String> {
    let (mut files, mut definitions) = (vec![], vec![]);
    for (name, value) in table {
        let (name, value) = (name.get_ref().as_ref(), value.get_ref());
        let letters = name.strip_prefix('\\').filter(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_alphabetic()));
        match (letters, value.as_str()) {
            _ if name == "files" => files = texts(value)?,
            (Some(_), Some(body)) => definitions.push((name.to_owned(), body.to_owned())),
            (Some(_), None) => return Err(format!("`{name}` stands for a text, found {}", value.type_str())),
            (None, _) => return Err(format!("`{name}` is no macro: a backslash and letters, in single quotes")),
        }
    }
    Ok(Value::Macros { files, definitions })
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The configurations of folders, each read once.
#[derive(Debug, Default)]
pub struct Configurations(BTreeMap<PathBuf, Arc<Configuration>>);

impl Configurations {
    /// What holds for a path: that of the folder, or of the folder of the file.
    ///
    /// # Errors
    /// If a file cannot be read or says something that it can't.
    pub fn for_path(&mut self, path: &Path) -> Result<Arc<Configuration>, ProjectError> {
        let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
        if let Some(known) = self.0.get(folder) {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(Configuration::of(folder)?);
        self.0.insert(folder.to_owned(), Arc::clone(&found));
        Ok(found)
    }
}
