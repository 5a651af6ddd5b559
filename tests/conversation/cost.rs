//! A turn costs the same at the beginning and after a thousand others.

use crate::kit::*;

fn turn(chat: &mut Chat) -> Vec<String> {
    let mut effects = chat.answer("Ada");
    effects.extend(chat.replied(json!({
        "messages": [text("a", "Hello"), text("b", "Next?")],
        "clientSideActions": [variable(Some("b"))],
    })));
    let number = starting(&effects, "run")[0]
        .split(' ')
        .nth(1)
        .and_then(|number| number.parse().ok());
    effects.extend(chat.gave(number.unwrap(), "2"));
    effects.extend(chat.replied(json!({ "messages": [text("c", "Well?")], "input": field("i") })));
    effects
}

#[test]
fn the_thousandth_turn_costs_what_the_first_one_did() {
    let mut chat = Chat::asking();
    let first = turn(&mut chat).len();
    let size = format!("{:?}", chat.machine).len();
    for _ in 0..1000 {
        assert_eq!(turn(&mut chat).len(), first);
    }
    // What is behind is forgotten: only numbers have grown, by a few digits.
    let grown = format!("{:?}", chat.machine).len() - size;
    assert!(grown < 40, "{grown}");
}
