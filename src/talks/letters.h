/* Letters of the scripts that press texts come in: Latin with its accents, and Cyrillic.
 *
 * A reader of quotations must know what is a letter, a capital and a word; it does not need all of
 * Unicode for that, and so no heavy library.  Positions are byte offsets into a well-formed UTF-8
 * text; a position never stands inside a character. */
#ifndef TRUCE_TALKS_LETTERS_H
#define TRUCE_TALKS_LETTERS_H

#include "base/str.h"

/* The character at byte `at` (0 at the end) and, when `next` is given, where the one after begins.
 */
uint32_t char_at(struct str text, size_t at, size_t *next);

/* The character that ends just before byte `at` (0 at the start), and where it begins. */
uint32_t char_before(struct str text, size_t at, size_t *begin);

bool char_is_letter(uint32_t c);
bool char_is_upper(uint32_t c);
bool char_is_digit(uint32_t c);
bool char_is_space(uint32_t c); /* blanks, line ends, no-break and thin spaces */
bool char_is_dash(uint32_t c);  /* - – — ― */

/* The small letter of a capital; c itself otherwise. */
uint32_t char_lower(uint32_t c);

/* Append c in UTF-8. */
void buf_add_char(struct buf *b, uint32_t c);

/* s with small letters and ’ as ', in the arena; the empty str on failure. */
struct str text_lower(struct arena *a, struct str s);

/* Is there a line end, then only blanks, then a line end or the end, at byte `at`?  `after` gets
 * where the next line with text begins. */
bool text_paragraph_ends(struct str text, size_t at, size_t *after);

/* The part of [from, to) without white space around it. */
void text_trim(struct str text, size_t *from, size_t *to);

#endif
