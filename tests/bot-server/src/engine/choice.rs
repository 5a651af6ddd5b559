//! Finding what was chosen: by id, value or content, or by content alone, as the API has it.

use super::answer::{Answer, flag, formatted, plain};
use crate::flow::{Api, Block};
use serde_json::{Map, Value, json};

fn field<'a>(item: &'a Map<String, Value>, name: &str) -> &'a str {
    item.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// One item, or several where the options say so. `said` are the names that an item has, the kept one first.
pub fn choose(
    block: &Block,
    text: &str,
    value: Option<&str>,
    reply_id: Option<&str>,
    api: Api,
    said: &[&str],
) -> Option<Answer> {
    if flag(&block.options, "isMultipleChoice") == Some(true) {
        return choose_several(block, text, value, api, said);
    }
    let same = |name: &str| !name.is_empty() && name.trim().eq_ignore_ascii_case(text.trim());
    let item = if api.matches_contents_only() {
        // `value` may stand beside the text, and must then be that item's.
        let label = said.last().copied().unwrap_or("content");
        block.items.iter().find(|item| {
            same(field(item, label)) && value.is_none_or(|value| value == field(item, "value"))
        })
    } else {
        let by_id = reply_id.and_then(|id| block.items.iter().find(|item| field(item, "id") == id));
        by_id.or_else(|| {
            let names = std::iter::once("id").chain(said.iter().copied());
            names
                .into_iter()
                .find_map(|name| block.items.iter().find(|item| same(field(item, name))))
        })
    };
    let Some(item) = item else {
        let other = flag(&block.options, "otherOption") == Some(true)
            && value.is_none()
            && !text.trim().is_empty();
        return other.then(|| plain(text));
    };
    let canonical = told(item, said);
    // What the page showed as chosen stays: only the content may be replaced by itself.
    let mut answer = if api.matches_contents_only() {
        plain(canonical)
    } else {
        formatted(text, canonical.to_owned())
    };
    answer.to = item.get("to").and_then(Value::as_str).map(str::to_owned);
    Some(answer)
}

/// What a chosen item is kept as: the first of its names that is not empty.
fn told<'a>(item: &'a Map<String, Value>, names: &[&str]) -> &'a str {
    names
        .iter()
        .map(|name| field(item, name))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

fn choose_several(
    block: &Block,
    text: &str,
    value: Option<&str>,
    api: Api,
    said: &[&str],
) -> Option<Answer> {
    let label = [said.last().copied().unwrap_or("content")];
    let names: &[&str] = if api.matches_contents_only() {
        &label
    } else {
        said
    };
    let other = flag(&block.options, "otherOption") == Some(true);
    if value.is_some() {
        return None;
    }
    let mut rest = text.trim();
    let mut chosen = Vec::new();
    while !rest.is_empty() {
        // The longest name first: one item's name may begin another's.
        let fits = block
            .items
            .iter()
            .flat_map(|item| names.iter().map(move |name| (item, field(item, name))));
        let fits = fits.filter(|(_, name)| !name.is_empty() && starts_item(rest, name.trim()));
        let Some((item, name)) = fits.max_by_key(|(_, name)| name.trim().len()) else {
            return (other && chosen.is_empty()).then(|| plain(text));
        };
        chosen.push(told(item, said));
        rest = rest[name.trim().len()..].trim_start_matches([',', ' ']);
    }
    (!chosen.is_empty()).then(|| {
        let joined = chosen.join(", ");
        if api.matches_contents_only() {
            plain(&joined)
        } else {
            formatted(text, joined)
        }
    })
}

fn starts_item(rest: &str, name: &str) -> bool {
    let start = rest
        .get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name));
    start && (rest.len() == name.len() || rest[name.len()..].starts_with(','))
}

/// A card is chosen by one of its paths or, by text, by its title.
pub fn choose_card(block: &Block, text: &str, reply_id: Option<&str>) -> Option<Answer> {
    let sought = reply_id.unwrap_or(text);
    for item in &block.items {
        let title = field(item, "title");
        let paths: Vec<&Map<String, Value>> = item
            .get("paths")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_object)
            .collect();
        let by_title = !title.is_empty() && title == text;
        let Some(path) = paths
            .iter()
            .find(|path| field(path, "id") == sought)
            .or(paths.first().filter(|_| by_title))
        else {
            continue;
        };
        let mut answer = formatted(text, title.to_owned());
        answer.to = path.get("to").and_then(Value::as_str).map(str::to_owned);
        for mapping in block
            .options
            .get("saveResponseMapping")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let kept = match mapping["field"].as_str().unwrap_or_default() {
                "Title" => title,
                "Description" => field(item, "description"),
                "Image URL" => field(item, "imageUrl"),
                "Button" => field(path, "text"),
                _ => item
                    .get("options")
                    .and_then(|options| options["internalValue"].as_str())
                    .unwrap_or_default(),
            };
            answer.also.push((
                mapping["variableId"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                json!(kept),
            ));
        }
        return Some(answer);
    }
    None
}
