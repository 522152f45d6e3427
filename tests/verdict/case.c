#include "case.h"
#include "../test.h"
#include "lang/in_force.h"
#include "lang/power.h"

static const struct attribute attributes[] = {
    {.name = STR_INIT("by"), .type = ATTRIBUTE_ACTOR, .class_ = ACTOR_PARTY},
    {.name = STR_INIT("size"), .type = ATTRIBUTE_COUNT},
};

static const struct attribute steps[] = {
    {.name = STR_INIT("by"), .type = ATTRIBUTE_ACTOR, .class_ = LANG_NONE},
    {.name = STR_INIT("step"), .type = ATTRIBUTE_TEXT},
    {.name = STR_INIT("incident"), .type = ATTRIBUTE_TEXT},
    {.name = STR_INIT("to"), .type = ATTRIBUTE_ACTOR, .class_ = LANG_NONE},
};

#define KIND(name_, state, filed_)                                                                 \
    {                                                                                              \
        .name = STR_INIT(name_), .is_state = (state), .filed = (filed_), .parent = LANG_NONE,      \
        .attributes = attributes, .n_attributes = 2, .actor = 0, .whom = LANG_NONE,                \
        .places = PLACED_AT                                                                        \
    }

static const struct kind kinds[CASE_KINDS] = {KIND("fire", false, false),
                                              KIND("notice", false, true),
                                              KIND("storm", false, false),
                                              KIND("weapon", true, false),
                                              KIND("calm", true, true),
                                              {.name = STR_INIT("mines"),
                                               .filed = true,
                                               .ground = true,
                                               .parent = LANG_NONE,
                                               .attributes = steps,
                                               .n_attributes = GROUND_ATTRIBUTES,
                                               .actor = GROUND_BY,
                                               .whom = LANG_NONE,
                                               .places = PLACED_AT}};

static const struct actor actors[] = {
    {.name = STR_INIT("north"), .label = STR_INIT("north"), .class_ = ACTOR_PARTY},
    {.name = STR_INIT("south"), .label = STR_INIT("south"), .class_ = ACTOR_PARTY},
    {.name = STR_INIT("mission"), .label = STR_INIT("mission"), .class_ = ACTOR_BODY}};

static const struct zone_decl zones[] = {{.name = STR_INIT("belt"), .term = LANG_NONE}};

static const uint32_t parties[] = {0, 1}, bodies[] = {2};
static const uint8_t sides[] = {SIDE_INSIDE, SIDE_OUTSIDE, SIDE_UNDECIDED};

static uint64_t below(struct random_case *c, uint64_t n)
{
    return test_below(&c->seed, n);
}

static bool chance(struct random_case *c, uint64_t percent)
{
    return below(c, 100) < percent;
}

/* ---- the agreement ---- */

static struct point random_point(struct random_case *c)
{
    /* Not the first tick, which stands for all that was before. */
    instant t = JUDGE_BASE + 1 + (instant)below(c, TICKS - 1);
    return (struct point){
        .op = POINT_FIXED, .first = t, .last = t, .date = LANG_NONE, .term = LANG_NONE};
}

static struct phrase random_phrase(struct random_case *c, uint32_t kind)
{
    struct phrase p = {.kind = kind, .who = WHO_ANYONE, .zone = LANG_NONE, .places = PLACED_AT};
    uint64_t who = below(c, 3);
    p.who = who == 0 ? WHO_ANYONE : who == 1 ? WHO_BEARER : WHO_ONE_OF;
    if (p.who == WHO_ONE_OF) p.actors = (struct indices){parties, 1 + (uint32_t)below(c, 2)};
    if (chance(c, 30)) p.zone = 0;
    if (chance(c, 30)) {
        struct attribute_test *t = arena_alloc(&c->arena, sizeof(*t));
        *t = (struct attribute_test){
            .attribute = 1, .lo = 3, .hi = INT64_MAX, .negated = chance(c, 20)};
        p.tests = t;
        p.n_tests = 1;
    }
    return p;
}

static struct duration random_seconds(struct random_case *c, uint64_t max)
{
    return (struct duration){.seconds = 1 + (int64_t)below(c, max), .text = STR("some seconds")};
}

