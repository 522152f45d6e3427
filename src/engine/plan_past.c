/* LETPAST and path expressions as plan nodes. */
#include "engine/build.h"
#include "engine/path.h"

/* Which nodes compute from node `past`? */
static bool *dependents(struct builder *b, uint32_t past)
{
    struct plan *p = b->plan;
    bool *is = arena_array(&p->arena, p->n + 1u, sizeof *is);
    if (!is) return NULL;
    is[past] = true;
    for (uint32_t i = past + 1; i < p->n; i++)
        for (uint32_t k = 0; k < p->nodes[i].n_in; k++) is[i] |= is[p->nodes[i].in[k]];
    return is;
}

/* Make node i, of the group, read its input k through a slice when that is outside the group. */
static bool slice_input(struct builder *b, uint32_t i, uint32_t k, const bool *inside,
                        uint32_t n_inside, uint32_t *slices, uint32_t group)
{
    uint32_t outer = b->plan->nodes[i].in[k];
    if (outer < n_inside && inside[outer]) return true;
    if (slices[outer] == NO_COLUMN) {
        const struct pnode *o = &b->plan->nodes[outer];
        uint32_t n = build_node(b, &op_slice, o->f, o->polarity, o->vars, o->ncols, 1);
        if (n == BUILD_FAILED) return false;
        b->plan->nodes[n].in[0] = outer;
        b->plan->nodes[n].group = group;
        slices[outer] = n;
    }
    b->plan->nodes[i].in[k] = slices[outer];
    return true;
}

/* Put what depends on node `past` into the group of the LETPAST node to come; its number is not
 * known yet, so `past` itself stands for it until then. */
static bool make_group(struct builder *b, uint32_t past)
{
    uint32_t n = b->plan->n;
    bool *inside = dependents(b, past);
    uint32_t *slices = arena_array(&b->plan->arena, n + 1u, sizeof *slices);
    if (!inside || !slices) return false;
    for (uint32_t i = 0; i < n; i++) slices[i] = NO_COLUMN;
    for (uint32_t i = past; i < n; i++) {
        if (!inside[i] || b->plan->nodes[i].group != NO_COLUMN) continue;
        b->plan->nodes[i].group = past;
        for (uint32_t k = 0; k < b->plan->nodes[i].n_in; k++)
            if (!slice_input(b, i, k, inside, n, slices, past)) return false;
    }
    return true;
}

uint32_t build_letpast(struct builder *b, const struct formula *f, enum polarity polarity)
{
    if (polarity != POLARITY_EXACT)
        return build_refuse(b, "let-past-in-agreement", f,
                            "LETPAST steps through the positions of a log; there is none here");
    const struct formula *def = f->sub[0];
    uint32_t past = build_node(b, &op_past, f, polarity, def->fv, def->n_fv, 0);
    if (past == BUILD_FAILED) return past;
    b->lets[f->pred] = (struct binding){f, {past, past, past}};
    uint32_t body = build(b, def, polarity);
    if (body == BUILD_FAILED) return body;
    if (!make_group(b, past)) {
        b->fault = true;
        return BUILD_FAILED;
    }
    /* A definition that never looks at its past is read through a slice too. */
    uint32_t root = body;
    if (b->plan->nodes[body].group != past) {
        root = build_node(b, &op_slice, def, polarity, def->fv, def->n_fv, 1);
        if (root == BUILD_FAILED) return root;
        b->plan->nodes[root].in[0] = body;
        b->plan->nodes[root].group = past;
    }
    uint32_t n = build_node(b, &op_letpast, f, polarity, def->fv, def->n_fv, 1);
    if (n == BUILD_FAILED) return n;
    b->plan->nodes[n].in[0] = root;
    b->plan->nodes[past].input = n;
    for (uint32_t i = past; i < n; i++)
        if (b->plan->nodes[i].group == past) b->plan->nodes[i].group = n;
    for (int p = 0; p < 3; p++) b->lets[f->pred].node[p] = n;
    return build(b, f->sub[1], polarity);
}

uint32_t build_match(struct builder *b, const struct formula *f, enum polarity polarity)
{
    if (polarity != POLARITY_EXACT)
        return build_refuse(b, "match-in-agreement", f,
                            "a path steps through the positions of a log; there is none here");
    struct path_program *program = path_compile(&b->plan->arena, f);
    uint32_t *in = program ? arena_array(&b->plan->arena, program->n_tests + 1, sizeof *in) : NULL;
    if (!in) {
        b->fault = true;
        return BUILD_FAILED;
    }
    for (size_t k = 0; k < program->n_tests; k++)
        if ((in[k] = build(b, program->tests[k], polarity)) == BUILD_FAILED) return BUILD_FAILED;
    uint32_t n = build_node(b, &op_match, f, polarity, f->fv, f->n_fv, (uint32_t)program->n_tests);
    if (n == BUILD_FAILED) return n;
    for (size_t k = 0; k < program->n_tests; k++) b->plan->nodes[n].in[k] = in[k];
    b->plan->nodes[n].extra = program;
    return n;
}
