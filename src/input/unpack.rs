//! Compressed inputs: gzip and Zstandard, told by content and unpacked while they are read.
//!
//! Several members or frames in a row are one text, as `cat a.gz b.gz` makes it. What is unpacked may not outgrow what
//! was read by much: a small file that swells without end is an attack or an accident, and either way no export.

use std::fmt;
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::refused::Refused;
use super::steady::Changed;
use crate::diagnostic::Diagnostic;

/// How much larger than what was read of the file its content may be.
const MOST_TIMES: u64 = 200;

/// What content may come to however little was read of the file, in bytes.
const ALWAYS_ALLOWED: u64 = 256 * 1024 * 1024;

/// Binary logarithm of the window that Zstandard may ask for: 128 MiB of memory.
const MOST_WINDOW: u32 = 27;

/// Bytes that are read of a file at a time.
const AT_A_TIME: usize = 64 * 1024;

/// How an input is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// As `gzip` writes it.
    Gzip,
    /// As `zstd` writes it.
    Zstd,
}

impl Compression {
    /// The compression of a file that begins with `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x1f\x8b") {
            Some(Self::Gzip)
        } else if bytes.starts_with(b"\x28\xb5\x2f\xfd") || begins_skippable(bytes) {
            Some(Self::Zstd)
        } else {
            None
        }
    }
}

/// Whether bytes begin with a frame of Zstandard that is passed over, as parallel compressors write first.
fn begins_skippable(bytes: &[u8]) -> bool {
    matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Zstd => "Zstandard",
        })
    }
}

/// How many bytes may come of a file of which `packed` were read: what the user told, or what no export exceeds.
pub(super) fn most_unpacked(told: Option<u64>, packed: u64) -> u64 {
    told.unwrap_or_else(|| packed.saturating_mul(MOST_TIMES).max(ALWAYS_ALLOWED))
}

/// The refusal of an input whose content outgrows `limit`.
pub(super) fn outgrown(name: &str, limit: u64) -> Diagnostic {
    let message = format!(
        "{name} unpacks to more than {}, which is much for its size",
        in_words(limit)
    );
    Diagnostic::error("unpacked-too-large", message)
        .hint("if it is as it should be, allow more, for instance --max-unpacked 20GiB")
}

/// A number of bytes in the largest unit that leaves no fraction.
pub(super) fn in_words(bytes: u64) -> String {
    for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] {
        if bytes >= 1 << shift && (bytes.is_multiple_of(1 << shift) || bytes >> shift >= 100) {
            return format!("{} {unit}", bytes >> shift);
        }
    }
    format!("{bytes} bytes")
}

/// Counts the bytes that are read from a file.
struct Counted {
    reader: Box<dyn Read + Send>,
    count: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(buffer)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

enum Decoder {
    Gzip(Box<MultiGzDecoder<BufReader<Counted>>>),
    Zstd(Box<zstd::Decoder<'static, BufReader<Counted>>>),
}

/// The content of a compressed input.
pub(super) struct Unpacked {
    name: String,
    compression: Compression,
    decoder: Decoder,
    /// Bytes read of the file.
    packed: Arc<AtomicU64>,
    /// Bytes that came of them.
    given: u64,
    told: Option<u64>,
}

impl Unpacked {
    /// Unpacks `reader`, called `name` in messages; `told` is how many bytes the user allows.
    pub fn new(
        name: &str,
        compression: Compression,
        reader: Box<dyn Read + Send>,
        told: Option<u64>,
    ) -> io::Result<Self> {
        let packed = Arc::new(AtomicU64::new(0));
        let counted = Counted {
            reader,
            count: Arc::clone(&packed),
        };
        let decoder = match compression {
            Compression::Gzip => {
                let file = BufReader::with_capacity(AT_A_TIME, counted);
                Decoder::Gzip(Box::new(MultiGzDecoder::new(file)))
            }
            Compression::Zstd => {
                let mut decoder = zstd::Decoder::new(counted)?;
                decoder.window_log_max(MOST_WINDOW)?;
                Decoder::Zstd(Box::new(decoder))
            }
        };
        Ok(Self {
            name: name.to_owned(),
            compression,
            decoder,
            packed,
            given: 0,
            told,
        })
    }

    /// The refusal that an error of the decoder stands for; an error of the file itself stays what it is.
    fn refusal(&mut self, error: io::Error) -> io::Error {
        let of_the_file = |error: &io::Error| {
            let cause = error
                .get_ref()
                .and_then(|cause| cause.downcast_ref::<Changed>());
            error.raw_os_error().is_some() || cause.is_some()
        };
        if of_the_file(&error) {
            return error;
        }
        let (name, compression) = (&self.name, self.compression);
        let diagnostic = if error.kind() == io::ErrorKind::UnexpectedEof {
            let message = format!("{name} breaks off in the middle of its {compression} data");
            Diagnostic::error("truncated-file", message).hint("is the download complete?")
        } else if error.to_string().contains("too much memory") {
            let message = format!("{name} takes more than 128 MiB of memory to be unpacked");
            Diagnostic::error("unpacked-too-large", message)
                .hint("compress it again without --long or --ultra")
        } else {
            let message = format!("{name} is damaged: its {compression} data cannot be unpacked");
            Diagnostic::error("damaged-file", message).hint("download or export it again")
        };
        // A file that is written to while it is read looks damaged, and only its end tells.
        match self.drain() {
            Err(error) if of_the_file(&error) => error,
            _ => Refused(diagnostic).into(),
        }
    }

