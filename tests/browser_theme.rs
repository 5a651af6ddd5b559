//! A theme in a browser: what is set, what wins, and what is left when it goes.

#![cfg(target_arch = "wasm32")]
// What fails here fails the test.
#![allow(clippy::unwrap_used)]

use natter::model::{DynamicTheme, Theme, Value};
use natter::theme::Flavour;
use natter::theme::sheet::{Dress, Sheet, Worn};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

/// A container in a shadow root of its own, with our sheet in its layer.
struct Bench {
    host: HtmlElement,
    root: ShadowRoot,
    container: HtmlElement,
    button: HtmlElement,
    _ours: Sheet,
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.host.remove();
    }
}

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn element(class: &str) -> HtmlElement {
    let element = document().create_element("div").unwrap();
    element.set_class_name(class);
    element.unchecked_into()
}

fn bench() -> Bench {
    let host = element("");
    document().body().unwrap().append_child(&host).unwrap();
    let root = host
        .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))
        .unwrap();
    let container = element("typebot-container");
    let button = element("typebot-button");
    container.append_child(&button).unwrap();
    root.append_child(&container).unwrap();
    let ours = "@layer natter { .typebot-button { color: var(--typebot-button-color); \
        background-color: rgba(var(--typebot-button-bg-rgb), var(--typebot-button-opacity)) } }";
    let ours = Sheet::adopt(&root, ours, None).unwrap();
    Bench {
        host,
        root,
        container,
        button,
        _ours: ours,
    }
}

fn wear(dress: &mut Dress, json: &str) -> Worn {
    let value: Value = serde_json::from_str(json).unwrap();
    let theme = Theme::of(&value);
    dress.wear(&theme, &DynamicTheme::default(), None, Flavour::Typebot)
}

fn computed(element: &HtmlElement, property: &str) -> String {
    let window = web_sys::window().unwrap();
    let style = window.get_computed_style(element).unwrap().unwrap();
    style.get_property_value(property).unwrap()
}

fn links() -> u32 {
    let links = document().query_selector_all("link[href*='fonts.example']");
    links.unwrap().length()
}

fn document_sheets() -> u32 {
    document().adopted_style_sheets().length()
}

#[wasm_bindgen_test]
fn any_colour_that_the_browser_knows_is_taken() {
    let bench = bench();
    let mut dress = Dress::new(&bench.container, None);
    for (color, expected) in [
        ("rebeccapurple", "rgb(102, 51, 153)"),
        ("hsl(120 100% 25%)", "rgb(0, 128, 0)"),
        ("rgb(1 2 3 / 50%)", "rgba(1, 2, 3, 0.5)"),
        ("color-mix(in srgb, white, black)", "rgb(128, 128, 128)"),
        ("nonsense", "rgb(0, 66, 218)"),
    ] {
        let json = serde_json::json!({"chat": {"buttons": {"backgroundColor": color}}});
        wear(&mut dress, &json.to_string());
        assert_eq!(
            computed(&bench.button, "background-color"),
            expected,
            "{color}"
        );
    }
    wear(
        &mut dress,
        r#"{"chat": {"buttons": {"backgroundColor": "oklch(0.628 0.2577 29.23)"}}}"#,
    );
    let red = computed(&bench.button, "background-color");
    assert!(red.starts_with("rgb(25"), "{red}");
    assert_eq!(
        bench.container.style().get_property_value("color").unwrap(),
        ""
    );
}

#[wasm_bindgen_test]
fn custom_css_wins_without_important_and_reaches_the_variables() {
    let bench = bench();
    let mut dress = Dress::new(&bench.container, None);
    wear(
        &mut dress,
        r#"{"customCss": ".typebot-button { color: rgb(1, 2, 3) }"}"#,
    );
    assert_eq!(computed(&bench.button, "color"), "rgb(1, 2, 3)");
    for css in [
        ".typebot-container { --typebot-button-bg-rgb: 255, 0, 0 !important }",
        ".typebot-button { --typebot-button-bg-rgb: 255, 0, 0 }",
    ] {
        wear(
            &mut dress,
            &serde_json::json!({"customCss": css}).to_string(),
        );
        assert_eq!(
            computed(&bench.button, "background-color"),
            "rgb(255, 0, 0)",
            "{css}"
        );
    }
    wear(&mut dress, "{}");
    assert_eq!(computed(&bench.button, "color"), "rgb(255, 255, 255)");
    assert_eq!(bench.root.adopted_style_sheets().length(), 1);
}

#[wasm_bindgen_test]
fn custom_css_does_not_reach_the_page() {
    let bench = bench();
    let outside = element("typebot-button");
    document().body().unwrap().append_child(&outside).unwrap();
    let mut dress = Dress::new(&bench.container, None);
    let before = document_sheets();
    wear(
        &mut dress,
        r#"{"customCss": ".typebot-button, body { color: rgb(1, 2, 3) !important }"}"#,
    );
    assert_ne!(computed(&outside, "color"), "rgb(1, 2, 3)");
    assert_eq!(document_sheets(), before);
    outside.remove();
}

#[wasm_bindgen_test]
fn font_faces_go_to_the_document_and_imports_are_warned_about() {
    let bench = bench();
    let before = document_sheets();
    let mut dress = Dress::new(&bench.container, None);
    let worn = wear(
        &mut dress,
        r#"{"customCss": "@import url(https://a.example/b.css); @font-face { font-family: X; src: url(data:font/woff2;base64,AA) }"}"#,
    );
    assert_eq!(document_sheets(), before + 1);
    assert!(
        worn.warnings
            .iter()
            .any(|warning| warning.contains("https://a.example/b.css"))
    );
    drop(dress);
    assert_eq!(document_sheets(), before);
}

#[wasm_bindgen_test]
fn a_font_is_a_link_with_the_nonce_and_goes_with_the_dress() {
    let bench = bench();
    let mut dress = Dress::new(&bench.container, Some("abc"));
    let json = r#"{"general": {"font": {"type": "Custom", "family": "X", "url": "https://fonts.example/x.css"}}}"#;
    wear(&mut dress, json);
    wear(&mut dress, json);
    assert_eq!(links(), 1);
    let link = document()
        .query_selector("link[href*='fonts.example']")
        .unwrap();
    assert_eq!(link.unwrap().unchecked_into::<HtmlElement>().nonce(), "abc");
    assert!(computed(&bench.container, "--typebot-container-font-family").starts_with("\"X\", "));
    wear(&mut dress, "{}");
    assert_eq!(links(), 0);
}

#[wasm_bindgen_test]
fn what_was_put_on_is_taken_off() {
    let bench = bench();
    let mut dress = Dress::new(&bench.container, None);
    wear(
        &mut dress,
        r#"{"customCss": ".a {}", "general": {"font": "Inter"}}"#,
    );
    assert!(bench.container.style().length() > 50);
    drop(dress);
    assert_eq!(bench.container.style().length(), 0);
    assert_eq!(bench.root.adopted_style_sheets().length(), 1);
}

#[wasm_bindgen_test]
fn an_author_hears_of_bad_contrast_once() {
    let bench = bench();
    let mut dress = Dress::new(&bench.container, None);
    assert!(wear(&mut dress, "{}").warnings.is_empty());
    let bad = r##"{"chat": {"buttons": {"backgroundColor": "#eee", "color": "white"}}}"##;
    assert_eq!(wear(&mut dress, bad).warnings.len(), 1);
    assert_eq!(wear(&mut dress, bad).warnings.len(), 0);
}
