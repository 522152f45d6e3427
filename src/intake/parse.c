/* Mappings: the sentences, and from a file to a compiled mapping.  See parse.h. */
#include "intake/parse.h"

#include "lang/markdown.h"

#include <string.h>

/* ---- about the file ---- */

static bool read_format(struct parse *p)
{
    struct mapping *m = p->mapping;
    if (map_take_words(p, "json lines")) {
        m->format = FORMAT_JSON_LINES;
        return true;
    }
    if (!map_want_word(p, "csv")) return false;
    if (map_take_word(p, "in")) {
        if (map_peek(p)->kind != TOKEN_WORD)
            return map_expected(p, "an encoding", "in windows-1252");
        m->encoding = map_peek(p)->text;
        p->pos++;
    }
    if (!map_at_punct(p, ',')) return true;
    p->pos++;
    struct str mark;
    if (!map_want_word(p, "separated by")) return false;
    if (map_take_word(p, "tabs") || map_take_word(p, "tab"))
        m->separator = '\t';
    else if (map_take_word(p, "semicolons") || map_take_word(p, "semicolon"))
        m->separator = ';';
    else if (map_take_word(p, "commas") || map_take_word(p, "comma"))
        m->separator = ',';
    else if (!map_want_string(p, &mark))
        return false;
    else if (mark.n != 1)
        return map_expected(p, "one character", NULL);
    else
        m->separator = mark.p[0];
    return true;
}

/* reports from "a.csv" [and "b.csv"] are csv in windows-1252, separated by semicolons */
static bool s_reports(struct parse *p)
{
    struct mapping *m = p->mapping;
    struct str *v = NULL;
    size_t cap = 0;
    if (m->n_files) { /* what a row is would differ, too */
        struct diag *d = diag_add(p->diags, SEVERITY_ERROR, "second-reports", map_peek(p)->at,
                                  "this mapping already says which files it is about");
        diag_fix(p->diags, d, "write a mapping of its own for other files: NAME.mapping.md");
        return false;
    }
    do {
        struct str *moved = map_more(p, v, m->n_files, &cap, sizeof(*v));
        if (!moved) return false;
        v = moved;
        m->files = v;
        if (!map_want_string(p, &v[m->n_files])) return false;
        m->n_files++;
    } while (map_take_punct(p, ',') || map_take_word(p, "and"));
    if (!map_take_word(p, "are") && !map_want_word(p, "is")) return false;
    return read_format(p);
}

static bool s_dates(struct parse *p)
{
    static const char *const words[] = {"year first", "month first", "day first"};
    for (int i = 0; i < 3; i++) {
        if (!map_take_words(p, words[i])) continue;
        p->mapping->order = (enum date_order)i;
        p->mapping->order_declared = true;
        return true;
    }
    return map_expected(p, "\"year first\", \"month first\" or \"day first\"", NULL);
}

static bool s_time_zone(struct parse *p)
{
    map_take_word(p, "is");
    if (map_peek(p)->kind != TOKEN_WORD && map_peek(p)->kind != TOKEN_STRING)
        return map_expected(p, "a time zone", "time zone Europe/Kyiv");
    const struct zone *z = zone_load(p->arena, map_peek(p)->text, map_peek(p)->at, p->diags);
    p->pos++;
    if (z) p->mapping->zone = z;
    return z;
}

static bool s_decimals(struct parse *p)
{
    p->mapping->decimal_comma = map_take_word(p, "comma");
    return p->mapping->decimal_comma || map_want_word(p, "point");
}

static bool s_note(struct parse *p)
{
    struct mapping *m = p->mapping;
    struct str *moved = map_more(p, m->notes, m->n_notes, &m->cap_notes, sizeof(*moved));
    if (!moved) return false;
    m->notes = moved;
    return map_want_string(p, &m->notes[m->n_notes]) && ++m->n_notes;
}

/* ---- which rows ---- */

