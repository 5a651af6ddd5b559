//! A flow's theme, which is in Typebot's shape, in the shapes of the other APIs.

use super::{only, put};
use serde_json::{Map, Value, json};

type Theme = Map<String, Value>;

/// The Viewer API has no `general`: the bar, the font and the background have other places.
pub fn viewer(theme: &Theme) -> Value {
    let general = part(theme, "general");
    let chat = part(theme, "chat");
    let mut out = Map::new();
    let bar = general.get("progressBar").and_then(Value::as_object);
    put(
        &mut out,
        "progressBar",
        bar.map(|bar| only(bar, &["isEnabled", "color", "backgroundColor", "thickness"])),
    );
    let mut told = only(&chat, &["hostAvatar", "guestAvatar"]);
    for name in [
        "container",
        "hostBubbles",
        "guestBubbles",
        "buttons",
        "inputs",
    ] {
        let mut shape = chat
            .get(name)
            .and_then(Value::as_object)
            .map(viewer_box)
            .unwrap_or_default();
        if name == "container" {
            put(&mut shape, "font", family(&general));
            match general.get("background") {
                Some(ground) if ground["type"] == "Image" => {
                    drop(shape.insert("background".into(), json!({"content": ground["content"]})))
                }
                Some(ground)
                    if ground["type"] == "Color" && !shape.contains_key("backgroundColor") =>
                {
                    shape.insert("backgroundColor".into(), ground["content"].clone());
                }
                _ => {}
            }
        }
        if !shape.is_empty() {
            told.insert(name.into(), shape.into());
        }
    }
    out.insert("chat".into(), told.into());
    put(&mut out, "customCss", theme.get("customCss").cloned());
    out.into()
}

fn viewer_box(shape: &Theme) -> Theme {
    let mut out = only(
        shape,
        &[
            "maxWidth",
            "maxHeight",
            "backgroundColor",
            "background",
            "color",
            "blur",
            "opacity",
            "placeholderColor",
        ],
    );
    if let Some(border) = shape.get("border").and_then(Value::as_object) {
        let mut told = only(border, &["thickness", "color", "opacity", "roundness"]);
        // px here, names there.
        let px = match border.get("roundeness").and_then(Value::as_str) {
            Some("none") => Some(json!(0)),
            Some("medium") => Some(json!(6)),
            Some("large") => Some(json!(20)),
            Some("custom") => border.get("customRoundeness").cloned(),
            _ => None,
        };
        put(&mut told, "roundness", px);
        out.insert("border".into(), told.into());
    }
    out
}

/// `sendMessage`, later form: fonts are names, boxes have two colours.
pub fn later(theme: &Theme) -> Value {
    let general = part(theme, "general");
    let chat = part(theme, "chat");
    let mut told = only(&chat, &["hostAvatar", "guestAvatar", "roundness"]);
    for name in ["hostBubbles", "guestBubbles", "buttons", "inputs"] {
        let shape = chat.get(name).and_then(Value::as_object);
        put(
            &mut told,
            name,
            shape.map(|shape| only(shape, &["backgroundColor", "color", "placeholderColor"])),
        );
    }
    let mut about = only(&general, &["background"]);
    put(&mut about, "font", family(&general));
    let mut out = Map::from_iter([
        ("general".to_owned(), about.into()),
        ("chat".to_owned(), told.into()),
    ]);
    put(&mut out, "customCss", theme.get("customCss").cloned());
    out.into()
}

/// The Chat API 1.0 says every colour.
pub fn oldest(theme: &Theme) -> Value {
    let mut out = later(theme);
    let general = part(theme, "general");
    let ground = general
        .get("background")
        .cloned()
        .unwrap_or(json!({"type": "Color", "content": "#ffffff"}));
    out["general"] = json!({"font": family(&general).unwrap_or_else(|| "Open Sans".to_owned()), "background": ground});
    let firsts = [
        (
            "hostBubbles",
            json!({"backgroundColor": "#f7f8ff", "color": "#303235"}),
        ),
        (
            "guestBubbles",
            json!({"backgroundColor": "#ff8e21", "color": "#ffffff"}),
        ),
        (
            "buttons",
            json!({"backgroundColor": "#0042da", "color": "#ffffff"}),
        ),
        (
            "inputs",
            json!({"backgroundColor": "#ffffff", "color": "#303235", "placeholderColor": "#9095a0"}),
        ),
    ];
    if let Value::Object(chat) = &mut out["chat"] {
        chat.remove("roundness");
        for (name, first) in firsts {
            let own = chat.remove(name);
            let mut shape = part(&Map::from_iter([(name.to_owned(), first)]), name);
            shape.extend(
                own.as_ref()
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_default(),
            );
            chat.insert(name.to_owned(), shape.into());
        }
        for name in ["hostAvatar", "guestAvatar"] {
            if let Some(Value::Object(avatar)) = chat.get_mut(name) {
                avatar
                    .entry("isEnabled")
                    .or_insert(json!(name == "hostAvatar"));
            }
        }
    }
    out
}

fn part(theme: &Theme, name: &str) -> Theme {
    theme
        .get(name)
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn family(general: &Theme) -> Option<String> {
    let font = general.get("font")?;
    font.as_str()
        .or_else(|| font["family"].as_str())
        .map(str::to_owned)
}
