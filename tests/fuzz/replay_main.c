/* SPDX-License-Identifier: MIT */
/*
 * Stands in for libFuzzer's main: runs the fuzz target once over every file of the folders that
 * are named on the command line. Crashes that a fuzzer found are kept as seeds, so this is their
 * regression test with any compiler. No seed at all is a failure.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static long replay_folder(const char *folder);
static bool replay_file(const char *path, size_t size);

int
main(int argc, char **argv)
{
    long replayed = 0;

    for (int i = 1; i < argc; i++) {
        long count = replay_folder(argv[i]);
        if (count < 0)
            return EXIT_FAILURE;
        replayed += count;
    }

    if (replayed == 0) {
        fputs("no seed was found\n", stderr);
        return EXIT_FAILURE;
    }
    printf("%ld seeds replayed\n", replayed);
    return EXIT_SUCCESS;
}

/* Returns how many files were replayed, or -1 after a message. */
static long
replay_folder(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    long replayed = 0;

    if (count < 0) {
        fprintf(stderr, "%s: %s\n", folder, strerror(errno));
        return -1;
    }

    for (int i = 0; i < count; i++) {
        char path[PATH_MAX];
        struct stat status;
        int length = snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);
        bool named = length > 0 && (size_t)length < sizeof(path);

        free(entries[i]);
        if (replayed < 0)
            continue;
        if (!named || stat(path, &status) != 0) {
            fprintf(stderr, "%s: %s\n", path, strerror(named ? errno : ENAMETOOLONG));
            replayed = -1;
        } else if (S_ISREG(status.st_mode)) {
            replayed = replay_file(path, (size_t)status.st_size) ? replayed + 1 : -1;
        }
    }
    free(entries);
    return replayed;
}

static bool
replay_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    /* Exactly as large as the data, so that the sanitizer sees a read beyond its end. */
    uint8_t *data = malloc(size > 0 ? size : 1);
    bool complete = file != NULL && data != NULL && fread(data, 1, size, file) == size;

    if (complete)
        (void)LLVMFuzzerTestOneInput(data, size);
    else
        fprintf(stderr, "%s: cannot be read\n", path);

    free(data);
    if (file != NULL)
        (void)fclose(file);
    return complete;
}
