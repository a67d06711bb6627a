// What the elements say. The words stand in the page (components/words.html); the script only names them.

let page: Record<string, string> | null = null;

function pageWords(): Record<string, string> {
  page ??= JSON.parse(document.getElementById("tilth-words")?.textContent || "{}") as Record<string, string>;
  return page;
}

/** The words of `key` ("sealed-text.gone"), with `{name}` filled in; an element's own `data-say-gone` comes first. */
export function say(key: string, element?: Element, values: Record<string, string | number> = {}): string {
  const own = element?.getAttribute(`data-say-${key.slice(key.lastIndexOf(".") + 1).replaceAll("_", "-")}`);
  const words = own ?? pageWords()[key] ?? "";
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
