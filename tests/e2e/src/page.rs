//! The page of a visit: how it embeds the widget, and the server it comes from.

use bot_server::{Config, Page, Server};
use std::path::PathBuf;

/// What every page watches: violations of its policy, and the widget's events.
const WATCH: &str = "window.__violations = []; document.addEventListener('securitypolicyviolation', e => window.__violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`));\
                     window.__events = []; const of = e => window.__events.push([e.type, e.detail]);\
                     for (const n of ['ready','open','close','question','answer','action','log','error','end']) document.addEventListener('natter:' + n, of);\
                     const style = new CSSStyleSheet(); style.replaceSync('.chat{display:block;width:100%;height:600px}'); document.adoptedStyleSheets.push(style);\n";

/// How a page embeds the widget.
#[derive(Clone, Debug)]
pub enum Embed {
    /// By `natter.js` and an `init…` call with these options (JavaScript).
    Module {
        /// `Standard`, `Popup` or `Bubble`.
        mode: &'static str,
        /// Further options, as the inside of an object literal.
        options: String,
    },
    /// By a drop-in: its file, its name, and the call with its options.
    DropIn {
        /// The file in the folder of the widget.
        file: &'static str,
        /// The name that its default export gets.
        name: &'static str,
        /// What is called on it.
        call: String,
        /// The element that stands in the page, if any.
        element: Option<&'static str>,
    },
    /// By whatever stands in the body.
    Html(String),
}

/// A visit to a page with the widget.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The API that the widget speaks.
    pub api: &'static str,
    /// The bot.
    pub bot: String,
    /// How the page embeds the widget.
    pub embed: Embed,
    /// The element to look into.
    pub host: &'static str,
    /// The page's Content-Security-Policy.
    pub csp: Option<String>,
    /// The window's width and height, px.
    pub size: (u32, u32),
    /// Whether it is a phone: touch, a small screen.
    pub is_phone: bool,
    /// What comes before the widget in the body.
    pub before: String,
    /// The query of the page's address, with its question mark.
    pub query: String,
    /// How the server is set up; the widget's folder and the page are added.
    pub server: Config,
}

impl Visit {
    /// A page with a standard window.
    pub fn standard(api: &'static str, bot: &str) -> Visit {
        Visit {
            api,
            bot: bot.into(),
            embed: Embed::Module {
                mode: "Standard",
                options: String::new(),
            },
            host: "natter-standard",
            csp: None,
            size: (1280, 800),
            is_phone: false,
            before: String::new(),
            query: String::new(),
            server: Config::default(),
        }
    }

    /// A page with a bubble.
    pub fn bubble(api: &'static str, bot: &str) -> Visit {
        Visit::in_mode(api, bot, "Bubble", "natter-bubble")
    }

    /// A page with a popup.
    pub fn popup(api: &'static str, bot: &str) -> Visit {
        Visit::in_mode(api, bot, "Popup", "natter-popup")
    }

    fn in_mode(api: &'static str, bot: &str, mode: &'static str, host: &'static str) -> Visit {
        let embed = Embed::Module {
            mode,
            options: String::new(),
        };
        Visit {
            embed,
            host,
            ..Visit::standard(api, bot)
        }
    }

    /// A page that embeds Typebot's official widget, but for the URL.
    pub fn typebot_standard(bot: &str) -> Visit {
        let embed = Embed::DropIn {
            file: "typebot.js",
            name: "Typebot",
            call: format!("initStandard({{ typebot: '{bot}', apiHost: location.origin }})"),
            element: Some("typebot-standard"),
        };
        Visit {
            embed,
            host: "typebot-standard",
            ..Visit::standard("typebot", bot)
        }
    }

    /// The same with further options of `init…`, as the inside of an object literal.
    #[must_use]
    pub fn with(mut self, more: &str) -> Visit {
        if let Embed::Module { options, .. } = &mut self.embed {
            options.push_str(more);
        }
        self
    }