static const struct condition *random_condition(struct random_case *c, int depth)
{
    struct condition *x = arena_alloc(&c->arena, sizeof(*x));
    x->provision = LANG_NONE;
    switch (depth ? below(c, 8) : 3 + below(c, 5)) {
    case 0:
    case 1:
    case 2: {
        const struct condition **sub = arena_array(&c->arena, 2, sizeof(*sub));
        x->op = below(c, 3) == 0 ? COND_ALL : below(c, 2) ? COND_ANY : COND_NOT;
        x->n_sub = x->op == COND_NOT ? 1 : 2;
        for (uint32_t i = 0; i < x->n_sub; i++) sub[i] = random_condition(c, depth - 1);
        x->sub = (struct condition *const *)sub;
        break;
    }
    case 3:
    case 4:
        x->op = COND_HOLDS;
        x->phrase = random_phrase(c, chance(c, 50) ? WEAPON : CALM);
        break;
    case 5:
        x->op = chance(c, 50) ? COND_FROM : COND_UNTIL;
        x->point = random_point(c);
        break;
    default:
        x->op = COND_HAPPENED;
        x->phrase = random_phrase(c, chance(c, 60) ? NOTICE : STORM);
        if (chance(c, 50)) x->window = random_seconds(c, 5);
    }
    return x;
}

static void random_frames(struct random_case *c)
{
    struct provision *p = &c->provision;
    struct frame *f = arena_array(&c->arena, 1, sizeof(*f));
    f->op = (enum frame_op)below(c, 5);
    if (chance(c, 60))
        f->condition = random_condition(c, 0);
    else
        f->point = random_point(c);
    p->frames = f;
    p->n_frames = 1;
}

static void random_duty(struct random_case *c, bool plain)
{
    struct provision *p = &c->provision;
    p->deadline.period = random_seconds(c, 4);
    switch (below(c, 5)) {
    case 0:
        p->deadline.op = DEADLINE_BY;
        p->deadline.point = random_point(c);
        break;
    case 1:
        p->deadline.op = DEADLINE_WITHIN;
        p->trigger.op = TRIGGER_POINT;
        p->trigger.point = random_point(c);
        break;
    case 2:
    case 3:
        p->deadline.op = DEADLINE_WITHIN;
        p->trigger.op = TRIGGER_EVENT;
        p->trigger.phrase = random_phrase(c, STORM);
        break;
    default:
        if (plain || chance(c, 50)) {
            p->deadline.op = DEADLINE_AHEAD;
            p->trigger.op = TRIGGER_EVENT;
            p->trigger.phrase = random_phrase(c, STORM);
        } else {
            p->deadline.op = DEADLINE_WITHIN;
            p->trigger.op = TRIGGER_WHEN;
            /* One that does not hold since ever, for the judge's time has a beginning. */
            do {
                p->trigger.condition = random_condition(c, 0);
            } while (p->trigger.condition->op != COND_HAPPENED &&
                     p->trigger.condition->op != COND_HOLDS);
        }
    }
}

/* Of a baseline that is stated, counted or added up: one or two steps. */
static void random_schedule(struct random_case *c)
{
    struct provision *p = &c->provision;
    struct schedule_step *s = arena_array(&c->arena, 2, sizeof(*s));
    uint32_t n = 1 + (uint32_t)below(c, 2);
    c->basis = (struct measure){MEASURE_STATED, LANG_NONE, LANG_NONE, LANG_NONE, place_none()};
    if (chance(c, 60)) {
        c->basis.op = chance(c, 50) ? MEASURE_COUNTED : MEASURE_AMOUNT;
        c->basis.kind = chance(c, 50) ? NOTICE : STORM;
        c->basis.of = 0;
        if (c->basis.op == MEASURE_AMOUNT) c->basis.attribute = 1;
    }
    c->stock = (struct stock){.name = STR("things"), .declared = c->basis};
    for (uint32_t i = 0; i < 2; i++) {
        int64_t lo = (int64_t)below(c, 4);
        c->amounts[i] = (struct stated_amount){
            .of = parties[i], .by = parties[i], .lo = lo, .hi = lo + (int64_t)below(c, 2)};
    }
    for (uint32_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        s[i] = (struct schedule_step){.num = 1, .den = last ? 1 : 2, .down = chance(c, 30)};
        if (chance(c, 20)) s[i] = (struct schedule_step){.count = 1 + i};
        s[i].deadline.op = DEADLINE_BY;
        s[i].deadline.point = random_point(c);
    }
    p->steps = s;
    p->n_steps = n;
    p->stock = 0;
    p->basis = &c->stock.declared;
}

