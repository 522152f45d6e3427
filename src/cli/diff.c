/* truce diff: what changed in meaning between two drafts of an agreement.
 *
 * Exit: 0 they mean the same; 1 they do not; 2 wrong use, or a draft that cannot be read; 3 memory. */
#include "cli/mission.h"
#include "cli/text.h"
#include "plain/change.h"
#include "plain/withhold.h"

#include <stdio.h>

static const char usage[] =
    "diff [--lang en|uk|ru|fr] [--json] [--width N] [--include-confidential | --reader NAME]\n"
    "                  OLD.md NEW.md\n"
    "  what changed in meaning; names, order and wording alone are no change\n"
    "  --json         one object a line: what, name, aspect, before, after, direction, for, "
    "sentence";

struct diff {
    struct arena arena;
    struct diags diags;
    struct str lang, width, words[2];
    bool json;
    struct reader reader;
    const struct catalogue *language;
    size_t columns;
};

static const char *read_words(struct diff *x, int argc, char **argv, struct buf *wrong)
{
    const struct option options[] = {{"--lang", "LANGUAGE", &x->lang, NULL},
                                     {"--width", "COLUMNS", &x->width, NULL},
                                     {"--reader", "NAME", &x->reader.name, NULL},
                                     {"--include-confidential", NULL, NULL, &x->reader.all},
                                     {"--json", NULL, NULL, &x->json}};
    struct words words = {.items = arena_array(&x->arena, (size_t)argc + 1, sizeof(struct str))};
    bool known = true;
    if (!words.items) return "memory ran out";
    if (!options_read(argc, argv, options, sizeof options / sizeof *options, &words, wrong)) {
        buf_putc(wrong, '\0');
        return wrong->failed ? "memory ran out" : wrong->p;
    }
    if (words.n != 2) return "which two drafts? First the old one, then the new";
    if (x->lang.n) x->language = catalogue_find(x->lang, &known);
    if (!known) return "--lang is en, uk, ru or fr";
    if (!text_width(x->width, &x->columns)) return "--width is a number of columns from 20 to 1000";
    x->words[0] = words.items[0];
    x->words[1] = words.items[1];
    return NULL;
}

static enum status compare(struct diff *x)
{
    const struct source *source;
    const struct agreement *g[2];
    struct changes changes;
    struct buf out;
    for (size_t i = 0; i < 2; i++) {
        struct str *open;
        size_t n_open;
        bool talks;
        enum status st = text_load(&x->arena, x->words[i], &x->diags, &source, &talks);
        if (st == STATUS_OK)
            st = withhold(&x->arena, source, &x->reader, &x->diags, &source, &g[i], &open, &n_open);
        if (st != STATUS_OK) return st;
    }
    struct voice v = {x->language, g[1], &x->arena, false};
    if (!changes_find(&v, g[0], g[1], &changes)) return STATUS_FAULT;
    buf_init(&out);
    if (x->json)
        changes_json(&changes, &out);
    else
        changes_text(&changes, &v, x->columns, &out);
    enum status st =
        v.failed ? STATUS_FAULT : text_print(&out, changes.n ? STATUS_NEGATIVE : STATUS_OK);
    buf_free(&out);
    return st;
}

int diff_command(int argc, char **argv)
{
    struct diff x = {0};
    struct buf wrong;
    if (mission_wants_help(argc, argv)) {
        printf("usage: truce %s\n", usage);
        return STATUS_OK;
    }
    arena_init(&x.arena);
    diags_init(&x.diags, &x.arena);
    buf_init(&wrong);
    enum status st = STATUS_INPUT;
    const char *what = read_words(&x, argc, argv, &wrong);
    if (what)
        fprintf(stderr, "truce diff: %s\nusage: truce %s\n", what, usage);
    else
        st = compare(&x);
    text_findings(&x.diags);
    if (st == STATUS_FAULT && !x.diags.n) fputs("truce diff: memory ran out\n", stderr);
    buf_free(&wrong);
    arena_free(&x.arena);
    return (int)st;
}
