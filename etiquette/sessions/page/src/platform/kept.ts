// What a learning platform keeps for the page, in place of the browser's localStorage: texts by key, as one short text.

import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";

const PROGRESS = "etiquette:progress:"; // prefix of the key of every entry of progress
const FORM = "1"; // how the rest of the text is to be read

type Entry = [key: string, value: string];

export class Kept {
  readonly #entries = new Map<string, string>(); // what was set last is last
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get length(): number {
    return this.#entries.size;
  }

  key(number: number): string | null {
    return [...this.#entries.keys()][number] ?? null;
  }

  getItem(key: string): string | null {
    return this.#entries.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.#entries.get(key) === value) return;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    this.#changed();
  }

  removeItem(key: string): void {
    if (this.#entries.delete(key)) this.#changed();
  }

  // Takes over the entries of a text that was kept. One that cannot be read counts as none.
  load(text: string): void {
    try {
      for (const [key, value] of unpacked(text)) this.#entries.set(key, value);
    } catch (error) {
      console.error(error);
    }
  }

  // All entries as a text of at most this many characters, and whether they all fit. Progress goes first, then what was
  // set last; an entry for which there is no room is left out. Undefined if there is no room even for the progress.
  text(room: number): { text: string | undefined; whole: boolean } {
    const all = [...this.#entries];
    let text = packed(all);
    if (text.length <= room) return { text, whole: true };
    const isProgress = ([key]: Entry) => key.startsWith(PROGRESS);
    let entries = all.filter(isProgress);
    text = packed(entries);
    if (text.length > room) return { text: undefined, whole: false };
    for (const entry of all.filter((each) => !isProgress(each)).reverse()) {
      const more = [entry, ...entries];
      const longer = packed(more);
      if (longer.length <= room) [entries, text] = [more, longer];
    }
    return { text, whole: false };
  }
}

function packed(entries: Entry[]): string {
  return FORM + btoa(strFromU8(deflateSync(strToU8(JSON.stringify(entries)), { level: 9 }), true));
}

function unpacked(text: string): Entry[] {
  if (!text.startsWith(FORM)) return [];
  return JSON.parse(strFromU8(inflateSync(strToU8(atob(text.slice(FORM.length)), true))));
}
