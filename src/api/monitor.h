/* What the files of the public face share. */
#ifndef TRUCE_API_MONITOR_H
#define TRUCE_API_MONITOR_H

#include "history/history.h"
#include "logic/parse.h"
#include "logic/safe.h"
#include "logic/typing.h"
#include "truce.h"

struct truce {
    struct arena arena; /* signature, formula, scope */
    struct intern strings;
    struct signature sig;
    struct scope scope;
    struct truce_options options;
    struct formula *core;
    struct varset columns; /* in the order they are shown */
    struct history *history;
    bool appended;     /* something waits for history_settle */
    struct point last; /* of what was appended */
    bool any;
    struct verdict_change *queue; /* changes; those before `next` were read */
    size_t next, n_queue, cap_queue;
    struct arena queue_arena;
    struct truce_value *values; /* of the change given last */
    struct buf explanation;     /* given last */
    char message[2000];
};

/* Keep the words of the last failure. */
void api_say(struct truce *t, const char *what);
void api_say_diags(struct truce *t, const struct diags *d);

/* Queue the changes that the history's last call brought. */
enum truce_status api_queue(struct truce *t);

/* A value as a word of this type; false when it is of another, or no number. */
bool api_word(struct truce *t, enum value_type type, const struct truce_value *v, uint64_t *word);

/* Judge what was appended, if anything was, and queue the changes. */
enum truce_status api_settle(struct truce *t);

#endif
