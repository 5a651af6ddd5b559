//! Moving through a flow until it has to wait for the visitor or for the page.

use super::{
    Action, Asked, Bubble, Content, Place, Reply, Said, Session, Waiting, answer, condition,
    progress,
};
use crate::flow::{Api, Block, Text, markup};
use serde_json::{Value, json};

/// More steps than this between two answers is a flow that runs in circles.
const STEPS: usize = 10_000;

impl Session {
    /// Begins the flow, at a group if one is named.
    pub fn start(&mut self, group: Option<&str>) -> Reply {
        let at = group.and_then(|group| self.bot.group(group)).unwrap_or(0);
        self.walk((at, 0))
    }

    /// Takes what the page sent and goes on from there.
    ///
    /// # Errors
    /// The server's words, when a command leads nowhere.
    pub fn answer(&mut self, said: &Said) -> Result<Reply, String> {
        if let Said::Command(command) = said {
            let group = self
                .bot
                .commands
                .get(command)
                .and_then(|group| self.bot.group(group));
            return group
                .map(|group| self.walk((group, 0)))
                .ok_or_else(|| "Command event not found".to_owned());
        }
        match self.waiting {
            Waiting::Beginning => Ok(self.start(None)),
            Waiting::Page(place) => Ok(self.page_replied(place, said)),
            Waiting::Answer(place) => Ok(self.visitor_answered(place, said)),
        }
    }

