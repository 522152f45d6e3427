/* The words behind a command: options by a table, the rest in order.
 *
 * An option is `--name` or `--name VALUE` or `--name=VALUE`, anywhere among the words; `--` ends
 * them; a lone `-` is a word.  Each may be given once.  What is wrong is told with the nearest
 * option that exists. */
#ifndef TRUCE_CLI_OPTIONS_H
#define TRUCE_CLI_OPTIONS_H

#include "base/str.h"

/* One option: with a value (`text` is set; `value` names it in messages) or a flag (`flag` is
 * set). */
struct option {
    const char *name;  /* "--from" */
    const char *value; /* "TIME", or NULL for a flag */
    struct str *text;
    bool *flag;
};

struct words {
    struct str *items; /* at most argc of them; the caller's array */
    size_t n;
};

/* Read argv[1…]; argv[0] is the command's name.  False, with what is wrong in `wrong` (one line,
 * without a line end), when an option is unknown, lacks its value, has one too many, or is given
 * twice. */
bool options_read(int argc, char **argv, const struct option *options, size_t n,
                  struct words *words, struct buf *wrong);

/* The name among `n` nearest to `name`, when near enough to be meant; else empty. */
struct str options_nearest(struct str name, const struct str *names, size_t n);

/* A whole number from `least` to `most`, and nothing else in the word. */
bool options_number(struct str word, size_t least, size_t most, size_t *out);

#endif
