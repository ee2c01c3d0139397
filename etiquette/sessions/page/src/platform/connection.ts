// What a standard for learning platforms has to offer: one class for each of them.

// What the platform is told, as Python's `Outcome` has it.
export interface Outcome {
  grade: number | null; // 0 to 100
  complete: boolean;
  passed: boolean | null;
}

export interface Connection {
  // How many characters of text the platform keeps for us.
  readonly room: number;

  // Begins the session, and returns the text that was kept; empty at first. Fails if the platform does not answer.
  open(): Promise<string>;

  // Has the platform keep the outcome and, if there is one, this text in place of the last. Returns whether it did.
  save(text: string | undefined, outcome: Outcome): Promise<boolean>;

  // Does the same and ends the session, in a page that is about to go: nothing may be awaited.
  end(text: string | undefined, outcome: Outcome): void;
}
