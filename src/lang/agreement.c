/* From a file to a checked agreement: cut into sentences, read them in passes, check the whole. */
#include "lang/parse.h"

#include "base/file.h"
#include "lang/vocabulary.h"

#include <string.h>

#define FILE_MAX ((size_t)64 << 20)

static const struct statement statements[] = {
    {"agreement is", NULL, read_force, 4},
    {"the agreement is", NULL, read_force, 4},
    {"article", NULL, read_force, 4},
    {"amendment", NULL, read_amendment, 3},
    {"agreement", enter_header, read_header, 1},
    {"time zone", enter_header, read_header, 1},
    {"signed", NULL, read_header, 1},
    {"in force", NULL, read_header, 1},
    {"enters into force", NULL, read_header, 1},
    {"expires", NULL, read_header, 1},
    {"authentic", NULL, read_header, 1},
    {"holidays", NULL, read_header, 1},
    {"weekend is", NULL, read_header, 1},
    {"reports may be late by", NULL, read_header, 1},
    {"day", NULL, read_day_one, 1},
    {"note", NULL, read_note, 2},
    {"annex", NULL, read_annex, 3},
    {"party", enter_actor, read_actor, 2},
    {"body", enter_actor, read_actor, 2},
    {"guarantor", enter_actor, read_actor, 2},
    {"third party", enter_actor, read_actor, 2},
    {"third state", enter_actor, read_actor, 2},
    {"non-signatory", enter_actor, read_actor, 2},
    {"group", enter_group, read_group, 2},
    {"line", enter_line, read_line, 2},
    {"zone", enter_zone, read_zone, 2},
    {"date", enter_date, read_date, 2},
    {"event", enter_kind, read_kind, 2},
    {"state", enter_kind, read_kind, 2},
    {"filed event", enter_kind, read_kind, 2},
    {"filed state", enter_kind, read_kind, 2},
    {"ground", enter_ground, read_ground, 2},
    {"stock", enter_stock, read_stock, 4},
    {"process", enter_process, read_process, 4},
    {"site", enter_site, read_site, 4},
    {"window", enter_window, read_window_declared, 3},
    {"provision", enter_provision, read_provision, 5},
    {"formula", enter_formula, read_formula, 5},
    {"read as", NULL, read_pinned, 5},
    {"coverage", NULL, read_coverage, 3},
    {"evidence", NULL, read_evidence, 3},
    {"one", NULL, read_one_is, 3},
    {"not a finding", NULL, read_silence, 5},
};
#define STATEMENTS (sizeof statements / sizeof statements[0])
#define PASSES 5
#define PASS_KINDS                                                                                 \
    3 /* up to here attributes are the kinds' own; then those of parents come first */

static const struct statement about_name = {"", NULL, read_about_name, 3};
static const struct statement about_kind = {"", NULL, read_kind_readings, 4};
static const struct statement about_force = {"", NULL, read_force, 4};

static const struct statement *statement_at(const struct parser *p)
{
    struct symbol s;
    struct form f;
    size_t n = name_match(p, p->at, &s), m = phrase_match(p, p->at, FORM_NOUN | FORM_PLURAL, &f);
    size_t known = n > m ? n : m;
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (!look(p, statements[i].opens)) continue;
        size_t words = 1;
        for (const char *c = statements[i].opens; *c; c++) words += *c == ' ';
        if (words >= known) return &statements[i];
    }
    if (look_kind_readings(p)) return &about_kind;
    return look_force(p) ? &about_force : &about_name;
}

const char *statement_nearest(struct str word)
{
    size_t best = 3;
    const char *found = NULL;
    for (size_t i = 0; i < STATEMENTS; i++)
        if (str_nearer(word, str_of(statements[i].opens), &best)) found = statements[i].opens;
    return found;
}

const char *sentence_opening(size_t i)
{
    return i < STATEMENTS ? statements[i].opens : NULL;
}

/* ---- sentences ---- */

