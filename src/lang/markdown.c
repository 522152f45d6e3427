/* See markdown.h.  libcmark gives lines; bytes come from a table of line starts made by its own
 * rule (a line ends at \n, \r\n or \r).  Only the children of the document and what stands in lists
 * are looked at: a block inside a quotation has `>` before each line and is refused. */
#include "lang/markdown.h"

#include <cmark.h>
#include <string.h>

struct reader {
    struct arena *arena;
    const struct source *source;
    struct str text;
    struct str language;
    struct diags *d;
    struct markdown *out;
    size_t *line; /* offset of each line's first byte; line[lines] = text.n */
    size_t lines;
    struct buf prose; /* of the clause that is open */
    size_t prose_at;  /* everything before is in some clause's prose, or left out */
};

static bool index_lines(struct reader *r)
{
    size_t n = 1;
    for (size_t i = 0; i < r->text.n; i++) {
        char c = r->text.p[i];
        n += c == '\n' || (c == '\r' && (i + 1 == r->text.n || r->text.p[i + 1] != '\n'));
    }
    r->line = arena_array(r->arena, n + 1, sizeof *r->line);
    if (!r->line) return false;
    r->lines = n;
    size_t k = 1;
    for (size_t i = 0; i < r->text.n; i++) {
        char c = r->text.p[i];
        if (c == '\n' || (c == '\r' && (i + 1 == r->text.n || r->text.p[i + 1] != '\n')))
            r->line[k++] = i + 1;
    }
    r->line[n] = r->text.n;
    return true;
}

/* Offset of the first byte of a line (from 1); the end of the text beyond the last. */
static size_t line_at(const struct reader *r, int line)
{
    if (line < 1) return 0;
    return (size_t)line > r->lines ? r->text.n : r->line[line - 1];
}

static struct place lines_place(const struct reader *r, int first, int last)
{
    size_t from = line_at(r, first), to = line_at(r, last + 1);
    while (to > from && (r->text.p[to - 1] == '\n' || r->text.p[to - 1] == '\r')) to--;
    return (struct place){r->source, from, to};
}

/* ---- clauses ---- */

/* Prose up to `to` belongs to the open clause. */
static void take_prose(struct reader *r, size_t to)
{
    if (to > r->prose_at) buf_add(&r->prose, str_slice(r->text, r->prose_at, to));
}

static bool close_clause(struct reader *r)
{
    struct md_clause *c = &r->out->clauses[r->out->n_clauses - 1];
    c->prose = str_dup(r->arena, str_trim(buf_str(&r->prose)));
    bool good = !r->prose.failed && c->prose.p;
    buf_clear(&r->prose);
    return good;
}

static bool open_clause(struct reader *r, struct str title, uint32_t level, struct place at)
{
    struct markdown *m = r->out;
    struct md_clause *v =
        arena_grow(r->arena, m->clauses, m->n_clauses, &m->cap_clauses, sizeof *v);
    if (!v) return false;
    m->clauses = v;
    uint32_t parent = MARKDOWN_NONE;
    if (m->n_clauses) {
        parent = (uint32_t)m->n_clauses - 1;
        while (parent != MARKDOWN_NONE && v[parent].level >= level && v[parent].level > 0)
            parent = v[parent].parent;
        if (parent == 0 && v[0].level == 0) parent = MARKDOWN_NONE;
    }
    v[m->n_clauses++] = (struct md_clause){title, level, parent, {NULL, 0}, at};
    return true;
}

/* The text of a heading without its marks. */
static void add_plain(struct buf *out, cmark_node *node)
{
    cmark_iter *iter = cmark_iter_new(node);
    if (!iter) {
        out->failed = true;
        return;
    }
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(iter);
        cmark_node_type t = cmark_node_get_type(n);
        if (t == CMARK_NODE_TEXT || t == CMARK_NODE_CODE) {
            const char *s = cmark_node_get_literal(n);
            buf_puts(out, s ? s : "");
        } else if (t == CMARK_NODE_SOFTBREAK || t == CMARK_NODE_LINEBREAK) {
            buf_putc(out, ' ');
        }
    }
    cmark_iter_free(iter);
}

