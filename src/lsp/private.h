/* What the files of the language server share. */
#ifndef TRUCE_LSP_PRIVATE_H
#define TRUCE_LSP_PRIVATE_H

#include "base/diag.h"
#include "lang/lex.h"
#include "lang/say.h"
#include "lang/vocabulary.h"
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
    bool talks, mapping;
    const struct documents *all;
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

/* Give the name of an agreement another, in it and in the mappings beside it; q is about the agreement
 * (names.c). */
struct answer rename_named(const struct asked *q, const struct vocabulary *v, uint32_t name,
                           struct str to);
/* The declaration of a name in Markdown (hover.c). */
void hover_name(const struct named *n, struct buf *b);

/* ---- mapping.c: files that say how reports are read, beside an agreement ---- */
bool is_mapping(struct arena *a, const struct source *s);
struct answer mapping_hover(const struct asked *q);
struct answer mapping_definition(const struct asked *q);
struct answer mapping_rename(const struct asked *q, struct str to);
/* What may be written behind these tokens of a mapping (mapping_complete.c).  False: memory. */
bool mapping_complete(const struct asked *q, const struct tokens *before, json_t *list);
/* A file in the folder, open or not. */
struct beside {
    struct document document; /* its text is borrowed or empty */
    const struct source *source;
};
/* The agreement that a mapping is about; out->source NULL: there is none.  False: memory. */
bool mapping_agreement(struct arena *a, const struct documents *all, const struct document *d,
                       struct beside *out);
/* Findings of a mapping. */
enum status mapping_diagnose(struct arena *a, const struct documents *all, const struct document *d,
                             const struct source *s, struct diags *out);
/* Is the document a mapping that stands in the folder of another? */
bool mapping_is_beside(const struct document *d, const struct document *of);
/* What changes in the mappings beside an agreement when `name` becomes `to`, added to `changes`; the
 * agreement is q's, `changed` its new text.  Why not, in *why.  False: memory. */
bool mapping_edits(const struct asked *q, const struct source *changed, struct str name,
                   struct str to, json_t *changes, struct str *why);

/* ---- talks.c: the same of a file of talks ---- */
struct answer talks_hover(const struct asked *q);
struct answer talks_definition(const struct asked *q);
struct answer talks_rename(const struct asked *q, struct str to);

/* Behind the tokens of the formal block at hand.  False: memory. */
bool talks_complete(const struct asked *q, const struct tokens *before, json_t *list);

#endif
