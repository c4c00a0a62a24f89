/* SPDX-License-Identifier: MIT */
/* The checks of syntax_version.c, by theme. */
#ifndef LOCKSTEP_PARSE_SYNTAX_VERSION_PARTS_H
#define LOCKSTEP_PARSE_SYNTAX_VERSION_PARTS_H

#include "syntax_version.h"

typedef void SyntaxCheck(Lower *lower, const Node *node);

/* Notes that the statement has something (a constant string) that is new in this version. */
void syntax_version_note(Lower *lower, int since, const char *what);

/* The same for each option of a list that has a row for this kind of node. */
void syntax_version_options(Lower *lower, NodeTag owner, const List *list);

/* syntax_table.c */
SyntaxCheck syntax_create_table, syntax_create_foreign_table, syntax_column, syntax_constraint;
SyntaxCheck syntax_alter_table, syntax_alter_command, syntax_alter_domain, syntax_index;

/* syntax_query.c */
SyntaxCheck syntax_function_call, syntax_subselect, syntax_returning, syntax_insert, syntax_update;
SyntaxCheck syntax_delete, syntax_merge, syntax_merge_when, syntax_with_query, syntax_json_parse;
SyntaxCheck syntax_xml_serialize, syntax_type_cast;

#endif
