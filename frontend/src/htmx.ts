// htmx, when a page wants it: for refreshing in place, and for `hx-…` attributes. Under Trusted Types and without eval.

type Policy = { createHTML: (html: string) => string };
type Api = { initSecurity: (policy: Policy, run: () => never, runLater: () => never) => void };
type Htmx = {
  config: Record<string, unknown>;
  registerExtension: (name: string, extension: { init: (api: Api) => void }) => void;
  swap: (context: { text: string; target: Element; select: string; swap: string }) => Promise<void>;
};
declare global {
  var trustedTypes: { createPolicy: (name: string, rules: Policy) => Policy } | undefined;
}

let loading: Promise<Htmx> | null = null;

/** Whatever a page includes in a request: prose stays in the browser. And who is led elsewhere instead, as to where one
 * signs in, gets nothing to put into this page. */
document.addEventListener("htmx:config:request", (event) => {
  const { request } = (event as CustomEvent<{ ctx: { request: RequestInit } }>).detail.ctx;
  request.redirect = "manual";
  const { body } = request;
  if (!(body instanceof FormData)) return;
  for (const name of new Set(body.keys())) if (name.startsWith("sealed.")) body.delete(name);
});

export function htmx(): Promise<Htmx> {
  loading ??= import("htmx.org").then((module) => tamed((module as unknown as { default: Htmx }).default));
  return loading;
}

/** Pages of this server may be parsed (the policy's only use); nothing in them runs as code. */
function tamed(found: Htmx): Htmx {
  const rules = { createHTML: (html: string) => html };
  const policy = globalThis.trustedTypes?.createPolicy("tilth", rules) ?? rules;
  const refuse = (): never => {
    throw new Error("no code in attributes");
  };
  found.registerExtension("tilth", { init: (api) => api.initSecurity(policy, refuse, refuse) });
  Object.assign(found.config, {
    includeIndicatorCSS: false,
    noSwap: [0, 204, 304, "4xx", "5xx"], // 0: led elsewhere
    morphSkip: "[data-keep]",
    morphSkipChildren: "sealed-text, partner-check, safety-code, line-notice",
    morphIgnore: ["data-htmx-powered", "state", "reason", "open", "aria-busy"],
  });
  return found;
}
