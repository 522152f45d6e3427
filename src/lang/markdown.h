/* Literate files: Markdown in which fenced blocks are formal and all else is prose.
 *
 * Clauses are the parts between headings.  A block is a fence whose info word is the language asked
 * for ("truce"); its place is exact in bytes.  Nothing here knows agreements.
 *
 * The fence that is never closed is the trap of Markdown: it makes everything behind it code.  A
 * fence left open, and a block in which another fence opens, are errors; the block then ends at the
 * first blank line, so that the prose behind it does not drown the message. */
#ifndef TRUCE_LANG_MARKDOWN_H
#define TRUCE_LANG_MARKDOWN_H

#include "base/diag.h"

#define MARKDOWN_NONE UINT32_MAX

struct md_clause {
    struct str
        title;       /* the heading as plain text; empty for what stands before the first heading */
    uint32_t level;  /* 1–6; 0 before the first heading */
    uint32_t parent; /* the clause it belongs under, or MARKDOWN_NONE */
    struct str prose; /* Markdown without the formal blocks */
    struct place at;  /* the heading's lines */
};

struct md_block {
    uint32_t clause;
    struct place at;    /* the content, from behind the opening fence's line to the closing fence */
    struct place fence; /* the opening line */
};

struct markdown {
    struct md_clause *clauses; /* at least one; the first has level 0 */
    size_t n_clauses, cap_clauses;
    struct md_block *blocks;
    size_t n_blocks, cap_blocks;
    struct md_block *formulas; /* of language "formula", beside those of "truce" */
    size_t n_formulas, cap_formulas;
};

/* Read a source (well-formed UTF-8: see lex_check_text).  STATUS_OK also with errors in d;
 * STATUS_FAULT when memory fails. */
enum status markdown_read(struct arena *a, const struct source *s, struct str language,
                          struct diags *d, struct markdown *out);

#endif
