//! The browser's recorder: a microphone, what it hears, and how loud.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AnalyserNode, AudioContext, BlobEvent, File, MediaRecorder, MediaRecorderOptions, MediaStream,
    MediaStreamTrack,
};

use crate::dom::Listener;

/// So many samples a level is taken of.
const SAMPLES: usize = 512;

/// Asks the visitor for the microphone; none where they refuse, or where
/// there is none.
pub async fn microphone() -> Option<MediaStream> {
    // Browsers hide all of it from pages that came unprotected.
    let devices = property(&property(&js_sys::global(), "navigator"), "mediaDevices");
    let ask: Function = property(&devices, "getUserMedia").dyn_into().ok()?;
    let wish = js_sys::Object::new();
    Reflect::set(&wish, &"audio".into(), &true.into()).ok()?;
    let asked: Promise = ask.call1(&devices, &wish).ok()?.dyn_into().ok()?;
    let stream = wasm_bindgen_futures::JsFuture::from(asked).await.ok()?;
    stream.dyn_into().ok()
}

/// Lets go of a microphone.
pub fn close(stream: &MediaStream) {
    for track in stream.get_tracks() {
        if let Ok(track) = track.dyn_into::<MediaStreamTrack>() {
            track.stop();
        }
    }
}

fn property(object: &JsValue, name: &str) -> JsValue {
    if !object.is_object() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// The ending and the media type of a clip; none where the browser cannot record.
fn format() -> Option<(&'static str, &'static str)> {
    let class = Reflect::get(&js_sys::global(), &"MediaRecorder".into()).ok()?;
    let takes = Reflect::get(&class, &"isTypeSupported".into()).ok()?;
    let takes: Function = takes.dyn_into().ok()?;
    let webm = takes.call1(&class, &"audio/webm".into()).ok()?;
    Some(match webm.is_truthy() {
        true => (".webm", "audio/webm"),
        false => (".mp4", "video/mp4"),
    })
}

/// A file of what was recorded, or kept.
pub fn file_of(chunks: &Array, name: &str, media_type: &str) -> Option<File> {
    let options = js_sys::Object::new();
    Reflect::set(&options, &"type".into(), &media_type.into()).ok()?;
    let class = Reflect::get(&js_sys::global(), &"File".into()).ok()?;
    let class: Function = class.dyn_into().ok()?;
    let arguments = Array::of3(chunks, &name.into(), &options);
    let made = Reflect::construct(&class, &arguments).ok()?;
    made.dyn_into().ok()
}

/// What a microphone hears, being recorded. Dropping it lets go of the
/// microphone.
pub struct Recorder {
    stream: MediaStream,
    recorder: MediaRecorder,
    meter: Option<Meter>,
    _listeners: [Listener; 2],
}

impl Drop for Recorder {
    fn drop(&mut self) {
        close(&self.stream);
    }
}

impl Recorder {
    /// Records; `done` is given the clip when that has ended, with an ending
    /// to its name. The level is known where it is `metered`.
    pub fn new(
        stream: MediaStream,
        mut name: String,
        metered: bool,
        done: impl Fn(Option<File>) + 'static,
    ) -> Option<Recorder> {
        let made = format().and_then(|(ending, media_type)| {
            let options = MediaRecorderOptions::new();
            options.set_mime_type(media_type);
            let made =
                MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options);
            Some((made.ok()?, ending, media_type))
        });
        let Some((recorder, ending, media_type)) = made else {
            close(&stream);
            return None;
        };
        name.push_str(ending);
        let chunks = Rc::new(RefCell::new(Array::new()));
        let heard = chunks.clone();
        let hear = Listener::new(
            &recorder,
            "dataavailable",
            Box::new(move |event| {
                let event: BlobEvent = event.unchecked_into();
                if let Some(data) = event.data().filter(|data| data.size() > 0.0) {
                    heard.borrow().push(&data);
                }
            }),
        );
        let end = Listener::new(
            &recorder,
            "stop",
            Box::new(move |_| {
                let file = file_of(&chunks.take(), &name, media_type);
                done(file.filter(|file| file.size() > 0.0));
            }),
        );
        let recorder = Recorder {
            meter: if metered { Meter::new(&stream) } else { None },
            stream,
            recorder,
            _listeners: [hear, end],
        };
        recorder.recorder.start().ok()?;
        Some(recorder)
    }

    /// Ends the recording.
    pub fn finish(&self) {
        let _ = self.recorder.stop();
    }

    /// How loud it is, 0 to 1.
    pub fn level(&self) -> f64 {
        self.meter.as_ref().map(Meter::level).unwrap_or_default()
    }
}

/// Says how loud it is.
struct Meter {
    context: AudioContext,
    analyser: AnalyserNode,
}

impl Drop for Meter {
    fn drop(&mut self) {
        let _ = self.context.close();
    }
}

impl Meter {
    fn new(stream: &MediaStream) -> Option<Meter> {
        let context = AudioContext::new().ok()?;
        let analyser = context.create_analyser();
        let meter = Meter {
            analyser: analyser.ok()?,
            context,
        };
        meter.analyser.set_fft_size(SAMPLES as u32);
        let source = meter.context.create_media_stream_source(stream).ok()?;
        source.connect_with_audio_node(&meter.analyser).ok()?;
        Some(meter)
    }

    /// The root of the mean square of what was heard just now.
    fn level(&self) -> f64 {
        let mut samples = [0u8; SAMPLES];
        self.analyser.get_byte_time_domain_data(&mut samples);
        let square = |sample: &u8| (f64::from(*sample) / 128.0 - 1.0).powi(2);
        let sum: f64 = samples.iter().map(square).sum();
        (sum / SAMPLES as f64).sqrt()
    }
}