static bool filter(struct parse *p, bool keep)
{
    struct mapping *m = p->mapping;
    struct row_filter *moved =
        map_more(p, m->filters, m->n_filters, &m->cap_filters, sizeof(*moved));
    if (!moved) return false;
    m->filters = moved;
    struct row_filter *f = &moved[m->n_filters];
    *f = (struct row_filter){.keep = keep};
    if (!map_want_condition(p, &f->when)) return false;
    struct place at = p->opening;
    at.to = map_peek(p)->at.from;
    f->text = str_trim(place_text(at));
    m->n_filters++;
    return true;
}

static bool s_skip(struct parse *p)
{
    return filter(p, false);
}

static bool s_keep(struct parse *p)
{
    return filter(p, true);
}

static bool begin_rule(struct parse *p, struct when when)
{
    struct mapping *m = p->mapping;
    struct row_rule *moved = map_more(p, m->rules, m->n_rules, &m->cap_rules, sizeof(*moved));
    if (!moved) return false;
    m->rules = moved;
    p->rule = &moved[m->n_rules++];
    *p->rule = p->common;
    p->rule->when = when;
    p->rule->at = p->opening;
    if (!map_take_word(p, "is") && !map_want_word(p, "are")) return false;
    if (map_take_words(p, "a gap in coverage")) {
        p->rule->op = RULE_GAP;
    } else if (map_take_word(p, "coverage")) {
        p->rule->op = RULE_COVERAGE;
    } else if (map_take_words(p, "a finding about") || map_take_words(p, "a finding on")) {
        p->rule->op = RULE_FINDING;
        return map_want_name(p, agreement_kind, "event or state", &p->rule->kind);
    } else {
        (void)(map_take_word(p, "a") || map_take_word(p, "an"));
        return map_want_name(p, agreement_kind, "event or state", &p->rule->kind);
    }
    return true;
}

static bool s_each_row(struct parse *p)
{
    return begin_rule(p, (struct when){0});
}

static bool s_row_where(struct parse *p)
{
    struct when when;
    return map_want_condition(p, &when) && begin_rule(p, when);
}

/* ---- what a row says ---- */

static bool s_id(struct parse *p)
{
    return map_want_cells(p, &p->rule->id);
}

static bool s_identity(struct parse *p)
{
    return map_want_cells(p, &p->rule->identity);
}

static bool s_time(struct parse *p)
{
    return map_time(p, &p->rule->time, false);
}

static bool s_days(struct parse *p)
{
    return map_time(p, &p->rule->time, true);
}

static bool s_start(struct parse *p)
{
    return map_time(p, &p->rule->start, false);
}

static bool s_end(struct parse *p)
{
    return map_time(p, &p->rule->end, false);
}

static bool s_recorded(struct parse *p)
{
    return map_time(p, &p->rule->recorded, false);
}

static bool s_place(struct parse *p)
{
    return map_point_place(p, &p->rule->places[PLACE_AT]);
}

static bool s_from(struct parse *p)
{
    return map_point_place(p, &p->rule->places[PLACE_FROM]);
}

static bool s_into(struct parse *p)
{
    return map_point_place(p, &p->rule->places[PLACE_INTO]);
}

static bool s_area(struct parse *p)
{
    return map_area(p, &p->rule->places[PLACE_AT]);
}

static bool s_area_from(struct parse *p)
{
    return map_area(p, &p->rule->places[PLACE_FROM]);
}

static bool s_area_into(struct parse *p)
{
    return map_area(p, &p->rule->places[PLACE_INTO]);
}

static bool s_show(struct parse *p)
{
    return map_want_cells(p, &p->rule->shown);
}

static bool s_zone(struct parse *p)
{
    struct row_rule *r = p->rule;
    if (map_take_word(p, "everywhere")) return r->everywhere = true;
    if (map_at_word(p, "column")) return map_want_cell(p, &r->zone);
    return map_want_name(p, agreement_zone, "zone", &r->fixed_zone);
}

