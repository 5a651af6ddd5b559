// The parts of the shell that need no browser. `node --test tests/shell`

import assert from "node:assert/strict";
import test from "node:test";
import { kebab, names, parse } from "../../src/shell/names.js";
import { commands, hosts, join } from "../../src/shell/commands.js";
import { step } from "../../src/shell/steps.js";
import { nearest } from "../../src/shell/check.js";
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
  assert.deepEqual(json({ api: "send-message", stream: true }), ["sendMessage", { startParams: { typebot: "b/1", isStreamEnabled: true } }]);
});

test("what only the widget can start is left to it", () => {
  for (const more of [{ isPreview: true }, { templateSlug: "t" }, { message: "Hi" }, { api: "quickbot" }, { api: "other" }])
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
  assert.deepEqual(done.map(([id, name]) => [id, name]), [["one", "open"], ["one", "setPrefilledVariables"], ["two", "setPrefilledVariables"]]);
  hosts.clear();
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
