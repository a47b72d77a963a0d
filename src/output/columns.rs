//! The one ordered list of columns that every format shows.
//!
//! A column is a name, the kind of what stands in it, whether this run can fill it, which parts of a [`Lead`] it shows,
//! and how to read it from those. To add one, write it at its place in `ORDER`; no format needs to know.

use std::borrow::Cow;
use std::collections::HashSet;

use super::next_step::next_step;
use super::reasons::each_reason;
use crate::diagnostic::{Diagnostic, Kind as Refusal, Report, nearest};
use crate::model::Temperature;
use crate::rank::{Lead, Parts};
use crate::value::{Decimal, Instant, Points, Zone, retagged, snake_case};

/// What the run as a whole can tell about its leads; a column that nothing can fill is left out.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the inputs or the model"
)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Available<'run> {
    /// The export has names.
    pub name: bool,
    /// The export has e-mail addresses.
    pub email: bool,
    /// The export says who looks after a lead.
    pub owner: bool,
    /// The export says where a lead came from.
    pub source: bool,
    /// A temperature of the model has a tag.
    pub tag: bool,
    /// A temperature of the model says what to do.
    pub action: bool,
    /// The model has a checklist.
    pub checklist: bool,
    /// The model has stages.
    pub stage: bool,
    /// The model has grades.
    pub grade: bool,
    /// The model has routes.
    pub route: bool,
    /// A route of the model assigns leads to people.
    pub assigned_to: bool,
    /// The model has several temperatures, so that there is something to rise to.
    pub next_step: bool,
    /// The run has overrides.
    pub overrides: bool,
    /// The run has the list of an earlier one.
    pub previous: bool,
    /// The export has tags, and a temperature of the model too.
    pub tags: bool,
    /// The run has events.
    pub last_event: bool,
    /// The names of the model's groups, in its order.
    pub groups: Vec<&'run str>,
}

/// What every lead of a run shares.
#[derive(Debug, Clone)]
pub struct Context<'run> {
    /// The instant the run looks from, as it is written in every output.
    pub as_of: String,
    /// The model's name and version.
    pub model: String,
    /// The model's time zone, in which times are written.
    pub zone: &'run Zone,
    /// The tags of all temperatures, of which a lead carries only its own.
    pub temperature_tags: Vec<&'run str>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// Exact points.
    Points,
    /// Text.
    Text,
    /// Items that are met or not.
    Checklist,
    /// Several sentences.
    Sentences,
    /// RFC 3339 times.
    Time,
}

impl Kind {
    /// Whether the column holds numbers of our own: aligned to the right, and never escaped.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Points)
    }
}

/// What a lead has in a column.
#[derive(Debug, Clone)]
pub enum Cell<'lead> {
    /// Nothing is known.
    Empty,
    /// A whole number.
    Integer(u64),
    /// Exact points.
    Points(Points),
    /// Text as it came, with whatever characters it holds.
    Text(Cow<'lead, str>),
    /// Every item and whether it is met.
    Checklist(&'lead [(&'lead str, bool)]),
    /// Several sentences.
    Sentences(Sentences<'lead>),
    /// An instant, to be written as an RFC 3339 time in the model's zone.
    Time(Instant, &'lead Zone),
}

/// Several sentences, to be put into words one after the other.
#[derive(Debug, Clone, Copy)]
pub enum Sentences<'lead> {
    /// As they stand.
    Words(&'lead [String]),
    /// Labels of the model.
    Labels(&'lead [&'lead str]),
    /// Why a lead stands where it stands.
    Reasons(&'lead Lead<'lead>),
}

impl Sentences<'_> {
    /// Calls `take` with each.
    pub fn each(self, mut take: impl FnMut(&str)) {
        match self {
            Self::Words(words) => words.iter().for_each(|one| take(one)),
            Self::Labels(labels) => labels.iter().for_each(|one| take(one)),
            Self::Reasons(lead) => each_reason(lead, take),
        }
    }
}

