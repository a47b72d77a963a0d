//! Work spread over threads, as many as the system gives.

use std::sync::{Mutex, PoisonError};
use std::thread::Builder;

/// Runs every job, each on a thread of its own where the system gives one and otherwise on this one, and gives their
/// results in order. The last job always runs here.
pub(crate) fn spread<T: Send, J: FnOnce() -> T + Send>(jobs: Vec<J>) -> Vec<T> {
    // A job that no thread could be started for is still here to be taken.
    let jobs: Vec<Mutex<Option<J>>> = jobs.into_iter().map(|job| Mutex::new(Some(job))).collect();
    let take = |job: &Mutex<Option<J>>| {
        let job = job.lock().unwrap_or_else(PoisonError::into_inner).take();
        job.map(|job| job())
    };
    let others = jobs.len().saturating_sub(1);
    std::thread::scope(|scope| {
        let running: Vec<_> = jobs
            .iter()
            .take(others)
            .map(|job| Builder::new().spawn_scoped(scope, move || take(job)).ok())
            .collect();
        let mut here: Vec<Option<T>> = Vec::new();
        for (place, job) in jobs.iter().enumerate() {
            let is_running = running.get(place).is_some_and(Option::is_some);
            here.push(if is_running { None } else { take(job) });
        }
        for (place, thread) in running.into_iter().enumerate() {
            if let Some(thread) = thread {
                here[place] = thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            }
        }
        here.into_iter().flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_jobs() {
        let jobs: Vec<_> = (0..20).map(|number| move || number * number).collect();
        let squares: Vec<i32> = (0..20).map(|number| number * number).collect();
        assert_eq!(spread(jobs), squares);
    }

    #[test]
    fn no_jobs_give_no_results() {
        assert_eq!(spread(Vec::<fn() -> u8>::new()), Vec::<u8>::new());
    }
}
