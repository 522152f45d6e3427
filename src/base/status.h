/* How a call went, in the four ways that a command can end.
 *
 * Library functions that can fail in more than one way return an `enum status`; what went wrong in
 * words, and where, is in the `struct diags` they were given.  The values are the exit codes of the
 * commands (see truce(1)), so a command may return the status it got. */
#ifndef TRUCE_BASE_STATUS_H
#define TRUCE_BASE_STATUS_H

enum status {
    STATUS_OK = 0,       /* fine */
    STATUS_NEGATIVE = 1, /* the answer is no: findings, a failed verification */
    STATUS_INPUT = 2,    /* wrong use, or input that cannot be read */
    STATUS_FAULT = 3     /* a fault of ours or of the machine: memory, disk, a bug */
};

#endif
