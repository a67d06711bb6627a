// Bundles the front end into src/tilth/design/static/dist: tilth.js (every page), chunks (only where needed), tilth.css.
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = here("../src/tilth/design/static/dist");

const scripts = {
  entryPoints: { tilth: here("src/tilth.ts") },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome137", "firefox130", "safari18"], // the first with Ed25519 and X25519 in WebCrypto
  chunkNames: "chunk-[name]-[hash]",
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
  loader: { ".woff2": "copy", ".svg": "copy" },
  assetNames: "fonts/[name]-[hash]",
};

const parts = [scripts, ...(existsSync(here("src/styles/index.css")) ? [styles] : [])];

if (process.argv.includes("--watch")) {
  for (const part of parts) await (await esbuild.context(part)).watch();
} else {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await Promise.all(parts.map((part) => esbuild.build(part)));
}
