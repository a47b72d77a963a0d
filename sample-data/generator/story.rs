//! What happens to a lead from the first day of the log to the last, told day by day: it comes, it is written to, it looks
//! around, it sees homes, it cools or warms, and for some it ends with a deed or with a no.

use super::clock::{DAY, FIRST_DAY, HOUR, LAST_DAY, instant, local_day, local_second, weekday};
use super::lead::Lead;
use super::listing::Listing;
use super::random::Random;

/// When the exports were made: the morning after the last day.
pub const EXPORTED: i64 = instant(LAST_DAY + 1, 8 * HOUR + HOUR / 2);

/// A row of the event log before it has an id.
pub struct Event {
    /// When it happened.
    pub at: i64,
    /// The CRM's name for it.
    pub name: &'static str,
    /// The home it was about: a place in the list of homes.
    pub listing: Option<usize>,
    /// The page of the site.
    pub path: String,
    /// The mailing or advertisement it came from.
    pub campaign: String,
    /// The agent who did it.
    pub agent: &'static str,
}

/// How it ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It has not.
    Open,
    /// They bought through us.
    Won {
        /// The day of the deed.
        day: i64,
        /// Its price in euro.
        value: i64,
    },
    /// They did not.
    Lost {
        /// The day the agent gave up.
        day: i64,
    },
}

/// A lead's story, and what it left behind in the CRM.
pub struct Story<'a> {
    /// Whose story it is.
    pub lead: &'a Lead,
    pub(super) listings: &'a [Listing],
    pub(super) random: Random,
    /// What was logged, in order once the story is told.
    pub events: Vec<Event>,
    /// Interest in millionths; see [`Story::interest`].
    warmth: i64,
    /// Gets the newsletter still.
    pub(super) subscribed: bool,
    pub(super) bounces: i64,
    /// When the agent means to try next.
    pub(super) next_touch: Option<i64>,
    pub(super) unanswered: i64,
    /// The last day on which the lead showed itself.
    pub(super) last_sign: i64,
    /// Homes saved.
    pub(super) saved: Vec<usize>,
    /// Answers and conversations.
    pub answers: i64,
    /// Calls, mails and messages from the agent.
    pub touches: i64,
    /// Viewings asked for.
    pub requests: i64,
    /// Viewings that took place.
    pub viewings: i64,
    /// The day and price agreed on, from the offer on.
    pub deal: Option<(i64, i64)>,
    /// How it ended.
    pub outcome: Outcome,
}

impl<'a> Story<'a> {
    /// Tells the story of a lead.
    pub fn told(lead: &'a Lead, listings: &'a [Listing], random: Random) -> Self {
        let came = local_day(lead.came);
        let mut story = Self {
            lead,
            listings,
            random,
            events: Vec::new(),
            warmth: lead.intent * 1000,
            subscribed: lead.reader,
            bounces: 0,
            next_touch: None,
            unanswered: 0,
            last_sign: came,
            saved: Vec::new(),
            answers: 0,
            touches: 0,
            requests: 0,
            viewings: 0,
            deal: None,
            outcome: Outcome::Open,
        };
        story.before_the_log(came);
        for today in came.max(FIRST_DAY)..=LAST_DAY {
            if today == came {
                story.arrive();
            }
            if today > came {
                story.receive_mailings(today);
            }
            if story.outcome == Outcome::Open {
                story.wake(today);
                story.follow_up(today);
                story.look_around(today);
                // What the lead did today may be answered today.
                story.follow_up(today);
                story.move_towards_an_end(today);
                story.cool();
            }
        }
        story.events.sort_by_key(|event| event.at);
        story.events.retain(|event| event.at < EXPORTED);
        if let Outcome::Won { day, .. } | Outcome::Lost { day } = story.outcome {
            // A viewing agreed on for a later day is called off.
            story
                .events
                .retain(|event| event.name != "Viewing Completed" || local_day(event.at) <= day);
        }
        story
    }

    /// Interest now, in permille.
    pub(super) fn interest(&self) -> i64 {
        self.warmth / 1000
    }

    pub(super) fn warm(&mut self, permille: i64) {
        self.warmth = (self.warmth + permille * 1000).clamp(0, 1_000_000);
    }

    /// Interest halves in the lead's days of patience; ln 2 is 0.693.
    fn cool(&mut self) {
        let half_life = if self.deal.is_some() {
            400
        } else {
            self.lead.patience
        };
        self.warmth -= self.warmth * 693 / (1000 * half_life);
        if self.deal.is_none() && self.random.chance(self.lead.fickle) {
            self.warmth /= 8;
            self.next_touch = self.next_touch.filter(|_| self.random.chance(600));
        }
    }

    /// Old leads have cooled, been spoken to and in part been given up before the log begins.
    fn before_the_log(&mut self, came: i64) {
        for _ in came..FIRST_DAY {
            self.cool();
        }
        let age = FIRST_DAY - came;
        if age > 0 {
            self.touches = self.random.between(1, 6);
            self.answers = (0..self.touches)
                .filter(|_| self.random.chance(self.lead.response))
                .map(|_| 1)
                .sum();
            if age > 60 && self.lead.archetype.wakes == (0, 0) && self.random.chance(300) {
                let day = came + self.random.between(30, age - 5);
                self.outcome = Outcome::Lost { day };
            } else if self.random.chance(520) {
                let day = FIRST_DAY + self.random.between(0, 60);
                self.next_touch = Some(self.at_work(instant(day, 11 * HOUR)));
            }
        }
    }

