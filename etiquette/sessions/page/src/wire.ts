// Kernel messages as they travel over the websocket: the protocol v1.kernel.websocket.jupyter.org.
//
// A message is a list of parts behind a list of offsets, all numbers 64 bits, little-endian: the channel, then header,
// parent header, metadata and content as JSON, then buffers.

export const PROTOCOL = "v1.kernel.websocket.jupyter.org";

export interface Message {
  channel: string;
  header: { msg_id: string; msg_type: string; [more: string]: unknown };
  parent_header: { msg_id?: string; [more: string]: unknown };
  metadata: Record<string, unknown>;
  content: any;
  buffers: DataView[];
}

const NUMBER = 8;

export function encode(message: Message): ArrayBuffer {
  const text = new TextEncoder();
  const { channel, header, parent_header, metadata, content, buffers } = message;
  const json = [header, parent_header, metadata, content].map((part) => text.encode(JSON.stringify(part)));
  const raw = buffers.map((each) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength));
  const parts = [text.encode(channel), ...json, ...raw];

  let offset = NUMBER * (2 + parts.length);
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, offset));
  const view = new DataView(whole.buffer);
  view.setBigUint64(0, BigInt(parts.length + 1), true);
  parts.forEach((part, number) => {
    view.setBigUint64(NUMBER * (1 + number), BigInt(offset), true);
    whole.set(part, offset);
    offset += part.byteLength;
  });
  view.setBigUint64(NUMBER * (1 + parts.length), BigInt(offset), true);
  return whole.buffer;
}

// The messages in these bytes, which stand end to end: the last offset of each is its length.
export function decode(data: ArrayBuffer): Message[] {
  const messages: Message[] = [];
  for (let start = 0; start < data.byteLength; ) {
    const view = new DataView(data, start);
    const offsets = Array.from({ length: Number(view.getBigUint64(0, true)) }, (_, number) =>
      Number(view.getBigUint64(NUMBER * (1 + number), true)),
    );
    messages.push(one(data, start, offsets));
    start += offsets[offsets.length - 1];
  }
  return messages;
}

function one(data: ArrayBuffer, start: number, offsets: number[]): Message {
  const text = new TextDecoder();
  const part = (number: number) => new DataView(data, start + offsets[number], offsets[number + 1] - offsets[number]);
  const json = (number: number) => JSON.parse(text.decode(part(number)));
  return {
    channel: text.decode(part(0)),
    header: json(1),
    parent_header: json(2),
    metadata: json(3),
    content: json(4),
    buffers: offsets.slice(5, -1).map((_, number) => part(5 + number)),
  };
}
