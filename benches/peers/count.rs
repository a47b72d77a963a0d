//! The floor under every run: records of CSV files, counted and nothing else: `count --with csv|simd-csv --threads 2 FILE...`.
//!
//! `csv` finds every field of every record, as any program built on that crate does; `simd-csv` is asked for records only, by the
//! fastest reader it has. With several threads each file is cut into as many parts of nearly one size, at line ends: the files
//! that `workload` writes have no line ends within quotes. A file of gzip cannot be cut and is read by one thread.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::thread;

use flate2::read::MultiGzDecoder;

/// As much as the readers of hotlist take at a time.
const BLOCK: usize = 1 << 20;

/// Which crate reads.
#[derive(Clone, Copy)]
enum Counter {
    Csv,
    SimdCsv,
}

impl Counter {
    /// The records that a reader gives; no header is expected.
    fn records(self, reader: impl Read) -> Result<u64, String> {
        match self {
            Self::Csv => {
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .buffer_capacity(BLOCK)
                    .from_reader(reader);
                let mut record = csv::ByteRecord::new();
                let mut count = 0;
                while reader
                    .read_byte_record(&mut record)
                    .map_err(|error| error.to_string())?
                {
                    count += 1;
                }
                Ok(count)
            }
            Self::SimdCsv => simd_csv::SplitterBuilder::new()
                .has_headers(false)
                .buffer_capacity(BLOCK)
                .from_reader(reader)
                .count_records()
                .map_err(|error| error.to_string()),
        }
    }

    fn records_of_file(self, path: &Path, threads: u64) -> Result<u64, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        if path.extension().is_some_and(|ending| ending == "gz") {
            return self.records(MultiGzDecoder::new(File::open(path).map_err(failed)?));
        }
        let edges = edges(path, threads).map_err(failed)?;
        let part = |from: u64, to: u64| {
            let mut file = File::open(path).map_err(failed)?;
            file.seek(SeekFrom::Start(from)).map_err(failed)?;
            self.records(file.take(to - from))
        };
        thread::scope(|scope| {
            let parts: Vec<_> = edges
                .windows(2)
                .map(|edges| (edges[0], edges[1]))
                .map(|(from, to)| scope.spawn(move || part(from, to)))
                .collect();
            let joined = |part: thread::ScopedJoinHandle<'_, Result<u64, String>>| {
                part.join()
                    .unwrap_or_else(|_| Err("a thread failed".to_owned()))
            };
            parts.into_iter().map(joined).sum()
        })
    }
}

/// Where the parts of a file begin, and where the last one ends.
fn edges(path: &Path, parts: u64) -> std::io::Result<Vec<u64>> {
    let mut file = File::open(path)?;
    let end = file.metadata()?.len();
    let mut edges = vec![0];
    for part in 1..parts {
        let near = end / parts * part;
        file.seek(SeekFrom::Start(near))?;
        let mut rest_of_line = Vec::new();
        BufReader::new(&file).read_until(b'\n', &mut rest_of_line)?;
        edges.push(near + rest_of_line.len() as u64);
    }
    edges.push(end);
    Ok(edges)
}

#[expect(clippy::print_stdout, reason = "the count is what it is for")]
fn main() -> Result<(), Box<dyn Error>> {
    let (mut counter, mut threads, mut files) = (Counter::Csv, 1, Vec::<PathBuf>::new());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--with" => {
                counter = match words.next().as_deref() {
                    Some("csv") => Counter::Csv,
                    Some("simd-csv") => Counter::SimdCsv,
                    _ => return Err("--with csv or --with simd-csv".into()),
                }
            }
            "--threads" => {
                let number = words.next().ok_or("--threads needs a number")?;
                threads = number.parse::<u64>()?.max(1);
            }
            _ => files.push(word.into()),
        }
    }
    let mut count = 0;
    for file in &files {
        count += counter.records_of_file(file, threads)?;
    }
    println!("{count}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn every_record_counts_once_whatever_the_threads() {
        let mut file = tempfile::Builder::new()
            .suffix(".csv")
            .tempfile()
            .expect("a file");
        let mut text = String::from("id,note\n");
        for row in 0..1_000 {
            text += &format!("{row},\"{}, and\"\n", "x".repeat(row % 37));
        }
        file.write_all(text.as_bytes()).expect("written");
        for counter in [Counter::Csv, Counter::SimdCsv] {
            for threads in [1, 2, 3, 64] {
                let count = counter.records_of_file(file.path(), threads);
                assert_eq!(count, Ok(1_001), "{threads} threads");
            }
        }
    }
}