impl Cell<'_> {
    /// The cell as one text: nothing for an empty one; lists are joined with `; `.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Integer(_)
            | Self::Points(_)
            | Self::Time(..)
            | Self::Checklist(_)
            | Self::Sentences(_) => {
                let mut text = String::new();
                self.append_to(&mut text);
                Cow::Owned(text)
            }
        }
    }

    /// Appends what [`Cell::text`] gives.
    pub fn append_to(&self, text: &mut String) {
        match self {
            Self::Empty => {}
            Self::Integer(number) => text.push_str(Decimal::whole(*number).text()),
            Self::Points(points) => text.push_str(points.decimal().text()),
            Self::Text(part) => text.push_str(part),
            Self::Time(time, zone) => time.append_in(zone, text),
            Self::Checklist(items) => {
                for (place, (name, met)) in items.iter().enumerate() {
                    text.push_str(if place == 0 { "" } else { "; " });
                    text.push_str(name);
                    text.push_str(if *met { "=yes" } else { "=no" });
                }
            }
            Self::Sentences(sentences) => {
                let mut between = "";
                sentences.each(|sentence| {
                    text.push_str(between);
                    text.push_str(sentence);
                    between = "; ";
                });
            }
        }
    }

    /// Whether the cell is a number of our own.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Points(_))
    }

    /// Text where there is any.
    fn optional(text: Option<&str>) -> Cell<'_> {
        text.map_or(Cell::Empty, |text| Cell::Text(Cow::Borrowed(text)))
    }
}

type Read = for<'a> fn(&'a Lead<'a>, &'a Context<'a>) -> Cell<'a>;

