/* Any mapping with any file: the bytes up to the first NUL are the sentences of a mapping, the rest is
 * reports.csv.  Without a NUL all is the file, read through a mapping that uses every kind of cell.
 * Whatever comes in, the rows read are accounted for. */
#include "intake/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char agreement_text[] =
    "# 1\n\n```truce\nagreement \"Test\" in force from 2015-02-15 00:00; time zone Europe/Kyiv.\n"
    "party north. party south. body mission.\n"
    "zone regions is all of areas \"Donetsk oblast\" and \"Luhansk oblast\".\n"
    "event fire (by party, weapon text, deaths count), verb fire, fires, fired, firing.\n"
    "provision ceasefire: each of north and south must not fire in regions.\n```\n";

static const char sentences[] = "reports from \"reports.csv\" are csv in windows-1252. dates are "
                                "day first. each row is a fire. "
                                "skip rows where column \"k\" is \"x\" or column \"k\" is more "
                                "than 3. the time is from column \"a\" to "
                                "column \"b\", the whole week when column \"k\" is 2. the area is "
                                "column \"adm\". the place is the point "
                                "at latitude column \"lat\" and longitude column \"lon\", within "
                                "25 km when column \"k\" is 1. the "
                                "actors are one of columns \"n\" and \"s\", split at \"/\", "
                                "written: - \"N\" is north - anything else is "
                                "south. deaths is from column \"lat\" to column \"lon\". weapon is "
                                "column \"k\". the sources are column "
                                "\"adm\", split at \";\".";

static const char heading[] = "k,a,b,adm,lat,lon,n,s\n";

static void write_file(const char *name, const char *before, const void *bytes, size_t n,
                       const char *after)
{
    FILE *f = fopen(name, "wb");
    if (!f) abort();
    fputs(before, f);
    if (n && fwrite(bytes, 1, n, f) != n) abort();
    fputs(after, f);
    fclose(f);
}

/* A folder of its own, made once and then the working folder. */
static void enter_folder(void)
{
    static int done;
    char name[] = "/tmp/truce-fuzz-XXXXXX";
    if (done) return;
    done = 1;
    if (!mkdtemp(name) || chdir(name) != 0) abort();
    write_file("agreement.md", agreement_text, "", 0, "");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    enter_folder();
    const uint8_t *nul = n ? memchr(bytes, 0, n) : NULL;
    size_t cut = nul ? (size_t)(nul - bytes) : 0;
    write_file("reports.mapping.md", "```mapping\n", nul ? bytes : (const void *)sentences,
               nul ? cut : sizeof(sentences) - 1, "\n```\n");
    write_file("reports.csv", nul ? "" : heading, nul ? nul + 1 : bytes, nul ? n - cut - 1 : n, "");
    struct arena a;
    arena_init(&a);
    struct diags d;
    diags_init(&d, &a);
    const struct source *source;
    const struct agreement *g;
    if (agreement_load(&a, STR("agreement.md"), &d, &source, &g) != STATUS_OK) abort();
    struct str mapping = STR("reports.mapping.md"), reports = STR("reports.csv");
    struct intake_inputs in = {
        .mappings = &mapping, .n_mappings = 1, .reports = &reports, .n_reports = 1};
    struct intake x;
    enum status s = intake_run(g, &in, &d, &x);
    if (s == STATUS_INPUT && !d.errors) abort();
    const struct intake_file *f = x.n_files ? &x.files[0] : NULL;
    if (f && f->read != f->accepted + f->repeated + f->filtered + f->set_aside) abort();
    intake_free(&x);
    arena_free(&a);
    return 0;
}
