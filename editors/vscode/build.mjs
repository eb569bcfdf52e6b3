// One file of the extension and of what it needs, and the licences beside it.
import { copyFileSync, writeFileSync, readFileSync } from "node:fs";
import { build } from "esbuild";

await build({
  entryPoints: ["extension.js"],
  outfile: "out/extension.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: true,
});
copyFileSync("../../LICENSE-APACHE", "LICENSE-APACHE");
writeFileSync("LICENSE.txt", readFileSync("../../LICENSE-MIT"));
