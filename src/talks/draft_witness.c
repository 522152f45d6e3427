/* See draft_witness.h.  The mapping has one rule for each kind and manner of place, named by the
 * column `what` of the timeline. */
#include "talks/draft_witness.h"

#include "base/file.h"
#include "talks/text_json.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_MOST ((size_t)256 << 20)

/* --- what happens, in order ------------------------------------------------------------------ */

struct happening {
    uint32_t item;
    instant from, to; /* an event: both the same; a state: to INSTANT_MAX: for good */
};

struct happenings {
    struct happening *v;
    size_t n, cap;
};

static bool put(struct arena *a, struct happenings *h, uint32_t item, instant from, instant to)
{
    struct happening *v = arena_grow(a, h->v, h->n, &h->cap, sizeof *v);
    if (!v) return false;
    h->v = v;
    v[h->n++] = (struct happening){item, from, to};
    return true;
}

static bool put_state(struct arena *a, const struct draft_world *w, const bool *on, uint32_t item,
                      struct happenings *h)
{
    for (uint32_t m = 0; m < w->n_moments; m++) {
        uint32_t from = m;
        if (!on[m]) continue;
        while (m + 1 < w->n_moments && on[m + 1]) m++;
        instant to = m + 1 < w->n_moments ? w->moments[m + 1] - 1 : INSTANT_MAX;
        if (!put(a, h, item, w->moments[from], to)) return false;
    }
    return true;
}

