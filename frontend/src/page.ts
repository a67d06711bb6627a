// The page around the elements: its state on <html>, where to go, and refreshing it in place.
import { htmx } from "./htmx.ts";
import { readContext, renewContext } from "./vault/context.ts";
import { vault } from "./vault/vault.ts";

export const mark = (name: string, value: string): void => {
  document.documentElement.dataset[name] = value;
};

/** Only ways within this site are followed, as a browser reads them: it leaves out tabs, so that `/<tab>/elsewhere` is a host. */
export function safePath(path: string | null | undefined): string | null {
  if (!path?.startsWith("/") || !URL.canParse(path, location.origin)) return null;
  return new URL(path, location.origin).origin === location.origin ? path : null;
}

export const here = (): string => location.pathname + location.search;

/** For who is on the way to another page: never ends, so that what is busy stays busy until this one is gone. */
export const leaving = new Promise<never>(() => {});

/** What stood behind `#` leaves the address: only this page was to see it. */
export function dropFragment(): void {
  history.replaceState(history.state, "", here());
}

export function go(path: string): Promise<never> {
  location.assign(safePath(path) ?? "/");
  return leaving;
}

/** In place of this page, which the way back then leaves out. */
export function goInstead(path: string): Promise<never> {
  location.replace(safePath(path) ?? "/");
  return leaving;
}

export function again(): Promise<never> {
  location.reload();
  return leaving;
}

export const goAndUnlock = (): Promise<never> => go(`/keys/unlock?next=${encodeURIComponent(here())}`);

const LIVING = ["#main", ".rail nav", ".bar ul", ".margin", ".overlays"]; // what a newer page may say otherwise

/** Fetches this page anew and morphs it; focus, opened texts and open dialogs stay. Without a line it stays as it is. */
export async function refreshPage(): Promise<void> {
  const how: RequestInit = { headers: { Accept: "text/html" }, redirect: "manual", cache: "no-store" };
  const answer = await fetch(location.href, how).catch(() => null);
  if (!answer?.ok) return;
  const html = await answer.text();
  const focused = document.activeElement;
  const before = readContext();
  takeContext(html);
  const [found, context] = [await vault(), readContext()];
  if (before?.card !== context?.card) return again(); // other keys of one's own: they are unlocked first
  const areOthers = Boolean(context && found?.renew(context));
  const text = html.slice(html.indexOf('<a class="skip"'), html.indexOf("<script", html.indexOf("<main")));
  for (const select of LIVING) {
    const target = document.querySelector(select);
    const swap = areOthers ? "outerSync" : "outerMorph"; // whatever stood for who was here before begins anew
    if (target) await (await htmx()).swap({ text, target, select, swap });
  }
  const isLost = focused !== document.body && document.activeElement === document.body; // what had the focus is gone
  if (isLost) document.getElementById("main")?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("tilth:refreshed"));
}

/** Takes over the newer page's JSON, found without parsing the page as HTML. */
function takeContext(html: string): void {
  const island = /<script type="application\/json" id="tilth">([\s\S]*?)<\/script>/.exec(html)?.[1];
  if (island) renewContext(island);
}
