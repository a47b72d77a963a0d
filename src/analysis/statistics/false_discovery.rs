//! Many tests at once: which of their findings to believe.

/// Which p-values are findings so that of all findings no more than a share of `level` is to be expected to be false:
/// the step-up procedure of Benjamini and Hochberg ("Controlling the false discovery rate", Journal of the Royal
/// Statistical Society B 57, 1995).
pub fn discoveries(p_values: &[f64], level: f64) -> Vec<bool> {
    let mut sorted = p_values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let tests = super::real(sorted.len() as u64);
    let steps = (1..).map(super::real).zip(&sorted);
    let found = steps.filter(|(step, p)| **p <= step / tests * level);
    let highest = found.last().map(|(_, p)| *p);
    let is_found = |p: &f64| highest.is_some_and(|highest| *p <= highest);
    p_values.iter().map(is_found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_its_authors_find() {
        // The example of the paper: fifteen tests, of which the first four are found.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let found = discoveries(&p, 0.05);
        assert_eq!(found.iter().filter(|found| **found).count(), 4);
        assert!(found[..4].iter().all(|found| *found));
    }

    #[test]
    fn a_later_step_carries_the_earlier_ones_whatever_their_order() {
        assert_eq!(
            discoveries(&[0.04, 0.045, 0.9], 0.05),
            [false, false, false]
        );
        assert_eq!(discoveries(&[0.04, 0.03], 0.05), [true, true]);
        assert!(discoveries(&[], 0.05).is_empty());
    }
}
