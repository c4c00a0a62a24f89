/* SPDX-License-Identifier: MIT */
/* Text as GitHub's and GitLab's Markdown shows it: nothing in it is taken for a sign of theirs. */
#ifndef LOCKSTEP_REPORT_MARKDOWN_H
#define LOCKSTEP_REPORT_MARKDOWN_H

#include <stddef.h>
#include <stdio.h>

/* Running text; line ends become blanks, and nobody is mentioned by an "@". */
void markdown_text(FILE *out, const char *text);

/* The same between HTML's tags, where Markdown's signs mean nothing. */
void markdown_html(FILE *out, const char *text);

/* A piece of code within a line; a table's cell keeps its "|". */
void markdown_code(FILE *out, const char *text, size_t length);

/* Lines of SQL, in a block. */
void markdown_sql(FILE *out, const char *sql);

/* Characters, as GitHub counts the length of a comment. */
size_t markdown_length(const char *text, size_t bytes);

#endif
