/** The words the invented market is made of. */
export const FIRST_NAMES =
  "James Maria Robert Linda Michael Susan David Karen Anthony Patricia Daniel Nancy Kevin Angela Steven Priya Brian Mei Edward Rosa Jason Hannah Gregory Olivia Samuel Fatima Victor Grace Alan Teresa Marcus Diane Raymond Yuki Philip Carmen Douglas Irene Omar Valerie Kenneth Sofia Walter Denise Arthur Naomi Carlos Judith Peter Leila".split(
    " ",
  );
export const LAST_NAMES =
  "Halvorsen Delgado Okafor Brennan Castellano Nguyen Whitaker Yamada Petrov Kaplan Moreno Lindqvist Abernathy Chen Rosenthal Fitzgerald Haddad Kowalski Barrett Singh Mendoza Thornton Vasquez Goldberg Sato Carmichael Ibarra Novak Prescott Rahman Sandoval Tremblay Underhill Villanueva Weston Xiong Youngblood Zamora Ashford Bautista Crowley Donnelly Escobar Farrell Guerrero Holloway Iverson Jankowski Keane Lombardi".split(
    " ",
  );
export const PLACE_WORDS =
  "Mesa Harbor Summit Cedar Granite Pacific Copper Valley Ridge Canyon Sterling Monarch Bayview Ironwood Lakeshore Redstone Silverado Highland Northgate Westbrook Eastline Foothill Meridian Beacon Cascade Prairie Union Liberty Crescent Palisade Sierra Juniper Falcon Anchor Keystone Magnolia Oakmont Pinecrest Riverbend Saltbox".split(
    " ",
  );
export const BUSINESS_WORDS =
  "Properties|Realty|Capital|Holdings|Investments|Land Company|Real Estate|Asset Management|Development|Equities|Ventures|Industrial|Partners".split(
    "|",
  );
export const LEGAL_FORMS = ["LLC", "LP", "Inc.", "Group", "Co.", "& Sons", ""];
export const STREET_NAMES =
  "Main Commerce Industrial Mission Jurupa Baseline Central Airport Market Arrow Foothill Valley Archibald Vineyard Milliken Harbor Grand Lincoln Washington Jefferson Oak Cedar Mill Railroad Enterprise Technology Sunset Lakeview Highland Union Park Canal Quarry Depot Orchard Spruce Franklin Madison Pioneer Century".split(
    " ",
  );
export const STREET_KINDS = ["St", "Ave", "Blvd", "Dr", "Rd", "Way", "Pkwy", "Ct"];
export const TITLES = [
  "Principal",
  "Managing Member",
  "President",
  "Director of Acquisitions",
  "Asset Manager",
  "Vice President",
  "Controller",
  "Managing Partner",
];
