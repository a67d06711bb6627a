// What stays on the device: one IndexedDB database for each person who signed in here. Everything of content in it is sealed.

export type Shelf = "kept" | "entries" | "links" | "outbox" | "drafts";
const SHELVES: Shelf[] = ["kept", "entries", "links", "outbox", "drafts"];
const UNHURRIED: ReadonlySet<Shelf> = new Set(["entries", "links", "drafts"]); // fetched again, or written again with the next letter

export const PREFIX = "tilth-"; // then the person's id

export class Store {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
    database.onversionchange = () => database.close();
  }

  static async open(person: string): Promise<Store> {
    const request = indexedDB.open(PREFIX + person, 1);
    request.onupgradeneeded = () => {
      for (const shelf of SHELVES) request.result.createObjectStore(shelf);
    };
    return new Store(await done(request));
  }

  async get<T>(shelf: Shelf, key: string): Promise<T | undefined> {
    return (await done(this.#shelf(shelf, "readonly").get(key))) as T | undefined;
  }

  /** The values of many keys, in their order, in one transaction. */
  async getMany<T>(shelf: Shelf, keys: string[]): Promise<(T | undefined)[]> {
    const from = this.#shelf(shelf, "readonly");
    return Promise.all(keys.map((key) => done(from.get(key)) as Promise<T | undefined>));
  }

  async put(shelf: Shelf, key: string, value: unknown): Promise<void> {
    await this.putMany(shelf, [[key, value]]);
  }

  /** All or nothing, and on disk when it returns. */
  async putMany(shelf: Shelf, pairs: [string, unknown][]): Promise<void> {
    const into = this.#shelf(shelf, "readwrite");
    for (const [key, value] of pairs) into.put(value, key);
    await finished(into.transaction);
  }

  /** Changes what is there, in one transaction: what was deleted meanwhile does not come back. */
  async alter<T>(shelf: Shelf, key: string, change: (value: T) => T): Promise<void> {
    const on = this.#shelf(shelf, "readwrite");
    const found = on.get(key);
    found.onsuccess = () => found.result !== undefined && on.put(change(found.result as T), key);
    await finished(on.transaction);
  }

  async delete(shelf: Shelf, key: string): Promise<void> {
    const from = this.#shelf(shelf, "readwrite");
    from.delete(key);
    await finished(from.transaction);
  }

  /** Keys that begin with `prefix`, in their order. */
  async keys(shelf: Shelf, prefix = ""): Promise<string[]> {
    return (await done(this.#shelf(shelf, "readonly").getAllKeys(startingWith(prefix)))) as string[];
  }

  async all<T>(shelf: Shelf, prefix = ""): Promise<T[]> {
    return (await done(this.#shelf(shelf, "readonly").getAll(startingWith(prefix)))) as T[];
  }

  async clear(...shelves: Shelf[]): Promise<void> {
    const transaction = this.#database.transaction(shelves, "readwrite");
    for (const shelf of shelves) transaction.objectStore(shelf).clear();
    await finished(transaction);
  }

  /** Several tabs, one device: what must not happen twice at once happens under a Web Lock. */
  alone<T>(what: string, act: () => Promise<T>): Promise<T> {
    return navigator.locks.request(`${this.#database.name} ${what}`, act) as Promise<T>;
  }

  /** The whole database, for good; other tabs let go of it. */
  async erase(): Promise<void> {
    this.close();
    await done(indexedDB.deleteDatabase(this.#database.name));
  }

  close(): void {
    this.#database.close();
  }

  #shelf(shelf: Shelf, mode: IDBTransactionMode): IDBObjectStore {
    return this.#database
      .transaction(shelf, mode, { durability: UNHURRIED.has(shelf) ? "relaxed" : "strict" })
      .objectStore(shelf);
  }
}

const startingWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}
