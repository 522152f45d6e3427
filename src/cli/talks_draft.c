/* truce talks check-draft AGREEMENT.md [--json] [--witness FOLDER] [--seconds N] */
#include "cli/talks.h"
#include "talks/draft_check.h"
#include "talks/draft_witness.h"
#include "talks/text_json.h"

#include <stdlib.h>
#include <string.h>

struct request {
    const char *path;
    struct str folder; /* of witnesses; empty: none are written */
    bool json;
    unsigned seconds;
};

static struct str name_of(const struct draft_findings *f, uint32_t provision)
{
    return f->world.sides[0].g->provisions[provision].name;
}

/* "FOLDER/3-contradiction-2" */
static struct str witness_folder(struct arena *a, const struct request *r,
                                 const struct draft_findings *f, size_t finding, uint32_t witness)
{
    struct str s = str_fmt(a, "%.*s/%zu-%s-%u", STR_ARG(r->folder), finding + 1,
                           draft_finding_name(f->items[finding].kind), witness + 1);
    for (size_t i = r->folder.n; i < s.n; i++)
        if (s.p[i] == ' ') ((char *)(uintptr_t)s.p)[i] = '-';
    return s;
}

static enum status write_witnesses(struct arena *a, const struct request *r,
                                   const struct draft_findings *f, struct diags *d)
{
    enum status s = r->folder.n ? draft_folder(a, r->folder, d) : STATUS_OK;
    for (size_t i = 0; i < f->n && r->folder.n && s == STATUS_OK; i++)
        for (uint32_t k = 0; k < f->items[i].n_witnesses && s == STATUS_OK; k++) {
            const struct draft_witness *w = &f->items[i].witnesses[k];
            s = draft_witness_write(&f->logic, 0, &w->timeline, w->declared_only,
                                    witness_folder(a, r, f, i, k), d);
        }
    return s;
}

/* --- text ------------------------------------------------------------------------------------ */

static void names(const struct draft_findings *f, const uint32_t *v, uint32_t n, struct buf *out)
{
    for (uint32_t i = 0; i < n; i++)
        buf_fmt(out, "%s%.*s", i ? ", " : "", STR_ARG(name_of(f, v[i])));
}

static void text_witness(const struct draft_findings *f, const struct draft_witness *w,
                         struct buf *out)
{
    struct buf lines;
    buf_init(&lines);
    buf_puts(out, "    simulated");
    if (w->n_broken) {
        buf_puts(out, ": breaks ");
        names(f, w->broken, w->n_broken, out);
    }
    if (w->n_kept) {
        buf_puts(out, w->n_broken ? ", not " : ": breaks none of ");
        names(f, w->kept, w->n_kept, out);
    }
    buf_putc(out, '\n');
    draft_timeline_text(&f->logic, &w->timeline, &lines);
    talks_indented(buf_str(&lines), out);
    buf_free(&lines);
}

static void text_bound(const struct draft_findings *f, struct buf *out)
{
    const struct draft_world *w = &f->world;
    const struct agreement *g = w->sides[0].g;
    buf_fmt(out, "%zu finding%s. Bounded: among timelines whose acts fall on %u moments, ", f->n,
            f->n == 1 ? "" : "s", w->n_moments);
    zone_format(g->header.zone, out, w->moments[0]);
    buf_puts(out, " to ");
    zone_format(g->header.zone, out, w->horizon);
    buf_puts(out, "; no finding is no proof.\n");
    for (uint32_t i = 0; i < f->logic.n_rules; i++)
        if (f->logic.rules[i].refused)
            buf_fmt(out, "Not reasoned about: %.*s, for %s.\n",
                    STR_ARG(name_of(f, f->logic.rules[i].provision)), f->logic.rules[i].refused);
    if (!f->complete)
        buf_puts(out,
                 "Not fully explored: a question took too long (--seconds), or there were more "
                 "than 200 results.\n");
}

