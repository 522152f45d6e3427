/* See text.h. */
#include "cli/text.h"

#include "base/file.h"
#include "cli/mission.h"
#include "talks/talks.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT_MOST ((size_t)64 << 20)

struct str text_agreement_path(struct arena *a, struct str word)
{
    struct stat st;
    struct str path = str_dup(a, word);
    if (!path.p || stat(path.p, &st) != 0 || !S_ISDIR(st.st_mode)) return word;
    struct str inside =
        str_fmt(a, "%.*s%sagreement.md", STR_ARG(path), str_ends(path, STR("/")) ? "" : "/");
    return inside.p && access(inside.p, F_OK) == 0 ? inside : word;
}

bool text_words(int argc, char **argv, const struct option *options, size_t n, const char *usage,
                struct str *word)
{
    struct arena a;
    struct buf wrong;
    arena_init(&a);
    buf_init(&wrong);
    struct words words = {.items = arena_array(&a, (size_t)argc + 1, sizeof(struct str))};
    bool good = words.items && options_read(argc, argv, options, n, &words, &wrong);
    if (good && words.n != 1)
        buf_fmt(&wrong, words.n ? "one agreement at a time" : "which agreement?");
    good = good && words.n == 1;
    if (good)
        *word = words.items[0];
    else
        fprintf(stderr, "truce %s: %.*s\nusage: truce %s\n", argv[0],
                STR_ARG(wrong.n ? buf_str(&wrong) : STR("memory ran out")), usage);
    buf_free(&wrong);
    arena_free(&a);
    return good;
}

enum status text_load(struct arena *a, struct str word, struct diags *d,
                      const struct source **source, bool *talks)
{
    struct str text, path = text_agreement_path(a, word);
    *source = NULL;
    *talks = false;
    enum status st = file_read(a, path, TEXT_MOST, d, &text);
    if (st != STATUS_OK) return st;
    *source = source_new(a, path, text);
    if (!*source) return STATUS_FAULT;
    *talks = talks_recognise(*source);
    return STATUS_OK;
}

enum status text_begin(struct text_job *j, struct str word)
{
    arena_init(&j->a);
    diags_init(&j->d, &j->a);
    buf_init(&j->out);
    return text_load(&j->a, word, &j->d, &j->source, &j->talks);
}

int text_end(struct text_job *j, const char *command, enum status st)
{
    if (st == STATUS_FAULT && !j->d.n) fprintf(stderr, "truce %s: memory ran out\n", command);
    st = text_print(&j->out, st);
    buf_free(&j->out);
    arena_free(&j->a);
    return (int)st;
}

bool text_width(struct str word, size_t *columns)
{
    struct report_options look;
    if (!mission_look(&look, STR("explain"), word, true)) return false;
    *columns = look.width;
    return true;
}

void text_findings(const struct diags *d)
{
    struct buf out;
    buf_init(&out);
    diags_render(d, &out, isatty(STDERR_FILENO));
    if (out.n) fwrite(out.p, 1, out.n, stderr);
    if (out.failed) fputs("truce: memory ran out\n", stderr);
    buf_free(&out);
}

enum status text_print(const struct buf *out, enum status st)
{
    bool good = !out->failed && (!out->n || fwrite(out->p, 1, out->n, stdout) == out->n) &&
                fflush(stdout) == 0;
    if (good) return st;
    fputs(out->failed ? "truce: memory ran out\n" : "truce: cannot write to standard output\n",
          stderr);
    return STATUS_FAULT;
}
