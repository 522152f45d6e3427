/* Small pieces of JSON text: an object is opened, gets its members, is closed.  Private to talks.
 *
 * The writer keeps one fact, whether a comma is due, so that callers say only what they mean.  Keys
 * are literals of ours; values are escaped. */
#ifndef TRUCE_TALKS_TEXT_JSON_H
#define TRUCE_TALKS_TEXT_JSON_H

#include "base/diag.h"

struct json {
    struct buf *out;
    bool comma;
};

void json_open(struct json *j, const char *key, char bracket); /* '{' or '['; key may be NULL */
void json_close(struct json *j, char bracket);                 /* '}' or ']' */
void json_text(struct json *j, const char *key, struct str s); /* key may be NULL in an array */
void json_text_or_null(struct json *j, const char *key, struct str s); /* null when s.p is NULL */
void json_number(struct json *j, const char *key, int64_t n);
void json_bool(struct json *j, const char *key, bool b);
void json_null(struct json *j, const char *key);
void json_line(struct json *j); /* end of a line; nothing is due any more */

#endif
