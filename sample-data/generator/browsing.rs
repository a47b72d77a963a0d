//! What a lead does on the site, and the viewings that come of it.

use super::clock::{DAY, HOUR, LAST_DAY, instant, local_day, weekday};
use super::story::Story;

impl Story<'_> {
    /// The visits of a day.
    pub(super) fn look_around(&mut self, today: i64) {
        let weekend = if weekday(today) > 4 { 1250 } else { 950 };
        let keen = self.interest() * (150 + self.interest()) / 1150;
        let urge = self.lead.curiosity * keen / 1000 * weekend / 1000 * 17 / 100;
        if self.random.chance(urge) {
            let at = self.at_leisure(today);
            self.visit(at, "");
            if self.random.chance(130) {
                let later = at + self.random.between(HOUR, 5 * HOUR);
                self.visit(later, "");
            }
        }
    }

    /// A visit to the site: pages, homes, sometimes a wish at its end.
    pub(super) fn visit(&mut self, at: i64, campaign: &str) {
        let town = self.random.pick(&self.lead.towns).slug;
        let search = format!("search/{town}");
        let first = self.random.likely(&[
            ("", 34),
            (search.as_str(), 38),
            ("new-developments", 7),
            ("buying-guide", 7),
            ("mortgage-calculator", 6),
            ("areas", 5),
            ("about-us", 3),
        ]);
        let path = self.page(first);
        self.log_page(at, "Website Visit", None, path, campaign);
        self.signs(at);
        let mut now = at;
        let mut seen = None;
        for _ in 0..self.random.skewed(0, 4 + self.interest() / 150) {
            now += self.random.skewed(9, 420);
            let listing = self.look_at(now);
            seen = Some(listing);
        }
        if self.random.chance(120) {
            now += self.random.between(20, 300);
            let page = *self
                .random
                .pick(&["buying-guide", "contact", "areas", "sell"]);
            let path = self.page(page);
            self.log_page(now, "Website Visit", None, path, "");
        }
        let Some(listing) = seen else { return };
        // The agent sees who is on the site, and picks up the phone.
        if self.random.chance(self.interest() * 90 / 1000) {
            self.plan_touch(now);
        }
        let eager = self.interest() * self.lead.decision / 1000;
        if self.random.chance(self.interest() * 380 / 1000) {
            now += self.random.between(30, 500);
            self.ask(now, "Information Requested");
        }
        if self.lead.archetype.wants != "Sell" && self.random.chance(eager * 900 / 1000) {
            now += self.random.between(30, 400);
            self.request_viewing(now, listing);
        }
    }

    fn look_at(&mut self, at: i64) -> usize {
        let listing = if self.random.chance(90) {
            self.random.index(self.listings.len())
        } else {
            self.favourite()
        };
        let path = self.home_page(listing);
        self.log_page(at, "Property Viewed", Some(listing), path, "");
        if !self.saved.contains(&listing) && self.random.chance(85) {
            let path = self.home_page(listing);
            let saved_at = at + self.random.between(3, 40);
            self.log_page(saved_at, "Property Saved", Some(listing), path, "");
            self.saved.push(listing);
        }
        listing
    }

    /// The lead asks to see a home; a call follows, and for most the viewing.
    pub(super) fn request_viewing(&mut self, at: i64, listing: usize) {
        if self.requests > 3 + self.lead.decision / 250 {
            return;
        }
        self.requests += 1;
        self.log(at, "Viewing Requested", Some(listing));
        self.signs(at);
        self.plan_touch(at);
        let day = local_day(at) + self.random.skewed(1, 18) + 1;
        if self.random.chance(720) && day <= LAST_DAY {
            self.see(day, listing);
        }
    }

    fn see(&mut self, day: i64, listing: usize) {
        let opening = instant(day, self.random.between(10 * HOUR, 18 * HOUR));
        let mut at = self.at_work(opening);
        // On a viewing trip they see two or three in a row.
        let homes = 1 + self.random.skewed(0, 4);
        let mut best = (i64::MIN, listing);
        for number in 0..homes {
            let home = if number == 0 {
                listing
            } else {
                self.favourite()
            };
            self.log_agent(at, "Viewing Completed", Some(home));
            self.viewings += 1;
            let over = (self.listings[home].price - self.lead.ceiling).max(0) * 1000
                / self.listings[home].price;
            let liking = self.random.bell(0, 1000) + self.lead.owner.charm - over;
            best = best.max((liking, home));
            at += self.random.between(HOUR * 2 / 3, 2 * HOUR);
        }
        let (liking, home) = best;
        self.signs(at);
        self.warm((liking - 440) / 3);
        let ready = self.lead.intent * self.lead.means / 1000 * (300 + self.lead.decision) / 1000;
        let buys = liking > 430 && self.random.chance(ready * 900 / 1000);
        if buys && self.deal.is_none() && self.lead.archetype.wants != "Rent" {
            let agreed = day + self.random.between(1, 7);
            self.agree(agreed, Some(home));
        } else if self.random.chance(500) {
            self.plan_touch(at + DAY);
        }
    }

    /// One of the homes that caught the lead's eye, the best loved more often.
    pub(super) fn favourite(&mut self) -> usize {
        let place = self.random.early_index(self.lead.favourites.len());
        self.lead.favourites[place]
    }

    /// The address of a page of the site in the lead's language.
    pub(super) fn page(&self, page: &str) -> String {
        format!("/{}/{page}", self.lead.market.site())
    }

    /// The address of a home's page.
    pub(super) fn home_page(&self, listing: usize) -> String {
        let id = self.listings[listing].id.to_ascii_lowercase();
        self.page(&format!("property/{id}"))
    }
}
