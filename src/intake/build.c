/* One row to one report, coverage record or finding.  See build.h.
 *
 * Nothing is allocated for a row once the scratch buffers have grown: cells are slices of the
 * reader's buffer, facts copy what they keep. */
#include "intake/build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_SOURCE STR("source not named")

bool build_init(struct build *b)
{
    buf_init(&b->utf8);
    buf_init(&b->id);
    buf_init(&b->identity);
    buf_init(&b->shown);
    intern_init(&b->shape_texts);
    size_t n = b->mapping->n_columns, most = 1;
    for (uint32_t i = 0; i < b->agreement->n_kinds; i++) {
        if (b->agreement->kinds[i].n_attributes > most) most = b->agreement->kinds[i].n_attributes;
    }
    b->cells = calloc(n + 1, sizeof(*b->cells));
    b->offsets = calloc(n + 1, sizeof(*b->offsets));
    b->values = calloc(most, sizeof(*b->values));
    return b->cells && b->offsets && b->values;
}

void build_free(struct build *b)
{
    buf_free(&b->utf8);
    buf_free(&b->id);
    buf_free(&b->identity);
    buf_free(&b->shown);
    intern_free(&b->shape_texts);
    free(b->cells);
    free(b->offsets);
    free(b->values);
    free(b->shapes);
}

/* ---- cells ---- */

struct str build_cell(const struct build *b, const struct cell_src *c)
{
    if (c->op == CELL_COLUMN) return b->cells[c->slot];
    return c->op == CELL_TEXT ? c->text : (struct str){0};
}

bool build_bad_cell(struct build *b, const struct cell_src *c, const char *why)
{
    if (c->op != CELL_COLUMN) return reason_set(&b->why, "%s", why);
    struct str name = b->mapping->columns[c->slot].name, text = str_trim(b->cells[c->slot]);
    if (why[0] == '"') return reason_set(&b->why, "column \"%.*s\": %s", STR_ARG(name), why);
    if (!text.n) return reason_set(&b->why, "column \"%.*s\" %s", STR_ARG(name), why);
    if (text.n > 60) text.n = 60;
    return reason_set(&b->why, "column \"%.*s\": \"%.*s\" %s", STR_ARG(name), STR_ARG(text), why);
}

/* All cells as UTF-8; those in ASCII, nearly all, stay where they are. */
static bool decode(struct build *b, const struct str *raw)
{
    size_t n = b->mapping->n_columns;
    buf_clear(&b->utf8);
    for (size_t i = 0; i < n; i++) {
        b->cells[i] = raw[i];
        b->offsets[i] = SIZE_MAX;
        if (decoder_ascii(raw[i])) continue;
        b->offsets[i] = b->utf8.n;
        size_t at;
        if (decoder_add(b->decoder, raw[i], &b->utf8, &at)) continue;
        return reason_set(&b->why, "column \"%.*s\" holds a byte 0x%02x that %.*s does not have",
                          STR_ARG(b->mapping->columns[i].name), (unsigned char)raw[i].p[at],
                          STR_ARG(b->mapping->encoding));
    }
    if (b->utf8.failed) return !(b->failed = true);
    size_t end = b->utf8.n;
    for (size_t i = n; i-- > 0;) {
        if (b->offsets[i] == SIZE_MAX) continue;
        b->cells[i] = (struct str){b->utf8.p + b->offsets[i], end - b->offsets[i]};
        end = b->offsets[i];
    }
    return true;
}

/* ---- conditions and tables ---- */

static bool contains(struct str s, struct str part)
{
    for (size_t i = 0; i + part.n <= s.n; i++) {
        if (str_eq((struct str){s.p + i, part.n}, part)) return true;
    }
    return false;
}