/* Checks are fires, whose size says how many are present. */
static void random_sites(struct random_case *c)
{
    struct provision *p = &c->provision;
    static const uint32_t both[] = {0, 1};
    for (uint32_t i = 0; i < 2; i++)
        c->sites[i] = (struct site){.owner = parties[i],
                                    .check = FIRE,
                                    .of = 0,
                                    .present = 1,
                                    .access = LANG_NONE,
                                    .declared = 1 + (int64_t)below(c, 6)};
    p->act = (struct phrase){.kind = FIRE, .who = WHO_ANYONE, .zone = LANG_NONE};
    p->sites = (struct indices){both, 2};
    p->inside = true;
}

static void random_in_step(struct random_case *c)
{
    struct provision *p = &c->provision;
    static const uint32_t kinds_of[] = {FIRE, NOTICE, STORM};
    for (uint32_t i = 0; i < 2; i++) {
        c->processes[i] = (struct process){.label = STR("a process"),
                                           .step = random_phrase(c, kinds_of[below(c, 3)])};
        if (c->processes[i].step.who == WHO_BEARER) c->processes[i].step.who = WHO_ANYONE;
        c->processes[i].total = 1 + (int64_t)below(c, 3);
        p->processes[i] = i;
    }
    p->bearers.n = 0;
    p->together = true;
    p->gap = chance(c, 15) ? -1 : (int64_t)below(c, 80) * 100;
}

/* A provision of nothing in particular, by the first `n` parties. */
static struct provision blank(struct str name, enum pattern pattern, uint32_t n)
{
    return (struct provision){.name = name,
                              .pattern = pattern,
                              .bearers = {parties, n},
                              .group = LANG_NONE,
                              .amends = LANG_NONE,
                              .amendment = LANG_NONE,
                              .ended_by = LANG_NONE,
                              .next_version = LANG_NONE,
                              .from = INSTANT_MIN,
                              .until = INSTANT_MAX,
                              .despite = LANG_NONE,
                              .justifies = LANG_NONE,
                              .body = LANG_NONE};
}

/* A duty that follows violations of a ban, which is provision 1. */
static void random_consequence(struct random_case *c, bool plain)
{
    struct provision *p = &c->provision;
    p->deadline.op = DEADLINE_WITHIN;
    p->deadline.period = random_seconds(c, 4);
    p->trigger = (struct trigger){.op = TRIGGER_VIOLATION,
                                  .provision = 1,
                                  .count = plain ? 1 : 1 + (uint32_t)below(c, 2),
                                  .by_one = chance(c, 50),
                                  .phrase = {.kind = LANG_NONE, .zone = LANG_NONE}};
    if (p->trigger.count > 1 && chance(c, 70)) p->trigger.window = random_seconds(c, 6);
    if (chance(c, 40)) p->trigger.violator = chance(c, 50) ? VIOLATOR_SAME : VIOLATOR_OTHER;
    if (p->trigger.violator) p->bearers.n = 2;
    uint32_t n = p->trigger.violator || chance(c, 80) ? 2 : 1;
    struct provision *ban = &c->both[1];
    *ban = blank(STR("ban"), PATTERN_FORBID, n);
    ban->act = random_phrase(c, FIRE);
    ban->act.who = WHO_BEARER;
    if (!plain && chance(c, 30)) ban->unless = random_condition(c, 0);
}

/* The provision may be justified by one of its bearers, or by each. */
static void random_justification(struct random_case *c)
{
    struct provision *q = &c->both[1];
    *q = blank(STR("plea"), PATTERN_JUSTIFY, chance(c, 70) ? c->provision.bearers.n : 1);
    q->justifies = 0;
    q->body = 2;
    q->act = (struct phrase){.kind = MINES, .who = WHO_BEARER, .zone = LANG_NONE};
    q->deadline.period = random_seconds(c, 9);
}

