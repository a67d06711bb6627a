// <zone-field [guess]>: fills the list of time zones and, with `guess`, the browser's own. See ELEMENTS.md.
import { TilthElement } from "./element.ts";

export class ZoneField extends TilthElement {
  protected begin(): void {
    const zones = Intl.supportedValuesOf("timeZone");
    this.querySelector("datalist")?.replaceChildren(...zones.map((zone) => new Option(zone, zone)));
    const input = this.querySelector("input");
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (input && own && this.hasAttribute("guess") && ["", "UTC"].includes(input.value)) input.value = own;
  }
}

customElements.define("zone-field", ZoneField);