static bool add_heading(struct reader *r, cmark_node *node)
{
    struct place at =
        lines_place(r, cmark_node_get_start_line(node), cmark_node_get_end_line(node));
    take_prose(r, at.from);
    if (!close_clause(r)) return false;
    r->prose_at = at.to;
    struct buf title;
    buf_init(&title);
    add_plain(&title, node);
    struct str text = title.failed ? (struct str){NULL, 0} : str_dup(r->arena, buf_str(&title));
    buf_free(&title);
    return text.p && open_clause(r, text, (uint32_t)cmark_node_get_heading_level(node), at);
}

/* ---- blocks ---- */

/* Number of fence characters (three or more of ` or ~) that open a line, after blanks; else 0. */
static size_t fence_length(struct str line, char *mark)
{
    struct str s = str_trim(line);
    if (!s.n || (s.p[0] != '`' && s.p[0] != '~')) return 0;
    size_t n = 0;
    while (n < s.n && s.p[n] == s.p[0]) n++;
    *mark = s.p[0];
    return n >= 3 ? n : 0;
}

static struct str line_text(const struct reader *r, size_t line)
{
    return str_slice(r->text, line_at(r, (int)line), line_at(r, (int)line + 1));
}

/* Does the line close a fence of `n` marks? */
static bool closes_fence(struct str line, char mark, size_t n)
{
    char c = 0;
    size_t m = fence_length(line, &c);
    return m >= n && c == mark && m == str_trim(line).n;
}

static struct str first_word(struct str info)
{
    struct str s = str_trim(info);
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t' && s.p[n] != '{') n++;
    return str_slice(s, 0, n);
}

/* An agreement's formulas stand in blocks of their own. */
static bool is_formula(const struct reader *r, struct str info)
{
    return str_eq(r->language, STR("truce")) && str_eq_nocase(first_word(info), STR("formula"));
}

static bool is_language(const struct reader *r, struct str info)
{
    return str_eq_nocase(first_word(info), r->language) || is_formula(r, info);
}

/* The first blank line in [first, last], or last + 1. */
static size_t blank_line(const struct reader *r, size_t first, size_t last)
{
    while (first <= last && str_trim(line_text(r, first)).n) first++;
    return first;
}

static bool add_block(struct reader *r, size_t fence, size_t first, size_t after)
{
    struct markdown *m = r->out;
    char mark;
    struct str opening = str_trim(line_text(r, fence));
    size_t marks = fence_length(opening, &mark);
    bool formula = is_formula(r, str_slice(opening, marks, opening.n));
    struct md_block **list = formula ? &m->formulas : &m->blocks;
    size_t *n = formula ? &m->n_formulas : &m->n_blocks;
    struct md_block *v =
        arena_grow(r->arena, *list, *n, formula ? &m->cap_formulas : &m->cap_blocks, sizeof *v);
    if (!v) return false;
    *list = v;
    size_t from = line_at(r, (int)first), to = line_at(r, (int)after);
    v[(*n)++] = (struct md_block){(uint32_t)m->n_clauses - 1,
                                  {r->source, from, to < from ? from : to},
                                  lines_place(r, (int)fence, (int)fence)};
    return true;
}

static void refuse_open(struct reader *r, size_t fence, struct place other)
{
    struct place at = lines_place(r, (int)fence, (int)fence);
    struct diag *x;
    if (other.source) {
        size_t line, column;
        source_locate(r->source, other.from, &line, &column);
        x = diag_add(r->d, SEVERITY_ERROR, "open-fence", at,
                     "the block that opens here is not closed before another fence in line %zu",
                     line);
    } else {
        x = diag_add(r->d, SEVERITY_ERROR, "open-fence", at,
                     "the block that opens here is never closed: everything behind it would be "
                     "read as formal sentences");
    }
    diag_fix(r->d, x, "put a line with ``` alone behind the last sentence of the block");
}

/* The lines of a code block, from its opening fence on; `last` is the last line cmark counts. */
static bool add_fence(struct reader *r, size_t fence, size_t last)
{
    struct str opening = str_trim(line_text(r, fence));
    char mark = 0;
    size_t n = fence_length(opening, &mark);
    bool ours = n && is_language(r, str_slice(opening, n, opening.n));
    bool closed = last > fence && closes_fence(line_text(r, last), mark, n);
    size_t end = closed ? last : last + 1; /* the line behind the content */
    size_t first = fence + 1;
    if (!n) return true;
    for (size_t i = first; i < end; i++) {
        char c = 0;
        struct str s = str_trim(line_text(r, i));
        size_t m = fence_length(s, &c);
        if (m < n || c != mark || (!ours && !is_language(r, str_slice(s, m, s.n)))) continue;
        refuse_open(r, fence, lines_place(r, (int)i, (int)i));
        if (ours && !add_block(r, fence, first, blank_line(r, first, i - 1))) return false;
        return add_fence(r, i, last);
    }
    if (!closed) {
        if (ours) refuse_open(r, fence, place_none());
        end = blank_line(r, first, end - 1);
    }
    return !ours || add_block(r, fence, first, end);
}

static bool in_quotation(cmark_node *node)
{
    while ((node = cmark_node_parent(node)))
        if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE) return true;
    return false;
}

