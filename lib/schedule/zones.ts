import { ZONES_ELSEWHERE, zoneElsewhere } from "./split-states";

/** The zone most of a state's businesses keep; `split-states` knows who keeps another. */
const STATE_ZONES: Readonly<Record<string, string>> = {
  ...group("America/New_York", "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV"),
  ...group("America/Chicago", "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI"),
  ...group("America/Denver", "CO ID MT NM UT WY"),
  ...group("America/Phoenix", "AZ"),
  ...group("America/Los_Angeles", "CA NV OR WA"),
  ...group("America/Anchorage", "AK"),
  ...group("Pacific/Honolulu", "HI"),
  ...group("America/Puerto_Rico", "PR VI"),
  ...group("Pacific/Guam", "GU MP"),
};

function group(zone: string, states: string): Record<string, string> {
  return Object.fromEntries(states.split(" ").map((state) => [state, zone]));
}

/** The IANA zone of a two-letter US state, or undefined when the state is unknown. */
export function zoneOfState(state: string | null | undefined): string | undefined {
  return state ? STATE_ZONES[state.trim().toUpperCase()] : undefined;
}

/** Where something is, as far as it is known. */
export interface Place {
  readonly state?: string | null | undefined;
  /** Five digits, or nine */
  readonly zip?: string | null | undefined;
}

/** The IANA zone of a US place: its state's, or its ZIP code's where a state keeps more than one. */
export function zoneOfPlace({ state, zip }: Place): string | undefined {
  const usual = zoneOfState(state);
  const code = /^\s*(\d{3,5})/.exec(zip ?? "")?.[1];
  if (!usual || !state || !code) return usual;
  return zoneElsewhere(state.trim().toUpperCase(), code) ?? usual;
}

/** The ZIP code at the end of an address on one line, where there is one. */
export function zipOfAddress(address: string | null | undefined): string | undefined {
  return /\b(\d{5})(?:-\d{4})?[\s,]*(?:USA?|United States)?\s*$/i.exec(address ?? "")?.[1];
}

/** All zones a US contact can be in. */
export const US_ZONES: readonly string[] = [...new Set([...Object.values(STATE_ZONES), ...ZONES_ELSEWHERE])];

/** Whether the runtime knows this IANA zone. */
export function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
