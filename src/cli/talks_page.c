/* truce talks page TALKS.md --html FILE: the mediator's page; and the part of it that --html of
 * another view asks for. */
#include "cli/talks_run.h"

/* Days before the last one are explored as long as this lasts, unless --seconds says otherwise. */
#define DEFAULT_MS 1000

enum status run_page(struct run *r, unsigned parts)
{
    struct page_options options = {.parts = parts,
                                   .as_of = r->as_of,
                                   .ms = (uint64_t)r->seconds * 1000,
                                   .all_ms =
                                       r->seconds_given ? (uint64_t)r->seconds * 1000 : DEFAULT_MS};
    struct buf page;
    buf_init(&page);
    enum status status = page_write(&r->arena, r->z3, &r->talks, &options, &r->diags, &page);
    if (status == STATUS_OK) status = talks_output(&r->arena, &page, r->html, &r->diags);
    buf_free(&page);
    return status;
}

int talks_page_command(int argc, char **argv)
{
    static const char usage[] = "TALKS.md --html FILE [--as-of DATE] [--seconds N]";
    struct run r;
    enum status status = run_begin(&r, argc, argv, usage);
    if (status != STATUS_OK) return run_end(&r, status);
    if (!r.html.n)
        return run_end(
            &r, (enum status)talks_usage(argv[0], usage, "say where to write with --html", NULL));
    return run_end(&r, run_page(&r, PAGE_ALL));
}
