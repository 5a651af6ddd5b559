//! A sound.

use super::Frame;
use crate::dom::{Node, el};
use crate::model::{Audio, Url};
use crate::view::Word;

/// A sound, with the browser's own controls.
pub fn audio(frame: &Frame, audio: Audio) -> Node {
    let settled = frame.settled();
    let Some(url) = audio.url.as_deref().and_then(Url::media) else {
        return frame.unusable();
    };
    let place = el("div");
    let (failed_place, ui) = (place.clone(), frame.ui.clone());
    let by_data = settled.clone();
    let node = el("audio");
    let player = node.clone();
    let node = node
        .attr("aria-label", &frame.ui.word(Word::Audio))
        .flag("controls", true)
        .flag("autoplay", audio.autoplay && frame.live)
        .on("loadedmetadata", move |_| by_data())
        .on("error", move |_| {
            let _ = failed_place.raw().append_child(super::failed(&ui).raw());
            player.set_hidden(true);
            settled();
        })
        .attr("src", url.as_str());
    place.child(node)
}
