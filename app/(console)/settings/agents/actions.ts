"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { agentsTried, shadowStarted } from "@/inngest/events";
import { AGENTS, findDefinitionProblems } from "@/lib/agents/definition-text";
import { activateDefinition, saveDefinition } from "@/lib/agents/definitions";
import { AgentError } from "@/lib/agents/failure";
import { tryAgentsNow } from "@/lib/agents/ping";
import { testDefinition } from "@/lib/agents/test-definition";
import { actionFor } from "@/lib/server/action-for";
import { Refused } from "@/lib/server/refused";
import { saveWithModel, startShadow, stopShadow, switchShadow } from "@/lib/shadows/shadows";

const agent = z.enum(AGENTS);
const version = z.string().max(64);
const source = z.string().max(200_000);
const words = (missing: string) => z.string().trim().min(1, missing).max(500);
const refresh = () => revalidatePath("/settings/agents", "layout");

/** Asks a paused provider at once; what waited is woken when it answers. */
export const tryAgents = actionFor("operator", z.object({}), async (_, { db }) => {
  const tried = await tryAgentsNow(db).catch(toWhy);
  if (tried.outcome === "answered") announce(agentsTried.create({}));
  revalidatePath("/", "layout");
  return tried.outcome === "answered" ? { answered: true, why: "" } : { answered: false, why: tried.reason };
});

function toWhy(error: unknown): { outcome: "failed"; reason: string } {
  if (error instanceof AgentError) return { outcome: "failed", reason: error.message };
  throw error;
}

/** Keeps a text. */
export const saveText = actionFor(
  "operator",
  z.object({ agent, source, note: words("Say what changed."), live: z.boolean(), expected: version }),
  async ({ agent: name, ...input }, { db }) => {
    const saved = await saveDefinition(db, name, input);
    refresh();
    return saved;
  },
);

/** Makes a kept text live; an empty version follows the file again. */
export const activate = actionFor(
  "operator",
  z.object({ agent, version, expected: version, why: words("Say why.") }),
  async ({ agent: name, version: wanted, expected, why }, { db }) => {
    await activateDefinition(db, name, wanted === "" ? null : wanted, expected, why);
    refresh();
  },
);

/** A draft on what a recorded run was given. */
export const testText = actionFor("operator", z.object({ agent, source, runId: z.uuid() }), async (input) => {
  const problems = findDefinitionProblems(input.agent, input.source);
  if (problems.length > 0) throw new Refused(problems.join(" "));
  return testDefinition(input.source, input.runId);
});

const share = {
  sharePct: z.coerce.number({ error: "Type a share from 1 to 100." }).int().min(1).max(100),
  budgetUsd: z.coerce.number({ error: "Type a budget in dollars." }).min(0.01).max(10_000),
};

/** Begins to show a kept version, or a version with another model, what the live one is asked. */
export const beginShadow = actionFor(
  "operator",
  z.object({ agent, version, model: z.string().trim().max(100), source, expected: version, ...share }),
  async (input, { db }) => {
    const candidate = input.model
      ? await saveWithModel(db, input.agent, input.source, input.model, input.expected)
      : input.version;
    const id = await startShadow(db, { ...input, version: candidate });
    announce(shadowStarted.create({}));
    refresh();
    return id;
  },
);

export const endShadow = actionFor(
  "operator",
  z.object({ id: z.uuid(), why: z.string().trim().max(500).optional() }),
  async ({ id, why }, { db }) => {
    await stopShadow(db, id, why);
    refresh();
  },
);

/** Makes the candidate live. */
export const switchTo = actionFor(
  "operator",
  z.object({ id: z.uuid(), agent, expected: version, why: words("Say why.") }),
  async ({ id, agent: name, expected, why }, { db }) => {
    await switchShadow(db, id, name, expected, why);
    refresh();
  },
);