/// A column that has the same name in every run.
struct Fixed {
    name: &'static str,
    kind: Kind,
    is_filled: fn(&Available<'_>) -> bool,
    parts: Parts,
    read: Read,
}

/// A place in the order.
enum Place {
    Fixed(Fixed),
    /// One column per group of the model.
    Groups,
    /// A name promised for this place: no group may take it, so that no column is renamed when it comes.
    Reserved(&'static str),
}

use Place::{Groups, Reserved};

/// A place for a column of every run.
const fn always(name: &'static str, kind: Kind, parts: Parts, read: Read) -> Place {
    filled_if(name, kind, |_| true, parts, read)
}

/// A place for a column of the runs that can fill it.
const fn filled_if(
    name: &'static str,
    kind: Kind,
    is_filled: fn(&Available<'_>) -> bool,
    parts: Parts,
    read: Read,
) -> Place {
    Place::Fixed(Fixed {
        name,
        kind,
        is_filled,
        parts,
        read,
    })
}

/// What reasons are made of.
const REASONS: Parts = Parts::LEDGER.and(Parts::HELD_BACK);

/// Every column, in the order promised to scripts.
const ORDER: &[Place] = &[
    always("rank", Kind::Integer, Parts::NONE, |lead, _| {
        lead.rank.map_or(Cell::Empty, Cell::Integer)
    }),
    always("contact_id", Kind::Text, Parts::NONE, |lead, _| {
        Cell::Text(Cow::Borrowed(lead.id))
    }),
    filled_if(
        "name",
        Kind::Text,
        |run| run.name,
        Parts::PERSON,
        |lead, _| Cell::optional(lead.name.as_deref()),
    ),
    filled_if(
        "email",
        Kind::Text,
        |run| run.email,
        Parts::PERSON,
        |lead, _| Cell::optional(lead.email),
    ),
    filled_if(
        "owner",
        Kind::Text,
        |run| run.owner,
        Parts::PERSON,
        |lead, _| Cell::optional(lead.owner),
    ),
    filled_if(
        "source",
        Kind::Text,
        |run| run.source,
        Parts::PERSON,
        |lead, _| Cell::optional(lead.source),
    ),
    always("score", Kind::Points, Parts::NONE, |lead, _| {
        Cell::Points(lead.score)
    }),
    always("temperature", Kind::Text, Parts::NONE, |lead, _| {
        Cell::Text(Cow::Borrowed(lead.temperature))
    }),
    filled_if(
        "tag",
        Kind::Text,
        |run| run.tag,
        Parts::NONE,
        |lead, _| Cell::optional(lead.tag),
    ),
    filled_if(
        "action",
        Kind::Text,
        |run| run.action,
        Parts::NONE,
        |lead, _| Cell::optional(lead.action),
    ),
    filled_if(
        "stage",
        Kind::Text,
        |run| run.stage,
        Parts::NONE,
        |lead, _| Cell::optional(lead.stage),
    ),
    filled_if(
        "grade",
        Kind::Text,
        |run| run.grade,
        Parts::GRADE,
        |lead, _| Cell::optional(lead.grade.as_deref()),
    ),
    filled_if(
        "checklist",
        Kind::Checklist,
        |run| run.checklist,
        Parts::CHECKLIST,
        |lead, _| Cell::Checklist(&lead.checklist),
    ),
    filled_if(
        "missing",
        Kind::Sentences,
        |run| run.checklist,
        Parts::CHECKLIST,
        |lead, _| Cell::Sentences(Sentences::Labels(&lead.missing)),
    ),
    filled_if(
        "route",
        Kind::Text,
        |run| run.route,
        Parts::NONE,
        |lead, _| Cell::optional(lead.route),
    ),
    filled_if(
        "assigned_to",
        Kind::Text,
        |run| run.assigned_to,
        Parts::NONE,
        |lead, _| Cell::optional(lead.assigned_to),
    ),
    always("reasons", Kind::Sentences, REASONS, |lead, _| {
        Cell::Sentences(Sentences::Reasons(lead))
    }),
    filled_if(
        "next_step",
        Kind::Text,
        |run| run.next_step,
        Parts::UPWARD,
        |lead, _| next_step(lead).map_or(Cell::Empty, |step| Cell::Text(Cow::Owned(step))),
    ),
    filled_if(
        "last_event",
        Kind::Time,
        |run| run.last_event,
        Parts::NONE,
        |lead, context| {
            lead.last_event
                .map_or(Cell::Empty, |time| Cell::Time(time, context.zone))
        },
    ),
    Groups,
    filled_if(
        "computed_temperature",
        Kind::Text,
        |run| run.overrides,
        Parts::NONE,
        |lead, _| Cell::Text(Cow::Borrowed(lead.computed_temperature)),
    ),
    filled_if(
        "override",
        Kind::Sentences,
        |run| run.overrides,
        Parts::NONE,
        |lead, _| Cell::Sentences(Sentences::Words(&lead.overrides)),
    ),
    filled_if(
        "previous_score",
        Kind::Points,
        |run| run.previous,
        Parts::NONE,
        |lead, _| lead.previous_score.map_or(Cell::Empty, Cell::Points),
    ),
    filled_if(
        "change",
        Kind::Points,
        |run| run.previous,
        Parts::NONE,
        |lead, _| {
            let before = lead.previous_score;
            before.map_or(Cell::Empty, |before| Cell::Points(lead.score - before))
        },
    ),
    always("as_of", Kind::Text, Parts::NONE, |_, context| {
        Cell::Text(Cow::Borrowed(&context.as_of))
    }),
    always("model", Kind::Text, Parts::NONE, |_, context| {
        Cell::Text(Cow::Borrowed(&context.model))
    }),
    filled_if(
        "tags",
        Kind::Text,
        |run| run.tags,
        Parts::PERSON,
        |lead, context| {
            let is_stale = |tag: &str| {
                let mut tags = context.temperature_tags.iter();
                tags.any(|known| known.eq_ignore_ascii_case(tag))
            };
            let before = lead.tags_before.unwrap_or_default();
            let tags = retagged(before, lead.tag, is_stale);
            if tags.is_empty() {
                Cell::Empty
            } else {
                Cell::Text(Cow::Owned(tags))
            }
        },
    ),
    // JSON writes it after the columns.
    Reserved("ledger"),
];

/// One column of a run.
#[derive(Debug, Clone)]
pub struct Column<'run> {
    /// The name in every header and the key in JSON.
    pub name: Cow<'run, str>,
    /// What stands in it.
    pub kind: Kind,
    /// The parts of a lead that it shows.
    parts: Parts,
    origin: Origin<'run>,
}

#[derive(Debug, Clone, Copy)]
enum Origin<'run> {
    Fixed(Read),
    Group(&'run str),
    /// A column of the export, by its number among those kept.
    Kept(usize),
}

impl Column<'_> {
    /// Whether it is a column of the export that is kept.
    pub const fn is_kept(&self) -> bool {
        matches!(self.origin, Origin::Kept(_))
    }

    /// What a lead has in this column.
    pub fn read<'a>(&'a self, lead: &'a Lead<'a>, context: &'a Context<'a>) -> Cell<'a> {
        match self.origin {
            Origin::Fixed(read) => read(lead, context),
            Origin::Group(group) => {
                let sum = lead.groups.iter().find(|(name, _)| *name == group);
                sum.map_or(Cell::Empty, |(_, points)| Cell::Points(*points))
            }
            Origin::Kept(number) => {
                let cell = lead.kept.get(number).filter(|cell| !cell.is_empty());
                Cell::optional(cell.map(AsRef::as_ref))
            }
        }
    }
}