static void text(struct arena *a, const struct request *r, const struct draft_findings *f,
                 struct buf *out)
{
    const struct agreement *g = f->world.sides[0].g;
    for (size_t i = 0; i < f->n; i++) {
        const struct draft_finding *x = &f->items[i];
        buf_fmt(out, "%s: %.*s\n", draft_finding_name(x->kind), STR_ARG(x->what));
        for (uint32_t k = 0; k < x->n; k++) {
            const struct provision *p = &g->provisions[x->provisions[k]];
            buf_fmt(out, "  %.*s, provision %.*s: %.*s\n", STR_ARG(g->clauses[p->clause].title),
                    STR_ARG(p->name), STR_ARG(p->sentence));
        }
        for (uint32_t k = 0; k < x->n_witnesses; k++) {
            if (x->kind != DRAFT_GAP) text_witness(f, &x->witnesses[k], out);
            if (r->folder.n && x->kind != DRAFT_GAP)
                buf_fmt(out, "      in %.*s\n", STR_ARG(witness_folder(a, r, f, i, k)));
        }
    }
    text_bound(f, out);
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void json_names(struct jsonl *j, const char *key, const struct draft_findings *f,
                       const uint32_t *v, uint32_t n)
{
    jsonl_open(j, key, '[');
    for (uint32_t i = 0; i < n; i++) jsonl_text(j, NULL, name_of(f, v[i]));
    jsonl_close(j, ']');
}

static void json_time(struct jsonl *j, const char *key, const struct draft_findings *f, instant at)
{
    struct buf b;
    buf_init(&b);
    if (at != INSTANT_MAX && at != INSTANT_MIN) {
        zone_format(f->world.sides[0].g->header.zone, &b, at);
        jsonl_text(j, key, buf_str(&b));
    } else {
        jsonl_null(j, key);
    }
    buf_free(&b);
}

static void json_witness(struct arena *a, struct jsonl *j, const struct request *r,
                         const struct draft_findings *f, size_t finding, uint32_t k)
{
    const struct draft_witness *w = &f->items[finding].witnesses[k];
    struct buf lines;
    instant at, to;
    buf_init(&lines);
    draft_timeline_text(&f->logic, &w->timeline, &lines);
    draft_replay_times(&f->world, 0, &at, &to);
    jsonl_open(j, NULL, '{');
    jsonl_bool(j, "simulated", true);
    jsonl_text(j, "timeline", buf_str(&lines));
    json_names(j, "broken", f, w->broken, w->n_broken);
    json_names(j, "not_broken", f, w->kept, w->n_kept);
    if (r->folder.n) jsonl_text(j, "folder", witness_folder(a, r, f, finding, k));
    json_time(j, "at", f, at);
    json_time(j, "to", f, to);
    jsonl_close(j, '}');
    buf_free(&lines);
}

static void json_bound(const struct draft_findings *f, struct buf *out)
{
    struct jsonl j = {out, false};
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "view", STR("draft bound"));
    jsonl_open(&j, "moments", '[');
    for (uint32_t i = 0; i < f->world.n_moments; i++) json_time(&j, NULL, f, f->world.moments[i]);
    jsonl_close(&j, ']');
    json_time(&j, "horizon", f, f->world.horizon);
    jsonl_bool(&j, "complete", f->complete);
    jsonl_open(&j, "not_reasoned_about", '[');
    for (uint32_t i = 0; i < f->logic.n_rules; i++) {
        const struct draft_rule *x = &f->logic.rules[i];
        if (!x->refused) continue;
        jsonl_open(&j, NULL, '{');
        jsonl_text(&j, "provision", name_of(f, x->provision));
        jsonl_text(&j, "why", str_of(x->refused));
        jsonl_close(&j, '}');
    }
    jsonl_close(&j, ']');
    jsonl_close(&j, '}');
    jsonl_line(&j);
}

static void json(struct arena *a, const struct request *r, const struct draft_findings *f,
                 struct buf *out)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct draft_finding *x = &f->items[i];
        struct jsonl j = {out, false};
        jsonl_open(&j, NULL, '{');
        jsonl_text(&j, "view", STR("draft"));
        jsonl_text(&j, "finding", str_of(draft_finding_name(x->kind)));
        json_names(&j, "provisions", f, x->provisions, x->n);
        jsonl_text(&j, "what", x->what);
        jsonl_open(&j, "bound", '{');
        jsonl_number(&j, "moments", f->world.n_moments);
        json_time(&j, "horizon", f, f->world.horizon);
        jsonl_close(&j, '}');
        jsonl_open(&j, "witnesses", '[');
        for (uint32_t k = 0; k < x->n_witnesses; k++) json_witness(a, &j, r, f, i, k);
        jsonl_close(&j, ']');
        jsonl_close(&j, '}');
        jsonl_line(&j);
    }
    json_bound(f, out);
}

/* --- the command ----------------------------------------------------------------------------- */

static int check(const struct request *r)
{
    struct arena a;
    struct diags d;
    struct buf out;
    const struct source *source;
    const struct agreement *g;
    struct draft_findings f = {0};
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    enum status status = agreement_load(&a, str_of(r->path), &d, &source, &g);
    Z3_context z3 = status == STATUS_OK ? z3_new() : NULL;
    if (status == STATUS_OK)
        status = z3 ? draft_check(&a, z3, g, (uint64_t)r->seconds * 1000, &f) : STATUS_FAULT;
    if (status == STATUS_OK) status = write_witnesses(&a, r, &f, &d);
    if (status == STATUS_OK) {
        if (r->json)
            json(&a, r, &f, &out);
        else
            text(&a, r, &f, &out);
        status = talks_output(&a, &out, (struct str){NULL, 0}, &d);
        if (status == STATUS_OK && f.n) status = STATUS_NEGATIVE;
    }
    if (z3) draft_findings_free(&f);
    if (z3) Z3_del_context(z3);
    talks_complain(&d, r->json);
    buf_free(&out);
    arena_free(&a);
    return (int)status;
}

int talks_check_draft_command(int argc, char **argv)
{
    static const char usage[] = "AGREEMENT.md [--json] [--witness FOLDER] [--seconds N]";
    struct request r = {.seconds = 20};
    for (int i = 1; i < argc; i++) {
        bool witness = strcmp(argv[i], "--witness") == 0;
        bool seconds = strcmp(argv[i], "--seconds") == 0;
        if (strcmp(argv[i], "--json") == 0) {
            r.json = true;
        } else if ((witness || seconds) && i + 1 < argc) {
            i++;
            if (witness) r.folder = str_of(argv[i]);
            if (seconds) r.seconds = (unsigned)strtoul(argv[i], NULL, 10);
            if (r.seconds == 0 || r.seconds > 1000000)
                return talks_usage(argv[0], usage, "not a number of seconds:", argv[i]);
        } else if (argv[i][0] == '-' || r.path) {
            return talks_usage(argv[0], usage, "what is", argv[i]);
        } else {
            r.path = argv[i];
        }
    }
    if (!r.path) return talks_usage(argv[0], usage, "no file named", NULL);
    return check(&r);
}
