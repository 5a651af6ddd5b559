//! How far a conversation has come, as the real servers reckon it.

use super::Place;
use crate::flow::{Api, Bot};

/// `(answered + 1) / (longest way still to go + answered + 1)` in percent; 100 at the end.
pub fn percent(bot: &Bot, api: Api, at: Option<Place>, answered: usize) -> f64 {
    let Some(at) = at else { return 100.0 };
    let here = bot
        .groups
        .get(at.0)
        .and_then(|group| group.blocks.get(at.1))
        .filter(|block| block.is_input());
    let left = here.map_or(0, |_| 1)
        + longest(
            bot,
            api,
            (at.0, at.1 + 1),
            &mut vec![at.0],
            here.map(|block| block.items.as_slice()),
        );
    (answered + 1) as f64 / (left + answered + 1) as f64 * 100.0
}

type Items<'a> = Option<&'a [serde_json::Map<String, serde_json::Value>]>;

/// Inputs on the longest way from a place; a group already on the way is not entered again.
fn longest(bot: &Bot, api: Api, at: Place, way: &mut Vec<usize>, branches: Items<'_>) -> usize {
    let mut best = enter(bot, api, branches, way);
    let mut count = 0;
    let mut place = at;
    while let Some(group) = bot.groups.get(place.0) {
        let seen = group.only.is_empty() || group.only.contains(&api);
        let Some(block) = group.blocks.get(place.1).filter(|_| seen) else {
            place = (place.0 + 1, 0);
            if way.contains(&place.0) {
                break;
            }
            continue;
        };
        place.1 += 1;
        if !api.has_words_for(block) {
            continue;
        }
        match block.kind.as_str() {
            "end" => break,
            "jump" => {
                best = best.max(count + group_of(bot, api, block.to.as_deref(), way));
                return best;
            }
            "condition" => {
                best = best.max(count + group_of(bot, api, block.to.as_deref(), way));
                best = best.max(count + group_of(bot, api, block.otherwise.as_deref(), way));
                if block.to.is_some() && block.otherwise.is_some() {
                    return best;
                }
            }
            _ if block.is_input() => {
                count += 1;
                best = best.max(count + enter(bot, api, Some(&block.items), way));
            }
            _ => {}
        }
    }
    best.max(count)
}

fn enter(bot: &Bot, api: Api, items: Items<'_>, way: &mut Vec<usize>) -> usize {
    let goals = items
        .unwrap_or_default()
        .iter()
        .filter_map(|item| item.get("to")?.as_str());
    goals
        .map(|to| group_of(bot, api, Some(to), way))
        .max()
        .unwrap_or(0)
}

fn group_of(bot: &Bot, api: Api, to: Option<&str>, way: &mut Vec<usize>) -> usize {
    let Some(group) = to
        .and_then(|to| bot.group(to))
        .filter(|group| !way.contains(group))
    else {
        return 0;
    };
    way.push(group);
    let length = longest(bot, api, (group, 0), way, None);
    way.pop();
    length
}
