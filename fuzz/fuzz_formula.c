/* Any bytes as a formula: read, typed, brought to core form, printed; what is printed must read back
 * to the same text, and core form must keep its rules. */
#include <stdlib.h>

#include "logic/parse.h"
#include "logic/print.h"
#include "logic/safe.h"
#include "logic/typing.h"

static const char signature[] = "p(int)\nq(int)\nr(int,int)\ng(int,float)\nu(string,int)\nn()\n";

struct session {
    struct arena arena;
    struct intern strings;
    struct diags diags;
    struct signature sig;
    struct scope scope;
};

static struct formula *read_formula(struct session *x, struct str text)
{
    struct formula *f = NULL;
    const struct source *s = source_new(&x->arena, STR("formula"), text);
    if (!s || parse_formula(&x->scope, s, &x->diags, &f) != STATUS_OK) return NULL;
    return formula_typecheck(&x->scope, f, &x->diags) == STATUS_OK ? f : NULL;
}

/* A quote or a value that no syntax writes does not read back; see print.h. */
static bool reads_back(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '"' || text.p[i] == '\\') return false;
    return true;
}

static void round_trip(struct session *x, const struct formula *f)
{
    struct buf one, two;
    buf_init(&one);
    buf_init(&two);
    formula_print(&one, &x->scope, f);
    if (reads_back(buf_str(&one)) && f->depth < FORMULA_MAX_DEPTH / 4) {
        struct str text = str_dup(&x->arena, buf_str(&one)); /* diagnostics point into it */
        struct formula *again = read_formula(x, text);
        if (!again && !x->arena.failed) abort();
        if (!again) goto end;
        formula_print(&two, &x->scope, again);
        if (!str_eq(buf_str(&one), buf_str(&two))) abort();
    }
end:
    buf_free(&one);
    buf_free(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct session x;
    struct str text = {(const char *)data, size};
    arena_init(&x.arena);
    x.arena.limit = (size_t)256 << 20;
    intern_init(&x.strings);
    diags_init(&x.diags, &x.arena);
    signature_init(&x.sig, &x.arena, &x.strings);
    const struct source *s =
        source_new(&x.arena, STR("sig"), (struct str){signature, sizeof signature - 1});
    if (parse_signature(&x.sig, s, &x.diags) != STATUS_OK) abort();
    if (!scope_init(&x.scope, &x.arena, &x.strings, &x.sig)) abort();
    struct formula *f = read_formula(&x, text), *core;
    if (f) {
        round_trip(&x, f);
        enum status status = safe_core(&x.scope, f, NULL, &x.diags, &core);
        if (status == STATUS_OK && core->size < 20000 && safe_core_check(&x.scope, core)) abort();
    }
    struct buf out;
    buf_init(&out);
    diags_render(&x.diags, &out, false);
    buf_free(&out);
    intern_free(&x.strings);
    arena_free(&x.arena);
    return 0;
}
