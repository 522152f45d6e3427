/* Inside plan compilation: the builder that turns core formulas into plan nodes.  Functions give the
 * number of a node, or BUILD_FAILED after a diagnostic or when memory failed (builder.fault). */
#ifndef TRUCE_ENGINE_BUILD_H
#define TRUCE_ENGINE_BUILD_H

#include "engine/node.h"

#define BUILD_FAILED UINT32_MAX

/* What a LET or LETPAST predicate stands for while its scope is compiled. */
struct binding {
    const struct formula *let;
    uint32_t node[3]; /* by polarity; BUILD_FAILED = not compiled yet */
};

struct memo {
    const struct formula *f;
    enum polarity polarity;
    uint32_t node;
};

struct builder {
    struct plan *plan;
    struct diags *d;
    struct binding *lets; /* by predicate of the scope */
    struct memo *memos;
    size_t n_memos, cap_memos;
    bool fault;
};

/* The node that computes f. */
uint32_t build(struct builder *b, const struct formula *f, enum polarity polarity);
uint32_t build_and(struct builder *b, const struct formula *f, enum polarity polarity);
uint32_t build_letpast(struct builder *b, const struct formula *f, enum polarity polarity);
uint32_t build_match(struct builder *b, const struct formula *f, enum polarity polarity);

/* A new node with these columns (copied) and room for n_in inputs. */
uint32_t build_node(struct builder *b, const struct op *op, const struct formula *f,
                    enum polarity polarity, const uint32_t *vars, uint32_t ncols, uint32_t n_in);

/* Column of a variable in a node, NO_COLUMN when it has none. */
uint32_t build_column(const struct pnode *n, uint32_t var);
/* For each of n variables its column in `node` (in the plan's arena). */
uint32_t *build_columns(struct builder *b, uint32_t node, const uint32_t *vars, uint32_t n);

uint32_t build_unit(struct builder *b, const struct formula *f, enum polarity polarity);

enum polarity polarity_flip(enum polarity p);

uint32_t build_refuse(struct builder *b, const char *code, const struct formula *f,
                      const char *what);

#endif
