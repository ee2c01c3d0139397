// SCORM 1.2 and 2004: the platform's window has an object with functions, which take and return strings.
//
// An attempt that was failed or completed is over for some platforms, which then begin another without what was kept. As
// a learner can take a quiz again at any time, the attempt stays incomplete, with its grade, until it is passed.

import type { Connection, Outcome } from "./connection";

type Api = Record<string, (...values: string[]) => unknown>;
type Values = Record<string, string>;

// What a version of the standard calls things, and how it says how it went.
interface Version {
  api: string; // the name of the object
  begin: string;
  get: string;
  set: string;
  commit: string;
  finish: string;
  mode: string;
  grade: string;
  status: string[]; // the elements that say how it went
  room: number;
  leaving(seconds: number): Values; // after so long a session, to come back
  told(best: Outcome, before: Values): Values;
}

const FARTHEST = 10; // windows between the page's and that of the platform
const UNDECIDED = ["", "not attempted", "unknown", "browsed"];

const V12: Version = {
  api: "API",
  begin: "LMSInitialize",
  get: "LMSGetValue",
  set: "LMSSetValue",
  commit: "LMSCommit",
  finish: "LMSFinish",
  mode: "cmi.core.lesson_mode",
  grade: "cmi.core.score.raw",
  status: ["cmi.core.lesson_status"],
  room: 4_096,
  leaving: (seconds) => ({ "cmi.core.session_time": clock(seconds), "cmi.core.exit": "suspend" }),
  told: ({ grade, passed }, before) => ({
    ...(grade !== null && { "cmi.core.score.min": "0", "cmi.core.score.max": "100", "cmi.core.score.raw": String(grade) }),
    ...status("cmi.core.lesson_status", passed ? "passed" : "incomplete", before),
  }),
};

const V2004: Version = {
  api: "API_1484_11",
  begin: "Initialize",
  get: "GetValue",
  set: "SetValue",
  commit: "Commit",
  finish: "Terminate",
  mode: "cmi.mode",
  grade: "cmi.score.raw",
  status: ["cmi.completion_status", "cmi.success_status"],
  room: 64_000,
  leaving: (seconds) => ({ "cmi.session_time": `PT${seconds}S`, "cmi.exit": "suspend" }),
  told: ({ grade, passed }, before) => ({
    ...(grade !== null && {
      "cmi.score.min": "0",
      "cmi.score.max": "100",
      "cmi.score.raw": String(grade),
      "cmi.score.scaled": String(grade / 100),
    }),
    ...status("cmi.completion_status", passed ? "completed" : "incomplete", before),
    ...(passed !== null && status("cmi.success_status", passed ? "passed" : "failed", before)),
  }),
};

// The connection to the platform that opened this page; undefined if there is none.
export function scorm(standard: string | undefined): Connection | undefined {
  const version = standard === "2004" ? V2004 : V12;
  const api = findApi(version.api);
  return api && new Scorm(api, version);
}

class Scorm implements Connection {
  readonly room: number;
  readonly #api: Api;
  readonly #version: Version;
  #opened = 0;
  #before: Values = {}; // how it went until now, as the platform has it
  #best: Outcome = { grade: null, complete: false, passed: null };
  #counts = true; // what is done in this session

  constructor(api: Api, version: Version) {
    this.#api = api;
    this.#version = version;
    this.room = version.room;
  }

  async open(): Promise<string> {
    const { begin, mode, grade, status } = this.#version;
    if (!this.#call(begin, "")) throw new Error("The learning platform does not begin a session.");
    this.#opened = Date.now();
    this.#counts = ["", "normal"].includes(this.#get(mode));
    for (const element of status) this.#before[element] = this.#get(element);
    const before = Number.parseFloat(this.#get(grade));
    const graded = !Number.isNaN(before);
    const passed = Object.values(this.#before).includes("passed");
    this.#best = { grade: graded ? before : null, complete: graded, passed: passed || null };
    this.#tell(this.#best);
    return this.#get("cmi.suspend_data");
  }

  async save(text: string | undefined, outcome: Outcome): Promise<boolean> {
    return this.#save(text, outcome) && this.#call(this.#version.commit, "");
  }

  end(text: string | undefined, outcome: Outcome): void {
    this.#save(text, outcome);
    this.#call(this.#version.finish, ""); // which commits too
  }

  #save(text: string | undefined, outcome: Outcome): boolean {
    const kept = text === undefined || this.#set({ "cmi.suspend_data": text });
    const left = this.#set(this.#version.leaving(Math.round((Date.now() - this.#opened) / 1_000)));
    return this.#tell(better(this.#best, outcome)) && kept && left;
  }

  // Nothing that the platform has heard gets worse: progress can be deleted, and a grade is a grade.
  #tell(best: Outcome): boolean {
    this.#best = best;
    if (!this.#counts) return true;
    const told = this.#version.told(best, this.#before);
    for (const element of this.#version.status) if (element in told) this.#before[element] = told[element];
    return this.#set(told);
  }

  #get(element: string): string {
    return String(this.#api[this.#version.get](element) ?? "");
  }

  #set(values: Values): boolean {
    return Object.entries(values).filter(([element, value]) => !this.#call(this.#version.set, element, value)).length === 0;
  }

  #call(name: string, ...values: string[]): boolean {
    return String(this.#api[name](...values)) === "true";
  }
}

function better(one: Outcome, other: Outcome): Outcome {
  const grades = [one.grade, other.grade].filter((grade) => grade !== null);
  return {
    grade: grades.length ? Math.max(...grades) : null,
    complete: one.complete || other.complete,
    passed: one.passed || other.passed || (one.passed ?? other.passed),
  };
}

// This status, unless the platform has decided already, and this is no better.
function status(element: string, value: string, before: Values): Values {
  return value === "incomplete" && !UNDECIDED.includes(before[element]) ? {} : { [element]: value };
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

// Looks for the platform's object in the windows that this one is in, then in those of the one that opened it.
function findApi(name: string): Api | undefined {
  return findAbove(window, name) ?? findAbove(opener(window), name) ?? findAbove(opener(window.top), name);
}

function findAbove(from: Window | null, name: string): Api | undefined {
  try {
    for (let steps = 0; from && steps <= FARTHEST; steps++, from = from.parent) {
      const api = (from as any)[name];
      if (api) return api;
      if (from === from.parent) return undefined;
    }
  } catch {} // a window of another site
  return undefined;
}

function opener(of: Window | null): Window | null {
  try {
    return of?.opener ?? null;
  } catch {
    return null; // a window of another site
  }
}
