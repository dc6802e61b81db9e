import { serve } from "inngest/next";
import { inngest } from "@/inngest/client";
import { functions } from "@/inngest/functions";

/** A step may wait two minutes for a tap on the phone. */
export const maxDuration = 600;

export const { GET, POST, PUT } = serve({ client: inngest, functions });