/// The columns of a run, with what all its leads share.
#[derive(Debug, Clone)]
pub struct Columns<'run> {
    list: Vec<Column<'run>>,
    available: Available<'run>,
    context: Context<'run>,
    temperatures: &'run [Temperature],
    is_picked: bool,
}

impl<'run> Columns<'run> {
    /// Every column that the run can fill.
    ///
    /// A group with the name of another column is called `group_` and its name, whether or not this run has the
    /// other column: the same model gives the same header over every export.
    pub fn of_run(available: &Available<'run>, context: Context<'run>) -> Self {
        let mut list: Vec<Column<'run>> = Vec::new();
        for place in ORDER {
            match place {
                Place::Fixed(fixed) if (fixed.is_filled)(available) => list.push(Column {
                    name: Cow::Borrowed(fixed.name),
                    kind: fixed.kind,
                    parts: fixed.parts,
                    origin: Origin::Fixed(fixed.read),
                }),
                Place::Fixed(_) | Reserved(_) => {}
                Groups => list.extend(group_columns(&available.groups)),
            }
        }
        Self {
            list,
            available: available.clone(),
            context,
            temperatures: &[],
            is_picked: false,
        }
    }

    /// The same with the temperatures of the model, for formats that show those that no lead has.
    #[must_use]
    pub fn with_temperatures(self, temperatures: &'run [Temperature]) -> Self {
        Self {
            temperatures,
            ..self
        }
    }

