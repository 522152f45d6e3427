/* Options by a table, as declared in options.h. */
#include "cli/options.h"

struct str options_nearest(struct str name, const struct str *names, size_t n)
{
    struct str best = {NULL, 0};
    size_t least = name.n / 2 + 1;
    if (least > 5) least = 5;
    for (size_t i = 0; i < n; i++) {
        bool begins = name.n >= 3 && (str_starts(names[i], name) || str_starts(name, names[i]));
        size_t d = begins ? 1 : str_distance(name, names[i]);
        if (d >= least) continue;
        least = d;
        best = names[i];
    }
    return best;
}

static const struct option *find(const struct option *options, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_of(options[i].name), name)) return &options[i];
    return NULL;
}

static bool unknown(const struct option *options, size_t n, struct str name, struct buf *wrong)
{
    struct str best = {NULL, 0};
    size_t least = 4;
    for (size_t i = 0; i < n; i++) {
        struct str one = str_of(options[i].name);
        struct str nearest = options_nearest(name, &one, 1);
        size_t d = nearest.n ? str_distance(name, one) : least;
        if (d >= least) continue;
        least = d;
        best = one;
    }
    buf_fmt(wrong, "there is no option %.*s", STR_ARG(name));
    if (best.n) buf_fmt(wrong, "; did you mean %.*s?", STR_ARG(best));
    return false;
}

/* Give an option its value; `has_value` when it came behind a "=". */
static bool take(const struct option *o, struct str value, bool has_value, struct buf *wrong)
{
    if (o->value ? o->text->n > 0 : *o->flag) {
        buf_fmt(wrong, "%s is given twice", o->name);
        return false;
    }
    if (!o->value && has_value) {
        buf_fmt(wrong, "%s takes no value", o->name);
        return false;
    }
    if (o->value && !value.n) {
        buf_fmt(wrong, "%s needs a value: %s %s", o->name, o->name, o->value);
        return false;
    }
    if (o->value) {
        *o->text = value;
    } else {
        *o->flag = true;
    }
    return true;
}

bool options_read(int argc, char **argv, const struct option *options, size_t n,
                  struct words *words, struct buf *wrong)
{
    bool open = true;
    for (int i = 1; i < argc; i++) {
        struct str word = str_of(argv[i]), value = {NULL, 0};
        if (!open || word.n < 2 || word.p[0] != '-') {
            words->items[words->n++] = word;
            continue;
        }
        if (str_eq(word, STR("--"))) {
            open = false;
            continue;
        }
        size_t equals = 0;
        while (equals < word.n && word.p[equals] != '=') equals++;
        bool has_value = equals < word.n;
        struct str name = str_slice(word, 0, equals);
        if (has_value) value = str_slice(word, equals + 1, word.n);
        const struct option *o = find(options, n, name);
        if (!o) return unknown(options, n, name, wrong);
        if (o->value && !has_value && i + 1 < argc) value = str_of(argv[++i]);
        if (!take(o, value, has_value, wrong)) return false;
    }
    return true;
}

bool options_number(struct str word, size_t least, size_t most, size_t *out)
{
    size_t n = 0;
    for (size_t i = 0; i < word.n; i++) {
        char c = word.p[i];
        if (c < '0' || c > '9' || n > most) return false;
        n = n * 10 + (size_t)(c - '0');
    }
    *out = n;
    return word.n && n >= least && n <= most;
}
