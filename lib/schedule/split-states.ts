/**
 * ZIP codes of split states that keep another zone than most of their state: 3-digit prefixes where most of a sectional centre does, five
 * digits where single post offices do. Five digits count before three, so a prefix that reaches over the line has its exceptions listed;
 * where only three digits are known, and where a ZIP code itself reaches over the line, the side with more people counts.
 *
 * Source: the boundaries by county in 49 CFR 71.5-71.9 as they stand (Morton County, ND, Central since 2003; Mercer County, ND, since 2010;
 * Wayne County, KY, Eastern since 2000; Pike, Daviess, Dubois, Knox and Martin counties, IN, Eastern since 2007), with the post offices of
 * those counties; for the Navajo Nation, its keeping of daylight saving time. Towns that keep a neighbour's time without the law
 * (Phenix City, AL; Jackpot, NV) have their state's.
 */
const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Aleutians west of 169°30'W
  AK: { "America/Adak": "99546 99547" },
  // The Navajo Nation keeps daylight saving time.
  AZ: {
    "America/Denver":
      "86020 86031 86033 86035 86044 86045 86053 86054 86503 86504 86505 86506 86507 86508 86510 86511 86514 86515 86520 86535 86538 86540 86544 86545 86547 86556",
  },
  // The panhandle west of the Apalachicola; Port St. Joe keeps Eastern.
  FL: { "America/Chicago": "324 325", "America/New_York": "32456 32457" },
  // North of the Salmon River; Riggins and Pollock lie south of it.
  ID: { "America/Los_Angeles": "835 838", "America/Denver": "83547 83549" },
  // Round Chicago and round Evansville
  IN: {
    "America/Chicago":
      "463 464 476 477 46531 46532 46534 46968 47514 47515 47520 47523 47525 47531 47536 47537 47550 47551 47552 47556 47574 47576 47577 47579 47586 47588 47922 47943 47948 47951 47963 47964 47977 47978",
  },
  KS: { "America/Denver": "67733 67735 67741 67758 67761 67762 67836 67857 67878 67879" },
  // West of Louisville and Lexington
  KY: {
    "America/Chicago":
      "420 421 422 423 424 40111 40115 40119 40140 40143 40144 40145 40146 40152 40170 40171 40176 40178 42602 42603 42629 42642 42711 42712 42713 42714 42715 42717 42720 42721 42722 42726 42728 42729 42730 42731 42741 42742 42743 42746 42749 42753 42754 42755 42759 42762 42765 42782 42786",
  },
  // Gogebic, Iron, Dickinson and Menominee counties
  MI: {
    "America/Chicago":
      "49801 49802 49812 49815 49821 49831 49834 49845 49847 49848 49852 49858 49863 49870 49873 49874 49876 49877 49881 49886 49887 49892 49893 49896 49902 49903 49911 49915 49920 49927 49935 49938 49947 49959 49964 49968 49969",
  },
  // The southwest, beyond the Missouri; of the Dickinson sectional centre, Glen Ullin and Hebron are in Morton County.
  ND: { "America/Denver": "586 58529 58533 58562 58564 58569", "America/Chicago": "58631 58638" },
  // The panhandle and the southwest corner
  NE: {
    "America/Denver":
      "693 69021 69023 69027 69030 69033 69037 69041 69045 69121 69122 69125 69127 69128 69129 69131 69133 69134 69140 69141 69144 69145 69146 69147 69148 69149 69150 69152 69153 69154 69155 69156 69160 69162 69168 69190 69211 69216 69218 69219",
  },
  NV: { "America/Denver": "89883" },
  // Malheur County
  OR: { "America/Denver": "979", "America/Los_Angeles": "97904 97905 97907" },
  // West of the Missouri
  SD: {
    "America/Denver": "576 577 57521 57537 57543 57547 57551 57552 57553 57567 57574 57577",
    "America/Chicago": "57601 57604 57631 57632 57646 57648",
  },
  // The eastern third; Chattanooga's own sectional centre reaches over the line.
  TN: {
    "America/New_York": "373 374 376 377 378 379",
    "America/Chicago":
      "37301 37305 37306 37313 37318 37324 37327 37328 37330 37334 37335 37339 37340 37342 37345 37347 37348 37349 37352 37355 37356 37357 37359 37360 37365 37366 37367 37374 37375 37376 37378 37380 37382 37383 37387 37388 37389 37394 37396 37397 37398 37723",
  },
  // El Paso and Hudspeth counties
  TX: { "America/Denver": "799 885 79821 79835 79836 79837 79838 79839 79847 79849 79851 79853" },
};

const BY_ZIP: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(ELSEWHERE).map(([state, zones]) => [
    state,
    new Map(
      Object.entries(zones).flatMap(([zone, zips]) => zips.split(" ").map((zip) => [zip, zone] as const)),
    ),
  ]),
);

/** The zone of a ZIP code where it is another than most of its (two-letter, upper-case) state's. */
export function zoneElsewhere(state: string, zip: string): string | undefined {
  const zones = BY_ZIP.get(state);
  return zones?.get(zip.slice(0, 5)) ?? zones?.get(zip.slice(0, 3));
}

/** Every zone that some part of a state keeps beside its usual one. */
export const ZONES_ELSEWHERE: readonly string[] = [
  ...new Set(Object.values(ELSEWHERE).flatMap((zones) => Object.keys(zones))),
];
