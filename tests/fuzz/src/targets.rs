//! What is read, and by whom. Each target makes one input of its own and hands it over.

use crate::json::Corpus;
use crate::machine;
use crate::random::Random;
use crate::text::{source, text, word};
use natter::action::{code, markup::Tokens};
use natter::api::{Body, Codec, Kind, Parts, Target, diagnose, refusal, unreadable};
use natter::conversation::Saved;
use natter::driver::Config;
use natter::model::{
    self, AllowedFiles, DynamicTheme, Node, NumberFormat, Text, Theme, Url, Value, parse_number,
    plain_text,
};
use natter::store::{Decoder, head_is_ours, official, read};
use natter::theme;

/// Something that reads: its name, and how it is given one input.
pub struct Reader {
    /// The name, as it stands before a seed.
    pub name: &'static str,
    /// How much of all inputs it gets, in parts.
    pub share: u64,
    /// Makes an input and has it read.
    pub run: fn(&Corpus, &mut Random),
}

/// All of them.
pub const READERS: [Reader; 10] = [
    Reader {
        name: "reply",
        share: 3,
        run: reply,
    },
    Reader {
        name: "failure",
        share: 1,
        run: failure,
    },
    Reader {
        name: "stream",
        share: 1,
        run: stream,
    },
    Reader {
        name: "markdown",
        share: 3,
        run: markdown,
    },
    Reader {
        name: "html",
        share: 3,
        run: html,
    },
    Reader {
        name: "svg",
        share: 2,
        run: svg,
    },
    Reader {
        name: "stored",
        share: 2,
        run: stored,
    },
    Reader {
        name: "conversation",
        share: 2,
        run: machine::play,
    },
    Reader {
        name: "theme",
        share: 1,
        run: look,
    },
    Reader {
        name: "field",
        share: 2,
        run: field,
    },
];

const KINDS: [Kind; 4] = [
    Kind::Viewer,
    Kind::Typebot,
    Kind::Quickbot,
    Kind::SendMessage,
];

fn codec(random: &mut Random) -> Codec {
    Codec::new(Target::new(
        *random.pick(&KINDS),
        "https://a.example",
        &word(random),
    ))
}

fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// A server's answer, as JSON that may be anything and as text that may be none.
fn reply(corpus: &Corpus, random: &mut Random) {
    let codec = codec(random);
    let value = corpus.reply(random);
    let _ = codec.decode_start(&value);
    let _ = codec.decode_reply(&value);
    let _ = codec.decode_upload(&value);
    if random.once_in(4) {
        let mut cut = value.to_json();
        let mut at = random.below(cut.len() + 1);
        while !cut.is_char_boundary(at) {
            at -= 1;
        }
        cut.truncate(at);
        if let Some(read) = json(&cut) {
            let _ = codec.decode_reply(&read);
        }
    }
}

/// What a server says when it refuses, and what is made of it for people.
fn failure(corpus: &Corpus, random: &mut Random) {
    let body = text(random, 20);
    let value = corpus.any(random, 4);
    let said = if random.once_in(2) {
        Body::Text(&body)
    } else {
        Body::Json(&value)
    };
    let refused = refusal(random.below(1_000) as u16, None, said);
    let target = Target::new(*random.pick(&KINDS), &word(random), &word(random));
    let _ = diagnose(
        &model::Failure::Status(refused),
        &target,
        &word(random),
        random.once_in(2),
    );
    let _ = diagnose(&unreadable(&body), &target, "", false);
}

/// A streamed text, cut anywhere, in the middle of a letter too.
fn stream(_: &Corpus, random: &mut Random) {
    let source = text(random, 40);
    let mut parts = Parts::new(json);
    let mut rest = source.as_bytes();
    while !rest.is_empty() {
        let (now, later) = rest.split_at(1 + random.below(rest.len().min(9)));
        let _ = parts.push(now);
        rest = later;
    }
    let _ = parts.finish();
}

/// What the text module made must be JSON, and be read by the widget.
fn nodes(json: &str) -> Vec<Node> {
    let value: Value = serde_json::from_str(json).expect("the text module gives JSON");
    let Text::Rich(nodes) = Text::of(&Value::Object(vec![("richText".into(), value)])) else {
        return Vec::new();
    };
    let _ = plain_text(&nodes);
    nodes
}

fn markdown(_: &Corpus, random: &mut Random) {
    let source = source(random);
    let _ = model::has_markup(&source);
    let _ = model::paragraphs(&source);
    nodes(&natter_text::markdown(&source));
    if random.once_in(4) {
        // As it grows: what stands is never gone back on, and the rest is a place in the text.
        let blocks = natter_text::markdown_blocks(&source);
        let value: Value = serde_json::from_str(&blocks).expect("blocks are JSON");
        let rest = value.get("rest").and_then(|rest| match rest {
            Value::Number(at) => Some(*at as usize),
            _ => None,
        });
        assert!(
            rest.is_some_and(|at| source.is_char_boundary(at)),
            "the rest begins inside the text"
        );
    }
}

fn html(_: &Corpus, random: &mut Random) {
    let source = source(random);
    let _ = model::has_html(&source);
    nodes(&natter_text::html(&source));
    let mut tokens = Tokens::new(&source);
    while tokens.next_tag().is_some() {}
}

fn svg(_: &Corpus, random: &mut Random) {
    let mut source = source(random);
    if random.once_in(2) {
        source.insert_str(0, "<svg>");
    }
    let json = natter_text::svg(&source);
    let picture: Value = serde_json::from_str(&json).expect("a picture is JSON, or null");
    assert!(is_harmless(&picture), "{json}");
}

