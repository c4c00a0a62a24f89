/* SPDX-License-Identifier: MIT */
/* The least that a linter of these files has to do: `bare_files FILE…` reads each and gives it to
 * PostgreSQL's parser. With --accepted, prints the names of those that the grammar accepts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bare_parser.h"

/* The text of a file, to be freed; NULL where it cannot be read. */
static char *
text_of(const char *path)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    if (file == NULL || fstat(fileno(file), &about) != 0 || !S_ISREG(about.st_mode)) {
        if (file != NULL)
            fclose(file);
        return NULL;
    }
    char *text = malloc((size_t)about.st_size + 1);
    size_t length = text != NULL ? fread(text, 1, (size_t)about.st_size, file) : 0;
    if (text != NULL)
        text[length] = '\0';
    fclose(file);
    return text;
}

int
main(int argc, char **argv)
{
    bool list = argc > 1 && strcmp(argv[1], "--accepted") == 0;
    for (int i = list ? 2 : 1; i < argc; i++) {
        char *text = text_of(argv[i]);
        bool accepted = text != NULL && bare_parse(text);
        if (list && accepted)
            puts(argv[i]);
        free(text);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
