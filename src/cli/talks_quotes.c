/* truce talks quotes ARTICLE.txt… [--json] */
#include "cli/talks.h"
#include "talks/quote.h"
#include "talks/sha256.h"

#include <string.h>

static const char usage[] = "ARTICLE.txt… [--json] [--output FILE]";

static enum status one(struct arena *a, const char *path, bool json, struct diags *d,
                       struct buf *out)
{
    struct str text;
    enum status status = file_read(a, str_of(path), TALKS_MAX_FILE, d, &text);
    if (status != STATUS_OK) return status;
    const struct source *source = source_new(a, str_of(path), text);
    if (!source) return STATUS_FAULT;
    struct quotes q;
    status = quotes_find(a, source, d, &q);
    if (status != STATUS_OK) return status;
    if (json) {
        quotes_print_json(&q, source, out);
        return STATUS_OK;
    }
    struct str sum = sha256_hex(a, text);
    if (!sum.p) return STATUS_FAULT;
    quotes_print_skeleton(&q, source, sum, out);
    return STATUS_OK;
}

static enum status all(struct arena *a, int argc, char **argv, bool json, struct buf *out,
                       struct diags *d)
{
    enum status worst = STATUS_OK;
    bool options = true;
    for (int i = 1; i < argc; i++) {
        if (options && strcmp(argv[i], "--output") == 0) {
            i++;
            continue;
        }
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
            continue;
        }
        if (options && argv[i][0] == '-' && argv[i][1]) continue;
        enum status status = one(a, argv[i], json, d, out);
        if (status == STATUS_FAULT)
            diag_add(d, SEVERITY_ERROR, "out-of-memory", place_none(), "memory ran out");
        if (status > worst) worst = status;
    }
    return worst;
}

int talks_quotes_command(int argc, char **argv)
{
    bool json = false;
    struct str output = {NULL, 0};
    int files = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0)
            json = true;
        else if (strcmp(argv[i], "--output") == 0 && i + 1 < argc)
            output = str_of(argv[++i]);
        else if (strcmp(argv[i], "--") == 0) {
            files += argc - i - 1;
            break;
        } else if (argv[i][0] == '-' && argv[i][1])
            return talks_usage("quotes", usage, "unknown option", argv[i]);
        else
            files++;
    }
    if (files == 0) return talks_usage("quotes", usage, "no article named", NULL);
    struct arena a;
    arena_init(&a);
    struct diags d;
    diags_init(&d, &a);
    struct buf out;
    buf_init(&out);
    enum status status = all(&a, argc, argv, json, &out, &d);
    if (out.n) {
        enum status written = talks_output(&a, &out, output, &d);
        if (written > status) status = written;
    }
    talks_complain(&d, json);
    buf_free(&out);
    arena_free(&a);
    return (int)status;
}
