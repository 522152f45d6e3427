/* Keys of meaning: a text for each item of an agreement that is the same for two items exactly when they
 * mean the same.  Names, order, wording, spelling of numbers and places in the file are not in it: what
 * refers to something does so by the number that the thing has in the old draft (struct match), lists
 * without order are sorted, points are instants, durations their parts. */
#ifndef TRUCE_PLAIN_KEY_H
#define TRUCE_PLAIN_KEY_H

#include "lang/model.h"
#include "lang/quantity.h"

enum thing {
    THING_ACTOR,
    THING_LINE,
    THING_ZONE,
    THING_DATE,
    THING_KIND,
    THING_STOCK,
    THING_PROCESS,
    THING_SITE,
    THING_PROVISION
};
#define THINGS 9

/* For each thing of the new draft its number in the old, or LANG_NONE. */
struct match {
    uint32_t *old[THINGS];
    const struct agreement *before, *after;
};

/* One draft, and how its numbers become the old draft's: `m` is NULL for the old draft itself. */
struct edition {
    const struct agreement *g;
    const struct match *m;
};

/* "zone", "provision", … as JSON has it. */
const char *thing_name(enum thing t);
uint32_t thing_count(const struct agreement *g, enum thing t);
struct str thing_called(const struct agreement *g, enum thing t, uint32_t i);

void key_duration(struct buf *out, const struct duration *d);
void key_point(struct buf *out, const struct edition *s, const struct point *p);
void key_phrase(struct buf *out, const struct edition *s, const struct phrase *ph);
void key_condition(struct buf *out, const struct edition *s,
                   const struct condition *c); /* NULL: none */
void key_frames(struct buf *out, const struct edition *s, const struct provision *pv);
void key_deadline(struct buf *out, const struct edition *s, const struct provision *pv);
void key_trigger(struct buf *out, const struct edition *s, const struct trigger *t);
void key_steps(struct buf *out, const struct edition *s, const struct provision *pv);
void key_evidence(struct buf *out, const struct edition *s, uint32_t kind);
void key_coverage(struct buf *out, const struct edition *s);
void key_amendment(struct buf *out, const struct edition *s, const struct amendment *a);
void key_consent(struct buf *out, const struct edition *s, const struct consent *c);
/* Row 9: what is justified, before whom. */
void key_expert(struct buf *out, const struct edition *s, const struct provision *pv);
void key_power(struct buf *out, const struct edition *s, const struct provision *pv);
void key_plea(struct buf *out, const struct edition *s, const struct provision *pv);
void key_declaration(struct buf *out, const struct edition *s, const struct declaration *d);
void key_force(struct buf *out, const struct edition *s, const struct force_rule *r);
/* What a thing is, without its name.  Of a provision, everything. */
void key_thing(struct buf *out, const struct edition *s, enum thing t, uint32_t i);

/* One thing's number in the old draft; numbers above UINT32_MAX / 2 have none. */
uint32_t key_number(const struct edition *s, enum thing t, uint32_t i);

#endif