    fn page_replied(&mut self, place: Place, said: &Said) -> Reply {
        let block = self.block(place).cloned();
        if let Some(name) = block.as_ref().and_then(|block| block.saves.as_deref()) {
            let value = match said {
                Said::Text { text, .. } => {
                    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))
                }
                _ => Value::Null,
            };
            self.variables.set_known(name, value);
        }
        self.walk((place.0, place.1 + 1))
    }

    fn visitor_answered(&mut self, place: Place, said: &Said) -> Reply {
        let Some(block) = self.block(place).cloned() else {
            return self.start(None);
        };
        let asked = self.filled(&block);
        let Some(answer) = answer::judge(&asked, said, self.api) else {
            return self.ask_again(&block, place);
        };
        if let Some(name) = &block.saves {
            self.variables.set_known(name, answer.value);
        }
        for (name, value) in answer.also {
            self.variables.set_known(&name, value);
        }
        self.answered += 1;
        let goal = answer.to.and_then(|to| self.bot.group(&to));
        let next = goal.map_or((place.0, place.1 + 1), |group| (group, 0));
        let shown_as = block
            .shown_as
            .as_ref()
            .map(|text| self.variables.fill(text));
        let mut reply = self.walk(next);
        reply.new_format = answer.canonical;
        reply.shown_as = shown_as;
        reply
    }

    /// The retry text, under the id of the input itself, and the same input.
    fn ask_again(&mut self, block: &Block, place: Place) -> Reply {
        let system = self
            .bot
            .settings
            .get("general")
            .and_then(|general| general.get("systemMessages"));
        let system = system
            .and_then(|messages| messages.get("invalidMessage"))
            .and_then(Value::as_str);
        let text = block
            .retry
            .as_deref()
            .unwrap_or_else(|| answer::retry_message(&block.kind, system));
        let bubble = self.bubble(&Block {
            id: block.id.clone(),
            kind: "text".into(),
            text: Some(text.into()),
            ..block.clone()
        });
        let input = Some(self.asking(block, place));
        self.finish(Reply {
            bubbles: vec![bubble],
            input,
            retry: true,
            ..Reply::default()
        })
    }

    fn walk(&mut self, mut at: Place) -> Reply {
        let mut reply = Reply::default();
        let bot = self.bot.clone();
        self.waiting = Waiting::Beginning;
        for _ in 0..STEPS {
            let Some(group) = bot.groups.get(at.0) else {
                break;
            };
            let seen = group.only.is_empty() || group.only.contains(&self.api);
            let Some(block) = group.blocks.get(at.1).filter(|_| seen) else {
                at = (at.0 + 1, 0);
                continue;
            };
            let here = at;
            at.1 += 1;
            if !self.api.has_words_for(block) {
                continue;
            }
            let goal = |to: &Option<String>| {
                to.as_deref()
                    .and_then(|to| bot.group(to))
                    .map(|group| (group, 0))
            };
            match block.kind.as_str() {
                "end" => break,
                "jump" => at = goal(&block.to).unwrap_or(at),
                "condition" => {
                    let to = if condition::holds(block, &self.variables) {
                        &block.to
                    } else {
                        &block.otherwise
                    };
                    at = goal(to).unwrap_or(at);
                }
                "set" => {
                    let value = self.variables.fill_all(&block.value);
                    self.variables
                        .set_known(block.variable.as_deref().unwrap_or_default(), value);
                }
                "actor" => self.actor.clone_from(&block.actor),
                "log" => reply.logs.extend(block.log.clone().map(Value::Object)),
                "stream" | "streamOpenAiChatCompletion" if !self.streams || !self.api.streams() => {
                    self.say_at_once(block, &mut reply)
                }
                _ if block.is_bubble() => {
                    reply.bubbles.push(self.bubble(block));
                    if block.awaits_event() {
                        self.waiting = Waiting::Page(here);
                        return self.finish(reply);
                    }
                }
                _ if block.is_input() => {
                    reply.input = Some(self.asking(block, here));
                    return self.finish(reply);
                }
                _ => {
                    let action = self.action(block, &reply);
                    let awaits = action.awaits;
                    reply.actions.push(action);
                    if awaits {
                        self.waiting = Waiting::Page(here);
                        return self.finish(reply);
                    }
                }
            }
        }
        reply.ended = true;
        self.finish(reply)
    }

    /// What would have been streamed, as the bubble that it is elsewhere.
    fn say_at_once(&mut self, block: &Block, reply: &mut Reply) {
        if let Some(Text::Markup(text)) = &block.text {
            let text = self.variables.fill(text);
            if let Some(name) = &block.saves {
                self.variables.set_known(name, Value::String(text));
            }
        }
        reply.bubbles.push(self.bubble(&Block {
            kind: "text".into(),
            ..block.clone()
        }));
    }

    fn asking(&mut self, block: &Block, place: Place) -> Asked {
        self.waiting = Waiting::Answer(place);
        let known = block
            .saves
            .as_deref()
            .map(|name| self.variables.text(name))
            .filter(|text| !text.is_empty());
        let chosen = matches!(
            block.kind.as_str(),
            "choice input" | "picture choice input" | "cards" | "payment input"
        );
        let group = self
            .bot
            .groups
            .get(place.0)
            .map(|group| group.id.clone())
            .unwrap_or_default();
        Asked {
            block: self.filled(block),
            group,
            prefilled: known.filter(|_| !chosen),
        }
    }

    /// An input as it is told: variables filled in, and the options that repeat what the flow says once.
    fn filled(&self, block: &Block) -> Block {
        let mut options = self.variables.fill_fields(&block.options);
        if let Some(name) = &block.saves {
            options.insert(
                "variableId".into(),
                json!(crate::flow::Bot::variable_id(name)),
            );
        }
        // Only these tell the page what the bot will say.
        let told = matches!(
            block.kind.as_str(),
            "email input"
                | "url input"
                | "phone number input"
                | "payment input"
                | "mercadopago payment"
        );
        if let Some(retry) = block.retry.as_ref().filter(|_| told) {
            options.insert(
                "retryMessageContent".into(),
                json!(self.variables.fill(retry)),
            );
        }
        let items = block
            .items
            .iter()
            .map(|item| self.variables.fill_fields(item))
            .collect();
        Block {
            options,
            items,
            runtime: block
                .runtime
                .as_ref()
                .map(|runtime| self.variables.fill_all(runtime)),
            ..block.clone()
        }
    }

    fn bubble(&self, block: &Block) -> Bubble {
        let nodes = |source: &str| self.variables.fill_nodes(&markup::nodes(source));
        let content = match &block.text {
            None => Content::Media(self.variables.fill_fields(&block.content)),
            Some(Text::Markup(source)) => Content::Text {
                nodes: nodes(source),
                markdown: None,
                html: None,
            },
            Some(Text::Nodes(own)) => Content::Text {
                nodes: self.variables.fill_nodes(own),
                markdown: None,
                html: None,
            },
            Some(Text::Verbatim {
                text,
                nodes: own,
                markdown,
                html,
            }) => Content::Text {
                nodes: match own {
                    Some(own) => self.variables.fill_nodes(own),
                    None => nodes(text.as_deref().unwrap_or_default()),
                },
                markdown: markdown.as_ref().map(|source| self.variables.fill(source)),
                html: html.as_ref().map(|source| self.variables.fill(source)),
            },
        };
        Bubble {
            id: block.id.clone(),
            kind: block.kind.clone(),
            content,
        }
    }

    fn action(&self, block: &Block, reply: &Reply) -> Action {
        let payload = match block.kind.as_str() {
            "scriptToExecute" => self.script(&block.payload),
            "setVariable" | "chatwoot" => json!({"scriptToExecute": self.script(&block.payload)}),
            "codeToExecute" => {
                let (content, args) = self
                    .variables
                    .bind(block.payload["content"].as_str().unwrap_or_default());
                json!({"content": content, "args": args.into_iter().collect::<serde_json::Map<_, _>>()})
            }
            "stream" => Value::Bool(true),
            _ => self.variables.fill_all(&block.payload),
        };
        let awaits = block.awaits_page() && self.api != Api::SendMessage1;
        Action {
            kind: block.kind.clone(),
            payload,
            after: reply.bubbles.last().map(|bubble| bubble.id.clone()),
            awaits,
        }
    }

    fn script(&self, payload: &Value) -> Value {
        let (content, args) = self
            .variables
            .bind(payload["content"].as_str().unwrap_or_default());
        let args: Vec<Value> = args
            .into_iter()
            .map(|(id, value)| json!({"id": id, "value": value}))
            .collect();
        let mut script = json!({"content": content, "args": args});
        if let Some(is_code) = payload.get("isCode") {
            script["isCode"] = is_code.clone();
        }
        script
    }

    fn finish(&self, mut reply: Reply) -> Reply {
        let bar = self
            .bot
            .theme
            .get("general")
            .and_then(|general| general.get("progressBar"));
        if self.shows_progress
            || bar.and_then(|bar| bar.get("isEnabled")) == Some(&Value::Bool(true))
        {
            let place = match self.waiting {
                Waiting::Beginning => None,
                Waiting::Answer(place) | Waiting::Page(place) => Some(place),
            };
            reply.progress = Some(progress::percent(&self.bot, self.api, place, self.answered));
        }
        reply.dynamic_theme = self
            .bot
            .dynamic_theme
            .as_ref()
            .map(|theme| Value::Object(self.variables.fill_fields(theme)));
        reply.actor.clone_from(&self.actor);
        reply
    }
}
