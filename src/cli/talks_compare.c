/* truce compare DRAFT-A DRAFT-B [--json] [--witness FOLDER] [--seconds N]
 *
 * Exit: 0 no difference was found; 1 they differ, or it was not decided; 2 one cannot be read; 3 memory, the solver. */
#include "cli/options.h"
#include "cli/talks.h"
#include "talks/draft_compare.h"
#include "talks/draft_witness.h"
#include "talks/text_json.h"

#include <stdio.h>

static const char usage[] = "DRAFT-A DRAFT-B [--json] [--witness FOLDER] [--seconds N]";

struct request {
    struct str paths[DRAFT_SIDES];
    struct str folder, seconds_word;
    bool json;
    size_t seconds;
};

static const char letters[] = "AB";

static struct str provision_name(const struct draft_comparisons *c, uint32_t side, uint32_t p)
{
    return c->world.sides[side].g->provisions[p].name;
}

/* "FOLDER/north-A-forbids": in it a folder for each draft. */
static struct str witness_folder(struct arena *a, const struct request *r,
                                 const struct draft_comparison *x, uint32_t side)
{
    return str_fmt(a, "%.*s/%.*s-%c-forbids", STR_ARG(r->folder), STR_ARG(x->actor), letters[side]);
}

static enum status write_witnesses(struct arena *a, const struct request *r,
                                   const struct draft_comparisons *c, struct diags *d)
{
    enum status s = r->folder.n ? draft_folder(a, r->folder, d) : STATUS_OK;
    for (size_t i = 0; i < c->n && r->folder.n; i++) {
        for (uint32_t side = 0; side < DRAFT_SIDES; side++) {
            const struct draft_comparison *x = &c->items[i];
            if (!x->forbidden[side].on || s != STATUS_OK) continue;
            struct str folder = witness_folder(a, r, x, side);
            s = draft_folder(a, folder, d);
            for (uint32_t k = 0; k < DRAFT_SIDES && s == STATUS_OK; k++)
                s = draft_witness_write(&c->logic, k, &x->forbidden[side], false,
                                        str_fmt(a, "%.*s/%c", STR_ARG(folder), letters[k]), d);
        }
    }
    return s;
}

/* --- text ------------------------------------------------------------------------------------ */

static const char *const relations[] = {"no difference was found", "A is stricter", "B is stricter",
                                        "each is stricter in something"};

/* What was given up may hide a difference. */
static const char *undecided(const struct draft_comparison *x)
{
    bool given_up = x->unknown[0] || x->unknown[1];
    if (!given_up) return NULL;
    return draft_relation(x) == DRAFT_SAME
               ? "not decided"
               : "whether the other is, in something else, is not decided";
}

static void text_side(struct arena *a, const struct request *r, const struct draft_comparisons *c,
                      const struct draft_comparison *x, uint32_t side, struct buf *out)
{
    struct buf lines;
    buf_init(&lines);
    buf_fmt(out, "  allowed by %c, not by %c (simulated%s):\n", letters[!side], letters[side],
            x->others_keep[side] ? "" : "; others break a provision in it as well");
    draft_timeline_text(&c->logic, &x->forbidden[side], &lines);
    talks_indented(buf_str(&lines), out);
    for (uint32_t i = 0; i < x->n_broken[side]; i++) {
        const struct agreement *g = c->world.sides[side].g;
        const struct provision *p = &g->provisions[x->broken[side][i]];
        buf_fmt(out, "    breaks %c, %.*s, provision %.*s: %.*s\n", letters[side],
                STR_ARG(g->clauses[p->clause].title), STR_ARG(p->name), STR_ARG(p->sentence));
    }
    if (r->folder.n) buf_fmt(out, "    in %.*s\n", STR_ARG(witness_folder(a, r, x, side)));
    buf_free(&lines);
}

