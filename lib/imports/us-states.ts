const NAMES =
  "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,PR Puerto Rico,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,VI Virgin Islands,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming";

const CODES = new Map(NAMES.split(",").map((entry) => [entry.slice(3).toLowerCase(), entry.slice(0, 2)]));

/** A state by its two letters, whether it was written so or in full; what is neither stays as it is. */
export function stateCode(text: string): string {
  const written = text.trim();
  if (/^[a-z]{2}$/i.test(written)) return written.toUpperCase();
  return CODES.get(written.toLowerCase().replaceAll(/\s+/g, " ")) ?? written;
}
