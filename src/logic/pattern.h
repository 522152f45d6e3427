/* Regular expressions over strings, for MATCHES: the syntax of OCaml's Str, which MonPoly uses.
 *
 *   .        any byte but a newline          [a-z] [^a-z]   sets; ] first is itself
 *   * + ?    zero or more, one or more, at most one (greedy)
 *   \( \)    a group                         \|             alternatives
 *   ^ $      begin and end of a line         \b             word boundary
 *   \c       c itself                        \1 … \9        refused: no back references
 *
 * A search finds the leftmost match, and of those that begin there the one that backtracking would
 * find first; it takes time linear in text times pattern (Pike's virtual machine).  A pattern
 * keeps the working memory of its searches: one thread at a time. */
#ifndef TRUCE_LOGIC_PATTERN_H
#define TRUCE_LOGIC_PATTERN_H

#include "base/intern.h"

struct pattern;

/* Compile `text` in the arena.  NULL with *error set to a message (static) and *at to the offset of
 * what is wrong; NULL with *error NULL when memory fails. */
struct pattern *pattern_compile(struct arena *a, struct str text, const char **error, size_t *at);

/* Number of groups, without the whole match. */
uint32_t pattern_groups(const struct pattern *p);

/* Does p match somewhere in s?  groups[i], i < n, becomes group i + 1: part of s, or p NULL when
 * that group took no part or does not exist. */
bool pattern_search(struct pattern *p, struct str s, struct str *groups, uint32_t n);

/* Compiled patterns by the number of their interned text. */
struct pattern_cache {
    struct arena arena;
    struct pattern **by_number;
    size_t n;
};

void pattern_cache_init(struct pattern_cache *c);
void pattern_cache_free(struct pattern_cache *c);
/* The pattern of an interned text; NULL when the text is no pattern or memory fails (then
 * c->arena.failed). */
struct pattern *pattern_cache_get(struct pattern_cache *c, const struct intern *strings,
                                  uint32_t number);

#endif
