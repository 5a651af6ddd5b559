//! The example looks, each held against the picture that was kept of it.

use bot_server::{Config, Page};
use e2e::{Visit, visit};
use serde_json::{Value, json};
use std::path::PathBuf;

/// The bots of the looks, each with a choice that it offers.
const LOOKS: [(&str, &str); 6] = [
    ("look-bakery", "Sourdough"),
    ("look-clinic", "A prescription"),
    ("look-night", "Krautrock"),
    ("look-bank", "A mortgage"),
    ("look-festival", "Friday"),
    ("look-atelier", "By post"),
];

/// By how much a picture is made smaller before it is kept and compared: words become grey, shapes and colours stay.
const SMALLER: usize = 10;

/// What another machine's fonts may do to a picture: see [`Picture::distance`].
const MEAN: f64 = 8.0;
const FAR: f64 = 0.06;

/// A sheet of one bot: a desktop's light window from left to right, and a phone's dark one from right to left.
fn sheet() -> Visit {
    let html = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Looks</title></head><body><script type=\"module\" src=\"/sheet.js\"></script></body></html>";
    let script = "import Natter from '/w/natter.js';
        const asked = new URLSearchParams(location.search);
        document.body.style.cssText = 'margin:0;width:1010px;display:flex;flex-wrap:wrap;background:#888';
        [[620, 560, 'light', 'en'], [390, 560, 'dark', 'ar']].forEach(([width, height, colorScheme, locale], i) => {
            const chat = document.createElement('natter-standard');
            chat.id = 'chat' + i;
            chat.style.cssText = `display:block;width:${width}px;height:${height}px`;
            document.body.append(chat);
            Natter.initStandard({ id: chat.id, bot: asked.get('bot'), api: 'typebot', apiHost: '/', colorScheme, locale });
        });";
    let mut script = Page::new("/sheet.js", script);
    script
        .headers
        .push(("content-type".into(), "text/javascript".into()));
    let server = Config {
        pages: vec![Page::new("/sheet", html), script],
        ..Config::default()
    };
    Visit {
        server,
        size: (1240, 1200),
        ..Visit::standard("typebot", "hello")
    }
}

fn kept(bot: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("looks")
        .join(format!("{bot}.png"))
}

/// A picture: its width in points, and red, green and blue of each.
#[derive(Debug, Default, PartialEq)]
struct Picture {
    width: usize,
    points: Vec<[u8; 3]>,
}

impl Picture {
    fn read(png: &[u8]) -> Option<Picture> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png))
            .read_info()
            .ok()?;
        let mut bytes = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut bytes).ok()?;
        let points = bytes.chunks_exact(info.color_type.samples());
        Some(Picture {
            width: info.width as usize,
            points: points.map(|p| [p[0], p[1], p[2]]).collect(),
        })
    }

    fn write(&self, file: &std::path::Path) -> std::io::Result<()> {
        let height = self.points.len() / self.width.max(1);
        let to = std::fs::File::create(file)?;
        let mut encoder = png::Encoder::new(to, self.width as u32, height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder
            .write_header()?
            .write_image_data(self.points.as_flattened())?;
        Ok(())
    }

    /// Each square of points as one of their mean colour.
    fn smaller(&self) -> Picture {
        let width = self.width / SMALLER;
        let height = self.points.len() / self.width / SMALLER;
        let mean = |column: usize, row: usize| {
            let mut sum = [0; 3];
            for y in 0..SMALLER {
                let start = (row * SMALLER + y) * self.width + column * SMALLER;
                for point in &self.points[start..start + SMALLER] {
                    for (sum, channel) in sum.iter_mut().zip(point) {
                        *sum += usize::from(*channel);
                    }
                }
            }
            sum.map(|sum| (sum / (SMALLER * SMALLER)) as u8)
        };
        let rows = (0..height).flat_map(|row| (0..width).map(move |column| (column, row)));
        Picture {
            width,
            points: rows.map(|(column, row)| mean(column, row)).collect(),
        }
    }

    /// How far it is from another one: the mean difference of a channel (0 to 255), and the part of all points that differ much.
    fn distance(&self, other: &Picture) -> (f64, f64) {
        if self.width != other.width || self.points.len() != other.points.len() {
            return (255.0, 1.0);
        }
        let (mut sum, mut far) = (0.0, 0.0);
        for (a, b) in self.points.iter().zip(&other.points) {
            let differences = [0, 1, 2].map(|i| f64::from(a[i].abs_diff(b[i])));
            sum += differences.iter().sum::<f64>() / 3.0;
            far += f64::from(u8::from(differences.iter().any(|d| *d > 70.0)));
        }
        let count = self.points.len().max(1) as f64;
        (sum / count, far / count)
    }
}

/// `NATTER_PICTURES=keep` writes the pictures anew.
#[tokio::test(flavor = "multi_thread")]
async fn the_example_looks_look_as_they_did() {
    let keeps = std::env::var_os("NATTER_PICTURES").is_some();
    visit(sheet(), async |chat| {
        let metrics = json!({ "width": 1010, "height": 560, "deviceScaleFactor": 1, "mobile": false });
        chat.browser.session.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await.map_err(|e| e.to_string())?;
        for (bot, choice) in LOOKS {
            chat.eval("sessionStorage.clear(); localStorage.clear()", Value::Null).await?;
            chat.go(&format!("{}/sheet?bot={bot}", chat.server.url())).await?;
            // One after the other, since a busy machine takes its time.
            let everywhere = |selector: &str| format!("const chats = [...document.querySelectorAll('natter-standard')]; return chats.length === 2 && chats.every((e) => e.shadowRoot?.querySelector({selector:?}))");
            chat.until(&format!("{bot} asks everywhere"), &everywhere(".typebot-buttons-input button"), Value::Null).await?;
            chat.eval("for (const { shadowRoot } of document.querySelectorAll('natter-standard')) [...shadowRoot.querySelectorAll('button')].find((e) => e.textContent === arguments[1]).click()", json!(choice)).await?;
            chat.until(&format!("{bot} is answered everywhere"), &everywhere(".guest-container"), Value::Null).await?;
            chat.until(&format!("{bot} asks on everywhere"), &everywhere(".text-input"), Value::Null).await?;
            let rest = "document.activeElement?.shadowRoot?.activeElement?.blur(); return [...document.querySelectorAll('natter-standard')].every((e) => e.shadowRoot.getAnimations().every((a) => a.playState === 'finished' || a.effect.getComputedTiming().endTime === Infinity))";
            chat.until("rest", rest, Value::Null).await?;
            let now = chat.browser.session.screenshot_as_png().await.map_err(|e| e.to_string())?;
            let now = Picture::read(&now).ok_or("no picture")?.smaller();
            if keeps {
                now.write(&kept(bot)).map_err(|e| e.to_string())?;
                continue;
            }
            let before = std::fs::read(kept(bot)).map_err(|e| e.to_string())?;
            let (mean, far) = now.distance(&Picture::read(&before).unwrap_or_default());
            if mean > MEAN || far > FAR {
                chat.picture(bot).await?;
                return Err(format!("{bot} looks otherwise: mean difference {mean:.1} of {MEAN}, far off {far:.3} of {FAR}; see target/screens/{bot}.png"));
            }
        }
        Ok(())
    })
    .await;
}
