/* Questions about what could happen under a draft: is there a timeline in which these provisions are
 * kept and that is so?
 *
 * A *rule* is a provision of one side, with what it takes, moment by moment, to arise, to be
 * violated and to be used (of a permission: the act done as permitted).  Rules that the bounded
 * world cannot express are `refused`, with a reason; they take part in no question and are listed
 * beside every answer. */
#ifndef TRUCE_TALKS_DRAFT_LOGIC_H
#define TRUCE_TALKS_DRAFT_LOGIC_H

#include "talks/draft_ground.h"
#include "talks/marco.h"

struct draft_bearer {
    uint32_t actor; /* VERDICT_ALL: all together */
    struct draft_grounded at;
    Z3_ast violated;
};

struct draft_rule {
    uint32_t side, provision;
    const char *refused; /* NULL: it can be reasoned about */
    bool cut;            /* some of its deadlines lie behind the horizon */
    bool owes;           /* something is to be done for it: a duty, a consequence */
    struct draft_bearer *bearers;
    uint32_t n_bearers;
    Z3_ast violated, made, used;
    Z3_ast keep; /* literal: it is not violated */
};

/* What happens in one timeline: by draft_vars.flat. */
struct draft_timeline {
    bool *on; /* NULL: none */
};

struct draft_logic {
    struct draft_world *w;
    struct draft_vars vars;
    Z3_context z3;
    Z3_solver solver;
    struct draft_rule *rules;
    uint32_t n_rules;
    bool scarce;   /* some rule counts more than the world has items for */
    Z3_ast *asked; /* room for a question */
    size_t cap_asked;
    uint32_t n_unknown; /* questions that were given up */
    uint64_t until_ms;
};

/* STATUS_OK, or STATUS_FAULT.  To be freed in every case.  `ms`: how long all questions may take. */
enum status draft_logic_init(struct draft_logic *d, struct draft_world *w, Z3_context z3,
                             uint64_t ms);
void draft_logic_free(struct draft_logic *d);

/* The rule of a provision. */
struct draft_rule *draft_rule_of(const struct draft_logic *d, uint32_t side, uint32_t provision);

/* A literal that stands for a formula. */
Z3_ast draft_literal(struct draft_logic *d, Z3_ast formula);

enum draft_answer {
    DRAFT_POSSIBLE,   /* by a timeline of the world's items */
    DRAFT_IMPOSSIBLE, /* however much happens */
    DRAFT_SCARCE,     /* perhaps, if more happened than the world has items for */
    DRAFT_UNKNOWN
};

/* Can all the literals hold together? */
enum draft_answer draft_ask(struct draft_logic *d, const Z3_ast *literals, uint32_t n);

/* After DRAFT_IMPOSSIBLE: which literals (by index) are needed for it; a minimal set, `fixed` of
 * them (the first ones) always kept.  Returns how many of the others; `out` has room for n. */
uint32_t draft_core(struct draft_logic *d, const Z3_ast *literals, uint32_t n, uint32_t fixed,
                    uint32_t *out);

/* After DRAFT_POSSIBLE for the same literals: a timeline with nothing in it that could be left out.
 * False when memory fails. */
bool draft_timeline(struct draft_logic *d, const Z3_ast *literals, uint32_t n,
                    struct draft_timeline *out);

/* A timeline in which nothing happens, or (everything) every item does. */
bool draft_timeline_of(struct draft_logic *d, bool everything, struct draft_timeline *out);

#endif
