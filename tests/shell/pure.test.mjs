// The parts of the shell that need no browser. `node --test tests/shell`

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { kebab, names, parse } from "../../src/shell/names.js";
import { COMMANDS, commands, hosts, join } from "../../src/shell/commands.js";
import { step } from "../../src/shell/steps.js";
import { nearest } from "../../src/shell/check.js";
import { closest } from "../../src/shell/words.js";
import { guess } from "../../src/shell/env.js";
import { request } from "../../src/shell/start.js";

test("a misspelt option is answered with the nearest that exists", () => {
  assert.equal(nearest("aipHost", names), "apiHost");
  assert.equal(nearest("Bot", names), "bot");
  assert.equal(nearest("prefilledVariable", names), "prefilledVariables");
});

test("an attribute is JSON where it is JSON, else its text", () => {
  assert.equal(kebab("prefilledVariables"), "prefilled-variables");
  assert.deepEqual(parse('{"a":1}'), { a: 1 });
  assert.equal(parse("my-bot"), "my-bot");
  assert.equal(parse("123"), 123);
  assert.equal(parse(""), undefined);
  assert.equal(parse(null), undefined);
});

test("a plain visit starts with as little as the API takes", () => {
  const json = (config) => JSON.parse(JSON.stringify(request({ bot: "b/1", variables: {}, ...config })));
  assert.deepEqual(json({ api: "viewer" }), ["conversations", { publicId: "b/1" }]);
  assert.deepEqual(json({ api: "typebot", variables: { utm: "x" }, resultId: "r" }), ["typebots/b%2F1/startChat", { isStreamEnabled: true, resultId: "r", prefilledVariables: { utm: "x" } }]);
  const older = request({ api: "quickbot", bot: "b", variables: { system_device: "mine" } }, "mobile");
  assert.deepEqual(older[1].prefilledVariables, { system_device: "mine", "Device type": "mobile" });
  assert.deepEqual(json({ api: "send-message", stream: true }), ["sendMessage", { startParams: { typebot: "b/1", isStreamEnabled: true } }]);
});

test("a page of the bot's own server says where that is", () => {
  const at = (env, href, forUploads) => {
    globalThis.window = { __ENV: env };
    globalThis.location = { href };
    const found = guess("https://home.example", forUploads);
    delete globalThis.window;
    delete globalThis.location;
    return found;
  };
  const page = "https://b.example/my-bot";
  assert.equal(at({}, page), "https://home.example");
  const viewers = { NEXT_PUBLIC_VIEWER_URL: "https://a.example,https://b.example" };
  assert.equal(at(viewers, page), "https://b.example");
  assert.equal(at(viewers, "https://c.example/"), "https://a.example");
  const chat = { ...viewers, NEXT_PUBLIC_CHAT_API_URL: "https://chat.example" };
  assert.equal(at(chat, page), "https://chat.example");
  assert.equal(at(chat, page, true), "https://b.example", "files go to the viewer");
  const some = { ...chat, NEXT_PUBLIC_USE_EXPERIMENTAL_CHAT_API_ON: `${page},https://d.example/` };
  assert.equal(at(some, page), "https://chat.example");
  assert.equal(at(some, "https://c.example/"), "https://a.example");
});

test("what only the widget can start is left to it", () => {
  for (const more of [{ isPreview: true }, { templateSlug: "t" }, { message: "Hi" }, { api: "other" }])
    assert.equal(request({ api: "viewer", bot: "b", variables: {}, ...more }), undefined);
});

test("a command reaches its element by id, also one that was given before the element came", () => {
  const done = [];
  const host = (flavor, id) => ({ flavor, id, command: (name, value) => done.push([id, name, value]) });
  const api = commands("natter");
  api.setInputValue("early", { id: "two" });
  join(host("natter", "one"));
  join(host("typebot", "three"));
  assert.deepEqual(done, []);
  join(host("natter", "two"));
  assert.deepEqual(done.splice(0), [["two", "setInputValue", "early"]]);
  api.open({ id: "one" });
  api.setPrefilledVariables({ id: "7" });
  assert.deepEqual(done.splice(0).map(([id, name]) => [id, name]), [["one", "open"], ["one", "setPrefilledVariables"], ["two", "setPrefilledVariables"]]);
  api.transcript({ id: "two" });
  assert.deepEqual(done.map(([id, name]) => [id, name]), [["two", "transcript"]]);
  hosts.clear();
});

test("the launcher's language is the closest that there is, as the widget's", () => {
  const tags = {
    "en-GB": undefined, "fr-CA": "fr", FR: "fr", "pt-PT": "pt", "pt-BR": "pt-BR", pt_br: "pt-BR", zh: "zh-CN", "zh-SG": "zh-CN", "zh-Hans-HK": "zh-CN",
    "zh-Hant": "zh-TW", "zh-HK": "zh-TW", zh_tw: "zh-TW", "iw-IL": "he", sv: undefined, fil: undefined, "": undefined, "-": undefined, "../en": undefined,
  };
  for (const tag in tags) assert.equal(closest(tag), tags[tag], tag);
});

test("the types know every option and every command, and no option that there is not", () => {
  const types = readFileSync(new URL("../../src/shell/natter.d.ts", import.meta.url), "utf8");
  const part = (name) => types.split(`export interface ${name} `)[1].split("\n}")[0];
  const options = ["Options", "StandardOptions", "FloatingOptions", "PopupOptions", "BubbleOptions"].map(part).join("\n");
  const typed = new Set([...options.matchAll(/^  (\w+)\?:/gm)].map(([, name]) => name));
  assert.deepEqual(names.filter((name) => !typed.has(name)), []);
  assert.deepEqual([...typed].filter((name) => name !== "id" && !/^on[A-Z]/.test(name) && !names.includes(name)), []);
  for (const name of COMMANDS) for (const api of ["Handle", "Commands"]) assert.match(part(api), new RegExp(`^  ${name}\\(`, "m"));
});

test("arrows move among messages and stay within them", () => {
  assert.equal(step("ArrowUp", -1, 4), 3);
  assert.equal(step("ArrowDown", -1, 4), 3);
  assert.equal(step("ArrowUp", 0, 4), 0);
  assert.equal(step("ArrowDown", 3, 4), 3);
  assert.equal(step("Home", 2, 4), 0);
  assert.equal(step("End", 2, 4), 3);
  assert.equal(step("a", 2, 4), undefined);
});
