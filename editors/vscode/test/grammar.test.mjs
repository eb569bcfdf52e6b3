// The colours that an editor gives before the server has spoken.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
const library = oniguruma.loadWASM(wasm).then(() => ({
  createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text) => new oniguruma.OnigString(text),
}));
const path = new URL("../syntaxes/mastara.tmLanguage.json", import.meta.url);
// The editor brings the grammar of YAML; here an empty one stands for it.
const yaml = JSON.stringify({ scopeName: "source.yaml", patterns: [] });
const loadGrammar = async (scope) =>
  textmate.parseRawGrammar(scope === "source.mastara" ? readFileSync(path, "utf8") : yaml, "grammar.json");
const registry = new textmate.Registry({ onigLib: library, loadGrammar });

/** The last scope of each word of a text that has one of its own. */
async function colours(text) {
  const grammar = await registry.loadGrammar("source.mastara");
  let stack = textmate.INITIAL;
  const found = new Map();
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    for (const token of tokens) {
      found.set(line.slice(token.startIndex, token.endIndex).trim(), token.scopes.at(-1));
    }
    stack = ruleStack;
  }
  return found;
}

test("words, names and titles have their colours", async () => {
  const found = await colours("---\nid: a/b\n---\nétape depot à commune: Déposer si besoin\n  fournit cnie copie x2 si age >= 18 ans # note");
  assert.equal(found.get("étape"), "keyword.control.mastara");
  assert.equal(found.get("à"), "keyword.other.mastara");
  assert.equal(found.get("depot"), "variable.other.mastara");
  assert.equal(found.get("Déposer si besoin"), "string.unquoted.mastara");
  assert.equal(found.get("copie"), "keyword.other.mastara");
  assert.equal(found.get("x2"), "constant.numeric.mastara");
  assert.equal(found.get(">="), "keyword.operator.mastara");
  assert.equal(found.get("# note"), "comment.line.number-sign.mastara");
  assert.equal(found.get("id: a/b"), "meta.embedded.block.frontmatter");
});

test("a hyphenated name is no keyword, and an exchange has no title", async () => {
  const found = await colours("  échange etat-civil: extrait-acte-naissance avec consentement\n  fournit demande-ecrite\n  utilise f(piece: cnie)");
  assert.equal(found.get("extrait-acte-naissance"), "variable.other.mastara");
  assert.equal(found.get("avec consentement"), "keyword.other.mastara");
  assert.equal(found.get("demande-ecrite"), "variable.other.mastara");
  assert.equal(found.get("cnie"), "variable.other.mastara");
});

test("Arabic keywords are coloured", async () => {
  const found = await colours("  خطوة depot في commune: إيداع الملف\n    يقدم cnie\n    fr: Déposer");
  assert.equal(found.get("خطوة"), "keyword.control.mastara");
  assert.equal(found.get("في"), "keyword.other.mastara");
  assert.equal(found.get("إيداع الملف"), "string.unquoted.mastara");
  assert.equal(found.get("يقدم"), "keyword.other.mastara");
  assert.equal(found.get("fr"), "entity.name.tag.mastara");
});
