/* See pattern.h.
 *
 * A pattern becomes a list of instructions.  A search carries a list of threads, one for each
 * instruction at most, in the order in which backtracking would try them; all read the same byte,
 * then the next.  (R. Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009.) */
#include "logic/pattern.h"

#include <string.h>

enum code {
    OP_CHAR,
    OP_ANY,
    OP_SET,
    OP_SPLIT,
    OP_JUMP,
    OP_SAVE,
    OP_BOL,
    OP_EOL,
    OP_WORD,
    OP_MATCH
};

struct instruction {
    enum code op;
    unsigned char c;
    uint32_t x, y;      /* targets of SPLIT (x first) and JUMP; slot of SAVE */
    const uint8_t *set; /* 256 flags */
};

struct thread_list {
    uint32_t *pc;
    size_t *saved; /* n_saves for each thread */
    uint32_t n;
};

struct pattern {
    struct instruction *code;
    uint32_t n, groups, n_saves;
    struct thread_list now, next;
    uint32_t *mark; /* by instruction: last step that added it */
    uint32_t step;
    size_t *best, *current;
    struct undo *undo; /* the stack of add_thread */
};

/* A saved position to be put back when add_thread leaves a branch. */
struct undo {
    uint32_t pc, slot;
    size_t value;
};

#define NOWHERE SIZE_MAX
#define PATTERN_MAX 2000 /* bytes */

struct compiler {
    struct arena *arena;
    struct str text;
    size_t at;
    struct instruction *code;
    uint32_t n;
    size_t cap;
    uint32_t groups;
    unsigned depth;
    const char *error;
    bool fault;
};

static bool emit(struct compiler *c, struct instruction i)
{
    struct instruction *code = arena_grow(c->arena, c->code, c->n, &c->cap, sizeof *code);
    if (!code) {
        c->fault = true;
        return false;
    }
    c->code = code;
    code[c->n++] = i;
    return true;
}

static bool fail(struct compiler *c, const char *error)
{
    c->error = error;
    return false;
}

/* Open a place for an instruction at `where`, moving what follows (and its targets) by one. */
static bool insert(struct compiler *c, uint32_t where, struct instruction i)
{
    if (!emit(c, (struct instruction){.op = OP_MATCH})) return false;
    memmove(c->code + where + 1, c->code + where, (c->n - 1 - where) * sizeof *c->code);
    for (uint32_t k = where + 1; k < c->n; k++) {
        if (c->code[k].op != OP_SPLIT && c->code[k].op != OP_JUMP) continue;
        if (c->code[k].x >= where) c->code[k].x++;
        if (c->code[k].y >= where) c->code[k].y++;
    }
    c->code[where] = i;
    return true;
}

static bool peek(const struct compiler *c, const char *what)
{
    return str_starts(str_slice(c->text, c->at, c->text.n), str_of(what));
}

static bool parse_set(struct compiler *c)
{
    uint8_t *set = arena_alloc(c->arena, 256);
    if (!set) {
        c->fault = true;
        return false;
    }
    size_t open = c->at++;
    bool negated = peek(c, "^");
    c->at += negated;
    for (bool first = true; first || !peek(c, "]"); first = false) {
        if (c->at >= c->text.n) {
            c->at = open;
            return fail(c, "this set has no ]");
        }
        unsigned from = (unsigned char)c->text.p[c->at++], to = from;
        if (peek(c, "-") && c->at + 1 < c->text.n && c->text.p[c->at + 1] != ']') {
            to = (unsigned char)c->text.p[c->at + 1];
            c->at += 2;
        }
        for (unsigned k = from; k <= to; k++) set[k] = 1;
    }
    c->at++;
    for (unsigned k = 0; negated && k < 256; k++) set[k] = !set[k];
    return emit(c, (struct instruction){.op = OP_SET, .set = set});
}

static bool parse_alternatives(struct compiler *c);

static bool parse_group(struct compiler *c)
{
    size_t open = c->at;
    c->at += 2;
    uint32_t group = ++c->groups;
    if (!emit(c, (struct instruction){.op = OP_SAVE, .x = group * 2}) || !parse_alternatives(c))
        return false;
    if (!peek(c, "\\)")) {
        c->at = open;
        return fail(c, "this group has no \\)");
    }
    c->at += 2;
    return emit(c, (struct instruction){.op = OP_SAVE, .x = group * 2 + 1});
}

static bool parse_escape(struct compiler *c)
{
    if (c->at + 1 >= c->text.n) return fail(c, "a backslash at the end quotes nothing");
    char e = c->text.p[c->at + 1];
    if (e >= '1' && e <= '9') return fail(c, "back references are not supported");
    if (e == '(') return parse_group(c);
    c->at += 2;
    if (e == 'b') return emit(c, (struct instruction){.op = OP_WORD});
    return emit(c, (struct instruction){.op = OP_CHAR, .c = (unsigned char)e});
}

