//! A dot for each row by two figures, with names where there is room for them.

use maud::{Markup, html};

use super::Setting;
use super::histogram::upward;
use super::intervals::across;
use super::scale::{Scale, Zero, caption};
use super::series::name;
use super::svg::{drawing, joined, number, percent, pixels, short};
use crate::analysis::{Column, Table};
use crate::output::figures::figure;
use crate::value::readable;

/// Pixels above the drawing, for the caption of the axis upward.
const TOP: f64 = 26.0;
/// Pixels of the axis upward.
const TALL: f64 = 260.0;
/// Pixels below, for the axis across.
const BELOW: f64 = 44.0;
/// The width in pixels for which names are placed; on a wider page they have more room.
const WIDE: f64 = 420.0;
/// The same on a phone.
const NARROW: f64 = 265.0;
/// Pixels that a character of a name takes, and a line of them.
const CHARACTER: (f64, f64) = (6.4, 14.0);
/// Characters of a name that are shown.
const NAME: usize = 20;
/// Dots that are drawn.
const MOST: usize = 200;

/// The columns that are drawn.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub label: &'static str,
    pub x: &'static str,
    pub y: &'static str,
    pub y_interval: Option<(&'static str, &'static str)>,
}

/// A dot.
struct Dot {
    name: String,
    said: String,
    x: f64,
    y: f64,
    interval: Option<(f64, f64)>,
}

pub(super) fn draw(table: &Table, names: Names, setting: Setting<'_>) -> Option<Markup> {
    let label = table.column(names.label)?;
    let (x, y) = (table.column(names.x)?, table.column(names.y)?);
    let ends = match names.y_interval {
        Some((low, high)) => Some((table.column(low)?, table.column(high)?)),
        None => None,
    };
    let (across_of, upward_of) = (&table.columns[x], &table.columns[y]);
    let dots = table.rows.iter().filter_map(|row| {
        let interval = ends.and_then(|(low, high)| Some((row[low].figure()?, row[high].figure()?)));
        let figure_of = |column: &Column, place: usize| {
            format!("{} {}", column.heading, figure(&row[place], column.unit))
        };
        let said = format!("{}, {}", figure_of(across_of, x), figure_of(upward_of, y));
        Some(Dot {
            name: name(&row[label]),
            said: readable(&said).into_owned(),
            x: row[x].figure()?,
            y: row[y].figure()?,
            interval,
        })
    });
    let dots: Vec<Dot> = dots.take(MOST).collect();
    if dots.is_empty() {
        return None;
    }
    let wide = Scale::over(dots.iter().map(|dot| dot.x), across_of.unit, Zero::IfNear);
    let reach = dots.iter().flat_map(|dot| {
        let (low, high) = dot.interval.unwrap_or((dot.y, dot.y));
        [low, dot.y, high]
    });
    let tall = Scale::over(reach, upward_of.unit, Zero::IfNear);
    let down = |value: f64| TALL * (1.0 - tall.at(value));
    let middles = |width: f64| -> Vec<(f64, f64)> {
        let dots = dots.iter();
        dots.map(|dot| (wide.at(dot.x) * width, down(dot.y)))
            .collect()
    };
    let lengths: Vec<usize> = dots
        .iter()
        .map(|dot| short(&dot.name, NAME).chars().count())
        .collect();
    let placed = places(&middles(WIDE), &lengths, WIDE, |_| &PLACES);
    // On a narrow page, those that still have room there.
    let stay = places(&middles(NARROW), &lengths, NARROW, |dot| {
        placed[dot].as_slice()
    });
    let marks = dots.iter().zip(placed.iter().zip(stay));
    let marks = marks.map(|(dot, (place, stays))| {
        let (cx, cy) = (percent(wide.at(dot.x)), down(dot.y));
        html! {
            g {
                title { (dot.name) ": " (dot.said) }
                @if let Some((low, high)) = dot.interval {
                    line class="whisker thin" x1=(cx) x2=(cx) y1=(pixels(down(low))) y2=(pixels(down(high))) {}
                }
                circle class="dot" cx=(cx) cy=(pixels(cy)) r="5" {}
                @if let Some(place) = place {
                    text class=(if stays.is_some() { "name small" } else { "name small minor" }) x=(cx) dx=(pixels(place.dx)) y=(pixels(cy + place.dy)) text-anchor=(place.anchor) {
                        (short(&dot.name, NAME))
                    }
                }
            }
        }
    });
    let grid = tall.ticks().into_iter().map(|(at, name)| {
        let y = TALL * (1.0 - at);
        html! {
            line class="grid" x1="0" x2="100%" y1=(pixels(y)) y2=(pixels(y)) {}
            text class="tick" x="-8" y=(pixels(y + 4.0)) text-anchor="end" { (name) }
        }
    });
    let content = html! {
        (upward(&caption(&upward_of.heading, upward_of.unit)))
        g transform=(format!("translate(0 {})", pixels(TOP))) {
            (joined(grid))
            (across(&wide, TALL))
            (joined(marks))
        }
        text class="caption" x="100%" y=(pixels(TOP + TALL + 38.0)) text-anchor="end" {
            (short(&caption(&across_of.heading, across_of.unit), 60)) " →"
        }
    };
    let says = format!(
        "Scatter plot of {} dots: {} upward by {} across.",
        dots.len(),
        upward_of.heading,
        across_of.heading
    );
    Some(drawing(
        table,
        setting,
        "plot",
        TOP + TALL + BELOW,
        &says,
        &content,
    ))
}

