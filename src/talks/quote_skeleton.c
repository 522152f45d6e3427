/* A skeleton of statements: what a person starts from.
 *
 * It is a file of talks as it stands, so `truce check` reads it; but each sentence begins with
 * `proposed`, and what is proposed counts nowhere until a person writes `statement` and what the
 * speaker did: demands, offers, accepts, refuses … */
#include "base/intern.h"
#include "talks/letters.h"
#include "talks/quote.h"

static const char *language_name(const char *code)
{
    static const char *const names[][2] = {
        {"en", "English"}, {"fr", "French"}, {"uk", "Ukrainian"}, {"ru", "Russian"}};
    for (size_t i = 0; code && i < sizeof names / sizeof *names; i++)
        if (str_eq(str_of(names[i][0]), str_of(code))) return names[i][1];
    return "an_unknown_language";
}

/* The words on one line: white space once, the repeated mark of a paragraph left out.  A string of
 * the language ends at a straight mark, so one within it is written ”; the proof takes them alike.
 */
static void words_on_a_line(struct buf *out, struct str words, uint32_t mark, bool escape)
{
    bool blank = false;
    for (size_t i = 0, next, after; i < words.n; i = next) {
        uint32_t c = char_at(words, i, &next);
        if (text_paragraph_ends(words, i, &after)) {
            size_t behind;
            uint32_t again = char_at(words, after, &behind);
            next = again == mark || (mark == 0xAB && again == 0xBB) ? behind : after;
            blank = true;
            continue;
        }
        if (char_is_space(c)) {
            blank = true;
            continue;
        }
        if (blank) buf_putc(out, ' ');
        blank = false;
        buf_add_char(out, escape && c == '"' ? 0x201D : c);
    }
}

/* A name for a speaker or file: its last word in small letters, other characters as _. */
static void name_of(struct buf *out, struct str label)
{
    size_t from = label.n;
    while (from > 0 && !char_is_space(char_before(label, from, NULL)))
        char_before(label, from, &from);
    bool first = true;
    for (size_t i = from; i < label.n;) {
        uint32_t c = char_lower(char_at(label, i, &i));
        bool fits = char_is_letter(c) || (char_is_digit(c) && !first);
        if (c == '\'' || c == 0x2019 || c == 0x2BC) continue;
        if (fits)
            buf_add_char(out, c);
        else if (!first)
            buf_putc(out, '_');
        first = first && !fits;
    }
    if (first) buf_puts(out, "unnamed");
}

/* Declare each proposed speaker once, by the fullest form of the name. */
static void speakers(const struct quotes *q, struct buf *out)
{
    struct intern ids;
    struct arena a;
    intern_init(&ids);
    arena_init(&a);
    struct str *labels = arena_array(&a, q->n, sizeof *labels);
    for (size_t i = 0; labels && i < q->n; i++) {
        struct buf name;
        buf_init(&name);
        if (q->items[i].speaker.n) {
            name_of(&name, q->items[i].speaker);
            uint32_t id = intern_add(&ids, buf_str(&name));
            if (id == INTERN_NONE)
                out->failed = true;
            else if (q->items[i].speaker.n > labels[id].n)
                labels[id] = q->items[i].speaker;
        }
        buf_free(&name);
    }
    if (!labels) out->failed = true;
    for (uint32_t id = 0; labels && id < ids.n; id++) {
        struct str name = intern_str(&ids, id);
        buf_fmt(out, "speaker %.*s \"", STR_ARG(name));
        words_on_a_line(out, labels[id], 0, true);
        buf_puts(out, "\".\n");
    }
    arena_free(&a);
    intern_free(&ids);
}

static void head(const struct quotes *q, const struct source *source, struct str sha256,
                 struct str id, struct buf *out)
{
    buf_fmt(out, "# Statements proposed from %.*s\n\n", STR_ARG(source->name));
    buf_puts(out, "Nothing below counts until a person has confirmed it: check the speaker and the "
                  "words,\nthen write `statement` for `proposed` and what the speaker did for "
                  "`said`.\n\n```truce\ntalks \"");
    words_on_a_line(out, source->name, 0, true);
    buf_fmt(out, "\".\n\nsource %.*s \"", STR_ARG(id));
    words_on_a_line(out, source->name, 0, true);
    buf_puts(out, "\" from \"");
    words_on_a_line(out, source->name, 0, true);
    buf_fmt(out, "\", sha256 \"%.*s\".\n", STR_ARG(sha256));
    speakers(q, out);
    buf_puts(out, "```\n");
}

static void one(const struct quote *x, const struct source *source, struct str id, struct buf *out)
{
    size_t line, column;
    source_locate(source, x->from, &line, &column);
    struct str words = str_slice(source->text, x->from, x->to);
    buf_fmt(out, "\nLine %zu, byte %zu, %zu bytes", line, x->from, words.n);
    if (x->parts > 1) buf_fmt(out, "; part %u of %u", x->part, x->parts);
    if (x->depth) buf_puts(out, "; within another quotation");
    if (x->speaker.n) {
        buf_puts(out, "; proposed speaker: ");
        words_on_a_line(out, x->speaker, 0, false);
    } else {
        buf_puts(out, "; speaker not settled by the words around");
    }
    if (x->cue.n) {
        buf_puts(out, " (for the words: ");
        words_on_a_line(out, x->cue, 0, false);
        buf_putc(out, ')');
    }
    buf_puts(out, ".\n\n> ");
    words_on_a_line(out, words, x->mark, false);
    buf_fmt(out, "\n\n```truce\nproposed q%u", x->group);
    if (x->parts > 1) buf_fmt(out, "_%u", x->part);
    buf_puts(out, ": ");
    if (x->speaker.n)
        name_of(out, x->speaker);
    else
        buf_puts(out, "unknown");
    buf_puts(out, " said;\n  original \"");
    words_on_a_line(out, words, x->mark, true);
    buf_fmt(out, "\" in %s;\n  from %.*s.\n```\n", language_name(x->language), STR_ARG(id));
}

void quotes_print_skeleton(const struct quotes *q, const struct source *source, struct str sha256,
                           struct buf *out)
{
    struct buf id;
    buf_init(&id);
    struct str path = source->name;
    size_t from = path.n;
    while (from > 0 && path.p[from - 1] != '/') from--;
    struct str file = str_slice(path, from, path.n);
    size_t stem = 0;
    while (stem < file.n && file.p[stem] != '.') stem++;
    name_of(&id, str_slice(file, 0, stem));
    head(q, source, sha256, buf_str(&id), out);
    for (size_t i = 0; i < q->n; i++)
        if (q->items[i].kind == QUOTE_WORDS) one(&q->items[i], source, buf_str(&id), out);
    size_t fragments = 0;
    for (size_t i = 0; i < q->n; i++) fragments += q->items[i].kind == QUOTE_FRAGMENT;
    if (fragments == 0) goto done;
    buf_puts(out,
             "\n## A few words in quotation marks\n\nThey may be names or terms, and are listed "
             "only to be looked at.\n\n");
    for (size_t i = 0; i < q->n; i++) {
        const struct quote *x = &q->items[i];
        if (x->kind != QUOTE_FRAGMENT) continue;
        size_t line, column;
        source_locate(source, x->from, &line, &column);
        buf_fmt(out, "- line %zu: ", line);
        words_on_a_line(out, str_slice(source->text, x->from, x->to), x->mark, false);
        if (x->speaker.n) {
            buf_puts(out, " (proposed speaker: ");
            words_on_a_line(out, x->speaker, 0, false);
            buf_putc(out, ')');
        }
        buf_putc(out, '\n');
    }
done:
    buf_free(&id);
}
