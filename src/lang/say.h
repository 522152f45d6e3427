/* Sentences in the reader's language, made from whole-sentence templates with named slots.
 *
 * How to write one (a gloss, a label, anything a reader sees):
 *
 *     return say(v, "each {act} is one violation", words_phrase(v, &pv->act));
 *
 * - The English template is the msgid.  The values follow in the order in which the slots first
 *   stand in it; a slot may stand twice.  `said(v, "…")` has no slot.  `say_n(v, n, "{n} day",
 *   "{n} days", …)` chooses by number; the number itself is a value as well (`say_int`).
 * - Write whole sentences or whole parts of them that mean one thing: "{act} in {zone}", never
 *   " in ".  Where two things differ, write two templates.  Templates in tables are marked N_("…").
 * - A value is text that was said already, or the users' own words (STR, a name, a label); users'
 *   words are never declined.  Before text leaves for a reader, call `say_plain` on it.
 * - Then add the msgid to po/truce.pot and po/{uk,ru,fr}.po (`po/catalogue.py update` does, with empty
 *   translations to fill); test lang/catalogues fails on what is missing, stale or lost a slot.
 *
 * A translator may move and repeat slots, and may give a text forms, of which another text asks for
 * one:
 *
 *     msgid "event {kind}"          msgstr "[подія|gen:події|each:кожна подія] «{kind}»"
 *     msgid "after each {act}"      msgstr "після кожної {act:gen}"
 *
 * The first form has no name and is the one taken when none is asked for; a form that a text lacks
 * is its first.  Forms pass through slots that ask for none, so `msgstr "{act} у зоні {zone}"` still
 * has the forms of its act.  English is written without forms. */
#ifndef TRUCE_LANG_SAY_H
#define TRUCE_LANG_SAY_H

#include "base/str.h"

struct agreement;
struct catalogue; /* the templates of one language; static */

/* Who speaks: in which language, about which agreement, and the arena of what is said. */
struct voice {
    const struct catalogue *language; /* NULL: English */
    const struct agreement *g;
    struct arena *a;
    bool failed; /* memory ran out, or the values do not fit their template (a fault of ours) */
};

/* The catalogue of "uk", "ru", "fr"; NULL with *known for "en", NULL without for any other. */
const struct catalogue *catalogue_find(struct str code, bool *known);
/* "uk"; "en" for NULL. */
const char *catalogue_code(const struct catalogue *c);

/* The template in the voice's language with its values, in the arena; empty on failure. */
struct str said(struct voice *v, const char *msgid);
struct str say_with(struct voice *v, const char *msgid, const struct str *values, size_t n);
struct str say_n_with(struct voice *v, uint64_t count, const char *one, const char *many,
                      const struct str *values, size_t n);
#define SAY_VALUES(...)                                                                            \
    (const struct str[]){__VA_ARGS__},                                                             \
        sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str)
#define say(v, msgid, ...) say_with(v, msgid, SAY_VALUES(__VA_ARGS__))
#define say_n(v, count, one, many, ...) say_n_with(v, count, one, many, SAY_VALUES(__VA_ARGS__))
/* Marks a template that stands in a table. */
#define N_(msgid) msgid

/* A whole number. */
struct str say_int(struct voice *v, int64_t n);
/* Text for the reader: of every form that was left open, the first. */
struct str say_plain(struct voice *v, struct str text);

#endif
