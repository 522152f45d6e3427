/* Constructors of formulas and terms; see formula.h.
 *
 * Every constructor goes through `node`, which takes the depth from what hangs below and gives NULL
 * when anything below is NULL. */
#include "logic/formula.h"

#include <math.h>
#include <string.h>

static const char *const op_names[] = {
    [F_TRUE] = "TRUE",
    [F_FALSE] = "FALSE",
    [F_PRED] = "predicate",
    [F_COMPARE] = "comparison",
    [F_NOT] = "NOT",
    [F_AND] = "AND",
    [F_OR] = "OR",
    [F_IMPLIES] = "IMPLIES",
    [F_EQUIV] = "EQUIV",
    [F_EXISTS] = "EXISTS",
    [F_FORALL] = "FORALL",
    [F_PREV] = "PREVIOUS",
    [F_NEXT] = "NEXT",
    [F_ONCE] = "ONCE",
    [F_EVENTUALLY] = "EVENTUALLY",
    [F_HISTORICALLY] = "PAST_ALWAYS",
    [F_ALWAYS] = "ALWAYS",
    [F_SINCE] = "SINCE",
    [F_UNTIL] = "UNTIL",
    [F_AGG] = "aggregation",
    [F_LET] = "LET",
    [F_LETPAST] = "LETPAST",
    [F_MATCHF] = "MATCHF",
    [F_MATCHP] = "MATCHP",
    [F_ASSIGN] = "assignment",
};
static const char *const compare_names[] = {"=", "<", "<=", ">", ">=", "SUBSTRING", "MATCHES"};
static const char *const agg_names[] = {"CNT", "MIN", "MAX", "SUM", "AVG", "MED"};
static const char *const term_names[] = {
    [TERM_VAR] = "variable", [TERM_CONST] = "constant", [TERM_ADD] = "+",
    [TERM_SUB] = "-",        [TERM_MUL] = "*",          [TERM_DIV] = "/",
    [TERM_MOD] = "MOD",      [TERM_NEG] = "-",          [TERM_F2I] = "f2i",
    [TERM_I2F] = "i2f",      [TERM_I2S] = "i2s",        [TERM_S2I] = "s2i",
    [TERM_F2S] = "f2s",      [TERM_S2F] = "s2f",        [TERM_DAY_OF_MONTH] = "DAY_OF_MONTH",
    [TERM_MONTH] = "MONTH",  [TERM_YEAR] = "YEAR",      [TERM_FORMAT_DATE] = "FORMAT_DATE",
    [TERM_R2S] = "r2s",      [TERM_S2R] = "s2r",
};

const char *formula_op_name(enum formula_op op)
{
    return op_names[op];
}

const char *compare_op_name(enum compare_op op)
{
    return compare_names[op];
}

const char *agg_op_name(enum agg_op op)
{
    return agg_names[op];
}

const char *term_op_name(enum term_op op)
{
    return term_names[op];
}

bool formula_is_temporal(enum formula_op op)
{
    return (op >= F_PREV && op <= F_UNTIL) || op == F_MATCHF || op == F_MATCHP;
}

bool formula_looks_ahead(enum formula_op op)
{
    return op == F_NEXT || op == F_EVENTUALLY || op == F_ALWAYS || op == F_UNTIL || op == F_MATCHF;
}

/* ---- terms ---- */

static struct term *leaf(struct scope *sc, struct term t)
{
    struct term *p = arena_alloc(sc->arena, sizeof *p);
    if (!p) return NULL;
    *p = t;
    p->depth = 1;
    return p;
}

struct term *term_var(struct scope *sc, uint32_t var)
{
    if (var == UINT32_MAX) return NULL;
    return leaf(sc, (struct term){.op = TERM_VAR, .type = sc->vars[var].type, .var = var});
}

struct term *term_int(struct scope *sc, int64_t i)
{
    return leaf(sc, (struct term){.op = TERM_CONST, .type = VALUE_INT, .value = value_of_int(i)});
}

struct term *term_float(struct scope *sc, double f)
{
    uint64_t word;
    if (!value_of_float(f, &word)) return NULL;
    return leaf(sc, (struct term){.op = TERM_CONST, .type = VALUE_FLOAT, .value = word});
}

static struct term *text(struct scope *sc, enum value_type type, struct str s)
{
    uint32_t number = intern_add(sc->strings, s);
    if (number == INTERN_NONE) return NULL;
    return leaf(sc, (struct term){.op = TERM_CONST, .type = type, .value = number});
}

struct term *term_string(struct scope *sc, struct str s)
{
    return text(sc, VALUE_STRING, s);
}

struct term *term_pattern(struct scope *sc, struct str s)
{
    return text(sc, VALUE_PATTERN, s);
}

