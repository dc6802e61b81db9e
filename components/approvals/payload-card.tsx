import type { ReactNode } from "react";
import { KeyValueList } from "@/components/shell/key-value-list";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";

interface PayloadCardProps {
  readonly number: number;
  readonly title: string;
  readonly reasoning: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly json: string;
  /** How much it would find, where that is known */
  readonly count?: ReactNode;
}

/** One payload as what it means; the raw query is one click away. */
export function PayloadCard({ number, title, reasoning, facts, json, count }: PayloadCardProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          {number}. {title}
        </CardTitle>
        <CardDescription>{reasoning}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3">
        {count}
        <KeyValueList items={facts.map((fact) => ({ key: fact.label, value: fact.value }))} />
        <details className="text-sm">
          <summary className="cursor-pointer text-muted-foreground touch:min-h-11 touch:content-center">
            Raw CoStar query
          </summary>
          <pre className="mt-2 max-h-80 overflow-auto rounded-md bg-muted p-3 text-xs">{json}</pre>
        </details>
      </CardContent>
    </Card>
  );
}
