//! A page for a browser, whole in one file: charts of what a run tells, and the list itself, to be sorted, filtered and
//! opened to its ledgers.
//!
//! The page loads nothing and sends nothing: style and script stand in it, and a content security policy that names
//! their hashes admits nothing else. Whatever comes from the data passes [`readable`](crate::value::readable()) and is
//! escaped on its way into the markup or the JSON; the script puts it in place as text only.
//!
//! Leads are written as they come: each adds to one buffer for each column, and the first of them to a table that stands
//! in the page without script too.

mod charts;
mod data;
mod fields;
mod list;
mod overview;
mod palette;
mod seal;
mod section;

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::data::Data;
use self::fields::Field;
use self::overview::Seen;
use self::palette::Palette;
use super::columns::Columns;
use super::glance::made_from;
use super::{Exporter, Summary};
use crate::analysis::Document;
use crate::rank::Lead;
use crate::value::readable;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes a page of sections and the list.
#[derive(Debug)]
pub struct Html<'run> {
    columns: &'run Columns<'run>,
    sections: Vec<Document>,
    fields: Vec<Field>,
    palette: Palette,
    seen: Seen,
    data: Data,
    /// The first leads, as rows.
    rows: String,
    summary: Summary,
}

impl<'run> Html<'run> {
    /// A page of these documents, in their order, and of the leads that are to come; without documents, the temperatures
    /// and scores of those leads are drawn.
    pub fn new(columns: &'run Columns<'run>, sections: Vec<Document>) -> Self {
        let fields = fields::fields(columns);
        Self {
            columns,
            sections,
            data: Data::of(&fields),
            fields,
            palette: Palette::of(columns.temperatures()),
            seen: Seen::default(),
            rows: String::new(),
            summary: Summary::default(),
        }
    }

    fn who(&self) -> &'static str {
        if self.columns.are_of_accounts() {
            "accounts"
        } else {
            "leads"
        }
    }
}

impl Exporter for Html<'_> {
    /// Nothing: the charts before the list are of all leads.
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn lead(&mut self, lead: &Lead<'_>, _: &mut dyn Write) -> io::Result<()> {
        self.palette.meet(lead);
        self.seen.add(lead);
        self.data.add(lead, &self.fields, self.columns)?;
        if self.summary.leads < list::SHOWN as u64 {
            let row = list::row(lead, &self.fields, self.columns, &self.palette);
            self.rows.push_str(&row.0);
        }
        self.summary.leads += 1;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<Summary> {
        let who = self.who();
        let mut sections = std::mem::take(&mut self.sections);
        let title = if sections.is_empty() {
            format!("Ranked {who}")
        } else {
            "Report on leads".to_owned()
        };
        if sections.is_empty() {
            sections.extend(self.seen.document(&self.palette, who));
        }
        let links = links(&sections);
        let links = links.into_iter();
        let page = Page {
            title: &title,
            from: &from(self.columns),
            links: links
                .chain([("list".to_owned(), overview::capital(who))])
                .collect(),
        };
        page.open(&self.palette, out)?;
        for (place, document) in sections.iter().enumerate() {
            put(&section::section(document, place, &self.palette), out)?;
        }
        out.write_all(b"<section id=\"list\" aria-labelledby=\"list-title\">\n")?;
        put(&list::before(who, self.summary.leads), out)?;
        write!(
            out,
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of {who}\"><table id=\"leads\">"
        )?;
        put(&list::head(&self.fields, who), out)?;
        out.write_all(b"<tbody>\n")?;
        out.write_all(self.rows.as_bytes())?;
        out.write_all(b"</tbody></table></div>\n")?;
        put(&list::after(), out)?;
        out.write_all(b"</section>\n")?;
        page.leave(out)?;
        out.write_all(b"<script type=\"application/json\" id=\"data\">\n")?;
        let zone = self.columns.context().zone.name();
        self.data
            .write(&self.fields, &self.palette, who, zone, out)?;
        out.write_all(b"\n</script>\n")?;
        Page::close(out)?;
        Ok(self.summary)
    }
}

/// Writes a page of documents alone, with the colours of the first one's temperatures where rows are called like them.
pub fn documents_page(documents: &[Document], out: &mut dyn Write) -> io::Result<()> {
    let temperatures = documents.first().map(|first| first.temperatures.as_slice());
    let palette = Palette::of(temperatures.unwrap_or_default());
    let title = match documents {
        [one] => readable(&one.title).into_owned(),
        _ => "Report on leads".to_owned(),
    };
    let from = documents.first().map_or_else(String::new, |document| {
        if document.as_of.is_empty() {
            return readable(&document.model).into_owned();
        }
        let from = format!("As of {}, model {}", document.as_of, document.model);
        readable(&from).into_owned()
    });
    let page = Page {
        title: &title,
        from: &from,
        links: links(documents),
    };
    page.open(&palette, out)?;
    for (place, document) in documents.iter().enumerate() {
        put(&section::section(document, place, &palette), out)?;
    }
    page.leave(out)?;
    Page::close(out)
}

/// What a list was worked out from, and the clock of its times.
fn from(columns: &Columns<'_>) -> String {
    let made = made_from(columns);
    if columns.available().last_event {
        let zone = columns.context().zone.name();
        return format!("{made}, times in {}", readable(zone));
    }
    made
}

/// What the page's links lead to, and what they are called.
fn links(documents: &[Document]) -> Vec<(String, String)> {
    let links = documents.iter().enumerate();
    links
        .map(|(place, document)| {
            let title = readable(&document.title).into_owned();
            (section::anchor(place), title)
        })
        .collect()
}

/// What stands around the sections.
struct Page<'p> {
    title: &'p str,
    from: &'p str,
    links: Vec<(String, String)>,
}

impl Page<'_> {
    /// The head, and the beginning of the body.
    fn open(&self, palette: &Palette, out: &mut dyn Write) -> io::Result<()> {
        let style = format!("{STYLE}{}", palette.style());
        let head = html! {
            (DOCTYPE)
            (PreEscaped("<html lang=\"en\">\n"))
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(seal::policy(&style, SCRIPT));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (self.title) }
                style { (PreEscaped(&style)) }
            }
            (PreEscaped("\n<body>\n"))
            a.skip href="#main" { "Skip to the content" }
            header {
                h1 { (self.title) }
                p.from { (self.from) }
                @if self.links.len() > 1 {
                    nav aria-label="Sections" {
                        ul {
                            @for (anchor, title) in &self.links {
                                li { a href=(format!("#{anchor}")) { (title) } }
                            }
                        }
                    }
                }
            }
            (PreEscaped("\n<main id=\"main\" tabindex=\"-1\">\n"))
        };
        put(&head, out)
    }

    /// The end of the content.
    fn leave(&self, out: &mut dyn Write) -> io::Result<()> {
        put(
            &html! {
                (PreEscaped("</main>\n"))
                footer { p { (self.from) ". This page is whole in one file: it loads nothing and sends nothing." } }
            },
            out,
        )
    }

    /// The script and the end of the body.
    fn close(out: &mut dyn Write) -> io::Result<()> {
        write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n")
    }
}

fn put(markup: &Markup, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(markup.0.as_bytes())?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