/* The provision may be suspended by notice, by the one or the other, after violations of a ban, which is
 * provision 1; the right is provision 2. */
static void random_right(struct random_case *c)
{
    struct provision *ban = &c->both[1], *right = &c->both[2], *p = &c->provision;
    struct power *w = arena_alloc(&c->arena, sizeof(*w));
    struct condition *runs = arena_alloc(&c->arena, sizeof(*runs));
    struct force_rule *r = arena_alloc(&c->arena, sizeof(*r));
    *ban = blank(STR("ban"), PATTERN_FORBID, 2);
    ban->act = random_phrase(c, FIRE);
    ban->act.who = WHO_BEARER;
    *right = blank(STR("right"), PATTERN_DECIDE, 2);
    right->trigger = (struct trigger){.op = TRIGGER_VIOLATION,
                                      .provision = 1,
                                      .count = 1 + (uint32_t)below(c, 2),
                                      .by_one = chance(c, 80),
                                      .violator = chance(c, 60) ? VIOLATOR_OTHER : VIOLATOR_ANY,
                                      .phrase = {.kind = LANG_NONE, .zone = LANG_NONE}};
    if (right->trigger.violator) right->trigger.by_one = true;
    if (right->trigger.count > 1 && chance(c, 70)) right->trigger.window = random_seconds(c, 8);
    *w = (struct power){.op = POWER_SUSPEND,
                        .notice = {.kind = NOTICE, .who = WHO_BEARER, .zone = LANG_NONE},
                        .stretch = random_seconds(c, 4),
                        .covered = chance(c, 60)};
    right->power = w;
    *runs = (struct condition){.op = COND_SUSPENSION,
                               .phrase = w->notice,
                               .window = w->stretch,
                               .provision = 1,
                               .power = 2};
    *r = (struct force_rule){.op = FORCE_SUSPENDED,
                             .subject = FORCE_PROVISION,
                             .when = runs,
                             .by = LANG_NONE,
                             .moves = chance(c, 60),
                             .of_power = true};
    r->unexpired = r->moves && chance(c, 70);
    c->force = r;
    c->n_force = 1;
    if (!chance(c, 60)) return;
    struct frame *f = arena_alloc(&c->arena, sizeof(*f));
    *f = (struct frame){.op = (enum frame_op)below(c, 5), .point = random_point(c)};
    p->frames = f;
    p->n_frames = 1;
}

static void random_provision(struct random_case *c, enum pattern pattern, bool plain)
{
    struct provision *p = &c->provision;
    static const uint32_t acts[] = {
        [PATTERN_FORBID] = FIRE,       [PATTERN_DUTY] = NOTICE,   [PATTERN_KEEP] = WEAPON,
        [PATTERN_STATUS] = CALM,       [PATTERN_CAP] = FIRE,      [PATTERN_ONLY] = FIRE,
        [PATTERN_LAPSE] = NOTICE,      [PATTERN_SCHEDULE] = FIRE, [PATTERN_IN_STEP] = FIRE,
        [PATTERN_CONSEQUENCE] = NOTICE};
    uint32_t act = acts[pattern];
    if (act == NOTICE && pattern != PATTERN_CONSEQUENCE && chance(c, 50)) act = FIRE;
    if (pattern == PATTERN_STATUS && chance(c, 50)) act = WEAPON;
    *p = blank(STR("rule"), pattern, chance(c, 80) ? 2 : 1);
    p->act = random_phrase(c, act);
    p->act.who = WHO_BEARER;
    if (pattern == PATTERN_KEEP) p->act.zone = 0;
    if (pattern == PATTERN_STATUS) p->act.zone = LANG_NONE;
    p->inside = chance(c, 40);
    if (pattern == PATTERN_KEEP && c->number % 3 == 0) random_sites(c);
    p->negated = chance(c, 50);
    p->count = 1 + (uint32_t)below(c, 2);
    if (pattern == PATTERN_CAP && chance(c, 80)) p->window = random_seconds(c, 6);
    if (pattern == PATTERN_DUTY) random_duty(c, plain);
    if (pattern == PATTERN_SCHEDULE) random_schedule(c);
    if (pattern == PATTERN_IN_STEP) random_in_step(c);
    if (pattern == PATTERN_LAPSE) {
        p->deadline.op = DEADLINE_BY;
        p->deadline.point = random_point(c);
    }
    if (pattern == PATTERN_CONSEQUENCE) random_consequence(c, plain);
    if (pattern == PATTERN_ONLY || pattern == PATTERN_LAPSE)
        p->only = random_condition(c, plain ? 0 : 1);
    if (plain) return;
    if (chance(c, 15)) p->from = random_point(c).first; /* a version of an amended sentence */
    if (chance(c, 15)) p->until = random_point(c).first;
    if (chance(c, 30)) random_frames(c);
    if (chance(c, 20)) p->if_ = random_condition(c, 1);
    if (chance(c, 30)) p->unless = random_condition(c, 1);
}

