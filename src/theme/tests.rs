use super::*;
use crate::model::Value;

fn theme(json: &str) -> Theme {
    let value: Value = serde_json::from_str(json).unwrap();
    Theme::of(&value)
}

fn context(version: &str) -> Context<'_> {
    Context {
        version: Some(version),
        flavour: Flavour::Typebot,
        resolve: &|text| (text == "rebeccapurple").then(|| "rgb(102, 51, 153)".into()),
    }
}

fn style(json: &str) -> Style {
    properties(&theme(json), &DynamicTheme::default(), context("6"))
}

#[track_caller]
fn has(style: &Style, name: &str, value: &str) {
    assert_eq!(style.get(name), Some(value), "{name}");
}

#[test]
fn an_empty_theme_has_the_defaults_of_its_version() {
    let six = style("{}");
    let six_one = properties(&theme("{}"), &DynamicTheme::default(), context("6.1"));
    for (name, in_six, in_six_one) in [
        ("--typebot-container-bg-color", "#FFFFFF", "#F8F8F8"),
        ("--typebot-container-bg-image", "none", "none"),
        ("--typebot-progress-bar-color", "#e0edff", "#ff5924"),
        (
            "--typebot-progress-bar-bg-rgb",
            "241, 241, 241",
            "141, 141, 141",
        ),
        ("--typebot-progress-bar-height", "4px", "4px"),
        ("--typebot-progress-bar-position", "absolute", "absolute"),
        ("--typebot-progress-bar-top", "0", "0"),
        ("--typebot-progress-bar-bottom", "auto", "auto"),
        ("--typebot-chat-container-max-width", "800px", "800px"),
        ("--typebot-chat-container-max-height", "100%", "100%"),
        ("--typebot-chat-container-bg-rgb", "0, 0, 0", "0, 0, 0"),
        ("--typebot-chat-container-opacity", "0", "0"),
        ("--typebot-chat-container-color", "32, 32, 32", "32, 32, 32"),
        (
            "--typebot-host-bubble-bg-rgb",
            "247, 248, 255",
            "255, 255, 255",
        ),
        ("--typebot-host-bubble-color", "#202020", "#202020"),
        ("--typebot-host-bubble-border-width", "0px", "1px"),
        (
            "--typebot-host-bubble-border-rgb",
            "223, 223, 223",
            "223, 223, 223",
        ),
        (
            "--typebot-guest-bubble-bg-rgb",
            "255, 142, 33",
            "255, 89, 36",
        ),
        ("--typebot-guest-bubble-color", "#ffffff", "#ffffff"),
        ("--typebot-button-bg-rgb", "0, 66, 218", "255, 89, 36"),
        (
            "--typebot-button-border-rgb",
            "249, 136, 104",
            "249, 136, 104",
        ),
        ("--typebot-button-border-radius", "6px", "6px"),
        ("--typebot-button-blur", "0px", "0px"),
        ("--typebot-input-bg-rgb", "255, 255, 255", "255, 255, 255"),
        ("--typebot-input-placeholder-color", "#9095A0", "#9095A0"),
        ("--typebot-input-color-scheme", "light", "light"),
        ("--typebot-input-border-rgb", "0, 0, 0", "206, 206, 206"),
        ("--typebot-buttons-input-flex-direction", "row", "row"),
        (
            "--typebot-checkbox-bg-rgb",
            "255, 255, 255",
            "248, 248, 248",
        ),
        ("--selectable-alpha-ratio", "1", "1"),
    ] {
        has(&six, name, in_six);
        has(&six_one, name, in_six_one);
    }
    assert!(
        six.get("--typebot-input-box-shadow")
            .unwrap()
            .starts_with("0 4px 6px")
    );
    has(&six_one, "--typebot-input-box-shadow", "0 0 #0000");
    assert!(six.is_container_transparent && six.is_light);
    assert_eq!(six.get("--typebot-chat-container-min-height"), None);
}

