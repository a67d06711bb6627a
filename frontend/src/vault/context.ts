// What the page says of itself: `<script type="application/json" id="tilth">`.

export type Member = {
  id: string;
  person: string;
  name: string;
  role: string;
  card: string | null;
  you: boolean;
  left: boolean;
};
export type Place = {
  id: string;
  head: { seq: number; hash: string | null };
  members: Member[];
  unannounced?: boolean; // this person's keys are new, and the others have not been told
};
export type Context = {
  instance: string;
  csrf: string;
  person: { id: string; name: string; zone: string };
  card: string | null;
  keyring_version: number | null;
  partnership: Place | null;
  partnerships: Place[]; // on a page of several: those that it opens something of
};

let newer: string | null = null; // a script element may not be written under Trusted Types, so a newer state is kept here

/** The page was refreshed in place: this is the text of its new `#tilth`. */
export function renewContext(island: string): void {
  newer = island;
}

/** The page's context; null on pages of nobody (sign-in). */
export function readContext(): Context | null {
  const island = newer ?? document.querySelector("#tilth")?.textContent;
  const found = JSON.parse(island || "{}") as Partial<Context>;
  return found.person && found.instance ? (found as Context) : null;
}
