"use client";

import { useTheme } from "next-themes";
import type * as React from "react";
import { Toaster as Sonner, type ToasterProps } from "sonner";

/** Stands below the header: the buttons that decide are at the bottom edge, and a toast must not lie on them. */
function Toaster(props: ToasterProps) {
  const { theme } = useTheme();
  return (
    <Sonner
      theme={theme === "dark" || theme === "light" ? theme : "system"}
      className="toaster group"
      position="top-right"
      offset={{ top: "calc(var(--header-height) + 0.5rem)", right: "1rem" }}
      mobileOffset={{ top: "calc(var(--header-height) + 0.5rem)", left: "1rem", right: "1rem" }}
      closeButton
      style={
        {
          "--normal-bg": "var(--popover)",
          "--normal-text": "var(--popover-foreground)",
          "--normal-border": "var(--border)",
          "--border-radius": "var(--radius)",
          fontFamily: "inherit",
        } as React.CSSProperties
      }
      toastOptions={{
        classNames: {
          description: "text-muted-foreground!",
          actionButton: "h-8! px-3! font-semibold! touch:h-11!",
          closeButton: "after:absolute after:-inset-3",
          success: "[&_[data-icon]]:text-positive",
          error: "[&_[data-icon]]:text-danger",
          warning: "[&_[data-icon]]:text-attention",
          info: "[&_[data-icon]]:text-info",
        },
      }}
      {...props}
    />
  );
}

export { toast } from "sonner";
export { Toaster };
