/* Prose and formal sentences, cut by the same lexer.
 *
 * Prose is cut from a copy of the source of the same length in which everything that is no running text
 * (blocks, other code, tables, marks of Markdown) is blank and the lines of a paragraph are one line, so
 * that a quotation may run over them.  Offsets are those of the source. */
#include "lint/private.h"

#include "lang/markdown.h"

#include <string.h>

/* ---- asking tokens ---- */

bool token_word(const struct word *t, const char *word)
{
    return t->kind == TOKEN_WORD && str_eq_nocase(t->text, str_of(word));
}

size_t words_at(const struct passages *p, size_t at, size_t end, const char *words)
{
    size_t n = 0;
    while (*words) {
        size_t len = strcspn(words, " ");
        if (at + n >= end) return 0;
        const struct word *t = &p->tokens.v[at + n];
        if (t->kind != TOKEN_WORD || !str_eq_nocase(t->text, (struct str){words, len})) return 0;
        n++;
        words += len;
        while (*words == ' ') words++;
    }
    return n;
}

size_t words_in(const struct passages *p, const struct passage *x, const char *words)
{
    size_t at = x->first;
    while (at < x->end && !words_at(p, at, x->end, words)) at++;
    return at;
}

bool passage_opens(const struct lint *l, const struct passage *x, const char *words)
{
    return words_at(&l->formal, x->first, x->end, words) > 0;
}

bool passage_says(const struct lint *l, const struct passage *x)
{
    return !passage_opens(l, x, "not a finding") && !passage_opens(l, x, "note") &&
           !passage_opens(l, x, "read as");
}

const struct passage *passage_of(const struct passages *p, size_t offset)
{
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->tokens.v[p->v[mid].end - 1].to <= offset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < p->n && p->tokens.v[p->v[lo].first].from <= offset ? &p->v[lo] : NULL;
}

struct place tokens_place(const struct lint *l, const struct passages *p, size_t first, size_t end)
{
    size_t last = end > first ? end - 1 : first;
    return (struct place){l->g->source, p->tokens.v[first].from, p->tokens.v[last].to};
}

/* ---- who is named ---- */

size_t label_at(const struct lint *l, size_t at, size_t end, struct str label)
{
    size_t n = 0, i = 0;
    while (i < label.n) {
        size_t from = i;
        while (i < label.n && label.p[i] != ' ' && label.p[i] != '_') i++;
        if (at + n >= end) return 0;
        const struct word *t = &l->prose.tokens.v[at + n];
        if (t->kind != TOKEN_WORD || !str_eq_nocase(t->text, str_slice(label, from, i))) return 0;
        n++;
        while (i < label.n && (label.p[i] == ' ' || label.p[i] == '_')) i++;
    }
    return n;
}

size_t actor_at(const struct lint *l, size_t at, size_t end, uint32_t *actor)
{
    static const char *const all[] = {"parties",     "party",      "sides", "side",
                                      "signatories", "government", "both",  "they"};
    size_t best = 0;
    *actor = LANG_NONE;
    for (uint32_t i = 0; i < l->g->n_actors; i++) {
        const struct actor *a = &l->g->actors[i];
        size_t n = label_at(l, at, end, a->name), m = label_at(l, at, end, a->label);
        if (m > n) n = m;
        if (n <= best) continue;
        best = n;
        *actor = i;
    }
    for (size_t i = 0; !best && i < sizeof all / sizeof *all; i++)
        best = token_word(&l->prose.tokens.v[at], all[i]);
    return best;
}

/* ---- clauses ---- */

bool clause_within(const struct agreement *g, uint32_t clause, uint32_t in)
{
    if (g->clauses[in].level == 0) return true;
    while (clause != LANG_NONE && clause != in) clause = g->clauses[clause].parent;
    return clause == in;
}