#[test]
fn no_value_is_one_that_css_would_refuse() {
    let style =
        style(r##"{"chat": {"container": {"backgroundColor": "#fff", "blur": 3, "opacity": 1}}}"##);
    for property in &style.properties {
        assert!(
            !property.value.contains("0xp") && property.value != "unset",
            "{property:?}"
        );
    }
    has(&style, "--typebot-chat-container-blur", "0px");
    has(
        &style,
        "--typebot-button-bg-color",
        "rgba(var(--typebot-button-bg-rgb), var(--typebot-button-opacity))",
    );
    assert!(!style.is_container_transparent);
}

#[test]
fn a_surface_is_painted_as_the_theme_says() {
    let style = style(
        r##"{"chat": {"hostBubbles": {"backgroundColor": "#abc", "color": "navy", "blur": 4, "opacity": 0.5,
            "shadow": "sm", "border": {"thickness": 2, "color": "#010203", "roundeness": "custom",
            "customRoundeness": 9, "opacity": 0.25}}}}"##,
    );
    for (suffix, value) in [
        ("bg-rgb", "170, 187, 204"),
        ("color", "navy"),
        ("opacity", "0.5"),
        ("blur", "4px"),
        ("box-shadow", "0 1px 2px 0 rgb(0 0 0 / 0.05)"),
        ("border-width", "2px"),
        ("border-rgb", "1, 2, 3"),
        ("border-opacity", "0.25"),
        ("border-radius", "9px"),
        ("bg-image", "none"),
    ] {
        has(&style, &["--typebot-host-bubble-", suffix].concat(), value);
    }
}

#[test]
fn any_colour_is_taken_and_its_alpha_wins_over_the_opacity() {
    for (color, rgb, opacity) in [
        ("#ff000080", "255, 0, 0", "0.502"),
        ("rgba(1, 2, 3, 0.3)", "1, 2, 3", "0.3"),
        ("hsl(120 100% 50%)", "0, 255, 0", "0.7"),
        ("rebeccapurple", "102, 51, 153", "0.7"),
        ("transparent", "0, 0, 0", "0"),
        ("nonsense", "0, 66, 218", "0.7"),
        ("", "0, 66, 218", "0.7"),
        ("red; } body {", "0, 66, 218", "0.7"),
    ] {
        let json =
            serde_json::json!({"chat": {"buttons": {"backgroundColor": color, "opacity": 0.7}}});
        let style = style(&json.to_string());
        has(&style, "--typebot-button-bg-rgb", rgb);
        has(&style, "--typebot-button-opacity", opacity);
    }
}

