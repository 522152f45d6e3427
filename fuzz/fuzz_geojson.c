/* Any bytes as GeoJSON: read or refused with a reason, and what is read answers questions. */
#include "geo/shape.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct geo *g = geo_new();
    struct arena a;
    arena_init(&a);
    struct diags d;
    diags_init(&d, &a);
    const struct source *s = source_new(&a, STR("fuzz"), (struct str){(const char *)bytes, n});
    struct geo_features f;
    if (g && s) {
        enum status status = geo_read(g, s, &d, &f);
        if (status == STATUS_OK && (f.n == 0 || d.errors)) abort();
        if (status == STATUS_INPUT && !d.errors) abort();
        for (size_t i = 0; status == STATUS_OK && i < f.n && i < 4; i++) {
            struct geo_polylines lines;
            (void)geo_shape_within(g, f.items[i].shape, 37.5, 48, 25000);
            (void)geo_outline(g, f.items[i].shape, 0.01, &a, &lines);
        }
    }
    struct buf out;
    buf_init(&out);
    diags_render(&d, &out, false);
    buf_free(&out);
    geo_free(g);
    arena_free(&a);
    return 0;
}