static bool meets(const struct build *b, const struct cell_test *t, const struct test_value *v)
{
    struct str s = str_trim(b->cells[t->slot]);
    if (t->op == TEST_CONTAINS) return contains(s, v->text);
    if (t->op == TEST_STARTS) return str_starts(s, v->text);
    if (t->op == TEST_IS && !v->is_number) return str_eq(s, v->text);
    double x;
    if (!cell_number(s, b->mapping->decimal_comma, &x)) return false;
    switch (t->op) {
    case TEST_AT_LEAST: return x >= v->number;
    case TEST_AT_MOST: return x <= v->number;
    case TEST_MORE: return x > v->number;
    case TEST_LESS: return x < v->number;
    default: return x >= v->number && x <= v->number;
    }
}

static bool test_holds(const struct build *b, const struct cell_test *t)
{
    bool any = t->op == TEST_EMPTY && !str_trim(b->cells[t->slot]).n;
    for (size_t i = 0; i < t->n && !any; i++) any = meets(b, t, &t->values[i]);
    return any != t->negated;
}

bool build_holds(const struct build *b, const struct when *w)
{
    if (!w->n) return true;
    for (size_t i = 0; i < w->n; i++) {
        if (test_holds(b, &w->tests[i]) == w->any) return w->any;
    }
    return !w->any;
}

static const struct table_entry *build_lookup(const struct word_table *t, struct str s)
{
    for (size_t i = 0; i < t->n; i++) {
        if (str_eq(t->entries[i].from, s)) return &t->entries[i];
    }
    for (size_t i = 0; i < t->n; i++) {
        if (str_eq_nocase(t->entries[i].from, s)) return &t->entries[i];
    }
    return t->otherwise == ELSE_VALUE ? &t->other : NULL;
}

/* ---- lists of cells ---- */

/* Call `f` for each text of the cells, trimmed and not empty; false when f says so. */
static bool each_text(struct build *b, const struct cells_src *c,
                      bool (*f)(struct build *, struct str, size_t *), size_t *n)
{
    for (size_t i = 0; i < c->n; i++) {
        struct str rest = build_cell(b, &c->v[i]);
        while (rest.n) {
            size_t at = 0, step = c->split.n;
            while (at < rest.n && !(step && str_starts(str_slice(rest, at, rest.n), c->split)))
                at++;
            struct str text = str_trim(str_slice(rest, 0, at));
            rest = str_slice(rest, at + step, rest.n);
            if (text.n && !f(b, text, n)) return false;
            if (at + step == 0) break;
        }
    }
    return true;
}

static bool add_actor(struct build *b, struct str text, size_t *n)
{
    const struct word_table *t = b->mapping->rules[b->rule].actor_table;
    const struct table_entry *e = build_lookup(t, text);
    if (text.n > 60) text.n = 60;
    if (!e)
        return reason_set(&b->why, "\"%.*s\" is no actor that the mapping knows", STR_ARG(text));
    if (e->unknown) b->unknown_actor = true;
    if (e->unknown) return true;
    if (*n == MOST_CELLS) return reason_set(&b->why, "it names more than %d actors", MOST_CELLS);
    b->actors[(*n)++] = (uint32_t)e->to;
    return true;
}

static bool add_source(struct build *b, struct str text, size_t *n)
{
    if (*n < MOST_CELLS) b->sources[(*n)++] = text;
    return true;
}

/* Texts joined by a mark into `out`; one text alone is not copied. */
static struct str joined(struct build *b, const struct cells_src *c, const char *mark,
                         struct buf *out)
{
    if (c->n == 1) return str_trim(build_cell(b, &c->v[0]));
    buf_clear(out);
    for (size_t i = 0; i < c->n; i++) {
        struct str text = str_trim(build_cell(b, &c->v[i]));
        if (i && out->n && text.n) buf_puts(out, mark);
        buf_add(out, text);
    }
    b->failed |= out->failed;
    return buf_str(out);
}

/* The row's own name: its columns, or a number made of all its cells. */
static bool id_of(struct build *b, const struct row_rule *r, struct str *out)
{
    if (!r->id.n) {
        buf_clear(&b->id);
        buf_fmt(&b->id, "row-%016llx", (unsigned long long)b->hash);
        b->failed |= b->id.failed;
        *out = buf_str(&b->id);
        return !b->failed;
    }
    *out = joined(b, &r->id, "/", &b->id);
    return out->n > 0 || build_bad_cell(b, &r->id.v[0], "is empty: the report has no name");
}

