import type { Classification } from "@/lib/replies/classification";

export type AgentCategory = Classification["category"];

export interface CategoryRule {
  category: AgentCategory;
  /** 1 hints, 2 says it, 3 leaves no doubt. */
  weight: 1 | 2 | 3;
  words: RegExp;
}

function rule(category: AgentCategory, weight: 1 | 2 | 3, words: RegExp): CategoryRule {
  return { category, weight, words };
}

/** What owners write, by what they mean. Each rule counts once per mail. */
export const CATEGORY_RULES: readonly CategoryRule[] = [
  rule(
    "hard_pass",
    3,
    /\b(?:never|do not|don'?t) (?:ever )?(?:contact|e-?mail|call|write|reach out to|bother)(?:ing)?(?: (?:to )?(?:me|us|this|our))?\b(?!.*\bbroker)/i,
  ),
  rule(
    "hard_pass",
    3,
    /\bunsubscribe\b|\bopt[- ]?out\b|\bstop (?:e-?mailing|contacting|calling|writing|bothering|sending)|\bleave (?:me|us) alone\b|\blose (?:my|our) (?:e-?mail|number|address)\b|\bharass/i,
  ),
  rule(
    "hard_pass",
    3,
    /\b(?:remove|take) (?:me|us|my|our|this address)\b.{0,40}\b(?:list|off|database|e-?mail)|\bnot for sale\b.{0,30}\b(?:ever|never|period)\b|\bwill never (?:be )?(?:sell|sold|for sale)|\bnever sell/i,
  ),
  rule("hard_pass", 2, /\bcease and desist\b|\bmy (?:attorney|lawyer) will\b/i),
  rule(
    "soft_pass",
    2,
    /\b(?:not|aren'?t|isn'?t|no plans|no intention|don'?t plan)\b.{0,40}\b(?:sell|selling|sale|seller|sellers|market|disposition)\b/i,
  ),
  rule(
    "soft_pass",
    2,
    /\b(?:not (?:right )?now|not at (?:this|the) (?:time|moment)|not (?:currently|today|yet)|bad timing|timing (?:is not|isn'?t|is off|is wrong)|too (?:early|soon))\b/i,
  ),
  rule(
    "soft_pass",
    2,
    /\b(?:maybe|perhaps|possibly|try (?:me|us)|check back|circle back|reach (?:back )?out|touch base|revisit|get back to (?:me|us))\b.{0,40}\b(?:next|later|again|in (?:a|the|20|q[1-4]|six|\d)|20\d\d|spring|summer|fall|winter|down the road)/i,
  ),
  rule("soft_pass", 2, /\b(?:may|might|could) sell\b.{0,30}\b(?:20\d\d|later|next|someday|down the road)\b/i),
  rule(
    "soft_pass",
    1,
    /\b(?:happy with|keep us in mind|just (?:refinanced|signed|renewed)|long[- ]term hold|holding (?:for|on|long)|hold(?:ing)? it for)\b/i,
  ),
  rule(
    "soft_pass",
    1,
    /\b(?:not|no longer) interested\b|\bno thanks?\b|\bno,? thank you\b|\bwe(?:'ll| will) pass\b/i,
  ),
  rule(
    "interested",
    2,
    /(?<!not )(?<!n't )(?<!no longer )\b(?:interested in|(?:i'm|i am|we're|we are|very|yes,?|definitely) interested\b|would consider|(?:we|i)(?:'d| would) (?:consider|entertain|be open|listen)|open to (?:an? |your )?(?:offers?|sell|selling|discuss|hearing|talk|a conversation))/i,
  ),
  rule(
    "interested",
    2,
    /\b(?:let'?s (?:talk|discuss|set up|chat|connect)|give (?:me|us) a (?:call|ring)|call me|happy to (?:talk|discuss|chat|hop on)|set up a (?:call|time)|tell (?:me|us) more|(?:i'm|i am|we're|we are) listening|worth a conversation)\b/i,
  ),
  rule(
    "interested",
    2,
    /\b(?:send|share|put|e-?mail)\b.{0,30}\b(?:an? offer|your offer|loi|letter of intent|your (?:number|price|terms))\b|\bwhat (?:are|would|could) you (?:offer|offering|pay|paying|thinking)/i,
  ),
  rule(
    "interested",
    1,
    /\b(?:right (?:price|number)|for the right|good timing|perfect timing|been thinking (?:about|of) selling|ready to sell)\b/i,
  ),
  rule(
    "question",
    2,
    /\b(?:who|what|which|where|how|when|is|are|do|does|can|could|would|will)\b[^.!?]{3,160}\?/i,
  ),
  rule(
    "question",
    1,
    /\b(?:proof of funds|who is (?:the|your) buyer|more (?:details|information) (?:on|about) the buyer|please clarify)\b/i,
  ),
  rule(
    "referral",
    3,
    /\b(?:talk|speak|reach out|reach|write|forward|contact|e-?mail|call|connect|get in touch)\b(?: (?:out|to|with|directly|this|it))*[^.!?]{0,40}\b(?:partner|brother|sister|son|daughter|father|mother|wife|husband|cousin|colleague|asset manager|cfo|controller|property manager|managing member|trustee|attorney|decision[- ]maker)\b/i,
  ),
  rule(
    "referral",
    3,
    /\b(?:handles|runs|decides on|makes|is responsible for|in charge of|takes care of|oversees)\b[^.!?]{0,60}\b(?:acquisitions|dispositions|sales|real estate|decisions?|this|these|properties|portfolio)\b/i,
  ),
  rule(
    "referral",
    2,
    /\b(?:the (?:right )?person (?:to|you)|copied|cc'?(?:ed|ing|d)|looping in|adding)\b[^.!?]{0,60}\b[A-Z][a-z]+ [A-Z]/,
  ),
  rule(
    "broker_redirect",
    3,
    /\b(?:our|my|the|a|listing) (?:listing )?(?:broker|agent)\b|\b(?:listed|represented|exclusive(?:ly)?|engaged) (?:with|by)\b|\blisting (?:agent|broker)\b/i,
  ),
  rule(
    "broker_redirect",
    2,
    /\b(?:CBRE|JLL|Colliers|Cushman|Newmark|Marcus (?:&|and) Millichap|Lee (?:&|and) Associates|Kidder|Avison|Berkadia)\b/,
  ),
  rule(
    "wrong_contact",
    3,
    /\bwrong (?:person|e-?mail|contact|address|company|number|guy|owner)\b|\byou have the wrong\b|\bnever owned\b|\b(?:not|am not|are not) the owners?\b/i,
  ),
  rule(
    "wrong_contact",
    3,
    /\b(?:don'?t|do not|no longer|didn'?t|never did) own\b|(?:\b(?:i|we) (?:already )?|^(?:already )?)sold (?:it|that|this|the)\b|\b(?:was|were) sold (?:in|last|years|back)\b|\bno longer (?:with|work|at|employed|involved)\b|\bleft the company\b|\bnot affiliated\b/i,
  ),
  rule(
    "buyer_inquiry",
    3,
    /\b(?:we are|we're|i am|i'm|our group is) (?:also |actively |active |always |all[- ]cash |cash ){0,2}(?:buyers?\b|buying\b|acquiring\b|looking to (?:buy|acquire|purchase))|\b(?:add|put) (?:me|us)\b[^.!?]{0,30}\b(?:buyers?|distribution|deal) list\b/i,
  ),
  rule(
    "buyer_inquiry",
    2,
    /\b(?:do you have|send (?:me|us)|have any)\b[^.!?]{0,30}\b(?:listings|deals|off[- ]market|inventory|for sale)\b|\bour (?:acquisition|buying) criteria\b/i,
  ),
];
