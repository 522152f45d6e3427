/* From press to statements: the quotations in a report, and who may have said them.
 *
 * A quotation is a run of bytes of the source between a pair of marks: straight "…" and '…',
 * curly “…” and ‘…’, low „…“ and ‚…‘, angled «…» and ‹…› (either way round);
 * or a turn of a dialogue, from a dash at the beginning of its line to where its words end.  Its
 * words are those bytes exactly, white space at the ends aside, so that anyone can find them again.  A quotation
 * that a narrator breaks ("We can," he said, "talk") has one span for each part, with one group.
 *
 * A speaker is only proposed: from the words around the quotation, and left out when they do not
 * settle it.  Nothing found here is a statement until a person confirms it. */
#ifndef TRUCE_TALKS_QUOTE_H
#define TRUCE_TALKS_QUOTE_H

#include "base/diag.h"

#define QUOTE_DASH 0x2014

enum quote_basis {
    QUOTE_UNSURE,   /* no speaker proposed */
    QUOTE_NAMED,    /* a name and a verb of speech stand beside the words */
    QUOTE_REFERRED, /* "he said", and only one person can be meant */
    QUOTE_CONTINUED /* it follows a quotation of the same speaker without a break */
};

enum quote_kind {
    QUOTE_WORDS,   /* words said or written */
    QUOTE_FRAGMENT /* a few words inside the narrator's sentence: may be a name or a term */
};

struct quote {
    size_t from, to;    /* the words: bytes of the source, half open */
    size_t open, close; /* with the marks (and the narrator's words around a part are outside) */
    uint32_t mark;      /* the opening mark's character; QUOTE_DASH: a turn of a dialogue */
    uint32_t depth;     /* 0, or how many quotations it stands in */
    uint32_t group;     /* parts of one quotation share it; numbered from 1 in reading order */
    uint32_t part, parts;
    enum quote_kind kind;
    enum quote_basis basis;
    struct str speaker;   /* as it stands in the source, titles aside; empty when unsure */
    struct str cue;       /* the words that the proposal rests on; empty when unsure */
    const char *language; /* "en", "fr", "uk", "ru", or NULL when unsure */
};

struct quotes {
    struct quote *items;
    size_t n, cap;
};

/* Find all quotations in a source, in reading order.  Warnings in `d` for a mark that is never
 * closed (code "unclosed-quotation").  STATUS_INPUT with a diagnostic when the text is not UTF-8 or
 * holds a NUL, STATUS_FAULT when memory fails. */
enum status quotes_find(struct arena *a, const struct source *source, struct diags *d,
                        struct quotes *out);

/* One JSON object a line: file, words, speaker, line, offset, length, quotation, part, parts,
 * depth, kind, basis, cue, language, marks, paragraphs (when there are several), confirmed. */
void quotes_print_json(const struct quotes *q, const struct source *source, struct buf *out);

/* A skeleton of statements in the language of talks, to be completed by a person.  Every statement
 * in it is commented out: nothing proposed counts.  `sha256` is the source's, in hex. */
void quotes_print_skeleton(const struct quotes *q, const struct source *source, struct str sha256,
                           struct buf *out);

/* --- private to the reader of quotations ----------------------------------------------------- */

/* Marks to spans (quote_scan.c). */
enum status quote_scan(struct arena *a, const struct source *source, struct diags *d,
                       struct quotes *out);

/* Put them in the order in which they open (quote_scan.c). */
void quote_sort(struct quotes *q);

/* Add the turns of a dialogue that a dash introduces and nothing closes (quote_dash.c).  Their mark
 * is the dash; they end where their words do. */
bool quote_dashes(struct arena *a, struct str text, struct quotes *q);

/* Split what the narrator breaks within one pair of marks, as Russian, Ukrainian and French do,
 * and join the parts that stand in several pairs (quote_split.c). */
bool quote_split(struct arena *a, struct str text, struct quotes *q);

/* Propose speakers (quote_speaker.c). */
bool quote_speakers(struct arena *a, struct str text, struct quotes *q);

#endif