/* ---- values ---- */

static bool own_value(struct build *b, const struct attribute *x, const struct value_src *v,
                      struct value *out)
{
    struct str text = str_trim(build_cell(b, &v->from));
    struct reason why;
    *out = VALUE_UNKNOWN;
    if (!text.n) return true;
    if (x->type == ATTRIBUTE_TEXT) {
        uint32_t number = facts_text(&b->intake->facts, text);
        b->failed |= number == INTERN_NONE;
        *out = (struct value){number, number};
        return !b->failed;
    }
    if (x->type == ATTRIBUTE_YESNO) {
        static const char *const words[] = {"no", "false", "0", "n", "yes", "true", "1", "y"};
        for (int64_t i = 0; i < 8; i++) {
            if (str_eq_nocase(text, str_of(words[i]))) *out = (struct value){i / 4, i / 4};
        }
        return value_known(*out) || build_bad_cell(b, &v->from, "is neither yes nor no");
    }
    if (x->type == ATTRIBUTE_ACTOR) {
        uint32_t actor = agreement_actor(b->agreement, text);
        *out = (struct value){actor, actor};
        return actor != LANG_NONE || build_bad_cell(b, &v->from, "is no actor of the agreement");
    }
    if (cell_value(text, b->mapping->decimal_comma, v->scale, out, &why)) return true;
    return build_bad_cell(b, &v->from, why.text);
}

static bool one_value(struct build *b, const struct attribute *x, const struct value_src *v,
                      struct value *out)
{
    *out = v->fixed;
    if (v->from.op == CELL_NONE) return true;
    if (v->range) {
        struct value hi;
        struct value_src to = *v;
        to.from = v->to;
        if (!own_value(b, x, v, out) || !own_value(b, x, &to, &hi)) return false;
        out->hi = hi.hi;
        if (out->lo > out->hi)
            return build_bad_cell(b, &v->from, "is more than the value it goes up to");
        return true;
    }
    if (!v->table) return own_value(b, x, v, out);
    const struct table_entry *e = build_lookup(v->table, str_trim(build_cell(b, &v->from)));
    if (!e && !str_trim(build_cell(b, &v->from)).n) {
        *out = VALUE_UNKNOWN;
        return true;
    }
    if (!e) return build_bad_cell(b, &v->from, "is no word that the mapping knows");
    *out = e->unknown ? VALUE_UNKNOWN : (struct value){e->to, e->to};
    return true;
}

static bool values_of(struct build *b, const struct row_rule *r, struct content *c)
{
    const struct kind *k = &b->agreement->kinds[r->kind];
    for (uint32_t i = 0; i < k->n_attributes; i++) b->values[i] = VALUE_UNKNOWN;
    if (k->actor != LANG_NONE && c->n_actors == 1)
        b->values[k->actor] = (struct value){c->actors[0], c->actors[0]};
    for (size_t i = 0; i < r->n_values; i++) {
        const struct value_src *v = &r->values[i];
        if (!one_value(b, &k->attributes[v->attribute], v, &b->values[v->attribute])) return false;
    }
    c->values = b->values;
    c->n_values = k->n_attributes;
    return true;
}

/* ---- reports ---- */

static bool grade_of(struct build *b, const struct row_rule *r, enum grade *out)
{
    *out = r->fixed_grade;
    if (r->grade.op == CELL_NONE) return true;
    const struct table_entry *e = build_lookup(r->grade_table, str_trim(build_cell(b, &r->grade)));
    if (!e || e->unknown) return build_bad_cell(b, &r->grade, "is no grade that the mapping knows");
    *out = (enum grade)e->to;
    return true;
}

static bool recorded_of(struct build *b, const struct row_rule *r, instant *out)
{
    instant first;
    *out = INSTANT_MIN;
    return !r->recorded.set || build_span(b, &r->recorded, &first, out);
}

