interface Signature {
  readonly sender_name: string;
  readonly desk_name: string;
}

/** The classifier does not know who answers: words of its that end with a closing ("Best regards,") get the desk's name below it. */
export function signAnswer(body: string, { sender_name, desk_name }: Signature): string {
  const words = body.trimEnd();
  if (!/\n[^\n]{2,40},$/.test(words)) return body;
  const names = [sender_name, desk_name].map((name) => name.trim()).filter(Boolean);
  return [words, ...names].join("\n");
}
