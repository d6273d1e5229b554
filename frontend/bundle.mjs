/** Bundles one island for `build.py`: node bundle.mjs SOURCE TARGET. */
import { build } from "esbuild";

const [source, target] = process.argv.slice(2);
await build({
  entryPoints: [source],
  outfile: target,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "error",
});
