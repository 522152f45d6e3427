/* What one correction costs in a history of many facts, against a fresh evaluation, in process.
 *
 * usage: corrections DIR N [SEED]: loads DIR/sig, DIR/formula and DIR/log, then corrects N random events
 * (the last value of each is changed), one at a time.  Prints one JSON object: events, seconds of the
 * fresh evaluation, p50, p99 and max of a correction in milliseconds (all of the process's own time, since
 * machines are shared), verdict changes in all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <truce.h>

#define VALUES 8
#define EVENTS_MOST ((size_t)1 << 24)

struct event {
    char name[16];
    long long stamp, seq;
    long long value[VALUES];
    size_t n;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static char *slurp(const char *dir, const char *name, size_t *n)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    if (f && fseek(f, 0, SEEK_END) == 0 && (*n = (size_t)ftell(f), text = malloc(*n + 1))) {
        rewind(f);
        text[fread(text, 1, *n, f)] = 0;
    }
    if (!text) fprintf(stderr, "cannot read %s\n", path);
    if (f) fclose(f);
    return text;
}

/* The workloads have one event of ints on each line. */
static size_t read_events(const char *log, struct event *out, size_t room)
{
    size_t n = 0;
    long long last = -1, seq = 0;
    for (const char *p = log; *p && n < room; p = strchr(p, '\n') + 1) {
        struct event *e = &out[n++];
        char *q;
        *e = (struct event){0};
        e->stamp = strtoll(p + 1, &q, 10);
        while (*q == ' ') q++;
        for (size_t k = 0; k < sizeof e->name - 1 && *q > ' ' && *q != '('; k++) e->name[k] = *q++;
        while (*q == ' ' || *q == '(') q++;
        for (; e->n < VALUES && *q && *q != '\n'; q++) {
            e->value[e->n++] = strtoll(q, &q, 10);
            if (*q == ')') break;
        }
        seq = e->stamp == last ? seq + 1 : 0;
        e->seq = seq;
        last = e->stamp;
        if (!strchr(p, '\n')) break;
    }
    return n;
}

static unsigned long long next_random(unsigned long long *s)
{
    *s = *s * 6364136223846793005ULL + 1442695040888963407ULL;
    return *s >> 33;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static size_t drain(truce *t)
{
    struct truce_change c;
    size_t n = 0;
    while (truce_next_change(t, &c) == TRUCE_OK) n++;
    return n;
}

/* Correct one event; the seconds it took, changes of verdicts read included. */
static double correct(truce *t, struct event *e, unsigned long long *seed, size_t *changes)
{
    struct truce_value was[VALUES], is[VALUES];
    for (size_t k = 0; k < e->n; k++)
        was[k] = is[k] = (struct truce_value){.type = TRUCE_INT, .i = e->value[k]};
    long long range = e->n == 4 ? 200 : e->n == 1 ? 60 : 40;
    size_t k = e->n == 4 ? 2 : e->n - 1;
    is[k].i = e->value[k] = (long long)(next_random(seed) % (unsigned long long)range);
    struct truce_fact fact = {e->name, was, e->n, {e->stamp, e->seq}, 0};
    double start = now();
    truce_correct(t, &fact, is, e->n);
    *changes += drain(t);
    return now() - start;
}

/* Feed the log's `bytes`, correct `wanted` of its events one after the other, and print what it
 * took.  `events` has room for EVENTS_MOST, `seconds` for `wanted`. */
static int measure(truce *t, const char *log, size_t bytes, struct event *events, double *seconds,
                   size_t wanted, unsigned long long seed)
{
    size_t n_events = read_events(log, events, EVENTS_MOST), changes = 0;
    if (truce_feed(t, log, bytes) != TRUCE_OK) return fprintf(stderr, "%s\n", truce_message(t)), 3;
    double start = now();
    drain(t);
    double fresh = now() - start;
    for (size_t i = 0; i < wanted; i++)
        seconds[i] = correct(t, &events[next_random(&seed) % n_events], &seed, &changes);
    qsort(seconds, wanted, sizeof *seconds, by_size);
    printf(
        "{\"events\": %zu, \"fresh\": %.3f, \"p50_ms\": %.4f, \"p99_ms\": %.4f, \"max_ms\": %.4f, "
        "\"changes\": %zu}\n",
        n_events, fresh, seconds[wanted / 2] * 1e3, seconds[wanted * 99 / 100] * 1e3,
        seconds[wanted - 1] * 1e3, changes);
    return 0;
}

static int run(const char *dir, size_t wanted, unsigned long long seed)
{
    size_t n = 0, bytes = 0;
    char *sig = slurp(dir, "sig", &n), *formula = slurp(dir, "formula", &n);
    char *log = slurp(dir, "log", &bytes);
    struct event *events = calloc(EVENTS_MOST, sizeof *events);
    double *seconds = calloc(wanted + 1, sizeof *seconds);
    struct truce_error error;
    truce *t =
        sig && formula && log && events && seconds ? truce_open(sig, formula, NULL, &error) : NULL;
    int status = 3;
    if (t)
        status = measure(t, log, bytes, events, seconds, wanted, seed);
    else
        fprintf(stderr, "cannot begin\n");
    truce_close(t);
    free(sig);
    free(formula);
    free(log);
    free(events);
    free(seconds);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: corrections DIR N [SEED]\n", stderr);
        return 2;
    }
    return run(argv[1], strtoul(argv[2], NULL, 10), argc > 3 ? strtoull(argv[3], NULL, 10) : 1);
}
