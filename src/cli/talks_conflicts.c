/* truce talks conflicts | concessions | authority TALKS.md */
#include "cli/talks_run.h"

static const char usage[] =
    "TALKS.md [--as-of DATE] [--json] [--html FILE] [--seconds N] [--most N]";

struct listing {
    struct run *run;
    size_t number;
};

static void found(void *context, const struct conflict *c)
{
    struct listing *l = context;
    l->number++;
    if (l->run->json)
        conflict_json(&l->run->talks, c, &l->run->out);
    else
        conflict_text(&l->run->talks, c, l->number, &l->run->out);
    run_flush(l->run);
}

/* What the limits left out, said where the reader looks: below the text, or as a line of JSON. */
static void say_limits(struct run *r, bool complete, struct buf *limits)
{
    if (complete) return;
    if (!r->json) {
        buf_putc(&r->out, '\n');
        buf_add(&r->out, buf_str(limits));
        return;
    }
    struct jsonl j = {&r->out, false};
    jsonl_open(&j, NULL, '{');
    jsonl_text(&j, "view", STR("limit"));
    jsonl_text(&j, "not_explored", str_trim(buf_str(limits)));
    jsonl_close(&j, '}');
    jsonl_line(&j);
}

int talks_conflicts_command(int argc, char **argv)
{
    struct run r;
    enum status status = run_begin(&r, argc, argv, usage);
    if (status != STATUS_OK) return run_end(&r, status);
    struct listing l = {&r, 0};
    struct conflict_query q = run_query(&r);
    struct conflicts c;
    struct buf limits;
    buf_init(&limits);
    if (!r.html.n) q.found = found;
    q.context = &l;
    status = conflicts_find(&r.arena, r.z3, &r.talks, &q, &c);
    if (status == STATUS_OK) {
        bool complete = conflicts_complete(&r.talks, &c, &limits);
        if (!r.json && c.n_conflicts == 0)
            buf_puts(&r.out, complete ? "No positions collide.\n"
                                      : "No collision was found in what was explored.\n");
        say_limits(&r, complete, &limits);
        if (r.html.n) status = run_page(&r, PAGE_CONFLICTS);
    }
    buf_free(&limits);
    return run_end(&r, status);
}

int talks_concessions_command(int argc, char **argv)
{
    struct run r;
    enum status status = run_begin(&r, argc, argv, usage);
    if (status != STATUS_OK) return run_end(&r, status);
    struct conflict_query q = run_query(&r);
    struct conflicts c;
    struct buf limits;
    buf_init(&limits);
    status = conflicts_find(&r.arena, r.z3, &r.talks, &q, &c);
    if (status == STATUS_OK && r.html.n)
        status = run_page(&r, PAGE_CONCESSIONS);
    else if (status == STATUS_OK) {
        bool good = r.json ? concessions_json(&r.arena, &r.talks, &c, &r.out)
                           : concessions_text(&r.arena, &r.talks, &c, &r.out);
        if (!good) status = STATUS_FAULT;
        say_limits(&r, conflicts_complete(&r.talks, &c, &limits), &limits);
    }
    buf_free(&limits);
    return run_end(&r, status);
}

int talks_authority_command(int argc, char **argv)
{
    struct run r;
    enum status status = run_begin(&r, argc, argv, usage);
    if (status != STATUS_OK) return run_end(&r, status);
    struct conflict_query q = run_query(&r);
    struct conflicts c;
    status = conflicts_find(&r.arena, r.z3, &r.talks, &q, &c);
    if (status == STATUS_OK && r.html.n)
        status = run_page(&r, PAGE_AUTHORITY);
    else if (status == STATUS_OK && r.json)
        authority_json(&r.talks, &c, r.as_of, &r.out);
    else if (status == STATUS_OK)
        authority_text(&r.talks, &c, r.as_of, &r.out);
    return run_end(&r, status);
}

int talks_sequence_command(int argc, char **argv)
{
    struct run r;
    enum status status = run_begin(&r, argc, argv, usage);
    if (status != STATUS_OK) return run_end(&r, status);
    struct conflict_query q = run_query(&r);
    struct sequence s;
    struct buf limits;
    buf_init(&limits);
    status = sequence_find(&r.arena, r.z3, &r.talks, &q, &s);
    if (status == STATUS_OK && r.html.n)
        status = run_page(&r, PAGE_SEQUENCE);
    else if (status == STATUS_OK) {
        if (r.json)
            sequence_json(&r.arena, &s, &r.out);
        else
            sequence_text(&r.arena, &s, &r.out);
        say_limits(&r, sequence_complete(&s, &limits), &limits);
    }
    buf_free(&limits);
    return run_end(&r, status);
}

int talks_matrix_command(int argc, char **argv)
{
    struct run r;
    enum status status = run_begin(&r, argc, argv, usage);
    if (status != STATUS_OK) return run_end(&r, status);
    if (r.html.n) return run_end(&r, run_page(&r, PAGE_MATRIX));
    bool good = r.json ? matrix_json(&r.arena, &r.talks, r.as_of, &r.out)
                       : matrix_text(&r.arena, &r.talks, r.as_of, &r.out);
    return run_end(&r, good ? STATUS_OK : STATUS_FAULT);
}
