/* Actors, sources, grades, attributes, coverage and findings in a mapping's sentences. */
#include "intake/parse.h"

#include <string.h>

/* ---- actors ---- */

bool map_want_actor(struct parse *p, uint32_t *out)
{
    if (map_take_words(p, "someone else")) {
        *out = FACTS_OTHER_ACTOR;
        return true;
    }
    return map_want_name(p, agreement_actor, "party, body or other actor", out);
}

static bool actor_target(struct parse *p, void *ctx, struct table_entry *out)
{
    (void)ctx;
    uint32_t actor;
    if (!map_want_actor(p, &actor)) return false;
    out->to = actor;
    return true;
}

/* Without a table: the names and labels of the agreement. */
static const struct word_table *own_names(struct parse *p)
{
    const struct agreement *g = p->agreement;
    struct word_table *t = arena_alloc(p->arena, sizeof(*t));
    struct table_entry *v = arena_array(p->arena, (size_t)g->n_actors * 2, sizeof(*v));
    if (!t || !v) {
        p->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < g->n_actors; i++) {
        int64_t actor = (int64_t)i;
        v[2 * i] = (struct table_entry){.from = g->actors[i].name, .to = actor};
        v[2 * i + 1] = (struct table_entry){.from = g->actors[i].label, .to = actor};
    }
    *t = (struct word_table){.entries = v, .n = (size_t)g->n_actors * 2};
    return t;
}

bool map_actor(struct parse *p)
{
    struct row_rule *r = p->rule;
    map_take_words(p, "one of");
    if (!map_want_cells(p, &r->actors) || !map_take_table(p, actor_target, NULL, &r->actor_table))
        return false;
    if (!r->actor_table) r->actor_table = own_names(p);
    return true;
}

/* ---- sources and grades ---- */

bool map_sources(struct parse *p)
{
    return map_want_cells(p, &p->rule->sources);
}

/* "seen by the mission" and the like; the first word is enough. */
static bool want_grade(struct parse *p, enum grade *out)
{
    static const char *const words[GRADES][3] = {
        {"seen by the mission", "seen", NULL},
        {"by a sensor of the mission", "by a sensor", "sensor"},
        {"corroborated by the mission", "corroborated", NULL},
        {"reported", NULL, NULL},
        {"alleged", NULL, NULL}};
    for (int g = 0; g < GRADES; g++) {
        for (int i = 0; i < 3 && words[g][i]; i++) {
            if (!map_take_words(p, words[g][i])) continue;
            *out = (enum grade)g;
            return true;
        }
    }
    return map_expected(p, "a grade", "seen, sensor, corroborated, reported or alleged");
}

static bool grade_target(struct parse *p, void *ctx, struct table_entry *out)
{
    (void)ctx;
    enum grade g = GRADE_REPORTED;
    if (!want_grade(p, &g)) return false;
    out->to = (int64_t)g;
    return true;
}

bool map_grade(struct parse *p)
{
    struct row_rule *r = p->rule;
    if (!map_at_word(p, "column")) {
        r->grade = (struct cell_src){0};
        return want_grade(p, &r->fixed_grade);
    }
    if (!map_want_cell(p, &r->grade) || !map_take_table(p, grade_target, NULL, &r->grade_table))
        return false;
    return r->grade_table ||
           map_expected(p, "what each word stands for",
                        ", written: – \"patrol\" is seen – \"media\" is reported");
}

/* ---- attributes ---- */

static const enum dimension dimension_of[ATTRIBUTE_TYPES] = {
    [ATTRIBUTE_COUNT] = DIMENSION_COUNT, [ATTRIBUTE_LENGTH] = DIMENSION_LENGTH,
    [ATTRIBUTE_MASS] = DIMENSION_MASS,   [ATTRIBUTE_DURATION] = DIMENSION_DURATION,
    [ATTRIBUTE_SHARE] = DIMENSION_SHARE, [ATTRIBUTE_TEXT] = DIMENSION_COUNT,
    [ATTRIBUTE_ACTOR] = DIMENSION_COUNT, [ATTRIBUTE_YESNO] = DIMENSION_COUNT};

static bool has_unit(enum attribute_type t)
{
    return t >= ATTRIBUTE_LENGTH && t <= ATTRIBUTE_SHARE;
}

/* A number and its unit to base units. */
static bool want_quantity(struct parse *p, const struct attribute *x, int64_t *out)
{
    if (map_peek(p)->kind != TOKEN_NUMBER) return map_expected(p, "a number", NULL);
    struct number n = map_peek(p)->number;
    p->pos++;
    int64_t scale = 1;
    if (has_unit(x->type)) {
        const struct unit *u = unit_find(map_peek(p)->text);
        if (!u || u->dimension != dimension_of[x->type])
            return map_expected(p, "a unit of the attribute's kind", NULL);
        scale = u->scale;
        p->pos++;
    }
    return number_scale(n, scale, out) || map_expected(p, "a whole number of base units", NULL);
}

