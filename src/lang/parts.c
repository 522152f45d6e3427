/* What may stand behind the act of a provision, part by part: a table.
 *
 * The order of the table is the order of the sentence.  Parts are read in whatever order they come,
 * so that a part out of order can be told from nonsense and the sentence be shown mended. */
#include "lang/draft.h"

static bool once(struct parser *p, bool *has, const char *what)
{
    if (*has) {
        struct diag *x = refuse(p, "twice", place_now(p), "this provision has %s already", what);
        diag_fix(p->d, x, "write two provisions");
        return false;
    }
    *has = true;
    return true;
}

/* ---- object, with, place ---- */

static bool look_object(const struct parser *p, const struct draft *dr)
{
    const struct kind *k = VEC_AT(p->kinds, struct kind, dr->pv.act.kind);
    if (k->whom != LANG_NONE && dr->pv.act.n_tests == 0 && look_who(p)) return true;
    const struct token *t = token_now(p);
    uint32_t i = t->kind == TOKEN_WORD ? kind_attribute(k, t->text) : LANG_NONE;
    if (i == LANG_NONE || k->attributes[i].type != ATTRIBUTE_ACTOR || i == k->actor) return false;
    struct parser q = *p;
    q.at++;
    return look_who(&q) || !look_point(&q);
}

static bool read_object(struct parser *p, struct draft *dr)
{
    p->each_object = dr->pv.pattern == PATTERN_DUTY;
    bool good = read_objects(p, &dr->pv.act);
    p->each_object = false;
    return good;
}

static bool look_with(const struct parser *p, const struct draft *dr)
{
    (void)dr;
    return look(p, "with");
}

static bool read_with(struct parser *p, struct draft *dr)
{
    return read_tests(p, &dr->pv.act);
}

static bool look_where(const struct parser *p, const struct draft *dr)
{
    return look_place(p, &dr->pv.act);
}

static bool read_where(struct parser *p, struct draft *dr)
{
    return once(p, &dr->has_place, "a place") && read_place(p, &dr->pv.act);
}

/* ---- count ---- */

static bool look_count(const struct parser *p, const struct draft *dr)
{
    (void)dr;
    if (!look(p, "more than") && !look(p, "at least") && !look(p, "at most")) return false;
    if (look_ahead(p, 2, "once") || look_ahead(p, 2, "twice")) return true;
    return look_ahead(p, 3, "times") || look_ahead(p, 3, "time");
}

static bool read_count(struct parser *p, struct draft *dr)
{
    size_t first = p->at;
    if (!once(p, &dr->has_count, "a count")) return false;
    if (!eat(p, "more than")) {
        struct diag *x = refuse(p, "count-form", place_now(p),
                                "a count limits from above: it is said with \"more than\"");
        diag_fix(p->d, x, "write: must not … more than 2 times in any 7 days");
        return false;
    }
    int64_t n;
    if (!read_number(p, &n)) return false;
    if (n < 0 || n >= UINT32_MAX) {
        refuse(p, "bad-count", place_last(p), "this many times cannot be counted");
        return false;
    }
    dr->pv.count = (uint32_t)n;
    if (!eat(p, "times")) eat(p, "time");
    if (eat(p, "in any") && !read_duration(p, &dr->pv.window)) return false;
    if (!eat(p, "in total")) eat(p, "in all");
    dr->count_at = place_join(p->tokens.v[first].at, place_last(p));
    return true;
}

/* ---- triggers ---- */

static bool read_trigger(struct parser *p, struct trigger *t)
{
    size_t first = p->at, back;
    uint32_t provision;
    *t = (struct trigger){.provision = LANG_NONE, .phrase = {.kind = LANG_NONE, .zone = LANG_NONE}};
    if (eat(p, "the agreement enters into force") || eat(p, "entry into force")) {
        t->op = TRIGGER_POINT;
        t->point = (struct point){.op = POINT_FORCE, .date = LANG_NONE, .term = LANG_NONE};
    } else if (look_point(p)) {
        t->op = TRIGGER_POINT;
        if (!read_point(p, &t->point)) return false;
    } else if (back = p->at, name_eat(p, SORT_PROVISION, &provision)) {
        if (eat(p, "enters into force") || eat(p, "takes effect")) {
            t->op = TRIGGER_POINT; /* its own first frame, if any: found when all is read */
            t->provision = provision;
            t->point = (struct point){.op = POINT_FORCE, .date = LANG_NONE, .term = LANG_NONE};
        } else {
            const struct condition *c = NULL;
            p->at = back;
            if (!read_condition(p, &c)) return false;
            bool plain = c->op == COND_VIOLATED;
            t->op = plain ? TRIGGER_VIOLATION : TRIGGER_WHEN;
            t->condition = plain ? NULL : c;
            t->provision = plain ? c->provision : LANG_NONE;
            t->count = c->count;
            t->window = c->window;
        }
    } else {
        const struct condition *c = NULL;
        if (!look_event(p)) return name_unknown(p, SORT_KIND, "an event or a point of time");
        back = p->at;
        if (!read_condition(p, &c)) return false;
        bool one = c->op == COND_HAPPENED && duration_none(&c->window) &&
                   !(c->phrase.who == WHO_EACH_OF && c->phrase.actors.n > 1);
        t->op = one ? TRIGGER_EVENT : TRIGGER_WHEN;
        if (!one) t->condition = c;
        if (one) {
            p->at = back;
            if (!read_event(p, &t->phrase, &t->recorded)) return false;
        }
    }
    t->at = place_join(p->tokens.v[first].at, place_last(p));
    return true;
}

