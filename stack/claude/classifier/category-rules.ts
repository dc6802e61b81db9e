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
    "opt_out",
    3,
    /\b(?:never|do not|don['’]?t|dont|please stop|stop|quit|cease) (?:ever |again |please )?(?:contact|e-?mail|writ(?:e|ing)|reach(?:ing)? out to|bother|spam|mail|pester|harass|send)\w*(?: (?:to )?(?:me|us|this|our|my|again|any ?more)\b)/i,
  ),
  rule(
    "opt_out",
    3,
    /\bun-?su?bs?c\w*|\bopt[- ]?(?:me )?out\b|\bleave (?:me|us) alone\b|\blose (?:my|our) (?:e-?mail|number|address)\b|\bharass|(?<!\byou )\b(?:remove|take|get|drop|delete|strike|scratch) (?:me|us|my|our|this address)\b.{0,40}\b(?:list|off|database|e-?mail|records?|thing)/i,
  ),
  rule(
    "opt_out",
    3,
    /\bcease and desist\b|\b(?:my|our) (?:attorney|lawyer|counsel) (?:will|has|have)\b|\b(?:goes|go|going|forwarded) to (?:my|our) (?:attorney|lawyer|counsel)\b|\b(?:report|block|flag)(?:ed|ing)? (?:you|this|it)\b|\bthis is (?:spam|junk)\b/i,
  ),
  rule(
    "opt_out",
    2,
    /\b(?:sick|tired) of (?:your|these|this|getting|hearing)|\bfed up\b|\benough (?:is enough|already)\b|\bno more of (?:this|these|your)|\b(?:go|stay) away\b|\bbe the last\b|\bnever (?:want|wish) to hear\b|\bdo ?n[o'’]t want (?:any|your|these|this)\b.{0,20}\b(?:e-?mails?|mail|messages?|letters?)/i,
  ),
  rule(
    "hard_pass",
    3,
    /\bnot for sale\b.{0,30}\b(?:ever|never|period)\b|\bwill never (?:be )?(?:sell|sold|for sale)|\bnever sell|\bover my dead body\b|\bno(?:t)? (?:now|today)? ?(?:and )?not ever\b/i,
  ),
  rule("hard_pass", 2, /\b(?:never|do not|don['’]?t) (?:ever )?call (?:me|us) again\b/i),
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
    2,
    /\b(?:we|i)(?:['’]d| would)(?! not) (?:\w+ )?(?:sell|look at|listen to|review|entertain|hear|see|talk)\b|\bmake (?:me|us|an?) (?:an? )?offer\b|\bsend (?:me|us) (?:the|an?|your)\b|\bsounds (?:interesting|good|great)\b|\bwe can talk\b/i,
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
