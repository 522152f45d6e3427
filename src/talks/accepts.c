/* See accepts.h. */
#include "talks/accepts.h"

#include "base/file.h"
#include "lang/lex.h"
#include "lang/markdown.h"
#include "talks/views.h"

#define MAX_DRAFT (16U << 20)

const char *answer_word(enum answer answer)
{
    static const char *const words[] = {"not addressed",
                                        "could be discussed",
                                        "only under a condition",
                                        "supported in principle",
                                        "accepted under a condition",
                                        "accepted",
                                        "refused"};
    return words[answer];
}

/* --- the draft's provisions ------------------------------------------------------------------ */

static const struct position *meaning_of(const struct draft *draft, struct str provision)
{
    for (uint32_t i = 0; i < draft->n_clauses; i++)
        if (str_eq(draft->clauses[i].provision, provision)) return &draft->clauses[i].p;
    return NULL;
}

static bool is_text(const struct token *t, const char *word)
{
    return t->kind == TOKEN_WORD && str_eq(t->text, str_of(word));
}

static bool read_provisions(struct arena *a, const struct source *source, const struct draft *draft,
                            struct diags *d, struct replies *out)
{
    struct markdown md;
    if (markdown_read(a, source, STR("truce"), d, &md) != STATUS_OK) return false;
    for (size_t b = 0; b < md.n_blocks; b++) {
        struct tokens tokens = {0};
        struct place at = md.blocks[b].at;
        if (!lex_block(a, source, at.from, at.to, 0, d, &tokens)) return false;
        for (size_t i = 0; i + 2 < tokens.n; i++) {
            const struct token *t = &tokens.v[i];
            bool starts = i == 0 || (t[-1].kind == TOKEN_PUNCT && t[-1].punct == '.');
            if (!starts || !is_text(t, "provision") || t[1].kind != TOKEN_WORD) continue;
            struct clause_replies *v = arena_grow(a, out->clauses, out->n, &out->cap, sizeof *v);
            if (!v) return false;
            out->clauses = v;
            v[out->n++] =
                (struct clause_replies){t[1].text, t[1].at, md.clauses[md.blocks[b].clause].title,
                                        meaning_of(draft, t[1].text), NULL};
        }
    }
    return true;
}

static void check_meanings(const struct draft *draft, const struct replies *r, struct diags *d)
{
    for (uint32_t i = 0; i < draft->n_clauses; i++) {
        bool found = false;
        for (size_t k = 0; k < r->n && !found; k++)
            found = str_eq(r->clauses[k].provision, draft->clauses[i].provision);
        if (!found)
            diag_add(d, SEVERITY_WARNING, "no-such-provision", draft->clauses[i].at,
                     "the draft %.*s has no provision named %.*s", STR_ARG(draft->file),
                     STR_ARG(draft->clauses[i].provision));
    }
}

/* --- replies --------------------------------------------------------------------------------- */

struct asker {
    struct arena *arena;
    const struct talks *t;
    int32_t as_of;
    struct solver solver;
    bool *set;
};

/* Is every atom of p among those of q, in a statement for p and against none? */
static bool covers(const struct position *q, const struct position *p)
{
    if (q->any && q->n > 1) return false;
    for (uint32_t i = 0; i < p->n; i++) {
        bool found = false;
        for (uint32_t k = 0; k < q->n && !found; k++)
            found = q->atoms[k].issue == p->atoms[i].issue &&
                    q->atoms[k].option == p->atoms[i].option &&
                    q->atoms[k].negated == p->atoms[i].negated;
        if (!found) return false;
    }
    return p->n > 0;
}

static enum answer direct(const struct statement *s, const struct position *p)
{
    bool all = covers(&s->p, p);
    switch (s->act) {
    case ACT_DEMAND:
    case ACT_OFFER:
    case ACT_RED_LINE: return all ? ANSWER_ACCEPTED : ANSWER_NOT_ADDRESSED;
    case ACT_ACCEPT:
        return !all ? ANSWER_NOT_ADDRESSED : s->q.n ? ANSWER_CONDITIONAL : ANSWER_ACCEPTED;
    case ACT_SUPPORT: return all ? ANSWER_SUPPORT : ANSWER_NOT_ADDRESSED;
    case ACT_OPEN: return all ? ANSWER_DISCUSS : ANSWER_NOT_ADDRESSED;
    case ACT_CONDITION:
    case ACT_PRECONDITION:
    case ACT_TOGETHER: return positions_meet(&s->p, p) ? ANSWER_CONDITION : ANSWER_NOT_ADDRESSED;
    default: return ANSWER_NOT_ADDRESSED;
    }
}

static bool add(struct arena *a, struct reply *r, size_t *cap, uint32_t statement)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (r->statements[i] == statement) return true;
    uint32_t *v = arena_grow(a, (void *)r->statements, r->n, cap, sizeof *v);
    if (!v) return false;
    v[r->n++] = statement;
    r->statements = v;
    return true;
}

