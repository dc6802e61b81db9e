/** The zone most of a state's businesses keep. Split states follow their larger half. */
const STATE_ZONES: Readonly<Record<string, string>> = {
  ...group("America/New_York", "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV"),
  ...group("America/Chicago", "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI"),
  ...group("America/Denver", "CO ID MT NM UT WY"),
  ...group("America/Phoenix", "AZ"),
  ...group("America/Los_Angeles", "CA NV OR WA"),
  ...group("America/Anchorage", "AK"),
  ...group("Pacific/Honolulu", "HI"),
  ...group("America/Puerto_Rico", "PR VI"),
};

function group(zone: string, states: string): Record<string, string> {
  return Object.fromEntries(states.split(" ").map((state) => [state, zone]));
}

/** The IANA zone of a two-letter US state, or undefined when the state is unknown. */
export function zoneOfState(state: string | null | undefined): string | undefined {
  return state ? STATE_ZONES[state.trim().toUpperCase()] : undefined;
}

/** All zones a US contact can be in. */
export const US_ZONES: readonly string[] = [...new Set(Object.values(STATE_ZONES))];

/** Whether the runtime knows this IANA zone. */
export function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
