//! Rust source as `tidy` looks at it: code apart from comments, words in quotes apart from code, tests left out.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// One file below `src`.
pub(crate) struct Source {
    /// Its path from the package's folder.
    pub(crate) path: String,
    /// The first part of its path below `src`, without `.rs`.
    pub(crate) room: String,
    /// The code, line for line, with comments and what stands in quotes left blank, up to the test module.
    pub(crate) code: Vec<String>,
    /// What stands in quotes, with the number of its first line; without the test module.
    pub(crate) quoted: Vec<(usize, String)>,
    /// The documentation of the file: its `//!` lines.
    pub(crate) doc: String,
}

/// All files below `src` that are not tests, sorted.
pub(crate) fn sources() -> Vec<Source> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    walk(&package.join("src"), &mut paths);
    paths.sort();
    let texts: Vec<(PathBuf, String)> = paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect();
    let tests: BTreeSet<PathBuf> = texts
        .iter()
        .flat_map(|(path, text)| test_files(path, text))
        .collect();
    texts
        .iter()
        .filter(|(path, _)| !tests.iter().any(|test| path.starts_with(test)))
        .map(|(path, text)| read(path.strip_prefix(package).unwrap(), text))
        .collect()
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, paths);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            paths.push(path);
        }
    }
}

/// The files that `#[cfg(test)] mod name;` in this file brings in: `name.rs` and the folder `name`.
fn test_files(path: &Path, text: &str) -> Vec<PathBuf> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let stem = path.file_stem().unwrap();
    let is_root = ["mod", "lib", "main"].iter().any(|name| stem == *name);
    let folder = if is_root {
        path.parent().unwrap().to_owned()
    } else {
        path.with_extension("")
    };
    lines
        .windows(2)
        .filter(|pair| pair[0] == "#[cfg(test)]")
        .filter_map(|pair| pair[1].strip_suffix(';')?.rsplit_once("mod "))
        .flat_map(|(_, name)| [folder.join(format!("{name}.rs")), folder.join(name)])
        .collect()
}

fn read(path: &Path, text: &str) -> Source {
    let below = path.strip_prefix("src").unwrap();
    let first = below.components().next().unwrap().as_os_str();
    let split = Split::of(text);
    let lines: Vec<String> = split.code.lines().map(str::to_owned).collect();
    let (lines, tests_at) = without_tests(lines);
    Source {
        path: path.display().to_string(),
        room: Path::new(first).with_extension("").display().to_string(),
        code: lines,
        quoted: split
            .quoted
            .into_iter()
            .filter(|(line, _)| *line <= tests_at)
            .collect(),
        doc: text
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("//!"))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// The code up to a test module that stands in it, and where that is. A test module in a file of its own is left blank: what
/// stands below its name is looked at like the rest.
fn without_tests(mut lines: Vec<String>) -> (Vec<String>, usize) {
    let mut at = 0;
    while at + 1 < lines.len() {
        if lines[at].trim() == "#[cfg(test)]" && lines[at + 1].contains("mod ") {
            if lines[at + 1].trim_end().ends_with('{') {
                lines.truncate(at);
                break;
            }
            lines[at].clear();
            lines[at + 1].clear();
        }
        at += 1;
    }
    let count = lines.len();
    (lines, count)
}

#[test]
fn below_the_name_of_a_test_module_code_goes_on() {
    let seen = |code: &str| read(Path::new("src/desk/x.rs"), code).code.join("\n");
    let named = "#[cfg(test)]\nmod tests;\n\nuse crate::store::x;\n";
    assert_eq!(seen(named), "\n\n\nuse crate::store::x;");
    let within = "use crate::model::y;\n#[cfg(test)]\nmod tests {\n    use crate::store::x;\n}\n";
    assert_eq!(seen(within), "use crate::model::y;");
    let both = format!("{named}{within}");
    assert_eq!(
        seen(&both),
        "\n\n\nuse crate::store::x;\nuse crate::model::y;"
    );
    let quoted = read(
        Path::new("src/desk/x.rs"),
        "#[cfg(test)]\nmod tests;\nconst A: &str = \"SELECT\";\n",
    );
    assert_eq!(quoted.quoted, [(3, "SELECT".to_owned())]);
}

/// Source taken apart: a little of Rust's lexical rules, enough to know quotes and comments from code.
struct Split {
    code: String,
    quoted: Vec<(usize, String)>,
}

impl Split {
    fn of(text: &str) -> Self {
        let mut split = Self {
            code: String::new(),
            quoted: Vec::new(),
        };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else if let Some((open, close)) = raw_quote(rest, &split.code) {
                let end = rest[open..].find(&close).unwrap();
                split.quote(&rest[open..open + end]);
                open + end + close.len()
            } else if first == '"' {
                let end = closing(&rest[1..], '"');
                split.quote(&rest[1..=end]);
                end + 2
            } else if first == '\'' && is_character(rest) {
                closing(&rest[1..], '\'') + 2
            } else {
                split.code.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            };
            // What is left out keeps its line breaks, so that lines keep their numbers.
            let breaks = rest[..length].matches('\n').count();
            split.code.push(' ');
            split.code.push_str(&"\n".repeat(breaks));
            rest = &rest[length..];
        }
        split
    }

    fn quote(&mut self, words: &str) {
        let line = self.code.matches('\n').count() + 1;
        self.quoted.push((line, words.to_owned()));
    }
}

/// Where the words of `r"..."`, `r#"..."#` begin, and what ends them.
fn raw_quote(rest: &str, before: &str) -> Option<(usize, String)> {
    let is_word = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() && c != 'b' || c == '_');
    let tail = rest.strip_prefix('r').filter(|_| !is_word)?;
    let hashes = tail.chars().take_while(|c| *c == '#').count();
    tail[hashes..]
        .starts_with('"')
        .then(|| (hashes + 2, format!("\"{}", "#".repeat(hashes))))
}

/// Where the quote ends, in bytes: at the first `mark` with no backslash before it.
fn closing(rest: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices() {
        if c == mark && !is_escaped {
            return at;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    panic!("a quote is never closed: {}", rest.lines().next().unwrap());
}

/// `'a'` and `'\n'`, but not the lifetime `'a`.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    letters.next() == Some('\\') || letters.next() == Some('\'')
}