static bool add_sentence(struct parser *p, size_t first, size_t end)
{
    struct sentence *s = vec_add(p, &p->sentences, sizeof *s);
    if (!s) return false;
    *s = (struct sentence){
        .first = first, .end = end, .clause = p->tokens.v[first].clause, .item = LANG_NONE};
    return true;
}

static bool is_stop(const struct token *t)
{
    return t->kind == TOKEN_BREAK || (t->kind == TOKEN_PUNCT && t->punct == '.');
}

static void refuse_unstopped(struct parser *p, size_t last, const char *before)
{
    struct place end = p->tokens.v[last].at;
    struct place at = {end.source, end.to > 0 ? end.to - 1 : 0, end.to};
    struct diag *x = diag_add(p->d, SEVERITY_ERROR, "no-full-stop", at,
                              "the sentence before %s has no full stop", before);
    diag_fix(p->d, x, "write: %.*s.", STR_ARG(place_text(end)));
}

/* `provision NAME:` opens a sentence wherever it stands: before it a full stop was forgotten. */
static bool opens_provision(const struct parser *p, size_t at)
{
    const struct token *t = &p->tokens.v[at];
    if (t->kind != TOKEN_WORD || !str_eq_nocase(t->text, STR("provision"))) return false;
    for (size_t i = at + 1; i < at + 6 && i < p->tokens.n; i++) {
        if (p->tokens.v[i].kind == TOKEN_PUNCT) return p->tokens.v[i].punct == ':';
        if (p->tokens.v[i].kind != TOKEN_WORD) return false;
    }
    return false;
}

/* `party NAME "label"` or `body NAME "label"` at the beginning of a line: likewise. */
static bool opens_party(const struct parser *p, size_t at)
{
    const struct token *t = &p->tokens.v[at];
    if (!at || t->kind != TOKEN_WORD ||
        !(str_eq(t->text, STR("party")) || str_eq(t->text, STR("body"))))
        return false;
    size_t end = p->tokens.v[at - 1].at.to;
    if (!memchr(t->at.source->text.p + end, '\n', t->at.from - end)) return false;
    size_t i = at + 1;
    while (i < at + 5 && i < p->tokens.n && p->tokens.v[i].kind == TOKEN_WORD) i++;
    return i > at + 1 && i < p->tokens.n && p->tokens.v[i].kind == TOKEN_STRING;
}

static bool cut(struct parser *p)
{
    size_t first = 0;
    for (size_t i = 0; i < p->tokens.n; i++) {
        const struct token *t = &p->tokens.v[i];
        bool provision = i > first && opens_provision(p, i);
        if (provision || (i > first && opens_party(p, i))) {
            refuse_unstopped(p, i - 1, provision ? "this provision" : "this declaration");
            if (!add_sentence(p, first, i)) return false;
            first = i;
        }
        if (!is_stop(t)) continue;
        if (i > first && t->kind == TOKEN_BREAK) refuse_unstopped(p, i - 1, "the end of the block");
        if (i > first && !add_sentence(p, first, i)) return false;
        first = i + 1;
    }
    return !p->oom;
}

/* ---- passes ---- */

void go_to(struct parser *p, const struct sentence *s, const char *doing)
{
    p->first = p->at = s->first;
    p->end = s->end;
    p->clause = s->clause;
    p->doing = doing;
    p->bad = false;
}

static bool enter_all(struct parser *p)
{
    for (size_t i = 0; i < p->sentences.n && !p->oom; i++) {
        struct sentence *s = VEC_AT(p->sentences, struct sentence, i);
        go_to(p, s, "this sentence");
        for (size_t k = 0; k < STATEMENTS && !s->statement; k++)
            if (look(p, statements[k].opens)) s->statement = &statements[k];
        if (s->statement && s->statement->enter && !s->statement->enter(p, s)) s->bad = true;
    }
    return !p->oom;
}