    /// The columns of a list of accounts.
    pub fn of_accounts(available: &Available<'run>, context: Context<'run>) -> Self {
        const NAMES: [&str; 13] = [
            "rank",
            "account",
            "people",
            "score",
            "temperature",
            "tag",
            "action",
            "checklist",
            "missing",
            "reasons",
            "last_event",
            "as_of",
            "model",
        ];
        let all = Self::of_run(available, context);
        let column = |name: &'static str| match name {
            "account" => all.named("contact_id").map(|id| Column {
                name: Cow::Borrowed(name),
                ..id.clone()
            }),
            "people" => Some(Column {
                name: Cow::Borrowed(name),
                kind: Kind::Integer,
                parts: Parts::NONE,
                origin: Origin::Fixed(|lead, _| Cell::Integer(lead.people)),
            }),
            _ => all.named(name).cloned(),
        };
        Self {
            list: NAMES.into_iter().filter_map(column).collect(),
            ..all
        }
    }

    /// The same and, at the end, the columns that are kept from the export. One whose name would be taken for another
    /// column's is called `export_` and its name.
    #[must_use]
    pub fn with_kept(mut self, names: &[&str]) -> Self {
        let fixed = ORDER.iter().filter_map(|place| match place {
            Place::Fixed(fixed) => Some(fixed.name),
            Reserved(name) => Some(*name),
            Groups => None,
        });
        let mut taken: HashSet<String> = fixed.map(String::from).collect();
        taken.extend(self.list.iter().map(|column| snake_case(&column.name)));
        for (number, name) in names.iter().enumerate() {
            let mut name = (*name).to_owned();
            while taken.contains(&snake_case(&name)) {
                name = format!("export_{name}");
            }
            taken.insert(snake_case(&name));
            self.list.push(Column {
                name: Cow::Owned(name),
                kind: Kind::Text,
                parts: Parts::KEPT,
                origin: Origin::Kept(number),
            });
        }
        self
    }

    fn named(&self, name: &str) -> Option<&Column<'run>> {
        self.list.iter().find(|column| column.name == name)
    }

    /// Only the named columns, in the order of their names; blanks around a name do not count.
    ///
    /// Refused, every problem at once: a name that is no column (with the nearest), a column that this run has
    /// nothing for, and a name given twice, for an object has each key once.
    pub fn pick<'name>(self, names: impl IntoIterator<Item = &'name str>) -> Result<Self, Report> {
        self.picked(names, false)
    }

    /// As [`Columns::pick`], but a column that this run has nothing for is left out.
    pub fn pick_fillable<'name>(
        self,
        names: impl IntoIterator<Item = &'name str>,
    ) -> Result<Self, Report> {
        self.picked(names, true)
    }

    fn picked<'name>(
        self,
        names: impl IntoIterator<Item = &'name str>,
        only_fillable: bool,
    ) -> Result<Self, Report> {
        let mut list: Vec<Column<'run>> = Vec::new();
        let mut diagnostics = Vec::new();
        for name in names.into_iter().map(str::trim) {
            if list.iter().any(|column| column.name == name) {
                let message = format!("column `{name}` is picked twice");
                diagnostics.push(Diagnostic::error("column-twice", message));
            } else if let Some(column) = self.named(name) {
                list.push(column.clone());
            } else if !(only_fillable && is_unfilled(name)) {
                diagnostics.push(self.refuse(name));
            }
        }
        if list.is_empty() && diagnostics.is_empty() {
            let none = Diagnostic::error("no-columns", "no column is picked");
            diagnostics.push(none.hint(self.known()));
        }
        if diagnostics.is_empty() {
            Ok(Self {
                list,
                is_picked: true,
                ..self
            })
        } else {
            Err(Report {
                kind: Refusal::Usage,
                diagnostics,
            })
        }
    }

    /// Why a name cannot be picked.
    fn refuse(&self, name: &str) -> Diagnostic {
        if is_unfilled(name) {
            let message = format!("nothing in this run fills the column `{name}`");
            return Diagnostic::error("column-not-filled", message).hint(self.known());
        }
        let problem = Diagnostic::error("unknown-column", format!("unknown column `{name}`"));
        let names = self.list.iter().map(|column| column.name.as_ref());
        match nearest(name, names) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(self.known()),
        }
    }

    fn known(&self) -> String {
        let names: Vec<&str> = self.list.iter().map(|column| &*column.name).collect();
        format!("this run has the columns {}", names.join(", "))
    }

    /// The columns, in order.
    pub fn list(&self) -> &[Column<'run>] {
        &self.list
    }

    /// What the run can tell about its leads.
    pub fn available(&self) -> &Available<'run> {
        &self.available
    }

    /// What every lead shares.
    pub fn context(&self) -> &Context<'run> {
        &self.context
    }

    /// The temperatures of the model, the hottest first, where the run has told them.
    pub fn temperatures(&self) -> &'run [Temperature] {
        self.temperatures
    }

    /// Whether the list is one of accounts.
    pub fn are_of_accounts(&self) -> bool {
        self.named("account").is_some()
    }

    /// Whether somebody picked these columns; if not, formats for people show a choice of their own.
    pub fn is_picked(&self) -> bool {
        self.is_picked
    }

    /// The parts of a lead that the columns show.
    pub fn parts(&self) -> Parts {
        let parts = self.list.iter().map(|column| column.parts);
        parts.fold(Parts::NONE, Parts::and)
    }

    /// What a lead has in each column, in order.
    pub fn cells<'a>(&'a self, lead: &'a Lead<'a>) -> impl Iterator<Item = Cell<'a>> {
        self.list
            .iter()
            .map(move |column| column.read(lead, &self.context))
    }
}

/// Whether a column that this run lacks is one that another run could have.
fn is_unfilled(name: &str) -> bool {
    ORDER
        .iter()
        .any(|place| matches!(place, Place::Fixed(fixed) if fixed.name == name))
}

/// One column per group, under a name no other column has.
fn group_columns<'run>(groups: &[&'run str]) -> Vec<Column<'run>> {
    let mut columns: Vec<Column<'run>> = Vec::new();
    for &group in groups {
        let mut name = Cow::Borrowed(group);
        while is_taken(&name)
            || (name != group && groups.contains(&name.as_ref()))
            || columns.iter().any(|column| column.name == name)
        {
            name = Cow::Owned(format!("group_{name}"));
        }
        columns.push(Column {
            name,
            kind: Kind::Points,
            parts: Parts::GROUPS,
            origin: Origin::Group(group),
        });
    }
    columns
}

