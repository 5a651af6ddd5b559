//! The chat as a visitor meets it: what they see, and what they do.

use crate::{Browser, Step, Visit};
use bot_server::Server;
use serde_json::{Value, json};
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use thirtyfour::action_chain::ActionChain;
use thirtyfour::prelude::*;

/// How long a step is awaited.
const PATIENCE: Duration = Duration::from_secs(15);

/// As many times as Tab is pressed to reach something.
const MOST_TABS: usize = 40;

/// So many files were picked by the tests of this process.
static PICKED: AtomicUsize = AtomicUsize::new(0);

/// ms between two looks.
const PAUSE: Duration = Duration::from_millis(30);

/// In the page: the shadow root of the host, all its elements, and whether one is seen.
const LOOK: &str = r"
const host = document.querySelector(arguments[0]);
const root = host && (host.shadowRoot ?? host);
const all = (selector) => root ? [...root.querySelectorAll(selector)] : [];
const shown = (e) => { const box = e.getBoundingClientRect(); return box.width > 1 && box.height > 1 && e.checkVisibility({ opacityProperty: true, visibilityProperty: true }); };
const tidy = (text) => text.replace(/\s+/g, ' ').trim();
const name = (e) => tidy(e.getAttribute('aria-label') ?? e.innerText ?? e.textContent);
const field = () => all('input, textarea').filter((e) => shown(e) && !['file', 'radio', 'checkbox'].includes(e.type)).at(-1);
const texts = () => { const found = []; const walk = (node) => { for (const child of node.childNodes) { if (child.nodeType === 3) { const text = tidy(child.data); const e = child.parentElement; if (text && e && !e.closest('style, script, option, [aria-live]:not([role=log])') && shown(e)) found.push(text); } else if (child.nodeType === 1) { if (child.shadowRoot) walk(child.shadowRoot); walk(child); } } }; if (root) walk(root); return found; };
";

/// The chat on a page.
pub struct Chat {
    /// The browser.
    pub browser: Browser,
    /// The server behind it.
    pub server: Server,
    host: &'static str,
    /// How long after each other keys are pressed. By itself WebDriver presses all of a text at once.
    pub apart: Cell<Duration>,
}

impl Chat {
    pub(crate) fn new(browser: Browser, server: Server, visit: &Visit) -> Chat {
        Chat {
            browser,
            server,
            host: visit.host,
            apart: Cell::default(),
        }
    }

    /// Goes to an address.
    pub async fn go(&self, url: &str) -> Step {
        self.browser
            .session
            .goto(url)
            .await
            .map_err(|e| e.to_string())
    }

    /// Takes the same browser to a page with another bot, as a visitor who was never there.
    /// `options` is JSON, as `init…` takes it.
    pub async fn goes_to(&self, api: &str, bot: &str, options: &Value) -> Step {
        // What a page still keeps when it is left is cleared as well.
        let clear =
            "dispatchEvent(new Event('pagehide')); sessionStorage.clear(); localStorage.clear()";
        self.eval(clear, Value::Null).await?;
        self.go(&self.address_of(api, bot, options)).await
    }

