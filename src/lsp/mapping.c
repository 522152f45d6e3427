/* Mappings: files beside an agreement that say how reports are read.
 *
 * A mapping is read against the agreement in its folder: the open document `agreement.md`, else another
 * open agreement there, else the file `agreement.md`.  What it names is known from the reader of mappings
 * itself, so that a column, a text or an attribute that is spelled alike is not taken for a name. */
#include "intake/mapping.h"

#include "base/file.h"
#include "lang/model.h"
#include "lsp/private.h"
#include "talks/talks.h"

#include <string.h>

#define FILE_MOST ((size_t)16 << 20)

/* Up to the last `/`. */
static struct str folder_of(struct str path)
{
    while (path.n && path.p[path.n - 1] != '/') path.n--;
    return path;
}

static struct str file_name(struct str path)
{
    return str_slice(path, folder_of(path).n, path.n);
}

static bool same_folder(const struct document *a, const struct document *b)
{
    return str_eq(folder_of(str_of(a->uri)), folder_of(str_of(b->uri)));
}

bool mapping_is_beside(const struct document *d, const struct document *of)
{
    return d != of && same_folder(d, of) && str_ends(d->path, STR(".mapping.md")) &&
           !str_ends(of->path, STR(".mapping.md"));
}

/* The URI of a file of that name beside a document: what no URI holds as it is is coded. */
static char *uri_beside(struct arena *a, const struct document *d, struct str name)
{
    struct buf b;
    buf_init(&b);
    buf_add(&b, folder_of(str_of(d->uri)));
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     strchr("-._~", c);
        if (plain)
            buf_putc(&b, c);
        else
            buf_fmt(&b, "%%%02X", (unsigned)(uint8_t)c);
    }
    struct str s = b.failed ? (struct str){NULL, 0} : str_dup(a, buf_str(&b));
    buf_free(&b);
    return (char *)(uintptr_t)s.p;
}

static bool take_open(struct arena *a, const struct document *d, struct beside *out)
{
    out->document = *d;
    out->source = source_new(a, d->path, buf_str(&d->text));
    return out->source != NULL;
}

/* From the disk; a file that cannot be read is none.  False: memory. */
static bool take_file(struct arena *a, const struct document *d, struct str name,
                      struct beside *out)
{
    struct diags quiet;
    struct str text, path = file_beside(a, d->path, name);
    diags_init(&quiet, a);
    out->source = NULL;
    if (!path.p) return false;
    if (!str_starts(str_of(d->uri), STR("file:"))) return true; /* in no folder */
    if (file_read(a, path, FILE_MOST, &quiet, &text) != STATUS_OK) return !a->failed;
    out->document = (struct document){.uri = uri_beside(a, d, name), .path = path};
    out->source = source_new(a, path, text);
    return out->document.uri && out->source;
}

bool mapping_agreement(struct arena *a, const struct documents *all, const struct document *d,
                       struct beside *out)
{
    const struct document *best = NULL;
    for (size_t i = 0; i < all->n; i++) {
        const struct document *x = &all->v[i];
        if (x == d || !same_folder(x, d) || str_ends(x->path, STR(".mapping.md"))) continue;
        const struct source *s = source_new(a, x->path, buf_str(&x->text));
        if (!s) return false;
        bool named = str_eq(file_name(x->path), STR("agreement.md"));
        struct vocabulary v;
        if (!named && (talks_recognise(s) || !vocabulary_read(a, s, &v) || !v.n_names)) continue;
        if (!best || named) best = x;
    }
    return best ? take_open(a, best, out) : take_file(a, d, STR("agreement.md"), out);
}

bool is_mapping(struct arena *a, const struct source *s)
{
    return str_ends(s->name, STR(".mapping.md")) || mapping_recognise(a, s);
}

/* ---- findings ---- */

enum status mapping_diagnose(struct arena *a, const struct documents *all, const struct document *d,
                             const struct source *s, struct diags *out)
{
    struct beside about;
    struct diags quiet;
    const struct agreement *g = NULL;
    const struct mapping_mention *mentions;
    size_t n;
    diags_init(&quiet, a);
    if (!mapping_agreement(a, all, d, &about)) return STATUS_FAULT;
    if (about.source && agreement_check(a, about.source, &quiet, &g) == STATUS_FAULT)
        return STATUS_FAULT;
    if (!g) {
        struct diag *x =
            diag_add(out, SEVERITY_WARNING, "mapping-alone", (struct place){s, 0, 0},
                     about.source ? "the agreement beside this mapping has errors: what the "
                                    "mapping names cannot be looked up"
                                  : "no agreement stands beside this mapping: what it names cannot "
                                    "be looked up");
        diag_fix(out, x, "%s",
                 about.source ? "look at the agreement first"
                              : "put it in the folder of its agreement.md");
        return STATUS_OK;
    }
    enum status st = mapping_mentions(a, s, g, out, &mentions, &n);
    diags_sort(out);
    return st;
}

