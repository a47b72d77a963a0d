//! Cells that hold several tags: `Hot Lead; Newsletter`.

use super::trim;

/// Whether one of the comma- or semicolon-separated values of a cell, trimmed, equals the tag exactly. An empty tag is
/// no tag and is never there.
///
/// ```
/// # use hotlist::value::has_tag;
/// assert!(has_tag("Hot Lead; Newsletter", "Newsletter"));
/// assert!(!has_tag("Hot Lead; Newsletter", "Hot"));
/// ```
pub fn has_tag(cell: &str, tag: &str) -> bool {
    let tag = trim(tag);
    !tag.is_empty() && cell.split([',', ';']).any(|value| trim(value) == tag)
}

/// The comma- or semicolon-separated values of a cell, trimmed, without empty ones.
pub fn tags(cell: &str) -> impl Iterator<Item = &str> + Clone {
    cell.split([',', ';'])
        .map(trim)
        .filter(|tag| !tag.is_empty())
}

/// The tags of a cell without those that `is_stale` takes, and with `tag` behind them; separated as the cell
/// separates them, by commas where it has none.
///
/// ```
/// # use hotlist::value::retagged;
/// let is_stale = |tag: &str| tag.ends_with("Lead");
/// assert_eq!(retagged("Cold Lead; Newsletter", Some("Hot Lead"), is_stale), "Newsletter; Hot Lead");
/// ```
pub fn retagged(cell: &str, tag: Option<&str>, is_stale: impl Fn(&str) -> bool) -> String {
    let separator = if cell.contains(';') { "; " } else { ", " };
    let kept: Vec<&str> = tags(cell).filter(|tag| !is_stale(tag)).chain(tag).collect();
    kept.join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_tag_goes_and_the_new_one_comes_last() {
        let is_stale = |tag: &str| ["Hot Lead", "Cold Lead"].contains(&tag);
        for (cell, wanted) in [
            ("", "Hot Lead"),
            ("Cold Lead", "Hot Lead"),
            ("vip,Cold Lead , news", "vip, news, Hot Lead"),
            ("vip;Hot Lead;", "vip; Hot Lead"),
            ("Very Cold Lead", "Very Cold Lead, Hot Lead"),
        ] {
            assert_eq!(
                retagged(cell, Some("Hot Lead"), is_stale),
                wanted,
                "{cell:?}"
            );
        }
        assert_eq!(retagged("vip, Cold Lead", None, is_stale), "vip");
    }

    #[test]
    fn a_tag_is_found_whatever_separates_it() {
        for cell in ["vip", " vip ", "new,vip", "new; vip ;old", "vip;", ",vip"] {
            assert!(has_tag(cell, "vip"), "{cell:?}");
        }
    }

    #[test]
    fn part_of_a_tag_or_another_case_is_not_the_tag() {
        for cell in ["", "vip2", "VIP", "very vip", "v,ip", "vip|new"] {
            assert!(!has_tag(cell, "vip"), "{cell:?}");
        }
    }

    #[test]
    fn an_empty_tag_is_never_there() {
        assert!(!has_tag("a,,b", ""));
    }
}
