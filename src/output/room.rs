//! Which columns of a table a terminal has room for.

/// The room a column asks for, in terminal cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    /// Below this width the column is of no use.
    pub least: usize,
    /// A width that reads well.
    pub comfortable: usize,
    /// Whether the column goes when the others cannot be comfortable.
    pub is_optional: bool,
}

/// The columns to show.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Whether each column is shown; one is, however narrow it gets.
    pub shown: Vec<bool>,
    /// Whether a column that was not optional had to go, which a mark of one cell at the right edge is to say.
    pub is_cut: bool,
}

impl Room {
    /// Chooses columns for lines of `width` cells with `gap` blank ones between columns: the optional ones go first,
    /// then the last ones.
    pub(super) fn of(needs: &[Need], gap: usize, width: usize) -> Self {
        let mut shown: Vec<usize> = (0..needs.len()).collect();
        let total = |shown: &[usize], mark: usize, wish: fn(&Need) -> usize| {
            let texts: usize = shown.iter().map(|&column| wish(&needs[column])).sum();
            texts + mark + (shown.len() + mark).saturating_sub(1) * gap
        };
        while shown.len() > 1 && total(&shown, 0, |need| need.comfortable) > width {
            let last = shown.iter().rposition(|&column| needs[column].is_optional);
            let Some(last) = last else { break };
            shown.remove(last);
        }
        let mut is_cut = false;
        while shown.len() > 1 && total(&shown, is_cut.into(), |need| need.least) > width {
            shown.pop();
            is_cut = true;
        }
        // The mark of a single column goes before any of its text does.
        is_cut &= total(&shown, 1, |need| need.least) <= width;
        Self {
            shown: (0..needs.len()).map(|at| shown.contains(&at)).collect(),
            is_cut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn need(least: usize, comfortable: usize, is_optional: bool) -> Need {
        Need {
            least,
            comfortable,
            is_optional,
        }
    }

    #[test]
    fn columns_that_all_fit_are_all_shown() {
        let needs = [need(4, 4, false), need(4, 8, true)];
        let all = Room {
            shown: vec![true, true],
            is_cut: false,
        };
        assert_eq!(Room::of(&needs, 2, 14), all);
    }

    #[test]
    fn an_optional_column_goes_before_others_are_cramped() {
        let needs = [need(4, 10, false), need(6, 6, true), need(4, 10, false)];
        assert_eq!(Room::of(&needs, 2, 30).shown, [true, true, true]);
        let room = Room::of(&needs, 2, 29);
        assert_eq!(room.shown, [true, false, true]);
        assert!(!room.is_cut);
    }

    #[test]
    fn the_last_columns_go_with_a_mark_when_nothing_else_helps() {
        let needs = [need(4, 4, false); 3];
        let room = Room::of(&needs, 2, 14);
        assert_eq!(room.shown, [true, true, false]);
        assert!(room.is_cut);
    }

    #[test]
    fn a_single_column_stays_however_narrow_it_is() {
        let room = Room::of(&[need(9, 9, false); 2], 2, 5);
        assert_eq!(room.shown, [true, false]);
        assert!(!room.is_cut);
    }

    proptest! {
        #[test]
        fn what_is_shown_has_the_room_it_needs(
            needs in prop::collection::vec((0_usize..9, 0_usize..60, any::<bool>()), 1..12),
            width in 0_usize..200,
        ) {
            let needs: Vec<Need> =
                needs.into_iter().map(|(least, more, optional)| need(least, least + more, optional)).collect();
            let room = Room::of(&needs, 2, width);
            let least: Vec<usize> =
                needs.iter().zip(&room.shown).filter(|(_, shown)| **shown).map(|(need, _)| need.least).collect();
            let mark = usize::from(room.is_cut);
            let total = least.iter().sum::<usize>() + mark + (least.len() + mark - 1) * 2;
            prop_assert!(total <= width || least.len() == 1, "{total} {room:?}");
        }
    }
}
