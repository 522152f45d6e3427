/* How a provision is read, in any language; made from the typed provision. */
#ifndef TRUCE_LANG_GLOSS_H
#define TRUCE_LANG_GLOSS_H

#include "lang/model.h"
#include "lang/say.h"

/* The rules of rows 6 and 12 (gloss_schedule.c). */
struct str gloss_schedule(struct voice *v, const struct provision *pv);
struct str gloss_sites(struct voice *v, const struct provision *pv);
struct str gloss_in_step(struct voice *v, const struct provision *pv);

/* "Read as", and what it is not read as (may be empty), in the voice's arena.  False when memory
 * failed or a template does not fit its values. */
bool gloss_say(struct voice *v, const struct provision *pv, struct str *read, struct str *not_read);

/* What starts the time of a provision: "after each fire by north"; not of a point. */
struct str gloss_trigger(struct voice *v, const struct provision *pv);

/* How an amendment, and a declaration, are taken. */
struct str amendment_say(struct voice *v, const struct amendment *a);
struct str declaration_say(struct voice *v, const struct declaration *d);
/* How a consent is read that the agreement states. */
struct str consent_say(struct voice *v, const struct consent *c);
/* How a rule of force is read. */
struct str force_say(struct voice *v, const struct force_rule *r);

#endif
