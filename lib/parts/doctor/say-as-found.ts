import type { Checked } from "./run-checks";
import { sayCheck, sayVerdict } from "./say-report";

/**
 * Prints each check when it is done, under its group. Checks that do not apply come last in their group, those with the same
 * reason in one line.
 */
export function sayAsFound(print: (line: string) => void): {
  checked(checked: Checked): void;
  end(all: readonly Checked[]): void;
} {
  let group: Checked["group"] | undefined;
  let left: Checked[] = [];
  const sayLeft = () => {
    for (const says of new Set(left.map((one) => one.says))) {
      const same = left.filter((one) => one.says === says);
      const [first] = same;
      if (first) print(sayCheck({ ...first, title: same.map((one) => one.title).join(", ") }));
    }
    left = [];
  };
  return {
    checked(checked) {
      if (checked.group !== group) {
        sayLeft();
        print(`\n${checked.group}`);
        group = checked.group;
      }
      if (checked.status === "skipped") left.push(checked);
      else print(sayCheck(checked));
    },
    end(all) {
      sayLeft();
      print(`\n${sayVerdict(all)}`);
    },
  };
}