/* Who did it, with the actor attribute's own sentence ("by is column …") counting too. */
static bool actors_of(struct build *b, const struct row_rule *r, struct content *c)
{
    size_t n = 0;
    b->unknown_actor = false;
    if (r->actors.n && !each_text(b, &r->actors, add_actor, &n)) return false;
    const struct kind *k = &b->agreement->kinds[r->kind];
    for (size_t i = 0; i < r->n_values && !r->actors.n && k->actor != LANG_NONE; i++) {
        struct value v;
        if (r->values[i].attribute != k->actor) continue;
        if (!one_value(b, &k->attributes[k->actor], &r->values[i], &v)) return false;
        if (value_known(v)) b->actors[n++] = (uint32_t)v.lo;
    }
    c->actors = b->actors;
    c->n_actors = b->unknown_actor ? 0 : n;
    return true;
}

static bool content_of(struct build *b, const struct row_rule *r, struct content *c)
{
    *c = (struct content){0};
    if (b->agreement->kinds[r->kind].is_state) {
        if (!build_state(b, r, c)) return false;
    } else {
        if (!build_span(b, &r->time, &c->start_lo, &c->start_hi)) return false;
        c->end_lo = c->start_lo;
        c->end_hi = c->start_hi;
    }
    for (int i = 0; i < PLACES; i++) {
        c->place[i] = FACTS_NONE;
        if (r->places[i].set && !build_place(b, &r->places[i], &c->place[i])) return false;
    }
    return actors_of(b, r, c) && values_of(b, r, c);
}

static bool add_report(struct build *b, const struct row_rule *r)
{
    struct report_in in = {.kind = r->kind, .file = b->file_index, .line = b->line};
    size_t n = 0;
    if (!id_of(b, r, &in.id) || !content_of(b, r, &in.says) || !grade_of(b, r, &in.grade) ||
        !recorded_of(b, r, &in.recorded))
        return false;
    if (r->identity.n) in.identity = joined(b, &r->identity, "/", &b->identity);
    if (!r->sources.n) (void)add_source(b, b->file->name, &n);
    (void)each_text(b, &r->sources, add_source, &n);
    if (!n) (void)add_source(b, NO_SOURCE, &n);
    in.sources = b->sources;
    in.n_sources = n;
    if (r->shown.n) in.shown = joined(b, &r->shown, ", ", &b->shown);
    enum facts_added how;
    if (b->failed || facts_add(&b->intake->facts, &in, &how) != STATUS_OK)
        return !(b->failed = true);
    if (how == FACTS_REPEATED)
        b->file->repeated++;
    else
        b->file->accepted++;
    return true;
}

/* ---- coverage and findings ---- */

/* An actor named by the sentence or by the cell. */
static bool by_of(struct build *b, const struct row_rule *r, uint32_t *out)
{
    *out = r->fixed_by;
    if (r->by.op == CELL_NONE) return true;
    struct str text = str_trim(build_cell(b, &r->by));
    const struct table_entry *e =
        r->actor_table && text.n ? build_lookup(r->actor_table, text) : NULL;
    *out = e && !e->unknown ? (uint32_t)e->to : agreement_actor(b->agreement, text);
    return *out != LANG_NONE || !text.n ||
           build_bad_cell(b, &r->by, "is no actor of the agreement");
}

static bool area_of(struct build *b, const struct row_rule *r, struct coverage *c)
{
    struct str name = str_trim(build_cell(b, &r->zone));
    c->where = COVERAGE_EVERYWHERE;
    if (r->everywhere) return true;
    c->where = COVERAGE_ZONE;
    c->area = r->fixed_zone;
    if (name.n) c->area = agreement_zone(b->agreement, name);
    if (c->area != LANG_NONE) return true;
    if (name.n) return build_bad_cell(b, &r->zone, "is no zone of the agreement");
    c->where = COVERAGE_PLACE;
    if (!build_place(b, &r->places[PLACE_AT], &c->area)) return false;
    return c->area != FACTS_NONE || reason_set(&b->why, "it does not say where");
}

