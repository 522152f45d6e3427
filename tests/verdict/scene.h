/* A scene: an agreement as text and a record made by hand, to be judged. */
#ifndef TRUCE_TESTS_VERDICT_SCENE_H
#define TRUCE_TESTS_VERDICT_SCENE_H

#include "../test.h"
#include "lang/model.h"
#include "verdict/verdict.h"

struct scene {
    struct arena arena;
    struct diags diags;
    const struct agreement *g;
    struct facts facts;
    struct verdicts verdicts;
    bool judged;
};

/* The agreement has the header, parties, kinds and zone of scene.c; `provisions` is what stands in
 * its block after them.  Fails the test when the text has errors. */
void scene_begin(struct scene *s, const char *provisions);
void scene_end(struct scene *s);

/* "2025-03-01T10:00:00Z" */
instant scene_time(const char *iso);

/* One report.  Spans: "T" or "T1/T2" (an event, somewhere in it); a state holds over it.  who:
 * names with "|" between candidates, "?" for unknown.  where: "in", "out", "near" (undecided), ""
 * not stated. */
struct scene_report {
    const char *kind, *id, *when, *who, *where;
    enum grade grade;
    const char *source;
};
void scene_report(struct scene *s, struct scene_report r);

/* The same with every attribute that is a number known to lie in [lo, hi], and yes for those of yes
 * or no; lo > hi: no number, and no. */
void scene_amount(struct scene *s, struct scene_report r, int64_t lo, int64_t hi);

/* A step of a justification: report `id` that `who` took it about an incident ("?": which is not said). */
void scene_step(struct scene *s, const char *ground, const char *id, const char *when,
                const char *who, const char *step, const char *incident);

/* Coverage of every observed kind everywhere, over [from, to]. */
void scene_cover(struct scene *s, const char *from, const char *to);

/* A finding of a body that attributes an event. */
void scene_attribute(struct scene *s, const char *kind, const char *id, const char *body,
                     const char *actor);

/* A ruling of a body on an event, recorded at `when`. */
void scene_ruling(struct scene *s, enum finding_says says, const char *kind, const char *id,
                  const char *body, const char *when);

/* Judge as things stood at `at`; the row of that id, which must be there. */
const struct verdict_row *scene_row(struct scene *s, const char *at, const char *id);

#endif
