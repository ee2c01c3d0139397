// Connects the page to the learning platform that opened it, and keeps there what the page would keep in the browser. It
// runs before all other scripts, and only in a package for a platform. Its element says which standard the package is in.
// Without a platform, the page is as it is on any web space.

import { Cmi5 } from "./cmi5";
import type { Connection, Outcome } from "./connection";
import { Kept } from "./kept";
import { scorm } from "./scorm";

const PAUSE = 3_000; // milliseconds until a change is saved: some platforms block the page while they save
const ENDING = "learningplatformend";

export class LearningPlatform {
  // What the platform keeps, once it has said so.
  readonly storage: Promise<Kept>;
  // What went wrong: there is no room for everything, or nothing is saved.
  trouble: "" | "full" | "unsaved" = "";
  onTrouble?: () => void;

  // How many characters of text the platform keeps.
  readonly room: number;

  readonly #connection: Connection;
  readonly #kept = new Kept(() => this.#change());
  #outcome: Outcome = { grade: null, complete: false, passed: null };
  #session: "opening" | "open" | "over" = "opening";
  #unsaved = false;
  #saving = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.room = connection.room;
    this.storage = this.#open();
    document.addEventListener("visibilitychange", () => document.hidden && this.#save());
    addEventListener("pagehide", () => this.#end());
    addEventListener("click", openElsewhere, { capture: true });
  }

  report(outcome: Outcome): void {
    const { grade, passed } = this.#outcome;
    if (outcome.grade === grade && outcome.passed === passed) return;
    this.#outcome = outcome;
    this.#unsaved = true;
    this.#save();
  }

  async #open(): Promise<Kept> {
    try {
      this.#kept.load(await this.#connection.open());
      this.#session = "open";
    } catch (error) {
      console.error(error);
      this.#session = "over"; // nothing is written over what may be there
      this.#tell("unsaved");
    }
    return this.#kept;
  }

  #change(): void {
    this.#unsaved = true;
    this.#timer ??= setTimeout(() => this.#save(), PAUSE);
  }

  async #save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#session !== "open" || !this.#unsaved || this.#saving) return;
    this.#saving = true;
    this.#unsaved = false;
    const { text, whole } = this.#kept.text(this.room);
    const saved = await this.#connection.save(text, this.#outcome).catch(() => false);
    this.#saving = false;
    this.#tell(!saved || text === undefined ? "unsaved" : whole ? "" : "full");
    if (this.#unsaved || !saved) this.#change();
  }

  #end(): void {
    if (this.#session !== "open") return;
    dispatchEvent(new Event(ENDING)); // anything that is not kept yet is kept now
    this.#session = "over";
    clearTimeout(this.#timer);
    this.#connection.end(this.#kept.text(this.room).text, this.#outcome);
  }

  #tell(trouble: LearningPlatform["trouble"]): void {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.onTrouble?.();
  }
}

// A page that is left ends its session for good, so that another page opens in a window of its own.
function openElsewhere({ target }: MouseEvent): void {
  const link = target instanceof Element && target.closest<HTMLAnchorElement>("a[href]:not([download])");
  if (!link || link.closest(".page-return") || link.href.split("#")[0] === location.href.split("#")[0]) return;
  Object.assign(link, { target: "_blank", rel: "noopener" });
}

const standard = (document.currentScript as HTMLScriptElement | null)?.dataset.standard;
const connection = standard === "cmi5" ? Cmi5.find() : scorm(standard);
if (connection) window.learningPlatform = new LearningPlatform(connection);