struct term *term_op2(struct scope *sc, enum term_op op, struct term *a, struct term *b)
{
    bool unary = op >= TERM_NEG;
    if (!a || (!unary && !b)) return NULL;
    uint32_t depth = a->depth + 1;
    if (b && b->depth >= depth) depth = b->depth + 1;
    if (depth > FORMULA_MAX_DEPTH) return NULL;
    struct term *t = leaf(sc, (struct term){.op = op, .a = a, .b = b});
    if (t) t->depth = depth;
    return t;
}

struct term *term_op1(struct scope *sc, enum term_op op, struct term *a)
{
    return term_op2(sc, op, a, NULL);
}

/* ---- formulas ---- */

/* A copy of `array` in the arena; *ok false when memory fails or an element is NULL. */
static void *copy_array(struct scope *sc, const void *array, uint32_t n, size_t size, bool *ok)
{
    if (n == 0) return NULL;
    void *copy = arena_array(sc->arena, n, size);
    if (!copy) {
        *ok = false;
        return NULL;
    }
    memcpy(copy, array, n * size);
    return copy;
}

static uint32_t deeper(uint32_t depth, uint32_t below)
{
    return below >= depth ? below + 1 : depth;
}

static uint32_t larger(uint32_t size, uint32_t by)
{
    return by > UINT32_MAX - size ? UINT32_MAX : size + by;
}

/* Put f into the arena with copies of its arrays. */
static struct formula *node(struct scope *sc, struct formula f)
{
    uint32_t depth = 1;
    f.size = 1;
    for (uint32_t i = 0; i < f.n_sub; i++) {
        if (!f.sub[i]) return NULL;
        depth = deeper(depth, f.sub[i]->depth);
        f.size = larger(f.size, f.sub[i]->size);
    }
    for (uint32_t i = 0; i < f.n_args; i++) {
        if (f.args[i]) {
            depth = deeper(depth, f.args[i]->depth);
        } else if (f.op == F_PRED) {
            return NULL;
        }
    }
    for (uint32_t i = 0; i < f.n_vars; i++)
        if (f.vars[i] == UINT32_MAX) return NULL;
    if (f.left) depth = deeper(depth, f.left->depth);
    if (f.right) depth = deeper(depth, f.right->depth);
    if (f.path) {
        depth = deeper(depth, f.path->depth);
        f.size = larger(f.size, f.path->size);
    }
    if (depth > FORMULA_MAX_DEPTH) return NULL;
    bool ok = true;
    struct formula *p = arena_alloc(sc->arena, sizeof *p);
    if (!p) return NULL;
    f.depth = depth;
    f.sub = copy_array(sc, f.sub, f.n_sub, sizeof(struct formula *), &ok);
    f.args = copy_array(sc, f.args, f.n_args, sizeof(struct term *), &ok);
    f.vars = copy_array(sc, f.vars, f.n_vars, sizeof *f.vars, &ok);
    if (!ok) return NULL;
    *p = f;
    return p;
}

struct formula *formula_true(struct scope *sc)
{
    return node(sc, (struct formula){.op = F_TRUE});
}

struct formula *formula_false(struct scope *sc)
{
    return node(sc, (struct formula){.op = F_FALSE});
}

struct formula *formula_pred(struct scope *sc, uint32_t pred, struct term *const *args,
                             uint32_t n_args)
{
    if (pred == UINT32_MAX) return NULL;
    return node(sc,
                (struct formula){
                    .op = F_PRED, .pred = pred, .args = (struct term **)args, .n_args = n_args});
}

struct formula *formula_compare(struct scope *sc, enum compare_op cmp, struct term *left,
                                struct term *right)
{
    if (!left || !right) return NULL;
    return node(sc, (struct formula){.op = F_COMPARE, .cmp = cmp, .left = left, .right = right});
}

struct formula *formula_matches(struct scope *sc, struct term *left, struct term *right,
                                struct term *const *groups, uint32_t n_groups)
{
    if (!left || !right) return NULL;
    return node(sc, (struct formula){.op = F_COMPARE,
                                     .cmp = CMP_MATCHES,
                                     .left = left,
                                     .right = right,
                                     .args = (struct term **)groups,
                                     .n_args = n_groups});
}

static struct formula *unary(struct scope *sc, struct formula f, struct formula *a)
{
    struct formula *sub[] = {a};
    f.sub = sub;
    f.n_sub = 1;
    return node(sc, f);
}

static struct formula *binary(struct scope *sc, struct formula f, struct formula *a,
                              struct formula *b)
{
    struct formula *sub[] = {a, b};
    f.sub = sub;
    f.n_sub = 2;
    return node(sc, f);
}

struct formula *formula_not(struct scope *sc, struct formula *a)
{
    return unary(sc, (struct formula){.op = F_NOT}, a);
}

struct formula *formula_and(struct scope *sc, struct formula *a, struct formula *b)
{
    return binary(sc, (struct formula){.op = F_AND}, a, b);
}

