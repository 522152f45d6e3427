/* See say.h.
 *
 * Forms that nobody has asked for yet stay inside a text, between bytes that UTF-8 never has: OPEN
 * first-form BAR name COLON form … CLOSE.  A slot that asks for a form settles those of its value,
 * and say_plain settles all that are left. */
#include "lang/say.h"

#include "lang/catalogue.h"

#include <string.h>

enum { OPEN = 0xf8, BAR = 0xf9, COLON = 0xfa, CLOSE = 0xfb };
enum { SLOTS = 12 };

const struct catalogue *catalogue_find(struct str code, bool *known)
{
    *known = str_eq(code, STR("en"));
    for (unsigned i = 0; i < n_catalogues; i++)
        if (str_eq(code, str_of(catalogues[i].code))) {
            *known = true;
            return &catalogues[i];
        }
    return NULL;
}

const char *catalogue_code(const struct catalogue *c)
{
    return c ? c->code : "en";
}

static const struct catalogue_entry *find(const struct catalogue *c, const char *msgid)
{
    unsigned low = 0, high = c ? c->n : 0;
    while (low < high) {
        unsigned mid = low + (high - low) / 2;
        int order = strcmp(c->entries[mid].msgid, msgid);
        if (!order) return &c->entries[mid];
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* ---- forms ---- */

/* The end of the part that begins at `at`: the BAR or CLOSE of its own level. */
static size_t part_end(struct str s, size_t at)
{
    for (size_t depth = 0; at < s.n; at++) {
        unsigned char c = (unsigned char)s.p[at];
        if (c == OPEN) depth++;
        if (!depth && (c == BAR || c == CLOSE)) return at;
        if (c == CLOSE) depth--;
    }
    return s.n;
}

/* `s` with the form of every choice in it; an empty form is the first. */
static void add_form(struct buf *out, struct str s, struct str form)
{
    for (size_t at = 0; at < s.n; at++) {
        if ((unsigned char)s.p[at] != OPEN) {
            buf_putc(out, s.p[at]);
            continue;
        }
        size_t end = part_end(s, at + 1);
        struct str chosen = str_slice(s, at + 1, end);
        while (end < s.n && (unsigned char)s.p[end] == BAR) {
            size_t from = end + 1, colon = from;
            end = part_end(s, from);
            while (colon < end && (unsigned char)s.p[colon] != COLON) colon++;
            if (form.n && str_eq(str_slice(s, from, colon), form))
                chosen = str_slice(s, colon + 1, end);
        }
        add_form(out, chosen, form);
        at = end;
    }
}

/* ---- templates ---- */

struct slots {
    struct str names[SLOTS];
    size_t n;
};

/* The slot that opens at `at`: its name and form, and where it ends. */
static struct str slot_at(struct str t, size_t at, struct str *form, size_t *end)
{
    size_t close = at + 1, colon;
    while (close < t.n && t.p[close] != '}') close++;
    for (colon = at + 1; colon < close && t.p[colon] != ':';) colon++;
    *form = str_slice(t, colon + 1 < close ? colon + 1 : close, close);
    *end = close;
    return str_slice(t, at + 1, colon);
}

static size_t slot_index(const struct slots *s, struct str name)
{
    size_t i = 0;
    while (i < s->n && !str_eq(s->names[i], name)) i++;
    return i;
}

static void find_slots(const char *msgid, struct slots *out)
{
    struct str t = str_of(msgid), form;
    out->n = 0;
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] != '{') continue;
        struct str name = slot_at(t, i, &form, &i);
        if (slot_index(out, name) == out->n && out->n < SLOTS) out->names[out->n++] = name;
    }
}

static struct str fill(struct voice *v, const struct slots *slots, const char *text,
                       const struct str *values)
{
    struct buf out;
    struct str t = str_of(text), form;
    bool named = false; /* in the name of a form */
    buf_init(&out);
    for (size_t i = 0; i < t.n; i++) {
        char c = t.p[i];
        if (c == '{') {
            size_t k = slot_index(slots, slot_at(t, i, &form, &i));
            if (k == slots->n)
                v->failed = true;
            else if (form.n)
                add_form(&out, values[k], form);
            else
                buf_add(&out, values[k]);
        } else if (v->language && (c == '[' || c == '|' || c == ']' || (c == ':' && named))) {
            int mark = c == '[' ? OPEN : c == '|' ? BAR : c == ']' ? CLOSE : COLON;
            buf_putc(&out, (char)mark);
            named = c == '|';
        } else {
            buf_putc(&out, c);
        }
    }
    struct str all = str_dup(v->a, buf_str(&out));
    if (out.failed || !all.p) v->failed = true;
    buf_free(&out);
    return all;
}

struct str say_n_with(struct voice *v, uint64_t count, const char *one, const char *many,
                      const struct str *values, size_t n)
{
    const struct catalogue_entry *e = find(v->language, one);
    const char *text = count == 1 ? one : many;
    struct slots slots;
    find_slots(many, &slots);
    if (e) text = e->msgstr[many == one ? 0 : v->language->plural(count)];
    if (n != slots.n) {
        v->failed = true;
        return (struct str){NULL, 0};
    }
    return fill(v, &slots, text, values);
}

struct str say_with(struct voice *v, const char *msgid, const struct str *values, size_t n)
{
    return say_n_with(v, 1, msgid, msgid, values, n);
}

struct str said(struct voice *v, const char *msgid)
{
    return say_with(v, msgid, NULL, 0);
}

struct str say_int(struct voice *v, int64_t n)
{
    struct str s = str_fmt(v->a, "%lld", (long long)n);
    if (!s.p) v->failed = true;
    return s;
}

struct str say_plain(struct voice *v, struct str text)
{
    struct buf out;
    if (!v->language) return text;
    buf_init(&out);
    add_form(&out, text, (struct str){NULL, 0});
    struct str all = str_dup(v->a, buf_str(&out));
    if (out.failed || !all.p) v->failed = true;
    buf_free(&out);
    return all;
}
