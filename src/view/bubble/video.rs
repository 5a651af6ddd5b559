//! A video: a file, or another site's player in a frame.

use super::{Frame, px};
use crate::dom::{Node, el};
use crate::model::{Url, Video, VideoSource};
use crate::view::Word;

/// The height of a player, in px, where nothing is said.
const PLAYER_HEIGHT: f64 = 400.0;

/// A video.
pub fn video(frame: &Frame, video: Video) -> Node {
    let base = match video.source {
        VideoSource::File => return file(frame, &video),
        VideoSource::YouTube => "https://www.youtube.com/embed/",
        VideoSource::Vimeo => "https://player.vimeo.com/video/",
        VideoSource::TikTok => "https://www.tiktok.com/embed/v2/",
        VideoSource::Gumlet => "https://play.gumlet.io/embed/",
    };
    let starts = video.autoplay && frame.live;
    let mut address = String::from(base);
    address.push_str(&video.id.clone().unwrap_or_default());
    match &video.query {
        Some(query) => address.push_str(query),
        None => address.push_str(match video.source {
            VideoSource::YouTube | VideoSource::Vimeo if starts => "?autoplay=1",
            VideoSource::Gumlet if starts => "?autoplay=true",
            _ => "",
        }),
    }
    let Some(url) = Url::media(&address) else {
        return super::failed(&frame.ui);
    };
    let player = el("iframe")
        .class("natter-frame")
        .attr("src", url.as_str())
        .attr("title", &frame.ui.word(Word::Video))
        .attr(
            "allow",
            "accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture",
        )
        .attr("referrerpolicy", "strict-origin-when-cross-origin")
        .flag("allowfullscreen", true);
    sized(player, &video, true)
}

fn file(frame: &Frame, video: &Video) -> Node {
    let settled = frame.settled();
    let Some(url) = video.url.as_deref().and_then(Url::media) else {
        return frame.unusable();
    };
    let place = el("div").class("natter-video");
    let starts = video.autoplay && frame.live;
    let (failed_place, ui) = (place.clone(), frame.ui.clone());
    let by_data = settled.clone();
    let node = el("video")
        .attr("aria-label", &frame.ui.word(Word::Video))
        .attr("preload", "metadata")
        .flag("playsinline", true)
        .flag("controls", video.controls)
        .flag("autoplay", starts)
        .on("loadeddata", move |_| by_data())
        .on("error", move |_| {
            failed_place.set_child(Some(&super::failed(&ui)));
            settled();
        })
        .attr("src", url.as_str());
    place.child(sized(node, video, false))
}

/// As wide, high and proportioned as the bot says.
fn sized(node: Node, video: &Video, is_player: bool) -> Node {
    let node = match &video.max_width {
        Some(width) => node.style("max-width", width),
        None => node,
    };
    match (&video.aspect_ratio, video.height) {
        (Some(ratio), _) => node.style("aspect-ratio", ratio).style("height", "auto"),
        (None, Some(height)) => node.style("height", &px(height)),
        (None, None) if is_player => node.style("height", &px(PLAYER_HEIGHT)),
        (None, None) => node,
    }
}
