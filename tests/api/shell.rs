//! The page sends the start request of a plain visit before WebAssembly is
//! there: it must be the one that the codec would have sent.

use std::process::Command;

use natter::api::{Codec, Kind, Target};
use natter::model::{Start, Value};
use serde_json::{Value as Json, json};

const SCRIPT: &str = r#"
import { request } from process.argv[1];
for (const config of JSON.parse(process.argv[2])) console.log(JSON.stringify(request(config, "mobile") ?? null));
"#;

#[test]
fn the_page_and_the_codec_send_the_same_start() {
    let shell = concat!("file://", env!("CARGO_MANIFEST_DIR"), "/src/shell/start.js");
    let variables = [
        json!({}),
        json!({"First name": "J\"ö", "n": 1.5, "yes": true}),
    ];
    let mut configs = Vec::new();
    let mut expected = Vec::new();
    for (name, kind) in [
        ("viewer", Kind::Viewer),
        ("typebot", Kind::Typebot),
        ("quickbot", Kind::Quickbot),
        ("send-message", Kind::SendMessage),
    ] {
        for variables in &variables {
            for (result, stream) in [(None, false), (Some("r1"), true)] {
                configs.push(json!({"api": name, "bot": "my bot/ö", "variables": variables, "resultId": result, "stream": stream}));
                let mut target = Target::new(kind, "", "my bot/ö");
                target.stream = stream;
                target.device = "mobile";
                let request = Codec::new(target).start(&Start {
                    prefilled_variables: fields(variables),
                    result_id: result.map(Into::into),
                    ..Start::default()
                });
                let path = request.url.trim_start_matches("/api/v1/").to_owned();
                expected.push(json!([path, super::json(&request.body)]));
            }
        }
    }
    for config in &mut configs {
        if config["resultId"].is_null() {
            config.as_object_mut().unwrap().remove("resultId");
        }
    }
    let script = SCRIPT.replace("process.argv[1]", &json!(shell).to_string());
    let output = Command::new("node")
        .args([
            "--input-type=module",
            "--eval",
            &script,
            "-",
            &Json::from(configs).to_string(),
        ])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let sent: Vec<Json> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(sent, expected, "{errors}");
}

fn fields(variables: &Json) -> Vec<(String, Value)> {
    let fields = variables.as_object().unwrap();
    fields
        .iter()
        .map(|(name, json)| (name.clone(), super::value(json)))
        .collect()
}
