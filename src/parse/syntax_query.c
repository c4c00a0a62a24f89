/* SPDX-License-Identifier: MIT */
/* What newer versions have brought to queries and expressions. */
#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "syntax_version_parts.h"
#include "walk.h"

/* ---- functions */

typedef struct FunctionRow {
    const char *name;
    int arguments;
    int since;
    int until;
} FunctionRow;

static const FunctionRow functions[] = {
#define FUNCTION(name, arguments, since, until) {name, arguments, since, until},
#include "function_versions.def"
#undef FUNCTION
};

static int
compare_name(const void *name, const void *row)
{
    return strcmp(name, ((const FunctionRow *)row)->name);
}

static const FunctionRow *
find_function(const char *name, int arguments)
{
    const size_t count = sizeof functions / sizeof *functions;
    const FunctionRow *row = bsearch(name, functions, count, sizeof *functions, compare_name);
    if (row == NULL)
        return NULL;
    while (row > functions && strcmp(row[-1].name, name) == 0)
        row--;
    for (; row < functions + count && strcmp(row->name, name) == 0; row++) {
        if (row->arguments < 0 || row->arguments == arguments)
            return row;
    }
    return NULL;
}

/* timezone(x) is how the grammar reads AT LOCAL, system_user() how it reads SYSTEM_USER. */
void
syntax_function_call(Lower *lower, const Node *node)
{
    const FuncCall *call = (const FuncCall *)node;
    const char *name = node_last_string(call->funcname);
    const FunctionRow *row = name != NULL ? find_function(name, list_length(call->args)) : NULL;
    if (row == NULL)
        return;
    VersionedFunction function = {.name = node_list_name(lower->arena, call->funcname),
                                  .since = row->since,
                                  .until = row->until};
    LIST_APPEND(lower->arena, &lower->statement->versioned_functions, function);
}

/* ---- queries */

void
syntax_subselect(Lower *lower, const Node *node)
{
    if (((const RangeSubselect *)node)->alias == NULL)
        syntax_version_note(lower, 16, "a subquery in FROM without an alias");
}

/* Before 17, json(x) was a cast like that of any type. */
void
syntax_json_parse(Lower *lower, const Node *node)
{
    if (((const JsonParseExpr *)node)->unique_keys)
        syntax_version_note(lower, 17, "JSON() WITH UNIQUE KEYS");
}

void
syntax_xml_serialize(Lower *lower, const Node *node)
{
    if (((const XmlSerialize *)node)->indent)
        syntax_version_note(lower, 16, "XMLSERIALIZE … INDENT");
}

void
syntax_with_query(Lower *lower, const Node *node)
{
    if (IsA(((const CommonTableExpr *)node)->ctequery, MergeStmt))
        syntax_version_note(lower, 17, "MERGE in WITH");
}

/* ---- writes */

void
syntax_merge_when(Lower *lower, const Node *node)
{
    if (((const MergeWhenClause *)node)->matchKind == MERGE_WHEN_NOT_MATCHED_BY_SOURCE)
        syntax_version_note(lower, 17, "WHEN NOT MATCHED BY SOURCE");
}

#if PG_VERSION_NUM >= 180000

static void
visit_returned(void *context, Node *node, const WalkScope *scope)
{
    Lower *lower = context;
    (void)scope;
    if (!IsA(node, ColumnRef))
        return;
    const List *fields = ((const ColumnRef *)node)->fields;
    const Node *first = list_length(fields) > 1 ? linitial(fields) : NULL;
    if (first != NULL && IsA(first, String) &&
        (strcmp(node_string(first), "old") == 0 || strcmp(node_string(first), "new") == 0))
        syntax_version_note(lower, 18, "OLD and NEW in RETURNING");
}

/* A relation that is itself called so is meant in older versions. */
static bool
is_called_old_or_new(const Node *item)
{
    if (!IsA(item, RangeVar))
        return true;
    const RangeVar *relation = (const RangeVar *)item;
    const char *name = relation->alias != NULL ? relation->alias->aliasname : relation->relname;
    return strcmp(name, "old") == 0 || strcmp(name, "new") == 0;
}

static void
check_returning(Lower *lower, ReturningClause *returning, const RangeVar *target, const List *from)
{
    if (returning == NULL)
        return;
    bool may_name = is_called_old_or_new((const Node *)target);
    EACH_NODE (Node, item, from)
        may_name |= is_called_old_or_new(item);
    if (!may_name)
        walk_tree(lower->scratch, (Node *)returning, NULL, visit_returned, lower);
}

void
syntax_returning(Lower *lower, const Node *node)
{
    if (((const ReturningClause *)node)->options != NIL)
        syntax_version_note(lower, 18, "RETURNING WITH");
}

#else

#define check_returning(lower, returning, target, from)                                            \
    ((void)(lower), (void)(target), (void)(from))

#endif

void
syntax_insert(Lower *lower, const Node *node)
{
    const InsertStmt *insert = (const InsertStmt *)node;
    check_returning(lower, insert->returningClause, insert->relation, NIL);
}

void
syntax_update(Lower *lower, const Node *node)
{
    const UpdateStmt *update = (const UpdateStmt *)node;
    check_returning(lower, update->returningClause, update->relation, update->fromClause);
}

void
syntax_delete(Lower *lower, const Node *node)
{
    const DeleteStmt *delete = (const DeleteStmt *)node;
    check_returning(lower, delete->returningClause, delete->relation, delete->usingClause);
}

/* BY TARGET is what NOT MATCHED means without it: the tree does not keep it. */
static bool
says_by_target(const Lower *lower)
{
    const Span span = lower->statement->span;
    size_t at = scan_after_word(lower->text, span.start, span.end, "by");
    for (; at < span.end; at = scan_after_word(lower->text, at, span.end, "by")) {
        if (scan_is_word(lower->text, scan_token(lower->text, at, span.end), "target"))
            return true;
    }
    return false;
}

void
syntax_merge(Lower *lower, const Node *node)
{
    const MergeStmt *merge = (const MergeStmt *)node;
    List source = {.type = T_List, .length = 1, .max_length = 1};
    ListCell cell = {.ptr_value = merge->sourceRelation};
    source.elements = &cell;
#if PG_VERSION_NUM >= 180000
    bool returns = merge->returningClause != NULL;
#else
    bool returns = merge->returningList != NIL;
#endif
    if (returns)
        syntax_version_note(lower, 17, "MERGE … RETURNING");
    if (says_by_target(lower))
        syntax_version_note(lower, 17, "WHEN NOT MATCHED BY TARGET");
    check_returning(lower, merge->returningClause, merge->relation, &source);
}
