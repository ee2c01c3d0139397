// A name that nobody else has. `crypto.randomUUID` would do, but is missing on pages that are not served over HTTPS.

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
