/* SPDX-License-Identifier: MIT */
#include "lower.h"

void
lower_create_view(Lower *lower, Node *node)
{
    const ViewStmt *view = (const ViewStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_VIEW);

    op->target = node_relation_name(lower->arena, view->view);
    op->if_exists = view->replace;
    op->create_as.persistence = node_persistence(view->view);
    op->create_as.columns = node_strings(lower->arena, view->aliases);
    op->create_as.query = lower_query(lower, view->query, true, NULL, NULL);
    op->create_as.uses = lower_uses(lower, view->query, NULL);
    op->create_as.result = lower_result(lower, view->query);
}

void
lower_create_table_as(Lower *lower, Node *node)
{
    const CreateTableAsStmt *create = (const CreateTableAsStmt *)node;
    bool is_view = create->objtype == OBJECT_MATVIEW;
    Op *op = lower_new_op(lower, is_view ? OP_CREATE_MATERIALIZED_VIEW : OP_CREATE_TABLE_AS);

    op->target = node_relation_name(lower->arena, create->into->rel);
    op->if_exists = create->if_not_exists;
    op->create_as.persistence = node_persistence(create->into->rel);
    op->create_as.columns = node_strings(lower->arena, create->into->colNames);
    op->create_as.with_no_data = create->into->skipData;
    op->create_as.tablespace = arena_strdup(lower->arena, create->into->tableSpaceName);
    op->create_as.access_method = arena_strdup(lower->arena, create->into->accessMethod);
    op->create_as.query = lower_query_of(lower, create->query, is_view, &op->create_as.functions,
                                         &op->create_as.sequences);
    if (is_view)
        op->create_as.uses = lower_uses(lower, create->query, NULL);
    op->create_as.result = lower_result(lower, create->query);
    lower_with_writes(lower, create->query);
}

void
lower_refresh(Lower *lower, Node *node)
{
    const RefreshMatViewStmt *refresh = (const RefreshMatViewStmt *)node;
    Op *op = lower_new_op(lower, OP_REFRESH_MATERIALIZED_VIEW);

    op->target = node_relation_name(lower->arena, refresh->relation);
    op->concurrently = refresh->concurrent;
    op->create_as.with_no_data = refresh->skipData;
}
