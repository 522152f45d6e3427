/* CSV through libcsv, one line at a time.
 *
 * libcsv says where neither a record nor a field began, and drops a NUL with all before it in the
 * field.  So it is fed line by line: a record begins with the line during which the one before had
 * ended, and a line with a NUL is known before libcsv sees it.
 *
 * A quote that is never closed makes the rest of the file one field.  Then only the line on which
 * the record began is set aside and reading goes on behind it; what is read again is bounded
 * (AGAIN_MOST), beyond that the rest of the file is set aside as a whole. */
#include "intake/rows.h"

#include "base/intern.h"

#include <csv.h>
#include <stdio.h>
#include <string.h>

#define AGAIN_MOST ((size_t)64 << 20)

struct csv_reader {
    const struct mapping *mapping;
    const struct row_sink *sink;
    struct csv_parser parser;
    struct arena *arena;
    uint32_t *slot_of; /* by column of the file: slot, or FACTS_NONE */
    size_t n_columns;  /* of the heading; 0: the heading is still to come */
    struct str *names; /* of the heading, while it is read */
    size_t cap_names;
    struct buf bytes;  /* used cells of the record at hand */
    size_t *from, *to; /* by slot: where they stand in bytes */
    struct str *cells;
    size_t column; /* of the next field */
    uint32_t line; /* on which the record began */
    bool ended;    /* the record has ended */
    bool nul;      /* a line of the record holds a NUL */
    bool extra;    /* a second record ended on the same line: a carriage return alone */
    uint64_t hash;
    bool failed;  /* memory, or the sink stopped */
    size_t again; /* bytes read a second time */
};

static void heading_field(struct csv_reader *r, struct str s)
{
    struct str *moved = arena_grow(r->arena, r->names, r->column, &r->cap_names, sizeof(*moved));
    struct str copy = str_dup(r->arena, str_trim(s));
    r->failed |= !moved || !copy.p;
    if (r->failed) return;
    r->names = moved;
    r->names[r->column] = copy;
}

static void on_field(void *field, size_t n, void *ctx)
{
    struct csv_reader *r = ctx;
    struct str s = {field, field ? n : 0};
    if (!r->n_columns) {
        heading_field(r, s);
    } else if (r->column < r->n_columns) {
        uint32_t slot = r->slot_of[r->column];
        if (slot != FACTS_NONE) {
            r->from[slot] = r->bytes.n;
            buf_add(&r->bytes, s);
            r->to[slot] = r->bytes.n;
        }
        if (r->sink->hash) r->hash = (r->hash ^ hash_bytes(s)) * 0x9E3779B97F4A7C15U + r->column;
    }
    r->column++;
}

static void on_row(int end, void *ctx)
{
    struct csv_reader *r = ctx;
    (void)end;
    r->extra |= r->ended;
    r->ended = true;
}

static bool refuse(struct csv_reader *r, uint32_t line, const char *why)
{
    r->failed |= !r->sink->refuse(r->sink->ctx, line, why);
    return !r->failed;
}

static bool give_row(struct csv_reader *r)
{
    char why[160];
    if (r->nul) return refuse(r, r->line, "it holds a NUL byte");
    if (r->extra) return refuse(r, r->line, "a carriage return stands in the midst of its line");
    if (r->column != r->n_columns) {
        snprintf(why, sizeof(why), "it has %zu cells where the heading has %zu", r->column,
                 r->n_columns);
        return refuse(r, r->line, why);
    }
    if (r->bytes.failed) return !(r->failed = true);
    const char *base = r->bytes.p ? r->bytes.p : "";
    for (size_t i = 0; i < r->mapping->n_columns; i++)
        r->cells[i] = (struct str){base + r->from[i], r->to[i] - r->from[i]};
    struct row row = {r->cells, r->line, r->hash};
    r->failed |= !r->sink->row(r->sink->ctx, &row);
    return !r->failed;
}

/* ---- the heading ---- */

/* Does the mapping read this column of the file already? */
static bool used(const struct mapping *m, struct str name)
{
    for (size_t k = 0; k < m->n_columns; k++)
        if (str_eq(m->columns[k].name, name)) return true;
    return false;
}

/* The column that was meant, if one is written almost so, else those that there are. */
static void missing_column(const struct csv_reader *r, const struct column_use *c, struct str path,
                           struct diags *d)
{
    struct str near = {0}, all = {0};
    size_t least = 5;
    for (size_t i = 0; i < r->column; i++) {
        if (i < 12)
            all = str_fmt(r->arena, "%.*s%s\"%.*s\"", STR_ARG(all), i ? ", " : "",
                          STR_ARG(r->names[i]));
        if (used(r->mapping, r->names[i])) continue;
        if (str_eq_nocase(r->names[i], c->name)) {
            near = r->names[i];
            break;
        }
        if (str_nearer(c->name, r->names[i], &least)) near = r->names[i];
    }
    struct diag *diag =
        diag_add(d, SEVERITY_ERROR, "missing-column", c->at, "\"%.*s\" has no column \"%.*s\"",
                 STR_ARG(path), STR_ARG(c->name));
    if (near.n)
        diag_fix(d, diag, "column \"%.*s\"", STR_ARG(near));
    else
        diag_fix(d, diag, "one of its columns: %.*s%s", STR_ARG(all), r->column > 12 ? ", …" : "");
}

