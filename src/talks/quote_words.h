/* The words around quotations: verbs of speech, pronouns, titles, and which tokens are what.
 * Private to the reader of quotations.
 *
 * Tables of plain words in four languages, matched in small letters.  A word may be in several
 * classes; a text's language is not asked, for press texts mix them. */
#ifndef TRUCE_TALKS_QUOTE_WORDS_H
#define TRUCE_TALKS_QUOTE_WORDS_H

#include "base/str.h"

enum word_class {
    WORD_VERB = 1 << 0,        /* said, заявив, a déclaré (its participle), … */
    WORD_PRONOUN = 1 << 1,     /* he, elle, вона, она */
    WORD_TITLE = 1 << 2,       /* Minister, President, M., президент: part of no name */
    WORD_PREPOSITION = 1 << 3, /* in, à, в: the name behind it is not the subject */
    WORD_NOT_NAME = 1 << 4,    /* capitalised at a sentence's start, a month, a day */
    WORD_ROLE = 1 << 5,        /* minister, spokesman: a person, not named */
    WORD_ACCORDING = 1 << 6, /* according (to), selon, за словами (its noun), по словам */
    WORD_PARTICLE = 1 << 7,   /* de, van, al: small letters within a name */
    WORD_UPPER = 1 << 8,      /* begins with a capital */
    WORD_ALL_CAPS = 1 << 9,   /* two or more letters, all capitals */
    WORD_INITIAL = 1 << 10,   /* one capital and a full stop */
    WORD_AUXILIARY = 1 << 11, /* has, had, also, a, ont: may stand between name and verb */
    WORD_POSSESSIVE = 1 << 12 /* ends in 's */
};

enum piece_kind { PIECE_WORD, PIECE_COMMA, PIECE_COLON, PIECE_STOP, PIECE_DASH, PIECE_QUOTED };

struct piece {
    enum piece_kind kind;
    uint32_t classes; /* of a word */
    size_t from, to;  /* bytes of the text */
};

/* At most `max` tokens of [from, to); `quoted` tells where a quotation begins and ends, so that it
 * counts as one token: it returns the end of the one that opens at a byte, or 0. */
size_t pieces_of(struct arena *a, struct str text, size_t from, size_t to, struct piece *out,
                 size_t max, size_t (*quoted)(const void *context, size_t at), const void *context);

/* A Cyrillic name that stands in the genitive, in the nominative as far as its endings tell; other
 * names, and what does not fit, as they are. */
struct str name_in_nominative(struct arena *a, struct str name);

/* "en", "fr", "uk", "ru" or NULL, from letters and small words. */
const char *language_of(struct arena *a, struct str words);

#endif
