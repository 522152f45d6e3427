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
    struct text_job j;
    enum status st = text_begin(&j, word);
    struct str path = st == STATUS_OK ? j.source->name : word;
    if (st == STATUS_OK)
        st = (j.talks ? talks_fmt : format_agreement)(&j.a, j.source, &j.d, &j.out);
    bool same = st == STATUS_OK && str_eq(buf_str(&j.out), j.source->text);
    bool to_stdout = print || str_eq(path, STR("-"));
    if (st == STATUS_OK && check) {
        if (!same)
            fprintf(stderr, "%.*s: not laid out: truce fmt %.*s\n", STR_ARG(path), STR_ARG(path));
        st = same ? STATUS_OK : STATUS_NEGATIVE;
    } else if (st == STATUS_OK && !to_stdout && !same) {
        st = file_write(&j.a, path, buf_str(&j.out), &j.d);
    }
    if (st != STATUS_OK || check || !to_stdout) buf_clear(&j.out);
    text_findings(&j.d);
    return text_end(&j, "fmt", st);
}