/* A condition that begins within the ticks: the judge's time has a beginning, and what holds since
 * ever would begin there. */
static const struct condition *random_beginning(struct random_case *c)
{
    const struct condition *x;
    do {
        x = random_condition(c, 0);
    } while (x->op == COND_UNTIL);
    return x;
}

/* Rules of force over the one provision. */
static void random_force(struct random_case *c)
{
    static const enum force_op ops[] = {FORCE_STARTS,    FORCE_WHILE, FORCE_SUSPENDED,
                                        FORCE_SUSPENDED, FORCE_ENDED, FORCE_CONTINUED};
    struct force_rule *r = arena_array(&c->arena, 2, sizeof(*r));
    uint32_t n = 1 + (uint32_t)below(c, 2);
    const struct provision *p = &c->provision;
    bool moves = (p->deadline.op == DEADLINE_BY || p->trigger.op == TRIGGER_POINT) && chance(c, 60);
    for (uint32_t i = 0; i < n; i++) {
        r[i].op = ops[below(c, sizeof(ops) / sizeof(ops[0]))];
        r[i].subject = chance(c, 50) ? FORCE_AGREEMENT : FORCE_PROVISION;
        r[i].by = LANG_NONE;
        bool begins = r[i].op == FORCE_SUSPENDED || r[i].op == FORCE_ENDED;
        r[i].when = begins ? random_beginning(c) : random_condition(c, 1);
        r[i].begins = chance(c, 60);
        if (r[i].op == FORCE_SUSPENDED && chance(c, 40)) r[i].until = random_beginning(c);
        if (r[i].op == FORCE_SUSPENDED && chance(c, 40)) r[i].period = random_seconds(c, 4);
        if (r[i].op == FORCE_ENDED && chance(c, 50)) r[i].period = random_seconds(c, 4);
        if (r[i].op == FORCE_CONTINUED) r[i].period = random_seconds(c, 4);
        r[i].unless = chance(c, 50);
        r[i].again = chance(c, 50);
        r[i].moves = r[i].op == FORCE_SUSPENDED && moves;
    }
    c->force = r;
    c->n_force = n;
}

/* ---- the record ---- */

static void random_span(struct random_case *c, instant *lo, instant *hi)
{
    *lo = JUDGE_BASE + 1 + (instant)below(c, TICKS - 2);
    *hi = *lo + (chance(c, 50) ? 0 : (instant)below(c, 4));
    if (*hi >= JUDGE_BASE + TICKS) *hi = JUDGE_BASE + TICKS - 1;
}

