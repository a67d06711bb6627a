// Copies the two fonts (Latin and the letters beyond it, variable weight) and gathers the icons named in icons.json into one sprite.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const fonts = ["fraunces", "figtree"];

export async function assets(out) {
  await mkdir(`${out}/fonts`, { recursive: true });
  const files = fonts.flatMap((name) => [
    copyFile(font(name, "latin"), `${out}/fonts/${name}.woff2`),
    copyFile(font(name, "latin-ext"), `${out}/fonts/${name}-more.woff2`),
  ]);
  await Promise.all(files);
  await writeFile(`${out}/icons.svg`, await sprite());
}

const font = (name, letters) =>
  here(`node_modules/@fontsource-variable/${name}/files/${name}-${letters}-wght-normal.woff2`);

async function sprite() {
  const names = JSON.parse(await readFile(here("icons.json"), "utf8"));
  const symbols = await Promise.all(names.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

async function symbol(name) {
  const picture = await readFile(here(`node_modules/lucide-static/icons/${name}.svg`), "utf8");
  const inside = picture.slice(picture.indexOf(">", picture.indexOf("<svg")) + 1, picture.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s*\n\s*/g, "")}</symbol>`;
}