/* "if ceasefire is violated …, then the party must": whom ceasefire binds has to be known.  Is it not yet? */
static bool too_early(const struct parser *p, const struct sentence *s)
{
    struct parser q = *p;
    struct symbol of = {.sort = SORT_NONE};
    q.end = s->end;
    for (q.at = s->first; q.at < s->end && of.sort == SORT_NONE; q.at++)
        if (look(&q, "if") && !name_match(&q, q.at + 1, &of)) return false;
    if (of.sort != SORT_PROVISION ||
        VEC_AT(p->provisions, struct provision, of.index)->bearers.n > 0)
        return false;
    for (q.at = s->first; q.at < s->end; q.at++)
        if (look(&q, "then the party") || look(&q, "then the other party") ||
            look(&q, "otherwise the party") || look(&q, "otherwise the other party"))
            return true;
    return false;
}

/* Sentences that were put off, as long as one of them can be read; then all. */
static bool read_put_off(struct parser *p, struct vec *list)
{
    for (bool last = false; list->n && !p->oom;) {
        size_t left = 0;
        for (size_t i = 0; i < list->n && !p->oom; i++) {
            size_t at = *VEC_AT(*list, size_t, i);
            struct sentence *s = VEC_AT(p->sentences, struct sentence, at);
            go_to(p, s, "this sentence");
            if (!last && too_early(p, s))
                *VEC_AT(*list, size_t, left++) = at;
            else
                s->bad = !s->statement->read(p, s);
        }
        last = left == list->n;
        list->n = left;
    }
    return !p->oom;
}

static bool read_pass(struct parser *p, int pass)
{
    struct vec put_off = {0};
    p->last_provision = LANG_NONE;
    for (size_t i = 0; i < p->sentences.n && !p->oom; i++) {
        struct sentence *s = VEC_AT(p->sentences, struct sentence, i);
        go_to(p, s, "this sentence");
        if (!s->statement || !s->statement->enter) s->statement = statement_at(p);
        if (s->statement->pass != pass) continue;
        bool provision = s->statement->read == read_provision || s->statement->read == read_formula;
        if (provision) p->last_provision = s->item;
        if (s->bad) continue;
        if (provision && too_early(p, s)) {
            size_t *slot = vec_add(p, &put_off, sizeof *slot);
            if (slot) *slot = i;
        } else {
            s->bad = !s->statement->read(p, s);
        }
    }
    return read_put_off(p, &put_off);
}

/* A sentence whose verb is unknown because its event was not understood would be one more finding
 * that says nothing new; so provisions are read only when all declarations were. */
static bool vocabulary_good(const struct parser *p)
{
    for (size_t i = 0; i < p->sentences.n; i++) {
        const struct sentence *s = VEC_AT(p->sentences, struct sentence, i);
        if (s->bad && s->statement &&
            (s->statement->enter == enter_kind || s->statement->enter == enter_ground))
            return false;
    }
    return true;
}

static bool take_clauses(struct parser *p, const struct markdown *m)
{
    for (size_t i = 0; i < m->n_clauses; i++) {
        struct clause *c = vec_add(p, &p->clauses, sizeof *c);
        if (!c) return false;
        const struct md_clause *x = &m->clauses[i];
        *c = (struct clause){x->title, x->level, x->parent, x->prose, x->at};
    }
    return true;
}

