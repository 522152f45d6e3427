/* The grammar of a log, the buffer it runs through, and the batches that it fills.  See log.h. */
#include "monitor/reader.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define BUFFER_BYTES ((size_t)1 << 18)
#define BUFFER_MAX ((size_t)1 << 28) /* a single word may be as long */
#define LINE_KEPT 4096               /* bytes of the line before a token, kept for messages */
#define PAUSE_MS 10 /* so long must nothing come for a line end to end a time-point */

/* ---- input ---- */

static ssize_t fd_read(void *ctx, char *to, size_t room)
{
    const int *fd = ctx;
    for (;;) {
        ssize_t n = read(*fd, to, room);
        if (n >= 0 || errno != EINTR) return n;
    }
}

static bool fd_ready(void *ctx, int wait)
{
    const int *fd = ctx;
    struct pollfd p = {.fd = *fd, .events = POLLIN};
    return poll(&p, 1, wait) != 0; /* an error is for read to tell */
}

struct log_input log_input_fd(const int *fd)
{
    return (struct log_input){(void *)(uintptr_t)fd, fd_read, fd_ready};
}

/* ---- batches ---- */

bool batch_init(struct batch *b, const struct plan *p)
{
    *b = (struct batch){0};
    feed_init(&b->feed, p);
    return !b->feed.failed;
}

void batch_free(struct batch *b)
{
    feed_free(&b->feed);
    free(b->strings);
    *b = (struct batch){0};
}

/* The strings that the interner has got since the last batch. */
static bool tell_strings(struct reader *r, struct batch *b)
{
    size_t n = r->config->strings->n - r->told;
    if (n > b->cap_strings) {
        struct str *strings = realloc(b->strings, n * sizeof *strings);
        if (!strings) return false;
        b->strings = strings;
        b->cap_strings = n;
    }
    b->first_string = r->told;
    b->n_strings = n;
    for (size_t i = 0; i < n; i++)
        b->strings[i] = intern_str(r->config->strings, (uint32_t)(r->told + i));
    r->told += n;
    return true;
}

static bool get_fresh(struct reader *r, int64_t first)
{
    struct batch *b = r->sink.fresh(r->sink.ctx);
    if (!b) {
        r->summary->stopped = r->over = true;
        return false;
    }
    feed_clear(&b->feed, first);
    b->n_strings = 0;
    b->place = r->config->clock ? r->stamp_at : r->point_at;
    r->batch = b;
    r->rows = 0;
    return true;
}

/* Move the rows behind the marks into the fresh batch. */
static bool carry(struct reader *r, struct batch *old)
{
    for (size_t i = 0; i < r->config->n_inputs; i++) {
        struct table *from = &old->feed.tables[i], *to = &r->batch->feed.tables[i];
        size_t settled = r->mark[i];
        for (size_t k = settled; k < from->n; k++) {
            table_copy_row(to, from, k, from->from[k], from->to[k]);
            r->rows++;
        }
        if (to->failed) return false;
        if (from->n > settled) from->n = settled;
        r->point_mark[i] -= settled;
        r->mark[i] = 0;
    }
    return true;
}

/* Hand on what is settled: all but the open time-point; on the clock, all before the stamp reached
 * (`all`: that too).  False when the reading is over. */
static bool hand_on(struct reader *r, bool all)
{
    struct batch *old = r->batch;
    bool clock = r->config->clock, open = r->open && !all && !clock;
    size_t points = old->feed.n - open;
    int64_t settled = all ? r->stamp : r->stamp - 1;
    if (clock ? !r->summary->any || settled <= old->feed.upto : points == 0) return true;
    if (all)
        for (size_t i = 0; i < r->config->n_inputs; i++) r->mark[i] = old->feed.tables[i].n;
    int64_t next = clock ? settled + 1 : old->feed.first + (int64_t)points;
    if (!get_fresh(r, next)) return false;
    if (!carry(r, old) || !tell_strings(r, old)) return reader_memory(r) != NULL;
    if (clock) {
        r->batch->feed.upto = settled;
        old->feed.upto = settled;
    } else if (open) {
        old->feed.n = points;
        if (feed_point(&r->batch->feed, r->stamp) < 0) return reader_memory(r) != NULL;
    }
    old->bytes = r->offset + (uint64_t)(r->at - r->buffer);
    if (!r->sink.take(r->sink.ctx, old)) {
        r->summary->stopped = r->over = true;
        return false;
    }
    return true;
}

/* ---- the buffer ---- */

