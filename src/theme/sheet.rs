//! A theme in the page. What is put there is held by guards that take it away again.
//!
//! Nothing here needs `unsafe-inline`: properties go in by CSSOM and sheets
//! are constructed. [`Dress`] does all of it for one bot; [`Sheet`] is for
//! the widget's own style sheets, which have to be adopted before the author's.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Document, Element, HtmlElement, Node};

use super::scheme::turned;
use super::{
    Context, CustomCss, Flavour, FontRequest, Property, Style, Warning, font, low_contrast,
    properties, split,
};
use crate::model::{DynamicTheme, Theme, Url};

const ADOPTED: &str = "adoptedStyleSheets";

/// A style sheet of a shadow root or of the document, which is taken away
/// when it is dropped.
#[must_use = "dropping a sheet takes it away at once"]
#[derive(Debug)]
pub struct Sheet {
    held: Held,
}

#[derive(Debug)]
enum Held {
    Adopted { root: Node, sheet: CssStyleSheet },
    Element(Element),
}

impl Sheet {
    /// Adds CSS after all sheets that the root has. Where sheets cannot be
    /// constructed, a `style` element with the nonce stands in; `None` where
    /// the page's policy refuses that too.
    pub fn adopt(root: &Node, css: &str, nonce: Option<&str>) -> Option<Sheet> {
        let held = adopted(root, css).or_else(|| style_element(root, css, nonce))?;
        Some(Sheet { held })
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        match &self.held {
            Held::Element(element) => element.remove(),
            Held::Adopted { root, sheet } => {
                let rest = Array::new();
                let own: &JsValue = sheet.as_ref();
                for other in sheets_of(root).into_iter().flatten() {
                    if other != *own {
                        rest.push(&other);
                    }
                }
                // A root that was given up has no sheets left to take away.
                let _ = Reflect::set(root, &ADOPTED.into(), &rest);
            }
        }
    }
}

fn sheets_of(root: &Node) -> Option<Array> {
    let sheets = Reflect::get(root, &ADOPTED.into()).ok()?;
    sheets.is_object().then(|| Array::from(&sheets))
}

fn adopted(root: &Node, css: &str) -> Option<Held> {
    let sheets = sheets_of(root)?;
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(css).ok()?;
    sheets.push(&sheet);
    Reflect::set(root, &ADOPTED.into(), &sheets).ok()?;
    Some(Held::Adopted {
        root: root.clone(),
        sheet,
    })
}

