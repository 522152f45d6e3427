/* Small pieces of JSON text: an object is opened, gets its members, is closed.  Private to talks.
 *
 * The writer keeps one fact, whether a comma is due, so that callers say only what they mean.  Keys
 * are literals of ours; values are escaped. */
#ifndef TRUCE_TALKS_TEXT_JSON_H
#define TRUCE_TALKS_TEXT_JSON_H

#include "base/diag.h"

struct jsonl {
    struct buf *out;
    bool comma;
};

void jsonl_open(struct jsonl *j, const char *key, char bracket); /* '{' or '['; key may be NULL */
void jsonl_close(struct jsonl *j, char bracket);                 /* '}' or ']' */
void jsonl_text(struct jsonl *j, const char *key, struct str s); /* key may be NULL in an array */
void jsonl_text_or_null(struct jsonl *j, const char *key, struct str s); /* null when s.p is NULL */
void jsonl_number(struct jsonl *j, const char *key, int64_t n);
void jsonl_bool(struct jsonl *j, const char *key, bool b);
void jsonl_null(struct jsonl *j, const char *key);
void jsonl_line(struct jsonl *j); /* end of a line; nothing is due any more */

#endif