static int by_time(const void *x, const void *y)
{
    const struct happening *a = x, *b = y;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

static bool happenings(const struct draft_logic *d, const struct draft_timeline *t,
                       struct happenings *h)
{
    const struct draft_world *w = d->w;
    *h = (struct happenings){NULL, 0, 0};
    for (uint32_t i = 0; i < w->n_items; i++) {
        const bool *on = &t->on[d->vars.items[i] - d->vars.flat];
        if (w->items[i].state) {
            if (!put_state(w->arena, w, on, i, h)) return false;
        } else if (on[0]) {
            instant at = w->moments[w->items[i].moment];
            if (!put(w->arena, h, i, at, at)) return false;
        }
    }
    if (h->n) qsort(h->v, h->n, sizeof *h->v, by_time);
    return true;
}

static void add_time(const struct draft_world *w, instant at, struct buf *out)
{
    zone_format(w->sides[0].g->header.zone, out, at);
}

static void add_value(const struct draft_value *v, struct buf *out)
{
    buf_fmt(out, ", %.*s ", STR_ARG(v->name));
    if (v->type == ATTRIBUTE_TEXT || v->type == ATTRIBUTE_ACTOR)
        buf_add(out, v->text);
    else
        buf_fmt(out, "%lld %s", (long long)v->number, attribute_base_unit(v->type));
}

void draft_timeline_text(const struct draft_logic *d, const struct draft_timeline *t,
                         struct buf *out)
{
    struct happenings h;
    bool everything = d->vars.n_flat > 0;
    for (size_t i = 0; i < d->vars.n_flat; i++) everything = everything && t->on[i];
    if (everything) {
        buf_fmt(out, "all that the text speaks of happens, at each of %u moments\n",
                d->w->n_moments);
        return;
    }
    if (!happenings(d, t, &h)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < h.n; i++) {
        const struct draft_item *x = &d->w->items[h.v[i].item];
        add_time(d->w, h.v[i].from, out);
        if (x->state) {
            buf_puts(out, h.v[i].to == INSTANT_MAX ? " onwards" : " to ");
            if (h.v[i].to != INSTANT_MAX) add_time(d->w, h.v[i].to, out);
        }
        buf_fmt(out, "  %.*s", STR_ARG(x->kind_name));
        if (x->actor.n) buf_fmt(out, " %s %.*s", x->state ? "of" : "by", STR_ARG(x->actor));
        if (x->place != LANG_NONE) buf_fmt(out, ", %.*s", STR_ARG(d->w->places[x->place].words));
        for (uint32_t k = 0; k < x->n_values; k++) add_value(&x->values[k], out);
        buf_putc(out, '\n');
    }
    if (!h.n) buf_puts(out, "nothing happens\n");
}

void draft_replay_times(const struct draft_world *w, uint32_t side, instant *at, instant *to)
{
    const struct agreement *g = w->sides[side].g;
    *to = g->header.until == INSTANT_MAX || g->header.until > w->horizon ? w->horizon : INSTANT_MAX;
    *at = instant_add(w->moments[w->n_moments - 1], SECONDS_PER_DAY);
}

/* --- the mapping ----------------------------------------------------------------------------- */

enum manner { MANNER_NOWHERE, MANNER_AREA, MANNER_POINT, MANNER_BOTH };

static enum manner manner_of(const struct draft_world *w, const struct draft_item *x)
{
    if (x->place == LANG_NONE) return MANNER_NOWHERE;
    const struct draft_place *p = &w->places[x->place];
    return p->has_point ? (p->area.n ? MANNER_BOTH : MANNER_POINT) : MANNER_AREA;
}

static const char *const manners[] = {"", " in an area", " at a point", " at a point in an area"};

static bool is_number(enum attribute_type t)
{
    return t != ATTRIBUTE_TEXT && t != ATTRIBUTE_ACTOR && t != ATTRIBUTE_YESNO;
}

static void map_values(const struct agreement *g, const struct draft_item *x, uint32_t kind,
                       struct buf *out)
{
    for (uint32_t i = 0; i < x->n_values; i++) {
        const struct draft_value *v = &x->values[i];
        uint32_t a = kind_attribute(&g->kinds[kind], v->name);
        if (a == LANG_NONE || a == g->kinds[kind].actor) continue;
        buf_fmt(out, "%.*s is column \"%.*s\"", STR_ARG(v->name), STR_ARG(v->name));
        const char *unit = attribute_base_unit(v->type);
        if (is_number(v->type) && *unit) buf_fmt(out, " in %s", unit);
        buf_puts(out, ".\n");
    }
}

static void map_item(const struct agreement *g, uint32_t side, const struct draft_world *w,
                     const struct draft_item *x, struct buf *out)
{
    uint32_t kind = x->kind[side];
    enum manner m = manner_of(w, x);
    buf_fmt(out, "\neach row where column \"what\" is \"%.*s%s\" is a %.*s.\n",
            STR_ARG(x->kind_name), manners[m], STR_ARG(x->kind_name));
    buf_puts(out, x->state
                      ? "the start is column \"from\". the end is column \"to\", open when empty.\n"
                      : "the time is column \"at\".\n");
    if (x->actor.n) buf_puts(out, "the actor is column \"who\".\n");
    if (m == MANNER_POINT || m == MANNER_BOTH)
        buf_puts(
            out,
            "the place is the point at latitude column \"lat\" and longitude column \"lon\".\n");
    if (m == MANNER_AREA || m == MANNER_BOTH) buf_puts(out, "the area is column \"area\".\n");
    map_values(g, x, kind, out);
}

static void map_coverage(const struct agreement *g, bool declared_only, struct buf *out)
{
    if (!declared_only)
        buf_puts(out,
                 "\neach row where column \"what\" is \"coverage\" is coverage.\n"
                 "the time is from column \"from\" to column \"to\", open when empty. the zone is "
                 "everywhere.\n");
    for (uint32_t i = 0; i < g->n_coverage; i++) {
        const struct coverage_rule *r = &g->coverage[i];
        for (uint32_t k = 0; k < (r->by.n ? r->by.n : 1); k++) {
            buf_fmt(
                out,
                "\neach row where column \"what\" is \"coverage %u %u\" is coverage.\n"
                "the time is from column \"from\" to column \"to\", open when empty. the zone is "
                "everywhere.\n",
                i, k);
            if (r->by.n) buf_fmt(out, "it is by %.*s.\n", STR_ARG(g->actors[r->by.v[k]].name));
            if (r->n_means) buf_puts(out, "the means is column \"means\".\n");
            if (r->kind != LANG_NONE)
                buf_fmt(out, "it covers %.*s.\n", STR_ARG(g->kinds[r->kind].name));
        }
    }
}

static void mapping(const struct draft_logic *d, uint32_t side, bool declared_only, struct buf *out)
{
    const struct draft_world *w = d->w;
    const struct agreement *g = w->sides[side].g;
    buf_puts(out, "# A simulated timeline\n\nSIMULATED: made by truce to show what a draft means. "
                  "Nothing of it happened.\n\n```mapping\n"
                  "reports from \"timeline.jsonl\" are json lines.\n"
                  "note \"SIMULATED: made to show what a draft means. Nothing of it happened.\".\n"
                  "each report is known by column \"id\".\nthe grade is seen.\n"
                  "the sources are column \"sources\", split at \";\".\n");
    for (uint32_t i = 0; i < w->n_items; i++) {
        const struct draft_item *x = &w->items[i];
        bool there = x->kind[side] == LANG_NONE;
        for (uint32_t k = 0; k < i && !there; k++)
            there = w->items[k].kind[side] == x->kind[side] &&
                    manner_of(w, &w->items[k]) == manner_of(w, x) &&
                    (w->items[k].actor.n > 0) == (x->actor.n > 0);
        if (!there) map_item(g, side, w, x, out);
    }
    map_coverage(g, declared_only, out);
    buf_puts(out, "```\n");
}

/* --- the rows -------------------------------------------------------------------------------- */

static void row_text(struct jsonl *j, const char *key, const struct draft_world *w, instant at)
{
    struct buf b;
    buf_init(&b);
    if (at == INSTANT_MAX)
        jsonl_text(j, key, (struct str){"", 0});
    else {
        add_time(w, at, &b);
        jsonl_text(j, key, buf_str(&b));
    }
    buf_free(&b);
}

/* Every body and guarantor says so, and two more that are independent. */
static void row_sources(struct jsonl *j, const struct agreement *g)
{
    struct buf b;
    buf_init(&b);
    buf_puts(&b, "simulated source 1;simulated source 2;simulated source 3");
    for (uint32_t i = 0; i < g->n_actors; i++)
        if (g->actors[i].class_ == ACTOR_BODY) buf_fmt(&b, ";%.*s", STR_ARG(g->actors[i].name));
    jsonl_text(j, "sources", buf_str(&b));
    buf_free(&b);
}

static void row_place(struct jsonl *j, const struct draft_place *p)
{
    struct buf b;
    buf_init(&b);
    if (p->has_point) {
        buf_fmt(&b, "%.6f", p->lat);
        jsonl_text(j, "lat", buf_str(&b));
        buf_clear(&b);
        buf_fmt(&b, "%.6f", p->lon);
        jsonl_text(j, "lon", buf_str(&b));
    }
    if (p->area.n) jsonl_text(j, "area", p->area);
    buf_free(&b);
}

static void row(const struct draft_logic *d, uint32_t side, const struct happening *h,
                size_t number, struct arena *a, struct buf *out)
{
    const struct draft_world *w = d->w;
    const struct draft_item *x = &w->items[h->item];
    struct jsonl j = {out, false};
    if (x->kind[side] == LANG_NONE) return;
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "id", str_fmt(a, "simulated-%zu", number + 1));
    jsonl_text(&j, "what", str_fmt(a, "%.*s%s", STR_ARG(x->kind_name), manners[manner_of(w, x)]));
    if (x->state) {
        row_text(&j, "from", w, h->from);
        row_text(&j, "to", w, h->to);
    } else {
        row_text(&j, "at", w, h->from);
    }
    if (x->actor.n) jsonl_text(&j, "who", x->actor);
    for (uint32_t i = 0; i < x->n_values; i++) {
        const char *key = str_dup(a, x->values[i].name).p;
        if (key && is_number(x->values[i].type))
            jsonl_number(&j, key, x->values[i].number);
        else if (key)
            jsonl_text(&j, key, x->values[i].text);
    }
    if (x->place != LANG_NONE) row_place(&j, &w->places[x->place]);
    row_sources(&j, w->sides[side].g);
    jsonl_bool(&j, "simulated", true);
    jsonl_close(&j, '}');
    jsonl_line(&j);
}

