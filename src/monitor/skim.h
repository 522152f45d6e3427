/* Reading a stretch of a log again, for the few facts in it that have given values.
 *
 * What stands there was read before and found right, so nothing is checked: of each tuple only what
 * shows that it is not wanted is taken apart, and the rest is stepped over eight bytes at a time.
 * Known are the plain spellings: integers in decimal, bare words, quoted texts without a backslash,
 * no comments.  Anything else (and a log that has changed) ends it; the reader proper (log.h) then
 * has to read the stretch. */
#ifndef TRUCE_MONITOR_SKIM_H
#define TRUCE_MONITOR_SKIM_H

#include "explain/record.h"

struct skim_relation; /* of a predicate of the signature: what is wanted of it */
struct spelling;

#define SKIM_NAMES 64

/* A name seen in the log, found again by its first 8 bytes and its length. */
struct skim_name {
    uint64_t head;
    struct str name; /* n = 0: none yet */
    const struct skim_relation *relation;
};

struct skim {
    int log; /* a file's descriptor, borrowed */
    const struct signature *sig;
    const struct intern *strings; /* has all strings of the stretches that will be read */
    struct skim_relation *relations;
    struct spelling *spellings; /* of all relations' columns */
    struct skim_name names[SKIM_NAMES];
    uint64_t *words; /* one tuple */
    char *buffer;

    int64_t offset;         /* in the file: of the next byte */
    char *end;              /* behind the last byte read */
    const char *at, *limit; /* whole lines stand from `at` to `limit` */
};

/* wanted: by predicate, are facts of it asked for at all?  False when memory fails; skim_free is
 * right in either case. */
bool skim_init(struct skim *s, int log, const struct signature *sig, const struct intern *strings,
               const bool *wanted);
void skim_free(struct skim *s);

/* Give the facts of the block that r->keys choose to record_fact, or the stamps of its positions to
 * record_stamp_add.  `offset`: where in the file its first time-point begins.  False: it cannot be
 * read in this way; something may have been given already. */
bool skim_facts(struct skim *s, struct record *r, const struct block *b, int64_t offset);
bool skim_stamps(struct skim *s, struct record *r, const struct block *b, int64_t offset);

#endif