    /// The same under a Content-Security-Policy.
    #[must_use]
    pub fn under(mut self, policy: &str) -> Visit {
        self.csp = Some(policy.into());
        self
    }

    /// The same on a phone.
    #[must_use]
    pub fn on_phone(mut self) -> Visit {
        self.is_phone = true;
        self.size = (390, 844);
        self
    }

    /// Starts the server; gives it with the page's address.
    ///
    /// # Panics
    /// When the built widget is not there, or no port is free.
    pub fn serve(&self) -> (Server, String) {
        let dist = std::env::var_os("NATTER_DIST").map(PathBuf::from);
        let dist =
            dist.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../dist"));
        assert!(
            dist.join("natter.js").exists(),
            "no widget in {}: run `cargo xtask dist`",
            dist.display()
        );
        let mut page = Page::new("/page", &self.html());
        if let Some(policy) = &self.csp {
            page = page.with_csp(policy);
        }
        let mut config = Config {
            dist: Some(dist),
            // What is asked twice shall be the widget's doing: a browser
            // repeats a request on a connection that it had used before.
            keeps_connections: false,
            ..self.server.clone()
        };
        config.pages.push(page);
        let mut script = Page::new("/page.js", &self.script());
        script
            .headers
            .push(("content-type".into(), "text/javascript".into()));
        config.pages.push(script);
        config.pages.extend(self.any_bot());
        let server = Server::start(config).expect("the bot server starts");
        let url = format!("{}/page{}", server.url(), self.query);
        (server, url)
    }

    /// A page that embeds whatever bot its query names, under the same policy: see [`crate::Chat::goes_to`].
    fn any_bot(&self) -> [Page; 2] {
        let html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>A page</title><link rel=\"icon\" href=\"data:,\"></head><body><natter-standard class=\"chat\"></natter-standard>\
             <script type=\"module\" src=\"/any.js\"></script></body></html>";
        let mut page = Page::new("/any", html);
        if let Some(policy) = &self.csp {
            page = page.with_csp(policy);
        }
        let script = format!(
            "import Natter from '/w/natter.js';\n{WATCH}const asked = new URLSearchParams(location.search); window.Natter = Natter;\
             window.chat = Natter.initStandard({{ bot: asked.get('bot'), api: asked.get('api'), apiHost: '/', ...JSON.parse(asked.get('options') || '{{}}') }});"
        );
        let mut script = Page::new("/any.js", &script);
        script
            .headers
            .push(("content-type".into(), "text/javascript".into()));
        [page, script]
    }

    fn html(&self) -> String {
        let body = match &self.embed {
            Embed::Html(html) => html.clone(),
            Embed::Module {
                mode: "Standard", ..
            } => "<natter-standard class=\"chat\"></natter-standard>".into(),
            Embed::DropIn {
                element: Some(element),
                ..
            } => format!("<{element} class=\"chat\"></{element}>"),
            _ => String::new(),
        };
        // A script of its own rather than an inline one: policies forbid those.
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>A page</title><link rel=\"icon\" href=\"data:,\"></head><body><h1>A page</h1>{}{body}\
             <script type=\"module\" src=\"/page.js\"></script></body></html>",
            self.before
        )
    }

    fn script(&self) -> String {
        let watch = WATCH;
        let embed = match &self.embed {
            Embed::Html(_) => String::new(),
            Embed::Module { mode, options } => format!(
                "import Natter from '/w/natter.js'; window.Natter = Natter; window.chat = Natter.init{mode}({{ bot: '{}', api: '{}', apiHost: '/', {options} }});",
                self.bot, self.api
            ),
            Embed::DropIn {
                file, name, call, ..
            } => format!("import {name} from '/w/{file}'; {name}.{call};"),
        };
        match embed.split_once("; ") {
            // Imports come first in a module.
            Some((import, rest)) if import.starts_with("import") => {
                format!("{import};\n{watch}{rest}")
            }
            _ => format!("{watch}{embed}"),
        }
    }
}
