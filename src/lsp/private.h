/* What the files of the language server share. */
#ifndef TRUCE_LSP_PRIVATE_H
#define TRUCE_LSP_PRIVATE_H

#include "base/diag.h"
#include "lang/lex.h"
#include "lang/say.h"
#include "lsp/document.h"
#include "lsp/lsp.h"

enum answer_code {
    ANSWER_PARSE = -32700,
    ANSWER_INVALID_REQUEST = -32600,
    ANSWER_NO_METHOD = -32601,
    ANSWER_INVALID_PARAMS = -32602,
    ANSWER_INTERNAL = -32603,
    ANSWER_NOT_INITIALIZED = -32002,
    ANSWER_FAILED = -32803 /* understood, and refused with a reason */
};

struct server {
    FILE *out;
    struct documents documents;
    const struct catalogue *language; /* of readings; NULL: English */
    bool initialized, shut_down, done, broken;
};

/* One request about a document: a fresh arena, its source, and where it stands. */
struct asked {
    struct arena *a;
    const struct document *document;
    const struct source *source;
    size_t offset; /* of "position"; 0 when none is asked for */
    bool talks;
    const json_t *params;
    const struct catalogue *language;
};

/* What is answered: a result (owned; NULL: memory failed), or an error when `code` is not 0. */
struct answer {
    json_t *result;
    int code;
    struct str why; /* static or in the arena */
};

/* ---- answer.c: what is sent ---- */
void send_result(struct server *s, const json_t *id, json_t *result); /* takes the result */
void send_error(struct server *s, const json_t *id, int code, struct str why); /* id NULL: null */
void send_notification(struct server *s, const char *method, json_t *params);  /* takes params */

/* A JSON string of UTF-8 bytes. */
json_t *text_json(struct str s);
struct answer answer_with(json_t *result);
struct answer answer_refused(int code, struct str why);

/* ---- features ---- */
void publish_diagnostics(struct server *s, const struct document *d, const json_t *version);
struct answer hover(const struct asked *q);
struct answer definition(const struct asked *q);
struct answer rename_name(const struct asked *q);
struct answer complete(const struct asked *q);
struct answer lay_out(const struct asked *q);

/* Markdown beside a place; null when there is none (hover.c). */
struct answer hover_shown(const struct asked *q, struct str markdown, struct place at);

/* One thing that may be written next; `first`: offered before the others.  False: memory
 * (complete.c). */
bool completion_add(json_t *list, struct str label, bool keyword, const char *detail, bool first);

/* ---- talks.c: the same of a file of talks ---- */
struct answer talks_hover(const struct asked *q);
struct answer talks_definition(const struct asked *q);
struct answer talks_rename(const struct asked *q, struct str to);

/* Behind the tokens of the formal block at hand.  False: memory. */
bool talks_complete(const struct asked *q, const struct tokens *before, json_t *list);

#endif
