/** A city as an address needs it: zip codes run from `firstZip` on. */
export interface MarketCity {
  name: string;
  state: string;
  firstZip: number;
  zipCount: number;
}

/** One CoStar market: its key id, where it lies (degrees), and how many properties the stand-in gives it. */
export interface MarketArea {
  id: number;
  name: string;
  propertyCount: number;
  latitude: number;
  longitude: number;
  halfHeight: number;
  halfWidth: number;
  areaCode: string;
  cities: readonly MarketCity[];
}

function cities(state: string, ...list: [name: string, firstZip: number, zipCount: number][]): MarketCity[] {
  return list.map(([name, firstZip, zipCount]) => ({ name, state, firstZip, zipCount }));
}

/** The 13 markets of the starter lookups, under CoStar's own key ids. */
export const MARKET_AREAS: readonly MarketArea[] = [
  {
    id: 825,
    name: "Inland Empire",
    propertyCount: 1_050,
    latitude: 34.03,
    longitude: -117.33,
    halfHeight: 0.22,
    halfWidth: 0.4,
    areaCode: "909",
    cities: cities(
      "CA",
      ["Ontario", 91761, 4],
      ["Rancho Cucamonga", 91729, 3],
      ["Fontana", 92334, 4],
      ["Riverside", 92501, 9],
      ["San Bernardino", 92401, 8],
      ["Chino", 91708, 3],
      ["Moreno Valley", 92551, 5],
    ),
  },
  {
    id: 605,
    name: "Los Angeles",
    propertyCount: 1_400,
    latitude: 34.02,
    longitude: -118.28,
    halfHeight: 0.26,
    halfWidth: 0.3,
    areaCode: "213",
    cities: cities(
      "CA",
      ["Los Angeles", 90001, 60],
      ["Vernon", 90058, 1],
      ["Torrance", 90501, 5],
      ["Long Beach", 90802, 12],
      ["Pasadena", 91101, 6],
      ["Santa Fe Springs", 90670, 1],
      ["Burbank", 91501, 6],
    ),
  },
  {
    id: 130,
    name: "Orange County",
    propertyCount: 850,
    latitude: 33.72,
    longitude: -117.83,
    halfHeight: 0.16,
    halfWidth: 0.2,
    areaCode: "714",
    cities: cities(
      "CA",
      ["Anaheim", 92801, 7],
      ["Irvine", 92602, 10],
      ["Santa Ana", 92701, 7],
      ["Costa Mesa", 92626, 2],
      ["Fullerton", 92831, 5],
      ["Huntington Beach", 92646, 4],
    ),
  },
  {
    id: 861,
    name: "San Diego",
    propertyCount: 750,
    latitude: 32.86,
    longitude: -117.13,
    halfHeight: 0.24,
    halfWidth: 0.16,
    areaCode: "619",
    cities: cities(
      "CA",
      ["San Diego", 92101, 30],
      ["Carlsbad", 92008, 4],
      ["Chula Vista", 91910, 6],
      ["Escondido", 92025, 5],
      ["El Cajon", 92019, 3],
    ),
  },
  {
    id: 776,
    name: "Phoenix",
    propertyCount: 950,
    latitude: 33.48,
    longitude: -112.03,
    halfHeight: 0.22,
    halfWidth: 0.3,
    areaCode: "602",
    cities: cities(
      "AZ",
      ["Phoenix", 85003, 50],
      ["Tempe", 85281, 4],
      ["Mesa", 85201, 15],
      ["Chandler", 85224, 3],
      ["Scottsdale", 85250, 12],
      ["Glendale", 85301, 8],
    ),
  },
  {
    id: 316,
    name: "Dallas-Fort Worth",
    propertyCount: 1_150,
    latitude: 32.82,
    longitude: -97.03,
    halfHeight: 0.24,
    halfWidth: 0.42,
    areaCode: "214",
    cities: cities(
      "TX",
      ["Dallas", 75201, 50],
      ["Fort Worth", 76101, 40],
      ["Irving", 75060, 4],
      ["Arlington", 76010, 8],
      ["Plano", 75023, 3],
      ["Carrollton", 75006, 2],
      ["Garland", 75040, 5],
    ),
  },
  {
    id: 1276,
    name: "Houston",
    propertyCount: 950,
    latitude: 29.78,
    longitude: -95.42,
    halfHeight: 0.26,
    halfWidth: 0.32,
    areaCode: "713",
    cities: cities(
      "TX",
      ["Houston", 77002, 90],
      ["Sugar Land", 77478, 2],
      ["Pasadena", 77502, 6],
      ["Katy", 77449, 2],
      ["The Woodlands", 77380, 3],
    ),
  },
  {
    id: 159,
    name: "Austin",
    propertyCount: 650,
    latitude: 30.33,
    longitude: -97.72,
    halfHeight: 0.2,
    halfWidth: 0.16,
    areaCode: "512",
    cities: cities(
      "TX",
      ["Austin", 78701, 55],
      ["Round Rock", 78664, 2],
      ["Pflugerville", 78660, 1],
      ["Cedar Park", 78613, 1],
    ),
  },
  {
    id: 1805,
    name: "Atlanta",
    propertyCount: 950,
    latitude: 33.8,
    longitude: -84.38,
    halfHeight: 0.26,
    halfWidth: 0.28,
    areaCode: "404",
    cities: cities(
      "GA",
      ["Atlanta", 30303, 45],
      ["Marietta", 30060, 9],
      ["Norcross", 30071, 1],
      ["Duluth", 30096, 2],
      ["Kennesaw", 30144, 1],
      ["Decatur", 30030, 6],
    ),
  },
  {
    id: 1264,
    name: "Chicago",
    propertyCount: 1_150,
    latitude: 41.88,
    longitude: -87.84,
    halfHeight: 0.26,
    halfWidth: 0.24,
    areaCode: "312",
    cities: cities(
      "IL",
      ["Chicago", 60601, 55],
      ["Elk Grove Village", 60007, 1],
      ["Schaumburg", 60173, 2],
      ["Naperville", 60540, 1],
      ["Cicero", 60804, 1],
      ["Des Plaines", 60016, 3],
    ),
  },
  {
    id: 716,
    name: "New York",
    propertyCount: 1_250,
    latitude: 40.73,
    longitude: -73.96,
    halfHeight: 0.13,
    halfWidth: 0.18,
    areaCode: "212",
    cities: [
      ...cities("NY", ["New York", 10001, 39], ["Brooklyn", 11201, 38], ["Long Island City", 11101, 6]),
      ...cities("NY", ["Bronx", 10451, 24], ["Yonkers", 10701, 5]),
      ...cities("NJ", ["Jersey City", 7302, 5], ["Newark", 7102, 7]),
    ],
  },
  {
    id: 865,
    name: "San Francisco",
    propertyCount: 700,
    latitude: 37.68,
    longitude: -122.41,
    halfHeight: 0.12,
    halfWidth: 0.08,
    areaCode: "415",
    cities: cities(
      "CA",
      ["San Francisco", 94102, 32],
      ["South San Francisco", 94080, 1],
      ["San Mateo", 94401, 4],
      ["Burlingame", 94010, 1],
      ["Daly City", 94014, 2],
    ),
  },
  {
    id: 332,
    name: "Denver",
    propertyCount: 750,
    latitude: 39.75,
    longitude: -104.96,
    halfHeight: 0.2,
    halfWidth: 0.22,
    areaCode: "303",
    cities: cities(
      "CO",
      ["Denver", 80202, 45],
      ["Aurora", 80010, 9],
      ["Lakewood", 80214, 4],
      ["Commerce City", 80022, 1],
      ["Englewood", 80110, 4],
      ["Arvada", 80002, 6],
    ),
  },
];