/// Where a name stands, seen from its dot.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    dx: f64,
    dy: f64,
    anchor: &'static str,
}

/// To the right, to the left, above and below.
const PLACES: [Place; 4] = [
    Place {
        dx: 9.0,
        dy: 4.0,
        anchor: "start",
    },
    Place {
        dx: -9.0,
        dy: 4.0,
        anchor: "end",
    },
    Place {
        dx: 0.0,
        dy: -9.0,
        anchor: "middle",
    },
    Place {
        dx: 0.0,
        dy: 18.0,
        anchor: "middle",
    },
];

/// The room that a name takes: left, top, right, bottom.
fn room((x, y): (f64, f64), length: usize, place: Place) -> [f64; 4] {
    let width = number(length) * CHARACTER.0;
    let left = match place.anchor {
        "start" => x + place.dx,
        "end" => x + place.dx - width,
        _ => x - width / 2.0,
    };
    let bottom = y + place.dy + 3.0;
    [left, bottom - CHARACTER.1, left + width, bottom]
}

/// The first of some places of each name, in order, where it stays within a width and covers neither another dot nor an
/// earlier name; none where there is none.
fn places<'p>(
    middles: &[(f64, f64)],
    lengths: &[usize],
    width: f64,
    of: impl Fn(usize) -> &'p [Place],
) -> Vec<Option<Place>> {
    let mut taken: Vec<[f64; 4]> = middles
        .iter()
        .map(|(x, y)| [x - 5.0, y - 5.0, x + 5.0, y + 5.0])
        .collect();
    let mut found = Vec::new();
    for (dot, (middle, length)) in middles.iter().zip(lengths).enumerate() {
        let place = of(dot).iter().find_map(|place| {
            let room = room(*middle, *length, *place);
            let is_inside = room[0] >= 0.0 && room[2] <= width && room[1] >= 0.0 && room[3] <= TALL;
            let covers = |other: &[f64; 4]| {
                room[0] < other[2] && other[0] < room[2] && room[1] < other[3] && other[1] < room[3]
            };
            let mut others = taken.iter().enumerate();
            let is_free = !others.any(|(index, other)| index != dot && covers(other));
            (is_inside && is_free).then_some((*place, room))
        });
        taken.extend(place.map(|(_, room)| room));
        found.push(place.map(|(place, _)| place));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(middles: &[(f64, f64)], lengths: &[usize]) -> Vec<Option<Place>> {
        places(middles, lengths, WIDE, |_| &PLACES)
    }

    #[test]
    fn a_name_goes_where_it_covers_no_dot_and_no_other_name() {
        let apart = placed(&[(50.0, 100.0), (300.0, 100.0)], &[8, 8]);
        assert_eq!(apart, [Some(PLACES[0]), Some(PLACES[0])]);
        // The second dot stands where the first one's name would.
        let near = placed(&[(100.0, 100.0), (130.0, 100.0)], &[8, 8]);
        assert_eq!(near, [Some(PLACES[1]), Some(PLACES[0])]);
        // At the right edge a name goes to the left.
        assert_eq!(placed(&[(415.0, 100.0)], &[8]), [Some(PLACES[1])]);
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        let crowd: Vec<(f64, f64)> = (0..40).map(|_| (200.0, 100.0)).collect();
        let found = placed(&crowd, &[10; 40]);
        assert!(found.iter().flatten().count() <= PLACES.len());
    }
}