/// Whether neither code nor a foreign document got through, however it was written.
fn is_harmless(element: &Value) -> bool {
    let named = |word: &str| {
        let word = word.to_lowercase();
        word.starts_with("on") || matches!(&*word, "script" | "foreignobject" | "iframe" | "style")
    };
    let name = element
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let attributes = element
        .get("attributes")
        .and_then(Value::as_object)
        .unwrap_or_default();
    let children = element
        .get("children")
        .and_then(Value::as_array)
        .unwrap_or_default();
    !named(name)
        && attributes.iter().all(|(name, value)| {
            let value = value.as_str().unwrap_or_default().to_lowercase();
            // An address may be a place in the picture itself, and a paint nothing that is elsewhere. Data of a
            // path is neither.
            let is_address = name.ends_with("href") || name == "src";
            let leads_away = value.contains("javascript:") || value.contains("//");
            !named(name)
                && match is_address {
                    true => value.starts_with('#'),
                    false => name == "d" || !(value.contains("url(") && leads_away),
                }
        })
        && children.iter().all(is_harmless)
}

/// What storage holds, which any script of the page may have written.
fn stored(corpus: &Corpus, random: &mut Random) {
    let _ = head_is_ours(&corpus.any(random, 2), "https://a.example");
    let _ = saved(corpus, random);
    if random.once_in(4) {
        let chunks: Vec<Value> = (0..random.below(4)).map(|_| corpus.reply(random)).collect();
        for line in official::lines(&corpus.reply(random), &chunks, random.once_in(2)) {
            let unread = serde_json::from_str::<Value>(&line)
                .err()
                .map(|error| error.to_string());
            // It may be deeper by one than what may be read, and larger than a number may be.
            let bounds =
                |error: &String| error.contains("too deeply") || error.contains("out of range");
            assert!(unread.as_ref().is_none_or(bounds), "{unread:?} {line}");
        }
    }
}

/// A conversation as storage has it, where it can be read at all.
pub fn saved(corpus: &Corpus, random: &mut Random) -> Option<Saved> {
    const LINES: [&str; 8] = [
        "reply", "answer", "label", "reopened", "actions", "streamed", "hidden", "ended",
    ];
    let codec = Codec::new(Target::new(Kind::Typebot, "", "bot"));
    let mut lines = vec![Value::Object(vec![("start".into(), corpus.reply(random))])];
    for _ in 0..random.below(8) {
        let kind = *random.pick(&LINES);
        let value = if kind == "reply" {
            corpus.reply(random)
        } else {
            corpus.any(random, 3)
        };
        let mut line = Value::Object(vec![(kind.into(), value)]);
        line.set(
            "turn",
            if random.once_in(6) {
                corpus.any(random, 1)
            } else {
                (random.below(3) as f64).into()
            },
        );
        lines.push(line);
    }
    let decoder = Decoder {
        started: &|value| codec.decode_start(value).ok(),
        reply: &|value| codec.decode_reply(value).ok(),
    };
    read(&lines, &decoder)
}

/// A theme, and what is written in its fields.
fn look(corpus: &Corpus, random: &mut Random) {
    let mut value = corpus.any(random, 5);
    if let Some(theme) = random
        .pick(&corpus.replies)
        .get("typebot")
        .and_then(|bot| bot.get("theme"))
    {
        value = theme.clone();
        value.set("customCss", text(random, 20).into());
        value.set("general", corpus.any(random, 4));
        value.set("chat", corpus.any(random, 5));
    }
    let look = Theme::of(&value);
    let colour = word(random);
    let context = theme::Context {
        version: random.once_in(2).then_some("6.1"),
        flavour: if random.once_in(2) {
            theme::Flavour::Typebot
        } else {
            theme::Flavour::Quickbot
        },
        resolve: &|_| Some(colour.clone()),
    };
    let style = theme::properties(&look, &DynamicTheme::default(), context);
    let _ = (
        theme::low_contrast(&look, &style, context),
        theme::font(&look),
        theme::family(&look),
    );
    let css = text(random, 30);
    let _ = theme::split(&css);
    let _ = (theme::Color::parse(&css), theme::Color::all_in(&css));
}

/// What visitors type, and what authors write about a field.
fn field(corpus: &Corpus, random: &mut Random) {
    let (one, two) = (text(random, 8), word(random));
    let _ = (Url::media(&one), Url::image(&one), Url::blob(&one));
    if let Some(url) = Url::link(&one) {
        let lower = url.as_str().to_lowercase();
        assert!(
            !lower
                .trim_start_matches(|c: char| c <= ' ')
                .starts_with("javascript:"),
            "{lower}"
        );
    }
    let _ = (
        parse_number(&one),
        NumberFormat::learn(&two, &one).parse(&one),
    );
    let _ = (
        model::is_iso_date(&one),
        model::split_range(&one),
        model::date_label(&one, &two),
    );
    let _ = (
        model::country_of(&one),
        model::phone_answer(&one, model::Country::by_code(&two)),
        model::encode_last_segment(&one),
    );
    let _ = (code::without_wrapper(&one), code::variable(&one));
    let allowed = AllowedFiles {
        is_enabled: true,
        types: vec![one, two],
    };
    let _ = model::accept(&allowed, Some("user"));
    let config = Config::of(&corpus.any(random, 4));
    let _ = (
        config.target(true),
        config.start(&corpus.any(random, 2), None, 1.0),
    );
}