static void freeze(const struct parser *p, struct agreement *g)
{
    *g = (struct agreement){
        .source = p->source,
        .markdown = p->markdown,
        .names = p->vocabulary,
        .header = p->header,
        .clauses = p->clauses.v,
        .n_clauses = (uint32_t)p->clauses.n,
        .actors = p->actors.v,
        .n_actors = (uint32_t)p->actors.n,
        .groups = p->groups.v,
        .n_groups = (uint32_t)p->groups.n,
        .lines = p->lines.v,
        .n_lines = (uint32_t)p->lines.n,
        .zones = p->zones.v,
        .n_zones = (uint32_t)p->zones.n,
        .dates = p->dates.v,
        .n_dates = (uint32_t)p->dates.n,
        .kinds = p->kinds.v,
        .n_kinds = (uint32_t)p->kinds.n,
        .evidence = p->evidence.v,
        .n_evidence = (uint32_t)p->evidence.n,
        .coverage = p->coverage.v,
        .n_coverage = (uint32_t)p->coverage.n,
        .terms = p->terms.v,
        .n_terms = (uint32_t)p->terms.n,
        .readings = p->readings.v,
        .n_readings = (uint32_t)p->readings.n,
        .provisions = p->provisions.v,
        .n_provisions = (uint32_t)p->provisions.n,
        .declarations = p->declarations.v,
        .n_declarations = (uint32_t)p->declarations.n,
        .silences = p->silences.v,
        .n_silences = (uint32_t)p->silences.n,
        .consents = p->consents.v,
        .n_consents = (uint32_t)p->consents.n,
        .amendments = p->amendments.v,
        .n_amendments = (uint32_t)p->amendments.n,
        .force = p->force.v,
        .n_force = (uint32_t)p->force.n,
        .stocks = p->stocks.v,
        .n_stocks = (uint32_t)p->stocks.n,
        .amounts = p->amounts.v,
        .n_amounts = (uint32_t)p->amounts.n,
        .sites = p->sites.v,
        .n_sites = (uint32_t)p->sites.n,
        .processes = p->processes.v,
        .n_processes = (uint32_t)p->processes.n,
        .annexes = p->annexes.v,
        .n_annexes = (uint32_t)p->annexes.n,
        .notes = p->notes.v,
        .n_notes = (uint32_t)p->notes.n,
    };
}

static bool nothing_formal(struct parser *p)
{
    if (p->sentences.n || p->d->errors) return false;
    struct diag *x =
        diag_add(p->d, SEVERITY_ERROR, "nothing-formal", (struct place){p->source, 0, 0},
                 "the file has no block of formal sentences");
    diag_fix(p->d, x, "open one with a line ```truce and close it with a line ```");
    return true;
}

/* `talks "…"` opens a file of the other kind: said once, not sentence by sentence. */
static bool of_talks(struct parser *p)
{
    const struct sentence *first = p->sentences.n ? VEC_AT(p->sentences, struct sentence, 0) : NULL;
    if (!first || !str_eq_nocase(p->tokens.v[first->first].text, STR("talks"))) return false;
    struct diag *x = diag_add(p->d, SEVERITY_ERROR, "file-of-talks", p->tokens.v[first->first].at,
                              "this is a file of talks, and an agreement is asked for here");
    diag_fix(p->d, x,
             "truce check, explain and fmt read it; its views are those of truce talks, and how "
             "positions moved is shown by: truce talks matrix TALKS.md --as-of DATE");
    return true;
}

/* Where the line that begins with "violation:" has its formula; the block's end without one. */
static size_t formula_begins(struct str text, size_t from, size_t to)
{
    const struct str word = STR("violation:");
    for (size_t i = from; i < to; i++) {
        size_t at = i;
        while (at < to && (text.p[at] == ' ' || text.p[at] == '\t')) at++;
        if ((i == from || text.p[i - 1] == '\n') && str_starts(str_slice(text, at, to), word))
            return at + word.n;
    }
    return to;
}

static struct token *add_token(struct parser *p, struct token t)
{
    struct token *v = arena_grow(p->arena, p->tokens.v, p->tokens.n, &p->tokens.cap, sizeof *v);
    if (!v) return NULL;
    p->tokens.v = v;
    v[p->tokens.n] = t;
    return &v[p->tokens.n++];
}

/* A formula block is one sentence: its own, parted by `;`, then the formula as one text. */
static bool take_formula(struct parser *p, const struct md_block *b)
{
    struct str text = p->source->text;
    size_t formula = formula_begins(text, b->at.from, b->at.to), end = b->at.to,
           first = p->tokens.n;
    size_t head = formula < b->at.to ? formula - STR("violation:").n : formula;
    if (!lex_block(p->arena, p->source, b->at.from, head, b->clause, p->d, &p->tokens))
        return false;
    struct token last = p->tokens.v[--p->tokens.n]; /* the break */
    for (size_t i = first; i < p->tokens.n; i++)
        if (p->tokens.v[i].kind == TOKEN_PUNCT && p->tokens.v[i].punct == '.')
            p->tokens.v[i].punct = ';';
    while (formula < end && (uint8_t)text.p[formula] <= ' ') formula++;
    while (end > formula && (uint8_t)text.p[end - 1] <= ' ') end--;
    struct token t = {.kind = TOKEN_STRING,
                      .clause = b->clause,
                      .at = {p->source, formula, end},
                      .text = str_slice(text, formula, end)};
    if (formula < end && !add_token(p, t)) return false;
    t.kind = TOKEN_PUNCT;
    t.punct = '.';
    return add_token(p, t) && add_token(p, last);
}

