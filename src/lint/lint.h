/* What a careful drafter would find in an agreement that has no errors: a duty that the text states and no
 * sentence does, a number that nobody checks, two sentences that meet.  A finding is no error: the
 * agreement is understood and judged all the same.
 *
 * Each rule has a name (lang/silence.h), a reason why it matters at the table, and one function.  Rules
 * read the checked model and, where it is the text that says more than its sentences, the prose between
 * the blocks.  Prose is read in English and by its words alone: what is in another language is passed
 * over, and no finding says that the text is wrong.
 *
 * A finding is silenced in place by a sentence with a reason.  Silenced findings stay in the list, with
 * the sentence that silenced them; one that silences nothing is a finding itself. */
#ifndef TRUCE_LINT_LINT_H
#define TRUCE_LINT_LINT_H

#include "lang/model.h"
#include "lang/silence.h"

struct remark {
    enum drafting_rule rule;
    struct place at;                /* in the agreement's source */
    uint32_t clause;                /* that it stands in */
    uint32_t provision;             /* that it is about, or LANG_NONE */
    struct str about;               /* the name or the words it is about; may be empty */
    struct str what;                /* what is missing or meets: a clause without a full stop */
    struct str fix;                 /* a mended form; never empty */
    const struct silence *silenced; /* or NULL */
};

struct remarks {
    struct remark *v; /* in the order of the text */
    size_t n, cap;
    size_t silenced; /* how many of them are */
};

/* Find everything.  All memory is the arena's.  False when memory fails. */
bool lint_agreement(struct arena *a, const struct agreement *g, struct remarks *out);

/* One plain sentence: what happens at the table, or later, where it is left so. */
const char *lint_why(enum drafting_rule r);
/* Does it say that something contradicts (a warning), or that something is left open (a hint)? */
bool lint_contradicts(enum drafting_rule r);
/* What the rule looks for, in a few words. */
const char *lint_looks_for(enum drafting_rule r);

/* As text: each with its place, the clause, a caret, why it matters and a mended form; silenced ones,
 * where `all` asks for them, with their reason. */
void lint_text(const struct agreement *g, const struct remarks *f, bool all, bool colour,
               struct buf *out);
/* One object a line: rule, severity, file, line, column, end_line, end_column, clause, provision, about,
 * what, why, fix, silenced (the reason, or null). */
void lint_json(const struct agreement *g, const struct remarks *f, bool all, struct buf *out);

#endif
