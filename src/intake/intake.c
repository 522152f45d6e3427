/* Folders, mappings and their files.  See intake.h. */
#include "intake/intake.h"

#include "base/file.h"
#include "intake/build.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define MAPPING_MOST ((size_t)16 << 20)

struct run {
    struct intake *intake;
    const struct agreement *agreement;
    const struct intake_inputs *in;
    struct diags *diags;
    const struct mapping **mappings;
    size_t n_mappings;
    bool *used; /* by report of the inputs */
};

/* ---- which mappings ---- */

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static struct str last_part(struct str path)
{
    size_t i = path.n;
    while (i > 0 && path.p[i - 1] != '/') i--;
    return str_slice(path, i, path.n);
}

/* The files beside the agreement whose name ends so, by name. */
static bool files_beside(struct arena *a, struct str agreement, struct str ending, struct str **out,
                         size_t *n)
{
    size_t end = agreement.n, cap = 0;
    *out = NULL;
    *n = 0;
    while (end > 0 && agreement.p[end - 1] != '/') end--;
    struct str folder = end ? str_dup(a, str_slice(agreement, 0, end)) : STR("./");
    if (!folder.p) return false;
    DIR *d = opendir(folder.p);
    if (!d) return true; /* an agreement from standard input has no folder */
    struct dirent *e;
    bool done = true;
    while (done && (e = readdir(d))) {
        struct str file = str_of(e->d_name);
        if (!str_ends(file, ending) || file.p[0] == '.') continue;
        struct str *moved = arena_grow(a, *out, *n, &cap, sizeof(*moved));
        done = moved;
        if (!done) break;
        *out = moved;
        moved[*n] = file_beside(a, agreement, file);
        if (moved[*n].p == file.p) moved[*n] = str_dup(a, file);
        done = moved[(*n)++].p;
    }
    closedir(d);
    if (*n) qsort(*out, *n, sizeof(**out), by_name);
    return done;
}

bool mappings_beside(struct arena *a, struct str agreement, struct str **out, size_t *n)
{
    return files_beside(a, agreement, STR(".mapping.md"), out, n);
}

/* Not one mapping is there: reports that seem to be there are not passed over in silence. */
static bool warn_unmapped(struct run *r)
{
    static const char *const endings[] = {".csv", ".jsonl"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings) && !r->in->n_reports; i++) {
        struct str *paths = NULL;
        size_t n = 0;
        if (!files_beside(&r->intake->arena, r->agreement->source->name, str_of(endings[i]), &paths,
                          &n))
            return false;
        for (size_t k = 0; k < n; k++) {
            struct diag *d =
                diag_add(r->diags, SEVERITY_WARNING, "no-mapping", place_none(),
                         "nothing of \"%.*s\" was read: no mapping says how", STR_ARG(paths[k]));
            diag_fix(r->diags, d, "beside it NAME.mapping.md with: reports from \"%.*s\" are %s.",
                     STR_ARG(last_part(paths[k])), i ? "json lines" : "csv in utf-8");
        }
    }
    return true;
}

static void check_encoding(struct run *r, const struct mapping *m)
{
    struct decoder decoder;
    if (decoder_open(&decoder, m->encoding)) {
        decoder_close(&decoder);
        return;
    }
    size_t at = (size_t)(m->encoding.p - m->source->text.p);
    struct diag *d = diag_add(r->diags, SEVERITY_ERROR, "unknown-encoding",
                              (struct place){m->source, at, at + m->encoding.n},
                              "unknown encoding \"%.*s\"", STR_ARG(m->encoding));
    const char *near = decoder_nearest(m->encoding);
    if (near) diag_fix(r->diags, d, "%s", near);
}

/* "# Annex B: how its reports are read": of an annex that is open? */
static bool is_open(const struct run *r, struct str text)
{
    size_t at = 0;
    while (at < text.n && (text.p[at] == '#' || text.p[at] == ' ')) at++;
    for (size_t i = 0; i < r->in->n_open; i++)
        if (str_starts(str_slice(text, at, text.n), r->in->open[i])) return true;
    return false;
}

static enum status read_mappings(struct run *r)
{
    struct arena *a = &r->intake->arena;
    struct str *beside = NULL;
    size_t n = r->in->n_mappings;
    bool named = n > 0;
    enum status s = STATUS_OK;
    if (!named &&
        (!mappings_beside(a, r->agreement->source->name, &beside, &n) || (!n && !warn_unmapped(r))))
        return STATUS_FAULT;
    const struct str *list = named ? r->in->mappings : beside;
    r->mappings = arena_array(a, n, sizeof(struct mapping *));
    if (!r->mappings) return STATUS_FAULT;
    for (size_t i = 0; list && i < n && s != STATUS_FAULT; i++) {
        struct str text;
        const struct mapping *m = NULL;
        enum status one = file_read(a, list[i], MAPPING_MOST, r->diags, &text);
        if (one == STATUS_OK && !named && str_ends(list[i], STR(".confidential.mapping.md")) &&
            !is_open(r, text))
            continue;
        const struct source *source = one == STATUS_OK ? source_new(a, list[i], text) : NULL;
        if (one == STATUS_OK)
            one = source ? mapping_read(a, source, r->agreement, &r->intake->facts, r->diags, &m)
                         : STATUS_FAULT;
        if (m) {
            check_encoding(r, m);
            r->mappings[r->n_mappings++] = m;
        }
        if (one != STATUS_OK && s != STATUS_FAULT) s = one;
    }
    return s == STATUS_OK && r->diags->errors ? STATUS_INPUT : s;
}

/* ---- which files ---- */

static bool needs_hash(const struct mapping *m)
{
    for (size_t i = 0; i < m->n_rules; i++) {
        if (m->rules[i].op == RULE_REPORT && !m->rules[i].id.n) return true;
    }
    return false;
}

