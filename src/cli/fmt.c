/* truce fmt: lay out the formal sentences of an agreement or of talks, in place or on standard output.
 *
 * Exit: 0 done (with --check: it was laid out already); 1 with --check: it was not; 2 it cannot be
 * read or understood; 3 memory, disk. */
#include "base/file.h"
#include "cli/text.h"
#include "lang/format.h"
#include "talks/talks.h"

#include <stdio.h>

int fmt_command(int argc, char **argv)
{
    bool check = false, print = false;
    const struct option options[] = {{"--check", NULL, NULL, &check},
                                     {"--print", NULL, NULL, &print}};
    struct str word;
    if (!text_words(argc, argv, options, 2, "fmt [--check|--print] AGREEMENT.md", &word))
        return STATUS_INPUT;
    struct arena a;
    struct diags d;
    struct buf out;
    arena_init(&a);
    diags_init(&d, &a);
    buf_init(&out);
    const struct source *source;
    bool talks = false;
    enum status st = text_load(&a, word, &d, &source, &talks);
    struct str path = st == STATUS_OK ? source->name : word;
    if (st == STATUS_OK) st = (talks ? talks_fmt : format_agreement)(&a, source, &d, &out);
    bool same = st == STATUS_OK && str_eq(buf_str(&out), source->text);
    bool to_stdout = print || str_eq(path, STR("-"));
    if (st == STATUS_OK && check) {
        if (!same)
            fprintf(stderr, "%.*s: not laid out: truce fmt %.*s\n", STR_ARG(path), STR_ARG(path));
        st = same ? STATUS_OK : STATUS_NEGATIVE;
    } else if (st == STATUS_OK && to_stdout) {
        st = text_print(&out, st);
    } else if (st == STATUS_OK && !same) {
        st = file_write(&a, path, buf_str(&out), &d);
    }
    text_findings(&d);
    if (st == STATUS_FAULT && !d.n) fputs("truce fmt: memory ran out\n", stderr);
    buf_free(&out);
    arena_free(&a);
    return (int)st;
}