    /// The address of a page with that bot.
    pub fn address_of(&self, api: &str, bot: &str, options: &Value) -> String {
        let options: String = options
            .to_string()
            .bytes()
            .map(|b| format!("%{b:02x}"))
            .collect();
        format!(
            "{}/any?api={api}&bot={bot}&options={options}",
            self.server.url()
        )
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Step {
        self.browser
            .session
            .refresh()
            .await
            .map_err(|e| e.to_string())
    }

    /// Runs JavaScript in the page, with `host`, `root`, `all`, `shown`, `field` and `texts` at hand.
    pub async fn eval(&self, script: &str, argument: Value) -> Step<Value> {
        let script = format!("{LOOK}{script}");
        let result = self
            .browser
            .session
            .execute(script, vec![json!(self.host), argument])
            .await;
        Ok(result.map_err(|e| e.to_string())?.json().clone())
    }

    /// Waits until JavaScript gives something that is true.
    pub async fn until(&self, what: &str, script: &str, argument: Value) -> Step<Value> {
        let began = Instant::now();
        loop {
            let value = self.eval(script, argument.clone()).await?;
            if !matches!(value, Value::Null | Value::Bool(false)) && value != json!(0) {
                return Ok(value);
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("in vain for {PATIENCE:?}: {what}"));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// What a JavaScript expression is right now.
    pub async fn is(&self, expression: &str) -> Step<Value> {
        self.eval(&format!("return {expression}"), Value::Null)
            .await
    }

    /// Runs JavaScript for what it does.
    pub async fn runs(&self, script: &str) -> Step {
        self.eval(script, Value::Null).await.map(drop)
    }

    /// Waits until a JavaScript expression is true.
    pub async fn becomes(&self, expression: &str) -> Step {
        self.until(expression, &format!("return {expression}"), Value::Null)
            .await
            .map(drop)
    }

    /// Two frames: what would happen by itself has happened.
    pub async fn settles(&self) -> Step {
        self.runs("window.settled = 0; requestAnimationFrame(() => requestAnimationFrame(() => (window.settled = 1)))").await?;
        self.becomes("window.settled").await
    }

    /// Waits until a text can be seen.
    pub async fn sees(&self, text: &str) -> Step {
        let script = "return tidy(texts().join(' ')).includes(arguments[1])";
        self.until(&format!("the text {text:?}"), script, json!(text))
            .await
            .map(drop)
    }

    /// Whether a text can be seen now.
    pub async fn is_seen(&self, text: &str) -> Step<bool> {
        let script = "return tidy(texts().join(' ')).includes(arguments[1])";
        Ok(self.eval(script, json!(text)).await? == json!(true))
    }

    /// Waits until an element that matches can be seen.
    pub async fn finds(&self, selector: &str) -> Step {
        let script = "return all(arguments[1]).some(shown)";
        self.until(&format!("an element {selector:?}"), script, json!(selector))
            .await
            .map(drop)
    }

    /// How many elements match.
    pub async fn count(&self, selector: &str) -> Step<u64> {
        let count = self
            .eval("return all(arguments[1]).length", json!(selector))
            .await?;
        Ok(count.as_u64().unwrap_or_default())
    }

    /// Types an answer into the live field and sends it by Enter.
    pub async fn answer(&self, text: &str) -> Step {
        let field = self.field().await?;
        field.send_keys(text).await.map_err(|e| e.to_string())?;
        field.send_keys(Key::Enter).await.map_err(|e| e.to_string())
    }

    /// Types into the live field.
    pub async fn types(&self, text: &str) -> Step {
        self.types_in(&self.field().await?, text).await
    }

    /// Types into a field.
    pub async fn types_in(&self, field: &WebElement, text: &str) -> Step {
        let apart = self.apart.get();
        if apart.is_zero() {
            return field.send_keys(text).await.map_err(|e| e.to_string());
        }
        field.focus().await.map_err(|e| e.to_string())?;
        let session = self.browser.session.handle().clone();
        let keys = ActionChain::new_with_delay(session, Some(apart), None).send_keys(text);
        keys.perform().await.map_err(|e| e.to_string())
    }

    /// The live field.
    pub async fn field(&self) -> Step<WebElement> {
        self.element("a field", "return field()", Value::Null).await
    }

    /// Picks a file in the last file field: of this name, with this in it.
    pub async fn picks(&self, name: &str, content: &str) -> Step {
        // Each in a folder of its own: a browser does not read what was written to since it was picked.
        let (process, n) = (std::process::id(), PICKED.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(format!("natter-e2e-{process}-{n}"));
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let path = folder.join(name);
        std::fs::write(&path, content).map_err(|e| e.to_string())?;
        let find = "return all('input[type=file]').at(-1)";
        let field = self.element("a file field", find, Value::Null).await?;
        let picked = field.send_keys(path.to_string_lossy().as_ref()).await;
        picked.map_err(|e| e.to_string())
    }

    /// What stands in the live field.
    pub async fn value(&self) -> Step<String> {
        let value = self.field().await?.prop("value").await;
        Ok(value.map_err(|e| e.to_string())?.unwrap_or_default())
    }

    /// The element that JavaScript gives, once it does.
    pub async fn element(&self, what: &str, script: &str, argument: Value) -> Step<WebElement> {
        let began = Instant::now();
        let script = format!("{LOOK}{script}");
        loop {
            let arguments = vec![json!(self.host), argument.clone()];
            let found = self
                .browser
                .session
                .execute(script.clone(), arguments)
                .await;
            if let Ok(element) = found.map_err(|e| e.to_string())?.element() {
                return Ok(element);
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("in vain for {PATIENCE:?}: {what}"));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Clicks what a selector finds.
    pub async fn clicks(&self, selector: &str) -> Step {
        let find = "return all(arguments[1]).filter(shown).at(-1)";
        self.clicks_on(&format!("an element {selector:?}"), find, json!(selector))
            .await
    }

    /// Presses the button with exactly this name.
    pub async fn presses(&self, label: &str) -> Step {
        let find =
            "return all('button').filter((e) => shown(e) && name(e) === arguments[1]).at(-1)";
        self.clicks_on(&format!("a button {label:?}"), find, json!(label))
            .await
    }

    /// Clicks the element that JavaScript gives, once it stands still: what
    /// is being scrolled or comes in is missed.
    pub async fn clicks_on(&self, what: &str, find: &str, argument: Value) -> Step {
        let script = format!(
            "const e = (() => {{ {find} }})(), at = e && JSON.stringify(e.getBoundingClientRect()), was = window.__at;\
             window.__at = [e, at]; return e && was?.[0] === e && was[1] === at ? e : null"
        );
        let element = self.element(what, &script, argument).await?;
        element.click().await.map_err(|e| e.to_string())
    }

    /// Clicks a button in the last frame until a text is seen: the chat is deaf to a frame for its first two seconds,
    /// and a frame that is still coming in cannot be clicked.
    pub async fn clicks_in_frame(&self, label: &str, seen: &str) -> Step {
        let fails = |error: WebDriverError| error.to_string();
        let button = By::XPath(format!("//button[text()='{label}']"));
        let began = Instant::now();
        while began.elapsed() < PATIENCE && !self.is_seen(seen).await? {
            let last = "return all('iframe').at(-1)";
            let frame = self.element("a frame", last, Value::Null).await?;
            frame.enter_frame().await.map_err(fails)?;
            if let Ok(button) = self.browser.session.find(button.clone()).await {
                let _ = button.click().await;
            }
            let back = self.browser.session.enter_default_frame().await;
            back.map_err(fails)?;
            tokio::time::sleep(5 * PAUSE).await;
        }
        self.sees(seen).await
    }

    /// Presses a key where the focus is.
    pub async fn key(&self, key: impl Into<TypingData>) -> Step {
        let actions = self.browser.session.action_chain().send_keys(key);
        actions.perform().await.map_err(|e| e.to_string())
    }

    /// Moves the focus on by Tab until it is on an element that matches.
    pub async fn reaches(&self, selector: &str) -> Step {
        let is_there = "return all(arguments[1]).length > 0";
        self.until(
            &format!("an element {selector:?}"),
            is_there,
            json!(selector),
        )
        .await?;
        let script = "let at = document.activeElement; while (at?.shadowRoot) at = at.shadowRoot.activeElement; return at?.matches(arguments[1]) ?? false";
        for _ in 0..MOST_TABS {
            if self.eval(script, json!(selector)).await? == json!(true) {
                return Ok(());
            }
            self.key(Key::Tab).await?;
        }
        Err(format!("not within {MOST_TABS} tabs: {selector:?}"))
    }

    /// Takes the network away, or gives it back. Chromium alone can.
    pub async fn set_offline(&self, is_offline: bool) -> Step {
        let tools = self.browser.session.cdp();
        let conditions = json!({ "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        tools
            .send_raw("Network.enable", json!({}))
            .await
            .map_err(|e| e.to_string())?;
        let set = tools
            .send_raw("Network.emulateNetworkConditions", conditions)
            .await;
        set.map(drop).map_err(|e| e.to_string())
    }

    /// Runs JavaScript in every page from then on, before the page's own. Chromium alone can.
    pub async fn before_pages(&self, script: &str) -> Step {
        let tools = self.browser.session.cdp();
        let added = tools
            .send_raw(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": script }),
            )
            .await;
        added.map(drop).map_err(|e| e.to_string())
    }

    /// Every violation of the page's policy so far.
    pub async fn violations(&self) -> Step<Vec<String>> {
        let value = self.eval("return window.__violations", Value::Null).await?;
        let list = value.as_array().cloned().unwrap_or_default();
        Ok(list
            .iter()
            .filter_map(Value::as_str)
            .map(String::from)
            .collect())
    }

    /// Writes a picture of the page to the folder `target/screens`.
    pub async fn picture(&self, name: &str) -> Step {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/screens");
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        let file = folder.join(format!("{name}.png"));
        self.browser
            .session
            .screenshot(&file)
            .await
            .map_err(|e| e.to_string())
    }

    /// All that can be read on the screen now.
    pub async fn screen(&self) -> String {
        match self.eval("return texts().join('\\n')", Value::Null).await {
            Ok(Value::String(text)) => text,
            Ok(other) => other.to_string(),
            Err(error) => error,
        }
    }

    /// What the page's console says, where the driver tells.
    pub async fn console(&self) -> String {
        if !self.browser.is_chromium() {
            return String::new();
        }
        match self.browser.session.get_log("browser").await {
            Ok(lines) => lines
                .iter()
                .map(|line| line.message.clone())
                .collect::<Vec<_>>()
                .join("\n"),
            Err(error) => error.to_string(),
        }
    }

    pub(crate) async fn close(self) {
        self.browser.close().await;
    }
}
