//! The parts of a workbook's archive, looked at before anything takes them into memory.
//!
//! What reads a workbook trusts it: it keeps all shared strings, and every piece of XML until it ends. So all that it
//! may read is unpacked here once, to nowhere, and held against limits; what an archive's directory says of sizes is
//! not relied upon.

use std::io::{self, BufRead, BufReader, Read, Seek};

use memchr::memchr;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::diagnostic::{Diagnostic, Kind, Report};
use crate::input::feed::failed;
use crate::input::table::Options;
use crate::input::unpack::{in_words, outgrown};

/// What shared strings may take in memory unless more is allowed, in bytes.
const SHARED_STRINGS: u64 = 128 * 1024 * 1024;

/// What a shared string takes in memory beside its own text, in bytes.
const A_STRING: u64 = 56;

/// How long the small parts may be that are read as a whole, such as the list of sheets and the styles.
const SMALL: u64 = 32 * 1024 * 1024;

/// More shared strings than there are may be announced, because memory is set aside for them.
const ANNOUNCED: u64 = 1_000_000;

/// What a part of the archive is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The cells of a sheet.
    Sheet,
    /// The texts that cells refer to.
    SharedStrings,
    /// What is read as a whole.
    Small,
    /// What is never read: pictures, caches, properties.
    Unread,
}

impl Role {
    /// The role of the part `name`; `targets` is the text in which the workbook names its parts. Both are in small
    /// letters.
    fn of(name: &str, targets: &str) -> Self {
        let base = name.rsplit('/').next().unwrap_or_default();
        if base.rsplit('.').next() == Some("rels") {
            Self::Small
        } else if base.contains("sharedstrings") {
            Self::SharedStrings
        } else if name.contains("worksheets/") {
            Self::Sheet
        } else if [
            "workbook.xml",
            "styles.xml",
            "theme1.xml",
            "[content_types].xml",
        ]
        .contains(&base)
        {
            Self::Small
        } else if targets.contains(base) && !name.contains("pivotcache") {
            // A sheet may have any name.
            Self::Sheet
        } else {
            Self::Unread
        }
    }
}

/// Refuses an archive that is no workbook, that is damaged, or of which more would come than `limit` bytes.
pub(super) fn check(
    name: &str,
    file: &mut (impl Read + Seek),
    limit: u64,
    options: &Options,
) -> Result<(), Report> {
    let mut archive = ZipArchive::new(&mut *file).map_err(|error| unreadable(name, error))?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|e| unreadable(name, e))?;
        let part = part.name().map_err(|error| unreadable(name, error))?;
        parts.push(part.replace('\\', "/").to_ascii_lowercase());
    }
    if !parts.iter().any(|part| part == "xl/workbook.xml") {
        return Err(no_workbook(name, &parts));
    }
    let mut targets = String::new();
    let index = parts
        .iter()
        .position(|part| part == "xl/_rels/workbook.xml.rels");
    if let Some(index) = index {
        let part = archive.by_index(index).map_err(|e| unreadable(name, e))?;
        part.take(SMALL)
            .read_to_string(&mut targets)
            .map_err(|error| damaged(name, &error))?;
        targets.make_ascii_lowercase();
    }
    for (index, part) in parts.iter().enumerate() {
        let role = Role::of(part, &targets);
        if role == Role::Unread {
            continue;
        }
        let part = archive.by_index(index).map_err(|e| unreadable(name, e))?;
        let longest = options.most_record() as u64;
        let mut scan = Scan::new(role, longest);
        let mut part = BufReader::with_capacity(64 * 1024, part);
        while !scan.is_done() {
            let chunk = part.fill_buf().map_err(|error| damaged(name, &error))?;
            if chunk.is_empty() {
                break;
            }
            let length = chunk.len();
            scan.look_at(chunk);
            part.consume(length);
            if scan.is_too_long() {
                return Err(too_long(name, longest));
            }
            let allowed = match role {
                Role::SharedStrings => options.max_unpacked.unwrap_or(SHARED_STRINGS).min(limit),
                Role::Small => SMALL,
                Role::Sheet | Role::Unread => limit,
            };
            if scan.memory() > allowed {
                return Err(refused(outgrown(name, allowed)));
            }
        }
        if role == Role::SharedStrings && scan.announced() > scan.strings.max(ANNOUNCED) {
            let error = io::Error::other("it announces more shared strings than it has");
            return Err(damaged(name, &error));
        }
    }
    Ok(())
}