/* The names of the columns in UTF-8, as the mapping writes them. */
static enum status decode_heading(struct csv_reader *r, const struct decoder *decoder,
                                  struct str path, struct diags *d)
{
    enum status s = STATUS_OK;
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < r->column && s == STATUS_OK; i++) {
        size_t at = 0;
        buf_clear(&b);
        bool good = decoder_add(decoder, r->names[i], &b, &at);
        struct str name = b.failed ? (struct str){0} : str_dup(r->arena, buf_str(&b));
        if (!good) {
            struct diag *diag =
                diag_add(d, SEVERITY_ERROR, "heading-encoding", place_none(),
                         "the heading of \"%.*s\" holds a byte 0x%02x that %.*s does not have",
                         STR_ARG(path), (unsigned)(unsigned char)r->names[i].p[at],
                         STR_ARG(r->mapping->encoding));
            diag_fix(d, diag,
                     "the file's own encoding in the mapping, as in: are csv in windows-1252");
            s = STATUS_INPUT;
        } else if (!name.p) {
            s = STATUS_FAULT;
        } else {
            r->names[i] = name;
        }
    }
    buf_free(&b);
    return s;
}

/* A heading that cannot be one: all in one cell, or nearly empty.  Told once, not for each column. */
static bool no_heading(const struct csv_reader *r, struct str path, struct diags *d)
{
    static const struct {
        char mark;
        const char *word;
    } others[] = {{';', "semicolons"}, {'\t', "tabs"}, {',', "commas"}};
    size_t named = 0;
    for (size_t i = 0; i < r->column; i++) named += r->names[i].n > 0;
    for (size_t k = 0; r->column == 1 && k < sizeof(others) / sizeof(*others); k++) {
        if (others[k].mark == r->mapping->separator ||
            str_eq(r->mapping->columns[0].name, r->names[0]) ||
            !memchr(r->names[0].p, others[k].mark, r->names[0].n))
            continue;
        struct diag *diag = diag_add(d, SEVERITY_ERROR, "one-column", place_none(),
                                     "the heading of \"%.*s\" is one cell: %.*s", STR_ARG(path),
                                     STR_ARG(r->names[0]));
        diag_fix(d, diag, "in the mapping: are csv, separated by %s", others[k].word);
        return true;
    }
    if (named * 2 >= r->column) return false;
    struct diag *diag = diag_add(d, SEVERITY_ERROR, "no-heading", place_none(),
                                 "the first line of \"%.*s\" names %zu of %zu columns",
                                 STR_ARG(path), named, r->column);
    diag_fix(d, diag, "a copy without the lines above the names of the columns");
    return true;
}

static bool misses_column(const struct csv_reader *r)
{
    for (size_t k = 0; k < r->mapping->n_columns; k++) {
        size_t i = 0;
        while (i < r->column && !str_eq(r->names[i], r->mapping->columns[k].name)) i++;
        if (i == r->column) return true;
    }
    return false;
}

/* Heading names to slots.  A name that stands twice must not be used. */
static enum status settle_heading(struct csv_reader *r, struct str path, struct diags *d)
{
    const struct mapping *m = r->mapping;
    struct str *names = r->names;
    size_t n = r->column, errors = d->errors;
    r->slot_of = arena_array(r->arena, n, sizeof(*r->slot_of));
    if (!r->slot_of) return STATUS_FAULT;
    if (misses_column(r) && no_heading(r, path, d)) return STATUS_INPUT;
    for (size_t i = 0; i < n; i++) r->slot_of[i] = FACTS_NONE;
    for (size_t k = 0; k < m->n_columns; k++) {
        size_t found = 0;
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(names[i], m->columns[k].name)) continue;
            r->slot_of[i] = (uint32_t)k;
            found++;
        }
        if (!found) missing_column(r, &m->columns[k], path, d);
        if (found > 1)
            diag_add(d, SEVERITY_ERROR, "column-twice", m->columns[k].at,
                     "\"%.*s\" has %zu columns \"%.*s\"", STR_ARG(path), found,
                     STR_ARG(m->columns[k].name));
    }
    r->n_columns = n;
    if (r->extra) {
        struct diag *diag =
            diag_add(d, SEVERITY_ERROR, "carriage-returns", place_none(),
                     "the lines of \"%.*s\" end with carriage returns alone; they must end with "
                     "line feeds",
                     STR_ARG(path));
        diag_fix(d, diag, "a copy made by: tr '\\r' '\\n' < %.*s", STR_ARG(path));
    }
    return d->errors > errors ? STATUS_INPUT : STATUS_OK;
}

