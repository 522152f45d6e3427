/* Instructions are emitted in walking order; each falls through to the next unless it splits.  A
 * SPLIT with both ways alike is a jump. */
#include "engine/path.h"

struct compiler {
    struct arena *arena;
    const struct formula *f;
    struct path_program *p;
    bool *bound; /* by column of the tuple: bound at the instruction to come */
    bool backwards;
};

static uint32_t emit(struct compiler *c, enum step_op op)
{
    struct path_program *p = c->p;
    struct step *steps = arena_grow(c->arena, p->steps, p->n, &p->cap, sizeof *steps);
    if (!steps) return 0;
    p->steps = steps;
    uint32_t at = (uint32_t)p->n++;
    steps[at] = (struct step){.op = op, .a = at + 1, .b = at + 1};
    return at;
}

static uint32_t column_of(const struct formula *f, uint32_t var)
{
    uint32_t k = 0;
    while (k < f->n_fv && f->fv[k] != var) k++;
    return k;
}

static void emit_test(struct compiler *c, const struct formula *test)
{
    struct path_program *p = c->p;
    bool negated = test->op == F_NOT;
    if (negated) test = test->sub[0];
    const struct formula **tests =
        arena_grow(c->arena, p->tests, p->n_tests, &p->cap_tests, sizeof *tests);
    struct step_column *columns = arena_array(c->arena, test->n_fv, sizeof *columns);
    if (!tests || !columns) return;
    p->tests = tests;
    tests[p->n_tests++] = test;
    for (uint32_t k = 0; k < test->n_fv; k++) {
        uint32_t column = column_of(c->f, test->fv[k]);
        columns[k] = (struct step_column){k, column, c->bound[column]};
        if (!negated) c->bound[column] = true;
    }
    uint32_t at = emit(c, STEP_TEST);
    if (c->arena->failed) return;
    p->steps[at].test = (uint32_t)p->n_tests - 1;
    p->steps[at].negated = negated;
    p->steps[at].columns = columns;
    p->steps[at].n_columns = test->n_fv;
}

static void compile(struct compiler *c, const struct path *r);

static void compile_alt(struct compiler *c, const struct path *r)
{
    bool *before = arena_array(c->arena, c->f->n_fv + 1u, sizeof *before);
    uint32_t split = emit(c, STEP_SPLIT);
    if (c->arena->failed) return;
    for (uint32_t k = 0; k < c->f->n_fv; k++) before[k] = c->bound[k];
    compile(c, r->a);
    uint32_t jump = emit(c, STEP_SPLIT);
    if (c->arena->failed) return;
    c->p->steps[split].b = (uint32_t)c->p->n;
    for (uint32_t k = 0; k < c->f->n_fv; k++) c->bound[k] = before[k];
    compile(c, r->b);
    c->p->steps[jump].a = c->p->steps[jump].b = (uint32_t)c->p->n;
}

static void compile(struct compiler *c, const struct path *r)
{
    if (c->arena->failed) return;
    switch (r->op) {
    case PATH_WILD: emit(c, STEP_MOVE); break;
    case PATH_TEST: emit_test(c, r->test); break;
    case PATH_CONCAT:
        compile(c, c->backwards ? r->b : r->a);
        compile(c, c->backwards ? r->a : r->b);
        break;
    case PATH_ALT: compile_alt(c, r); break;
    case PATH_STAR: {
        uint32_t split = emit(c, STEP_SPLIT);
        compile(c, r->a);
        uint32_t jump = emit(c, STEP_SPLIT);
        if (c->arena->failed) return;
        c->p->steps[jump].a = c->p->steps[jump].b = split;
        c->p->steps[split].b = (uint32_t)c->p->n;
        break;
    }
    }
}

struct path_program *path_compile(struct arena *a, const struct formula *f)
{
    struct compiler c = {.arena = a, .f = f, .backwards = f->op == F_MATCHP};
    c.p = arena_alloc(a, sizeof *c.p);
    c.bound = arena_array(a, f->n_fv + 1u, sizeof *c.bound);
    if (!c.p || !c.bound) return NULL;
    compile(&c, f->path);
    emit(&c, STEP_ACCEPT);
    return a->failed ? NULL : c.p;
}
