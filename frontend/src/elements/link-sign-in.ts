// <link-sign-in> around the form of a one-time link: a link that carries the key phrase behind its `#` signs in and goes on
// to unlocking, with the phrase still behind the `#` of the page after. See ELEMENTS.md.
import { dropFragment } from "../page.ts";
import { TilthElement } from "./element.ts";

export class LinkSignIn extends TilthElement {
  protected begin(): void {
    const form = this.querySelector("form");
    if (!form || !location.hash.startsWith("#phrase=")) return;
    const wish = document.createElement("input");
    Object.assign(wish, { type: "hidden", name: "unlock", value: "1" });
    form.append(wish);
    form.action = location.href; // a redirect takes the part behind `#` along
    dropFragment();
    form.requestSubmit();
  }
}

customElements.define("link-sign-in", LinkSignIn);