static void random_report(struct random_case *c, const char *id, uint32_t kind)
{
    struct content says = {.place = {FACTS_NONE, FACTS_NONE, FACTS_NONE}};
    uint32_t who[3] = {0, 1, FACTS_OTHER_ACTOR};
    struct value values[2] = {VALUE_UNKNOWN, {5, 5}};
    random_span(c, &says.start_lo, &says.start_hi);
    says.end_lo = says.start_lo;
    says.end_hi = says.start_hi;
    if (kinds[kind].is_state) {
        random_span(c, &says.end_lo, &says.end_hi);
        if (says.end_lo < says.start_lo) says.end_lo = says.start_lo;
        if (says.end_hi < says.end_lo) says.end_hi = says.end_lo;
        if (says.end_hi < says.start_hi) says.end_hi = says.start_hi;
    }
    uint64_t shape = below(c, 10);
    says.actors = who;
    says.n_actors = shape < 6 ? 1 : shape < 8 ? 2 : shape == 8 ? 3 : 0;
    if (says.n_actors == 1) who[0] = (uint32_t)below(c, 2);
    if (chance(c, 85)) says.place[0] = (uint32_t)below(c, 3);
    if (chance(c, 30)) values[1] = (struct value){(int64_t)below(c, 6), (int64_t)(2 + below(c, 6))};
    if (values[1].hi < values[1].lo) values[1].hi = values[1].lo;
    if (chance(c, 10)) values[1] = VALUE_UNKNOWN;
    says.values = values;
    says.n_values = 2;
    struct report_in in = {.id = str_of(id), .kind = kind, .says = says, .recorded = INSTANT_MIN};
    in.grade = chance(c, 75) ? GRADE_SEEN : GRADE_REPORTED;
    facts_add(&c->facts, &in, NULL);
}

/* An act of which only the time may be open. */
static void random_sure_act(struct random_case *c, const char *id, uint32_t kind, uint32_t who)
{
    struct value values[2] = {VALUE_UNKNOWN, {5, 5}};
    struct content says = {
        .place = {0, FACTS_NONE, FACTS_NONE}, .actors = &who, .n_actors = 1, .values = values};
    random_span(c, &says.start_lo, &says.start_hi);
    says.end_lo = says.start_lo;
    says.end_hi = says.start_hi;
    says.n_values = 2;
    struct report_in in = {
        .id = str_of(id), .kind = kind, .says = says, .grade = GRADE_SEEN, .recorded = INSTANT_MIN};
    facts_add(&c->facts, &in, NULL);
}

static void mostly_sure(struct random_case *c, const char *id, uint32_t kind, uint32_t who)
{
    if (chance(c, 75))
        random_sure_act(c, id, kind, who);
    else
        random_report(c, id, kind);
}

/* A step of a justification, mostly as it should be. */
static void random_step(struct random_case *c, const char *id, const char *word)
{
    bool decides = word[0] == 'a' || word[0] == 'r';
    uint32_t who[2] = {decides ? 2 : (uint32_t)below(c, 100) < 8, 1};
    struct value values[GROUND_ATTRIBUTES] = {VALUE_UNKNOWN, VALUE_UNKNOWN, VALUE_UNKNOWN, {2, 2}};
    struct content says = {.place = {FACTS_NONE, FACTS_NONE, FACTS_NONE}, .actors = who};
    uint64_t about = below(c, 100);
    const char *incident = about < 90 ? "a" : about < 95 ? "rule" : "b";
    if (c->provision.pattern == PATTERN_DUTY && c->provision.trigger.op != TRIGGER_EVENT &&
        about < 90)
        incident = "rule";
    int64_t text = facts_text(&c->facts, str_of(incident));
    if (!chance(c, 6)) values[GROUND_INCIDENT] = (struct value){text, text};
    text = facts_text(&c->facts, str_of(word));
    values[GROUND_STEP] = (struct value){text, text};
    says.n_actors = chance(c, 90) ? 1 : chance(c, 50) ? 0 : 2;
    if (says.n_actors == 2) who[0] = 0;
    says.start_lo = JUDGE_BASE + 1 + (instant)below(c, TICKS - 1);
    says.start_hi = says.end_lo = says.end_hi = says.start_lo;
    says.values = values;
    says.n_values = GROUND_ATTRIBUTES;
    struct report_in in = {.id = str_of(id), .kind = MINES, .says = says, .recorded = INSTANT_MIN};
    in.grade = chance(c, 85) ? GRADE_SEEN : GRADE_REPORTED;
    facts_add(&c->facts, &in, NULL);
}