static bool parse_atom(struct compiler *c)
{
    char ch = c->text.p[c->at];
    if (ch == '\\') return parse_escape(c);
    if (ch == '[') return parse_set(c);
    c->at++;
    switch (ch) {
    case '.': return emit(c, (struct instruction){.op = OP_ANY});
    case '^': return emit(c, (struct instruction){.op = OP_BOL});
    case '$': return emit(c, (struct instruction){.op = OP_EOL});
    default: return emit(c, (struct instruction){.op = OP_CHAR, .c = (unsigned char)ch});
    }
}

/* Repeat what was emitted from `from` on. */
static bool parse_repeat(struct compiler *c, uint32_t from)
{
    while (peek(c, "*") || peek(c, "+") || peek(c, "?")) {
        char sign = c->text.p[c->at++];
        struct instruction split = {.op = OP_SPLIT};
        if (sign == '+') {
            split.x = from;
            split.y = c->n + 1;
            if (!emit(c, split)) return false;
            continue;
        }
        if (!insert(c, from, split)) return false;
        if (sign == '*' && !emit(c, (struct instruction){.op = OP_JUMP, .x = from})) return false;
        c->code[from].x = from + 1;
        c->code[from].y = c->n;
    }
    return true;
}

static bool parse_sequence(struct compiler *c)
{
    while (c->at < c->text.n && !peek(c, "\\|") && !peek(c, "\\)")) {
        uint32_t from = c->n;
        if (!parse_atom(c) || !parse_repeat(c, from)) return false;
    }
    return true;
}

/* a\|b: split a, b; after a jump behind b. */
static bool parse_alternatives(struct compiler *c)
{
    if (++c->depth > 200) return fail(c, "groups are nested too deep");
    uint32_t from = c->n;
    if (!parse_sequence(c)) return false;
    if (peek(c, "\\|")) {
        c->at += 2;
        if (!insert(c, from, (struct instruction){.op = OP_SPLIT}) ||
            !emit(c, (struct instruction){.op = OP_JUMP}))
            return false;
        uint32_t jump = c->n - 1;
        c->code[from].x = from + 1;
        c->code[from].y = c->n;
        if (!parse_alternatives(c)) return false;
        c->code[jump].x = c->n;
    }
    c->depth--;
    return true;
}

static bool list_init(struct arena *a, struct thread_list *l, const struct pattern *p)
{
    l->pc = arena_array(a, p->n, sizeof *l->pc);
    l->saved = arena_array(a, (size_t)p->n * p->n_saves, sizeof *l->saved);
    return l->pc && l->saved;
}

struct pattern *pattern_compile(struct arena *a, struct str text, const char **error, size_t *at)
{
    struct compiler c = {.arena = a, .text = text};
    *error = NULL;
    *at = 0;
    if (text.n > PATTERN_MAX) {
        *error = "this pattern is too long";
        return NULL;
    }
    bool ok = parse_alternatives(&c);
    if (ok && c.at < text.n) ok = fail(&c, "this \\) closes nothing");
    if (ok) ok = emit(&c, (struct instruction){.op = OP_MATCH});
    struct pattern *p = ok ? arena_alloc(a, sizeof *p) : NULL;
    if (!p) {
        *error = c.error;
        *at = c.at;
        return NULL;
    }
    p->code = c.code;
    p->n = c.n;
    p->groups = c.groups;
    p->n_saves = (c.groups + 1) * 2;
    p->mark = arena_array(a, p->n, sizeof *p->mark);
    p->undo = arena_array(a, (size_t)p->n * 2 + 2, sizeof *p->undo);
    p->best = arena_array(a, p->n_saves, sizeof *p->best);
    p->current = arena_array(a, p->n_saves, sizeof *p->current);
    if (!p->mark || !p->undo || !p->best || !p->current || !list_init(a, &p->now, p) ||
        !list_init(a, &p->next, p))
        return NULL;
    return p;
}

uint32_t pattern_groups(const struct pattern *p)
{
    return p->groups;
}

static bool is_word(struct str s, size_t i)
{
    if (i >= s.n) return false;
    unsigned char c = (unsigned char)s.p[i];
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c >= 0xC0;
}

static bool assertion_holds(enum code op, struct str s, size_t at)
{
    if (op == OP_BOL) return at == 0 || s.p[at - 1] == '\n';
    if (op == OP_EOL) return at == s.n || s.p[at] == '\n';
    return (at > 0 && is_word(s, at - 1)) != is_word(s, at);
}

/* Follow the instructions that read nothing from pc on, and put the others into the list.  The
 * stack holds branches still to be tried, and saved positions to be put back before them. */
