#include "scene.h"

static const char *const head =
    "# Truce\n\n```truce\n"
    "agreement \"Truce\"\n"
    "  signed 2025-02-27;\n"
    "  in force from 2025-03-01 00:00 until 2025-03-30 24:00;\n"
    "  time zone UTC;\n"
    "  day 1 is 2025-03-01.\n\n"
    "party north.\nparty south.\nbody mission.\n"
    "zone belt is area \"Belt\".\n"
    "event fire (by party), in a zone, verb fires, fired, firing.\n"
    "event withdrawal_begun (by party), verb begin withdrawal, begins withdrawal, begun "
    "withdrawal, beginning withdrawal.\n"
    "filed event notice (by party), verb give notice, gives notice, given notice, giving notice.\n"
    "event exercise (by party), verb exercise, exercises, exercised, exercising.\n"
    "state weapon (of party), plural weapons.\n"
    "state neutrality (of party), status neutral.\n"
    "filed state storm_warning.\n"
    "event return_fire is a fire, verb return fire, returns fire, returned fire, returning fire.\n"
    "state silence.\n"
    "```\n\n## Article 1\n\nThe parties keep the truce.\n\n```truce\n";

static void show_errors(struct scene *s)
{
    struct buf out;
    buf_init(&out);
    diags_render(&s->diags, &out, false);
    print_error("%.*s\n", (int)out.n, out.p ? out.p : "");
    buf_free(&out);
}

static enum status tell_sides(void *ctx, uint32_t zone, uint32_t reading, uint8_t *out)
{
    (void)ctx, (void)zone, (void)reading;
    out[0] = SIDE_INSIDE;
    out[1] = SIDE_OUTSIDE;
    out[2] = SIDE_UNDECIDED;
    return STATUS_OK;
}

void scene_begin(struct scene *s, const char *provisions)
{
    uint8_t attributes[64];
    memset(s, 0, sizeof(*s));
    arena_init(&s->arena);
    diags_init(&s->diags, &s->arena);
    struct str text = str_fmt(&s->arena, "%s%s\n```\n", head, provisions);
    const struct source *source = source_new(&s->arena, STR("truce.md"), text);
    if (agreement_check(&s->arena, source, &s->diags, &s->g) != STATUS_OK) {
        show_errors(s);
        fail_msg("the agreement has errors");
    }
    for (uint32_t k = 0; k < s->g->n_kinds; k++)
        attributes[k] = (uint8_t)s->g->kinds[k].n_attributes;
    assert_int_equal(facts_init(&s->facts, s->g->n_kinds, attributes), STATUS_OK);
    s->facts.places = (struct place_book){.n_places = 3, .sides = tell_sides};
}

void scene_end(struct scene *s)
{
    if (s->judged) verdict_free(&s->verdicts);
    facts_free(&s->facts);
    arena_free(&s->arena);
}

instant scene_time(const char *iso)
{
    struct iso_time t;
    assert_true(iso_parse(str_of(iso), &t));
    return civil_to_seconds(t.civil);
}

static void read_span(const char *when, instant *from, instant *to)
{
    char text[64];
    snprintf(text, sizeof text, "%s", when);
    char *slash = strchr(text, '/');
    if (slash) *slash = 0;
    *from = *to = scene_time(text);
    if (slash) *to = scene_time(slash + 1);
}

void scene_report(struct scene *s, struct scene_report r)
{
    scene_amount(s, r, INT64_MIN, INT64_MAX);
}

void scene_amount(struct scene *s, struct scene_report r, int64_t lo, int64_t hi)
{
    uint32_t who[8], kind = agreement_kind(s->g, str_of(r.kind));
    struct value values[8];
    struct content says = {.place = {FACTS_NONE, FACTS_NONE, FACTS_NONE}, .actors = who};
    char names[64];
    assert_int_not_equal(kind, LANG_NONE);
    for (size_t i = 0; i < 8; i++) {
        enum attribute_type type = i < s->g->kinds[kind].n_attributes
                                       ? s->g->kinds[kind].attributes[i].type
                                       : ATTRIBUTE_TEXT;
        bool number = type != ATTRIBUTE_ACTOR && type != ATTRIBUTE_TEXT && lo <= hi;
        values[i] = number ? (struct value){lo, hi} : VALUE_UNKNOWN;
        if (type == ATTRIBUTE_YESNO && lo != INT64_MIN) values[i].lo = values[i].hi = lo <= hi;
    }
    snprintf(names, sizeof names, "%s", r.who);
    for (char *n = strtok(names, "|"); n && strcmp(n, "?") != 0; n = strtok(NULL, "|")) {
        who[says.n_actors] = agreement_actor(s->g, str_of(n));
        assert_int_not_equal(who[says.n_actors++], LANG_NONE);
    }
    read_span(r.when, &says.start_lo, &says.start_hi);
    says.end_lo = says.start_lo;
    says.end_hi = says.start_hi;
    if (s->g->kinds[kind].is_state) {
        says.end_lo = says.end_hi;
        says.start_hi = says.start_lo;
    }
    says.place[0] = !strcmp(r.where, "in")     ? 0
                    : !strcmp(r.where, "out")  ? 1
                    : !strcmp(r.where, "near") ? 2
                                               : FACTS_NONE;
    says.values = values;
    says.n_values = s->g->kinds[kind].n_attributes;
    struct str source = str_of(r.source ? r.source : "mission");
    struct report_in in = {.id = str_of(r.id),
                           .kind = kind,
                           .says = says,
                           .grade = r.grade,
                           .sources = &source,
                           .n_sources = 1,
                           .recorded = INSTANT_MIN};
    assert_int_equal(facts_add(&s->facts, &in, NULL), STATUS_OK);
}

