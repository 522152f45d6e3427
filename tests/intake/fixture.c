/* See fixture.h. */
#include "fixture.h"

#include <dirent.h>
#include <unistd.h>

static const char agreement_text[] =
    "# Article 1\n\n```truce\n"
    "agreement \"Test\" in force from 2015-02-15 00:00; time zone Europe/Kyiv.\n"
    "party north. party south. body mission.\n"
    "line contact from \"contact.geojson\".\n"
    "zone regions is all of areas \"Donetsk oblast\" and \"Luhansk oblast\".\n"
    "zone belt is within 25 km of contact.\n"
    "event fire (by party, weapon text, deaths count), verb fire, fires, fired, firing.\n"
    "state gun (of party, caliber mm), plural guns.\n"
    "state camp (of party), plural camps.\n"
    "provision ceasefire: each of north and south must not fire in regions.\n"
    "```\n";

static const char line_text[] =
    "{\"type\":\"LineString\",\"coordinates\":[[37.5,47.0],[37.5,49.0]]}";

void fixture_file(struct fixture *f, const char *name, const void *bytes, size_t n)
{
    char path[256];
    snprintf(path, sizeof(path), "%s/%s", f->folder, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, n, out), n);
    fclose(out);
}

void fixture_open(struct fixture *f)
{
    memset(f, 0, sizeof(*f));
    snprintf(f->folder, sizeof(f->folder), "/tmp/truce-intake-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    fixture_file(f, "agreement.md", agreement_text, sizeof(agreement_text) - 1);
    fixture_file(f, "contact.geojson", line_text, sizeof(line_text) - 1);
    arena_init(&f->arena);
    diags_init(&f->diags, &f->arena);
    char path[256];
    snprintf(path, sizeof(path), "%s/agreement.md", f->folder);
    const struct source *source;
    struct str name = str_dup(&f->arena, str_of(path));
    if (agreement_load(&f->arena, name, &f->diags, &source, &f->agreement) != STATUS_OK)
        fail_msg("%s", fixture_said(f));
    arena_init(&f->intake.arena);
}

static void give_back(struct fixture *f)
{
    if (f->intake.book.geo) intake_free(&f->intake);
}

void fixture_close(struct fixture *f)
{
    give_back(f);
    DIR *d = opendir(f->folder);
    struct dirent *e;
    while (d && (e = readdir(d))) {
        char path[512];
        snprintf(path, sizeof(path), "%s/%s", f->folder, e->d_name);
        if (e->d_name[0] != '.' && unlink(path) != 0) rmdir(path);
    }
    if (d) closedir(d);
    rmdir(f->folder);
    arena_free(&f->arena);
}

void fixture_run(struct fixture *f, const char *sentences, const void *bytes, size_t n)
{
    give_back(f);
    diags_init(&f->diags, &f->arena);
    struct str mapping =
        str_fmt(&f->arena, "How to read them.\n\n```mapping\n%s\n```\n", sentences);
    fixture_file(f, "reports.mapping.md", mapping.p, mapping.n);
    if (bytes) fixture_file(f, "reports.csv", bytes, n);
    struct intake_inputs in = {0};
    f->status = intake_run(f->agreement, &in, &f->diags, &f->intake);
}

void fixture_run_text(struct fixture *f, const char *sentences, const char *csv)
{
    fixture_run(f, sentences, csv, strlen(csv));
    const struct facts *x = &f->intake.facts;
    if (f->status != STATUS_OK) fail_msg("%s", fixture_said(f));
    const struct intake_file *file = &f->intake.files[0];
    assert_int_equal(file->read,
                     file->accepted + file->repeated + file->filtered + file->set_aside);
    assert_int_equal(x->rows_read, file->read);
    assert_int_equal(x->n_set_aside, file->set_aside);
}

const char *fixture_said(struct fixture *f)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < f->diags.n; i++) {
        const struct diag *d = &f->diags.items[i];
        buf_fmt(&b, "%s: %.*s", d->code, STR_ARG(d->what));
        if (d->fix.n) buf_fmt(&b, " = %.*s", STR_ARG(d->fix));
        buf_putc(&b, '\n');
    }
    struct str s = str_dup(&f->arena, buf_str(&b));
    buf_free(&b);
    return s.p ? s.p : "";
}

const char *fixture_aside(struct fixture *f)
{
    struct buf b;
    buf_init(&b);
    for (size_t i = 0; i < f->intake.facts.n_set_aside; i++) {
        const struct set_aside *x = &f->intake.facts.set_aside[i];
        buf_fmt(&b, "%u: %.*s\n", x->line, STR_ARG(x->reason));
    }
    struct str s = str_dup(&f->arena, buf_str(&b));
    buf_free(&b);
    return s.p ? s.p : "";
}
