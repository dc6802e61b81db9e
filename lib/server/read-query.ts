import { z } from "zod";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
/** What a page is given as its `searchParams`. */
export type PageQuery = Promise<Query>;

/** A day and a moment of 1900 to 2199 as Postgres reads them: it knows no year 0 and no zone beyond 15 hours. */
export const dayText = z.iso.date().regex(/^(?:19|2[01])/);
export const instantText = z.iso
  .datetime({ offset: true })
  .regex(/^(?:19|2[01]).*(?:Z|[+-](?:0\d|1[0-5]):\d\d)$/);

/** Longer than anything the console writes into an address. */
const MOST_CHARACTERS = 4_000;

/**
 * The one reader of what stands in an address. Each field is read by itself: the first value of a repeated one; what is
 * empty, too long, holds a nul byte (Postgres takes none) or does not fit `schema` is as if it was not there.
 * @param schema every field of it must do without a value.
 */
export async function readQuery<Shape extends z.ZodRawShape>(
  query: PageQuery | Query,
  schema: z.ZodObject<Shape>,
): Promise<z.output<z.ZodObject<Shape>>> {
  const given = new Map(Object.entries(await query));
  const fitting = Object.entries(schema.shape).flatMap(([name, field]) => {
    const value = [given.get(name)].flat()[0];
    const usable = value && value.length <= MOST_CHARACTERS && !value.includes("\0");
    return usable && (field as z.ZodType).safeParse(value).success ? [[name, value]] : [];
  });
  return schema.parse(Object.fromEntries(fitting));
}
