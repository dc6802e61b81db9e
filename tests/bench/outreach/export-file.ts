const STREETS = [
  "Main Street",
  "Commerce Way",
  "Industrial Blvd",
  "Harbor Avenue",
  "Mission Road",
  "Airport Drive",
];
const CITIES = [
  "Ontario,CA,91761",
  "Fontana,CA,92335",
  "Rialto,CA,92376",
  "Carson,CA,90745",
  "Phoenix,AZ,85040",
];
const FIRST = ["Ann", "Luis", "Priya", "Wei", "Omar", "Sofía", "Jean-Luc", "Mary"];
const LAST = ["Okafor", "Nguyen", "Alvarez", "Smith", "Peña", "Kowalski", "Haddad"];

const HEADER =
  "PropertyID,Property Address,Property Name,City,State,Zip,Property Type,Secondary Type,RBA,Land Area (AC),Year Built,Building Class,Tenancy,Percent Leased,Market Name,Submarket Name,True Owner Name,True Owner Address,True Owner Phone,True Owner Contact,Title,Email,Phone,Last Sale Date,Last Sale Price";

/**
 * A CoStar-like export as CSV: every third property has a second contact, one row in twenty has no e-mail address, one in
 * fifty an invalid one, and one in a hundred repeats an earlier address in other letters.
 */
export function writeExport(rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => writeRow(index));
  return [HEADER, ...lines].join("\r\n");
}

function writeRow(index: number): string {
  const property = Math.floor(index * 0.75);
  const pick = <Item>(list: readonly Item[], salt: number): Item =>
    list[(index * salt + property) % list.length] as Item;
  const owner = `${LAST[property % LAST.length]} ${property % 7 === 0 ? "Family Trust" : "Holdings, LLC"} ${property % 9_000}`;
  const mail = `${pick(FIRST, 5)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, "")}.${index}@owner${property % 5_000}.example`;
  const email =
    index % 20 === 19
      ? ""
      : index % 50 === 7
        ? "not an address"
        : index % 100 === 42
          ? `ann.42@OWNER31.example`
          : mail;
  const [city, state, zip] = (CITIES[property % CITIES.length] ?? "").split(",");
  return [
    9_000_000 + property,
    `${100 + property} ${STREETS[property % STREETS.length]}`,
    "",
    city,
    state,
    zip,
    property % 3 === 0 ? "Industrial" : "Flex",
    "Warehouse",
    `"${(20_000 + (property % 900) * 100).toLocaleString("en-US")}"`,
    (1 + (property % 90) / 10).toFixed(2),
    1960 + (property % 60),
    "B",
    "Single",
    100,
    "Inland Empire (California)",
    "Airport Area",
    `"${owner}"`,
    `"${200 + property} Corporate Park, Suite ${property % 400}"`,
    `(909) 555-${String(property % 10_000).padStart(4, "0")}`,
    `${pick(FIRST, 5)} ${pick(LAST, 7)}`,
    property % 4 === 0 ? "Managing Member" : "Owner",
    email,
    `(909) 555-${String((property * 7) % 10_000).padStart(4, "0")}`,
    "3/14/2016",
    `"$${(2_000_000 + property * 100).toLocaleString("en-US")}"`,
  ].join(",");
}
