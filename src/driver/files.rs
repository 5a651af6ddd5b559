//! Files that the visitor has picked: uploaded, and kept meanwhile for when the
//! page is loaded again.

use std::rc::Rc;

use crate::part::{Work, part};
use crate::store::files::{self as kept, Cache};
use crate::view::{FileStep, Found};

use super::Driver;

part! { files as fetch: fn take(driver: Rc<Driver>, step: FileStep) -> Work<()> {
    Box::pin(async move {
        match step {
            FileStep::Upload(upload) => driver.upload(upload),
            step => drop(driver.keep(step).await),
        }
    })
}}

impl Driver {
    /// Takes a step with files.
    pub(super) fn take_file_step(&self, step: FileStep) {
        // A widget that goes with its page leaves behind what it kept: it may
        // be there again in a moment.
        if self.is_stopped.get() {
            return;
        }
        if let Some(driver) = self.weak().upgrade() {
            self.tasks.add(Box::pin(async move {
                // Whoever takes files is of the same part, so it is there. What
                // an earlier page kept stays for another time where it is not.
                if let Ok(work) = take(driver, step).await {
                    work.await;
                }
            }));
        }
    }

    /// Forgets what tabs have left that are gone.
    pub(super) fn clear_up(&self) {
        if kept::has_any() {
            self.take_file_step(FileStep::Forget(Some(Vec::new())));
        }
    }

    /// Nothing of what the visitor began is kept any more.
    pub(super) fn forget_drafts(&self) {
        self.keep_draft("", "");
        if kept::has_any() {
            self.take_file_step(FileStep::Forget(None));
        }
    }

    async fn keep(&self, step: FileStep) -> Option<()> {
        let cache = Cache::open().await?;
        let session = self.session.borrow().clone().unwrap_or_default();
        let gone = match step {
            FileStep::Keep(key, file) if !self.config.previews() => {
                cache.keep(&key, &file, &session).await;
                self.write_draft();
                if self.asked.borrow().is_some() && self.store.drafts(&key) {
                    return None;
                }
                // It was given or taken away meanwhile.
                Some(vec![key])
            }
            FileStep::Find(keys, then) => {
                let mut found = Vec::new();
                for key in &keys {
                    let kept = cache.find(key, &session).await;
                    found.push(kept.map(|kept| Found {
                        bytes: kept.bytes,
                        media_type: kept.media_type,
                        is_same_session: kept.is_same_session,
                    }));
                }
                then(found);
                return None;
            }
            FileStep::Forget(keys) => keys,
            _ => return None,
        };
        cache.forget(gone).await
    }
}
