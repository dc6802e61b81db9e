import type { NextConfig } from "next";

const config: NextConfig = {
  // Another folder keeps a second console on this machine from building into this one.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  // These load files, processes or sockets of their own and must not be bundled.
  serverExternalPackages: ["playwright", "execa", "pino", "ws", "date-holidays"],
  // `npm test` type-checks the whole repository, with the same compiler and more files than the build sees.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  // The console is opened by this address in development too.
  allowedDevOrigins: ["127.0.0.1"],
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "x-content-type-options", value: "nosniff" },
        { key: "referrer-policy", value: "same-origin" },
        { key: "x-frame-options", value: "DENY" },
      ],
    },
  ],
};

export default config;