/* Does the statement refuse p, with what dependencies and assumptions say?  Adds what it takes. */
static bool refuses(struct asker *k, const struct position *p, uint32_t premise, struct reply *r,
                    size_t *cap)
{
    const struct system *s = k->solver.s;
    const struct statement *x =
        &k->t->statements[s->premises[k->solver.premise[premise]].statement];
    if (x->act != ACT_REFUSE && x->act != ACT_RED_LINE && x->act != ACT_DEMAND) return true;
    int32_t *literals = arena_array(k->arena, p->n + 1, sizeof *literals);
    if (!literals) return false;
    for (uint32_t i = 0; i < p->n; i++) literals[i] = system_literal(s, &p->atoms[i]);
    for (uint32_t i = 0; i < k->solver.n; i++) {
        uint32_t id = s->premises[k->solver.premise[i]].statement;
        k->set[i] = i == premise || k->t->statements[id].origin == ORIGIN_ASSUMED;
    }
    if (solver_ask(&k->solver, k->set, literals, p->n, NULL) != ORACLE_CONFLICT) return true;
    solver_core(&k->solver, k->set);
    if (!k->set[premise]) return true;
    r->answer = ANSWER_REFUSED;
    if (!add(k->arena, r, cap, s->premises[k->solver.premise[premise]].statement)) return false;
    for (uint32_t i = 0; i < k->solver.n; i++) {
        if (!k->set[i] || i == premise) continue;
        r->assumed = true;
        if (!add(k->arena, r, cap, s->premises[k->solver.premise[i]].statement)) return false;
    }
    return true;
}

static bool reply_of(struct asker *k, const struct position *p, uint32_t side, struct reply *r)
{
    size_t cap = 0;
    for (uint32_t i = 0; i < k->solver.n; i++) {
        uint32_t id = k->solver.s->premises[k->solver.premise[i]].statement;
        if (statement_side(k->t, &k->t->statements[id]) == side && !refuses(k, p, i, r, &cap))
            return false;
    }
    for (uint32_t i = 0; i < k->t->n_statements; i++) {
        const struct statement *s = &k->t->statements[i];
        if (statement_side(k->t, s) != side || !statement_counts(k->t, i, k->as_of)) continue;
        enum answer answer = direct(s, p);
        if (answer == ANSWER_NOT_ADDRESSED) continue;
        if (answer > r->answer) r->answer = answer;
        if (!add(k->arena, r, &cap, i)) return false;
    }
    return true;
}

static bool ask_all(struct asker *k, struct replies *r)
{
    for (size_t i = 0; i < r->n; i++) {
        struct clause_replies *c = &r->clauses[i];
        c->replies = arena_array(k->arena, k->t->n_sides + 1, sizeof *c->replies);
        if (!c->replies) return false;
        for (uint32_t side = 0; side < k->t->n_sides; side++) {
            c->replies[side].side = side;
            if (c->meaning && !reply_of(k, c->meaning, side, &c->replies[side])) return false;
        }
    }
    return true;
}

enum status replies_find(struct arena *a, Z3_context z3, const struct talks *t,
                         const struct draft *draft, int32_t as_of, struct diags *d,
                         struct replies *out)
{
    *out = (struct replies){0};
    struct str path = file_beside(a, t->source->name, draft->file), text;
    if (!path.p) return STATUS_FAULT;
    enum status status = file_read(a, path, MAX_DRAFT, d, &text);
    if (status != STATUS_OK) return status;
    const struct source *source = source_new(a, path, text);
    if (!source) return STATUS_FAULT;
    if (!lex_check_text(source, d)) return STATUS_INPUT;
    if (!read_provisions(a, source, draft, d, out)) return STATUS_FAULT;
    check_meanings(draft, out, d);
    struct system s;
    struct asker k = {.arena = a, .t = t, .as_of = as_of};
    if (!system_build(a, t, as_of, USE_CONFLICTS, NULL, &s) ||
        !solver_init(a, z3, &s, TALKS_NONE, &k.solver))
        return STATUS_FAULT;
    k.set = arena_array(a, k.solver.n + 1, sizeof *k.set);
    bool good = k.set && ask_all(&k, out);
    solver_free(&k.solver);
    return good && !a->failed ? STATUS_OK : STATUS_FAULT;
}

/* --- printing -------------------------------------------------------------------------------- */

void replies_text(const struct talks *t, const struct replies *r, struct buf *out)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct clause_replies *c = &r->clauses[i];
        buf_fmt(out, "%s%.*s: provision %.*s\n", i ? "\n" : "", STR_ARG(c->heading),
                STR_ARG(c->provision));
        if (!c->meaning) {
            buf_puts(out, "  the talks do not say what it means; not addressed\n");
            continue;
        }
        buf_puts(out, "  means: ");
        position_print(t, c->meaning, out);
        buf_putc(out, '\n');
        for (uint32_t k = 0; k < t->n_sides; k++) {
            const struct reply *x = &c->replies[k];
            buf_fmt(out, "  %.*s: %s%s\n", STR_ARG(t->sides[k].label), answer_word(x->answer),
                    x->assumed ? ", by way of an assumption" : "");
            for (uint32_t m = 0; m < x->n; m++) text_statement(t, x->statements[m], "      ", out);
        }
    }
    if (r->n == 0) buf_puts(out, "The draft has no provisions.\n");
}

void replies_json(const struct talks *t, const struct draft *draft, const struct replies *r,
                  struct buf *out)
{
    struct jsonl j = {out, false};
    for (size_t i = 0; i < r->n; i++) {
        const struct clause_replies *c = &r->clauses[i];
        for (uint32_t k = 0; k < t->n_sides; k++) {
            const struct reply *x = &c->replies[k];
            jsonl_open(&j, NULL, '{');
            jsonl_text(&j, "view", STR("who-accepts"));
            jsonl_text(&j, "draft", draft->file);
            jsonl_text(&j, "clause", c->heading);
            jsonl_text(&j, "provision", c->provision);
            if (c->meaning)
                json_position(&j, "means", t, c->meaning);
            else
                jsonl_null(&j, "means");
            jsonl_text(&j, "side", t->sides[k].label);
            jsonl_text(&j, "answer", str_of(answer_word(x->answer)));
            jsonl_bool(&j, "rests_on_assumption", x->assumed);
            json_statements(&j, "statements", t, x->statements, x->n);
            jsonl_close(&j, '}');
            jsonl_line(&j);
        }
    }
}