#[test]
fn corners_come_from_the_border_then_from_the_older_field() {
    for (json, expected) in [
        (r#"{}"#, "6px"),
        (r#"{"roundness": "none"}"#, "0px"),
        (r#"{"roundness": "large"}"#, "20px"),
        (
            r#"{"roundness": "large", "buttons": {"border": {}}}"#,
            "6px",
        ),
        (r#"{"buttons": {"border": {"roundeness": "none"}}}"#, "0px"),
        (
            r#"{"buttons": {"border": {"roundeness": "custom"}}}"#,
            "6px",
        ),
        (
            r#"{"buttons": {"border": {"roundeness": "custom", "customRoundeness": -1}}}"#,
            "6px",
        ),
        (r#"{"buttons": {"border": {"roundness": 12}}}"#, "12px"),
    ] {
        let style = style(&[r#"{"chat": "#, json, "}"].concat());
        has(&style, "--typebot-button-border-radius", expected);
    }
}

#[test]
fn a_button_without_a_border_colour_has_that_of_its_background() {
    let style = style(r##"{"chat": {"buttons": {"backgroundColor": "#112233"}}}"##);
    has(&style, "--typebot-button-border-rgb", "17, 34, 51");
}

#[test]
fn a_box_may_have_an_image_or_a_gradient_over_its_colour() {
    let style = style(
        r##"{"chat": {"hostBubbles": {"backgroundColor": "#111111", "background": {"content": "https://a.b/c\").png"}},
            "guestBubbles": {"background": {"content": "linear-gradient(red, blue)"}},
            "buttons": {"backgroundColor": "#111111", "background": {"content": "#222222"}},
            "inputs": {"background": {"content": "javascript:x"}}}}"##,
    );
    has(
        &style,
        "--typebot-host-bubble-bg-image",
        r#"url("https://a.b/c\").png")"#,
    );
    has(&style, "--typebot-host-bubble-bg-rgb", "17, 17, 17");
    has(
        &style,
        "--typebot-guest-bubble-bg-image",
        "linear-gradient(red, blue)",
    );
    has(&style, "--typebot-button-bg-rgb", "34, 34, 34");
    has(&style, "--typebot-input-bg-image", "none");
    has(&style, "--typebot-input-bg-rgb", "255, 255, 255");
}

#[test]
fn the_background_is_a_colour_an_image_or_none() {
    let of = |kind: &str, content: &str| {
        let json =
            serde_json::json!({"general": {"background": {"type": kind, "content": content}}});
        style(&json.to_string())
    };
    let color = of("Color", "#222222");
    has(&color, "--typebot-container-bg-color", "#222222");
    has(&color, "--typebot-chat-container-color", "238, 238, 238");
    has(&color, "--selectable-alpha-ratio", "2");
    let image = of("Image", "https://a.b/c.png");
    has(
        &image,
        "--typebot-container-bg-image",
        "url(\"https://a.b/c.png\")",
    );
    has(&image, "--typebot-container-bg-color", "transparent");
    has(&image, "--typebot-checkbox-bg-rgb", "255, 255, 255, 0.75");
    has(&image, "--selectable-alpha-ratio", "3");
    assert!(!image.is_light);
    let none = of("None", "#000000");
    has(&none, "--typebot-container-bg-color", "transparent");
    has(&none, "--typebot-container-bg-image", "none");
    assert!(none.is_light);
    let gradient = of("Color", "linear-gradient(#000, #111)");
    has(
        &gradient,
        "--typebot-container-bg-image",
        "linear-gradient(#000, #111)",
    );
    assert!(!gradient.is_light);
    has(
        &of("Image", "javascript:x"),
        "--typebot-container-bg-color",
        "#FFFFFF",
    );
}

#[test]
fn a_reply_may_change_the_background() {
    let changes = DynamicTheme {
        background_url: Some("https://a.b/new.png".into()),
        ..DynamicTheme::default()
    };
    let style = properties(&theme("{}"), &changes, context("6"));
    has(
        &style,
        "--typebot-container-bg-image",
        "url(\"https://a.b/new.png\")",
    );
}

#[test]
fn text_follows_the_lightness_of_what_it_stands_on() {
    for (opacity, color, ratio) in [
        (1.0, "238, 238, 238", "2"),
        (0.3, "32, 32, 32", "2"),
        (0.2, "32, 32, 32", "1"),
    ] {
        let json = serde_json::json!({"chat": {"container": {"backgroundColor": "#101010", "opacity": opacity}}});
        let style = style(&json.to_string());
        has(&style, "--typebot-chat-container-color", color);
        has(&style, "--selectable-alpha-ratio", ratio);
    }
    let solid = style(
        r##"{"chat": {"container": {"backgroundColor": "#101010", "opacity": 0.5, "blur": 8}}}"##,
    );
    has(&solid, "--typebot-checkbox-bg-rgb", "16, 16, 16, 0.5");
    has(&solid, "--typebot-chat-container-blur", "8px");
}

#[test]
fn the_viewer_api_says_the_general_things_in_the_chat_container() {
    let style = style(
        r##"{"progressBar": {"isEnabled": true, "color": "#123456", "thickness": 9},
            "chat": {"container": {"font": "Inter", "background": {"content": "https://a.b/c.png"}}}}"##,
    );
    has(&style, "--typebot-progress-bar-color", "#123456");
    has(&style, "--typebot-progress-bar-height", "9px");
    has(
        &style,
        "--typebot-container-bg-image",
        "url(\"https://a.b/c.png\")",
    );
    has(&style, "--typebot-chat-container-bg-image", "none");
    assert!(
        style
            .get("--typebot-container-font-family")
            .unwrap()
            .starts_with("\"Inter\", ")
    );
}

#[test]
fn quick_bots_names_stand_beside_ours_and_drive_them() {
    let theme = theme(
        r##"{"chat": {"buttons": {"backgroundColor": "#010203"}, "guestBubbles": {"backgroundColor": "#010203"},
            "hostBubbles": {"color": "#fafafa"}}}"##,
    );
    let context = Context {
        flavour: Flavour::Quickbot,
        ..context("6")
    };
    let style = properties(&theme, &DynamicTheme::default(), context);
    has(&style, "--quickbot-button-bg-rgb", "1, 2, 3");
    has(
        &style,
        "--typebot-button-bg-rgb",
        "var(--quickbot-button-bg-rgb)",
    );
    let warnings = low_contrast(&theme, &style, context);
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].surface, "host-bubble");
}

#[test]
fn sizes_and_layouts_are_the_themes() {
    let style = style(
        r##"{"general": {"progressBar": {"placement": "Bottom", "position": "fixed", "thickness": -3}},
            "chat": {"container": {"maxWidth": "640", "maxHeight": "80%"}, "buttonsInput": {"layout": "vertical"},
            "inputs": {"placeholderColor": "hotpink"}}}"##,
    );
    has(&style, "--typebot-progress-bar-top", "auto");
    has(&style, "--typebot-progress-bar-bottom", "0");
    has(&style, "--typebot-progress-bar-position", "fixed");
    has(&style, "--typebot-progress-bar-height", "4px");
    has(&style, "--typebot-chat-container-max-width", "640px");
    has(&style, "--typebot-chat-container-max-height", "80%");
    has(&style, "--typebot-buttons-input-flex-direction", "column");
    has(&style, "--typebot-input-placeholder-color", "hotpink");
}

