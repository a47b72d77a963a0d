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

#[cfg(test)]
mod tests {
    use super::*;

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