struct formula *formula_or(struct scope *sc, struct formula *a, struct formula *b)
{
    return binary(sc, (struct formula){.op = F_OR}, a, b);
}

static struct formula *nary(struct scope *sc, enum formula_op op, struct formula *const *subs,
                            uint32_t n)
{
    if (n == 1) return subs[0];
    return node(sc, (struct formula){.op = op, .sub = (struct formula **)subs, .n_sub = n});
}

struct formula *formula_and_n(struct scope *sc, struct formula *const *subs, uint32_t n)
{
    return n ? nary(sc, F_AND, subs, n) : formula_true(sc);
}

struct formula *formula_or_n(struct scope *sc, struct formula *const *subs, uint32_t n)
{
    return n ? nary(sc, F_OR, subs, n) : formula_false(sc);
}

struct formula *formula_implies(struct scope *sc, struct formula *a, struct formula *b)
{
    return binary(sc, (struct formula){.op = F_IMPLIES}, a, b);
}

struct formula *formula_equiv(struct scope *sc, struct formula *a, struct formula *b)
{
    return binary(sc, (struct formula){.op = F_EQUIV}, a, b);
}

static struct formula *quantifier(struct scope *sc, enum formula_op op, const uint32_t *vars,
                                  uint32_t n, struct formula *a)
{
    if (n == 0) return a;
    return unary(sc, (struct formula){.op = op, .vars = (uint32_t *)vars, .n_vars = n}, a);
}

struct formula *formula_exists(struct scope *sc, const uint32_t *vars, uint32_t n,
                               struct formula *a)
{
    return quantifier(sc, F_EXISTS, vars, n, a);
}

struct formula *formula_forall(struct scope *sc, const uint32_t *vars, uint32_t n,
                               struct formula *a)
{
    return quantifier(sc, F_FORALL, vars, n, a);
}

struct formula *formula_temporal(struct scope *sc, enum formula_op op, struct bound bound,
                                 struct formula *a)
{
    return unary(sc, (struct formula){.op = op, .bound = bound}, a);
}

struct formula *formula_since(struct scope *sc, struct formula *a, struct bound bound,
                              struct formula *b)
{
    return binary(sc, (struct formula){.op = F_SINCE, .bound = bound}, a, b);
}

struct formula *formula_until(struct scope *sc, struct formula *a, struct bound bound,
                              struct formula *b)
{
    return binary(sc, (struct formula){.op = F_UNTIL, .bound = bound}, a, b);
}

struct formula *formula_agg(struct scope *sc, uint32_t result, enum agg_op agg, uint32_t over,
                            const uint32_t *group, uint32_t n_group, struct formula *a)
{
    if (result == UINT32_MAX || over == UINT32_MAX) return NULL;
    return unary(sc,
                 (struct formula){.op = F_AGG,
                                  .agg = agg,
                                  .result = result,
                                  .over = over,
                                  .vars = (uint32_t *)group,
                                  .n_vars = n_group},
                 a);
}

struct formula *formula_let(struct scope *sc, enum formula_op op, uint32_t pred,
                            const uint32_t *params, uint32_t n, struct formula *definition,
                            struct formula *body)
{
    if (pred == UINT32_MAX) return NULL;
    return binary(sc,
                  (struct formula){.op = op, .pred = pred, .vars = (uint32_t *)params, .n_vars = n},
                  definition, body);
}

struct formula *formula_match(struct scope *sc, enum formula_op op, struct bound bound,
                              struct path *path)
{
    if (!path) return NULL;
    return node(sc, (struct formula){.op = op, .bound = bound, .path = path});
}

struct formula *formula_assign(struct scope *sc, uint32_t var, struct term *right)
{
    if (var == UINT32_MAX || !right) return NULL;
    return node(sc, (struct formula){.op = F_ASSIGN, .result = var, .right = right});
}

struct path *path_new(struct scope *sc, enum path_op op, struct formula *test, struct path *a,
                      struct path *b)
{
    bool two = op == PATH_CONCAT || op == PATH_ALT;
    if ((op == PATH_TEST && !test) || ((two || op == PATH_STAR) && !a) || (two && !b)) return NULL;
    uint32_t depth = 1, size = 1;
    if (test) {
        depth = deeper(depth, test->depth);
        size = larger(size, test->size);
    }
    for (int side = 0; side < 2; side++) {
        const struct path *below = side ? b : a;
        if (!below) continue;
        depth = deeper(depth, below->depth);
        size = larger(size, below->size);
    }
    struct path *p = depth > FORMULA_MAX_DEPTH ? NULL : arena_alloc(sc->arena, sizeof *p);
    if (!p) return NULL;
    *p = (struct path){.op = op, .test = test, .a = a, .b = b, .depth = depth, .size = size};
    return p;
}
