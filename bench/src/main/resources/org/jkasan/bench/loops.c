/*
 * The loops of org.jkasan.bench.loops in C, over memory of malloc: `loops NAME MILLISECONDS`
 * repeats one for so long and prints nanoseconds for a turn.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LENGTH = 4096, SORTED = 512, SIZE = 96, WIDTH = 128, HEIGHT = 64, TEXT = 512 };

static int32_t *ints_a, *ints_b, *ints_c, *table, *counts, *positions, *unsorted, *sorted;
static int8_t *bytes_a, *bytes_b, *text;
static int64_t *longs;
static double *plane_a, *plane_b, *flat_a, *flat_b, *flat_c;
static int32_t *schedule, *constants, *state;
static char *written;

/* Not inlined, as each is a method of its own in Java, and its arguments are not known. */
#define LOOP static __attribute__((noinline))

LOOP int32_t sum_ints(const int32_t *values, int length) {
    int32_t sum = 0;
    for (int i = 0; i < length; i++) {
        sum = (int32_t) ((uint32_t) sum + (uint32_t) values[i]);
    }
    return sum;
}

LOOP int64_t sum_longs(const int64_t *values, int length) {
    int64_t sum = 0;
    for (int i = 0; i < length; i++) {
        sum = (int64_t) ((uint64_t) sum + (uint64_t) values[i]);
    }
    return sum;
}

LOOP void xor_ints(const int32_t *a, const int32_t *b, int32_t *c, int length) {
    for (int i = 0; i < length; i++) {
        c[i] = a[i] ^ b[i];
    }
}

LOOP void copy(const int8_t *from, int8_t *to, int length) {
    for (int i = 0; i < length; i++) {
        to[i] = from[i];
    }
}

LOOP void sort(int32_t *values, int length) {
    for (int i = 1; i < length; i++) {
        int32_t value = values[i];
        int j = i - 1;
        while (j >= 0 && values[j] > value) {
            values[j + 1] = values[j];
            j--;
        }
        values[j + 1] = value;
    }
}

LOOP void multiply(const double *a, const double *b, double *c, int size) {
    for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += a[i * size + k] * b[k * size + j];
            }
            c[i * size + j] = sum;
        }
    }
}

static uint32_t ror(uint32_t x, int by) {
    return x >> by | x << (32 - by);
}

LOOP void sha256_block(const int8_t *data, int offset, int32_t *w, const int32_t *k, int32_t *state) {
    for (int i = 0; i < 16; i++) {
        int at = offset + 4 * i;
        w[i] = (int32_t) ((uint32_t) (uint8_t) data[at] << 24
                | (uint32_t) (uint8_t) data[at + 1] << 16
                | (uint32_t) (uint8_t) data[at + 2] << 8
                | (uint32_t) (uint8_t) data[at + 3]);
    }
    for (int i = 16; i < 64; i++) {
        uint32_t x = (uint32_t) w[i - 15];
        uint32_t y = (uint32_t) w[i - 2];
        uint32_t s0 = ror(x, 7) ^ ror(x, 18) ^ x >> 3;
        uint32_t s1 = ror(y, 17) ^ ror(y, 19) ^ y >> 10;
        w[i] = (int32_t) ((uint32_t) w[i - 16] + s0 + (uint32_t) w[i - 7] + s1);
    }
    uint32_t a = (uint32_t) state[0], b = (uint32_t) state[1], c = (uint32_t) state[2];
    uint32_t d = (uint32_t) state[3], e = (uint32_t) state[4], f = (uint32_t) state[5];
    uint32_t g = (uint32_t) state[6], h = (uint32_t) state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = ror(e, 6) ^ ror(e, 11) ^ ror(e, 25);
        uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + (uint32_t) k[i] + (uint32_t) w[i];
        uint32_t s0 = ror(a, 2) ^ ror(a, 13) ^ ror(a, 22);
        uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    state[0] += (int32_t) a, state[1] += (int32_t) b, state[2] += (int32_t) c;
    state[3] += (int32_t) d, state[4] += (int32_t) e, state[5] += (int32_t) f;
    state[6] += (int32_t) g, state[7] += (int32_t) h;
}

LOOP int32_t crc(const int8_t *data, int length, const int32_t *table) {
    uint32_t crc = ~0U;
    for (int i = 0; i < length; i++) {
        crc = crc >> 8 ^ (uint32_t) table[(crc ^ (uint32_t) data[i]) & 0xFF];
    }
    return (int32_t) ~crc;
}

LOOP int match(const int8_t *data, int length, int32_t *positions) {
    int matched = 0;
    int at = 0;
    while (at + 4 < length) {
        uint32_t word = (uint32_t) (uint8_t) data[at] | (uint32_t) (uint8_t) data[at + 1] << 8
                | (uint32_t) (uint8_t) data[at + 2] << 16 | (uint32_t) (uint8_t) data[at + 3] << 24;
        uint32_t hash = word * 2654435761U >> 22;
        int before = positions[hash];
        positions[hash] = at;
        int found = 0;
        while (before < at && at + found < length && data[before + found] == data[at + found]) {
            found++;
        }
        matched += found >= 4 ? found : 0;
        at += found >= 4 ? found : 1;
    }
    return matched;
}

