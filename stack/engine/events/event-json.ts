import type { StoredEvent } from "../state/rows";

/** An event as expressions see it. */
export interface EventScope {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly user: unknown;
  readonly ts: number;
}

const scopes = new WeakMap<StoredEvent, EventScope>();

/** Parsed once per stored event, since one event may meet many functions and waits. */
export function eventScope(event: StoredEvent): EventScope {
  const known = scopes.get(event);
  if (known) return known;
  const scope: EventScope = {
    id: publicId(event),
    name: event.name,
    data: JSON.parse(event.data) as unknown,
    user: JSON.parse(event.userData) as unknown,
    ts: event.ts,
  };
  scopes.set(event, scope);
  return scope;
}

/** An event as functions receive it, as JSON text; the payload is spliced in unparsed. */
export function eventJson(event: StoredEvent): string {
  return `{"data":${event.data},"id":${JSON.stringify(publicId(event))},"name":${JSON.stringify(event.name)},"ts":${event.ts},"user":${event.userData}}`;
}

function publicId(event: StoredEvent): string {
  return event.externalId ?? event.id;
}