#[test]
fn text_that_is_hard_to_read_is_warned_about() {
    let json = r##"{"chat": {"hostBubbles": {"backgroundColor": "#ffffff", "color": "#aaaaaa"},
        "guestBubbles": {"backgroundColor": "#000000"}, "buttons": {"background": {"content": "https://a/b"}}}}"##;
    let warnings = low_contrast(&theme(json), &style(json), context("6"));
    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].surface, "host-bubble");
    assert!(
        warnings[0].message().contains("2.3:1"),
        "{}",
        warnings[0].message()
    );
}

#[test]
fn a_theme_without_colours_is_not_warned_about() {
    assert_eq!(low_contrast(&theme("{}"), &style("{}"), context("6")), []);
}

#[test]
fn the_badge_names_its_maker() {
    assert_eq!(Flavour::Typebot.badge().maker, "Typebot");
    assert_eq!(Flavour::Quickbot.badge().maker, "Quick.bot");
}

/// The custom properties of a rule of the style sheet.
fn rule<'a>(css: &'a str, selector: &str) -> Vec<(&'a str, &'a str)> {
    let body = css.split_once(&[selector, " {"].concat()).unwrap().1;
    let body = body.split_once('}').unwrap().0;
    let lines = body.lines().map(|line| line.trim().trim_end_matches(';'));
    lines.filter_map(|line| line.split_once(": ")).collect()
}

#[test]
fn the_style_sheet_has_what_an_empty_theme_gives() {
    let css = include_str!("../../style/widget/05-defaults.css");
    let six = rule(css, ".typebot-container");
    let six_one = rule(css, ".typebot-container[data-version=\"6.1\"]");
    for (version, own) in [("6", Vec::new()), ("6.1", six_one)] {
        let style = properties(&theme("{}"), &DynamicTheme::default(), context(version));
        assert_eq!(six.len(), style.properties.len());
        for Property { name, value } in &style.properties {
            let of = |rule: &[(&str, &str)]| {
                let found = rule.iter().find(|(key, _)| key == name);
                found.map(|(_, value)| value.to_string())
            };
            assert_eq!(
                of(&own).or(of(&six)).as_ref(),
                Some(value),
                "{version} {name}"
            );
        }
    }
}
