//! The list of leads in the page: its controls, and the first leads as a table that needs no script.

use maud::{Markup, html};

use super::fields::{Field, Holds, Place};
use super::overview::capital;
use super::palette::Palette;
use super::section::temperature;
use crate::output::columns::Columns;
use crate::rank::Lead;

/// Leads that stand in the page without its script, and in one part of the list with it.
pub(super) const SHOWN: usize = 100;

/// A lead as a row of the table.
pub(super) fn row(
    lead: &Lead<'_>,
    fields: &[Field],
    columns: &Columns<'_>,
    palette: &Palette,
) -> Markup {
    let fields = fields.iter().filter(|field| field.place == Place::Table);
    html! {
        tr {
            td.open {}
            @for field in fields {
                @let text = field.text(lead, columns);
                td class=(class(field)) data-heading=(field.heading) {
                    @match palette.class(&text).filter(|_| field.holds == Holds::Temperature) {
                        Some(class) => (temperature(&text, &class)),
                        None => (text),
                    }
                }
            }
        }
        "\n"
    }
}

/// How a field is laid out.
fn class(field: &Field) -> &'static str {
    match field.holds {
        Holds::Number => "number",
        Holds::Time => "time",
        Holds::Why => "why",
        Holds::Text if matches!(field.name.as_str(), "name" | "account") => "who",
        Holds::Text | Holds::Temperature | Holds::Checklist => "text",
    }
}

/// What stands before the rows; `count` is how many leads there are in all.
pub(super) fn before(who: &str, count: u64) -> Markup {
    let heading = capital(who);
    html! {
        h2 id="list-title" { (heading) " " span.count { (count) } }
        noscript {
            p.notice {
                "Sorting, filtering and opening need the page's own script, which does not run here. These are the first "
                (SHOWN) " of the list at the most."
            }
        }
        form #controls role="search" aria-label=(format!("Filter the {who}")) hidden {
            label.find { "Search " input #find type="search" autocomplete="off" spellcheck="false"; }
            div #choices {}
            label.sort { "Sort by " select #sort {} }
            button #clear type="button" { "Clear" }
        }
        p #shown role="status" aria-live="polite" {}
    }
}

/// What stands between [`before`] and the rows.
pub(super) fn head(fields: &[Field], who: &str) -> Markup {
    let fields = fields.iter().filter(|field| field.place == Place::Table);
    html! {
        caption.unseen { (capital(who)) " in rank order, to be sorted by any column; each opens to its points" }
        thead {
            tr {
                th.open scope="col" { span.unseen { "Open" } }
                @for field in fields {
                    th scope="col" class=(class(field)) { (field.heading) }
                }
            }
        }
    }
}

/// What stands after the table.
pub(super) fn after() -> Markup {
    html! {
        nav #pages aria-label="Parts of the list" hidden {
            button #earlier type="button" { "Previous" }
            span #part {}
            button #later type="button" { "Next" }
        }
    }
}