static bool add_coverage(struct build *b, const struct row_rule *r)
{
    struct coverage c = {.gap = r->op == RULE_GAP, .file = b->file_index, .line = b->line};
    if (!build_span(b, &r->time, &c.from, &c.to) || !by_of(b, r, &c.by) || !area_of(b, r, &c))
        return false;
    c.means = str_trim(build_cell(b, &r->means));
    c.cause = str_trim(build_cell(b, &r->cause));
    if (c.gap && !c.cause.n) c.cause = STR("cause not stated");
    if (facts_add_coverage(&b->intake->facts, &c, r->covers, r->n_covers) != STATUS_OK)
        return !(b->failed = true);
    b->file->accepted++;
    return true;
}

static bool add_finding(struct build *b, const struct row_rule *r)
{
    struct finding x = {
        .kind = r->kind, .actor = FACTS_NONE, .file = b->file_index, .line = b->line};
    struct str identity = joined(b, &r->identity, "/", &b->identity);
    const struct table_entry *e = build_lookup(r->says_table, str_trim(build_cell(b, &r->says)));
    size_t n = 0;
    if (!identity.n) return build_bad_cell(b, &r->identity.v[0], "is empty: what is it about?");
    if (!e || e->unknown)
        return build_bad_cell(b, &r->says, "is no finding that the mapping knows");
    x.says = (enum finding_says)e->to;
    if (!by_of(b, r, &x.body) || !recorded_of(b, r, &x.recorded)) return false;
    if (x.body == LANG_NONE) return reason_set(&b->why, "it does not say which body found it");
    if (x.says == FINDING_ATTRIBUTED) {
        if (r->actors.n && !each_text(b, &r->actors, add_actor, &n)) return false;
        if (n != 1) return reason_set(&b->why, "it attributes to %zu actors, not to one", n);
        x.actor = b->actors[0];
    }
    if (facts_add_finding(&b->intake->facts, &x, identity) != STATUS_OK) return !(b->failed = true);
    b->file->accepted++;
    return true;
}

/* ---- rows ---- */

bool build_set_aside(void *ctx, uint32_t line, const char *why)
{
    struct build *b = ctx;
    b->intake->facts.rows_read++;
    b->file->read++;
    b->file->set_aside++;
    return facts_set_aside(&b->intake->facts, b->file_index, line, str_of(why)) == STATUS_OK;
}

/* Is the row left out by a filter?  It is counted by the first that does. */
static bool filtered(struct build *b)
{
    const struct mapping *m = b->mapping;
    for (size_t i = 0; i < m->n_filters; i++) {
        if (build_holds(b, &m->filters[i].when) == m->filters[i].keep) continue;
        b->intake->filters[b->first_filter + i].rows++;
        b->file->filtered++;
        b->intake->facts.rows_filtered++;
        return true;
    }
    return false;
}

static bool add_row(struct build *b)
{
    static bool (*const add[])(struct build *,
                               const struct row_rule *) = {[RULE_REPORT] = add_report,
                                                           [RULE_COVERAGE] = add_coverage,
                                                           [RULE_GAP] = add_coverage,
                                                           [RULE_FINDING] = add_finding};
    const struct mapping *m = b->mapping;
    for (b->rule = 0; b->rule < m->n_rules; b->rule++) {
        const struct row_rule *r = &m->rules[b->rule];
        if (build_holds(b, &r->when)) return add[r->op](b, r);
    }
    return reason_set(&b->why, "no sentence of the mapping says what this row is");
}

bool build_row(void *ctx, const struct row *row)
{
    struct build *b = ctx;
    b->line = row->line;
    b->hash = row->hash;
    b->why.text[0] = 0;
    bool fits = decode(b, row->cells);
    if (fits && filtered(b)) {
        b->intake->facts.rows_read++;
        b->file->read++;
        return true;
    }
    fits = fits && add_row(b);
    if (b->failed) return false;
    if (!fits) return build_set_aside(b, row->line, b->why.text);
    b->intake->facts.rows_read++;
    b->file->read++;
    return true;
}