static struct intake_file *new_file(struct run *r, const struct mapping *m, struct str path,
                                    uint32_t *index)
{
    struct intake *x = r->intake;
    struct intake_file *moved =
        arena_grow(&x->arena, x->files, x->n_files, &x->cap_files, sizeof(*moved));
    *index = facts_add_file(&x->facts, path);
    if (!moved || *index == FACTS_NONE) return NULL;
    x->files = moved;
    moved[x->n_files] = (struct intake_file){.name = path, .mapping = m->source->name};
    return &moved[x->n_files++];
}

static enum status read_file(struct run *r, const struct mapping *m, size_t first_filter,
                             struct str path)
{
    struct decoder decoder;
    struct build b = {.intake = r->intake,
                      .agreement = r->agreement,
                      .mapping = m,
                      .decoder = &decoder,
                      .first_filter = first_filter};
    b.file = new_file(r, m, path, &b.file_index);
    if (!b.file || !decoder_open(&decoder, m->encoding)) return STATUS_FAULT;
    enum status s = STATUS_FAULT;
    if (build_init(&b)) {
        struct row_sink sink = {&b, needs_hash(m), build_row, build_set_aside};
        s = rows_read(m, &decoder, path, &r->intake->arena, r->diags, &sink);
    }
    build_free(&b);
    decoder_close(&decoder);
    return s;
}

static enum status add_filters(struct run *r, const struct mapping *m, size_t *first)
{
    struct intake *x = r->intake;
    *first = x->n_filters;
    for (size_t i = 0; i < m->n_filters; i++) {
        struct intake_filter *moved =
            arena_grow(&x->arena, x->filters, x->n_filters, &x->cap_filters, sizeof(*moved));
        if (!moved) return STATUS_FAULT;
        x->filters = moved;
        moved[x->n_filters++] =
            (struct intake_filter){.text = m->filters[i].text, .mapping = m->source->name};
    }
    return STATUS_OK;
}

/* The files of a mapping, or the reports given in their stead. */
static enum status read_mapped(struct run *r, const struct mapping *m)
{
    size_t first;
    enum status s = add_filters(r, m, &first);
    for (size_t i = 0; i < m->n_notes && s == STATUS_OK; i++)
        s = facts_note(&r->intake->facts, m->notes[i]);
    for (size_t i = 0; i < m->n_files && !r->in->n_reports && s != STATUS_FAULT; i++) {
        struct str path = file_beside(&r->intake->arena, m->source->name, m->files[i]);
        enum status one = path.p ? read_file(r, m, first, path) : STATUS_FAULT;
        if (one != STATUS_OK) s = one;
    }
    for (size_t k = 0; k < r->in->n_reports && s != STATUS_FAULT; k++) {
        bool fits = r->n_mappings == 1;
        for (size_t i = 0; i < m->n_files && !fits; i++)
            fits = str_eq(last_part(m->files[i]), last_part(r->in->reports[k]));
        if (!fits || r->used[k]) continue;
        r->used[k] = true;
        enum status one = read_file(r, m, first, r->in->reports[k]);
        if (one != STATUS_OK) s = one;
    }
    return s;
}

static void check_unused(struct run *r)
{
    for (size_t k = 0; k < r->in->n_reports; k++) {
        if (r->used[k]) continue;
        struct diag *d =
            diag_add(r->diags, SEVERITY_ERROR, "no-mapping", place_none(),
                     "no mapping says how \"%.*s\" is to be read", STR_ARG(r->in->reports[k]));
        diag_fix(r->diags, d, "a mapping with: reports from \"%.*s\" are csv in utf-8.",
                 STR_ARG(last_part(r->in->reports[k])));
    }
}

static enum status read_reports(struct run *r)
{
    r->used = arena_array(&r->intake->arena, r->in->n_reports, sizeof(bool));
    if (!r->used) return STATUS_FAULT;
    enum status s = STATUS_OK;
    for (size_t i = 0; i < r->n_mappings && s != STATUS_FAULT; i++) {
        enum status one = read_mapped(r, r->mappings[i]);
        if (one != STATUS_OK) s = one;
    }
    if (s != STATUS_FAULT) check_unused(r);
    return s == STATUS_OK && r->diags->errors ? STATUS_INPUT : s;
}

enum status intake_run(const struct agreement *g, const struct intake_inputs *in, struct diags *d,
                       struct intake *out)
{
    *out = (struct intake){0};
    arena_init(&out->arena);
    uint8_t *counts = arena_array(&out->arena, g->n_kinds, 1);
    if (!counts) return STATUS_FAULT;
    for (uint32_t i = 0; i < g->n_kinds; i++) counts[i] = (uint8_t)g->kinds[i].n_attributes;
    if (facts_init(&out->facts, g->n_kinds, counts) != STATUS_OK) return STATUS_FAULT;
    struct run r = {.intake = out, .agreement = g, .in = in, .diags = d};
    enum status geometry = geo_book_init(&out->book, g, d);
    if (geometry == STATUS_FAULT) return geometry;
    enum status s = read_mappings(&r);
    if (s == STATUS_OK && geometry == STATUS_OK) s = read_reports(&r);
    if (s != STATUS_OK) return s;
    if (geometry != STATUS_OK) return geometry;
    if (facts_seal(&out->facts) != STATUS_OK) return STATUS_FAULT;
    geo_book_check(&out->book, d);
    out->facts.places = geo_book_places(&out->book);
    return STATUS_OK;
}

void intake_free(struct intake *x)
{
    facts_free(&x->facts);
    geo_book_free(&x->book);
    arena_free(&x->arena);
    *x = (struct intake){0};
}
