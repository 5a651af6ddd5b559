//! The drop-ins, row by row: what a page that was written for another company's package may rely on.
//!
//! Each row is a sentence, JavaScript that runs in a page with the drop-in, and what it gives. `api` is the default
//! export, `F` the flavour's names, `make` puts a widget on the page and `until` waits.

use e2e::{Embed, Step, Visit, visit};
use serde_json::{Value, json};

/// One of the packages that are taken over.
struct Flavor {
    file: &'static str,
    name: &'static str,
    api: &'static str,
    /// The flag of its posted commands.
    mark: &'static str,
    /// Its elements: standard, popup, bubble.
    tags: [&'static str; 3],
    /// What its pages call the bot.
    bot: &'static str,
    /// What its keys in storage begin with.
    key: &'static str,
}

const FLAVORS: [Flavor; 2] = [
    Flavor {
        file: "typebot.js",
        name: "Typebot",
        api: "typebot",
        mark: "isFromTypebot",
        tags: ["typebot-standard", "typebot-popup", "typebot-bubble"],
        bot: "typebot",
        key: "typebot",
    },
    Flavor {
        file: "quickbot.js",
        name: "QuickBot",
        api: "quickbot",
        mark: "isFromBot",
        tags: ["quickbot-standard", "quickbot-popup", "bot-bubble"],
        bot: "bot",
        key: "bot",
    },
];

/// A row: what holds, what is done, what comes of it.
type Row = (&'static str, &'static str, fn(&Flavor) -> Value);

/// What rows are written with.
const KIT: &str = r"
const F = arguments[1], api = window.api;
const sleep = (ms) => new Promise((go) => setTimeout(go, ms));
const until = async (what) => { for (const end = Date.now() + 12000; Date.now() < end; await sleep(25)) { const value = await what(); if (value) return value; } throw Error('in vain: ' + what + ' ' + JSON.stringify(told)); };
const say = (it) => it?.shadowRoot?.textContent ?? '';
const told = [];
const callbacks = Object.fromEntries(['Init', 'NewInputBlock', 'Answer', 'End', 'NewLogs', 'ChatStatePersisted', 'ScriptExecutionSuccess', 'Open', 'Close', 'PreviewMessageClick', 'PreviewMessageDismissed']
  .map((name) => ['on' + name, (...args) => told.push([name, ...args])]));
const make = (mode, options = {}) => {
  const tag = F.tags[['Standard', 'Popup', 'Bubble'].indexOf(mode)];
  if (mode === 'Standard') { const it = document.createElement(tag); it.style.cssText = 'display:block;height:400px'; document.body.prepend(it); }
  api['init' + mode]({ [F.bot]: 'hello', apiHost: location.origin, ...options });
  return document.querySelector(tag);
};
const posted = async (act) => { const heard = []; const hear = ({ data }) => data?.[F.mark] && heard.push(data); addEventListener('message', hear); act(); postMessage('last'); await new Promise((go) => addEventListener('message', ({ data }) => data === 'last' && go())); removeEventListener('message', hear); return heard; };
const expanded = (it) => it.shadowRoot?.querySelector('.launcher')?.getAttribute('aria-expanded');
const fill = async (it, text) => { const field = await until(() => it.shadowRoot.querySelector('.text-input')); api.setInputValue(text); await until(() => field.value === text); api.submitInput(); };
";

const ROWS: &[Row] = &[
    // §2, the package
    (
        "it is the window's too",
        "const there = window[F.name]; return [there !== api, Object.keys(api).sort().join() === Object.keys(there).sort().join(), typeof there.open]",
        |_| json!([true, true, "function"]),
    ),
    (
        "it registers the elements",
        "return F.tags.map((tag) => !!customElements.get(tag))",
        |_| json!([true, true, true]),
    ),
    // §2.1
    (
        "initStandard says what is missing",
        "try { api.initStandard({}) } catch (error) { return error.message }",
        |f| json!(format!("<{}> element not found.", f.tags[0])),
    ),
    (
        "initStandard fills the element with the id",
        "const [one, two] = [1, 2].map((n) => { const it = document.createElement(F.tags[0]); it.id = 'n' + n; it.style.cssText = 'display:block;height:300px'; document.body.append(it); return it }); \
        const back = api.initStandard({ id: 'n2', [F.bot]: 'hello', apiHost: location.origin }); await until(() => say(two).includes('call you')); return [back ?? null, !!one.shadowRoot]",
        |_| json!([null, false]),
    ),
    (
        "initPopup and initBubble put their element first in the body, and return nothing",
        "const kinds = [api.initPopup({ [F.bot]: 'hello' }) ?? null, document.body.firstElementChild.localName, api.initBubble({ [F.bot]: 'hello' }) ?? null, document.body.firstElementChild.localName]; return kinds",
        |f| json!([null, f.tags[1], null, f.tags[2]]),
    ),
    (
        "several live beside each other, each with its id",
        "make('Bubble', { id: 'a' }); make('Bubble', { id: 'b' }); make('Popup', { id: 'c' }); await until(() => ['a', 'b'].every((id) => document.getElementById(id).shadowRoot)); api.open({ id: 'b' }); \
        await until(() => expanded(document.getElementById('b')) === 'true'); return [expanded(document.getElementById('a')), document.getElementById('c').shown]",
        |_| json!(["false", false]),
    ),
    // §2.2
    (
        "every option is a property, and an attribute in kebab case",
        "const it = document.createElement(F.tags[2]); const names = 'apiHost wsHost isPreview prefilledVariables resultId startFrom sessionId templateSlug previewTheme previewSettings font progressBarRef autoShowDelay defaultOpen isOpen theme previewMessage inlineStyle'.split(' '); \
        return names.filter((name) => { it.setAttribute(name.replace(/[A-Z]/g, '-$&').toLowerCase(), '{\"a\":1}'); return !(name in it) || it[name]?.a !== 1 })",
        |_| json!([]),
    ),
    (
        "an attribute is JSON where it is JSON, and a property beats it",
        "const it = document.createElement(F.tags[2]); const seen = []; for (const text of ['text', '123', 'true', '']) { it.setAttribute('api-host', text); seen.push(it.apiHost ?? null) } \
        it.apiHost = 'mine'; it.setAttribute('api-host', 'other'); seen.push(it.apiHost, it.getAttribute('api-host')); return seen",
        |_| json!(["text", 123, true, null, "mine", "other"]),
    ),
    (
        "an element of HTML is a bot",
        "document.body.insertAdjacentHTML('afterbegin', `<${F.tags[0]} id=html style=display:block;height:300px ${F.bot}=hello api-host=${location.origin}></${F.tags[0]}>`); await until(() => say(document.getElementById('html')).includes('call you')); return true",
        |_| json!(true),
    ),
    (
        "a wrapper may set everything as properties, the bot last",
        "const it = document.createElement(F.tags[0]); it.style.cssText = 'display:block;height:300px'; document.body.prepend(it); await sleep(30); const quiet = !it.shadowRoot; \
        Object.assign(it, callbacks, { apiHost: location.origin, prefilledVariables: { Name: 'Wrapped' } }); it[F.bot] = 'hello'; await until(() => say(it).includes('call you')); await until(() => told.length > 2); return [quiet, told.filter(([name]) => name === 'Init').length]",
        |_| json!([true, 1]),
    ),
    (
        "a bot that is named otherwise later changes nothing",
        "const it = make('Standard', callbacks); await until(() => say(it).includes('call you')); it[F.bot] = 'question'; await sleep(100); return [say(it).includes('call you'), told.filter(([name]) => name === 'Init').length]",
        |_| json!([true, 1]),
    ),
    (
        "a bot that is all digits is one",
        "const it = document.createElement(F.tags[2]); it.setAttribute(F.bot, '123'); return it.name",
        |_| json!("123"),
    ),
    // §2.4
    (
        "a popup opens by itself, and is ended when it is closed",
        "const it = make('Popup', { defaultOpen: true, ...callbacks }); await until(() => say(it).includes('call you')); const held = getComputedStyle(document.body).overflow; api.close(); await until(() => !it.shadowRoot.querySelector('.natter-root')); await until(() => getComputedStyle(document.body).overflow !== 'hidden'); \
        api.open(); await until(() => say(it).includes('call you')); return [held, told.filter(([name]) => /Open|Close|Init/.test(name)).map(([name]) => name)]",
        |_| json!(["hidden", ["Open", "Init", "Close", "Open", "Init"]]),
    ),
    (
        "a popup takes its theme",
        "const it = make('Popup', { defaultOpen: true, theme: { width: '333px', backgroundColor: 'rgb(1, 2, 3)' } }); const box = await until(() => it.shadowRoot?.querySelector('dialog[open] .modal')); await until(() => getComputedStyle(box).maxWidth === '333px'); return getComputedStyle(box).backgroundColor",
        |_| json!("rgb(1, 2, 3)"),
    ),
    // §2.5
    (
        "a bubble opens after its delay",
        "const it = make('Bubble', { autoShowDelay: 10 }); await until(() => expanded(it) === 'true'); return true",
        |_| json!(true),
    ),
    (
        "a bubble whose page sets isOpen only asks",
        "const it = make('Bubble', { isOpen: false, ...callbacks }); await until(() => it.shadowRoot); api.open(); await until(() => told.length); return [told, expanded(it)]",
        |_| json!([[["Open"]], "false"]),
    ),
    (
        "a preview message comes by itself, is clicked, and opens the bubble",
        "const it = make('Bubble', { previewMessage: { message: 'Psst', autoShowDelay: 5 }, ...callbacks }); (await until(() => it.shadowRoot?.querySelector('.say'))).click(); await until(() => expanded(it) === 'true'); return told.map(([name]) => name).slice(0, 3)",
        |_| json!(["PreviewMessageClick", "Open", "PreviewMessageDismissed"]),
    ),
    (
        "a preview message without a delay comes by command",
        "const it = make('Bubble', { previewMessage: { message: 'Psst' }, ...callbacks }); await until(() => it.shadowRoot); api.showPreviewMessage(); await until(() => say(it).includes('Psst')); api.showPreviewMessage({ message: 'Other' }); await until(() => say(it).includes('Other')); \
        api.hidePreviewMessage(); await until(() => !say(it).includes('Other')); return told.map(([name]) => name)",
        |_| json!(["PreviewMessageDismissed"]),
    ),
    (
        "its wrapper takes CSS",
        "const it = make('Bubble', { inlineStyle: { 'z-index': '77', '--container-bottom': '44px' } }); await until(() => it.shadowRoot && getComputedStyle(it.shadowRoot.querySelector('.bubble')).zIndex === '77'); return getComputedStyle(it.shadowRoot.querySelector('.launcher')).bottom",
        |_| json!("44px"),
    ),
    // §2.7, each callback with its arguments and its moment
    (
        "callbacks come in their order, with what they bring",
        "const real = window.fetch; window.fetch = (url, ...more) => { if (/Chat$/.test(url)) told.push(['fetch', url.split('/').at(-1)]); return real(url, ...more) }; \
        const it = make('Standard', { [F.bot]: 'question', ...callbacks }); await until(() => told.some(([name]) => name === 'NewInputBlock')); await fill(it, 'Ada'); await until(() => told.some(([name]) => name === 'End')); await sleep(50); window.fetch = real; \
        return told.map(([name, ...args]) => name === 'NewInputBlock' ? [name, args.length, args[0].id, args[0].type] : name === 'ChatStatePersisted' ? [name, args[0], Object.keys(args[1])] : [name, ...args])",
        |_| {
            json!([
                ["Init"], ["fetch", "startChat"], ["ChatStatePersisted", false, ["typebotId"]], ["NewInputBlock", 1, "question-name", "text input"],
                ["Answer", { "message": "Ada", "blockId": "question-name" }], ["fetch", "continueChat"], ["End"],
            ])
        },
    ),
    (
        "a callback that throws stops nothing",
        "window.addEventListener('error', (event) => event.preventDefault(), { once: true }); const it = make('Standard', { onInit: () => { throw Error('theirs') } }); await until(() => say(it).includes('call you')); return true",
        |_| json!(true),
    ),
    (
        "a script's result is told",
        "const it = make('Standard', { [F.bot]: 'do-script', ...callbacks }); await until(() => told.some(([name]) => name === 'NewInputBlock')); await fill(it, 'Ada'); await until(() => told.some(([name]) => name === 'ScriptExecutionSuccess')); return told.filter(([name]) => name === 'ScriptExecutionSuccess')",
        |_| json!([["ScriptExecutionSuccess", "done"]]),
    ),
    (
        "a command of the bot is addressed by the bot's own id",
        "const it = make('Standard', { [F.bot]: 'command', ...callbacks }); await until(() => told.some(([name]) => name === 'NewInputBlock')); const { typebotId } = told.find(([name]) => name === 'ChatStatePersisted')[2]; api.sendCommand('help', { id: 'of another' }); await sleep(50); const quiet = !say(it).includes('This is help'); api.sendCommand('help', { id: typebotId }); await until(() => say(it).includes('This is help')); return quiet",
        |_| json!(true),
    ),
    (
        "a bot is named by botId too",
        "const it = make('Standard', { [F.bot]: undefined, botId: 'question', ...callbacks }); await until(() => told.some(([name]) => name === 'NewInputBlock')); return it.name",
        |_| json!("question"),
    ),
    // §2.8, what each command posts
    (
        "every command is a message to the window",
        "const heard = await posted(() => { for (const name of ['open', 'close', 'toggle', 'hidePreviewMessage', 'unmount', 'reload', 'reset', 'submitInput']) api[name]({ id: 'x' }); \
        api.showPreviewMessage({ message: 'm' }, { id: 'x' }); api.setPrefilledVariables({ a: 1 }, { id: 'x' }); api.setInputValue('v', { id: 'x' }); api.sendCommand('t', { id: 'x' }); api.open() }); \
        return heard.map((data) => { const { [F.mark]: mark, ...rest } = data; return mark === true ? rest : data })",
        |_| {
            json!([
                { "command": "open", "id": "x" }, { "command": "close", "id": "x" }, { "command": "toggle", "id": "x" }, { "command": "hidePreviewMessage", "id": "x" },
                { "command": "unmount", "id": "x" }, { "command": "reload", "id": "x" }, { "command": "reset", "id": "x" }, { "command": "submitInput", "id": "x" },
                { "command": "showPreviewMessage", "id": "x", "message": { "message": "m" } }, { "command": "setPrefilledVariables", "id": "x", "variables": { "a": 1 } },
                { "command": "setInputValue", "id": "x", "value": "v" }, { "command": "sendCommand", "id": "x", "text": "t" }, { "command": "open" },
            ])
        },
    ),
    (
        "a message of the page is a command",
        "const it = make('Bubble', { id: 'm' }); await until(() => it.shadowRoot); postMessage({ [F.mark]: true, command: 'open', id: 'm' }); await until(() => expanded(it) === 'true'); postMessage({ [F.mark]: true, command: 'close', id: 'other' }); postMessage({ [F.mark]: 'yes', command: 'close' }); postMessage({ [F.mark]: true, command: 'constructor' }); postMessage(null); \
        postMessage('last'); await new Promise((go) => addEventListener('message', ({ data }) => data === 'last' && go())); const still = expanded(it); postMessage({ [F.mark]: true, command: 'toggle' }); await until(() => expanded(it) === 'false'); return still",
        |_| json!("true"),
    ),
    (
        "a frame is not heard",
        "const it = make('Bubble'); await until(() => it.shadowRoot); const frame = document.createElement('iframe'); document.body.append(frame); const script = frame.contentDocument.createElement('script'); script.textContent = `parent.postMessage({ ${F.mark}: true, command: 'open' }, '*')`; \
        const heard = new Promise((go) => addEventListener('message', ({ source }) => source === frame.contentWindow && go())); frame.contentDocument.body.append(script); await heard; await sleep(20); frame.remove(); return expanded(it)",
        |_| json!("false"),
    ),
    (
        "what was unmounted comes back when it is opened",
        "const it = make('Bubble', { id: 'u', ...callbacks }); await until(() => it.shadowRoot); api.open(); await until(() => expanded(it) === 'true'); api.unmount({ id: 'u' }); await until(() => !it.shadowRoot.querySelector('.bubble')); api.open({ id: 'u' }); await until(() => expanded(it) === 'true'); return told.filter(([name]) => /Open|Close/.test(name)).map(([name]) => name)",
        |_| json!(["Open", "Close", "Open"]),
    ),
    (
        "reload starts a bubble's bot though it was never opened",
        "const it = make('Bubble', callbacks); await until(() => it.shadowRoot); api.reload(); await until(() => told.some(([name]) => name === 'NewInputBlock')); return expanded(it)",
        |_| json!("false"),
    ),
    (
        "variables that are set before the start go with it",
        "const it = make('Bubble', { [F.bot]: 'prefilled', prefilledVariables: { Name: 'Ada' } }); await until(() => it.shadowRoot); api.setPrefilledVariables({ Plan: 'Gold' }); await until(() => it.prefilledVariables.Plan); api.open(); await until(() => say(it).includes('Hello')); return it.prefilledVariables",
        |_| json!({ "Name": "Ada", "Plan": "Gold" }),
    ),
    // §8.4
    (
        "the result is kept under its key, in the storage that the bot names",
        "const it = make('Standard', { [F.bot]: 'remember' }); await until(() => localStorage['resultId-remember']); return [typeof localStorage['resultId-remember'], sessionStorage['resultId-remember'] ?? null]",
        |_| json!(["string", null]),
    ),
    (
        "a window that is remembered open has its key, and loses it",
        "const it = make('Bubble', { [F.bot]: 'remember' }); await until(() => it.shadowRoot); api.open(); await until(() => sessionStorage[F.key + '-botOpened'] === 'true'); api.close(); await until(() => !sessionStorage[F.key + '-botOpened']); return true",
        |_| json!(true),
    ),
    (
        "reset forgets the conversation",
        "const it = make('Standard', { [F.bot]: 'remember' }); await until(() => Object.keys(localStorage).some((key) => /^natter-journal/.test(key))); api.reset(); await until(() => !Object.keys(localStorage).some((key) => /^natter-(journal|line)/.test(key))); return true",
        |_| json!(true),
    ),
    // §10
    (
        "pages dress the parts that they know",
        "const it = make('Bubble', { previewMessage: { message: 'Psst', autoShowDelay: 0 } }); await until(() => it.shadowRoot?.querySelector('.preview')); const parts = () => [...it.shadowRoot.querySelectorAll('[part]')].map((e) => e.getAttribute('part')); const closed = parts(); api.open(); await until(() => say(it).includes('call you')); \
        const popup = make('Popup', { defaultOpen: true }); await until(() => popup.shadowRoot?.querySelector('dialog[open]')); return [...new Set([...closed, ...parts(), popup.shadowRoot.querySelector('dialog').getAttribute('part')])].sort()",
        |_| {
            json!([
                "bot",
                "button",
                "button-icon",
                "overlay",
                "preview-message",
                "preview-message-close-button",
                "progress-bar-container"
            ])
        },
    ),
    (
        "custom CSS finds the classes that it knows",
        "const it = make('Standard'); await until(() => say(it).includes('call you')); await fill(it, 'Ada'); await until(() => say(it).includes('all the room')); await until(() => it.shadowRoot.querySelector('.text-input')); \
        const nested = ['.typebot-container .typebot-progress-bar-container > .typebot-progress-bar', '.typebot-container .typebot-chat-view .typebot-chat-chunk .typebot-avatar-container', '.scrollable-container', '.typebot-chat-chunk .typebot-host-bubble > .bubble-typing', '.typebot-host-bubble .slate-html-container .slate-bold', \
        '.guest-container .typebot-guest-bubble', '.typebot-input-container[data-blockid] .typebot-input-form .typebot-input .text-input', '.typebot-input-form .typebot-button', '.typebot-bottom-spacer']; return nested.filter((selector) => !it.shadowRoot.querySelector(selector))",
        |_| json!([]),
    ),
];

fn page(flavor: &Flavor) -> Visit {
    Visit {
        embed: Embed::DropIn {
            file: flavor.file,
            name: flavor.name,
            call: "toString(); window.api = ".to_owned() + flavor.name,
            element: None,
        },
        host: "body",
        ..Visit::standard(flavor.api, "hello")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_row_of_the_official_packages_holds() {
    for flavor in &FLAVORS {
        visit(page(flavor), async |chat| {
            let names = json!({ "name": flavor.name, "mark": flavor.mark, "tags": flavor.tags, "bot": flavor.bot, "key": flavor.key });
            let mut failures = Vec::new();
            for (says, does, gives) in ROWS {
                chat.becomes("window.api").await?;
                let script = format!("{KIT} return (async () => {{ {does} }})().catch((error) => 'failed: ' + error.message)");
                // A row that takes too long is one that does not hold.
                let given = chat.eval(&script, names.clone()).await.unwrap_or_else(Value::from);
                let expected = gives(flavor);
                if given != expected {
                    failures.push(format!("{}: {says}:\n  {given}\n  and not {expected}", flavor.name));
                }
                chat.runs("sessionStorage.clear(); localStorage.clear()").await?;
                chat.reload().await?;
            }
            if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
        })
        .await;
    }
}

/// An official widget, as far as two on one page could meet: its element, its global, and its ear.
const OFFICIAL: &str = "<script>customElements.define('typebot-bubble', class extends HTMLElement {}); window.heard = [];\
    window.Typebot = { open: () => postMessage({ isFromTypebot: true, command: 'open' }), official: true };\
    addEventListener('message', ({ data }) => data?.isFromTypebot && window.heard.push(data.command))</script><typebot-bubble></typebot-bubble>";

#[tokio::test(flavor = "multi_thread")]
async fn natter_and_the_official_widget_do_not_disturb_each_other() {
    let mut beside = Visit::bubble("viewer", "hello");
    beside.before = OFFICIAL.into();
    visit(beside, async |chat| -> Step {
        chat.finds(".launcher").await?;
        let expanded = "root.querySelector('.launcher').getAttribute('aria-expanded')";
        // The page opens the official one: natter's stays closed, and the other way round.
        chat.runs("window.Typebot.open()").await?;
        chat.becomes("window.heard.length === 1").await?;
        chat.settles().await?;
        assert_eq!(chat.is(expanded).await?, "false");
        chat.runs("window.Natter.open()").await?;
        chat.sees("what may I call you?").await?;
        chat.runs("window.Natter.setInputValue('Ada'); window.Natter.submitInput()")
            .await?;
        chat.sees("Take all the room you need.").await?;
        assert_eq!(
            chat.is("[window.heard.length, window.Typebot.official]")
                .await?,
            json!([1, true])
        );
        assert_eq!(
            chat.is("document.querySelector('typebot-bubble').shadowRoot")
                .await?,
            Value::Null
        );
        Ok(())
    })
    .await;
    // The drop-in finds its names taken, and goes by the next.
    let mut twice = page(&FLAVORS[0]);
    twice.before = OFFICIAL.into();
    twice.host = "typebot-bubble-2";
    visit(twice, async |chat| {
        chat.becomes("window.api").await?;
        chat.runs("window.api.initBubble({ typebot: 'hello', apiHost: location.origin, defaultOpen: true })").await?;
        chat.sees("what may I call you?").await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_set_before_the_package_came_counts() {
    let mut early = page(&FLAVORS[0]);
    early.before = "<typebot-standard id=\"early\" style=\"display:block;height:400px\"></typebot-standard>\
        <script>{ const it = document.getElementById('early'); it.apiHost = location.origin; it.onInit = () => (window.begun = true); it.typebot = 'hello' }</script>".into();
    early.host = "#early";
    visit(early, async |chat| {
        chat.sees("what may I call you?").await?;
        assert_eq!(chat.is("window.begun").await?, true);
        Ok(())
    })
    .await;
}