static void add_thread(struct pattern *p, struct thread_list *l, uint32_t start, struct str s,
                       size_t at)
{
    size_t top = 0;
    p->undo[top++] = (struct undo){.pc = start, .slot = UINT32_MAX};
    while (top) {
        struct undo u = p->undo[--top];
        if (u.slot != UINT32_MAX) {
            p->current[u.slot] = u.value;
            continue;
        }
        if (p->mark[u.pc] == p->step) continue;
        p->mark[u.pc] = p->step;
        const struct instruction *i = &p->code[u.pc];
        switch (i->op) {
        case OP_JUMP: p->undo[top++] = (struct undo){.pc = i->x, .slot = UINT32_MAX}; break;
        case OP_SPLIT:
            p->undo[top++] = (struct undo){.pc = i->y, .slot = UINT32_MAX};
            p->undo[top++] = (struct undo){.pc = i->x, .slot = UINT32_MAX};
            break;
        case OP_SAVE:
            p->undo[top++] = (struct undo){.slot = i->x, .value = p->current[i->x]};
            p->undo[top++] = (struct undo){.pc = u.pc + 1, .slot = UINT32_MAX};
            p->current[i->x] = at;
            break;
        case OP_BOL:
        case OP_EOL:
        case OP_WORD:
            if (assertion_holds(i->op, s, at))
                p->undo[top++] = (struct undo){.pc = u.pc + 1, .slot = UINT32_MAX};
            break;
        default:
            memcpy(l->saved + (size_t)l->n * p->n_saves, p->current,
                   p->n_saves * sizeof *p->current);
            l->pc[l->n++] = u.pc;
        }
    }
}

static bool reads(const struct instruction *i, unsigned char c)
{
    switch (i->op) {
    case OP_CHAR: return i->c == c;
    case OP_ANY: return c != '\n';
    case OP_SET: return i->set[c];
    default: return false;
    }
}

static void next_step(struct pattern *p)
{
    if (++p->step == 0) {
        memset(p->mark, 0, p->n * sizeof *p->mark);
        p->step = 1;
    }
}

/* One byte (or the end) for all threads; true when a thread matched, which cuts those behind it. */
static bool step(struct pattern *p, struct str s, size_t at)
{
    for (uint32_t k = 0; k < p->now.n; k++) {
        const struct instruction *i = &p->code[p->now.pc[k]];
        size_t *saved = p->now.saved + (size_t)k * p->n_saves;
        if (i->op == OP_MATCH) {
            memcpy(p->best, saved, p->n_saves * sizeof *saved);
            return true;
        }
        if (at >= s.n || !reads(i, (unsigned char)s.p[at])) continue;
        memcpy(p->current, saved, p->n_saves * sizeof *saved);
        add_thread(p, &p->next, p->now.pc[k] + 1, s, at + 1);
    }
    return false;
}

bool pattern_search(struct pattern *p, struct str s, struct str *groups, uint32_t n)
{
    bool found = false;
    p->now.n = 0;
    next_step(p);
    for (size_t at = 0; at <= s.n; at++) {
        if (!found) { /* a thread that begins here comes after those that began before */
            for (uint32_t k = 0; k < p->n_saves; k++) p->current[k] = NOWHERE;
            add_thread(p, &p->now, 0, s, at);
        }
        if (p->now.n == 0 && found) break;
        p->next.n = 0;
        next_step(p);
        if (step(p, s, at)) found = true;
        struct thread_list swap = p->now;
        p->now = p->next;
        p->next = swap;
    }
    for (uint32_t i = 0; found && i < n; i++) {
        bool part = i < p->groups && p->best[i * 2 + 2] != NOWHERE && p->best[i * 2 + 3] != NOWHERE;
        groups[i] = part ? str_slice(s, p->best[i * 2 + 2], p->best[i * 2 + 3]) : (struct str){0};
    }
    return found;
}

void pattern_cache_init(struct pattern_cache *c)
{
    *c = (struct pattern_cache){.n = 0};
    arena_init(&c->arena);
}

void pattern_cache_free(struct pattern_cache *c)
{
    arena_free(&c->arena);
    *c = (struct pattern_cache){.n = 0};
}

struct pattern *pattern_cache_get(struct pattern_cache *c, const struct intern *strings,
                                  uint32_t number)
{
    if (number >= c->n) {
        size_t n = (size_t)number * 2 + 16;
        struct pattern **moved = arena_array(&c->arena, n, sizeof(struct pattern *));
        if (!moved) return NULL;
        if (c->n) memcpy(moved, c->by_number, c->n * sizeof(struct pattern *));
        c->by_number = moved;
        c->n = n;
    }
    if (!c->by_number[number]) {
        const char *error;
        size_t at;
        c->by_number[number] = pattern_compile(&c->arena, intern_str(strings, number), &error, &at);
    }
    return c->by_number[number];
}