static void text(struct arena *a, const struct request *r, const struct draft_comparisons *c,
                 struct buf *out)
{
    const struct draft_world *w = &c->world;
    bool all = true;
    for (uint32_t s = 0; s < DRAFT_SIDES; s++)
        buf_fmt(out, "%c: %.*s (%.*s)\n", letters[s], STR_ARG(w->sides[s].g->header.title),
                STR_ARG(w->sides[s].g->source->name));
    for (size_t i = 0; i < c->n; i++) {
        const struct draft_comparison *x = &c->items[i];
        const char *open = undecided(x);
        bool known = draft_relation(x) != DRAFT_SAME || !open;
        buf_fmt(out, "%.*s: %s%s%s\n", STR_ARG(x->actor), known ? relations[draft_relation(x)] : "",
                known && open ? "; " : "", open ? open : "");
        for (uint32_t side = 0; side < DRAFT_SIDES; side++) {
            if (x->forbidden[side].on) text_side(a, r, c, x, side, out);
            all = all && !x->unknown[side];
        }
    }
    buf_fmt(out, "Bounded: among timelines whose acts fall on %u moments, ", w->n_moments);
    zone_format(w->sides[0].g->header.zone, out, w->moments[0]);
    buf_puts(out, " to ");
    zone_format(w->sides[0].g->header.zone, out, w->horizon);
    buf_puts(out, ".\n");
    for (uint32_t i = 0; i < c->logic.n_rules; i++)
        if (c->logic.rules[i].refused)
            buf_fmt(out, "Not compared: %.*s in %c, for %s.\n",
                    STR_ARG(provision_name(c, c->logic.rules[i].side, c->logic.rules[i].provision)),
                    letters[c->logic.rules[i].side], c->logic.rules[i].refused);
    if (!all)
        buf_puts(out, "Not fully explored: a question took too long (--seconds), or asked for more "
                      "acts than these moments hold.\n");
}

/* --- JSON ------------------------------------------------------------------------------------ */

static void json_time(struct jsonl *j, const char *key, const struct draft_comparisons *c,
                      instant at)
{
    struct buf b;
    buf_init(&b);
    if (at == INSTANT_MAX) {
        jsonl_null(j, key);
    } else {
        zone_format(c->world.sides[0].g->header.zone, &b, at);
        jsonl_text(j, key, buf_str(&b));
    }
    buf_free(&b);
}

static void json_side(struct arena *a, struct jsonl *j, const struct request *r,
                      const struct draft_comparisons *c, const struct draft_comparison *x,
                      uint32_t side)
{
    static const char *const key[] = {"allowed_by_b_only", "allowed_by_a_only"};
    struct buf lines;
    instant at, to;
    if (!x->forbidden[side].on) {
        jsonl_null(j, key[side]);
        return;
    }
    buf_init(&lines);
    draft_timeline_text(&c->logic, &x->forbidden[side], &lines);
    draft_replay_times(&c->world, side, &at, &to);
    jsonl_open(j, key[side], '{');
    jsonl_bool(j, "simulated", true);
    jsonl_text(j, "timeline", buf_str(&lines));
    jsonl_open(j, "broken", '[');
    for (uint32_t i = 0; i < x->n_broken[side]; i++)
        jsonl_text(j, NULL, provision_name(c, side, x->broken[side][i]));
    jsonl_close(j, ']');
    jsonl_bool(j, "others_keep_both", x->others_keep[side]);
    if (r->folder.n) jsonl_text(j, "folder", witness_folder(a, r, x, side));
    json_time(j, "at", c, at);
    json_time(j, "to", c, to);
    jsonl_close(j, '}');
    buf_free(&lines);
}

