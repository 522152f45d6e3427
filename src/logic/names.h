/* What names mean while a formula is read.  Private to room logic.
 *
 * Variables live in a stack of (name, number).  A *frame* hides all that is below it: inside an
 * aggregation or a definition names are its own.  A name seen for the first time outside a binder
 * is entered at the bottom of its frame, where it stays visible until the frame closes.  Predicates
 * of LET live in a second stack; the innermost wins, then the signature and tp, ts, tpts. */
#ifndef TRUCE_LOGIC_NAMES_H
#define TRUCE_LOGIC_NAMES_H

#include "logic/formula.h"

struct name_entry {
    struct str name;
    uint32_t var;
};

struct name_list {
    struct name_entry *items;
    size_t n, cap;
};

struct name_frame {
    struct name_frame *outer;
    struct name_list bound; /* by binders, a stack */
    struct name_list loose; /* not by binders */
};

struct names {
    struct scope *sc;
    struct name_frame *frame;
    uint32_t *lets; /* predicates of LET that are visible, innermost last */
    size_t n_lets, cap_lets;
    bool in_pred; /* between open and close: names with _ are anonymous */
    struct name_list anonymous;
};

bool names_init(struct names *t, struct scope *sc);

/* The variable that a name means here, a new one where it means none yet; UINT32_MAX when memory
 * fails.  names_find: UINT32_MAX where it means none. */
uint32_t names_var(struct names *t, struct str name, struct place at);
uint32_t names_find(const struct names *t, struct str name);

/* Bind a name to a new variable, until names_release to a mark taken before. */
uint32_t names_bind(struct names *t, struct str name, struct place at);
size_t names_mark(const struct names *t);
void names_release(struct names *t, size_t mark);

/* Open and close a frame; names_share lets a name mean an outer variable within. */
void names_open_frame(struct names *t);
void names_close_frame(struct names *t);
bool names_share(struct names *t, struct str name, uint32_t var);

/* Within a predicate's arguments names that begin with _ are new variables of it; closing gives
 * them.  False when memory fails. */
void names_open_anonymous(struct names *t);
bool names_close_anonymous(struct names *t, uint32_t **vars, uint32_t *n);
uint32_t names_anonymous(struct names *t, struct str name, struct place at);

uint32_t names_pred(const struct names *t, struct str name); /* UINT32_MAX = unknown */
bool names_bind_pred(struct names *t, uint32_t pred);
size_t names_pred_mark(const struct names *t);
void names_pred_release(struct names *t, size_t mark);
/* The known predicate whose name is nearest, or empty when none is near. */
struct str names_near_pred(const struct names *t, struct str name);

#endif
