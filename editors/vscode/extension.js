// Starts `mastara lsp` and hands it the files of a catalogue; everything else is the server's.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

/** @type {LanguageClient | undefined} */
let client;

/** What the settings make of the command line. */
function server() {
  const settings = vscode.workspace.getConfiguration("mastara");
  const catalog = settings.get("catalog", "");
  const lang = settings.get("lang", "");
  const args = [...(catalog ? ["--catalog", catalog] : []), "lsp"];
  return { command: settings.get("server.path", "") || "mastara", args, lang };
}

async function start() {
  const { command, args, lang } = server();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  client = new LanguageClient(
    "mastara",
    "Mastara",
    { command, args, options: { cwd: folder } },
    {
      documentSelector: [
        { language: "mastara" },
        { scheme: "file", language: "yaml", pattern: "**/vocabulary/*.yaml" },
      ],
      initializationOptions: lang ? { lang } : {},
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    const open = vscode.l10n.t("Open settings");
    const text = vscode.l10n.t("The command {0} cannot be started: {1}", command, reason);
    if ((await vscode.window.showErrorMessage(text, open)) === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "mastara.server.path");
    }
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("mastara.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("mastara")) {
        return restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