/* Make room behind `end`, keeping r->at and a piece of the line before it. */
static bool make_room(struct reader *r)
{
    const char *keep = r->line_start;
    if (r->at - keep > LINE_KEPT) {
        r->line_cut += (size_t)(r->at - LINE_KEPT - keep);
        r->line_start = keep = r->at - LINE_KEPT;
    }
    size_t shift = (size_t)(keep - r->buffer), have = (size_t)(r->end - keep);
    memmove(r->buffer, keep, have + SCAN_PADDING);
    r->at -= shift;
    r->line_start -= shift;
    r->end -= shift;
    r->offset += shift;
    if (have < r->cap / 2) return true;
    size_t most = r->config->buffer_most ? r->config->buffer_most : BUFFER_MAX;
    if (r->cap >= most) return reader_too_long(r) != NULL;
    char *bigger = realloc(r->buffer, r->cap * 2 + SCAN_PADDING);
    if (!bigger) return reader_memory(r) != NULL;
    r->at = bigger + (r->at - r->buffer);
    r->line_start = bigger + (r->line_start - r->buffer);
    r->end = bigger + have;
    r->buffer = bigger;
    r->cap *= 2;
    return true;
}

static void end_point(struct reader *r)
{
    r->open = false;
    if (r->config->clock) return;
    for (size_t i = 0; i < r->config->n_inputs; i++) r->mark[i] = r->batch->feed.tables[i].n;
}

/* The input has nothing right now: hand on what is settled before waiting for more. */
static bool pause_for(struct reader *r)
{
    if (r->input.ready(r->input.ctx, 0)) return true;
    bool line_end = r->at == r->end && r->line_start == r->at && r->line_cut == 0;
    if (r->open && !r->within && line_end && !r->spans) {
        if (r->input.ready(r->input.ctx, PAUSE_MS)) return true;
        end_point(r);
        r->paused = true;
    }
    return hand_on(r, false);
}

bool reader_refill(struct reader *r)
{
    if (r->over || !make_room(r) || !pause_for(r)) {
        r->over = true;
        return false;
    }
    size_t room = r->cap - (size_t)(r->end - r->buffer);
    ssize_t n = r->input.read(r->input.ctx, r->end, room);
    if (n < 0) (void)reader_io(r, errno);
    if (n <= 0) {
        r->over = true;
        return false;
    }
    r->end += n;
    memset(r->end, 0, SCAN_PADDING);
    return true;
}

/* ---- blanks ---- */

static const char *skip_more(struct reader *r, const char *p)
{
    for (;;) {
        if ((unsigned char)*p > ' ' && *p != '#') return p;
        if (*p == ' ' || *p == '\t' || *p == '\r') {
            p++;
        } else if (*p == '\n') {
            r->line_start = ++p;
            r->line_cut = 0;
            r->line++;
        } else if (*p == '#') {
            const char *stop;
            while (!(stop = memchr(p, '\n', (size_t)(r->end - p)))) {
                r->at = r->end;
                if (!reader_refill(r)) return r->end;
                p = r->at;
            }
            p = stop;
        } else if (p < r->end) {
            return p; /* a control character: no grammar has a place for it */
        } else {
            r->at = p;
            if (!reader_refill(r)) return r->end;
            p = r->at;
        }
    }
}

/* The next byte that is neither blank nor comment; r->end when the log is over. */
static inline const char *skip_blanks(struct reader *r, const char *p)
{
    return (unsigned char)*p > '#' ? p : skip_more(r, p);
}

/* ---- events ---- */

/* Which relation a name is; NULL when there is none. */
static const struct relation *find_relation(struct reader *r, struct str name)
{
    uint64_t head = scan_load(name.p);
    if (name.n < HEAD_BYTES) head &= (UINT64_C(1) << (8 * name.n)) - 1;
    size_t slot = (size_t)(((head + name.n) * UINT64_C(0x9E3779B97F4A7C15)) >> 56);
    struct name_slot *s = &r->names[slot];
    if (s->head == head && s->name.n == name.n && name.n &&
        (name.n <= HEAD_BYTES || memcmp(s->name.p, name.p, name.n) == 0))
        return s->relation;
    const struct signature *sig = r->config->sig;
    uint32_t pred = signature_find_str(sig, name);
    if (pred == UINT32_MAX) return NULL;
    *s = (struct name_slot){.head = head,
                            .name = intern_str(sig->strings, sig->preds[pred].name),
                            .relation = &r->relations[pred]};
    return s->relation;
}

