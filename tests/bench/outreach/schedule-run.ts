import { usHolidays } from "@/lib/schedule/holidays";
import { planSends } from "@/lib/schedule/plan-sends";
import { US_ZONES } from "@/lib/schedule/zones";

// Started by schedule.ts in a process of its own, so that memory is the plan's and nothing else's. Says milliseconds and megabytes.
const count = Number(process.argv[2]);
const contacts = Array.from({ length: count }, (_, index) => ({
  contactId: `c${index}`,
  zone: US_ZONES[index % US_ZONES.length] ?? "America/New_York",
}));
const startAt = Date.parse("2027-03-08T17:00:00Z");
const taken = Array.from({ length: 2_000 }, (_, index) => startAt + index * 45_000);
const mailboxes = Array.from({ length: 8 }, (_, index) => ({
  mailboxId: `m${index}`,
  hourlyLimit: 1_000,
  // One that warms up, as a desk's newest does.
  dailyLimit:
    index === 0
      ? Array.from({ length: 60 }, (_, day) => ({ from: startAt + day * 86_400_000, limit: 20 + day * 20 }))
      : 10_000,
  taken: index === 1 ? taken : [],
}));
const settings = {
  startAt,
  window: {
    start: "09:00",
    end: "17:00",
    days: [1, 2, 3, 4, 5],
    closedDates: new Set(usHolidays(2027, 2029)),
  },
  gapBusinessDays: [0, 3, 4],
  spacingMinS: 30,
  spacingMaxS: 90,
  batchSize: 50,
  batchPauseS: 600,
  hourlyLimit: 1_000,
  dailyLimit: 10_000,
  campaignDailyLimit: 8_000,
  seed: 7,
};

// The compiler has warmed up in a console that has been on for a while.
planSends(contacts.slice(0, 2_000), mailboxes, settings);
const times: number[] = [];
let most = 0;
for (let round = 0; round < 3; round++) {
  const began = performance.now();
  const plan = planSends(contacts, mailboxes, settings);
  times.push(performance.now() - began);
  most = Math.max(most, process.memoryUsage().rss);
  if (plan.length !== count * 3) throw new Error(`${plan.length} mails were placed for ${count} contacts`);
}
console.log(JSON.stringify({ ms: Math.min(...times), mb: most / 1e6 }));