/* ---- deadlines ---- */

static bool look_deadline(const struct parser *p, const struct draft *dr)
{
    (void)dr;
    if (look(p, "within") || look(p, "every")) return true;
    if (look(p, "by")) return true;
    return look(p, "at least") && !look_ahead(p, 3, "times");
}

static bool read_within(struct parser *p, struct draft *dr)
{
    struct deadline *d = &dr->pv.deadline;
    d->op = DEADLINE_WITHIN;
    if (!look_duration(p) && token_ahead(p, 1)->kind == TOKEN_WORD) {
        const struct unit *u = unit_find(token_ahead(p, 1)->text);
        if (u && u->dimension == DIMENSION_LENGTH) {
            struct diag *x = refuse(p, "distance-as-place", place_now(p),
                                    "a distance is a zone, and a zone has a name");
            diag_fix(p->d, x,
                     "declare it: zone near_line is within 25 km of line. and write: in "
                     "near_line");
            return false;
        }
    }
    if (!read_duration(p, &d->period)) return false;
    d->working = d->period.working_days > 0;
    if (dr->consequence && !look(p, "after")) return read_within_consequence(p, dr);
    if (look(p, "of")) {
        struct diag *x =
            refuse(p, "within-of", place_now(p), "\"within … of\" may be before or after");
        diag_fix(p->d, x, "write: within %.*s after …", STR_ARG(d->period.text));
        return false;
    }
    if (!expect(p, "after", "write: within 2 days after … (an event or a point of time)"))
        return false;
    return read_trigger(p, &dr->pv.trigger);
}

static bool read_ahead(struct parser *p, struct draft *dr)
{
    struct deadline *d = &dr->pv.deadline;
    d->op = DEADLINE_AHEAD;
    if (!read_duration(p, &d->period)) return false;
    if (!expect(p, "before", "write: at least 48 hours before exercise begins")) return false;
    if (!read_event(p, &dr->pv.trigger.phrase, &dr->pv.trigger.recorded)) return false;
    dr->pv.trigger.op = TRIGGER_EVENT;
    dr->pv.trigger.at = dr->pv.trigger.phrase.at;
    if (eat_punct(p, ',') && !look(p, "counted")) p->at--;
    if (eat(p, "counted from receipt") || eat(p, "counted from its record"))
        dr->pv.trigger.recorded = true;
    return true;
}

static bool read_deadline(struct parser *p, struct draft *dr)
{
    size_t first = p->at;
    if (!once(p, &dr->has_deadline, "a deadline")) return false;
    struct deadline *d = &dr->pv.deadline;
    bool good;
    if (eat(p, "within")) {
        good = read_within(p, dr);
    } else if (eat(p, "every")) {
        d->op = DEADLINE_EVERY;
        good = look(p, "day") || look(p, "week") || look(p, "month") || look(p, "hour")
                   ? (d->period = (struct duration){0}, true)
                   : read_duration(p, &d->period);
        if (good && duration_none(&d->period)) { /* "every day" */
            const struct unit *u = unit_find(token_now(p)->text);
            d->period.text = str_fmt(p->arena, "1 %s", u->word);
            d->period.seconds = u->dimension == DIMENSION_DURATION ? u->scale : 0;
            d->period.days = u->scale > 0 && !d->period.seconds ? (int32_t)u->scale : 0;
            d->period.months = u->scale < 0 ? (int32_t)-u->scale : 0;
            p->at++;
        }
    } else if (eat(p, "at least")) {
        good = read_ahead(p, dr);
    } else {
        p->at++; /* by */
        d->op = DEADLINE_BY;
        if (!look_point(p))
            return expected(p, "a point of time",
                            "write a date, \"the end of day 14\" or a declared date");
        good = read_point(p, &d->point);
    }
    d->at = place_join(p->tokens.v[first].at, place_last(p));
    dr->deadline_at = d->at;
    return good;
}

bool read_deadline_part(struct parser *p, struct draft *dr)
{
    return read_deadline(p, dr);
}

bool look_object_part(const struct parser *p, const struct draft *dr)
{
    return look_object(p, dr);
}

/* ---- frames, if, unless ---- */

static const struct {
    const char *word;
    enum frame_op op;
} frame_words[] = {{"from", FRAME_FROM},
                   {"after", FRAME_AFTER},
                   {"until", FRAME_UNTIL},
                   {"before", FRAME_BEFORE},
                   {"while", FRAME_WHILE}};
#define FRAME_WORDS (sizeof frame_words / sizeof frame_words[0])

