//! Comparing a variable, by the names that the builders give their comparisons.

use super::Variables;
use crate::flow::Block;
use serde_json::Value;

/// Whether a condition block holds. A comparison without a name is `Equal to`.
pub fn holds(block: &Block, variables: &Variables) -> bool {
    let left = variables.text(block.variable.as_deref().unwrap_or_default());
    let right = match variables.fill_all(&block.value) {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let numbers = || Some((left.parse::<f64>().ok()?, right.parse::<f64>().ok()?));
    let (low, sought) = (left.to_lowercase(), right.to_lowercase());
    match block.is.as_deref().unwrap_or("Equal to") {
        "Not equal" => low != sought,
        "Greater than" => numbers().is_some_and(|(left, right)| left > right),
        "Less than" => numbers().is_some_and(|(left, right)| left < right),
        "Is set" | "Is not empty" => !left.is_empty(),
        "Is empty" => left.is_empty(),
        "Contains" => low.contains(&sought),
        "Does not contain" => !low.contains(&sought),
        "Starts with" => low.starts_with(&sought),
        "Ends with" => low.ends_with(&sought),
        _ => low == sought,
    }
}
