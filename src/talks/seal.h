/* Sealed files: a file of talks that only its passphrase opens.
 *
 * The key is Argon2id of the passphrase with a random salt; the content is a libsodium secretstream
 * (XChaCha20-Poly1305) of records of 64 KiB, the last of which says that it is the last, so that a
 * cut or altered file is found.  The head (magic, cost, salt, stream header) is bound to the first
 * record.  Nothing is written but the file that is named, and it appears whole or not at all; its
 * neighbour while writing holds ciphertext when sealing. */
#ifndef TRUCE_TALKS_SEAL_H
#define TRUCE_TALKS_SEAL_H

#include "base/diag.h"

/* The sealed form of `plain`; false when memory or the cipher fails. */
bool seal_bytes(struct str plain, struct str passphrase, struct buf *out);

enum unseal_result {
    UNSEAL_OK,
    UNSEAL_NOT_SEALED, /* not a file that seal made, or of another version */
    UNSEAL_REFUSED, /* wrong passphrase, or its first record was altered: they cannot be told apart */
    UNSEAL_ALTERED,   /* a later record is altered */
    UNSEAL_TRUNCATED, /* the end is missing, or something stands behind it */
    UNSEAL_FAULT
};

enum unseal_result unseal_bytes(struct str sealed, struct str passphrase, struct buf *out);

#endif