void scene_cover(struct scene *s, const char *from, const char *to)
{
    struct coverage c = {.where = COVERAGE_EVERYWHERE,
                         .by = agreement_actor(s->g, STR("mission")),
                         .from = scene_time(from),
                         .to = scene_time(to)};
    assert_int_equal(facts_add_coverage(&s->facts, &c, NULL, 0), STATUS_OK);
}

void scene_ruling(struct scene *s, enum finding_says says, const char *kind, const char *id,
                  const char *body, const char *when)
{
    struct finding x = {.says = says,
                        .kind = agreement_kind(s->g, str_of(kind)),
                        .body = agreement_actor(s->g, str_of(body)),
                        .actor = FACTS_NONE,
                        .recorded = scene_time(when)};
    assert_int_equal(facts_add_finding(&s->facts, &x, str_of(id)), STATUS_OK);
}

void scene_attribute(struct scene *s, const char *kind, const char *id, const char *body,
                     const char *actor)
{
    struct finding x = {.says = FINDING_ATTRIBUTED,
                        .kind = agreement_kind(s->g, str_of(kind)),
                        .body = agreement_actor(s->g, str_of(body)),
                        .actor = agreement_actor(s->g, str_of(actor)),
                        .recorded = scene_time("2025-03-02T00:00:00")};
    assert_int_equal(facts_add_finding(&s->facts, &x, str_of(id)), STATUS_OK);
}

const struct verdict_row *scene_row(struct scene *s, const char *at, const char *id)
{
    struct verdict_options options = {INSTANT_MIN, INSTANT_MAX, scene_time(at), INSTANT_MAX};
    if (s->judged) verdict_free(&s->verdicts);
    if (!s->facts.sealed) assert_int_equal(facts_seal(&s->facts), STATUS_OK);
    s->judged = true;
    if (verdict_run(s->g, &s->facts, &options, &s->diags, &s->verdicts) != STATUS_OK) {
        show_errors(s);
        fail_msg("judging failed");
    }
    const struct verdict_row *row = verdict_find(&s->verdicts, str_of(id));
    if (!row) fail_msg("no row %s", id);
    return row;
}

void scene_step(struct scene *s, const char *ground, const char *id, const char *when,
                const char *who, const char *step, const char *incident)
{
    struct value values[GROUND_ATTRIBUTES] = {VALUE_UNKNOWN, VALUE_UNKNOWN, VALUE_UNKNOWN,
                                              VALUE_UNKNOWN};
    uint32_t actor = agreement_actor(s->g, str_of(who));
    int64_t text = facts_text(&s->facts, str_of(step)),
            body = agreement_actor(s->g, STR("mission"));
    values[GROUND_STEP] = (struct value){text, text};
    values[GROUND_TO] = (struct value){body, body};
    if (strcmp(incident, "?") != 0) {
        text = facts_text(&s->facts, str_of(incident));
        values[GROUND_INCIDENT] = (struct value){text, text};
    }
    instant at = scene_time(when);
    struct report_in in = {.id = str_of(id),
                           .kind = agreement_kind(s->g, str_of(ground)),
                           .says = {.start_lo = at,
                                    .start_hi = at,
                                    .end_lo = at,
                                    .end_hi = at,
                                    .place = {FACTS_NONE, FACTS_NONE, FACTS_NONE},
                                    .actors = &actor,
                                    .n_actors = 1,
                                    .values = values,
                                    .n_values = GROUND_ATTRIBUTES},
                           .grade = GRADE_SEEN,
                           .recorded = INSTANT_MIN};
    assert_int_equal(facts_add(&s->facts, &in, NULL), STATUS_OK);
}