    /// Reads the file to its end.
    fn drain(&mut self) -> io::Result<u64> {
        let file = match &mut self.decoder {
            Decoder::Gzip(decoder) => decoder.get_mut(),
            Decoder::Zstd(decoder) => decoder.get_mut(),
        };
        io::copy(file, &mut io::sink())
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.decoder {
            Decoder::Gzip(decoder) => decoder.read(buffer),
            Decoder::Zstd(decoder) => decoder.read(buffer),
        };
        let length = match read {
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => return Err(self.refusal(error)),
        };
        self.given += length as u64;
        let limit = most_unpacked(self.told, self.packed.load(Ordering::Relaxed));
        if self.given > limit {
            return Err(Refused(outgrown(&self.name, limit)).into());
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use crate::diagnostic::{Kind, Report};
    use crate::input::feed::failed;

    const ROWS: &str = "contact_id,name\n1,Ann\n2,Bob\n";

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    fn packed(compression: Compression, text: &[u8]) -> Vec<u8> {
        match compression {
            Compression::Gzip => gzip(text),
            Compression::Zstd => {
                let mut packer = zstd::Encoder::new(Vec::new(), 3).unwrap();
                // As the `zstd` command does; without it damage may go unseen.
                packer.include_checksum(true).unwrap();
                packer.write_all(text).unwrap();
                packer.finish().unwrap()
            }
        }
    }

    fn unpacked(bytes: Vec<u8>, told: Option<u64>) -> Result<String, Report> {
        let compression = Compression::of(&bytes).unwrap();
        let reader = Box::new(Cursor::new(bytes));
        let mut unpacked = Unpacked::new("x.gz", compression, reader, told).unwrap();
        let mut text = String::new();
        match unpacked.read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(error) => Err(failed("x.gz", &error)),
        }
    }

    const BOTH: [Compression; 2] = [Compression::Gzip, Compression::Zstd];

    #[test]
    fn several_members_are_one_text() {
        for compression in BOTH {
            let bytes = [
                packed(compression, ROWS.as_bytes()),
                packed(compression, b"3,Cy\n"),
            ]
            .concat();
            assert_eq!(unpacked(bytes, None).unwrap(), format!("{ROWS}3,Cy\n"));
        }
    }

    #[test]
    fn data_that_breaks_off_anywhere_is_refused() {
        for compression in BOTH {
            let bytes = packed(compression, ROWS.as_bytes());
            for length in 4..bytes.len() {
                let report = unpacked(bytes[..length].to_vec(), None).unwrap_err();
                assert_eq!(report.kind, Kind::Data);
                assert_eq!(report.diagnostics[0].code, "truncated-file", "{length}");
                let message = format!("x.gz breaks off in the middle of its {compression} data");
                assert_eq!(report.to_string(), message);
            }
        }
    }

    #[test]
    fn damaged_data_is_refused() {
        for compression in BOTH {
            let mut bytes = packed(compression, &ROWS.repeat(100).into_bytes());
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x55;
            let report = unpacked(bytes, None).unwrap_err();
            let code = report.diagnostics[0].code;
            assert!(
                matches!(code, "damaged-file" | "truncated-file"),
                "{report}"
            );
            let mut followed = packed(compression, ROWS.as_bytes());
            followed.extend(b"and so on, without any compression");
            let report = unpacked(followed, None).unwrap_err();
            assert_eq!(report.diagnostics[0].code, "damaged-file", "{report}");
        }
    }

    #[test]
    fn content_that_swells_without_end_is_refused_unless_it_is_allowed() {
        for compression in BOTH {
            let bytes = packed(compression, &vec![b'a'; 1 << 20]);
            let report = unpacked(bytes.clone(), Some(1 << 19)).unwrap_err();
            assert_eq!(report.diagnostics[0].code, "unpacked-too-large");
            assert!(report.to_string().contains("512 KiB"), "{report}");
            assert_eq!(unpacked(bytes, Some(1 << 20)).unwrap().len(), 1 << 20);
        }
        assert_eq!(most_unpacked(None, 10), 256 << 20);
        assert_eq!(most_unpacked(None, 10 << 20), 2000 << 20);
        assert_eq!(most_unpacked(Some(7), 10 << 20), 7);
    }

    #[test]
    fn sizes_are_said_in_a_unit_that_fits() {
        assert_eq!(in_words(256 << 20), "256 MiB");
        assert_eq!(in_words(20 << 30), "20 GiB");
        assert_eq!(in_words((300 << 20) + 17), "300 MiB");
        assert_eq!(in_words(17), "17 bytes");
    }
}
