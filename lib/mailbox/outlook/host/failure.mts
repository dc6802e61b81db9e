/** The kinds a caller may branch on; the same words as the product's mailbox errors. */
export type FailureKind =
  | "unreachable"
  | "auth"
  | "rate"
  | "busy"
  | "rejected"
  | "invalid"
  | "unknown-mailbox"
  | "failed";

interface KnownFailure extends Error {
  kind?: FailureKind;
}

/** A failure that this program found itself, with its kind. */
export function failure(kind: FailureKind, message: string): Error {
  var error: KnownFailure = new Error(message);
  error.kind = kind;
  return error;
}

// HRESULTs as JScript sees them, unsigned (winerror.h; MS-OXCDATA 2.4).
var BUSY = [0x80010001, 0x8001010a, 0x8004010b, 0x800706bb];
// E_ABORT and "287" are what a denied prompt of Outlook's object model guard turns into; E_ACCESSDENIED a policy.
var DENIED = [0x80004004, 0x800a011f, 0x80070005];
var SIGN_IN = [0x80040111, 0x80040113, 0x80040120, 0x80040121, 0x80040124];
// "Automation server can't create object", class not registered, cannot start at this elevation, RPC server gone, object
// disconnected, no network, one provider failed, session ended.
var GONE = [
  0x800a01ad, 0x80040154, 0x80080005, 0x800401f3, 0x800706ba, 0x80010108, 0x80040115, 0x8004011d, 0x80040200,
];
var REFUSED = [0x80040607, 0x80040700, 0x80040305];

function isOneOf(codes: number[], code: number): boolean {
  for (var i = 0; i < codes.length; i++) if (codes[i] === code) return true;
  return false;
}

/** The HRESULT of an error, unsigned; 0 when it did not come from COM. */
export function codeOf(error: unknown): number {
  return ((error as Error | null)?.number || 0) >>> 0;
}

export function isBusy(error: unknown): boolean {
  return isOneOf(BUSY, codeOf(error));
}

export function isDenied(error: unknown): boolean {
  return isOneOf(DENIED, codeOf(error));
}

/** Outlook itself is gone or cannot be talked to: nothing that follows can work either. */
export function isGone(error: unknown): boolean {
  return isOneOf(GONE, codeOf(error));
}

export function kindOf(error: unknown): FailureKind {
  var known = (error as KnownFailure | null)?.kind;
  if (known) return known;
  if (isBusy(error)) return "busy";
  if (isDenied(error) || isOneOf(SIGN_IN, codeOf(error))) return "auth";
  if (isGone(error)) return "unreachable";
  if (isOneOf(REFUSED, codeOf(error))) return "rejected";
  return "failed";
}

/** In words; where Outlook only gives a bare code, what it means for the person at the PC. */
export function messageOf(error: unknown): string {
  var text = String((error as Error | null)?.message || error);
  if (isDenied(error)) return `Outlook refused programmatic access (${text}). Allow it in the Trust Center.`;
  if (codeOf(error) === 0x800a01ad || codeOf(error) === 0x80040154)
    return `Outlook cannot be started by another program (${text}). Classic Outlook must be installed.`;
  return text;
}