/* The tuple is complete in r->words. */
static bool add_event(struct reader *r, const struct relation *rel)
{
    r->summary->events++;
    r->within = false;
    if (rel->input == NO_INPUT) return true;
    const struct log_config *c = r->config;
    if (c->wanted && !c->wanted(c->wanted_ctx, rel->pred, r->words)) return true;
    struct table *t = &r->batch->feed.tables[rel->input];
    size_t row = table_push(t, r->position, r->position);
    if (row == SIZE_MAX) return reader_memory(r) != NULL;
    for (uint32_t k = 0; k < rel->arity; k++)
        if (rel->used[k]) t->col[k][row] = r->words[k];
    r->rows++;
    return true;
}

/* A number that ends where a value may end, in the fast way; anything else goes to reader_value. */
static inline const char *read_value(struct reader *r, const char *p, const struct relation *rel,
                                     uint32_t k, uint64_t *word)
{
    int64_t v;
    const char *end;
    if (rel->columns[k].type == VALUE_INT && scan_int(p, &v, &end) &&
        (*end == ',' || *end == ')' || *end == ' ')) {
        *word = (uint64_t)v;
        return end;
    }
    return reader_value(r, p, rel, k, word);
}

/* Read a tuple; p is behind its opening parenthesis, the result behind the closing one. */
static const char *read_tuple(struct reader *r, const char *p, const struct relation *rel)
{
    uint32_t k = 0;
    p = skip_blanks(r, p);
    while (*p != ')') {
        if (k == rel->arity) return reader_arity(r, reader_offset(r, p), 1, rel, k + 1);
        p = read_value(r, p, rel, k, &r->words[k]);
        if (!p) return NULL;
        k++;
        p = skip_blanks(r, p);
        if (*p == ')') break;
        if (*p != ',') return reader_expected(r, reader_offset(r, p), 1, "`,` or `)`");
        p = skip_blanks(r, p + 1);
        if (*p == ')') return reader_expected(r, reader_offset(r, p), 1, "a value");
    }
    if (k != rel->arity) return reader_arity(r, reader_offset(r, p), 1, rel, k);
    return p + 1;
}

/* Read a predicate's name and its tuples. */
static const char *read_events(struct reader *r, const char *p)
{
    struct str name = {p, reader_word_length(p)};
    bool quoted;
    if (name.n && p + name.n < r->end) {
        p += name.n;
    } else {
        p = reader_text(r, p, &name, &quoted);
        if (!p) return NULL;
    }
    uint64_t at = reader_offset(r, name.p);
    if (!r->open && r->paused) return reader_continued(r, at, name.n);
    if (!r->open) return reader_expected(r, at, name.n, "`@` and a time-stamp");
    r->spans |= r->line != r->point_line;
    const struct relation *rel = find_relation(r, name);
    if (!rel) return reader_unknown(r, name);
    r->within = rel->arity > 0;
    if (!r->within && !add_event(r, rel)) return NULL; /* the bare name is an event already … */
    p = skip_blanks(r, p);
    if (*p != '(' && rel->arity) return reader_arity(r, at, name.n, rel, 0);
    bool told = !rel->arity; /* … and its first () is no other */
    for (; *p == '('; p = skip_blanks(r, p)) {
        if (!r->open) return reader_continued(r, reader_offset(r, p), 1);
        r->spans |= r->line != r->point_line;
        r->within = true;
        p = read_tuple(r, p + 1, rel);
        if (!p || (!told && !add_event(r, rel))) return NULL;
        if (told) r->within = false;
        told = false;
    }
    return p;
}

/* ---- time-points ---- */

/* A time-point begins.  On the clock a higher stamp settles all that came before it. */
static bool begin_point(struct reader *r, int64_t stamp)
{
    struct log_summary *sum = r->summary;
    size_t n_inputs = r->config->n_inputs;
    bool clock = r->config->clock;
    if (!sum->any || stamp > r->stamp) r->stamp_at = r->point_at;
    if (clock && !sum->any) {
        r->batch->place = r->point_at;
        r->batch->feed.first = stamp;
        r->batch->feed.upto = stamp - 1;
    }
    if (clock && sum->any && stamp > r->stamp)
        for (size_t i = 0; i < n_inputs; i++) r->mark[i] = r->batch->feed.tables[i].n;
    if (!sum->any) sum->first = stamp;
    r->stamp = sum->last = stamp;
    sum->any = true;
    sum->points++;
    if ((r->batch->feed.n >= r->config->max_points || r->rows >= r->config->max_rows) &&
        !hand_on(r, false))
        return false;
    if (!clock && !r->batch->feed.n) r->batch->place = r->point_at;
    r->open = true;
    r->paused = false;
    r->point_line = r->line;
    for (size_t i = 0; i < n_inputs; i++) r->point_mark[i] = r->batch->feed.tables[i].n;
    r->position = clock ? stamp : feed_point(&r->batch->feed, stamp);
    if (r->batch->feed.failed) return reader_memory(r) != NULL;
    return true;
}

