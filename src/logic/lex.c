/* See lex.h. */
#include "logic/lex.h"

#include <string.h>

static const struct {
    const char *text;
    enum token_kind kind;
} words[] = {
    {"SUBSTRING", TOK_SUBSTRING},
    {"MATCHES", TOK_MATCHES},
    {"MOD", TOK_MOD},
    {"f2i", TOK_F2I},
    {"i2f", TOK_I2F},
    {"i2s", TOK_I2S},
    {"s2i", TOK_S2I},
    {"f2s", TOK_F2S},
    {"s2f", TOK_S2F},
    {"r2s", TOK_R2S},
    {"s2r", TOK_S2R},
    {"DAY_OF_MONTH", TOK_DAY_OF_MONTH},
    {"MONTH", TOK_MONTH},
    {"YEAR", TOK_YEAR},
    {"FORMAT_DATE", TOK_FORMAT_DATE},
    {"FALSE", TOK_FALSE},
    {"TRUE", TOK_TRUE},
    {"LET", TOK_LET},
    {"LETPAST", TOK_LETPAST},
    {"IN", TOK_IN},
    {"NOT", TOK_NOT},
    {"AND", TOK_AND},
    {"OR", TOK_OR},
    {"IMPLIES", TOK_IMPLIES},
    {"EQUIV", TOK_EQUIV},
    {"EXISTS", TOK_EXISTS},
    {"FORALL", TOK_FORALL},
    {"PREV", TOK_PREV},
    {"PREVIOUS", TOK_PREV},
    {"NEXT", TOK_NEXT},
    {"EVENTUALLY", TOK_EVENTUALLY},
    {"SOMETIMES", TOK_EVENTUALLY},
    {"ONCE", TOK_ONCE},
    {"ALWAYS", TOK_ALWAYS},
    {"PAST_ALWAYS", TOK_HISTORICALLY},
    {"HISTORICALLY", TOK_HISTORICALLY},
    {"SINCE", TOK_SINCE},
    {"UNTIL", TOK_UNTIL},
    {"MATCHF", TOK_MATCHF},
    {"FORWARD", TOK_MATCHF},
    {"MATCHP", TOK_MATCHP},
    {"BACKWARD", TOK_MATCHP},
    {"CNT", TOK_CNT},
    {"MIN", TOK_MIN},
    {"MAX", TOK_MAX},
    {"SUM", TOK_SUM},
    {"AVG", TOK_AVG},
    {"MED", TOK_MED},
    {"_", TOK_ANY},
};

/* Longest first among those that begin alike. */
static const struct {
    const char *text;
    enum token_kind kind;
} signs[] = {
    {"|>", TOK_MATCHF},  {"\xE2\x96\xB7", TOK_MATCHF},
    {"<|", TOK_MATCHP},  {"\xE2\x97\x81", TOK_MATCHP},
    {"<-", TOK_ARROW},   {"<=", TOK_LE},
    {"<", TOK_LT},       {">=", TOK_GE},
    {">", TOK_GT},       {"=", TOK_EQ},
    {"+", TOK_PLUS},     {"-", TOK_MINUS},
    {"*", TOK_STAR},     {"/", TOK_SLASH},
    {"(", TOK_LPAREN},   {")", TOK_RPAREN},
    {"[", TOK_LBRACKET}, {"]", TOK_RBRACKET},
    {",", TOK_COMMA},    {";", TOK_SEMICOLON},
    {".", TOK_DOT},      {"?", TOK_QUESTION},
};

struct lexer {
    struct arena *arena;
    const struct source *source;
    struct str text;
    size_t at;
    struct diags *d;
    struct token *items;
    size_t n, cap;
};

static struct place place_at(const struct lexer *l, size_t from, size_t to)
{
    return (struct place){.source = l->source, .from = from, .to = to};
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool starts_name(char c)
{
    return is_letter(c) || is_digit(c) || c == '_';
}

static bool in_name(char c)
{
    return starts_name(c) || c == '-' || c == '/' || c == ':' || c == '\'' || c == '"';
}

/* Skip blanks and comments; false with a diagnostic at a comment without end. */
static bool skip_blanks(struct lexer *l)
{
    while (l->at < l->text.n) {
        char c = l->text.p[l->at];
        struct str rest = str_slice(l->text, l->at, l->text.n);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            l->at++;
        } else if (c == '#') {
            while (l->at < l->text.n && l->text.p[l->at] != '\n' && l->text.p[l->at] != '\r')
                l->at++;
        } else if (str_starts(rest, STR("(*"))) {
            size_t from = l->at;
            l->at += 2;
            while (!str_starts(str_slice(l->text, l->at, l->text.n), STR("*)"))) {
                if (l->at++ < l->text.n) continue;
                struct diag *diag =
                    diag_add(l->d, SEVERITY_ERROR, "unclosed-comment", place_at(l, from, from + 2),
                             "this comment has no end");
                diag_fix(l->d, diag, "(* … *)");
                return false;
            }
            l->at += 2;
        } else {
            break;
        }
    }
    return true;
}

static enum status push(struct lexer *l, enum token_kind kind, struct str text, size_t from)
{
    struct token *items = arena_grow(l->arena, l->items, l->n, &l->cap, sizeof *items);
    if (!items) return STATUS_FAULT;
    l->items = items;
    items[l->n++] = (struct token){.kind = kind, .text = text, .at = place_at(l, from, l->at)};
    return STATUS_OK;
}