static void random_steps(struct random_case *c)
{
    uint32_t kind = c->provision.trigger.op == TRIGGER_EVENT ? STORM : c->provision.act.kind;
    random_report(c, "a", kind);
    random_step(c, "b", "claimed");
    random_step(c, "c", "shown");
    random_step(c, "d", "accepted");
    if (chance(c, 25)) random_step(c, "e", chance(c, 70) ? "rejected" : "accepted");
}

static void random_facts(struct random_case *c)
{
    static const uint8_t counts[CASE_KINDS] = {2, 2, 2, 2, 2, GROUND_ATTRIBUTES};
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    facts_init(&c->facts, CASE_KINDS, counts);
    if (c->both[1].pattern == PATTERN_JUSTIFY) {
        random_steps(c);
        return;
    }
    if (c->both[2].power) {
        mostly_sure(c, "a", FIRE, 0);
        mostly_sure(c, "b", chance(c, 80) ? FIRE : NOTICE, 0);
        mostly_sure(c, "c", NOTICE, 1);
        random_report(c, "d", c->provision.act.kind);
        return;
    }
    uint64_t n = below(c, 4);
    bool counting =
        c->provision.pattern == PATTERN_SCHEDULE || c->provision.pattern == PATTERN_IN_STEP;
    if (counting && n < 2) n += 2;
    bool cap = c->provision.pattern == PATTERN_CAP;
    if (cap) n = 2 + below(c, 2);
    if (cap && chance(c, 50)) { /* as many as are too many, or one more */
        n = c->provision.count + 1 + below(c, 2);
        for (uint64_t i = 0; i < n; i++) random_sure_act(c, names[i], c->provision.act.kind, 0);
        return;
    }
    for (uint64_t i = 0; i < n; i++) {
        uint32_t kind = chance(c, cap ? 90 : 50) && c->provision.act.kind != LANG_NONE
                            ? c->provision.act.kind
                            : (uint32_t)below(c, MINES);
        random_report(c, names[i], kind);
        if (chance(c, 20)) random_report(c, names[i], kind);
    }
}

/* What bodies say of the facts: who did it; that it is excused, and perhaps that it is not after all.
 * The mission has the power over rulings, of the first provision or of all. */
static void random_findings(struct random_case *c)
{
    struct power *power = arena_array(&c->arena, 2, sizeof(*power));
    c->judge.over = chance(c, 50) ? LANG_NONE : 0;
    power[0] = (struct power){.op = POWER_EXCUSE, .provision = c->judge.over};
    power[1] = (struct power){.op = POWER_REOPEN, .provision = c->judge.over};
    for (uint32_t i = 0; i < 2; i++) {
        c->powers[i] = blank(STR("power"), PATTERN_DECIDE, 0);
        c->powers[i].bearers = (struct indices){bodies, 1};
        c->powers[i].power = &power[i];
    }
    for (size_t i = 0; i < c->facts.n_facts; i++) {
        const struct fact *f = &c->facts.facts[i];
        struct finding x = {
            .kind = f->kind, .body = 2, .actor = FACTS_NONE, .fact = FACTS_NONE, .recorded = 1};
        struct str id = intern_str(&c->facts.texts, f->identity);
        if (kinds[f->kind].ground) continue;
        if (chance(c, 40)) {
            x.says = FINDING_ATTRIBUTED;
            x.actor = (uint32_t)below(c, 2);
            c->judge.found[i] = x.actor + 1;
            facts_add_finding(&c->facts, &x, id);
        }
        x.actor = FACTS_NONE;
        x.says = FINDING_EXCUSED;
        if (!chance(c, 40)) continue;
        c->judge.excused[i] = chance(c, 70);
        facts_add_finding(&c->facts, &x, id);
        x.says = FINDING_REOPENED;
        x.recorded = 2;
        if (!c->judge.excused[i]) facts_add_finding(&c->facts, &x, id);
    }
}

static void cover(struct random_case *c, enum coverage_where where, uint32_t kind, instant from,
                  instant to)
{
    struct coverage record = {.where = where, .area = 0, .by = 2, .from = from, .to = to};
    facts_add_coverage(&c->facts, &record, &kind, 1);
}

/* At the first tick and before everything is covered, so that the ticks are all of time: what is not
 * on record then was not. */