/* Clauses under one another stand behind one another. */
bool clause_says(const struct lint *l, uint32_t clause)
{
    const struct agreement *g = l->g;
    for (uint32_t c = clause; c < g->n_clauses; c++) {
        if (c != clause && (g->clauses[clause].level == 0 || !clause_within(g, c, clause))) break;
        for (size_t i = l->formal.from[c]; i < l->formal.from[c + 1]; i++)
            if (passage_says(l, &l->formal.v[i])) return true;
    }
    return false;
}

/* The first provision, by clause, that stands in the clause or behind it. */
static uint32_t first_in(const struct lint *l, uint32_t clause)
{
    uint32_t lo = 0, hi = l->g->n_provisions;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (l->g->provisions[l->provisions[mid]].clause < clause)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

struct indices provisions_in(const struct lint *l, uint32_t clause)
{
    const struct agreement *g = l->g;
    uint32_t end = clause + 1, level = g->clauses[clause].level;
    while (end < g->n_clauses && level > 0 && g->clauses[end].level > level) end++;
    uint32_t first = first_in(l, clause);
    return (struct indices){l->provisions + first, first_in(l, end) - first};
}

bool clause_has_provision(const struct lint *l, uint32_t clause)
{
    return provisions_in(l, clause).n > 0;
}

/* ---- cutting ---- */

static bool add_passage(struct lint *l, struct passages *p, struct passage x)
{
    struct passage *v = arena_grow(l->a, p->v, p->n, &p->cap, sizeof *v);
    if (!v) return false;
    p->v = v;
    v[p->n++] = x;
    return true;
}

static bool is_end(const struct word *t, const char *ends)
{
    return t->kind == TOKEN_BREAK || (t->kind == TOKEN_PUNCT && strchr(ends, t->punct));
}

static bool add_word(struct lint *l, struct words *out, const struct token *t)
{
    struct word *v = arena_grow(l->a, out->v, out->n, &out->cap, sizeof *v);
    if (!v || t->at.to > UINT32_MAX) return false;
    const struct civil *day = &t->time.civil;
    bool number = t->kind == TOKEN_NUMBER, date = t->kind == TOKEN_DATE;
    out->v = v;
    v[out->n++] = (struct word){.text = t->text,
                                .n = number ? t->number.digits
                                     : date ? day->year * 10000 + day->month * 100 + day->day
                                            : 0,
                                .from = (uint32_t)t->at.from,
                                .to = (uint32_t)t->at.to,
                                .kind = (uint8_t)t->kind,
                                .decimals = number ? (uint8_t)t->number.decimals : 0,
                                .punct = t->punct};
    return true;
}

/* The bytes [from, to) of a source as words and passages; each of these ends at one of the marks. */
static bool cut(struct lint *l, struct passages *p, const struct source *s, size_t from, size_t to,
                uint32_t clause, const char *ends)
{
    struct diags quiet;
    diags_init(&quiet, l->a);
    quiet.max_items = 1;
    l->block.n = l->block.n_comments = 0;
    if (!lex_block(l->a, s, from, to, clause, &quiet, &l->block)) return false;
    size_t first = p->tokens.n;
    for (size_t i = 0; i < l->block.n; i++) {
        size_t at = p->tokens.n;
        if (!add_word(l, &p->tokens, &l->block.v[i])) return false;
        if (!is_end(&p->tokens.v[at], ends)) continue;
        if (at > first &&
            !add_passage(l, p, (struct passage){.clause = clause, .first = first, .end = at}))
            return false;
        first = at + 1;
    }
    return true;
}

/* ---- what binds, in prose ---- */

/* Words after which somebody must.  `will` and `agree to` bind when somebody is named before. */
static bool is_modal(const struct lint *l, const struct passage *x, size_t at, bool named)
{
    static const char *const binding[] = {"shall",
                                          "must",
                                          "undertake",
                                          "undertakes",
                                          "is prohibited",
                                          "are prohibited",
                                          "is forbidden",
                                          "are forbidden",
                                          "is obliged to",
                                          "are obliged to",
                                          "is required to",
                                          "are required to",
                                          "is banned",
                                          "are banned",
                                          "may not",
                                          "commits itself",
                                          "commit themselves"};
    static const char *const promising[] = {"will", "agree to", "agrees to", "pledge", "pledges"};
    for (size_t i = 0; i < sizeof binding / sizeof *binding; i++)
        if (words_at(&l->prose, at, x->end, binding[i])) return true;
    for (size_t i = 0; named && i < sizeof promising / sizeof *promising; i++)
        if (words_at(&l->prose, at, x->end, promising[i])) return true;
    return false;
}

static void mark_duty(const struct lint *l, struct passage *x)
{
    bool named = false;
    uint32_t who;
    for (size_t i = x->first; i < x->end && !x->duty; i++) {
        named = named || actor_at(l, i, x->end, &who);
        x->duty = is_modal(l, x, i, named);
        x->modal = i;
    }
}

/* ---- the copy of the prose ---- */

struct text_line {
    size_t from, to; /* without the line end */
};

static struct text_line line_at(struct str text, size_t from, size_t end)
{
    size_t to = from;
    while (to < end && text.p[to] != '\n') to++;
    return (struct text_line){from, to};
}

static size_t indent(struct str text, struct text_line x)
{
    size_t i = x.from;
    while (i < x.to && (text.p[i] == ' ' || text.p[i] == '\t' || text.p[i] == '>')) i++;
    return i;
}

static bool is_fence(struct str text, struct text_line x)
{
    struct str s = str_slice(text, indent(text, x), x.to);
    return str_starts(s, STR("```")) || str_starts(s, STR("~~~"));
}

/* "- ", "* ", "+ ", "12. ", "12) ", "(a) ": how long it is, else 0. */
static size_t marker(struct str text, struct text_line x)
{
    size_t from = indent(text, x), i = from;
    if (i < x.to && strchr("-*+", text.p[i])) {
        i++;
    } else {
        bool open = i < x.to && text.p[i] == '(';
        size_t digits = i += open;
        while (i < x.to && text.p[i] >= '0' && text.p[i] <= '9') i++;
        if (open && i == digits && i < x.to) i++; /* (a) */
        if (i == digits || i >= x.to || !strchr(open ? ")" : ".)", text.p[i])) return 0;
        i++;
    }
    return i < x.to && text.p[i] == ' ' ? i - x.from : 0;
}

struct reader {
    struct lint *l;
    struct source *copy; /* same length as the source */
    char *bytes;
    uint32_t clause;
    size_t from, to; /* the paragraph that is open; equal: none */
    bool item;       /* it stands in a list */
    bool listing;    /* a sentence that binds is followed by a list */
};

/* Ends the paragraph. */
static bool close_paragraph(struct reader *r)
{
    struct passages *p = &r->l->prose;
    size_t tokens = p->tokens.n, first = p->n;
    if (r->from == r->to) return true;
    if (!cut(r->l, p, r->copy, r->from, r->to, r->clause, ".?!;")) return false;
    r->from = r->to;
    for (size_t i = first; i < p->n; i++) {
        struct passage *x = &p->v[i];
        mark_duty(r->l, x);
        if (!x->duty && r->item && r->listing) x->duty = true, x->modal = x->first;
    }
    const struct word *last = p->tokens.n > tokens + 1 ? &p->tokens.v[p->tokens.n - 2] : NULL;
    if (!r->item)
        r->listing = last && last->kind == TOKEN_PUNCT && last->punct == ':' && p->n > first &&
                     p->v[p->n - 1].duty;
    return true;
}

static void blank(struct reader *r, size_t from, size_t to)
{
    memset(r->bytes + from, ' ', to - from);
}

static bool take_line(struct reader *r, struct text_line x)
{
    struct str text = r->l->g->source->text;
    size_t begins = indent(text, x), mark = marker(text, x);
    bool table = begins < x.to && text.p[begins] == '|';
    bool comment = str_starts(str_slice(text, begins, x.to), STR("<!--"));
    if (begins == x.to || table || comment || mark) {
        if (!close_paragraph(r)) return false;
        r->item = mark > 0;
    }
    if (begins == x.to || table || comment) return true;
    if (r->from == r->to) {
        if (!mark && begins < x.from + 2) r->item = false;
        r->from = x.from;
    }
    blank(r, x.from, mark ? x.from + mark : begins);
    for (size_t i = begins; i < x.to; i++)
        if (strchr("#`*<>|", r->bytes[i]) || r->bytes[i] == '\r') r->bytes[i] = ' ';
    if (x.to < text.n) r->bytes[x.to] = ' ';
    r->to = x.to;
    return true;
}

static bool take_prose(struct reader *r, size_t from, size_t to)
{
    struct str text = r->l->g->source->text;
    bool code = false;
    while (from < to) {
        struct text_line x = line_at(text, from, to);
        bool fence = is_fence(text, x);
        if (fence || code) {
            if (!close_paragraph(r)) return false;
            code = code != fence;
        } else if (!take_line(r, x)) {
            return false;
        }
        from = x.to + 1;
    }
    return close_paragraph(r);
}

/* The prose of all clauses: what stands between headings and blocks. */
static bool read_prose(struct lint *l, const struct markdown *m)
{
    struct str text = l->g->source->text;
    struct str bytes = str_dup(l->a, text);
    if (!bytes.p) return false;
    struct source copy = *l->g->source;
    copy.text = bytes;
    struct reader r = {.l = l, .copy = &copy, .bytes = (char *)(uintptr_t)bytes.p};
    size_t b = 0;
    for (uint32_t c = 0; c < m->n_clauses; c++) {
        size_t at = m->clauses[c].at.to,
               end = c + 1 < m->n_clauses ? m->clauses[c + 1].at.from : text.n;
        r.clause = c;
        r.item = r.listing = false;
        for (; b < m->n_blocks && m->blocks[b].clause == c; b++) {
            if (!take_prose(&r, at, m->blocks[b].fence.from)) return false;
            at = line_at(text, m->blocks[b].at.to, text.n).to + 1; /* behind the closing fence */
        }
        if (at < end && !take_prose(&r, at, end)) return false;
    }
    return true;
}

static bool index_clauses(struct lint *l, struct passages *p)
{
    p->from = arena_array(l->a, (size_t)l->g->n_clauses + 1, sizeof *p->from);
    if (!p->from) return false;
    size_t i = 0;
    for (uint32_t c = 0; c < l->g->n_clauses; c++) {
        p->from[c] = i;
        while (i < p->n && p->v[i].clause == c) i++;
    }
    p->from[l->g->n_clauses] = i;
    return true;
}

/* The provisions by clause: versions are entered last, all others in the order of the text. */
static bool index_provisions(struct lint *l)
{
    const struct agreement *g = l->g;
    l->provisions = arena_array(l->a, (size_t)g->n_provisions + 1, sizeof *l->provisions);
    l->permissions = arena_array(l->a, (size_t)g->n_provisions + 1, sizeof *l->permissions);
    if (!l->provisions || !l->permissions) return false;
    for (uint32_t i = 0; i < g->n_provisions; i++) {
        uint32_t k = i;
        for (; k > 0 && g->provisions[l->provisions[k - 1]].clause > g->provisions[i].clause; k--)
            l->provisions[k] = l->provisions[k - 1];
        l->provisions[k] = i;
        if (g->provisions[i].pattern == PATTERN_ONLY) l->permissions[l->n_permissions++] = i;
    }
    return true;
}

bool lint_read(struct lint *l)
{
    const struct markdown *m = &l->g->markdown;
    for (size_t i = 0; i < m->n_blocks; i++) {
        const struct md_block *b = &m->blocks[i];
        if (!cut(l, &l->formal, l->g->source, b->at.from, b->at.to, b->clause, ".")) return false;
    }
    return index_provisions(l) && read_prose(l, m) && index_clauses(l, &l->prose) &&
           index_clauses(l, &l->formal);
}
