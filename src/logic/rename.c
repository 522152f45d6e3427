/* Copies of core formulas with some variables replaced; see rewrite.h. */
#include "logic/rewrite.h"

struct renaming {
    struct rewriter *r;
    const uint32_t *from, *to;
    uint32_t n;
};

static uint32_t rename_var(const struct renaming *m, uint32_t var)
{
    for (uint32_t i = 0; i < m->n; i++)
        if (m->from[i] == var) return m->to[i];
    return var;
}

static uint32_t *rename_vars(const struct renaming *m, const uint32_t *vars, uint32_t n)
{
    uint32_t *copy = arena_array(m->r->sc->arena, n, sizeof *copy);
    for (uint32_t i = 0; copy && i < n; i++) copy[i] = rename_var(m, vars[i]);
    return copy;
}

static struct term *rename_term(const struct renaming *m, const struct term *t)
{
    if (!t) return NULL;
    struct term *copy = arena_alloc(m->r->sc->arena, sizeof *copy);
    if (!copy) return NULL;
    *copy = *t;
    if (t->op == TERM_VAR) copy->var = rename_var(m, t->var);
    copy->a = rename_term(m, t->a);
    copy->b = rename_term(m, t->b);
    return copy;
}

static struct formula *rename_in(const struct renaming *m, const struct formula *f);

static struct path *rename_path(const struct renaming *m, const struct path *p)
{
    if (!p) return NULL;
    struct path *copy = arena_alloc(m->r->sc->arena, sizeof *copy);
    if (!copy) return NULL;
    *copy = *p;
    copy->test = p->test ? rename_in(m, p->test) : NULL;
    copy->a = rename_path(m, p->a);
    copy->b = rename_path(m, p->b);
    return copy;
}

static struct formula *rename_in(const struct renaming *m, const struct formula *f)
{
    struct arena *a = m->r->sc->arena;
    struct formula *copy = arena_alloc(a, sizeof *copy);
    if (!copy) return NULL;
    *copy = *f;
    copy->vars = rename_vars(m, f->vars, f->n_vars);
    copy->sub = arena_array(a, f->n_sub, sizeof(struct formula *));
    copy->args = arena_array(a, f->n_args, sizeof(struct term *));
    if (!copy->vars || !copy->sub || !copy->args) return NULL;
    copy->result = rename_var(m, f->result);
    copy->over = rename_var(m, f->over);
    copy->left = rename_term(m, f->left);
    copy->right = rename_term(m, f->right);
    copy->path = rename_path(m, f->path);
    for (uint32_t i = 0; i < f->n_args; i++) copy->args[i] = rename_term(m, f->args[i]);
    for (uint32_t i = 0; i < f->n_sub; i++) {
        copy->sub[i] = rename_in(m, f->sub[i]);
        if (!copy->sub[i]) return NULL;
    }
    if (f->op != F_FALSE) return core_done(m->r, copy);
    copy->fv = rename_vars(m, f->fv, f->n_fv);
    return copy->fv ? copy : NULL;
}

struct formula *core_rename(struct rewriter *r, const struct formula *f, const uint32_t *from,
                            const uint32_t *to, uint32_t n)
{
    struct renaming m = {.r = r, .from = from, .to = to, .n = n};
    struct formula *copy = rename_in(&m, f);
    if (r->sc->arena->failed) r->fault = true;
    return r->fault ? NULL : copy;
}