/* ---- what the pointer stands on ---- */

struct named_at {
    struct beside about;
    bool wrong; /* the agreement has errors: nothing can be looked up */
    struct vocabulary v;
    const struct named *named; /* of the agreement; NULL: no name of it stands here */
    struct place at;           /* in the mapping */
};

/* False: memory. */
static bool look_at(const struct asked *q, struct named_at *out)
{
    struct diags quiet;
    const struct agreement *g = NULL;
    const struct mapping_mention *m;
    size_t n;
    diags_init(&quiet, q->a);
    *out = (struct named_at){0};
    if (!mapping_agreement(q->a, q->all, q->document, &out->about)) return false;
    if (!out->about.source) return true;
    if (agreement_check(q->a, out->about.source, &quiet, &g) == STATUS_FAULT) return false;
    out->wrong = !g;
    if (!g) return true;
    if (mapping_mentions(q->a, q->source, g, &quiet, &m, &n) != STATUS_OK ||
        !vocabulary_read(q->a, out->about.source, &out->v))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (q->offset < m[i].at.from || q->offset > m[i].at.to) continue;
        out->named = vocabulary_find(&out->v, m[i].name);
        out->at = m[i].at;
        if (q->offset < m[i].at.to) break; /* else the next one may begin here */
    }
    return true;
}

struct answer mapping_hover(const struct asked *q)
{
    struct named_at x;
    struct buf b;
    if (!look_at(q, &x)) return answer_with(NULL);
    if (!x.named) return answer_with(json_null());
    buf_init(&b);
    hover_name(x.named, &b);
    struct answer answer = b.failed ? answer_with(NULL) : hover_shown(q, buf_str(&b), x.at);
    buf_free(&b);
    return answer;
}

struct answer mapping_definition(const struct asked *q)
{
    struct named_at x;
    if (!look_at(q, &x)) return answer_with(NULL);
    if (!x.named) return answer_with(json_null());
    return answer_with(json_pack("{s:s, s:o}", "uri", x.about.document.uri, "range",
                                 range_json(x.about.source, x.named->at.from, x.named->at.to)));
}

struct answer mapping_rename(const struct asked *q, struct str to)
{
    struct named_at x;
    if (!look_at(q, &x)) return answer_with(NULL);
    if (x.wrong)
        return answer_refused(ANSWER_FAILED,
                              STR("the agreement beside this mapping has errors: what "
                                  "the mapping names cannot be looked up"));
    if (!x.named) return answer_refused(ANSWER_FAILED, STR("no declared name stands here"));
    struct asked of = *q;
    of.document = &x.about.document;
    of.source = x.about.source;
    of.mapping = false;
    return rename_named(&of, &x.v, (uint32_t)(x.named - x.v.names), to);
}

/* ---- renaming ---- */

struct renaming {
    const struct asked *q;
    const struct agreement *before, *after;
    struct str name, to; /* both as agreements declare them */
    struct str written;  /* the new name as it was asked for */
    json_t *changes;
    struct str *why;
};

static size_t count_of(const struct mapping_mention *m, size_t n, struct str name)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) found += str_eq(m[i].name, name);
    return found;
}

/* The edits of one mapping, and its text after them. */
static bool edit_one(const struct renaming *r, const struct beside *x,
                     const struct mapping_mention *m, size_t n, struct buf *text)
{
    json_t *list = json_array();
    size_t at = 0;
    bool good = list != NULL;
    for (size_t i = 0; i < n && good; i++) {
        if (!str_eq(m[i].name, r->name)) continue;
        buf_add(text, str_slice(x->source->text, at, m[i].at.from));
        buf_add(text, r->written);
        at = m[i].at.to;
        json_t *edit =
            json_pack("{s:o, s:o}", "range", range_json(x->source, m[i].at.from, m[i].at.to),
                      "newText", text_json(r->written));
        good = json_array_append_new(list, edit) == 0;
    }
    buf_add(text, str_slice(x->source->text, at, x->source->text.n));
    return json_object_set_new(r->changes, x->document.uri, list) == 0 && good && !text->failed;
}

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (uint8_t)c >= 0x80;
}

