//! Reading bots from files, and refusing a flow that leads nowhere.

use super::{Bot, Text};
use std::path::Path;

/// Reads every `*.json` in a folder. A mistake names its file and what is wrong with it.
pub fn load(folder: &Path) -> Result<Vec<Bot>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Result<Bot, String> {
    let told = |error: String| format!("{}: {error}", path.display());
    let source = std::fs::read_to_string(path).map_err(|error| told(error.to_string()))?;
    let mut bot: Bot = serde_json::from_str(&source).map_err(|error| told(error.to_string()))?;
    if bot.id.is_empty() {
        bot.id = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
    }
    bot.checked().map_err(told)
}

impl Bot {
    /// A bot from its JSON text, checked; `id` is its name where the text gives none.
    pub fn parse(id: &str, source: &str) -> Result<Bot, String> {
        let mut bot: Bot = serde_json::from_str(source).map_err(|error| error.to_string())?;
        if bot.id.is_empty() {
            id.clone_into(&mut bot.id);
        }
        bot.checked()
    }

    /// Names what has no name, and refuses references to groups and variables that are not there.
    fn checked(mut self) -> Result<Bot, String> {
        for group in &mut self.groups {
            for (place, block) in group.blocks.iter_mut().enumerate() {
                if block.id.is_empty() {
                    block.id = format!("{}-{}", group.id, place + 1);
                }
            }
        }
        for block in self.groups.iter().flat_map(|group| &group.blocks) {
            let at = |what: &str| format!("block `{}`: {what}", block.id);
            let goals = [block.to.as_deref(), block.otherwise.as_deref()]
                .into_iter()
                .flatten();
            let items = block
                .items
                .iter()
                .filter_map(|item| item.get("to"))
                .filter_map(|to| to.as_str());
            for goal in goals.chain(items) {
                if self.group(goal).is_none() {
                    return Err(at(&format!("there is no group `{goal}`")));
                }
            }
            for name in [block.saves.as_deref(), block.variable.as_deref()]
                .into_iter()
                .flatten()
            {
                if !self.variables.contains_key(name) {
                    return Err(at(&format!("there is no variable `{name}`")));
                }
            }
            let known = block.is_input()
                || block.is_bubble()
                || matches!(
                    block.kind.as_str(),
                    "set" | "condition" | "jump" | "end" | "actor" | "log"
                )
                || ACTIONS.contains(&block.kind.as_str());
            if !known {
                return Err(at(&format!("there is no type `{}`", block.kind)));
            }
            if block.kind == "text" && block.text.is_none() {
                return Err(at("a text bubble has a text"));
            }
        }
        for goal in self.commands.values() {
            if self.group(goal).is_none() {
                return Err(format!(
                    "a command leads to the group `{goal}`, which is not there"
                ));
            }
        }
        Ok(self)
    }
}

/// What a visitor's page can be asked to do.
const ACTIONS: [&str; 13] = [
    "scriptToExecute",
    "setVariable",
    "codeToExecute",
    "chatwoot",
    "redirect",
    "wait",
    "googleAnalytics",
    "pixel",
    "startPropsToInject",
    "httpRequestToExecute",
    "stream",
    "streamOpenAiChatCompletion",
    "listenForWebhook",
];

impl From<&str> for Text {
    fn from(markup: &str) -> Text {
        Text::Markup(markup.to_owned())
    }
}