static void random_coverage(struct random_case *c)
{
    bool none = chance(c, 20), all = chance(c, 40);
    c->closed = !none && all;
    for (uint32_t k = 0; k < MINES; k++) {
        cover(c, COVERAGE_EVERYWHERE, k, INSTANT_MIN, JUDGE_BASE);
        c->judge.covered_all[k] = c->judge.covered_zone[k] = 1;
        for (int t = 1; t < TICKS; t++) {
            instant at = JUDGE_BASE + t;
            bool everywhere = !none && (all || chance(c, 60)), zone = !none && chance(c, 60);
            if (everywhere) {
                cover(c, COVERAGE_EVERYWHERE, k, at, at);
                c->judge.covered_all[k] |= 1U << t;
            } else if (zone) {
                cover(c, COVERAGE_ZONE, k, at, at);
            }
            if (everywhere || zone) c->judge.covered_zone[k] |= 1U << t;
        }
    }
}

static enum status tell_sides(void *ctx, uint32_t zone, uint32_t reading, uint8_t *out)
{
    (void)ctx, (void)zone, (void)reading;
    memcpy(out, sides, sizeof(sides));
    return STATUS_OK;
}

void random_case_init(struct random_case *c, uint64_t seed, enum pattern pattern, bool plain)
{
    memset(c, 0, sizeof(*c));
    arena_init(&c->arena);
    c->number = c->seed = seed;
    static const enum pattern justified[] = {PATTERN_FORBID, PATTERN_FORBID, PATTERN_KEEP,
                                             PATTERN_DUTY};
    bool justify = pattern == PATTERN_JUSTIFY, suspend = pattern == PATTERN_DECIDE;
    if (justify || suspend) pattern = justified[below(c, 4)];
    random_provision(c, pattern, plain || suspend);
    if (justify) random_justification(c);
    if (suspend) random_right(c);
    if (!plain && !suspend && chance(c, 40)) random_force(c);
    random_facts(c);
    bool findings = !suspend && chance(c, 25);
    if (findings) random_findings(c);
    random_coverage(c);
    facts_seal(&c->facts);
    c->facts.places = (struct place_book){.n_places = 3, .sides = tell_sides};
    uint32_t n = suspend ? 3 : justify || pattern == PATTERN_CONSEQUENCE ? 2 : 1;
    c->both[0] = c->provision;
    for (uint32_t i = 0; findings && i < 2; i++) c->both[n++] = c->powers[i];
    c->g = (struct agreement){.header = {.title = STR("a case"),
                                         .from = JUDGE_BASE + 1,
                                         .until = JUDGE_BASE + TICKS - 2,
                                         .expiry = JUDGE_BASE + TICKS / 2 + 1,
                                         .zone = zone_utc(),
                                         .day_one_term = LANG_NONE},
                              .actors = actors,
                              .n_actors = 3,
                              .zones = zones,
                              .n_zones = 1,
                              .kinds = kinds,
                              .n_kinds = CASE_KINDS,
                              .stocks = &c->stock,
                              .n_stocks = 1,
                              .amounts = c->amounts,
                              .n_amounts = 2,
                              .processes = c->processes,
                              .n_processes = 2,
                              .sites = c->sites,
                              .n_sites = 2,
                              .force = c->force,
                              .n_force = c->n_force,
                              .provisions = c->both,
                              .n_provisions = n};
    c->judge.reading = LANG_NONE;
    c->judge.g = &c->g;
    c->judge.facts = &c->facts;
    c->judge.sides = sides;
    c->judge.at = JUDGE_BASE + (instant)(chance(c, 50) ? TICKS - 1 : (int)below(c, TICKS));
    c->closed &= c->judge.at == JUDGE_BASE + TICKS - 1;
    c->counts = pattern == PATTERN_CAP ||
                (pattern == PATTERN_CONSEQUENCE && c->provision.trigger.count > 1);
    c->repeats = !plain || suspend || (justify && pattern != PATTERN_FORBID);
}

void random_case_free(struct random_case *c)
{
    facts_free(&c->facts);
    arena_free(&c->arena);
}
