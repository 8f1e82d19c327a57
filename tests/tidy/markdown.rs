//! Prose points at what is there: links, sections and the paths in inline code.

use crate::tree::{Tree, directory, join};
use crate::{Outcome, settled};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};

/// Inline code that begins with one of these is a path from the root.
const TOP: &[&str] = &["crates", "tests", "benches", "docs", "dossiers", ".ci", ".github", ".cargo"];

/// What a page offers to links, and what it points at.
#[derive(Default)]
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
    codes: Vec<String>,
}

fn page(text: &str) -> Page {
    let mut page = Page::default();
    let mut heading: Option<String> = None;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.links.push(dest_url.into_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let slug = slug(&heading.take().unwrap_or_default());
                let times = seen.entry(slug.clone()).or_default();
                page.anchors.insert(if *times == 0 { slug } else { format!("{slug}-{times}") });
                *times = times.saturating_add(1);
            }
            Event::Text(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Code(code) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&code);
                }
                page.codes.push(code.into_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let ids = html.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next());
                page.anchors.extend(ids.map(str::to_owned));
            }
            _ => {}
        }
    }
    page
}

/// The anchor that forges give to a heading.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Whether the link leads out of the repository's files (a scheme, such as `https:`).
fn leads_away(link: &str) -> bool {
    link.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// The path that inline code names, if it looks like one of this repository.
fn repository_path(code: &str) -> Option<&str> {
    let path = match code.rsplit_once(':') {
        Some((path, line)) if line.chars().all(|c| c.is_ascii_digit()) => path,
        _ => code,
    };
    let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-'));
    let (top, rest) = path.split_once('/')?;
    (plain && TOP.contains(&top) && !rest.is_empty() && !path.contains("NNNN") && !path.contains("..."))
        .then_some(path)
}

fn complaints(tree: &Tree) -> Vec<String> {
    let pages: BTreeMap<&str, Page> = tree.ending("md").map(|(path, text)| (path, page(text))).collect();
    let mut found = Vec::new();
    for (at, page) in &pages {
        let here = directory(at);
        for link in page.links.iter().filter(|link| !leads_away(link)) {
            let (path, section) = link.split_once('#').unwrap_or((link, ""));
            let path = path.split('?').next().unwrap_or_default().replace("%20", " ");
            let target = match path.as_str() {
                "" => Some((*at).to_owned()),
                path if path.starts_with('/') => None,
                path => join(here, path),
            };
            let Some(target) = target.filter(|target| tree.has(target)) else {
                found.push(format!("{at}: the link `{link}` leads nowhere"));
                continue;
            };
            let lost = pages.get(target.as_str()).is_some_and(|page| !page.anchors.contains(section));
            if !section.is_empty() && lost {
                found.push(format!("{at}: the link `{link}` names a section that {target} does not have"));
            }
        }
        for path in page.codes.iter().filter_map(|code| repository_path(code)) {
            if !tree.has(path) && !join(here, path).is_some_and(|path| tree.has(&path)) {
                found.push(format!("{at}: `{path}` is not there"));
            }
        }
    }
    found
}

#[test]
fn prose_points_at_what_is_there() -> Outcome {
    settled(&complaints(&Tree::repository()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(text: &str) -> Vec<String> {
        let other = "# A Title, with `code`\n## Twice\n## Twice\n<a id=\"by-hand\"></a>\n";
        complaints(&Tree::of(&[("README.md", other), ("docs/a.md", text), ("crates/a/src/lib.rs", "")]))
    }

    #[test]
    fn a_dead_link_is_reported() {
        assert_eq!(
            tried("[a](b.md) [b](../../c.md) [c](/README.md) ![d](e.png)\n\n[e][f]\n\n[f]: g.md").len(),
            5
        );
        assert!(
            tried("[a](../README.md) [b](https://example.org/x) [c](mailto:a@example.org) [d](../crates/a)")
                .is_empty()
        );
    }

    #[test]
    fn a_dead_section_is_reported() {
        assert_eq!(tried("[a](#nowhere) [b](../README.md#nowhere) [c](../README.md#twice-2)").len(), 3);
        assert!(tried("# Here\n[a](#here) [b](../README.md#a-title-with-code)").is_empty());
        assert!(tried("[c](../README.md#twice-1) [d](../README.md#by-hand)").is_empty());
    }

    #[test]
    fn a_dead_path_in_code_is_reported() {
        assert_eq!(tried("`crates/b` and `crates/a/src/lib.rss` and `docs/b.md:3`").len(), 3);
        let fine =
            "`crates/a/src/lib.rs` `crates/a/` `docs/a.md:3` `docs/decisions/NNNN-title.md` `crates/*/src`";
        assert!(tried(fine).is_empty());
        assert!(tried("`src/lib.rs` `a/b` `and/or` `1000..1200` `tests/`\n\n```\ncrates/b\n```").is_empty());
    }
}
