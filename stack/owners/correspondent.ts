/** Who writes, as far as an address tells. */
export interface Correspondent {
  address: string;
  domain: string;
  name: string;
  firstName: string;
  company: string;
}

/** jane.doe@cedar-valley-realty.example is Jane Doe of Cedar Valley Realty. */
export function correspondentOf(address: string): Correspondent {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).toLowerCase();
  const names = titled(
    address
      .slice(0, at)
      .replace(/\d+$/, "")
      .split(/[._+-]+/),
  );
  const company = titled(domain.replace(/\.[a-z]+$/, "").split(/[.-]+/)).join(" ");
  return {
    address,
    domain,
    name: names.join(" ") || address,
    firstName: names[0] ?? "",
    company: domain === "owners-mail.example" ? "" : company,
  };
}

function titled(words: string[]): string[] {
  return words.filter((word) => word !== "").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
}