static bool s_by(struct parse *p)
{
    return map_at_word(p, "column") ? map_want_cell(p, &p->rule->by)
                                    : map_want_actor(p, &p->rule->fixed_by);
}

static bool s_means(struct parse *p)
{
    return map_want_cell(p, &p->rule->means);
}

static bool s_cause(struct parse *p)
{
    return map_want_cell(p, &p->rule->cause);
}

/* The longest opening that fits is taken, so longer ones stand first. */
static const struct {
    const char *words;
    bool (*read)(struct parse *);
} sentences[] = {
    {"reports from", s_reports},
    {"dates are", s_dates},
    {"time zone", s_time_zone},
    {"decimals are written with a", s_decimals},
    {"note", s_note},
    {"skip rows where", s_skip},
    {"keep only rows where", s_keep},
    {"each row where", s_row_where},
    {"a row where", s_row_where},
    {"each row", s_each_row},
    {"each report is known by", s_id},
    {"each event is known by", s_identity},
    {"each state is known by", s_identity},
    {"it is about", s_identity},
    {"the time is", s_time},
    {"the day is", s_days},
    {"the days are", s_days},
    {"the start is", s_start},
    {"the end is", s_end},
    {"the record time is", s_recorded},
    {"the place is", s_place},
    {"the place it came from is", s_from},
    {"the place it went into is", s_into},
    {"the area it came from", s_area_from},
    {"the area it went into", s_area_into},
    {"the area", s_area},
    {"the actor is", map_actor},
    {"the actors are", map_actor},
    {"the grade is", map_grade},
    {"the source is", map_sources},
    {"the sources are", map_sources},
    {"show", s_show},
    {"it covers", map_covers},
    {"the zone is", s_zone},
    {"it is by", s_by},
    {"the body is", s_by},
    {"the means is", s_means},
    {"the means are", s_means},
    {"the cause is", s_cause},
    {"the finding is", map_finding},
};

const char *mapping_opening(size_t i)
{
    return i < sizeof(sentences) / sizeof(sentences[0]) ? sentences[i].words : NULL;
}

static void to_full_stop(struct parse *p)
{
    while (map_peek(p)->kind != TOKEN_BREAK && !map_at_punct(p, '.')) p->pos++;
}

static bool read_sentence(struct parse *p)
{
    for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
        if (map_take_words(p, sentences[i].words)) return sentences[i].read(p);
    }
    if (map_at_word(p, "the") && p->tokens[p->pos + 1].kind == TOKEN_WORD) p->pos++;
    return map_attribute(p);
}

/* Sentences end with a full stop; `;` may join those about the file. */
static void read_sentences(struct parse *p)
{
    while (p->pos < p->n && !p->failed) {
        if (map_peek(p)->kind == TOKEN_BREAK) {
            p->pos++;
            continue;
        }
        p->opening = p->tokens[p->pos].at;
        for (size_t i = p->pos; i < p->pos + 3 && p->tokens[i].kind == TOKEN_WORD; i++)
            p->opening = place_join(p->opening, p->tokens[i].at);
        if (read_sentence(p) && (map_take_punct(p, '.') || map_take_punct(p, ';') ||
                                 map_expected(p, "a full stop", NULL)))
            continue;
        to_full_stop(p);
        map_take_punct(p, '.');
    }
}

/* ---- what must be there ---- */

static void missing(struct parse *p, struct place at, const char *what, const char *example)
{
    struct diag *d = diag_add(p->diags, SEVERITY_ERROR, "mapping-incomplete", at,
                              "this mapping does not say %s", what);
    diag_fix(p->diags, d, "%s", example);
}

static void check_rule(struct parse *p, const struct row_rule *r)
{
    bool state = r->op == RULE_REPORT && p->agreement->kinds[r->kind].is_state;
    if (r->op == RULE_FINDING) {
        if (!r->identity.n)
            missing(p, r->at, "which event a finding is about", "it is about column \"incident\".");
        if (r->says.op == CELL_NONE)
            missing(p, r->at, "what a row finds",
                    "the finding is column \"result\", written: – \"established\" is attributed.");
        return;
    }
    if (!state && !r->time.set)
        missing(p, r->at, "when it happened", "the time is column \"date\".");
    if (state && !r->start.set && !r->time.set)
        missing(p, r->at, "when the state began", "the start is column \"from\".");
}

