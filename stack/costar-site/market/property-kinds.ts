/** What the generator needs to know of a CoStar property type. Areas in square feet, prices in USD per square foot. */
export interface PropertyKind {
  id: number;
  name: string;
  weight: number;
  medianSf: number;
  usdPerSf: number;
  maxStories: number;
  /** CoStar takes a market filter for this type; the others need a bounding box. */
  marketFilter: boolean;
}

function kind(
  id: number,
  name: string,
  weight: number,
  medianSf: number,
  usdPerSf: number,
  maxStories: number,
  marketFilter = false,
): PropertyKind {
  return { id, name, weight, medianSf, usdPerSf, maxStories, marketFilter };
}

export const PROPERTY_KINDS: readonly PropertyKind[] = [
  kind(1, "Hospitality", 2, 58_000, 210, 9, true),
  kind(2, "Industrial", 29, 42_000, 175, 1, true),
  kind(3, "Land", 3, 0, 0, 0),
  kind(5, "Office", 18, 34_000, 235, 12, true),
  kind(6, "Retail", 19, 13_000, 290, 2, true),
  kind(7, "Flex", 7, 26_000, 195, 2),
  kind(8, "Sports & Entertainment", 0.4, 30_000, 180, 2),
  kind(10, "Specialty", 1, 18_000, 200, 2),
  kind(11, "Multifamily", 15, 31_000, 270, 6, true),
  kind(12, "Shopping Center", 3, 62_000, 240, 1),
  kind(13, "Health Care", 1.6, 28_000, 310, 4),
  kind(15, "Residential", 0.5, 4_000, 320, 2),
  kind(31, "Student", 0.5, 52_000, 230, 5),
];

/** CoStar's owner type ids, with how often the stand-in's companies are of each. */
export const OWNER_TYPE_WEIGHTS: readonly (readonly [id: number, weight: number])[] = [
  [20, 27],
  [3, 14],
  [1, 12],
  [17, 10],
  [16, 8],
  [11, 7],
  [21, 5],
  [2, 3],
  [19, 3],
  [18, 3],
  [6, 2],
  [8, 1.5],
  [7, 1.5],
  [9, 1],
  [24, 1],
  [25, 1],
  [5, 0.8],
  [4, 0.8],
  [26, 0.6],
  [22, 0.5],
  [10, 0.3],
  [13, 0.3],
  [14, 0.3],
  [15, 0.3],
];

/** Owners that buy across the country rather than around the corner. */
export const NATIONAL_OWNER_TYPES: ReadonlySet<number> = new Set([2, 6, 7, 8, 11, 13, 14, 15, 19, 21, 26]);
