// Bundles the front end into src/tilth/design/static/dist: tilth.js (every page), chunks (only where needed), tilth.css.
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { assets } from "./assets.mjs";
import { unused } from "./unused-parts.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = here("../src/tilth/design/static/dist");

const scripts = {
  entryPoints: { tilth: here("src/tilth.ts") },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome137", "firefox130", "safari18"], // the first with Ed25519 and X25519 in WebCrypto
  chunkNames: "[name]-[hash]",
  alias: unused,
  minify: true,
  sourcemap: "external",
  legalComments: "external",
};

const styles = {
  entryPoints: { tilth: here("src/styles/index.css") },
  outdir: out,
  bundle: true,
  minify: true,
  target: ["chrome137", "firefox130", "safari18"],
  external: ["*.woff2"],
};

const parts = [scripts, styles];

if (process.argv.includes("--watch")) {
  await assets(out);
  for (const part of parts) await (await esbuild.context(part)).watch();
} else {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await Promise.all([assets(out), ...parts.map((part) => esbuild.build(part))]);
}