/// Where in a part the scan stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// In text or in a tag, as long as no markup begins.
    Plain,
    /// Behind `<`: as much of the name or of `!--` and the like as was seen.
    Tag,
    /// In what ends with these three bytes, a comment, or these two, an instruction.
    Until(&'static [u8]),
}

/// Looks through XML for pieces that are too long to be held.
struct Scan {
    role: Role,
    longest: u64,
    state: State,
    /// The last bytes seen where they matter.
    seen: Vec<u8>,
    /// The first bytes of the part.
    beginning: Vec<u8>,
    length: u64,
    /// How long what is at hand has been since the last end of a cell, of a shared string or of a row.
    piece: u64,
    strings: u64,
    done: bool,
}

impl Scan {
    fn new(role: Role, longest: u64) -> Self {
        Self {
            role,
            longest,
            state: State::Plain,
            seen: Vec::new(),
            beginning: Vec::new(),
            length: 0,
            piece: 0,
            strings: 0,
            done: false,
        }
    }

    fn look_at(&mut self, mut chunk: &[u8]) {
        self.length += chunk.len() as u64;
        let room = 4096_usize.saturating_sub(self.beginning.len());
        self.beginning
            .extend_from_slice(&chunk[..room.min(chunk.len())]);
        if self.role == Role::Small {
            return;
        }
        while let Some(first) = chunk.first().copied() {
            let passed = match self.state {
                State::Plain => {
                    let tag = memchr(b'<', chunk);
                    if tag.is_some() {
                        self.state = State::Tag;
                        self.seen.clear();
                    }
                    tag.map_or(chunk.len(), |at| at + 1)
                }
                State::Tag => {
                    self.seen.push(first);
                    self.tag();
                    1
                }
                State::Until(end) => {
                    if self.seen.len() == end.len() {
                        self.seen.remove(0);
                    }
                    self.seen.push(first);
                    if self.seen == end {
                        self.state = State::Plain;
                    }
                    1
                }
            };
            self.piece += passed as u64;
            if self.piece > self.longest {
                return;
            }
            chunk = &chunk[passed..];
        }
    }

    /// Behind `<` and what was seen since.
    fn tag(&mut self) {
        let seen = self.seen.as_slice();
        let until = match seen {
            b"?" => Some(b"?>".as_slice()),
            b"!--" => Some(b"-->".as_slice()),
            b"![CDATA[" => Some(b"]]>".as_slice()),
            _ => None,
        };
        if let Some(end) = until {
            self.state = State::Until(end);
            self.seen.clear();
            return;
        }
        let is_ended = seen
            .last()
            .is_some_and(|b| b.is_ascii_whitespace() || *b == b'>');
        if !is_ended && seen.len() < 64 {
            return;
        }
        self.state = State::Plain;
        let name = &seen[..seen.len() - 1];
        if let Some(name) = name.strip_prefix(b"/") {
            match local(name) {
                b"c" | b"row" => self.piece = 0,
                b"si" => {
                    self.piece = 0;
                    self.strings += 1;
                }
                // What follows the cells is not read.
                b"sheetData" => self.done = true,
                _ => {}
            }
        }
    }

    fn is_done(&self) -> bool {
        self.done
    }

    fn is_too_long(&self) -> bool {
        self.piece > self.longest
    }

    /// What the part takes, in bytes: its length, and for shared strings what each takes beside its text.
    fn memory(&self) -> u64 {
        self.length + self.strings * A_STRING
    }

    /// How many shared strings the part says that it has.
    fn announced(&self) -> u64 {
        let text = String::from_utf8_lossy(&self.beginning);
        let number = text.split_once("uniqueCount").and_then(|(_, rest)| {
            let rest = rest.trim_start().strip_prefix('=')?.trim_start();
            let digits = rest.trim_start_matches(['"', '\'']);
            let end = digits.find(|c: char| !c.is_ascii_digit())?;
            Some(digits[..end].parse().unwrap_or(u64::MAX))
        });
        number.unwrap_or(0)
    }
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    name.rsplit(|byte| *byte == b':').next().unwrap_or(name)
}

