// Somebody's keys on a device, as unlocking leaves them there. Journeys that are about something later begin with it.
import { fromB64u } from "./bytes.ts";
import type { SignedCard } from "./card.ts";
import { keepKeys } from "./device.ts";
import { keysOf } from "./keys.ts";
import { Store } from "./store.ts";

export async function layKeys({ person, root, signed }: { person: string; root: string; signed: SignedCard }) {
  const store = await Store.open(person);
  await keepKeys(store, { keys: await keysOf(fromB64u(root)), signed });
  store.close();
}
