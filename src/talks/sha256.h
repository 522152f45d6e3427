/* The SHA-256 of a text, as people write it: 64 hexadecimal digits. */
#ifndef TRUCE_TALKS_SHA256_H
#define TRUCE_TALKS_SHA256_H

#include "base/str.h"

/* In the arena; {NULL, 0} on failure. */
struct str sha256_hex(struct arena *a, struct str bytes);

#endif
