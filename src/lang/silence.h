/* What a drafter would find and the parties want so: findings of drafting that the agreement itself
 * silences, with the reason.  A part of the model; see model.h.  What is found is room lint's; only the
 * names of its rules stand here, since the sentence that silences one names it. */
#ifndef TRUCE_LANG_SILENCE_H
#define TRUCE_LANG_SILENCE_H

#include "base/diag.h"

enum drafting_rule {
    RULE_NO_BEARER,
    RULE_NO_DEADLINE,
    RULE_NO_REFERENCE_LINE,
    RULE_NO_UNIT,
    RULE_NO_VERIFIER,
    RULE_NO_CONSEQUENCE,
    RULE_UNDEFINED_TERM,
    RULE_UNUSED_TERM,
    RULE_DEADLINE_BEFORE_TRIGGER,
    RULE_ZONE_NOBODY_COVERS,
    RULE_PERMISSION_MEETS_PROHIBITION,
    RULE_DUTY_ON_CONSENT,
    RULE_TEXT_WITHOUT_SENTENCE,
    RULE_TEXT_DIFFERS,
    RULE_PARTY_NOT_BOUND,
    RULE_VAGUE_WORD,
    RULE_WHAT_IS_ONE,
    RULE_WHICH_DAYS,
    RULE_DEADLINE_ON_HOLIDAY,
    RULE_DOUBLE_NUMBER,
    RULE_NOT_PLAIN,
    RULE_IDLE_SILENCE /* the one that cannot be silenced */
};
#define DRAFTING_RULES 22

/* "duty-on-anothers-consent", as programs name it. */
const char *drafting_rule_code(enum drafting_rule r);
/* "duty on another's consent", as sentences do. */
const char *drafting_rule_spoken(enum drafting_rule r);
/* Either of the two, `-`, `_` and blanks alike, an apostrophe or none. */
bool drafting_rule_find(struct str words, enum drafting_rule *out);

/* `not a finding: no deadline of pullback, because the parties leave it to the commission.` */
struct silence {
    enum drafting_rule rule;
    struct str
        about; /* a declared name, or words of the text in quotation marks; empty: whatever the
                         rule finds in the clause and in those under it; beside the head of the
                         agreement: anywhere */
    struct str reason;
    struct str sentence;
    uint32_t clause;
    struct place at;
};

#endif
