//! One storage of the browser, guarded: it may be blocked, full, or gone.

use std::cell::RefCell;

use web_sys::Storage;

use crate::model::StorageKind;

thread_local! {
    /// What no storage took, for as long as the page is there.
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// One storage of the browser. Where it is blocked or full, the page's memory
/// stands in for it.
#[derive(Debug)]
pub struct Area {
    storage: Option<Storage>,
}

impl Area {
    /// The storage of a kind.
    pub fn of(kind: StorageKind) -> Area {
        let storage = web_sys::window().and_then(|window| match kind {
            StorageKind::Session => window.session_storage().ok().flatten(),
            StorageKind::Local => window.local_storage().ok().flatten(),
        });
        Area { storage }
    }

    /// What stands under a key.
    pub fn get(&self, key: &str) -> Option<String> {
        let kept = match &self.storage {
            Some(storage) => storage.get_item(key).ok().flatten(),
            None => None,
        };
        kept.or_else(|| {
            MEMORY.with_borrow(|memory| {
                let found = memory.iter().find(|(k, _)| k == key);
                found.map(|(_, text)| text.clone())
            })
        })
    }

    /// Puts a text under a key. False where the storage is full.
    pub fn set(&self, key: &str, text: &str) -> bool {
        let is_kept = match &self.storage {
            Some(storage) => storage.set_item(key, text).is_ok(),
            None => false,
        };
        MEMORY.with_borrow_mut(|memory| {
            memory.retain(|(k, _)| k != key);
            if !is_kept {
                memory.push((key.into(), text.into()));
            }
        });
        is_kept || self.storage.is_none()
    }

    /// Takes away what stands under a key.
    pub fn remove(&self, key: &str) {
        if let Some(storage) = &self.storage {
            let _ = storage.remove_item(key);
        }
        MEMORY.with_borrow_mut(|memory| memory.retain(|(k, _)| k != key));
    }

    /// All keys, for looking through them.
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> =
            MEMORY.with_borrow(|memory| memory.iter().map(|(key, _)| key.clone()).collect());
        if let Some(storage) = &self.storage {
            let count = storage.length().unwrap_or(0);
            keys.extend((0..count).filter_map(|n| storage.key(n).ok().flatten()));
        }
        keys
    }
}
