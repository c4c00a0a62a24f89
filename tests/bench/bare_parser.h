/* SPDX-License-Identifier: MIT */
/* PostgreSQL's parser by itself: what the linter is measured against. Apart from the benchmark,
 * because its headers and ours both define foreach. */
#ifndef LOCKSTEP_TESTS_BARE_PARSER_H
#define LOCKSTEP_TESTS_BARE_PARSER_H

#include <stdbool.h>

/* Parses the text and throws the trees away. False where the grammar does not accept it. */
bool bare_parse(const char *text);

#endif
