import { ApiError } from "./api-error";
import type { JsonBody } from "./json-body";
import type { Catalog, Routine } from "./sql-catalog";

const QUERY_WORDS = new Set(["select", "order", "limit", "offset"]);

/**
 * Chooses the function a call means by the names of its arguments.
 * @param body the arguments of a POST; undefined for GET, where a key that is no argument may be a filter.
 * @throws {ApiError} PGRST202 when none fits, PGRST203 (300) when several do.
 */
export function pickRoutine(
  catalog: Catalog,
  schema: string,
  name: string,
  params: URLSearchParams,
  body: JsonBody | undefined,
): Routine {
  const routines = catalog.findRoutines(schema, name);
  const keys = body ? (body.isArray ? [] : Object.keys(body.rows[0] ?? {})) : [...new Set(params.keys())];
  const fitting = body?.isArray ? [] : routines.filter((routine) => fits(routine, keys, body === undefined));
  const found = fitting.length > 0 || !body ? fitting : routines.filter(takesWholeBody);
  const [first, ...others] = found;
  if (!first)
    throw routineMissing(
      schema,
      name,
      keys.filter((key) => !QUERY_WORDS.has(key)),
    );
  if (others.length > 0) throw routineAmbiguous(found);
  return first;
}

function fits(routine: Routine, keys: readonly string[], othersAllowed: boolean): boolean {
  const names = new Set(routine.arguments.map((argument) => argument.name));
  const required = routine.arguments.slice(0, routine.required);
  return (
    (othersAllowed || keys.every((key) => names.has(key))) &&
    required.every((argument) => argument.name !== "" && keys.includes(argument.name))
  );
}

/** A function of one unnamed json argument takes the body itself. */
function takesWholeBody({ arguments: args }: Routine): boolean {
  return args.length === 1 && args[0]?.name === "" && /^jsonb?$/.test(args[0].type);
}

function routineMissing(schema: string, name: string, keys: readonly string[]): ApiError {
  const given = keys.length > 0 ? `(${keys.join(", ")})` : " without parameters";
  const searched =
    keys.length > 0 ? `with parameter${keys.length > 1 ? "s" : ""} ${keys.join(", ")}` : "without parameters";
  return new ApiError(
    404,
    "PGRST202",
    `Could not find the function ${schema}.${name}${given} in the schema cache`,
    `Searched for the function ${schema}.${name} ${searched}, but no matches were found in the schema cache.`,
  );
}

function routineAmbiguous(found: readonly Routine[]): ApiError {
  const list = found.map(
    ({ schema, name, arguments: args }) =>
      `${schema}.${name}(${args.map((argument) => `${argument.name} => ${argument.type}`).join(", ")})`,
  );
  return new ApiError(
    300,
    "PGRST203",
    `Could not choose the best candidate function between: ${list.join(", ")}`,
    null,
    "Try renaming the parameters or the function itself in the database so function overloading can be resolved",
  );
}