static void row_coverage(const struct draft_logic *d, struct str what, struct str means,
                         struct buf *out)
{
    const struct draft_world *w = d->w;
    struct jsonl j = {out, false};
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "id", what);
    jsonl_text(&j, "what", what);
    jsonl_text(&j, "from", STR("")); /* since ever: what did not happen before, nobody missed */
    row_text(&j, "to", w,
             instant_add(w->moments[w->n_moments - 1], INT64_C(366) * SECONDS_PER_DAY));
    if (means.n) jsonl_text(&j, "means", means);
    jsonl_bool(&j, "simulated", true);
    jsonl_close(&j, '}');
    jsonl_line(&j);
}

static void rows_coverage(const struct draft_logic *d, uint32_t side, bool declared_only,
                          struct arena *a, struct buf *out)
{
    const struct agreement *g = d->w->sides[side].g;
    struct str none = {NULL, 0};
    if (!declared_only) row_coverage(d, STR("coverage"), none, out);
    for (uint32_t i = 0; i < g->n_coverage; i++)
        for (uint32_t k = 0; k < (g->coverage[i].by.n ? g->coverage[i].by.n : 1); k++)
            row_coverage(d, str_fmt(a, "coverage %u %u", i, k),
                         g->coverage[i].n_means ? g->coverage[i].means[0] : none, out);
}

/* --- the folder ------------------------------------------------------------------------------ */

