//! An explanation as text for people.

use std::fmt::Write;

use anstyle::Style;

use super::readable;
use crate::rank::explanation::{Explanation, Given, Part, Seen};
use crate::rank::{Step, Way};
use crate::value::{Points, Span};

/// Steps shown towards the next temperature.
const STEPS_SHOWN: usize = 5;

/// The explanation as lines of text, each ended by a line feed.
pub fn text(explanation: &Explanation, color: bool) -> String {
    let mut page = Page {
        text: String::new(),
        color,
    };
    page.head(explanation);
    for part in &explanation.groups {
        page.part(part);
    }
    page.sum(explanation);
    page.checklist(explanation);
    page.hotter(&explanation.hotter);
    page.text
}

struct Page {
    text: String,
    color: bool,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn bold(&self, text: &str) -> String {
        if self.color {
            let style = Style::new().bold();
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    fn head(&mut self, lead: &Explanation) {
        let title = lead.tag.as_deref().unwrap_or(&lead.temperature);
        let name = lead
            .name
            .as_deref()
            .map_or_else(String::new, |name| format!(" {}", readable(name)));
        let head = format!(
            "{}{name}: {} points, {}",
            readable(&lead.contact_id),
            lead.score,
            readable(title)
        );
        let head = self.bold(&head);
        match (lead.rank, &lead.disqualified) {
            (Some(rank), _) => self.line(&format!("{head} (rank {rank} of {})", lead.of)),
            (None, reason) => {
                let reason = readable(reason.as_deref().unwrap_or_default()).into_owned();
                self.line(&format!("{head} (not ranked)"));
                self.line(&format!("Disqualified: {reason}"));
            }
        }
        if lead.is_kept {
            self.line("Kept from the previous run: its score alone would be cooler");
        }
        for one in &lead.overrides {
            self.line(&format!("By hand: {}", readable(one)));
        }
        if let Some(computed) = &lead.computed_temperature
            && *computed != lead.temperature
        {
            self.line(&format!("Without that: {}", readable(computed)));
        }
        if let Some(before) = lead.previous_score {
            let change = (lead.score - before).signed();
            self.line(&format!("Before: {before} points ({change})"));
        }
        for (what, value) in [
            ("Stage", &lead.stage),
            ("Grade", &lead.grade),
            ("Route", &lead.route),
            ("Assigned to", &lead.assigned_to),
        ] {
            if let Some(value) = value {
                self.line(&format!("{what}: {}", readable(value)));
            }
        }
        for held_back in &lead.held_back {
            self.line(&format!(
                "Not {}, for want of: {}",
                readable(&held_back.from),
                listed(&held_back.missing)
            ));
        }
        if let Some(action) = &lead.action {
            self.line(&format!("To do: {}", readable(action)));
        }
        let last = lead.last_event.as_deref().unwrap_or("none");
        self.line(&format!("Last event: {last}"));
        self.line(&format!(
            "As of {}, model {}",
            lead.as_of,
            readable(&lead.model)
        ));
    }

    fn part(&mut self, part: &Part) {
        let bound = match (part.max, part.min) {
            (Some(max), _) if part.sum > max => format!(" (of {}, at most {max} count)", part.sum),
            (_, Some(min)) if part.sum < min => format!(" (of {}, at least {min} count)", part.sum),
            (Some(max), _) => format!(" of {max}"),
            _ => String::new(),
        };
        self.line("");
        let label = self.bold(&readable(&part.label));
        self.line(&format!("{label}: {}{bound}", part.points));
        for rule in &part.rules {
            self.rule(rule);
        }
    }

    fn rule(&mut self, given: &Given) {
        self.line(&format!(
            "{:>8}  {}: {}",
            given.points.signed(),
            readable(&given.label),
            readable(&given.worth)
        ));
        for seen in &given.seen {
            self.seen(seen);
        }
        if !given.note.is_empty() {
            self.line(&format!("            note: {}", readable(&given.note)));
        }
    }

    fn seen(&mut self, seen: &Seen) {
        let name = readable(&seen.name);
        let Some(events) = &seen.events else {
            let value = match &seen.value {
                Some(value) => format!("\"{}\"", readable(value)),
                None => "unknown".to_owned(),
            };
            self.line(&format!("            {name} = {value}"));
            return;
        };
        let value = match &seen.value {
            Some(value) if seen.unit.is_empty() => value.clone(),
            Some(value) => format!("{value} {}", seen.unit),
            None => "unknown".to_owned(),
        };
        let manner = if events.manner.is_empty() {
            String::new()
        } else {
            format!(" ({})", events.manner)
        };
        let what = if seen.unit.starts_with("minute") {
            "answer"
        } else {
            "event"
        };
        let count = match events.count {
            0 => format!("no {what}"),
            1 => format!("1 {what}"),
            count => format!("{count} {what}s"),
        };
        self.line(&format!(
            "            {name} = {value} from {count}{manner}"
        ));
        for event in &events.newest {
            let mut line = format!("              {}  {}", event.time, readable(&event.event));
            if let Some(value) = &event.value {
                let _ = write!(line, " {}", readable(value));
            }
            if event.beyond_limit {
                line.push_str(", beyond the limit");
            } else if let Some(counts) = &event.counts {
                let _ = write!(line, ", counts {counts}");
            }
            if let Some(minutes) = event.answered_after_minutes {
                let minutes = u64::try_from(minutes).unwrap_or_default();
                let _ = write!(line, ", answered after {}", Span::from_minutes(minutes));
            }
            self.line(&line);
        }
        let more = events.count - events.newest.len();
        if more > 0 {
            self.line(&format!("              … and {more} older"));
        }
    }

    /// Groups, bounds and rounding as the sum they are.
    fn sum(&mut self, lead: &Explanation) {
        self.line("");
        let mut terms: Vec<(Points, String)> = lead
            .groups
            .iter()
            .map(|part| (part.points, part.label.clone()))
            .collect();
        terms.extend(
            lead.score_changes
                .iter()
                .map(|change| (change.points, change.label.clone())),
        );
        for (points, label) in terms {
            self.line(&format!("{:>8}  {}", points.signed(), readable(&label)));
        }
        let score = self.bold(&format!("{:>8}  Score", lead.score.to_string()));
        self.line(&score);
    }

    fn checklist(&mut self, lead: &Explanation) {
        if lead.checklist.is_empty() {
            return;
        }
        self.line("");
        let title = self.bold("Checklist");
        self.line(&title);
        for item in &lead.checklist {
            let mark = if item.met { "yes" } else { "no" };
            self.line(&format!("{mark:>8}  {}", readable(&item.label)));
        }
    }

    fn hotter(&mut self, way: &Way) {
        let Some(next) = &way.next else {
            return;
        };
        self.line("");
        let title = self.bold(&format!("Towards {}, from {}", readable(next), way.from));
        self.line(&title);
        if !way.missing.is_empty() {
            self.line(&format!("    needs {}", listed(&way.missing)));
        }
        for step in way.steps.iter().take(STEPS_SHOWN) {
            self.step(step);
        }
        let Some(together) = &way.together else {
            return;
        };
        self.line(&format!(
            "    no single rule is enough; together → {}:",
            together.score
        ));
        for step in &together.steps {
            let how = how(step);
            let label = readable(&step.label);
            self.line(&format!("{:>8}  {label}{how}", step.points.signed()));
        }
    }

    fn step(&mut self, step: &Step) {
        let missing = if step.missing.is_empty() {
            String::new()
        } else {
            format!(" once it has: {}", listed(&step.missing))
        };
        self.line(&format!(
            "{:>8}  {}{} → {}, {}{missing}",
            step.points.signed(),
            readable(&step.label),
            how(step),
            step.score,
            readable(&step.temperature)
        ));
    }
}

/// What a step takes, in parentheses.
fn how(step: &Step) -> String {
    match &step.how {
        Some(how) => format!(" ({})", readable(how)),
        None => String::new(),
    }
}

fn listed(labels: &[String]) -> String {
    let labels: Vec<_> = labels.iter().map(|label| readable(label)).collect();
    labels.join(", ")
}
