//! The bytes of files that the visitor has picked and not given yet, for when
//! the page is loaded again.
//!
//! They lie in the browser's cache storage, which takes a file as it is. A
//! draft names them, and the draft goes with its tab; a cache does not, so
//! whatever is a day old goes whenever a conversation meets it. Where there is
//! no such storage (a page that is not https, one whose storage is blocked),
//! or no room in it, nothing is kept.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::js;
use crate::model::StorageKind;

use super::Area;

/// The cache; under the same name `localStorage` has a mark while it is not empty.
const NAME: &str = "natter-files";

/// A cache finds things by addresses. Nobody asks for this one.
const ADDRESS: &str = "https://natter.invalid/";

/// The header that says in which session a file was picked.
const SESSION: &str = "x-natter-session";

/// What is older, in ms, was left by a tab that is gone.
const MAX_AGE_MS: f64 = 86_400_000.0;

/// A file that was kept.
pub struct Kept {
    /// Its bytes: a `Blob`.
    pub bytes: JsValue,
    /// Its media type.
    pub media_type: String,
    /// Whether it was picked in this session.
    pub is_same_session: bool,
}

/// Whether anything may be kept, of any bot.
pub fn has_any() -> bool {
    Area::of(StorageKind::Local).get(NAME).is_some()
}

fn address(key: &str) -> JsValue {
    [ADDRESS, key].concat().into()
}

/// Calls a method that gives a promise; none where there is no such method.
fn ask(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsFuture> {
    let promise = js::call(object, method, arguments).ok()?;
    Some(JsFuture::from(Promise::resolve(&promise)))
}

/// The cache, where the browser has one for this page.
pub struct Cache(JsValue);

impl Cache {
    /// Opens it.
    pub async fn open() -> Option<Cache> {
        let caches = js::get(&js::window(), "caches");
        let opened = ask(&caches, "open", &[NAME.into()])?;
        opened.await.ok().map(Cache)
    }

    /// Keeps a file.
    pub async fn keep(&self, key: &str, file: &File, session: &str) -> Option<()> {
        let headers = js::object(&[(SESSION, session.into())]);
        let class: Function = js::get(&js::window(), "Response").dyn_into().ok()?;
        let options = js::object(&[("headers", headers)]);
        let response = Reflect::construct(&class, &js::list(&[file.into(), options])).ok()?;
        let put = ask(&self.0, "put", &[address(key), response])?;
        put.await.ok()?;
        Area::of(StorageKind::Local).set(NAME, "1");
        Some(())
    }

    /// A file that was kept, if it is there.
    pub async fn find(&self, key: &str, session: &str) -> Option<Kept> {
        let response = ask(&self.0, "match", &[address(key)])?.await.ok()?;
        let headers = js::get(&response, "headers");
        let picked_in = js::call(&headers, "get", &[SESSION.into()]).ok()?;
        let bytes = ask(&response, "blob", &[])?.await.ok()?;
        Some(Kept {
            media_type: js::get_text(&bytes, "type").unwrap_or_default(),
            bytes,
            is_same_session: picked_in.as_string().as_deref() == Some(session),
        })
    }

    /// Forgets what is kept under these keys, or under any where none are
    /// given, and what is too old.
    pub async fn forget(&self, keys: Option<Vec<String>>) -> Option<()> {
        let all: Array = ask(&self.0, "keys", &[])?.await.ok()?.dyn_into().ok()?;
        let mut is_empty = true;
        for request in (0..all.length()).map(|i| all.get(i)) {
            let url = js::get_text(&request, "url").unwrap_or_default();
            let key = url.strip_prefix(ADDRESS).unwrap_or_default();
            let is_meant = |keys: &Vec<String>| keys.iter().any(|it| it == key);
            if keys.as_ref().is_none_or(is_meant) || is_old(key) {
                let _ = ask(&self.0, "delete", &[request])?.await;
            } else {
                is_empty = false;
            }
        }
        if is_empty {
            Area::of(StorageKind::Local).remove(NAME);
        }
        Some(())
    }
}

/// Whether what is kept there is too old, or cannot be ours: a key begins with
/// when it was made, in ms since 1970, which has as many digits until 2286.
fn is_old(key: &str) -> bool {
    let at = |ms: f64| (ms as u64).to_string();
    let now = js::now();
    *key < *at(now - MAX_AGE_MS) || *key > *at(now + MAX_AGE_MS)
}