static void check_mapping(struct parse *p, const struct source *s)
{
    struct place start = {s, 0, 0};
    struct mapping *m = p->mapping;
    if (!m->n_files)
        missing(p, start, "which file holds the reports",
                "reports from \"reports.csv\" are csv in utf-8.");
    if (!m->n_rules) missing(p, start, "what a row is", "each row is a fire.");
    for (size_t i = 0; i < m->n_rules; i++) check_rule(p, &m->rules[i]);
}

bool mapping_recognise(struct arena *a, const struct source *source)
{
    struct diags quiet;
    struct markdown md = {0};
    diags_init(&quiet, a);
    return lex_check_text(source, &quiet) &&
           markdown_read(a, source, STR("mapping"), &quiet, &md) == STATUS_OK && md.n_blocks > 0;
}

/* Read all that is there; findings in d. */
static enum status compile(struct arena *a, const struct source *source, const struct agreement *g,
                           struct facts *texts, struct diags *d, struct parse *p)
{
    size_t before = d->errors;
    struct markdown md = {0};
    struct tokens tokens = {0};
    *p = (struct parse){0};
    struct mapping *m = arena_alloc(a, sizeof(*m));
    if (!m) return STATUS_FAULT;
    if (!lex_check_text(source, d)) return STATUS_INPUT;
    enum status s = markdown_read(a, source, STR("mapping"), d, &md);
    for (size_t i = 0; s == STATUS_OK && i < md.n_blocks; i++) {
        struct place b = md.blocks[i].at;
        if (!lex_block(a, source, b.from, b.to, md.blocks[i].clause, d, &tokens)) s = STATUS_FAULT;
    }
    if (s != STATUS_OK) return s;
    *m = (struct mapping){
        .source = source, .encoding = STR("utf-8"), .separator = ',', .zone = g->header.zone};
    *p = (struct parse){.arena = a,
                        .agreement = g,
                        .texts = texts,
                        .diags = d,
                        .mapping = m,
                        .tokens = tokens.v,
                        .n = tokens.n};
    p->common = (struct row_rule){.kind = LANG_NONE,
                                  .fixed_grade = GRADE_REPORTED,
                                  .fixed_zone = LANG_NONE,
                                  .fixed_by = LANG_NONE};
    p->rule = &p->common;
    if (tokens.n) read_sentences(p);
    if (p->failed || texts->failed || a->failed) return STATUS_FAULT;
    if (d->errors == before) check_mapping(p, source);
    return d->errors > before ? STATUS_INPUT : STATUS_OK;
}

enum status mapping_read(struct arena *a, const struct source *source, const struct agreement *g,
                         struct facts *texts, struct diags *d, const struct mapping **out)
{
    struct parse p;
    enum status s = compile(a, source, g, texts, d, &p);
    *out = s == STATUS_OK ? p.mapping : NULL;
    return s;
}

enum status mapping_mentions(struct arena *a, const struct source *source,
                             const struct agreement *g, struct diags *d,
                             const struct mapping_mention **out, size_t *n)
{
    struct parse p = {0};
    struct facts texts;
    uint8_t *counts = arena_array(a, (size_t)g->n_kinds + 1, 1);
    if (!counts) return STATUS_FAULT;
    for (uint32_t i = 0; i < g->n_kinds; i++) counts[i] = (uint8_t)g->kinds[i].n_attributes;
    enum status s = facts_init(&texts, g->n_kinds, counts);
    if (s == STATUS_OK) s = compile(a, source, g, &texts, d, &p);
    facts_free(&texts);
    if (s == STATUS_FAULT) return s;
    *out = p.mentions;
    *n = p.n_mentions;
    return STATUS_OK;
}