/* Blocks of both kinds in the order of the text. */
static bool take_blocks(struct parser *p, const struct markdown *m)
{
    size_t i = 0, k = 0;
    for (;;) {
        const struct md_block *b = i < m->n_blocks ? &m->blocks[i] : NULL;
        const struct md_block *f = k < m->n_formulas ? &m->formulas[k] : NULL;
        if (!b && !f) return true;
        bool formula = !b || (f && f->at.from < b->at.from);
        if (formula ? !take_formula(p, f)
                    : !lex_block(p->arena, p->source, b->at.from, b->at.to, b->clause, p->d,
                                 &p->tokens))
            return false;
        i += !formula;
        k += formula;
    }
}

/* Blocks to sentences. */
static bool read_sentences(struct parser *p)
{
    struct markdown *m = &p->markdown;
    if (markdown_read(p->arena, p->source, STR("truce"), p->d, m) != STATUS_OK) return false;
    return take_clauses(p, m) && take_blocks(p, m) && cut(p) && write_out_windows(p);
}

static bool enter_names(struct parser *p)
{
    return enter_all(p) && vocabulary_collect(p, &p->vocabulary);
}

bool parse_declared(struct parser *p)
{
    return read_sentences(p) && enter_names(p);
}

static bool read_all(struct parser *p, size_t errors, struct agreement *g)
{
    if (!read_sentences(p)) return false;
    if (nothing_formal(p) || of_talks(p)) return true;
    if (!enter_names(p) || !read_pass(p, 1) || !check_header(p)) return false;
    for (int pass = 2; pass <= PASS_KINDS; pass++)
        if (!read_pass(p, pass)) return false;
    if (!check_families(p)) return !p->oom;
    if (!kinds_inherit(p)) return false;
    for (int pass = PASS_KINDS + 1; pass <= PASSES && vocabulary_good(p); pass++)
        if (!read_pass(p, pass)) return false;
    if (p->d->errors == errors) {
        freeze(p, g);
        if (!check_all(p, g)) return !p->oom;
        freeze(p, g);
        if (p->d->errors == errors && (!gloss_all(p, g) || !gloss_force(p, g) || !check_pinned(p)))
            return false;
        freeze(p, g);
    }
    return !p->oom;
}

enum status agreement_check(struct arena *a, const struct source *source, struct diags *d,
                            const struct agreement **out)
{
    *out = NULL;
    if (!lex_check_text(source, d)) return STATUS_INPUT;
    struct parser p = {.arena = a, .source = source, .d = d};
    p.header.day_one_term = LANG_NONE;
    p.header.day_one.term = p.header.day_one.date = LANG_NONE;
    intern_init(&p.names);
    intern_init(&p.phrases);
    size_t errors = d->errors;
    struct agreement *g = arena_alloc(a, sizeof *g);
    bool good = g && read_all(&p, errors, g) && !a->failed;
    intern_free(&p.names);
    intern_free(&p.phrases);
    diags_sort(d);
    if (!good) return STATUS_FAULT;
    if (d->errors > errors) return STATUS_INPUT;
    *out = g;
    return STATUS_OK;
}

enum status agreement_load(struct arena *a, struct str path, struct diags *d,
                           const struct source **source, const struct agreement **out)
{
    struct str text;
    *source = NULL;
    *out = NULL;
    enum status st = file_read(a, path, FILE_MAX, d, &text);
    if (st != STATUS_OK) return st;
    *source = source_new(a, path, text);
    return *source ? agreement_check(a, *source, d, out) : STATUS_FAULT;
}