enum status draft_folder(struct arena *a, struct str path, struct diags *d)
{
    struct str p = str_dup(a, path);
    if (!p.p) return STATUS_FAULT;
    if (mkdir(p.p, 0777) == 0) return STATUS_OK;
    struct stat st;
    if (errno == EEXIST && stat(p.p, &st) == 0 && S_ISDIR(st.st_mode)) return STATUS_OK;
    diag_add(d, SEVERITY_ERROR, "cannot-write", place_none(), "cannot make the folder %.*s: %s",
             STR_ARG(path), strerror(errno));
    return STATUS_INPUT;
}

static bool leaves_folder(struct str path)
{
    for (size_t i = 0; i + 2 <= path.n; i++)
        if (path.p[i] == '.' && path.p[i + 1] == '.') return true;
    return false;
}

static enum status copy(const struct draft_logic *d, uint32_t side, const struct geo_file *f,
                        struct str folder, struct diags *diags)
{
    struct arena *a = d->w->arena;
    struct str bytes, from = file_beside(a, d->w->sides[side].g->source->name, f->path);
    if (!f->path.n || f->path.p[0] == '/') return STATUS_OK;
    if (leaves_folder(f->path)) {
        diag_add(diags, SEVERITY_ERROR, "outside-folder", f->at,
                 "%.*s lies outside the draft's folder, so it cannot be copied into the witness",
                 STR_ARG(f->path));
        return STATUS_INPUT;
    }
    for (size_t i = 1; i < f->path.n; i++) {
        if (f->path.p[i] != '/') continue;
        struct str sub = str_fmt(a, "%.*s/%.*s", STR_ARG(folder), (int)i, f->path.p);
        enum status s = draft_folder(a, sub, diags);
        if (s != STATUS_OK) return s;
    }
    enum status s = file_read(a, from, FILE_MOST, diags, &bytes);
    if (s != STATUS_OK) return s;
    return file_write(a, str_fmt(a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(f->path)), bytes, diags);
}

static enum status copy_expr(const struct draft_logic *d, uint32_t side, const struct zone_expr *e,
                             struct str folder, struct diags *diags)
{
    if (!e) return STATUS_OK;
    enum status s = copy(d, side, &e->file, folder, diags);
    for (uint32_t i = 0; i < e->n_sub && s == STATUS_OK; i++)
        s = copy_expr(d, side, e->sub[i], folder, diags);
    return s;
}

static enum status copy_files(const struct draft_logic *d, uint32_t side, struct str folder,
                              struct diags *diags)
{
    const struct agreement *g = d->w->sides[side].g;
    enum status s = STATUS_OK;
    for (uint32_t i = 0; i < g->n_lines && s == STATUS_OK; i++)
        s = copy(d, side, &g->lines[i].file, folder, diags);
    for (uint32_t i = 0; i < g->n_zones && s == STATUS_OK; i++)
        s = copy_expr(d, side, g->zones[i].expr, folder, diags);
    for (uint32_t i = 0; i < g->n_terms && s == STATUS_OK; i++) {
        for (uint32_t k = 0; k < g->terms[i].n_alternatives && s == STATUS_OK; k++) {
            const struct alternative_reading *r = &g->terms[i].alternatives[k];
            s = copy(d, side, &r->file, folder, diags);
            if (s == STATUS_OK) s = copy_expr(d, side, r->expr, folder, diags);
        }
    }
    return s;
}

static enum status write_one(struct arena *a, struct str folder, const char *name,
                             const struct buf *text, struct diags *d)
{
    if (text->failed) return STATUS_FAULT;
    return file_write(a, str_fmt(a, "%.*s/%s", STR_ARG(folder), name), buf_str(text), d);
}

enum status draft_witness_write(const struct draft_logic *d, uint32_t side,
                                const struct draft_timeline *t, bool declared_only, struct str path,
                                struct diags *diags)
{
    struct arena *a = d->w->arena;
    struct happenings h;
    struct buf text;
    buf_init(&text);
    enum status s = draft_folder(a, path, diags);
    if (s == STATUS_OK && !happenings(d, t, &h)) s = STATUS_FAULT;
    if (s == STATUS_OK) {
        buf_add(&text, d->w->sides[side].g->source->text);
        s = write_one(a, path, "agreement.md", &text, diags);
        buf_clear(&text);
    }
    if (s == STATUS_OK) s = copy_files(d, side, path, diags);
    if (s == STATUS_OK) {
        mapping(d, side, declared_only, &text);
        s = write_one(a, path, "simulated.mapping.md", &text, diags);
        buf_clear(&text);
    }
    if (s == STATUS_OK) {
        for (size_t i = 0; i < h.n; i++) row(d, side, &h.v[i], i, a, &text);
        rows_coverage(d, side, declared_only, a, &text);
        s = write_one(a, path, "timeline.jsonl", &text, diags);
    }
    buf_free(&text);
    return s;
}
