import { PhoneIcon } from "lucide-react";
import { Section } from "@/components/shell/section";
import { Time } from "@/components/words/time";
import type { ReplyFacts } from "@/lib/replies/reply-facts";
import { listPrices } from "./price-words";

/** What the reply states, each fact with the words it came from. */
export function FactsPanel({ facts }: { facts: ReplyFacts }) {
  const prices = listPrices(facts);
  const agent = facts.agent;
  const agentPhones = (agent?.phones ?? []).filter(
    (phone) => !facts.phones.some((known) => digits(known.words) === digits(phone)),
  );
  const agentTimes = facts.callTimes.length > 0 ? [] : (agent?.callTimes ?? []);
  const nothing =
    prices.length + facts.phones.length + facts.callTimes.length + agentPhones.length + agentTimes.length ===
      0 &&
    !facts.people.length &&
    !facts.documents.length &&
    !facts.followUp &&
    !agent?.names.length &&
    !agent?.documents.length;
  return (
    <Section title="Facts" frame="card" className="mb-0">
      {nothing ? (
        <p className="text-muted-foreground">No price, name, phone number, time or document is stated.</p>
      ) : (
        <dl className="grid gap-3">
          {prices.map(({ label, value, words, note }) => (
            <Fact key={label} label={label} words={words} note={note}>
              <span className="text-lg font-semibold tabular-nums">{value}</span>
            </Fact>
          ))}
          {facts.phones.map((phone) => (
            <Fact key={phone.words} label="Phone" words={phone.words}>
              <PhoneLink number={phone.e164} extension={phone.extension} words={phone.words} />
            </Fact>
          ))}
          {agentPhones.map((phone) => (
            <Fact key={phone} label="Phone" words={null}>
              {phone}
            </Fact>
          ))}
          {facts.callTimes.map((time) => (
            <Fact key={time.words} label="Call" words={time.words}>
              {time.at ? (
                <Time iso={time.at} show="both" className="font-semibold" />
              ) : (
                "No exact time; see their words."
              )}
            </Fact>
          ))}
          {agentTimes.map((time) => (
            <Fact key={time} label="Call" words={null}>
              {time}
            </Fact>
          ))}
          {facts.people.map((person) => (
            <Fact key={person.words} label="Named person" words={person.words}>
              {[person.name, person.role, person.firm].filter(Boolean).join(", ")}
              {(person.email || person.phone) && (
                <span className="block text-muted-foreground">
                  {[person.email, person.phone].filter(Boolean).join(" · ")}
                </span>
              )}
            </Fact>
          ))}
          {facts.documents.map((document) => (
            <Fact key={document.words} label={`Document, ${document.state}`} words={document.words}>
              {document.name}
            </Fact>
          ))}
          {facts.followUp && (
            <Fact label="Ask again on" words={facts.followUp.words}>
              {facts.followUp.isoDate}
            </Fact>
          )}
          {agent && facts.people.length === 0 && agent.names.length > 0 && (
            <Fact label="Names" words={null}>
              {agent.names.join(", ")}
            </Fact>
          )}
          {agent && facts.documents.length === 0 && agent.documents.length > 0 && (
            <Fact label="Documents" words={null}>
              {agent.documents.join(", ")}
            </Fact>
          )}
        </dl>
      )}
    </Section>
  );
}

function Fact(props: {
  label: string;
  words: string | null;
  note?: string | undefined;
  children: React.ReactNode;
}) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-xs text-muted-foreground">{props.label}</dt>
      <dd className="grid gap-0.5 break-words">
        <span>{props.children}</span>
        {props.words === null ? (
          <span className="text-xs text-muted-foreground">as the agent read it</span>
        ) : (
          <q className="text-xs text-muted-foreground">{props.words}</q>
        )}
        {props.note && <span className="text-xs text-attention">{props.note}</span>}
      </dd>
    </div>
  );
}

function PhoneLink({
  number,
  extension,
  words,
}: {
  number: string | null;
  extension: string;
  words: string;
}) {
  if (!number) return <span className="font-semibold tabular-nums">{words}</span>;
  return (
    <a
      href={`tel:${number}${extension ? `;ext=${extension}` : ""}`}
      className="inline-flex items-center gap-1.5 font-semibold text-primary tabular-nums underline-offset-4 hover:underline touch:min-h-11"
    >
      <PhoneIcon aria-hidden="true" className="size-4" />
      {number}
      {extension && ` ext. ${extension}`}
    </a>
  );
}

const digits = (text: string) => text.replace(/\D/g, "").slice(-10);
