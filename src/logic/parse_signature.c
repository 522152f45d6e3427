/* The signature parser; see parse.h.  Errors do not stop it: it goes on after the next ")". */
#include "logic/parse.h"

struct reader {
    struct signature *sig;
    const struct source *source;
    struct str text;
    size_t at;
    struct diags *d;
    bool fault;
};

static struct place here(const struct reader *r, size_t from, size_t to)
{
    return (struct place){.source = r->source, .from = from, .to = to};
}

/* Blanks, # comments, (* nested comments *); semicolons between declarations are allowed too. */
static bool skip(struct reader *r)
{
    while (r->at < r->text.n) {
        char c = r->text.p[r->at];
        struct str rest = str_slice(r->text, r->at, r->text.n);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            r->at++;
        } else if (c == '#') {
            while (r->at < r->text.n && r->text.p[r->at] != '\n') r->at++;
        } else if (str_starts(rest, STR("(*"))) {
            size_t from = r->at, depth = 0;
            do {
                rest = str_slice(r->text, r->at, r->text.n);
                if (rest.n < 2) {
                    diag_add(r->d, SEVERITY_ERROR, "unclosed-comment", here(r, from, from + 2),
                             "this comment has no end");
                    r->at = r->text.n;
                    return false;
                }
                bool open = str_starts(rest, STR("(*")), close = str_starts(rest, STR("*)"));
                depth += open;
                depth -= close;
                r->at += open || close ? 2 : 1;
            } while (depth);
        } else {
            return true;
        }
    }
    return true;
}

static bool name_char(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (!first && c >= '0' && c <= '9');
}

static struct str name(struct reader *r)
{
    size_t from = r->at;
    while (r->at < r->text.n && name_char(r->text.p[r->at], r->at == from)) r->at++;
    return str_slice(r->text, from, r->at);
}

static bool expected(struct reader *r, const char *what)
{
    size_t end = r->at;
    while (end < r->text.n && r->text.p[end] > ' ' && end - r->at < 40) end++;
    if (end == r->at && r->at < r->text.n) end++;
    struct diag *diag = diag_add(r->d, SEVERITY_ERROR, "syntax", here(r, r->at, end),
                                 r->at < r->text.n ? "%s is expected here"
                                                   : "the signature ends where %s is expected",
                                 what);
    diag_fix(r->d, diag, "a predicate and the types of its columns: fire(string, int, float)");
    return false;
}

static bool sign(struct reader *r, char c)
{
    if (!skip(r) || r->at >= r->text.n || r->text.p[r->at] != c) return false;
    r->at++;
    return true;
}

static bool type_of(struct str s, enum value_type *type)
{
    for (enum value_type t = VALUE_INT; t <= VALUE_STRING; t++) {
        if (!str_eq(s, str_of(value_type_name(t)))) continue;
        *type = t;
        return true;
    }
    return false;
}

/* type, or name: type */
static bool column(struct reader *r, struct column *out)
{
    if (!skip(r)) return false;
    size_t from = r->at;
    struct str word = name(r);
    if (word.n == 0) return expected(r, "a type: int, float or string");
    *out = (struct column){0};
    if (sign(r, ':')) {
        out->name = word;
        if (!skip(r)) return false;
        from = r->at;
        word = name(r);
    }
    if (type_of(word, &out->type)) return true;
    struct diag *diag = diag_add(r->d, SEVERITY_ERROR, "unknown-type", here(r, from, r->at),
                                 "\"%.*s\" is no type", STR_ARG(word));
    diag_fix(r->d, diag, "int, float or string");
    return false;
}

static bool add(struct reader *r, struct str pred, struct place at, const struct column *columns,
                uint32_t n)
{
    if (str_eq(pred, STR("tp")) || str_eq(pred, STR("ts")) || str_eq(pred, STR("tpts"))) {
        diag_add(r->d, SEVERITY_ERROR, "reserved-name", at,
                 "\"%.*s\" is a predicate of the monitor itself", STR_ARG(pred));
        return false;
    }
    if (signature_find_str(r->sig, pred) != UINT32_MAX) {
        diag_add(r->d, SEVERITY_ERROR, "twice", at, "\"%.*s\" is declared twice", STR_ARG(pred));
        return false;
    }
    if (signature_add(r->sig, pred, columns, n, at) == UINT32_MAX) r->fault = true;
    return !r->fault;
}

static bool declaration(struct reader *r)
{
    size_t from = r->at, cap = 0;
    struct str pred = name(r);
    struct place at = here(r, from, r->at);
    struct column *columns = NULL;
    uint32_t n = 0;
    if (pred.n == 0) return expected(r, "the name of a predicate");
    if (!sign(r, '(')) return expected(r, "\"(\"");
    while (!sign(r, ')')) {
        if (n && !sign(r, ',')) return expected(r, "\",\" or \")\"");
        columns = arena_grow(r->sig->arena, columns, n, &cap, sizeof *columns);
        if (!columns) {
            r->fault = true;
            return false;
        }
        if (!column(r, &columns[n])) return false;
        n++;
    }
    return add(r, pred, at, columns, n);
}

enum status parse_signature(struct signature *sig, const struct source *source, struct diags *d)
{
    struct reader r = {.sig = sig, .source = source, .text = source->text, .d = d};
    bool ok = true;
    while (!r.fault && skip(&r) && r.at < r.text.n) {
        size_t from = r.at;
        if (sign(&r, ';') || declaration(&r)) continue;
        ok = false;
        while (r.at < r.text.n && r.text.p[r.at] != ')' && r.text.p[r.at] != '\n') r.at++;
        if (r.at == from || (r.at < r.text.n && r.text.p[r.at] == ')')) r.at++;
    }
    if (r.fault) return STATUS_FAULT;
    return ok && d->errors == 0 ? STATUS_OK : STATUS_INPUT;
}
