//! A list written in a format: on several threads where its leads are texts of their own.
//!
//! The list is cut into stretches. Each thread takes the next, puts its leads into a buffer, waits for its turn, and
//! writes the buffer out. So the bytes are the same whatever the number of threads, and memory holds one stretch for
//! each of them.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::rows::Rows;
use super::{Exporter, Summary};
use crate::engine::spread;
use crate::rank::{Lead, Parts};

/// Leads of a stretch: enough that threads seldom wait for one another, few enough to stay in a processor's cache.
const STRETCH: usize = 512;

/// Leads to be written.
pub trait Leads: Sync {
    /// Calls `take` with the lead in each of these places of the list, until it fails. A lead has these parts at least.
    fn each(
        &self,
        places: &[u32],
        parts: Parts,
        take: &mut dyn FnMut(&Lead<'_>) -> io::Result<()>,
    ) -> io::Result<()>;
}

/// Writes the leads in these places of a list, in the order of the places.
pub fn write_list(
    leads: &dyn Leads,
    places: &[u32],
    exporter: &mut dyn Exporter,
    threads: usize,
    out: &mut (dyn Write + Send),
) -> io::Result<Summary> {
    exporter.begin(out)?;
    if let Some(wrote) = side_by_side(leads, places, exporter, threads, out) {
        exporter.wrote(wrote?);
    } else {
        leads.each(places, exporter.parts(), &mut |lead| {
            exporter.lead(lead, out)
        })?;
    }
    let wrote = exporter.finish(out)?;
    out.flush()?;
    Ok(wrote)
}

/// Writes the leads on several threads; None where the list is short, or the format has to see one lead after the
/// other.
fn side_by_side(
    leads: &dyn Leads,
    places: &[u32],
    exporter: &dyn Exporter,
    threads: usize,
    out: &mut (dyn Write + Send),
) -> Option<io::Result<Summary>> {
    let threads = threads.min(places.len().div_ceil(STRETCH));
    if threads < 2 {
        return None;
    }
    let writers: Option<Vec<_>> = (0..threads).map(|_| exporter.rows()).collect();
    let turns = Turns {
        leads,
        stretches: places.chunks(STRETCH).collect(),
        parts: exporter.parts(),
        claimed: AtomicUsize::new(0),
        turn: Mutex::new(Turn {
            next: 0,
            out,
            failed: None,
        }),
        changed: Condvar::new(),
    };
    let of_all = &turns;
    let jobs = writers?.into_iter().map(|rows| move || of_all.work(rows));
    let cells_escaped = spread(jobs.collect()).into_iter().sum();
    let turn = turns.turn.into_inner();
    Some(match turn.unwrap_or_else(PoisonError::into_inner).failed {
        Some(why) => Err(why),
        None => Ok(Summary {
            leads: places.len() as u64,
            cells_escaped,
            cells_cut: 0,
        }),
    })
}

/// The stretches of a list, and whose turn it is to write one out.
struct Turns<'l> {
    leads: &'l dyn Leads,
    stretches: Vec<&'l [u32]>,
    parts: Parts,
    /// How many stretches some thread has taken.
    claimed: AtomicUsize,
    turn: Mutex<Turn<'l>>,
    /// Told whenever the turn changes.
    changed: Condvar,
}

struct Turn<'l> {
    /// The stretch that is to be written next.
    next: usize,
    out: &'l mut (dyn Write + Send),
    /// Why nothing more can be written.
    failed: Option<io::Error>,
}

