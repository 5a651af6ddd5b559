//! Files that the visitor gives.

use std::rc::Rc;

use crate::api::FileInfo;
use crate::api::client::Client;
use crate::model::Failure;
use crate::view::{Upload, UploadState, Word};

use super::Driver;
use crate::dom::Task;

impl Driver {
    /// Uploads a file, and tells whoever asked how it goes.
    pub(super) fn upload(&self, upload: Upload) {
        let Some(driver) = self.weak().upgrade() else {
            return;
        };
        let id = upload.id;
        let task = Task::new(Box::pin(async move {
            let Upload {
                file, block_id, on, ..
            } = upload;
            let info = FileInfo {
                name: file.name(),
                media_type: file.type_(),
                size: file.size(),
                block_id,
            };
            let told = on.clone();
            let progress = Rc::new(move |part| told(UploadState::Progress(part)));
            let session = driver.session.borrow().clone().unwrap_or_default();
            match driver
                .uploader()
                .upload(&session, &info, &file, progress)
                .await
            {
                Ok(url) => on(UploadState::Done(url)),
                Err(failure) => on(UploadState::Failed(driver.reason(&failure))),
            }
        }));
        let mut uploads = self.uploads.borrow_mut();
        uploads.retain(|(_, task)| !task.is_over());
        uploads.push((id, task));
    }

    /// Speaks to where files are uploaded, which the page may have put elsewhere.
    fn uploader(&self) -> &Client {
        self.uploader.get_or_init(|| {
            let mut target = self.client().codec().target().clone();
            if let Some(host) = &self.config.upload_host {
                target.host.clone_from(host);
            }
            self.client().with(target)
        })
    }

    /// Why an upload failed, as the visitor reads it: the server's reason if
    /// it gave one, else the bot's words or ours.
    fn reason(&self, failure: &Failure) -> String {
        if let Failure::Status(refusal) = failure
            && let Some(message) = &refusal.message
        {
            return message.clone();
        }
        let own = self.settings().general.messages.get("fileUploadError");
        own.unwrap_or_else(|| match self.view() {
            Some(view) => view.ui().word(Word::UploadFailed),
            None => String::new(),
        })
    }
}