/* ---- records ---- */

static void begin_record(struct csv_reader *r, uint32_t line)
{
    r->column = 0;
    r->line = line;
    r->ended = false;
    r->nul = r->extra = false;
    r->hash = 0;
    buf_clear(&r->bytes);
}

static bool start_parser(struct csv_reader *r)
{
    if (csv_init(&r->parser, 0) != 0) return false;
    csv_set_delim(&r->parser, (unsigned char)r->mapping->separator);
    csv_set_blk_size(&r->parser, 65536);
    return true;
}

/* libcsv passes over such lines. */
static bool blank(struct str line)
{
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] != ' ' && line.p[i] != '\r' && line.p[i] != '\n') return false;
    }
    return true;
}

static bool feed(struct csv_reader *r, struct str line)
{
    if (memchr(line.p, 0, line.n)) r->nul = true;
    if (csv_parse(&r->parser, line.p, line.n, on_field, on_row, r) != line.n) r->failed = true;
    return !r->failed;
}

/* Back to the beginning of a record, without a field to anyone; the buffer is kept. */
static void reset_parser(struct csv_reader *r)
{
    r->parser.pstate = 0; /* libcsv's ROW_NOT_BEGUN */
    r->parser.quoted = 0;
    r->parser.spaces = 0;
    r->parser.entry_pos = 0;
}

/* The record that began on r->line does not end: set its first line aside and go on behind it. */
static bool recover(struct csv_reader *r, struct lines *l)
{
    size_t read = l->at - l->keep;
    r->again += read;
    reset_parser(r);
    if (r->again > AGAIN_MOST) {
        l->at = l->buf.n;
        l->end = true;
        return refuse(
            r, r->line,
            "quotes are opened and never closed too often: nothing from here on was read");
    }
    const char *first = l->buf.p + l->keep;
    const char *end = memchr(first, '\n', read);
    l->at = l->keep + (end ? (size_t)(end - first) + 1 : read);
    l->line = r->line + (end != NULL);
    return refuse(r, r->line,
                  "a quote is opened and never closed, or the record is longer than 8 MiB");
}

/* Is a quoted field open?  csv_fini would end it without a word unless libcsv is strict about quotes
 * everywhere, which real files do not bear.  2 is its state FIELD_BEGUN. */
static bool in_quotes(const struct csv_reader *r)
{
    return r->parser.quoted && r->parser.pstate == 2;
}

/* One record; false at the end of the file or on failure. */
static bool next_record(struct csv_reader *r, struct lines *l)
{
    struct str line;
    bool begun = false;
    for (;;) {
        if (!begun) {
            l->keep = l->at;
            begin_record(r, l->line);
        }
        bool got = lines_next(l, ROW_MOST, &line);
        if (got && !begun && blank(line)) continue;
        if (!got && !begun) return false;
        begun = true;
        if (got && !feed(r, line)) return false;
        bool fits = l->at - l->keep < ROW_MOST;
        if (r->ended) return true;
        if (!got || !fits || (l->end && l->at == l->buf.n)) {
            /* The last line may lack its end: libcsv then ends the record, if it is whole. */
            if (fits && !in_quotes(r) && csv_fini(&r->parser, on_field, on_row, r) == 0 && r->ended)
                return true;
            if (!recover(r, l)) return false;
            begun = false;
        }
    }
}

static enum status read_all(struct csv_reader *r, struct lines *l, struct str path, struct diags *d)
{
    if (!next_record(r, l)) {
        if (r->failed) return STATUS_FAULT;
        diag_add(d, SEVERITY_ERROR, "empty-file", place_none(),
                 "\"%.*s\" has no heading: its first line must name the columns", STR_ARG(path));
        return STATUS_INPUT;
    }
    if (r->failed) return STATUS_FAULT;
    enum status s = decode_heading(r, l->decoder, path, d);
    if (s == STATUS_OK) s = settle_heading(r, path, d);
    while (s == STATUS_OK && next_record(r, l)) {
        if (!give_row(r)) break;
    }
    return s == STATUS_OK && r->failed ? STATUS_FAULT : s;
}

enum status rows_csv(const struct mapping *m, struct lines *l, struct str path, struct arena *a,
                     struct diags *d, const struct row_sink *sink)
{
    struct csv_reader r = {.mapping = m, .sink = sink, .arena = a};
    buf_init(&r.bytes);
    r.from = arena_array(a, m->n_columns, sizeof(*r.from));
    r.to = arena_array(a, m->n_columns, sizeof(*r.to));
    r.cells = arena_array(a, m->n_columns, sizeof(*r.cells));
    enum status s = STATUS_FAULT;
    if (r.from && r.to && r.cells && start_parser(&r)) {
        s = read_all(&r, l, path, d);
        csv_free(&r.parser);
    }
    buf_free(&r.bytes);
    return s;
}
