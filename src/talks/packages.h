/* Packages: outcomes that keep every refusal, red line and condition, and meet as many wishes as can
 * be met together.
 *
 * Wishes are demands, offers and acceptances.  Where they do not all fit, each independent group of
 * them has several maximal choices, and one choice of each group makes a package.  A preference
 * counts only when a statement bears it or a named person declares it; with such preferences, the
 * Pareto front is found by guided improvement (D. Rayside, H.-C. Estler, D. Jackson, "The guided
 * improvement algorithm for exact, general-purpose, many-objective combinatorial optimization",
 * 2009), and those of its points are marked that leave the worst-served side best (max-min, as the
 * share of its declared weights). */
#ifndef TRUCE_TALKS_PACKAGES_H
#define TRUCE_TALKS_PACKAGES_H

#include "talks/conflicts.h"

struct pick { /* one choice of a group: what it leaves unmet */
    const uint32_t *unmet;
    uint32_t n;
    uint32_t group;
};

struct package {
    bool *outcome;   /* by variable: in it for certain; others may stay open */
    uint32_t *unmet; /* wishes left out */
    uint32_t n_unmet;
    int64_t *scores; /* by side; NULL without preferences */
    bool fairest;    /* max-min of the front */
};

struct packages {
    struct system system;
    bool none; /* refusals, red lines and conditions alone cannot all hold */
    struct pick *picks;
    size_t n_picks, cap_picks;
    uint32_t n_groups;
    double combinations;      /* how many packages there are: the product of the groups' choices */
    struct package *packages; /* all, or the first `PACKAGES_SHOWN` */
    size_t n_packages, cap_packages;
    struct package *front; /* Pareto front; empty without preferences */
    size_t n_front, cap_front;
    bool *has_preferences; /* by side */
    int64_t *weights;      /* by side: the sum of its weights */
    bool any_preferences;
    bool complete; /* groups and front were fully explored */
};

#define PACKAGES_SHOWN 16

enum status packages_find(struct arena *a, Z3_context z3, const struct talks *t,
                          const struct conflict_query *query, struct packages *out);

/* What packages are, how many there are, and what that does not say. */
void packages_head(const struct talks *t, const struct packages *p, struct buf *out);

/* Each declared preference on a line, and of whom none is known. */
void packages_preferences(const struct talks *t, const struct packages *p, struct buf *out);

bool packages_text(const struct talks *t, const struct packages *p, struct buf *out);
bool packages_json(const struct talks *t, const struct packages *p, struct buf *out);

#endif
