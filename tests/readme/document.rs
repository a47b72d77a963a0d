//! The fenced blocks and the links of a Markdown document.

/// A fenced block.
#[derive(Debug, PartialEq, Eq)]
pub struct Block<'d> {
    /// The first word behind the fence.
    pub language: &'d str,
    /// The second: the name of the file that the block is.
    pub file: Option<&'d str>,
    /// Number, from 1, of the first line inside.
    pub first_line: usize,
    pub lines: Vec<&'d str>,
}

impl Block<'_> {
    /// What stands inside, each line with its end.
    pub fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }
}

/// All fenced blocks, in order.
pub fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for (number, line) in (1..).zip(document.lines()) {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(info), None) => {
                let mut words = info.split_whitespace();
                open = Some(Block {
                    language: words.next().unwrap_or_default(),
                    file: words.next(),
                    first_line: number + 1,
                    lines: Vec::new(),
                });
            }
            (None, Some(block)) => block.lines.push(line),
            (None, None) => {}
        }
    }
    assert_eq!(open, None, "every block is closed");
    blocks
}

/// The targets of all links `[…](target)` outside of blocks.
pub fn links(document: &str) -> Vec<&str> {
    let inside: Vec<usize> = blocks(document)
        .iter()
        .flat_map(|block| block.first_line..block.first_line + block.lines.len())
        .collect();
    (1..)
        .zip(document.lines())
        .filter(|(number, _)| !inside.contains(number))
        .flat_map(|(_, line)| line.split("](").skip(1))
        .filter_map(|rest| rest.split(')').next())
        .collect()
}