    /// Some come back after months.
    fn wake(&mut self, today: i64) {
        let (latest, earliest) = self.lead.archetype.wakes;
        if earliest > 0 && self.interest() < 300 {
            let ahead = LAST_DAY - today;
            if (latest..=earliest).contains(&ahead) && self.random.chance(60) {
                self.warm(self.lead.intent);
                let at = self.at_leisure(today);
                self.ask(at, "Inquiry");
            }
        }
    }

    fn move_towards_an_end(&mut self, today: i64) {
        if let Some((day, value)) = self.deal {
            if today == day - 3 {
                let noon = instant(today, 12 * HOUR) + self.random.between(-2 * HOUR, 5 * HOUR);
                let at = self.at_work(noon);
                self.log_agent(at, "Document Uploaded", None);
            }
            if today >= day {
                self.outcome = Outcome::Won { day, value };
            } else if self.random.chance(4) {
                // The mortgage is refused, the survey is bad, the heirs disagree.
                self.deal = None;
                self.outcome = Outcome::Lost { day: today };
            }
            return;
        }
        let silent = today - self.last_sign;
        let owner = self.lead.owner;
        let given_up = silent > 35 && self.random.chance(owner.records * 9 / 1000);
        let elsewhere = self.interest() > 250 && self.random.chance(2);
        if weekday(today) < 5 && self.touches > 0 && (given_up || elsewhere) {
            self.outcome = Outcome::Lost { day: today };
        } else if self.lead.archetype.wants == "Buy"
            && self.interest() > 380
            && self.random.below(100_000) < self.lead.intent * self.lead.means / 2_200
        {
            // Some buy off plan, or see the home with someone else's key: the log never says.
            self.agree(today, None);
        }
    }

    /// An offer is accepted: the deed follows in weeks.
    pub(super) fn agree(&mut self, today: i64, listing: Option<usize>) {
        let asking = match listing {
            Some(place) => self.listings[place].price,
            None => self.lead.ceiling,
        };
        let value = asking * self.random.bell(900, 1000) / 1000 / 500 * 500;
        let mut day = today + self.random.between(6, 40);
        if weekday(day) > 4 {
            day += 2;
        }
        self.deal = Some((day, value));
        self.warm(250);
    }

    pub(super) fn log(&mut self, at: i64, name: &'static str, listing: Option<usize>) {
        self.log_page(at, name, listing, String::new(), "");
    }

    pub(super) fn log_page(
        &mut self,
        at: i64,
        name: &'static str,
        listing: Option<usize>,
        path: String,
        campaign: &str,
    ) {
        self.events.push(Event {
            at,
            name,
            listing,
            path,
            campaign: campaign.to_owned(),
            agent: "",
        });
    }

    pub(super) fn log_agent(&mut self, at: i64, name: &'static str, listing: Option<usize>) {
        self.events.push(Event {
            at,
            name,
            listing,
            path: String::new(),
            campaign: String::new(),
            agent: self.lead.owner.email,
        });
    }

    /// An hour at which the lead has time: evenings, lunch, some mornings.
    pub(super) fn at_leisure(&mut self, today: i64) -> i64 {
        let hour = self.random.likely(&[
            (8, 4),
            (9, 8),
            (10, 10),
            (11, 10),
            (12, 10),
            (13, 12),
            (14, 9),
            (15, 8),
            (16, 9),
            (17, 10),
            (18, 11),
            (19, 14),
            (20, 17),
            (21, 15),
            (22, 8),
            (23, 3),
        ]);
        let second = hour * HOUR + self.random.below(HOUR) + self.lead.late * i64::from(hour > 17);
        instant(today, 0) + second
    }

    /// The first moment at or after `at` when an agent is at work: weekdays from nine to seven, Saturdays to two.
    pub(super) fn at_work(&mut self, at: i64) -> i64 {
        let mut day = local_day(at);
        let mut second = local_second(at);
        loop {
            let close = match weekday(day) {
                0..=4 => 19 * HOUR,
                5 => 14 * HOUR,
                _ => 0,
            };
            if second < 9 * HOUR && close > 0 {
                return instant(day, 9 * HOUR + self.random.skewed(120, 3 * HOUR));
            }
            if second < close {
                return instant(day, second);
            }
            day += 1;
            second = 0;
        }
    }

    /// The same moment, or the morning after where it falls into the night.
    pub(super) fn awake(&mut self, at: i64) -> i64 {
        match local_second(at) / HOUR {
            0..=6 if self.random.chance(970) => {
                let day = local_day(at);
                instant(day, 7 * HOUR + self.random.skewed(60, 4 * HOUR))
            }
            _ => at,
        }
    }

    pub(super) fn signs(&mut self, at: i64) {
        self.last_sign = self.last_sign.max((at / DAY).min(LAST_DAY));
    }
}