impl<'l> Turns<'l> {
    /// Takes stretch after stretch; gives how many cells had to be escaped.
    fn work(&self, mut rows: Box<dyn Rows + '_>) -> u64 {
        let _ends = EndsAll(self);
        let mut text = Vec::new();
        loop {
            let stretch = self.claimed.fetch_add(1, Ordering::Relaxed);
            let Some(places) = self.stretches.get(stretch) else {
                return rows.cells_escaped();
            };
            text.clear();
            let mut number = (stretch * STRETCH) as u64;
            let made = self.leads.each(places, self.parts, &mut |lead| {
                rows.lead(number, lead, &mut text)?;
                number += 1;
                Ok(())
            });
            let mut turn = self.turn();
            while turn.next != stretch && turn.failed.is_none() {
                turn = self
                    .changed
                    .wait(turn)
                    .unwrap_or_else(PoisonError::into_inner);
            }
            if turn.failed.is_some() {
                return 0;
            }
            match made.and_then(|()| turn.out.write_all(&text)) {
                Ok(()) => turn.next += 1,
                Err(why) => turn.failed = Some(why),
            }
            self.changed.notify_all();
        }
    }

    fn turn(&self) -> MutexGuard<'_, Turn<'l>> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets no thread wait for one that panics.
struct EndsAll<'t, 'l>(&'t Turns<'l>);

impl Drop for EndsAll<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.turn().failed = Some(io::Error::other("a thread panicked"));
            self.0.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Columns, Format, Settings, exporter, sample};
    use super::*;
    use crate::value::Zone;

    /// The leads of the sample over and over.
    struct Many(Vec<Lead<'static>>);

    impl Leads for Many {
        fn each(
            &self,
            places: &[u32],
            _: Parts,
            take: &mut dyn FnMut(&Lead<'_>) -> io::Result<()>,
        ) -> io::Result<()> {
            let mut places = places.iter();
            places.try_for_each(|place| take(&self.0[*place as usize % self.0.len()]))
        }
    }

    /// Takes so many bytes.
    struct Narrow(usize);

    impl Write for Narrow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self
                .0
                .checked_sub(bytes.len())
                .ok_or(io::ErrorKind::BrokenPipe)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(
        format: Format,
        columns: &Columns<'_>,
        leads: u32,
        threads: usize,
    ) -> (String, Summary) {
        let many = Many(sample::leads());
        let places: Vec<u32> = (0..leads).collect();
        let mut out = Vec::new();
        let mut exporter = exporter(format, columns, Settings::default());
        let summary = write_list(&many, &places, &mut *exporter, threads, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), summary)
    }

    #[test]
    fn the_number_of_threads_cannot_be_seen_in_any_format() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        for format in [
            Format::Csv,
            Format::Tsv,
            Format::Json,
            Format::Ndjson,
            Format::Markdown,
            Format::Html,
        ] {
            for leads in [0, 1, 3_000] {
                let alone = written(format, &columns, leads, 1);
                assert_eq!(alone.1.leads, u64::from(leads));
                assert_eq!(written(format, &columns, leads, 4), alone, "{format:?}");
            }
        }
    }

    #[test]
    fn a_reader_that_goes_away_ends_all_threads_with_its_error() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let many = Many(sample::leads());
        let places: Vec<u32> = (0..20_000).collect();
        let mut exporter = exporter(Format::Csv, &columns, Settings::default());
        let failed = write_list(&many, &places, &mut *exporter, 4, &mut Narrow(600_000));
        assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn a_thread_that_panics_leaves_no_other_waiting() {
        /// Panics at one lead.
        struct Broken(BTreeSet<u32>);
        impl Leads for Broken {
            fn each(
                &self,
                places: &[u32],
                _: Parts,
                take: &mut dyn FnMut(&Lead<'_>) -> io::Result<()>,
            ) -> io::Result<()> {
                assert!(places.iter().all(|place| !self.0.contains(place)));
                let mut places = places.iter();
                places.try_for_each(|_| take(&sample::bare_lead()))
            }
        }
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let places: Vec<u32> = (0..20_000).collect();
        let mut exporter = exporter(Format::Csv, &columns, Settings::default());
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let broken = Broken(BTreeSet::from([5_000]));
            write_list(&broken, &places, &mut *exporter, 4, &mut Vec::new())
        }));
        assert!(panicked.is_err());
    }
}