LOOP void base64(const int8_t *data, int length, int8_t *to, const int8_t *alphabet) {
    int at = 0;
    for (int from = 0; from + 2 < length; from += 3) {
        int bits = (uint8_t) data[from] << 16 | (uint8_t) data[from + 1] << 8
                | (uint8_t) data[from + 2];
        to[at++] = alphabet[bits >> 18 & 63];
        to[at++] = alphabet[bits >> 12 & 63];
        to[at++] = alphabet[bits >> 6 & 63];
        to[at++] = alphabet[bits & 63];
    }
}

LOOP void histogram(const int8_t *data, int length, int32_t *counts) {
    for (int i = 0; i < length; i++) {
        counts[data[i] & 0xFF]++;
    }
}

LOOP void stencil(const double *from, double *to, int width, int height) {
    for (int y = 1; y < height - 1; y++) {
        int row = y * width;
        for (int x = 1; x < width - 1; x++) {
            int at = row + x;
            to[at] = (from[at] + from[at - 1] + from[at + 1] + from[at - width] + from[at + width])
                    * 0.2;
        }
    }
}

LOOP int number_text(const int32_t *numbers, int length, char *to) {
    int at = 0;
    for (int i = 0; i < length; i++) {
        char digits[12];
        int count = 0;
        int rest = numbers[i];
        do {
            digits[count++] = (char) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        while (count > 0) {
            to[at++] = digits[--count];
        }
        to[at++] = ',';
    }
    return at;
}

static volatile int64_t sink;

static void turn(const char *name) {
    if (!strcmp(name, "sum-int")) sink += sum_ints(ints_a, LENGTH);
    else if (!strcmp(name, "sum-long")) sink += sum_longs(longs, LENGTH);
    else if (!strcmp(name, "xor")) xor_ints(ints_a, ints_b, ints_c, LENGTH);
    else if (!strcmp(name, "copy")) copy(bytes_a, bytes_b, LENGTH);
    else if (!strcmp(name, "sort")) memcpy(sorted, unsorted, SORTED * 4), sort(sorted, SORTED);
    else if (!strcmp(name, "matrix")) multiply(flat_a, flat_b, flat_c, SIZE);
    else if (!strcmp(name, "sha256"))
        for (int at = 0; at < 32 * 64; at += 64) sha256_block(bytes_a, at, schedule, constants, state);
    else if (!strcmp(name, "crc")) sink += crc(bytes_a, LENGTH, table);
    else if (!strcmp(name, "match")) sink += match(text, LENGTH, positions);
    else if (!strcmp(name, "base64")) base64(bytes_a, 3 * 1024, bytes_b, text);
    else if (!strcmp(name, "histogram")) histogram(bytes_a, LENGTH, counts);
    else if (!strcmp(name, "stencil")) stencil(plane_a, plane_b, WIDTH, HEIGHT);
    else if (!strcmp(name, "text")) sink += number_text(ints_c, TEXT, written);
    else {
        fprintf(stderr, "no loop of the name %s\n", name);
        exit(2);
    }
}

static uint32_t seed = 1;

static uint32_t next(void) {
    seed = seed * 1664525U + 1013904223U;
    return seed >> 4;
}

static void fill(void) {
    ints_a = malloc(LENGTH * 4), ints_b = malloc(LENGTH * 4), ints_c = malloc(LENGTH * 4);
    table = malloc(256 * 4), counts = calloc(256, 4), positions = calloc(1024, 4);
    unsorted = malloc(SORTED * 4), sorted = malloc(SORTED * 4);
    bytes_a = malloc(LENGTH), bytes_b = malloc(LENGTH), text = malloc(LENGTH);
    longs = malloc(LENGTH * 8);
    plane_a = malloc(WIDTH * HEIGHT * 8), plane_b = calloc(WIDTH * HEIGHT, 8);
    flat_a = malloc(SIZE * SIZE * 8), flat_b = malloc(SIZE * SIZE * 8);
    flat_c = malloc(SIZE * SIZE * 8);
    schedule = malloc(64 * 4), constants = malloc(64 * 4), state = calloc(8, 4);
    written = malloc(TEXT * 12);
    for (int i = 0; i < LENGTH; i++) {
        ints_a[i] = (int32_t) next(), ints_b[i] = (int32_t) next();
        ints_c[i] = (int32_t) (next() % 100000);
        longs[i] = next(), bytes_a[i] = (int8_t) next();
        text[i] = i > 200 && i % 64 < 40 ? text[i - 128 - i / 64 % 8] : (int8_t) (next() % 64);
    }
    for (int i = 0; i < 256; i++) table[i] = (int32_t) next();
    for (int i = 0; i < SORTED; i++) unsorted[i] = (int32_t) next();
    for (int i = 0; i < 64; i++) constants[i] = (int32_t) next();
    for (int i = 0; i < WIDTH * HEIGHT; i++) plane_a[i] = next();
    for (int i = 0; i < SIZE * SIZE; i++) flat_a[i] = next(), flat_b[i] = next();
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec * 1e9 + (double) time.tv_nsec;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: loops NAME MILLISECONDS\n");
        return 2;
    }
    fill();
    double start = now();
    double end = start + atof(arguments[2]) * 1e6;
    long turns = 0;
    double time;
    do {
        for (int i = 0; i < 10; i++) turn(arguments[1]);
        turns += 10;
        time = now();
    } while (time < end);
    printf("%.3f\n", (time - start) / (double) turns);
    return 0;
}