/* Read a time-stamp; p is behind the `@`. */
static const char *read_stamp(struct reader *r, const char *p)
{
    int64_t stamp;
    const char *end;
    struct str text = {p, 0};
    if (scan_int(p, &stamp, &end) && (*end == ' ' || *end == '\n')) {
        text.n = (size_t)(end - p);
    } else {
        bool quoted;
        end = reader_text(r, skip_blanks(r, p), &text, &quoted);
        if (!end) return NULL;
        if (!value_parse_int(text, &stamp) || stamp == INT64_MIN || stamp == INT64_MAX)
            return reader_stamp(r, text);
    }
    if (r->summary->any && stamp < r->stamp) return reader_falls(r, text, stamp);
    r->at = end;
    return begin_point(r, stamp) ? end : NULL;
}

/* Everything up to the end of the log; false when it ends early. */
static bool read_points(struct reader *r)
{
    const char *p = r->at;
    for (;;) {
        p = skip_blanks(r, p);
        if (p == r->end) return r->status == STATUS_OK && !r->summary->stopped;
        if (*p == '@') { /* clang 14 loses the buffer here; log_read frees it: NOLINT */
            if (r->open) end_point(r);
            r->point_at = reader_offset(r, p);
            p = read_stamp(r, p + 1);
        } else if (*p == ';' && (r->open || r->paused)) {
            if (r->open) end_point(r);
            r->paused = false;
            p++;
        } else if (*p == '"' || reader_word_length(p)) {
            p = read_events(r, p);
        } else {
            p = reader_expected(r, reader_offset(r, p), 1,
                                r->open ? "an event, `;` or `@`" : "`@` and a time-stamp");
        }
        if (!p) return false;
    }
}

/* ---- all together ---- */

static bool make_relations(struct reader *r)
{
    const struct log_config *c = r->config;
    uint32_t widest = 0;
    for (size_t i = 0; i < c->sig->n; i++) {
        const struct predicate *p = &c->sig->preds[i];
        struct relation *rel = &r->relations[i];
        *rel = (struct relation){
            .pred = (uint32_t)i, .input = NO_INPUT, .arity = p->arity, .columns = p->columns};
        if (p->arity > widest) widest = p->arity;
    }
    for (size_t i = 0; i < c->n_inputs; i++) {
        if (c->inputs[i].pred >= c->sig->n) continue;
        r->relations[c->inputs[i].pred].input = (uint32_t)i;
        r->relations[c->inputs[i].pred].used = c->inputs[i].used;
    }
    r->words = calloc(widest ? widest : 1, sizeof *r->words);
    return r->words != NULL;
}

static bool reader_init(struct reader *r)
{
    const struct log_config *c = r->config;
    r->cap = c->buffer ? c->buffer : BUFFER_BYTES;
    r->buffer = calloc(r->cap + SCAN_PADDING, 1);
    r->relations = calloc(c->sig->n + 1, sizeof *r->relations);
    r->mark = calloc(c->n_inputs + 1, sizeof *r->mark);
    r->point_mark = calloc(c->n_inputs + 1, sizeof *r->point_mark);
    if (!r->buffer || !r->relations || !r->mark || !r->point_mark) return false;
    r->end = r->buffer;
    r->at = r->line_start = r->buffer;
    r->line = 1;
    return make_relations(r);
}

/* Take back the open time-point: it has an error. */
static void drop_open(struct reader *r)
{
    if (!r->open) return;
    for (size_t i = 0; i < r->config->n_inputs; i++) {
        struct table *t = &r->batch->feed.tables[i];
        if (r->point_mark[i] < t->n) t->n = r->point_mark[i];
    }
}

enum status log_read(const struct log_config *config, struct log_input input, struct log_sink sink,
                     struct diags *d, struct log_summary *summary)
{
    *summary = (struct log_summary){0};
    struct reader r = {.config = config, .input = input, .sink = sink, .d = d, .summary = summary};
    if (!reader_init(&r)) {
        (void)reader_memory(&r);
    } else if (get_fresh(&r, 0)) {
        if (read_points(&r)) {
            (void)hand_on(&r, true);
        } else if (!summary->stopped && r.status == STATUS_INPUT) {
            drop_open(&r);
            r.over = false;
            (void)hand_on(&r, false);
        }
    }
    free(r.buffer);
    free(r.relations);
    free(r.mark);
    free(r.point_mark);
    free(r.words);
    return r.status;
}