/* Do the words of the name stand anywhere in the text, whatever they mean there? */
static bool mentions_words(struct str text, struct str name)
{
    for (size_t i = 0; i + name.n <= text.n; i++) {
        size_t k = 0;
        while (k < name.n &&
               (text.p[i + k] == name.p[k] || (text.p[i + k] == ' ' && name.p[k] == '_')))
            k++;
        bool begins = i == 0 || !name_char(text.p[i - 1]);
        if (k == name.n && begins && (i + k == text.n || !name_char(text.p[i + k]))) return true;
    }
    return false;
}

/* Beside an agreement with errors nobody can tell what a mapping names: where it may name what is renamed, the
 * renaming is refused, for it would be half done. */
static bool refuse_unread(const struct renaming *r, const struct beside *x)
{
    if (!mentions_words(x->source->text, r->name)) return true;
    *r->why =
        str_fmt(r->q->a,
                "the agreement has errors, and %.*s may name it: what a mapping names cannot be "
                "looked up until they are mended",
                STR_ARG(file_name(x->source->name)));
    return r->why->p != NULL;
}

/* False: memory. */
static bool rename_in(const struct renaming *r, const struct beside *x)
{
    struct arena *a = r->q->a;
    struct diags was, is;
    const struct mapping_mention *m, *m2;
    size_t n, n2;
    struct buf text;
    diags_init(&was, a);
    diags_init(&is, a);
    if (!r->before || !r->after) return refuse_unread(r, x);
    if (mapping_mentions(a, x->source, r->before, &was, &m, &n) != STATUS_OK) return false;
    size_t uses = count_of(m, n, r->name);
    if (!uses) return true;
    buf_init(&text);
    bool good = edit_one(r, x, m, n, &text);
    const struct source *s = good ? source_new(a, x->source->name, buf_str(&text)) : NULL;
    good = s && mapping_mentions(a, s, r->after, &is, &m2, &n2) == STATUS_OK;
    if (good && (is.errors > was.errors || count_of(m2, n2, r->to) != uses))
        *r->why = str_fmt(a, "%.*s would no longer be understood: %.*s",
                          STR_ARG(file_name(x->source->name)),
                          STR_ARG(is.n ? is.items[is.n - 1].what : STR("another name is meant")));
    buf_free(&text);
    return good;
}

static bool is_open(const struct documents *all, struct str path)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].path, path)) return true;
    return false;
}

/* Open ones first, then those on the disk alone.  False: memory. */
static bool rename_beside(const struct renaming *r)
{
    const struct asked *q = r->q;
    struct beside x;
    struct str *paths;
    size_t n;
    for (size_t i = 0; i < q->all->n; i++) {
        if (!mapping_is_beside(&q->all->v[i], q->document)) continue;
        if (!take_open(q->a, &q->all->v[i], &x) || !rename_in(r, &x)) return false;
    }
    if (!str_starts(str_of(q->document->uri), STR("file:"))) return true;
    if (!mappings_beside(q->a, q->document->path, &paths, &n)) return false;
    for (size_t i = 0; i < n; i++) {
        if (is_open(q->all, paths[i])) continue;
        if (!take_file(q->a, q->document, file_name(paths[i]), &x)) return false;
        if (x.source && !rename_in(r, &x)) return false;
    }
    return true;
}

bool mapping_edits(const struct asked *q, const struct source *changed, struct str name,
                   struct str to, json_t *changes, struct str *why)
{
    struct diags quiet;
    struct renaming r = {.q = q,
                         .name = name,
                         .to = str_dup(q->a, to),
                         .written = to,
                         .changes = changes,
                         .why = why};
    diags_init(&quiet, q->a);
    *why = (struct str){NULL, 0};
    if (!r.to.p) return false;
    for (size_t i = 0; i < r.to.n; i++)
        if (r.to.p[i] == ' ') ((char *)(uintptr_t)r.to.p)[i] = '_';
    if (agreement_check(q->a, q->source, &quiet, &r.before) == STATUS_FAULT ||
        agreement_check(q->a, changed, &quiet, &r.after) == STATUS_FAULT)
        return false;
    return rename_beside(&r);
}
