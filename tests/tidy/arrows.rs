//! Arrows between crates run one way.

use crate::tree::workspace;
use crate::{Outcome, settled};
use cargo_metadata::{DependencyKind, Metadata};
use std::collections::BTreeSet;

/// What one crate may depend on, tests aside.
struct Room {
    name: &'static str,
    ours: &'static [&'static str],
    outside: Outside,
}

/// What a crate may take from the registry.
enum Outside {
    Anything,
    Only { always: &'static [&'static str], optional: &'static [&'static str] },
}

/// Every crate of the workspace: a new one is decided here first.
const ROOMS: &[Room] = &[
    Room {
        name: "handover",
        ours: &[],
        outside: Outside::Only {
            always: &["chrono", "uuid", "rust_decimal", "hashbrown"],
            optional: &["serde", "schemars", "proptest", "proptest-derive"],
        },
    },
    Room { name: "handover-journal", ours: &[], outside: Outside::Anything },
    Room { name: "handover-wire", ours: &["handover"], outside: Outside::Anything },
    Room {
        name: "handover-desk",
        ours: &["handover", "handover-journal", "handover-wire"],
        outside: Outside::Anything,
    },
    Room { name: "handover-sqlite", ours: &["handover-journal"], outside: Outside::Anything },
    Room { name: "handover-postgres", ours: &["handover-journal"], outside: Outside::Anything },
    Room { name: "handover-projection", ours: &["handover"], outside: Outside::Anything },
    Room { name: "handover-testkit", ours: &["handover"], outside: Outside::Anything },
    Room {
        name: "handover-cli",
        ours: &[
            "handover",
            "handover-journal",
            "handover-wire",
            "handover-desk",
            "handover-sqlite",
            "handover-postgres",
            "handover-projection",
        ],
        outside: Outside::Anything,
    },
];

/// They may depend on anything, and nothing depends on them.
const FREE: &[&str] = &["handover-tests", "handover-tests-postgres", "handover-benches", "embedding-team"];

/// One dependency that a build of the crate needs.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arrow {
    from: String,
    to: String,
    ours: bool,
    optional: bool,
    default_features: bool,
}

/// Every arrow that is not only for tests: as declared for any platform, and as resolved for this one.
fn arrows(metadata: &Metadata) -> BTreeSet<Arrow> {
    let members: BTreeSet<&str> = metadata.workspace_packages().iter().map(|it| it.name.as_str()).collect();
    let mut found = BTreeSet::new();
    for package in metadata.workspace_packages() {
        let declared = package.dependencies.iter().filter(|it| it.kind != DependencyKind::Development);
        for dependency in declared.clone() {
            found.insert(Arrow {
                from: package.name.to_string(),
                to: dependency.name.clone(),
                ours: members.contains(dependency.name.as_str()),
                optional: dependency.optional,
                default_features: dependency.uses_default_features,
            });
        }
        let resolved = metadata.resolve.iter().flat_map(|it| &it.nodes).filter(|node| node.id == package.id);
        for edge in resolved.flat_map(|node| &node.deps) {
            if edge.dep_kinds.iter().all(|it| it.kind == DependencyKind::Development) {
                continue;
            }
            let Some(to) = metadata.packages.iter().find(|it| it.id == edge.pkg) else { continue };
            if !declared.clone().any(|it| it.name == to.name.as_str()) {
                found.insert(Arrow {
                    from: package.name.to_string(),
                    to: to.name.to_string(),
                    ours: members.contains(to.name.as_str()),
                    optional: false,
                    default_features: true,
                });
            }
        }
    }
    found
}

fn complaints(members: &BTreeSet<String>, arrows: &BTreeSet<Arrow>) -> Vec<String> {
    let mut found = Vec::new();
    let room = |name: &str| ROOMS.iter().find(|room| room.name == name);
    for name in members {
        if room(name).is_none() && !FREE.contains(&name.as_str()) {
            found.push(format!("{name}: which crates may it depend on? `ROOMS` does not say"));
        }
    }
    for Arrow { from, to, ours, optional, default_features } in arrows {
        if FREE.contains(&to.as_str()) {
            found.push(format!("{from} → {to}: nothing depends on the tests"));
        }
        let Some(room) = room(from) else { continue };
        if *ours {
            if !room.ours.contains(&to.as_str()) {
                found.push(format!("{from} → {to}: this arrow is not allowed"));
            }
        } else if let Outside::Only { always, optional: behind } = &room.outside {
            if behind.contains(&to.as_str()) {
                if !optional {
                    found.push(format!("{from} → {to}: only behind a feature"));
                }
            } else if !always.contains(&to.as_str()) {
                found.push(format!("{from} → {to}: not among the few dependencies of this crate"));
            }
            if *default_features {
                found.push(format!("{from} → {to}: default features bring std"));
            }
        }
    }
    found
}

#[test]
fn arrows_run_one_way() -> Outcome {
    let metadata = workspace()?;
    let members = metadata.workspace_packages().iter().map(|it| it.name.to_string()).collect();
    let arrows = arrows(&metadata);
    assert!(arrows.iter().any(|it| it.from == "handover-wire" && it.to == "handover" && it.ours));
    settled(&complaints(&members, &arrows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(from: &str, to: &str, ours: bool, optional: bool, default_features: bool) -> Vec<String> {
        let arrow = Arrow { from: from.into(), to: to.into(), ours, optional, default_features };
        complaints(&BTreeSet::from([from.to_owned()]), &BTreeSet::from([arrow]))
    }

    #[test]
    fn the_domain_takes_little_from_outside() {
        assert!(tried("handover", "uuid", false, false, false).is_empty());
        assert!(tried("handover", "serde", false, true, false).is_empty());
        assert_eq!(tried("handover", "tokio", false, false, false).len(), 1);
        assert_eq!(tried("handover", "serde", false, false, false).len(), 1);
        assert_eq!(tried("handover", "uuid", false, false, true).len(), 1);
    }

    #[test]
    fn no_arrow_runs_back() {
        assert!(tried("handover-cli", "handover-wire", true, false, true).is_empty());
        assert_eq!(tried("handover", "handover-wire", true, false, false).len(), 1);
        assert_eq!(tried("handover-sqlite", "handover", true, false, false).len(), 1);
        assert_eq!(tried("handover-wire", "handover-tests", true, false, false).len(), 2);
    }

    #[test]
    fn a_crate_that_nobody_placed_is_reported() {
        assert_eq!(tried("handover-new", "serde", false, false, true).len(), 1);
    }
}
