//! How far a conversation has come, as the real servers reckon it.

use super::Place;
use crate::flow::{Api, Bot};
use serde_json::{Map, Value};

/// `(answered + 1) / (longest way still to go + answered + 1)` in percent; 100 at the end.
///
/// A way back to an earlier group is no way forward: it is not counted.
pub fn percent(bot: &Bot, api: Api, at: Option<Place>, answered: usize) -> f64 {
    let Some((group, block)) = at else {
        return 100.0;
    };
    let here = bot
        .groups
        .get(group)
        .and_then(|group| group.blocks.get(block));
    // The input that waits counts, and so do the groups that its items lead to.
    let waits = here.is_some_and(|block| block.is_input());
    let next = if waits { block } else { block + 1 };
    let mut ways = Ways {
        bot,
        api,
        known: vec![None; bot.groups.len()],
    };
    let left = ways.from((group, next));
    (answered + 1) as f64 / (left + answered + 1) as f64 * 100.0
}

/// The longest ways through a flow, each group's reckoned once.
struct Ways<'a> {
    bot: &'a Bot,
    api: Api,
    known: Vec<Option<usize>>,
}

impl Ways<'_> {
    /// Inputs on the longest way from a place to the end.
    fn from(&mut self, (group, block): Place) -> usize {
        let (bot, api) = (self.bot, self.api);
        let Some(here) = bot.groups.get(group) else {
            return 0;
        };
        let seen = here.only.is_empty() || here.only.contains(&api);
        let (mut best, mut count) = (0, 0);
        for block in here
            .blocks
            .iter()
            .skip(block)
            .filter(|block| seen && api.has_words_for(block))
        {
            match block.kind.as_str() {
                "end" => return best.max(count),
                "jump" => return best.max(count + self.forward(group, block.to.as_deref())),
                "condition" => {
                    best = best.max(count + self.forward(group, block.to.as_deref()));
                    best = best.max(count + self.forward(group, block.otherwise.as_deref()));
                    if block.to.is_some() && block.otherwise.is_some() {
                        return best.max(count);
                    }
                }
                _ if block.is_input() => {
                    count += 1;
                    best = best.max(count + self.branches(group, &block.items));
                }
                _ => {}
            }
        }
        best.max(count + self.group(group + 1))
    }

    fn branches(&mut self, from: usize, items: &[Map<String, Value>]) -> usize {
        let goals = items.iter().filter_map(|item| item.get("to")?.as_str());
        goals
            .map(|to| self.forward(from, Some(to)))
            .max()
            .unwrap_or(0)
    }

    fn forward(&mut self, from: usize, to: Option<&str>) -> usize {
        let goal = to.and_then(|to| self.bot.group(to));
        goal.filter(|goal| *goal > from)
            .map_or(0, |goal| self.group(goal))
    }

    fn group(&mut self, group: usize) -> usize {
        if let Some(Some(known)) = self.known.get(group) {
            return *known;
        }
        let length = self.from((group, 0));
        if let Some(slot) = self.known.get_mut(group) {
            *slot = Some(length);
        }
        length
    }
}