static bool value_target(struct parse *p, void *ctx, struct table_entry *out)
{
    const struct attribute *x = ctx;
    if (x->type == ATTRIBUTE_ACTOR) return actor_target(p, NULL, out);
    if (x->type == ATTRIBUTE_TEXT) {
        struct str text;
        if (!map_want_string(p, &text)) return false;
        out->to = facts_text(p->texts, text);
        return true;
    }
    if (x->type == ATTRIBUTE_YESNO) {
        out->to = map_take_word(p, "yes");
        return out->to || map_want_word(p, "no");
    }
    return want_quantity(p, x, &out->to);
}

static bool want_attribute_unit(struct parse *p, const struct attribute *x, struct value_src *v)
{
    v->scale = x->type == ATTRIBUTE_SHARE ? 100 : x->scale ? x->scale : 1; /* a share in per cent */
    if (!map_take_word(p, "in")) return true;
    const struct unit *u = map_peek(p)->kind == TOKEN_WORD ? unit_find(map_peek(p)->text) : NULL;
    if (!u || u->dimension != dimension_of[x->type]) {
        diag_add(p->diags, SEVERITY_ERROR, "wrong-unit", map_peek(p)->at,
                 "\"%.*s\" is no unit of %s: \"%.*s\" is a %s", STR_ARG(map_peek(p)->text),
                 attribute_type_name(x->type), STR_ARG(x->name), attribute_type_name(x->type));
        return false;
    }
    v->scale = u->scale;
    p->pos++;
    return true;
}

static bool want_attribute_value(struct parse *p, const struct attribute *x, struct value_src *v)
{
    if (map_take_word(p, "from")) {
        v->range = true;
        return map_want_cell(p, &v->from) && map_want_word(p, "to") && map_want_cell(p, &v->to) &&
               want_attribute_unit(p, x, v);
    }
    if (map_at_word(p, "column"))
        return map_want_cell(p, &v->from) && want_attribute_unit(p, x, v) &&
               map_take_table(p, value_target, (void *)(uintptr_t)x, &v->table);
    struct table_entry fixed = {0};
    if (map_take_word(p, "unknown")) {
        v->fixed = VALUE_UNKNOWN;
        return true;
    }
    if (!value_target(p, (void *)(uintptr_t)x, &fixed)) return false;
    v->fixed = (struct value){fixed.to, fixed.to};
    return true;
}

/* `NAME is …`, where NAME is an attribute of the rule's kind. */
bool map_attribute(struct parse *p)
{
    struct row_rule *r = p->rule;
    const struct token *t = map_peek(p);
    const struct kind *k = r->op == RULE_REPORT && r != &p->common && r->kind != LANG_NONE
                               ? &p->agreement->kinds[r->kind]
                               : NULL;
    uint32_t index = k && t->kind == TOKEN_WORD ? kind_attribute(k, t->text) : LANG_NONE;
    if (index == LANG_NONE) {
        struct diag *d = diag_add(p->diags, SEVERITY_ERROR, "unknown-sentence", t->at,
                                  "no sentence begins with \"%.*s\"", STR_ARG(t->text));
        if (k)
            diag_fix(p->diags, d, "\"the time is …\", \"the place is …\" or an attribute of %.*s",
                     STR_ARG(k->name));
        else
            diag_fix(p->diags, d, "\"each row is …\" comes before what is said of its attributes");
        return false;
    }
    p->pos++;
    if (!map_take_word(p, "is") && !map_want_word(p, "are")) return false;
    struct value_src v = {.attribute = index, .scale = 1};
    if (!want_attribute_value(p, &k->attributes[index], &v)) return false;
    struct value_src *all = arena_array(p->arena, r->n_values + 1, sizeof(*all));
    if (!all) return !(p->failed = true);
    if (r->n_values) memcpy(all, r->values, r->n_values * sizeof(*all));
    all[r->n_values++] = v;
    r->values = all;
    return true;
}

/* ---- coverage and findings ---- */

/* `it covers everything`, `it covers fire and heavy_weapon`. */
bool map_covers(struct parse *p)
{
    struct row_rule *r = p->rule;
    if (map_take_word(p, "everything")) return true;
    uint32_t *v = NULL;
    size_t cap = 0;
    do {
        uint32_t *moved = map_more(p, v, r->n_covers, &cap, sizeof(*v));
        if (!moved) return false;
        v = moved;
        r->covers = v;
        if (!map_want_name(p, agreement_kind, "event or state", &v[r->n_covers])) return false;
        r->n_covers++;
    } while (map_take_word(p, "and") || map_take_punct(p, ','));
    return true;
}

static bool says_target(struct parse *p, void *ctx, struct table_entry *out)
{
    (void)ctx;
    if (map_take_word(p, "attributed"))
        out->to = FINDING_ATTRIBUTED;
    else if (map_take_words(p, "not attributable"))
        out->to = FINDING_NOT_ATTRIBUTABLE;
    else if (map_take_word(p, "excused"))
        out->to = FINDING_EXCUSED;
    else if (map_take_word(p, "reopened"))
        out->to = FINDING_REOPENED;
    else
        return map_expected(p, "\"attributed\", \"not attributable\", \"excused\" or \"reopened\"",
                            NULL);
    return true;
}

bool map_finding(struct parse *p)
{
    struct row_rule *r = p->rule;
    return map_want_cell(p, &r->says) && map_take_table(p, says_target, NULL, &r->says_table) &&
           (r->says_table || map_expected(p, "what each word stands for",
                                          ", written: – \"established\" is attributed"));
}
