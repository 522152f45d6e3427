/* "in each window": one provision for each declared window, each with rows and an outcome of its own.
 *
 *     provision quiet: in each window, each party must not fire from or into its zone.
 *     provision confirmed: each party must confirm each window by 12 hours before each window opens.
 *
 * A window is no actor and no instant, so the sentence is written out before anything of it is read,
 * once for each window, as a lawyer would: `quiet_morning: while morning is live, each party must not
 * fire from or into west`.  What is written out is then an ordinary sentence: it has a name, a gloss
 * and findings like any other, and errors show it.  The first stands in the place of the sentence. */
#include "lang/draft.h"

#include <stddef.h>

/* A declared window, as its sentence has it. */
struct opening {
    struct str name, zone, from, until;
    struct str label; /* the name as it is read aloud, and as a confirmation gives it */
};

/* What stands for words of the sentence, for a window: a table. */
static const struct {
    const char *words;
    const char *before, *after; /* of what the window gives */
    size_t gives;               /* offset in struct opening */
} written[] = {
    {"in each window", "while ", " is live", offsetof(struct opening, name)},
    {"while each window is live", "while ", " is live", offsetof(struct opening, name)},
    {"before each window opens", "before ", "", offsetof(struct opening, from)},
    {"after each window opens", "after ", "", offsetof(struct opening, from)},
    {"before each window closes", "before ", "", offsetof(struct opening, until)},
    {"after each window closes", "after ", "", offsetof(struct opening, until)},
    {"each window", "with window \"", "\"", offsetof(struct opening, label)},
    {"its zone", "", "", offsetof(struct opening, zone)},
};
#define WRITTEN (sizeof written / sizeof written[0])

/* The words from the cursor up to one of these, which is passed. */
static struct str up_to(struct parser *p, const char *words)
{
    size_t first = p->at;
    while (!at_end(p) && !look(p, words)) p->at++;
    struct str text = p->at > first ? words_text(p, first, p->at) : (struct str){NULL, 0};
    eat(p, words);
    return text;
}

/* False when the sentence declares no window, or not a whole one: that is told when it is read. */
static bool read_opening(struct parser *p, const struct sentence *s, struct opening *out)
{
    go_to(p, s, "a provision");
    if (!eat(p, "window")) return false;
    *out = (struct opening){.name = up_to(p, ",")};
    if (!eat(p, "in")) return false;
    out->zone = up_to(p, ",");
    if (!eat(p, "from")) return false;
    out->from = up_to(p, "until");
    out->until = up_to(p, ",");
    out->label = name_spoken(p, out->name);
    return out->name.n && out->zone.n && out->from.n && out->until.n;
}

/* Which of the table stands at the cursor; WRITTEN when none does. */
static size_t match(const struct parser *p)
{
    size_t i = 0;
    while (i < WRITTEN && !look(p, written[i].words)) i++;
    return i;
}

static bool speaks_of_windows(struct parser *p, const struct sentence *s)
{
    go_to(p, s, "a provision");
    if (!look(p, "provision")) return false;
    for (; !at_end(p); p->at++)
        if (look(p, "each window")) return true;
    return false;
}

/* The sentence for one window. */
static struct str write_out(struct parser *p, const struct sentence *s, const struct opening *w)
{
    struct buf b;
    bool named = false;
    buf_init(&b);
    go_to(p, s, "a provision");
    while (!at_end(p)) {
        const struct token *t = token_now(p);
        bool gap = p->at > s->first && t[-1].at.to < t->at.from;
        size_t k = match(p);
        if (!named && look_punct(p, ':')) {
            buf_fmt(&b, "_%.*s", STR_ARG(name_canonical(p, w->name)));
            named = true;
        }
        if (gap) buf_putc(&b, ' ');
        if (k == WRITTEN || !named) {
            buf_add(&b, place_text(t->at));
            p->at++;
            continue;
        }
        const struct str *gives = (const struct str *)((const char *)w + written[k].gives);
        buf_fmt(&b, "%s%.*s%s", written[k].before, STR_ARG(*gives), written[k].after);
        eat(p, written[k].words);
    }
    buf_putc(&b, '.');
    struct str text = str_dup(p->arena, buf_str(&b));
    if (b.failed || !text.p) p->oom = true;
    buf_free(&b);
    return text;
}

/* Behind the others, or (first) in the place of the sentence. */
static bool add_written(struct parser *p, size_t place, struct sentence s, const struct opening *w,
                        bool first)
{
    struct str text = write_out(p, &s, w);
    size_t line, column; /* of the sentence as it was written */
    const struct place *from = &p->tokens.v[s.first].at;
    source_locate(from->source, from->from, &line, &column);
    struct str name = str_fmt(p->arena, "%.*s:%zu (window %.*s)", STR_ARG(from->source->name), line,
                              STR_ARG(w->label));
    const struct source *source = p->oom ? NULL : source_new(p->arena, name, text);
    size_t at = p->tokens.n;
    if (!source || !lex_block(p->arena, source, 0, text.n, s.clause, p->d, &p->tokens))
        return false;
    s.first = at;
    s.end = at;
    while (p->tokens.v[s.end].kind != TOKEN_BREAK &&
           !(p->tokens.v[s.end].kind == TOKEN_PUNCT && p->tokens.v[s.end].punct == '.'))
        s.end++;
    struct sentence *slot = first ? VEC_AT(p->sentences, struct sentence, place)
                                  : vec_add(p, &p->sentences, sizeof *slot);
    if (slot) *slot = s;
    return slot != NULL;
}

/* The windows that are declared, in the order of the text. */
static bool find_openings(struct parser *p, struct vec *out, bool *declared)
{
    for (size_t i = 0; i < p->sentences.n; i++) {
        const struct sentence *s = VEC_AT(p->sentences, struct sentence, i);
        struct opening w;
        go_to(p, s, "a provision");
        *declared = *declared || look(p, "window");
        if (!read_opening(p, s, &w)) continue;
        struct opening *slot = vec_add(p, out, sizeof *slot);
        if (!slot) return false;
        *slot = w;
    }
    return true;
}

/* Nothing to write it out for.  A window whose declaration is not whole is told when that is read. */
static void give_up(struct parser *p, struct sentence *s, bool declared)
{
    s->bad = true;
    if (declared) return;
    go_to(p, s, "a provision");
    while (!look(p, "each window")) p->at++;
    struct diag *x = refuse(p, "no-window", token_now(p)->at, "no window is declared");
    diag_fix(
        p->d, x,
        "declare it: window morning, in corridor, from 2025-03-10 10:00 until 2025-03-10 12:00, "
        "live when each party has confirmed.");
}

bool write_out_windows(struct parser *p)
{
    struct vec windows = {0};
    size_t n = p->sentences.n;
    bool declared = false;
    if (!find_openings(p, &windows, &declared)) return false;
    for (size_t i = 0; i < n; i++) {
        struct sentence *s = VEC_AT(p->sentences, struct sentence, i), whole = *s;
        if (!speaks_of_windows(p, s)) continue;
        if (!windows.n) give_up(p, s, declared);
        for (size_t k = 0; k < windows.n; k++)
            if (!add_written(p, i, whole, VEC_AT(windows, struct opening, k), k == 0)) return false;
    }
    return !p->oom;
}