/// The refusal of an archive that holds no workbook.
fn no_workbook(name: &str, parts: &[String]) -> Report {
    let has = |wanted: &str| parts.iter().any(|part| part == wanted);
    let (what, hint) = if has("xl/workbook.bin") {
        (
            "a binary Excel workbook (.xlsb)",
            "save it as .xlsx or as CSV UTF-8",
        )
    } else if has("content.xml") && has("meta-inf/manifest.xml") {
        (
            "an OpenDocument file, as LibreOffice writes it (.ods)",
            "save the sheet as .xlsx or as CSV UTF-8",
        )
    } else {
        (
            "a ZIP archive that holds no workbook",
            "unpack it and give the files in it",
        )
    };
    let message = format!("{name} is {what}");
    refused(Diagnostic::error("foreign-format", message).hint(hint))
}

fn unreadable(name: &str, error: ZipError) -> Report {
    match error {
        ZipError::Io(error) => damaged(name, &error),
        ZipError::InvalidArchive(_) => {
            let message = format!("{name} breaks off, or is damaged: a ZIP archive ends otherwise");
            refused(Diagnostic::error("truncated-file", message).hint("is the download complete?"))
        }
        other => damaged(name, &io::Error::other(other.to_string())),
    }
}

fn damaged(name: &str, error: &io::Error) -> Report {
    if error.raw_os_error().is_some() {
        return failed(name, error);
    }
    let message = format!("{name} is damaged: {error}");
    refused(Diagnostic::error("damaged-file", message).hint("download or export it again"))
}

fn too_long(name: &str, longest: u64) -> Report {
    let message = format!(
        "{name} has a cell that is longer than {}",
        in_words(longest)
    );
    refused(
        Diagnostic::error("record-too-long", message)
            .hint("Excel's own cells have 32,767 characters at the most"),
    )
}

fn refused(diagnostic: Diagnostic) -> Report {
    Report::new(Kind::Data, diagnostic)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The longest piece that a scan of `text` met, in steps of one byte, and how many strings it counted.
    fn longest(role: Role, text: &str) -> (u64, u64) {
        let mut scan = Scan::new(role, u64::MAX);
        let mut longest = 0;
        for byte in text.as_bytes() {
            if scan.is_done() {
                break;
            }
            scan.look_at(&[*byte]);
            longest = longest.max(scan.piece);
        }
        (longest, scan.strings)
    }

    #[test]
    fn cells_and_strings_end_pieces_and_nothing_in_comments_does() {
        let cells = "<row><c><v>1</v></c><c r='B1'><v>2</v></c></row>";
        assert!(longest(Role::Sheet, cells).0 < 25);
        let hidden = "<c><!-- </c></c></c></c></c> --></c>";
        assert!(longest(Role::Sheet, hidden).0 > 30);
        let hidden = "<c><![CDATA[</c></c></c></c>]]></c>";
        assert!(longest(Role::Sheet, hidden).0 > 30);
        assert_eq!(
            longest(Role::SharedStrings, "<sst><x:si><t>a</t></x:si><si/></sst>").1,
            1
        );
        let rest = "<sheetData></sheetData><a/><a/><a/><a/><a/><a/><a/><a/>";
        assert!(longest(Role::Sheet, rest).0 < 25);
    }

    #[test]
    fn the_number_of_strings_that_is_announced_is_found() {
        let announced = |text: &str| {
            let mut scan = Scan::new(Role::SharedStrings, 1000);
            scan.look_at(text.as_bytes());
            scan.announced()
        };
        assert_eq!(announced("<sst count=\"9\" uniqueCount=\"7\">"), 7);
        assert_eq!(
            announced("<sst uniqueCount='99999999999999999999'>"),
            u64::MAX
        );
        assert_eq!(announced("<sst>"), 0);
    }

    #[test]
    fn parts_are_known_by_their_names_and_by_who_names_them() {
        let targets = "target=\"odd/one.xml\" target=\"pivotcache/p1.xml\"";
        for (name, role) in [
            ("xl/worksheets/sheet1.xml", Role::Sheet),
            ("xl/worksheets/_rels/sheet1.xml.rels", Role::Small),
            ("xl/sharedstrings.xml", Role::SharedStrings),
            ("xl/styles.xml", Role::Small),
            ("xl/odd/one.xml", Role::Sheet),
            ("xl/media/image1.png", Role::Unread),
            ("xl/pivotcache/p1.xml", Role::Unread),
        ] {
            assert_eq!(Role::of(name, targets), role, "{name}");
        }
    }
}