fn style_element(root: &Node, css: &str, nonce: Option<&str>) -> Option<Held> {
    let element = new_element("style", nonce)?;
    element.set_text_content(Some(css));
    match root.dyn_ref::<Document>() {
        Some(document) => document.head()?.append_child(&element),
        None => root.append_child(&element),
    }
    .ok()?;
    // A policy that refuses the element leaves it without a sheet.
    let sheet = Reflect::get(&element, &JsValue::from_str("sheet")).ok()?;
    if sheet.is_null() || sheet.is_undefined() {
        element.remove();
        return None;
    }
    Some(Held::Element(element))
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn new_element(tag: &str, nonce: Option<&str>) -> Option<Element> {
    let element = document()?.create_element(tag).ok()?;
    if let (Some(nonce), Some(element)) = (nonce, element.dyn_ref::<HtmlElement>()) {
        element.set_nonce(nonce);
    }
    Some(element)
}

/// A `link` to a style sheet in the page's head, which is taken away when it is dropped.
#[derive(Debug)]
struct Link(Element);

impl Link {
    fn new(url: &Url, nonce: Option<&str>) -> Option<Link> {
        let element = new_element("link", nonce)?;
        for (name, value) in [
            ("rel", "stylesheet"),
            ("referrerpolicy", "no-referrer"),
            ("href", url.as_str()),
        ] {
            element.set_attribute(name, value).ok()?;
        }
        document()?.head()?.append_child(&element).ok()?;
        Some(Link(element))
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// A bot's theme as its container wears it: the properties, the author's CSS
/// and the font. Dropping it undresses the container and the page.
#[must_use = "dropping it undresses the container at once"]
#[derive(Debug)]
pub struct Dress {
    container: HtmlElement,
    nonce: Option<String>,
    /// The scheme that the page asks for: dark, or light.
    is_dark: Option<bool>,
    properties: Vec<Property>,
    told: Vec<Warning>,
    css: Option<String>,
    font: Option<FontRequest>,
    css_sheets: Vec<Sheet>,
    font_sheets: Vec<Sheet>,
    links: Vec<Link>,
}

/// What came of dressing.
#[derive(Clone, Debug)]
pub struct Worn {
    /// The theme as it is shown.
    pub style: Style,
    /// What the bot's author should know, for the console.
    pub warnings: Vec<String>,
}

impl Dress {
    /// For a container that stands in its shadow root already.
    pub fn new(container: &HtmlElement, nonce: Option<&str>) -> Dress {
        Dress {
            container: container.clone(),
            nonce: nonce.map(String::from),
            is_dark: None,
            properties: Vec::new(),
            told: Vec::new(),
            css: None,
            font: None,
            css_sheets: Vec::new(),
            font_sheets: Vec::new(),
            links: Vec::new(),
        }
    }

    /// From the next theme on, in this scheme whatever the theme's own is.
    pub fn set_dark(&mut self, is_dark: bool) {
        self.is_dark = Some(is_dark);
    }

    /// Puts a theme on, or another one in its place. What stayed the same is
    /// not touched, so a changed background costs two properties.
    pub fn wear(
        &mut self,
        theme: &Theme,
        changes: &DynamicTheme,
        version: Option<&str>,
        flavour: Flavour,
    ) -> Worn {
        let container = self.container.clone();
        let context = Context {
            version,
            flavour,
            resolve: &|text| resolve(&container, text),
        };
        let turned = self.is_dark.and_then(|dark| turned(theme, dark, context));
        let theme = turned.as_ref().unwrap_or(theme);
        let style = properties(theme, changes, context);
        let mut warnings = Vec::new();
        let low = low_contrast(theme, &style, context);
        for warning in &low {
            if !self.told.contains(warning) {
                warnings.push(warning.message());
            }
        }
        self.told = low;
        self.set_properties(&style.properties);
        self.set_css(theme.custom_css.as_deref(), &mut warnings);
        self.set_font(font(theme));
        Worn { style, warnings }
    }

    fn set_properties(&mut self, new: &[Property]) {
        let css = self.container.style();
        for property in new {
            if !self.properties.contains(property) {
                // A value that CSS refuses leaves the property as it was.
                let _ = css.set_property(&property.name, &property.value);
            }
        }
        self.properties = new.to_vec();
    }

    fn set_css(&mut self, css: Option<&str>, warnings: &mut Vec<String>) {
        if self.css.as_deref() == css {
            return;
        }
        self.css = css.map(String::from);
        self.css_sheets.clear();
        let Some(css) = css else { return };
        let CustomCss {
            rules,
            font_faces,
            imports,
        } = split(css);
        for address in imports {
            let text = [
                "custom CSS: @import does nothing here (",
                &address,
                "); set the font in the theme, or paste the rules themselves",
            ];
            warnings.push(text.concat());
        }
        let nonce = self.nonce.as_deref();
        let root = self.container.get_root_node();
        let mut sheets = vec![Sheet::adopt(&root, &rules, nonce)];
        if let (false, Some(document)) = (font_faces.is_empty(), document()) {
            sheets.push(Sheet::adopt(&document, &font_faces, nonce));
        }
        for sheet in sheets {
            match sheet {
                Some(sheet) => self.css_sheets.push(sheet),
                None => warnings
                    .push("custom CSS: the page's Content-Security-Policy refuses it".into()),
            }
        }
    }

    fn set_font(&mut self, font: Option<FontRequest>) {
        if self.font == font {
            return;
        }
        self.links.clear();
        self.font_sheets.clear();
        if let Some(request) = &font {
            let nonce = self.nonce.as_deref();
            let links = request.sheets.iter();
            self.links
                .extend(links.filter_map(|url| Link::new(url, nonce)));
            if let (false, Some(document)) = (request.faces.is_empty(), document()) {
                let sheet = Sheet::adopt(&document, &request.faces, nonce);
                self.font_sheets.extend(sheet);
            }
        }
        self.font = font;
    }
}

impl Drop for Dress {
    fn drop(&mut self) {
        let css = self.container.style();
        for property in &self.properties {
            // Removing fails only on read-only styles, which an element's never is.
            let _ = css.remove_property(&property.name);
        }
    }
}

/// Has the page resolve a colour that Rust cannot take apart. Mixed with
/// itself it comes out in sRGB whatever its own space is; a page without
/// `color-mix()` answers for the older spellings all the same.
fn resolve(element: &HtmlElement, text: &str) -> Option<String> {
    let css = element.style();
    let mixed = ["color-mix(in srgb, ", text, ", ", text, ")"].concat();
    for value in [text, &mixed] {
        // What is refused leaves the earlier value in place.
        let _ = css.set_property("color", value);
    }
    let is_color = css.get_property_value("color").is_ok_and(|v| !v.is_empty());
    let computed = web_sys::window()
        .and_then(|window| window.get_computed_style(element).ok().flatten())
        .and_then(|computed| computed.get_property_value("color").ok());
    let _ = css.remove_property("color");
    computed.filter(|color| is_color && !color.is_empty())
}
