//! What goes out to a lead, and what comes back: newsletters and price alerts, mails, calls and messages from its agent.

use super::clock::{DAY, FIRST_DAY, HOUR, date, instant, iso_day, local_day, weekday};
use super::source::Opening;
use super::story::{Outcome, Story};

impl Story<'_> {
    /// The lead comes: how depends on the source.
    pub(super) fn arrive(&mut self) {
        let came = self.lead.came;
        match self.lead.source.opening {
            Opening::Inquiry => {
                // On a portal people write about several homes within minutes.
                let more = if self.lead.portal.is_empty() { 1 } else { 4 };
                let mut at = came;
                for _ in 0..=self.random.skewed(0, more) {
                    self.ask(at, "Inquiry");
                    at += self.random.between(50, 700);
                }
            }
            Opening::Visit => {
                self.visit(came, self.lead.source.campaign);
                if self.random.chance(620) {
                    let at = came + self.random.between(300, 1500);
                    let name = self
                        .random
                        .likely(&[("Inquiry", 55), ("Information Requested", 45)]);
                    self.ask(at, name);
                } else if self.random.chance(350) {
                    self.plan_touch(came + DAY);
                }
            }
            Opening::Call => {
                let at = self.at_work(came);
                self.log_agent(at, "Call Made", None);
                self.touches += 1;
                if self.random.chance(700) {
                    let after = at + self.random.between(600, 3 * HOUR);
                    self.plan_touch(after);
                }
            }
            Opening::Mail => {
                let at = came + self.random.between(HOUR, 4 * DAY);
                self.next_touch = (self.random.chance(850)).then_some(at);
            }
        }
    }

    /// The lead asks for something, and the agent means to answer.
    pub(super) fn ask(&mut self, at: i64, name: &'static str) {
        let listing = (self.random.chance(850)).then(|| self.favourite());
        let path = if self.random.chance(650) && self.lead.portal.is_empty() {
            self.page("contact")
        } else {
            String::new()
        };
        self.log_page(at, name, listing, path, "");
        self.signs(at);
        // One lead in fourteen is overlooked.
        if self.random.chance(930) {
            self.plan_touch(at);
        }
    }

    /// The agent means to react to something that happened at `at`.
    pub(super) fn plan_touch(&mut self, at: i64) {
        let (soon, late) = self.lead.owner.answer;
        let began = self.at_work(at);
        let answer = began + self.random.skewed(soon, late) * 60 + self.random.below(60);
        let planned = self.at_work(answer);
        self.next_touch = Some(self.next_touch.map_or(planned, |other| other.min(planned)));
        self.unanswered = self.unanswered.min(1);
    }

    /// The agent's tries of a day.
    pub(super) fn follow_up(&mut self, today: i64) {
        while let Some(planned) = self.next_touch.filter(|at| local_day(*at) <= today) {
            self.next_touch = None;
            let at = self.at_work(planned.max(instant(today, 0)));
            self.touch(at);
        }
    }

    fn touch(&mut self, at: i64) {
        self.touches += 1;
        let talker = self.lead.talker;
        let mails = if self.bounces > 0 { 0 } else { 1100 - talker };
        let channel = self.random.likely(&[
            ("Email Sent", mails),
            ("Call Made", talker * 7 / 10),
            ("WhatsApp Sent", 100 + talker / 2),
        ]);
        let about = (self.random.chance(450)).then(|| self.favourite());
        self.log_agent(at, channel, about);
        if channel == "Email Sent" && self.lead.dead_mail {
            let bounced = at + self.random.between(2, 90);
            self.log(bounced, "Email Bounced", None);
            self.bounces += 1;
        }
        let reached = channel != "Email Sent" || !self.lead.dead_mail;
        let willing = self.lead.response * (340 + self.interest() * 800 / 1000) / 1000;
        if reached && self.random.chance(willing) {
            self.answer(at, channel);
        } else {
            self.unanswered += 1;
            if channel == "Email Sent" && reached && self.random.chance(self.lead.mail) {
                self.open(at, "", about);
            }
        }
        if channel == "Call Made" && self.random.chance(self.lead.owner.records / 5) {
            let noted = at + self.random.between(240, 1500);
            self.log_agent(noted, "Note Added", None);
        }
        self.plan_next_try(at);
    }

    fn answer(&mut self, at: i64, channel: &str) {
        let slowest = 40 + (1000 - self.lead.response) * 7;
        let delay = self.random.skewed(2, slowest) * 60 + self.random.below(60);
        let back = self.awake(at + delay);
        match channel {
            "Email Sent" => {
                let read = back - self.random.between(40, 900).min((back - at) / 2);
                self.log(read, "Email Opened", None);
                self.log(back, "Email Reply", None);
            }
            "WhatsApp Sent" => self.log(back, "WhatsApp Reply", None),
            // They took the call; some write afterwards as well.
            _ if self.random.chance(420) => {
                let name = self
                    .random
                    .likely(&[("WhatsApp Reply", 60), ("Email Reply", 40)]);
                self.log(back, name, None);
            }
            _ => {}
        }
        self.answers += 1;
        self.unanswered = 0;
        self.signs(back);
        let change = self.random.between(-10, 110);
        self.warm(change);
        let eager = self.interest() * self.lead.decision / 1000;
        if self.random.chance(eager * 300 / 1000) {
            let listing = self.favourite();
            let asked = back + self.random.between(60, 2 * HOUR);
            self.request_viewing(asked, listing);
        }
    }

    fn plan_next_try(&mut self, at: i64) {
        let owner = self.lead.owner;
        let hope = if self.deal.is_some() {
            950
        } else {
            owner.persistence - 110 * self.unanswered
        };
        if self.next_touch.is_none() && self.random.chance(hope) {
            let days = match (self.deal.is_some(), self.unanswered) {
                (true, _) => self.random.between(2, 9),
                (_, 0) => self.random.between(1, 14),
                (_, tries) => self.random.between(2, 6) + 5 * tries,
            };
            let again = at + days * DAY + self.random.between(-4 * HOUR, 4 * HOUR);
            self.next_touch = Some(self.at_work(again));
        }
    }

    /// Newsletters every fourth Thursday, new matches, price alerts on saved homes.
    pub(super) fn receive_mailings(&mut self, today: i64) {
        if self.bounces > 1 {
            return;
        }
        self.receive_matches(today);
        if !self.subscribed {
            return;
        }
        if (today - FIRST_DAY) % 28 == 6 {
            let sent = instant(today, 10 * HOUR + 1800) + self.random.between(0, 900);
            let (_, month, _) = date(today);
            let campaign = if month == 9 && self.random.chance(300) {
                "autumn-fair-invitation".to_owned()
            } else {
                format!("newsletter-{}", iso_day(today))
            };
            self.mailing(sent, &campaign, None);
        }
        if !self.saved.is_empty() && self.random.chance(22) {
            let listing = *self.random.pick(&self.saved);
            let sent = instant(today, 7 * HOUR + self.random.between(0, 600));
            self.mailing(sent, "price-alert", Some(listing));
        }
    }

    /// Who looks around gets new homes that match the search, on Mondays, for as long as they look.
    fn receive_matches(&mut self, today: i64) {
        let looking = self.interest() * 600 / 1000;
        let open = self.outcome == Outcome::Open && self.interest() > 300;
        if weekday(today) == 0 && open && self.random.chance(looking) {
            let listing = self.favourite();
            let sent = instant(today, 8 * HOUR + self.random.between(0, 400));
            self.mailing(sent, "new-matches", Some(listing));
        }
    }

    fn mailing(&mut self, sent: i64, campaign: &str, listing: Option<usize>) {
        self.log_page(sent, "Email Sent", listing, String::new(), campaign);
        if self.lead.dead_mail {
            let at = sent + self.random.between(2, 300);
            self.log_page(at, "Email Bounced", listing, String::new(), campaign);
            self.bounces += 1;
            // The mailing tool gives up at the second bounce.
            self.subscribed = self.bounces < 2;
        } else if self
            .random
            .chance(self.lead.mail * (500 + self.interest() / 2) / 1000)
        {
            self.open(sent, campaign, listing);
        } else if self.random.chance((1000 - self.interest()) * 50 / 1000) {
            let delay = self.random.skewed(HOUR, 2 * DAY);
            let at = self.awake(sent + delay);
            self.log_page(at, "Unsubscribed", None, String::new(), campaign);
            self.subscribed = false;
        }
    }

    fn open(&mut self, sent: i64, campaign: &str, listing: Option<usize>) {
        let delay = self.random.skewed(45, 2 * DAY);
        let mut at = self.awake(sent + delay);
        self.log_page(at, "Email Opened", listing, String::new(), campaign);
        self.signs(at);
        let click = 60 + self.interest() * 650 / 1000;
        if self.random.chance(click) {
            at += self.random.between(6, 120);
            let to = listing.or_else(|| (self.random.chance(700)).then(|| self.favourite()));
            let path = match to {
                Some(place) => self.home_page(place),
                None => self.page("new-developments"),
            };
            self.log_page(at, "Email Clicked", to, path, campaign);
            let landed = at + self.random.between(1, 4);
            self.visit(landed, campaign);
        } else if self.random.chance(230) {
            // Mail programs open a message again each time it is looked at.
            let delay = self.random.skewed(HOUR / 2, 5 * DAY);
            let again = self.awake(at + delay);
            self.log_page(again, "Email Opened", listing, String::new(), campaign);
        }
    }
}
