/* SPDX-License-Identifier: MIT */
/* What the other end of a stream can show. */
#ifndef LOCKSTEP_BASE_TERM_H
#define LOCKSTEP_BASE_TERM_H

#include <stdbool.h>
#include <stdio.h>

bool term_is_terminal(FILE *stream);

/* Colour: never where NO_COLOR is set and not empty; else always where CLICOLOR_FORCE is set and
 * not "0"; else on a terminal whose TERM is not "dumb". */
bool term_has_colour(FILE *stream);

/* Columns of the terminal; 80 where there is none or it does not say. */
int term_width(FILE *stream);

typedef enum TermStyle {
    TERM_PLAIN, /* ends the others */
    TERM_BOLD,
    TERM_DIM,
    TERM_ERROR,
    TERM_WARNING,
    TERM_INFO,
    TERM_GOOD,
    TERM_CODE
} TermStyle;

/* The control sequence that begins a style; "" where there is no colour. A constant. */
const char *term_style(bool colour, TermStyle style);

#endif
