import Holidays from "date-holidays";

/**
 * Days a US business does not expect a cold mail: public and bank holidays, the nominal and the observed day.
 * @returns ISO dates, sorted, for every year from `fromYear` to `toYear`.
 */
export function usHolidays(fromYear: number, toYear: number): string[] {
  const calendar = new Holidays("US");
  const days = new Set<string>();
  for (let year = fromYear; year <= toYear; year++) {
    for (const holiday of calendar.getHolidays(year)) {
      if (holiday.type === "public" || holiday.type === "bank") days.add(holiday.date.slice(0, 10));
    }
  }
  return [...days].sort();
}
