// Keeps what the page says in order. A model holds its changes back as long as the server has not answered an earlier
// one, but a click goes out at once: on a slow connection it would overtake what was typed just before it.

import { WidgetModel } from "@jupyter-widgets/base";

const prototype = WidgetModel.prototype as any;
const { send, sync } = prototype;
const holding = new Set<any>(); // models that may hold changes back

Object.assign(prototype, {
  sync(this: any, ...given: unknown[]): void {
    sync.apply(this, given);
    if (this._msg_buffer) holding.add(this);
  },

  send(this: any, ...given: unknown[]): void {
    holding.forEach(release);
    holding.clear();
    send.apply(this, given);
  },
});

// What ipywidgets itself does once the server has answered.
function release(model: any): void {
  const { _msg_buffer: changes, _msg_buffer_callbacks: callbacks } = model;
  if (changes) model.rememberLastUpdateFor(model.send_sync_message(changes, callbacks));
  model._msg_buffer = model._msg_buffer_callbacks = null;
}
