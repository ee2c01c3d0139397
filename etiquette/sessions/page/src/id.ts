// Names that nobody else has. `crypto.randomUUID` would do, but is missing on pages that are not served over HTTPS.

export function newId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

// The same in the form that xAPI demands: a UUID of version 4.
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
