"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { NativeSelect } from "@/components/ui/native-select";
import type { DeskSettings } from "@/lib/settings/desk-settings";
import { TextField } from "./desk-fields";
import { sayDay } from "./say-day";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

type WindowFieldsProps = {
  settings: DeskSettings;
  zones: readonly string[];
  holidays: readonly string[];
  errorOf: (name: string) => string | undefined;
};

/** Hours, weekdays, zone and holidays of the send window. */
export function WindowFields({ settings, zones, holidays, errorOf }: WindowFieldsProps) {
  const daysError = errorOf("window_days");
  return (
    <>
      <TextField
        label="From"
        name="window_start"
        value={settings.window_start}
        error={errorOf("window_start")}
        hint="24-hour clock, like 09:00."
      />
      <TextField
        label="Until"
        name="window_end"
        value={settings.window_end}
        error={errorOf("window_end")}
        hint="24:00 is the end of the day."
      />
      <fieldset className="sm:col-span-2">
        <legend className="mb-1.5 font-semibold">Days</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {DAYS.map((day, index) => (
            <Label key={day} className="font-normal touch:min-h-11">
              <Checkbox
                name="window_days"
                value={index + 1}
                defaultChecked={settings.window_days.includes(index + 1)}
              />
              {day}
            </Label>
          ))}
        </div>
        {daysError && (
          <p role="alert" className="mt-1 text-xs font-semibold text-danger">
            {daysError}
          </p>
        )}
      </fieldset>
      <Field label="Time zone" hint="For contacts whose own zone is not known." error={errorOf("time_zone")}>
        {(control) => (
          <NativeSelect {...control} name="time_zone" defaultValue={settings.time_zone}>
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll("_", " ")}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <div className="grid content-start gap-1.5">
        <Label className="touch:min-h-11">
          <Checkbox name="keep_holidays" defaultChecked={settings.keep_holidays} />
          Send nothing on US holidays
        </Label>
        <p className="text-xs text-muted-foreground">Next: {holidays.map(sayDay).join(" · ")}.</p>
      </div>
    </>
  );
}
