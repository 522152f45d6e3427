/* The names of an agreement and every place where they stand, for editors: also of a text that has
 * errors, since only the declarations are read and what they have wrong is passed over. */
#ifndef TRUCE_LANG_VOCABULARY_H
#define TRUCE_LANG_VOCABULARY_H

#include "base/diag.h"

struct named {
    struct str name;       /* canonical: with `_` for blanks */
    const char *sort;      /* "actor", "zone", "kind", "provision" …; static storage */
    struct place at;       /* where it is declared */
    struct place sentence; /* the whole of its declaration, without the full stop */
};

struct name_use {
    uint32_t name;   /* into vocabulary.names */
    bool form;       /* a form of the verb or noun of an event or state, not its name */
    struct place at; /* the words */
};

struct vocabulary {
    const struct named *names;
    const struct name_use *mentions; /* in the order of the text; declarations are among them */
    size_t n_names, n_mentions;
};

/* Read the names of a source into the arena.  False when memory fails.  Text that is not UTF-8 has
 * none. */
bool vocabulary_read(struct arena *a, const struct source *source, struct vocabulary *out);

/* The mention that the byte `offset` stands in or just behind; NULL: none. */
const struct name_use *vocabulary_at(const struct vocabulary *v, size_t offset);

/* The name of these words (`_` and a blank alike); NULL: none. */
const struct named *vocabulary_find(const struct vocabulary *v, struct str words);

/* May these words be declared as a name?  Else what is wrong with them, in static storage. */
const char *vocabulary_refuses(struct arena *a, struct str words);

/* The opening words of the i-th kind of sentence; NULL behind the last. */
const char *sentence_opening(size_t i);

#endif
