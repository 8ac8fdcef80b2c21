//! Which modules of a room know each other in a circle: none of them can be read without all the others.

use std::collections::{BTreeMap, BTreeSet};

use super::{named_after, source::sources};

/// Whom each module of a room imports.
type Edges = BTreeMap<String, BTreeSet<String>>;

/// Modules that know one another, those of each circle together.
pub(crate) fn circles(room: &str) -> Vec<BTreeSet<String>> {
    let edges = edges(room);
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for module in edges.keys() {
        if circles.iter().any(|circle| circle.contains(module)) {
            continue;
        }
        let beyond = reached(&edges, module);
        let back = |one: &&String| reached(&edges, one).contains(module);
        let circle: BTreeSet<String> = beyond.iter().filter(back).cloned().collect();
        if !circle.is_empty() {
            circles.push(circle);
        }
    }
    circles
}

/// Every module that one leads to, over any number of others.
fn reached(edges: &Edges, from: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(one) = open.pop() {
        for next in edges.get(&one).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    seen
}

fn edges(room: &str) -> Edges {
    let folder = format!("src/{room}/");
    let files: Vec<_> = sources()
        .into_iter()
        .filter_map(|source| {
            let below = source.path.strip_prefix(&folder)?.to_owned();
            Some((below, source.code.join("\n")))
        })
        .collect();
    let module = |below: &str| {
        let first = below.split('/').next().unwrap_or(below);
        first.trim_end_matches(".rs").to_owned()
    };
    let modules: BTreeSet<String> = files.iter().map(|(below, _)| module(below)).collect();
    let mut edges = Edges::new();
    for (below, code) in files.iter().filter(|(below, _)| below != "mod.rs") {
        let own = module(below);
        let depth = below.matches('/').count() + usize::from(!below.ends_with("/mod.rs"));
        let near = named_after(code, &"super::".repeat(depth));
        let far = named_after(code, &format!("{room}::"));
        let named = near.into_iter().chain(far).map(|(_, name)| name);
        let known = named.filter(|name| modules.contains(name) && *name != own);
        edges.entry(own.clone()).or_default().extend(known);
    }
    edges
}

#[test]
fn no_module_of_the_core_is_part_of_a_circle() {
    let circles = circles("desk");
    assert!(
        circles.is_empty(),
        "these know one another in a circle: {circles:?}; move what they share below them"
    );
}

#[test]
fn a_circle_is_found() {
    let pairs = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")];
    let mut edges = Edges::new();
    for (from, to) in pairs {
        edges
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned());
    }
    assert!(reached(&edges, "b").contains("b"));
    assert!(!reached(&edges, "a").contains("a") && !reached(&edges, "d").contains("d"));
}
