// cmi5: the platform opens the page with parameters in its address, and keeps statements and a document of ours.
//
// Written by hand, as the usual package for it comes with an HTTP client and is twenty times as large.
// https://github.com/AICC/CMI-5_Spec_Current

import { newUuid } from "../id";
import type { Connection, Outcome } from "./connection";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const CMI5 = { id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" };
const MOVE_ON = { id: "https://w3id.org/xapi/cmi5/context/categories/moveon" };
const MASTERY_SCORE = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
const STATE = "progress"; // the name of our document

interface LaunchData {
  contextTemplate: { contextActivities?: { category?: object[] }; extensions?: object };
  launchMode: string;
  masteryScore?: number;
  returnURL?: string;
}

// What was stated in this and earlier sessions: each of these may be stated once, but a failed quiz may be followed by
// another, in a later session.
interface Stated {
  completed: boolean;
  passed: boolean;
  failed: number | null; // the grade
}

export class Cmi5 implements Connection {
  readonly room = 30_000; // a page that is about to go may send 64 KiB in all
  readonly #parameters: URLSearchParams;
  readonly #opened = Date.now();
  #token = "";
  #launch!: LaunchData;
  #stated: Stated = { completed: false, passed: false, failed: null };
  #kept = "";

  // The connection to the platform that opened this page; undefined if there is none.
  static find(): Cmi5 | undefined {
    const parameters = new URLSearchParams(location.search);
    const all = ["endpoint", "fetch", "actor", "registration", "activityId"].every((name) => parameters.has(name));
    return all ? new Cmi5(parameters) : undefined;
  }

  constructor(parameters: URLSearchParams) {
    this.#parameters = parameters;
  }

  async open(): Promise<string> {
    const told = await fetch(this.#parameter("fetch"), { method: "POST" });
    this.#token = (await told.json())["auth-token"];
    if (!this.#token) throw new Error("The learning platform does not begin a session: this address was used before.");
    const preferences = { profileId: "cmi5LearnerPreferences", agent: this.#parameter("actor") };
    const [launch, document] = await Promise.all([
      this.#get(this.#url("activities/state", this.#documentNamed("LMS.LaunchData"))),
      this.#get(this.#url("activities/state", this.#documentNamed(STATE))),
      this.#get(this.#url("agents/profile", preferences)).catch(() => {}), // must be read; we have one language, no sound
    ]);
    if (!launch) throw new Error("The learning platform does not say how the page was opened.");
    this.#launch = launch;
    if (document) [this.#kept, this.#stated] = [document.kept, document.stated];
    if (launch.returnURL) offerReturn(launch.returnURL);
    if (!(await this.#state(this.#statement("initialized")))) throw new Error("The learning platform takes no statement.");
    return this.#kept;
  }

  async save(text: string | undefined, outcome: Outcome): Promise<boolean> {
    const before = this.#stated;
    const statements = this.#news(outcome);
    const stated = await this.#state(...statements);
    if (!stated) this.#stated = before;
    return (await this.#keep(text)) && stated;
  }

  // A session that ends without having passed may have failed: until then, the learner can take another quiz.
  end(text: string | undefined, outcome: Outcome): void {
    const statements = this.#news(outcome);
    const { grade } = outcome;
    if (this.#counts && grade !== null && !this.#stated.passed && grade !== this.#stated.failed) {
      this.#stated = { ...this.#stated, failed: grade };
      statements.push(this.#judged("failed", grade));
    }
    this.#keep(text);
    this.#state(...statements, this.#statement("terminated", { duration: this.#duration }));
  }

  get #counts(): boolean {
    return this.#launch.launchMode === "Normal";
  }

  // What is to be stated, once each.
  #news({ grade, complete, passed }: Outcome): object[] {
    if (!this.#counts || grade === null) return [];
    const { masteryScore } = this.#launch;
    const passes = masteryScore === undefined ? passed : grade / 100 >= masteryScore;
    const news = [];
    if (complete && !this.#stated.completed) {
      news.push(this.#statement("completed", { completion: true, duration: this.#duration }));
    }
    if (passes && !this.#stated.passed) news.push(this.#judged("passed", grade));
    this.#stated = {
      ...this.#stated,
      completed: this.#stated.completed || complete,
      passed: this.#stated.passed || Boolean(passes),
    };
    return news;
  }

  #judged(verb: "passed" | "failed", grade: number): object {
    const score = { scaled: grade / 100, raw: grade, min: 0, max: 100 };
    const { masteryScore } = this.#launch;
    const extensions = masteryScore === undefined ? {} : { [MASTERY_SCORE]: masteryScore };
    return this.#statement(verb, { success: verb === "passed", score, duration: this.#duration }, extensions);
  }

  #statement(verb: string, result?: { success?: boolean; completion?: boolean; [name: string]: unknown }, more = {}): object {
    const { contextTemplate: template } = this.#launch;
    const moves = result && ("success" in result || "completion" in result);
    const category = [...(template.contextActivities?.category ?? []), CMI5, ...(moves ? [MOVE_ON] : [])];
    return {
      id: newUuid(),
      timestamp: new Date().toISOString(),
      actor: JSON.parse(this.#parameter("actor")),
      verb: { id: VERBS + verb, display: { en: verb } },
      object: { objectType: "Activity", id: this.#parameter("activityId") },
      result,
      context: {
        ...template,
        registration: this.#parameter("registration"),
        contextActivities: { ...template.contextActivities, category },
        extensions: { ...template.extensions, ...more },
      },
    };
  }

  get #duration(): string {
    return `PT${Math.round((Date.now() - this.#opened) / 1_000)}S`;
  }

  #parameter(name: string): string {
    return this.#parameters.get(name)!;
  }

  async #keep(text: string | undefined): Promise<boolean> {
    this.#kept = text ?? this.#kept;
    const document = { kept: this.#kept, stated: this.#stated };
    return this.#send("PUT", this.#url("activities/state", this.#documentNamed(STATE)), document);
  }

  async #state(...statements: object[]): Promise<boolean> {
    return !statements.length || this.#send("POST", this.#url("statements"), statements);
  }

  async #send(method: string, url: string, content: object): Promise<boolean> {
    try {
      const headers = { ...this.#headers, "Content-Type": "application/json" };
      const answer = await fetch(url, { method, headers, body: JSON.stringify(content), keepalive: true });
      return answer.ok;
    } catch (error) {
      console.error(error);
      return false;
    }
  }

  // The JSON that is there; undefined if there is none.
  async #get(url: string): Promise<any> {
    const answer = await fetch(url, { headers: this.#headers, cache: "no-store" });
    if (answer.ok) return answer.json();
    if (answer.status === 404) return undefined;
    throw new Error(`${url}: ${answer.status}`);
  }

  get #headers(): Record<string, string> {
    return { Authorization: `Basic ${this.#token}`, "X-Experience-API-Version": "1.0.3" };
  }

  // Which of the documents that belong to this learner on this course.
  #documentNamed(stateId: string): Record<string, string> {
    const [activityId, registration] = [this.#parameter("activityId"), this.#parameter("registration")];
    return { stateId, activityId, registration, agent: this.#parameter("actor") };
  }

  #url(resource: string, query: Record<string, string> = {}): string {
    const url = new URL(this.#parameter("endpoint").replace(/\/?$/, "/") + resource, location.href);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  }
}

// A way back to the platform that opened the page in its own place: leaving the page ends the session.
function offerReturn(address: string): void {
  const url = new URL(address, location.href);
  if (!/^https?:$/.test(url.protocol)) return;
  const offer = () => {
    const link = Object.assign(document.createElement("a"), { href: url.href, textContent: "Back to your learning platform" });
    const place = Object.assign(document.createElement("nav"), { className: "page-return", ariaLabel: "Learning platform" });
    place.append(link);
    document.body.prepend(place);
  };
  if (document.body) offer();
  else addEventListener("DOMContentLoaded", offer);
}