bool look_frame(const struct parser *p)
{
    for (size_t i = 0; i < FRAME_WORDS; i++)
        if (look(p, frame_words[i].word)) return true;
    return false;
}

bool read_frame(struct parser *p, struct draft *dr)
{
    size_t first = p->at, i = 0;
    while (!look(p, frame_words[i].word)) i++;
    p->at++;
    struct frame f = {.op = frame_words[i].op};
    if (f.op != FRAME_WHILE && look_point(p)) {
        if (!read_point(p, &f.point)) return false;
    } else if (!read_condition(p, &f.condition)) {
        return false;
    }
    f.at = place_join(p->tokens.v[first].at, place_last(p));
    struct frame *slot = vec_add(p, &dr->frames, sizeof *slot);
    if (slot) *slot = f;
    return slot != NULL;
}

static bool look_frame_part(const struct parser *p, const struct draft *dr)
{
    (void)dr;
    return look_frame(p);
}

static bool look_if(const struct parser *p, const struct draft *dr)
{
    (void)dr;
    return look(p, "if");
}

bool read_if(struct parser *p, struct draft *dr)
{
    bool has = dr->pv.if_ != NULL;
    p->at++;
    return once(p, &has, "an \"if\"") && read_condition(p, &dr->pv.if_);
}

static bool look_unless(const struct parser *p, const struct draft *dr)
{
    (void)dr;
    return look(p, "unless");
}

static bool read_unless(struct parser *p, struct draft *dr)
{
    bool has = dr->pv.unless != NULL;
    p->at++;
    return once(p, &has, "an \"unless\"") && read_condition(p, &dr->pv.unless);
}

/* ---- the table ---- */

static const struct part {
    const char *name;
    bool (*looks)(const struct parser *p, const struct draft *dr);
    bool (*read)(struct parser *p, struct draft *dr);
} parts[PARTS] = {
    [PART_OBJECT] = {"the object", look_object, read_object},
    [PART_WITH] = {"\"with …\"", look_with, read_with},
    [PART_PLACE] = {"the place", look_where, read_where},
    [PART_COUNT] = {"the count", look_count, read_count},
    [PART_DEADLINE] = {"the deadline", look_deadline, read_deadline},
    [PART_FRAME] = {"the time frame", look_frame_part, read_frame},
    [PART_IF] = {"\"if …\"", look_if, read_if},
    [PART_UNLESS] = {"\"unless …\"", look_unless, read_unless},
};

/* The sentence with its parts in the order of the table. */
static struct str mended(struct parser *p, const struct draft *dr)
{
    struct buf b;
    buf_init(&b);
    buf_add(&b, words_text(p, dr->bearer_first, dr->act_end));
    for (int order = 0; order < PARTS; order++)
        for (size_t i = 0; i < dr->segments.n; i++) {
            const struct segment *s = VEC_AT(dr->segments, struct segment, i);
            if ((int)s->order != order) continue;
            buf_putc(&b, ' ');
            buf_add(&b, words_text(p, s->first, s->end));
        }
    struct str s = b.failed ? STR("") : str_dup(p->arena, buf_str(&b));
    buf_free(&b);
    return s;
}

static bool check_order(struct parser *p, const struct draft *dr)
{
    for (size_t i = 1; i < dr->segments.n; i++) {
        const struct segment *a = VEC_AT(dr->segments, struct segment, i - 1), *b = a + 1;
        if (a->order <= b->order) continue;
        struct place at = place_join(p->tokens.v[b->first].at, p->tokens.v[b->end - 1].at);
        struct diag *x = refuse(p, "phrase-order", at, "%s stands before %s in a provision",
                                parts[b->order].name, parts[a->order].name);
        diag_fix(p->d, x, "write: %.*s.", STR_ARG(mended(p, dr)));
        return false;
    }
    return true;
}

/* "north and south must notify together": who acts together is said of those who act. */
static bool refuse_together(struct parser *p, const struct draft *dr)
{
    struct diag *x = refuse(p, "together-behind", place_now(p),
                            "\"together\" stands behind those who act, not behind what they do");
    diag_fix(p->d, x, "write: %.*s together %.*s …",
             STR_ARG(words_text(p, dr->bearer_first, dr->bearer_end)),
             STR_ARG(words_text(p, dr->act_first, p->at)));
    return false;
}

bool read_parts(struct parser *p, struct draft *dr)
{
    for (;;) {
        size_t back = p->at, i = 0;
        eat_punct(p, ',');
        while (i < PARTS && !parts[i].looks(p, dr)) i++;
        if (look(p, "together")) return refuse_together(p, dr);
        if (i == PARTS) {
            p->at = back;
            return check_order(p, dr);
        }
        struct segment *s = vec_add(p, &dr->segments, sizeof *s);
        if (!s) return false;
        *s = (struct segment){(enum part_order)i, p->at, p->at};
        if (!parts[i].read(p, dr)) return false;
        VEC_AT(dr->segments, struct segment, dr->segments.n - 1)->end = p->at;
    }
}