/* A quoted text whose opening quote is at l->at; a backslash keeps the next byte in the text. */
static enum status lex_quoted(struct lexer *l, enum token_kind kind, size_t from)
{
    size_t i = ++l->at;
    while (i < l->text.n && l->text.p[i] != '"') i += l->text.p[i] == '\\' ? 2 : 1;
    if (i >= l->text.n) {
        struct diag *diag = diag_add(l->d, SEVERITY_ERROR, "unclosed-string",
                                     place_at(l, from, l->at), "this quote is never closed");
        diag_fix(l->d, diag, "end the text with \"");
        return STATUS_INPUT;
    }
    struct str text = str_slice(l->text, l->at, i);
    l->at = i + 1;
    return push(l, kind, text, from);
}

/* Is the whole of s digits, or digits and one letter? */
static enum token_kind number_like(struct str s)
{
    size_t digits = 0;
    while (digits < s.n && is_digit(s.p[digits])) digits++;
    if (digits == s.n) return TOK_INT;
    if (digits && digits + 1 == s.n && is_letter(s.p[digits])) return TOK_UNIT;
    return TOK_NAME;
}

static void warn_of_sign(struct lexer *l, struct str name, size_t from)
{
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] != '-' && name.p[i] != '/') continue;
        struct diag *diag =
            diag_add(l->d, SEVERITY_WARNING, "sign-in-name", place_at(l, from, l->at),
                     "\"%.*s\" is read as one name, as MonPoly does", STR_ARG(name));
        diag_fix(l->d, diag, "for arithmetic put blanks around the sign: %.*s %c %.*s", (int)i,
                 name.p, name.p[i], (int)(name.n - i - 1), name.p + i + 1);
        return;
    }
}

/* The end of an exponent (e-12) at i, or i when there is none; not in MonPoly. */
static size_t skip_exponent(struct str s, size_t i)
{
    size_t k = i;
    if (k == s.n || (s.p[k] != 'e' && s.p[k] != 'E')) return i;
    k++;
    if (k < s.n && (s.p[k] == '-' || s.p[k] == '+')) k++;
    size_t digits = k;
    while (k < s.n && is_digit(s.p[k])) k++;
    return k > digits ? k : i;
}

static enum token_kind word_kind(struct str text)
{
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_eq(text, str_of(words[k].text))) return words[k].kind;
    return number_like(text);
}

bool lex_is_name(struct str s)
{
    if (s.n == 0 || !starts_name(s.p[0]) || str_starts(s, STR("r\""))) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!in_name(s.p[i])) return false;
    return word_kind(s) == TOK_NAME;
}

static enum status lex_word(struct lexer *l)
{
    size_t from = l->at, i = from, digits = from;
    while (digits < l->text.n && is_digit(l->text.p[digits])) digits++;
    while (i < l->text.n && in_name(l->text.p[i])) i++;
    if (digits > from && digits == i && i < l->text.n && l->text.p[i] == '.') {
        for (i++; i < l->text.n && is_digit(l->text.p[i]); i++) continue;
        i = skip_exponent(l->text, i);
        l->at = i;
        return push(l, TOK_FLOAT, str_slice(l->text, from, i), from);
    }
    struct str text = str_slice(l->text, from, i);
    /* r"…": the longest match is the pattern when it is closed. */
    if (str_starts(text, STR("r\""))) {
        l->at++;
        return lex_quoted(l, TOK_PATTERN, from);
    }
    l->at = i;
    enum token_kind kind = word_kind(text);
    if (kind == TOK_NAME) warn_of_sign(l, text, from);
    return push(l, kind, text, from);
}

static enum status lex_sign(struct lexer *l)
{
    size_t from = l->at;
    struct str rest = str_slice(l->text, from, l->text.n);
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        struct str sign = str_of(signs[k].text);
        if (!str_starts(rest, sign)) continue;
        l->at += sign.n;
        return push(l, signs[k].kind, sign, from);
    }
    uint32_t code;
    size_t n = utf8_decode(rest, &code);
    struct place at = place_at(l, from, from + (n ? n : 1));
    if (n && code >= ' ' && code != 0x7F) {
        diag_add(l->d, SEVERITY_ERROR, "syntax", at, "\"%.*s\" has no meaning in a formula", (int)n,
                 rest.p);
    } else {
        diag_add(l->d, SEVERITY_ERROR, "syntax", at, "the byte 0x%02X has no meaning in a formula",
                 (unsigned)(unsigned char)rest.p[0]);
    }
    return STATUS_INPUT;
}

enum status lex_formula(struct arena *a, const struct source *source, struct diags *d,
                        struct tokens *out)
{
    struct lexer l = {.arena = a, .source = source, .text = source->text, .d = d};
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        if (!skip_blanks(&l)) return STATUS_INPUT;
        if (l.at >= l.text.n) break;
        char c = l.text.p[l.at];
        if (c == '"') {
            status = lex_quoted(&l, TOK_STRING, l.at);
        } else {
            status = starts_name(c) ? lex_word(&l) : lex_sign(&l);
        }
    }
    if (status == STATUS_OK) status = push(&l, TOK_END, (struct str){0}, l.at);
    *out = (struct tokens){l.items, l.n};
    return status;
}