/// Whether a name belongs to a column that is no group's.
fn is_taken(name: &str) -> bool {
    ORDER.iter().any(|place| match place {
        Place::Fixed(fixed) => fixed.name == name,
        Reserved(reserved) => *reserved == name,
        Groups => false,
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn names(columns: &Columns<'_>) -> Vec<String> {
        let names = columns.list().iter().map(|column| column.name.to_string());
        names.collect()
    }

    #[test]
    fn whoever_reads_a_list_again_knows_every_column_of_it() {
        let fixed = ORDER.iter().filter_map(|place| match place {
            Place::Fixed(fixed) => Some(fixed.name),
            Reserved(name) => Some(*name),
            Groups => None,
        });
        assert_eq!(fixed.collect::<Vec<_>>(), crate::run::list::COLUMNS);
    }

    #[test]
    fn the_order_is_the_one_promised_to_scripts() {
        let order = "rank, contact_id, name, email, owner, source, score, temperature, tag, action, stage, grade, \
                     checklist, missing, route, assigned_to, reasons, next_step, last_event, <groups>, \
                     computed_temperature, override, previous_score, change, as_of, model, tags, ledger";
        let places: Vec<&str> = ORDER
            .iter()
            .map(|place| match place {
                Place::Fixed(fixed) => fixed.name,
                Reserved(name) => name,
                Groups => "<groups>",
            })
            .collect();
        assert_eq!(places.join(", "), order);
    }

    #[test]
    fn a_run_that_knows_everything_has_every_column() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let all = "rank contact_id name email owner source score temperature tag action stage grade checklist missing route \
                   assigned_to reasons next_step last_event engagement fit computed_temperature override \
                   previous_score change as_of model tags";
        assert_eq!(names(&columns).join(" "), all);
        assert!(!columns.is_picked());
    }

    #[test]
    fn a_column_that_nothing_can_fill_is_left_out() {
        let zone = Zone::utc();
        let columns = Columns::of_run(&Available::default(), sample::context(&zone));
        let few = "rank contact_id score temperature reasons as_of model";
        assert_eq!(names(&columns).join(" "), few);
    }

    #[test]
    fn a_group_with_the_name_of_a_column_is_told_apart() {
        let zone = Zone::utc();
        let available = Available {
            groups: vec!["score", "stage", "group_score", "fit", "ledger"],
            ..Available::default()
        };
        let columns = Columns::of_run(&available, sample::context(&zone));
        let groups = "group_group_score group_stage group_score fit group_ledger";
        assert!(names(&columns).join(" ").contains(groups), "{columns:?}");
    }

    #[test]
    fn picked_columns_come_in_the_order_they_are_named() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone)
            .pick(["score", " rank ", "fit"])
            .unwrap();
        assert_eq!(names(&columns), ["score", "rank", "fit"]);
        assert!(columns.is_picked());
    }

    #[test]
    fn every_name_that_cannot_be_picked_is_told_at_once() {
        let zone = Zone::utc();
        let available = Available::default();
        let columns = Columns::of_run(&available, sample::context(&zone));
        let report = columns
            .pick(["scroe", "owner", "rank", "rank", "shoe_size"])
            .unwrap_err();
        assert_eq!(report.kind, Refusal::Usage);
        let told: Vec<(&str, Option<&str>)> = report
            .diagnostics
            .iter()
            .map(|problem| (problem.message.as_str(), problem.hint.as_deref()))
            .collect();
        let known =
            "this run has the columns rank, contact_id, score, temperature, reasons, as_of, model";
        assert_eq!(
            told,
            [
                ("unknown column `scroe`", Some("did you mean `score`?")),
                ("nothing in this run fills the column `owner`", Some(known)),
                ("column `rank` is picked twice", None),
                ("unknown column `shoe_size`", Some(known)),
            ]
        );
    }

    #[test]
    fn picking_nothing_is_refused() {
        let zone = Zone::utc();
        let report = sample::columns(&zone).pick([]).unwrap_err();
        assert_eq!(report.kind, Refusal::Usage);
    }

    #[test]
    fn a_checklist_reads_as_yes_and_no() {
        let items = [("budget", true), ("urgency", false)];
        assert_eq!(Cell::Checklist(&items).text(), "budget=yes; urgency=no");
    }

    #[test]
    fn what_is_not_known_is_empty() {
        let zone = Zone::utc();
        let columns = sample::columns(&zone);
        let lead = sample::bare_lead();
        let empty: Vec<String> = columns
            .list()
            .iter()
            .filter(|column| matches!(column.read(&lead, columns.context()), Cell::Empty))
            .map(|column| column.name.to_string())
            .collect();
        let unknown = "name email owner source tag action stage grade route assigned_to next_step last_event \
                       engagement fit previous_score change tags";
        assert_eq!(empty.join(" "), unknown);
    }
}
