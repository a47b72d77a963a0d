//! Medians and the like of what may never have ended.

/// A quantile of times some of which never ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantile<T> {
    /// There is nothing to take it of.
    Nothing,
    /// It is this one.
    Known(T),
    /// It falls among those that never ended.
    Never,
}

impl<T> Quantile<T> {
    /// The value, if it is known.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Nothing | Self::Never => None,
        }
    }
}

/// The least value that at least so many per cent do not exceed, which is always one that occurs: the nearest rank,
/// definition 1 of Hyndman and Fan ("Sample quantiles in statistical packages", The American Statistician 50, 1996). The
/// median of an even number is so the lower of the two in the middle. `sorted` are the values that are known, rising;
/// `endless` more are longer than all of them.
pub fn quantile<T: Copy>(sorted: &[T], endless: usize, per_cent: usize) -> Quantile<T> {
    let all = sorted.len() + endless;
    if all == 0 {
        return Quantile::Nothing;
    }
    let rank = (all * per_cent).div_ceil(100).max(1);
    match sorted.get(rank - 1) {
        Some(value) => Quantile::Known(*value),
        None => Quantile::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_nearest_rank() {
        assert_eq!(quantile(&[1, 2, 3, 4], 0, 50), Quantile::Known(2));
        assert_eq!(quantile(&[1, 2, 3], 0, 50), Quantile::Known(2));
        assert_eq!(
            quantile(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0, 90),
            Quantile::Known(9)
        );
        assert_eq!(quantile(&[7], 0, 90), Quantile::Known(7));
    }

    #[test]
    fn what_never_ended_is_the_longest() {
        assert_eq!(quantile(&[1, 2, 3], 1, 50), Quantile::Known(2));
        assert_eq!(quantile(&[1, 2, 3], 1, 90), Quantile::Never);
        assert_eq!(quantile::<u8>(&[], 2, 50), Quantile::Never);
        assert_eq!(quantile::<u8>(&[], 0, 50), Quantile::Nothing);
    }
}
