// The real server, spoken to with the library that the extension speaks through.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { createProtocolConnection, StreamMessageReader, StreamMessageWriter } = require("vscode-languageserver-protocol/node");
const manifest = require("../package.json");

const root = fileURLToPath(new URL("../../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const built = ["release", "debug"].map((profile) => join(target, profile, "mastara")).find(existsSync);
const command = process.env.MASTARA ?? built ?? "mastara";

const TEXT = `---
id: identite/carte
langue: fr
responsable: DGSN
usagers: [citoyen]
statut: brouillon
---
procédure: Carte
  ar: بطاقة

version guichet depuis 2020-12-01: Au guichet
  ar: بالشباك
  reconstitué

  étape depot à commissariat: Déposer
    ar: إيداع الطلب
    fournit cnei
`;

test("the server answers the extension's library", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mastara-"));
  mkdirSync(join(folder, "x"));
  const path = join(folder, "x", "carte.mastara");
  writeFileSync(path, TEXT);
  const child = spawn(command, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const uri = pathToFileURL(path).href;
  const published = new Promise((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", (params) => {
      if (params.uri === uri) {
        resolve(params.diagnostics);
      }
    });
  });
  connection.listen();
  const { capabilities } = await connection.sendRequest("initialize", {
    processId: null,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
    initializationOptions: { lang: "ar" },
  });
  assert.equal(capabilities.hoverProvider, true);
  await connection.sendNotification("initialized", {});
  const document = { uri, languageId: manifest.contributes.languages[0].id, version: 1, text: TEXT };
  await connection.sendNotification("textDocument/didOpen", { textDocument: document });
  const unknown = (await published).find((finding) => finding.code === "M201");
  assert.match(unknown.message, /cnei/);
  assert.deepEqual(unknown.range.start, { line: 16, character: 12 });
  const actions = await connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: unknown.range,
    context: { diagnostics: [unknown] },
  });
  assert.equal(actions[0].edit.changes[uri][0].newText, "cnie");
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(code, 0);
  connection.dispose();
  rmSync(folder, { recursive: true });
});