static void json(struct arena *a, const struct request *r, const struct draft_comparisons *c,
                 struct buf *out)
{
    static const char *const words[] = {"same", "a", "b", "both"};
    struct jsonl j = {out, false};
    for (size_t i = 0; i < c->n; i++) {
        const struct draft_comparison *x = &c->items[i];
        jsonl_open(&j, NULL, '{');
        jsonl_text(&j, "view", STR("compare"));
        jsonl_text(&j, "actor", x->actor);
        if (draft_relation(x) == DRAFT_SAME && undecided(x))
            jsonl_null(&j, "stricter");
        else
            jsonl_text(&j, "stricter", str_of(words[draft_relation(x)]));
        json_side(a, &j, r, c, x, 1);
        json_side(a, &j, r, c, x, 0);
        jsonl_bool(&j, "complete", !x->unknown[0] && !x->unknown[1]);
        jsonl_close(&j, '}');
        jsonl_line(&j);
    }
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "view", STR("compare bound"));
    jsonl_number(&j, "moments", c->world.n_moments);
    json_time(&j, "from", c, c->world.moments[0]);
    json_time(&j, "horizon", c, c->world.horizon);
    jsonl_open(&j, "not_compared", '[');
    for (uint32_t i = 0; i < c->logic.n_rules; i++) {
        const struct draft_rule *x = &c->logic.rules[i];
        if (!x->refused) continue;
        jsonl_open(&j, NULL, '{');
        jsonl_text(&j, "draft", (struct str){&letters[x->side], 1});
        jsonl_text(&j, "provision", provision_name(c, x->side, x->provision));
        jsonl_text(&j, "why", str_of(x->refused));
        jsonl_close(&j, '}');
    }
    jsonl_close(&j, ']');
    jsonl_close(&j, '}');
    jsonl_line(&j);
}

/* --- the command ----------------------------------------------------------------------------- */

static bool differs(const struct draft_comparisons *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (draft_relation(&c->items[i]) != DRAFT_SAME || undecided(&c->items[i])) return true;
    return false;
}

static int compare(const struct request *r)
{
    struct arena a;
    struct diags d;
    struct buf out;
    const struct source *source;
    const struct agreement *g[DRAFT_SIDES] = {NULL, NULL};
    struct draft_comparisons c = {.n = 0};
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    enum status status = STATUS_OK;
    for (uint32_t s = 0; s < DRAFT_SIDES; s++) {
        enum status one = agreement_load(&a, r->paths[s], &d, &source, &g[s]);
        if (one > status) status = one;
    }
    Z3_context z3 = status == STATUS_OK ? z3_new() : NULL;
    if (status == STATUS_OK)
        status = z3 ? draft_compare(&a, z3, g[0], g[1], r->seconds * 1000, &c) : STATUS_FAULT;
    if (status == STATUS_OK) status = write_witnesses(&a, r, &c, &d);
    if (status == STATUS_OK) {
        (r->json ? json : text)(&a, r, &c, &out);
        status = talks_output(&a, &out, (struct str){NULL, 0}, &d);
        if (status == STATUS_OK && differs(&c)) status = STATUS_NEGATIVE;
    }
    if (z3) draft_comparisons_free(&c);
    if (z3) Z3_del_context(z3);
    talks_complain(&d, r->json);
    buf_free(&out);
    arena_free(&a);
    return (int)status;
}

static bool read_words(struct request *r, int argc, char **argv, struct arena *a, struct buf *wrong)
{
    const struct option options[] = {{"--json", NULL, NULL, &r->json},
                                     {"--witness", "FOLDER", &r->folder, NULL},
                                     {"--seconds", "N", &r->seconds_word, NULL}};
    struct words words = {.items = arena_array(a, (size_t)argc + 1, sizeof(struct str))};
    if (!words.items || !options_read(argc, argv, options, 3, &words, wrong)) return false;
    if (r->seconds_word.n && !options_number(r->seconds_word, 1, 1000000, &r->seconds))
        buf_puts(wrong, "--seconds is a whole number above 0");
    else if (words.n != DRAFT_SIDES)
        buf_puts(wrong, "name two drafts");
    for (uint32_t s = 0; s < DRAFT_SIDES && words.n == DRAFT_SIDES; s++)
        r->paths[s] = words.items[s];
    return !wrong->n;
}

int talks_compare_command(int argc, char **argv)
{
    struct request r = {.seconds = 20};
    struct arena a;
    struct buf wrong;
    arena_init(&a);
    buf_init(&wrong);
    int code = STATUS_INPUT;
    if (read_words(&r, argc, argv, &a, &wrong))
        code = compare(&r);
    else
        fprintf(stderr, "truce compare: %.*s\nusage: truce compare %s\n",
                STR_ARG(wrong.n ? buf_str(&wrong) : STR("memory ran out")), usage);
    buf_free(&wrong);
    arena_free(&a);
    return code;
}
