/* Inside the log reader: its state, shared by the grammar (log.c), the values (log_value.c) and the
 * messages (log_error.c).
 *
 * The buffer holds [start, end) of the stream, followed by SCAN_PADDING zero bytes, so a scanner
 * needs no check for the end: it stops at the zero.  A scanner that stops at `end` calls
 * reader_refill and scans its token again.  `at` is the first byte that must be kept. */
#ifndef TRUCE_MONITOR_READER_H
#define TRUCE_MONITOR_READER_H

#include "monitor/log.h"
#include "monitor/scan.h"

#define NO_INPUT UINT32_MAX
#define HEAD_BYTES 8

/* A predicate of the signature, as the log needs it. */
struct relation {
    uint32_t pred;  /* in the signature */
    uint32_t input; /* of the plan, or NO_INPUT */
    uint32_t arity;
    const struct column *columns;
    const bool *used; /* by column; NULL when there is no input */
};

/* Names seen in the log, found again by their first 8 bytes and their length. */
struct name_slot {
    uint64_t head;
    struct str name; /* n = 0: empty slot */
    const struct relation *relation;
};
#define NAME_SLOTS 256

struct reader {
    const struct log_config *config;
    struct log_input input;
    struct log_sink sink;
    struct diags *d;
    struct log_summary *summary;
    enum status status; /* STATUS_OK until something ends the reading */
    bool over;          /* nothing more will be read */

    char *buffer; /* cap + SCAN_PADDING bytes */
    size_t cap;
    char *end;       /* behind the last byte read; *end == 0 */
    const char *at;  /* the token being read */
    uint64_t offset; /* of `buffer` in the stream */

    size_t line;            /* from 1 */
    const char *line_start; /* its first byte that is still in the buffer … */
    size_t line_cut;        /* … and how many bytes of it are gone */

    struct relation *relations; /* one for each predicate of the signature */
    struct name_slot names[NAME_SLOTS];
    uint64_t *words; /* one tuple */

    struct batch *batch;
    size_t *mark; /* by plan input: rows of the batch that are settled */
    size_t rows;  /* of the batch, all inputs together */
    size_t told;  /* strings of the interner that were handed on */

    bool open;         /* within a time-point */
    bool within;       /* an event has begun and is not complete */
    bool paused;       /* the last time-point was ended by a pause */
    bool spans;        /* some time-point had events on a later line than its `@` */
    size_t point_line; /* the line of its `@` */
    uint64_t point_at; /* where in the log that is */
    uint64_t stamp_at; /* clock: where the first time-point of its time-stamp begins */
    int64_t stamp, position;
    size_t *point_mark; /* by plan input: rows before the open time-point */
};

/* ---- log.c ---- */

/* Read more behind `end`, keeping what begins at r->at.  All of r's pointers into the buffer may
 * move.  False when there is no more (end of the log, an error: see r->status). */
bool reader_refill(struct reader *r);

/* ---- log_value.c ---- */

/* Bytes that make a bare word: MonPoly's, and + (1e+10) and what is not ASCII. */
extern const unsigned char reader_word_byte[256];

/* How many bytes of a bare word stand at p. */
static inline size_t reader_word_length(const char *p)
{
    const char *q = p;
    while (reader_word_byte[(unsigned char)*q]) q++;
    return (size_t)(q - p);
}

/* The word or quoted text at p (after blanks), whole in the buffer: *text is it without quotes, the
 * result is behind it.  NULL with a diagnostic. */
const char *reader_text(struct reader *r, const char *p, struct str *text, bool *quoted);

/* Read the value of column k of the relation that begins at p; NULL with a diagnostic. */
const char *reader_value(struct reader *r, const char *p, const struct relation *rel, uint32_t k,
                         uint64_t *word);

/* ---- log_error.c: each ends the reading and gives NULL ---- */

/* Where p is in the stream: messages are given such offsets, since pointers move. */
static inline uint64_t reader_offset(const struct reader *r, const char *p)
{
    return r->offset + (uint64_t)(p - r->buffer);
}

/* What stands at [at, at + n) is not what is expected there. */
const char *reader_expected(struct reader *r, uint64_t at, size_t n, const char *expected);
const char *reader_unknown(struct reader *r, struct str name);
const char *reader_arity(struct reader *r, uint64_t at, size_t n, const struct relation *rel,
                         uint32_t given);
/* `text`, in the buffer, is no value of column k. */
const char *reader_type(struct reader *r, struct str text, const struct relation *rel, uint32_t k);
/* `text`, in the buffer, is an integer, but too large. */
const char *reader_range(struct reader *r, struct str text);
/* `text`, in the buffer, is no time-stamp. */
const char *reader_stamp(struct reader *r, struct str text);
const char *reader_falls(struct reader *r, struct str text, int64_t stamp);
/* A time-point that a pause had ended goes on. */
const char *reader_continued(struct reader *r, uint64_t at, size_t n);
const char *reader_unclosed(struct reader *r, uint64_t at);
const char *reader_too_long(struct reader *r);
const char *reader_io(struct reader *r, int error);
const char *reader_memory(struct reader *r);

#endif
