//! Statistics written otherwise than in the program: by the equation that defines them, slowly and in full.

const Z: f64 = 1.959_963_984_540_054;

/// Wilson's interval as the roots of its quadratic equation, `n (share - p)² = z² p (1 - p)`.
pub fn wilson(hits: f64, of: f64) -> Option<(f64, f64)> {
    if of == 0.0 {
        return None;
    }
    let (a, b, c) = (of + Z * Z, -(2.0 * hits + Z * Z), hits * hits / of);
    let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
    Some(((-b - root) / (2.0 * a), (-b + root) / (2.0 * a)))
}

/// How many trials the prior of these groups is worth, by Kleinman's moments; None where groups do not differ.
pub fn prior_strength(groups: &[(f64, f64)]) -> Option<f64> {
    let all: f64 = groups.iter().map(|group| group.1).sum();
    let mean = groups.iter().map(|group| group.0).sum::<f64>() / all;
    let chi: f64 = groups
        .iter()
        .map(|(hits, of)| (hits - of * mean).powi(2) / (of * mean * (1.0 - mean)))
        .sum();
    // What chi-squared is expected to be if trials of a group have `r` in common: Σ (1 - nᵢ/N) (1 + (nᵢ - 1) r).
    let alone: f64 = groups.iter().map(|(_, of)| 1.0 - of / all).sum();
    let common: f64 = groups
        .iter()
        .map(|(_, of)| (1.0 - of / all) * (of - 1.0))
        .sum();
    let in_common = (chi - alone) / common;
    (in_common > 0.0).then(|| (1.0 / in_common - 1.0).max(1.0 / mean.min(1.0 - mean)))
}

/// The ends of the middle 95% of a beta distribution, by adding up its density in small steps.
pub fn beta_interval(a: f64, b: f64) -> (f64, f64) {
    const STEPS: i32 = 100_000;
    let density = |x: f64| ((a - 1.0) * x.ln() + (b - 1.0) * (1.0 - x).ln()).exp();
    let peak = ((a - 1.0) / (a + b - 2.0)).clamp(1e-9, 1.0 - 1e-9);
    let scale = density(peak).max(f64::MIN_POSITIVE);
    let steps: Vec<f64> = (0..STEPS)
        .map(|step| density((f64::from(step) + 0.5) / f64::from(STEPS)) / scale)
        .collect();
    let all: f64 = steps.iter().sum();
    let quantile = |probability: f64| {
        let mut below = 0.0;
        for (step, density) in (0_i32..).zip(&steps) {
            below += density;
            if below >= probability * all {
                return (f64::from(step) + 0.5) / f64::from(STEPS);
            }
        }
        1.0
    };
    (quantile(0.025), quantile(0.975))
}

/// Isotonic regression by its min-max formula: for each group the largest over all beginnings before it of the least
/// average over all ends behind it.
pub fn isotonic(groups: &[(f64, f64)]) -> Vec<f64> {
    let average = |from: usize, to: usize| {
        let hits: f64 = groups[from..=to].iter().map(|group| group.0).sum();
        hits / groups[from..=to].iter().map(|group| group.1).sum::<f64>()
    };
    (0..groups.len())
        .map(|at| {
            let from = |from: usize| {
                let ends = (at..groups.len()).map(|to| average(from, to));
                ends.fold(f64::INFINITY, f64::min)
            };
            (0..=at).map(from).fold(f64::NEG_INFINITY, f64::max)
        })
        .collect()
}

/// The probabilities of 0, 1, 2 … hits of trials with a chance each.
pub fn distribution(chances: &[f64]) -> Vec<f64> {
    let mut all = vec![1.0];
    for chance in chances {
        let mut next = vec![0.0; all.len() + 1];
        for (hits, probability) in all.iter().enumerate() {
            next[hits] += probability * (1.0 - chance);
            next[hits + 1] += probability * chance;
        }
        all = next;
    }
    all
}

/// Twice the smaller tail of a number of hits.
pub fn p_value(hits: usize, chances: &[f64]) -> f64 {
    let all = distribution(chances);
    let (below, above): (f64, f64) = (all[..=hits].iter().sum(), all[hits..].iter().sum());
    (2.0 * below.min(above)).min(1.0)
}

/// Which of some p-values Benjamini and Hochberg call findings at 5%: those below a step that one of them meets.
pub fn findings(p_values: &[f64]) -> Vec<bool> {
    let rank = |p: f64| p_values.iter().filter(|other| **other <= p).count();
    #[allow(clippy::cast_precision_loss)]
    let meets = |p: f64| p <= 0.05 * rank(p) as f64 / p_values.len() as f64;
    let is_found = |p: &f64| p_values.iter().any(|other| other >= p && meets(*other));
    p_values.iter().map(is_found).collect()
}