/* Code by four blanks, not by a fence: an example of a block is not a block. */
static bool is_indented(const struct reader *r, cmark_node *node)
{
    const char *info = cmark_node_get_fence_info(node);
    if (info && *info) return false;
    if (cmark_node_get_type(cmark_node_parent(node)) != CMARK_NODE_DOCUMENT) return false;
    struct str line = line_text(r, (size_t)cmark_node_get_start_line(node));
    return str_starts(line, STR("    ")) || str_starts(line, STR("\t"));
}

static bool add_code(struct reader *r, cmark_node *node)
{
    int first = cmark_node_get_start_line(node), last = cmark_node_get_end_line(node);
    struct place all = lines_place(r, first, last);
    const char *info = cmark_node_get_fence_info(node);
    size_t blocks = r->out->n_blocks + r->out->n_formulas, errors = r->d->errors;
    if (in_quotation(node)) {
        if (!info || !is_language(r, str_of(info))) return true;
        struct diag *x =
            diag_add(r->d, SEVERITY_ERROR, "quoted-block", lines_place(r, first, first),
                     "a block inside a quotation (\">\") is not part of the agreement");
        diag_fix(r->d, x, "put the block at the left margin");
        return true;
    }
    if (is_indented(r, node)) return true;
    if (!add_fence(r, (size_t)first, (size_t)last)) return false;
    if (r->out->n_blocks + r->out->n_formulas == blocks && r->d->errors == errors) return true;
    take_prose(r, all.from);
    r->prose_at = all.to;
    return true;
}

static bool walk(struct reader *r, cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    bool good = iter != NULL;
    cmark_event_type event;
    while (good && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        if (event != CMARK_EVENT_ENTER) continue;
        cmark_node *node = cmark_iter_get_node(iter);
        cmark_node_type t = cmark_node_get_type(node);
        if (t == CMARK_NODE_CODE_BLOCK) good = add_code(r, node);
        if (t == CMARK_NODE_HEADING && cmark_node_parent(node) == root) good = add_heading(r, node);
    }
    if (iter) cmark_iter_free(iter);
    return good;
}

enum status markdown_read(struct arena *a, const struct source *s, struct str language,
                          struct diags *d, struct markdown *out)
{
    *out = (struct markdown){0};
    struct reader r = {
        .arena = a, .source = s, .text = s->text, .language = language, .d = d, .out = out};
    buf_init(&r.prose);
    cmark_node *root = NULL;
    bool good = index_lines(&r) && open_clause(&r, STR(""), 0, (struct place){s, 0, 0});
    if (good) root = cmark_parse_document(s->text.n ? s->text.p : "", s->text.n, CMARK_OPT_DEFAULT);
    good = good && root && walk(&r, root);
    if (good) {
        take_prose(&r, s->text.n);
        good = close_clause(&r);
    }
    if (root) cmark_node_free(root);
    buf_free(&r.prose);
    return good ? STATUS_OK : STATUS_FAULT;
}
