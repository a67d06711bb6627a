// What every page loads: htmx, the vault and the elements. Making keys and the word list come only where they are needed.
import { htmx } from "./htmx.ts";
import { again, go, goAndUnlock, here, mark } from "./page.ts";
import { otherTabs, vault } from "./vault/vault.ts";
import "./commands.ts";
import "./popovers.ts";
import "./elements/sealed-text.ts";
import "./elements/sealed-value.ts";
import "./elements/sealed-form.ts";
import "./elements/partnership-founder.ts";
import "./elements/partner-check.ts";
import "./elements/safety-code.ts";
import "./elements/live-page.ts";
import "./elements/line-notice.ts";
import "./elements/vault-lock.ts";
import "./elements/sign-out.ts";
import "./elements/link-sign-in.ts";
import "./elements/zone-field.ts";
import "./elements/compose-box.ts";

const KEY_ELEMENTS = "key-maker, key-unlock, key-passkey, key-phrase, passkey-sign-in, passkey-remove";
if (document.querySelector(KEY_ELEMENTS)) void import("./elements/keys.ts");
if (document.querySelector("[hx-get], [hx-post]")) void htmx();
if (document.querySelector("invite-form, join-form")) void import("./elements/invitations.ts");
if (document.querySelector("agreement-draft, agreement-sign, sealed-diff")) void import("./elements/agreement.ts");

/** A page of a partnership is of no use without keys: they are unlocked, or made, first. */
async function begin(): Promise<void> {
  const found = await vault();
  if (!found) return;
  if (!found.open && found.context.partnership)
    await (found.context.card ? goAndUnlock() : go(`/keys/?next=${encodeURIComponent(here())}`));
  mark("keys", found.open ? "open" : found.context.card ? "locked" : "none");
}

/** When keys are locked in one tab, or a page comes back from the browser's memory, nothing opened stays on screen. */
function leaveNothingOpen(): void {
  otherTabs().addEventListener("message", () => void again());
  addEventListener("pageshow", (event) => event.persisted && void again());
}

leaveNothingOpen();
void begin();
