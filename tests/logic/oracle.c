/* See oracle.h. */
#include "tests/logic/oracle.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "logic/parse.h"
#include "logic/typing.h"

unsigned oracle_cases(const char *set)
{
    return strcmp(set, "trace") == 0 ? 400 : strcmp(set, "wide") == 0 ? 240 : 150;
}

static bool read(struct oracle_case *c, const char *file, struct str *out)
{
    struct str path = str_fmt(&c->arena, "%s/oracle/%s/%s", TRUCE_TEST_DATA, c->name, file);
    return file_read(&c->arena, path, 1 << 24, &c->diags, out) == STATUS_OK;
}

bool oracle_open(struct oracle_case *c, const char *set, unsigned number)
{
    *c = (struct oracle_case){.formula = NULL};
    (void)snprintf(c->name, sizeof c->name, "%s/%04u", set, number);
    arena_init(&c->arena);
    intern_init(&c->strings);
    diags_init(&c->diags, &c->arena);
    signature_init(&c->sig, &c->arena, &c->strings);
    struct str sig;
    if (!read(c, "sig", &sig) || !read(c, "formula", &c->text) || !read(c, "log", &c->log) ||
        !read(c, "expected", &c->expected))
        return false;
    const struct source *source = source_new(&c->arena, STR("sig"), sig);
    if (parse_signature(&c->sig, source, &c->diags) != STATUS_OK) return true;
    scope_init(&c->scope, &c->arena, &c->strings, &c->sig);
    struct formula *f;
    source = source_new(&c->arena, STR("formula"), c->text);
    if (parse_formula(&c->scope, source, &c->diags, &f) == STATUS_OK &&
        formula_typecheck(&c->scope, f, &c->diags) == STATUS_OK)
        c->formula = f;
    return true;
}

void oracle_close(struct oracle_case *c)
{
    intern_free(&c->strings);
    arena_free(&c->arena);
}

const char *oracle_errors(struct oracle_case *c)
{
    struct buf b;
    buf_init(&b);
    diags_render(&c->diags, &b, false);
    struct str s = str_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return s.p ? s.p : "";
}
