// <invite-form> around a sealed-form of `membership.invited`, or with `invitation` for one still open. See ELEMENTS.md.
import { b64u, fromB64u } from "../vault/bytes.ts";
import { fragment, newSecret } from "../vault/invitation.ts";
import { TilthElement } from "./element.ts";
import type { Prepared } from "./sealed-form.ts";

export class InviteForm extends TilthElement {
  #made = false;

  protected begin(): void {
    this.addEventListener("tilth:prepare", (event) => this.#prepare(event as CustomEvent<Prepared>), {
      signal: this.signal,
    });
    this.addEventListener(
      "tilth:sent",
      () => {
        this.#made = true;
      },
      { signal: this.signal },
    );
    this.act("copy", () => this.#copy());
    document.addEventListener("tilth:refreshed", () => this.#look(), { signal: this.signal });
    this.#look();
  }

  /** Also after the page was morphed in place, which empties the field, and brings an invitation made just now. */
  #look(): void {
    const open = this.getAttribute("invitation");
    if (open) void this.#show(open);
    this.#letGo(this.getAttribute("spent")?.split(" ") ?? []).catch(() => {}); // without a line: the next time
  }

  /** Nobody can join with these secrets any more. */
  async #letGo(spent: string[]): Promise<void> {
    if (spent.length === 0) return;
    await (await this.unlocked())?.open.keyring.change(({ secrets }) => {
      for (const invitation of spent) delete secrets[invitation];
    });
  }

  /** The secret is kept before the invitation exists: one that is out without it could verify nobody. */
  #prepare({ detail }: CustomEvent<Prepared>): void {
    const secret = b64u(newSecret());
    const keep = async () => {
      const vault = await this.unlocked();
      await vault?.open.keyring.change((keyring) => {
        keyring.secrets[detail.entry] = secret;
      });
    };
    detail.wait(keep());
  }

  async #show(invitation: string): Promise<void> {
    const vault = await this.unlocked();
    const secret = (await vault?.open.keyring.read())?.secrets[invitation];
    const done = this.piece("done");
    if (!vault?.card || !secret || !done) return;
    const link = this.piece<HTMLInputElement>("link");
    const vouching = { secret: fromB64u(secret), card: vault.card };
    if (link) link.defaultValue = `${location.origin}/join/${invitation}#${fragment(vouching)}`; // nobody typed it
    done.hidden = false;
    if (this.#made) this.querySelector<HTMLInputElement>("input:not([type=hidden])")?.select(); // which takes the focus
    this.#made = false;
  }

  async #copy(): Promise<void> {
    const [link, copied] = [this.piece<HTMLInputElement>("link"), this.piece("copied")];
    if (!link) return;
    const done = await navigator.clipboard?.writeText(link.value).then(
      () => true,
      () => false,
    );
    if (copied) copied.hidden = !done;
    if (!done) link.select(); // for the keyboard to copy
  }
}

customElements.define("invite-form", InviteForm);
