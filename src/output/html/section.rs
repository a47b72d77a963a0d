//! A document as a section of the page: its sentences, and a card for each table with its chart, the table itself
//! within reach below it.

use maud::{Markup, html};

use super::charts::{self, Setting};
use super::palette::Palette;
use crate::analysis::{Chart, Document, Part, Table, Unit};
use crate::output::figures::Shown;
use crate::value::readable;

/// With more columns than this a table without a chart takes the whole width.
const NARROW: usize = 4;

/// With more columns than this, shaded squares do too.
const WIDE_HEAT: usize = 10;

/// Rows of a table that a page shows, so that it stays quick; formats for programs have all.
const MOST_ROWS: usize = 1000;

/// With more columns than this, a table is set smaller on paper.
const MANY: usize = 10;

/// What a section is called in the page's own links.
pub(super) fn anchor(place: usize) -> String {
    format!("section-{}", place + 1)
}

/// A document; `place` is its number in the page, from 0.
pub(super) fn section(document: &Document, place: usize, palette: &Palette) -> Markup {
    let anchor = anchor(place);
    let heading = format!("{anchor}-title");
    html! {
        section id=(anchor) aria-labelledby=(heading) {
            h2 id=(heading) { (readable(&document.title)) }
            (notes(&document.notes, "notes"))
            div.cards {
                @for (nth, table) in document.tables.iter().enumerate() {
                    (card(table, &format!("{anchor}-{}", nth + 1), palette))
                }
            }
        }
    }
}

fn notes(notes: &[String], class: &str) -> Markup {
    html! {
        @if !notes.is_empty() {
            ul class=(class) {
                @for note in notes { li { (readable(note)) } }
            }
        }
    }
}

fn card(table: &Table, id: &str, palette: &Palette) -> Markup {
    let chart = charts::draw(table, Setting { id, palette });
    let is_wide = match (&chart, &table.chart) {
        (Some(_), Some(Chart::Scatter { .. })) => true,
        (Some(_), Some(Chart::Heat)) => table.columns.len() > WIDE_HEAT,
        (Some(_), _) => false,
        _ => Shown::of(table).columns.len() > NARROW,
    };
    let heading = format!("{id}-title");
    html! {
        article.card.wide[is_wide] aria-labelledby=(heading) {
            h3 id=(heading) { (readable(&table.title)) }
            @if !table.question.is_empty() { p.question { (readable(&table.question)) } }
            @if let Some(chart) = &chart {
                div.chart { (chart) }
                @if !table.rows.is_empty() {
                    details open[says_more(table)] {
                        summary { "The figures as a table" }
                        (figures(table, palette))
                    }
                }
            } @else if table.rows.is_empty() {
                p.aside { "There is nothing to show." }
            } @else {
                (figures(table, palette))
            }
            (notes(&table.notes, "notes small"))
        }
    }
}

/// A table as people read it, in a box that scrolls by itself where it is too wide.
fn figures(table: &Table, palette: &Palette) -> Markup {
    let shown = Shown::of(table);
    let class = |place: usize| {
        let unit = shown.columns[place].unit;
        (!matches!(unit, Unit::Text | Unit::Time)).then_some("number")
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(format!("Table: {}", readable(&table.title))) {
            table.figures.many[shown.columns.len() > MANY] {
                caption.unseen { (readable(&table.title)) }
                thead {
                    tr {
                        @for (place, column) in shown.columns.iter().enumerate() {
                            th scope="col" class=[class(place)] { (readable(&column.heading)) }
                        }
                    }
                }
                tbody {
                    @for row in shown.rows.iter().take(MOST_ROWS) {
                        tr {
                            @for (place, cell) in row.iter().enumerate() {
                                @if place == 0 {
                                    th scope="row" class=[class(place)] { (called(cell, palette)) }
                                } @else {
                                    td class=[class(place).or(short(cell))] { (readable(cell)) }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if shown.rows.len() > MOST_ROWS {
            p.aside { "The first " (MOST_ROWS) " of " (shown.rows.len()) " rows." }
        }
    }
}

/// Whether a short table has words that its chart does not show, such as verdicts or what to do: then it stands open.
fn says_more(table: &Table) -> bool {
    const SHORT: usize = 12;
    let texts = table
        .columns
        .iter()
        .filter(|column| column.unit == Unit::Text && column.part == Part::Own);
    table.rows.len() <= SHORT && texts.count() > 1
}

/// The class of a text that is too short to be broken, such as an id.
fn short(cell: &str) -> Option<&'static str> {
    const SHORT: usize = 14;
    (cell.chars().count() <= SHORT).then_some("short")
}

/// What a row is called, with its colour if that is a temperature.
fn called(cell: &str, palette: &Palette) -> Markup {
    html! {
        @if let Some(class) = palette.class(cell) {
            (temperature(cell, &class))
        } @else {
            (readable(cell))
        }
    }
}

/// A temperature's name beside its colour.
pub(super) fn temperature(name: &str, class: &str) -> Markup {
    html! { span class=(format!("temperature {class}")) { i {} (readable(name)) } }
}
