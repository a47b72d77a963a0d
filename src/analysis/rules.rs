//! `report rules`: what each rule gave, to how many, and how much of the score it explains.
//!
//! Scores differ between leads because what rules give differs. The variance of the score is the sum over all lines of
//! the ledger of their covariance with it, so that covariance over variance is a line's share in what tells leads apart
//! (the natural decomposition of A. F. Shorrocks, "Inequality decomposition by factor components", Econometrica 50,
//! 1982). Shares sum to one; a rule that runs against the others has a negative one.

use super::{Cell, Chart, Column, Document, Facts, Part, Table, Unit};
use crate::rank::Ranking;
use crate::value::Points;

/// What one line of the ledger came to over all leads.
#[derive(Default, Clone)]
struct Line {
    /// Leads to which it gave, or took.
    leads: u64,
    won: u64,
    /// In thousandths of a point.
    sum: i128,
    /// The sum of its products with the score.
    products: i128,
    largest: Option<Points>,
    smallest: Option<Points>,
}

impl Line {
    fn add(&mut self, points: Points, score: Points, is_won: bool) {
        if points == Points::ZERO {
            return;
        }
        let thousandths = i128::from(points.thousandths());
        self.leads += 1;
        self.won += u64::from(is_won);
        self.sum += thousandths;
        self.products += thousandths * i128::from(score.thousandths());
        self.largest = self.largest.max(Some(points));
        self.smallest = Some(
            self.smallest
                .map_or(points, |smallest| smallest.min(points)),
        );
    }
}

/// The report on rules, over the leads that are not disqualified. What people set by hand is no rule's doing: scores
/// count here as the model has them.
pub fn rules(facts: &Facts<'_>, ranking: &Ranking) -> Document {
    let model = facts.model;
    let mut lines = vec![Line::default(); model.rules.len()];
    let (mut limits, mut bounds) = (Line::default(), Line::default());
    let mut score_line = Line::default();
    let (mut leads, mut won) = (0_u64, 0_u64);
    for lead in facts.leads.iter().filter(|lead| lead.is_pursued) {
        let (_, ledger) = ranking.ledger(lead.place);
        let end = ledger.bottom_line();
        leads += 1;
        won += u64::from(lead.is_won);
        let mut rest = end.score;
        for (line, (_, points)) in lines.iter_mut().zip(ledger.rules()) {
            line.add(points, end.score, lead.is_won);
            rest = rest - points;
        }
        let of_score = end.scale_change + end.bounds_change + end.rounding;
        limits.add(rest - of_score, end.score, lead.is_won);
        bounds.add(of_score, end.score, lead.is_won);
        score_line.add(end.score, end.score, lead.is_won);
    }
    let scored = Scored {
        leads,
        won,
        line: score_line,
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (rule, line) in model.rules.iter().zip(&lines) {
        let group = rule.group.map(|group| model.groups[group].label.as_str());
        let mut row = vec![
            Cell::from(rule.id.as_str()),
            rule.name.as_str().into(),
            group.into(),
        ];
        row.extend(scored.cells(line));
        rows.push(row);
    }
    for (name, line) in [
        ("(limits of groups)", &limits),
        ("(bounds and rounding)", &bounds),
    ] {
        if line.leads > 0 {
            let mut row = vec![Cell::Blank, name.into(), Cell::Blank];
            row.extend(scored.cells(line));
            rows.push(row);
        }
    }
    let mut columns = vec![
        Column::new("rule", "Id", Unit::Text).part(Part::Hidden),
        Column::new("name", "Rule", Unit::Text),
        Column::new("group", "Group", Unit::Text),
        Column::new("leads", "Leads", Unit::Count),
        Column::new("share", "Of all", Unit::Share),
        Column::new("points", "Points", Unit::Points).part(Part::Hidden),
        Column::new("mean", "Mean", Unit::Points),
        Column::new("smallest", "Smallest", Unit::Points).part(Part::Hidden),
        Column::new("largest", "Largest", Unit::Points),
        Column::new("explained", "Explains", Unit::Share),
        Column::new("won_with", "Won with it", Unit::Share),
        Column::new("won_without", "without", Unit::Share),
    ];
    if won == 0 {
        columns.truncate(10);
        for row in &mut rows {
            row.truncate(10);
        }
    }
    let mut document = facts.document("rules", "What the rules gave", Vec::new(), Vec::new());
    let idle: Vec<&str> = model
        .rules
        .iter()
        .zip(&lines)
        .filter(|(rule, line)| rule.enabled && line.leads == 0)
        .map(|(rule, _)| rule.name.as_str())
        .collect();
    if !idle.is_empty() {
        let note = format!("Gave nothing to anybody: {}.", idle.join("; "));
        document.notes.push(note);
    }
    document.notes.push(
        "“Explains” is the rule's share in what tells the leads' scores apart (covariance with the score over its \
         variance); the shares sum to 100%."
            .to_owned(),
    );
    if won > 0 {
        document.notes.push(
            "Won with a rule and without it are plain shares: other rules and chance are in them, and what was known \
             only after a win says nothing."
                .to_owned(),
        );
    }
    document.tables.push(Table {
        name: "rules".into(),
        title: "Rules".to_owned(),
        question:
            "What does each rule give, to how many, and how much of the score does it explain?"
                .to_owned(),
        columns,
        rows,
        chart: Some(Chart::Bars {
            label: "name",
            value: "explained",
        }),
        notes: Vec::new(),
    });
    document
}

/// All leads, for a line to be compared with.
struct Scored {
    leads: u64,
    won: u64,
    /// The score itself as a line.
    line: Line,
}

impl Scored {
    /// A line's cells, from the number of its leads on.
    fn cells(&self, line: &Line) -> Vec<Cell> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "rounded to three decimals in the end"
        )]
        let mean = Cell::rounded(line.sum as f64 / line.leads.max(1) as f64 / 1e3, 3);
        vec![
            line.leads.into(),
            Cell::share(line.leads, self.leads),
            Cell::Number(crate::value::Number::from_millionths(line.sum * 1000)),
            if line.leads == 0 { Cell::Blank } else { mean },
            line.smallest.map(Cell::points).into(),
            line.largest.map(Cell::points).into(),
            self.explained(line),
            Cell::share(line.won, line.leads),
            Cell::share(self.won - line.won, self.leads - line.leads),
        ]
    }

    /// Covariance with the score over its variance; nothing where all scores are one.
    #[expect(
        clippy::cast_precision_loss,
        reason = "rounded to six decimals in the end"
    )]
    fn explained(&self, line: &Line) -> Cell {
        let leads = i128::from(self.leads);
        let covariance = |line: &Line| line.products * leads - line.sum * self.line.sum;
        let variance = covariance(&self.line);
        if variance == 0 {
            return Cell::Blank;
        }
        Cell::rounded(covariance(line) as f64 / variance as f64, 6)
    }
}
