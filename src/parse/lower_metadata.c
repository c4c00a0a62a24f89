/* SPDX-License-Identifier: MIT */
/* What is said about objects without changing them: COMMENT, GRANT, OWNER, PUBLICATION, STATISTICS.
 */
#include <string.h>

#include "lower.h"

static void add_about_object(Lower *lower, OpKind kind, ObjectType type, const Node *object);
static void add_publication(Lower *lower, const char *name, PublicationAction action,
                            const List *objects);
static StringList role_names(Lower *lower, const List *roles);

/* ALTER … DEPENDS ON EXTENSION */
void
lower_depends(Lower *lower, Node *node)
{
    const AlterObjectDependsStmt *depends = (const AlterObjectDependsStmt *)node;
    Op op = lower_op(lower, OP_DEPENDS_ON_EXTENSION);

    if (depends->relation == NULL) {
        lower_add_plain(lower, OP_NO_RELATION);
        return;
    }
    op.target = node_relation_name(lower->arena, depends->relation);
    if (depends->objectType == OBJECT_TRIGGER)
        op.attached.name =
            arena_strdup(lower->arena, node_last_string((const List *)depends->object));
    lower_add(lower, &op);
}

void
lower_comment(Lower *lower, Node *node)
{
    const CommentStmt *comment = (const CommentStmt *)node;

    add_about_object(lower, OP_COMMENT, comment->objtype, comment->object);
}

/* seclabel.c locks as comment.c does. */
void
lower_security_label(Lower *lower, Node *node)
{
    const SecLabelStmt *label = (const SecLabelStmt *)node;

    add_about_object(lower, OP_COMMENT, label->objtype, label->object);
}

/* ALTER EXTENSION … ADD or DROP */
void
lower_extension_member(Lower *lower, Node *node)
{
    const AlterExtensionContentsStmt *alter = (const AlterExtensionContentsStmt *)node;

    add_about_object(lower, OP_EXTENSION_MEMBER, alter->objtype, alter->object);
}

/* Objects that are relations or parts of one. */
typedef struct AboutRow {
    ObjectType type;
    AboutKind kind;
    bool is_part;
} AboutRow;

static const AboutRow abouts[] = {
    {OBJECT_TABLE,         ABOUT_TABLE,             false},
    {OBJECT_FOREIGN_TABLE, ABOUT_FOREIGN_TABLE,     false},
    {OBJECT_VIEW,          ABOUT_VIEW,              false},
    {OBJECT_MATVIEW,       ABOUT_MATERIALIZED_VIEW, false},
    {OBJECT_INDEX,         ABOUT_INDEX,             false},
    {OBJECT_SEQUENCE,      ABOUT_SEQUENCE,          false},
    {OBJECT_COLUMN,        ABOUT_COLUMN,            true },
    {OBJECT_TABCONSTRAINT, ABOUT_CONSTRAINT,        true },
    {OBJECT_TRIGGER,       ABOUT_TRIGGER,           true },
    {OBJECT_RULE,          ABOUT_RULE,              true },
    {OBJECT_POLICY,        ABOUT_POLICY,            true },
};

static void
add_about_object(Lower *lower, OpKind kind, ObjectType type, const Node *object)
{
    Op op = lower_op(lower, kind);

    size_t found = 0;

    while (found < sizeof abouts / sizeof *abouts && abouts[found].type != type)
        found++;
    if (found == sizeof abouts / sizeof *abouts) {
        lower_add_plain(lower, OP_NO_RELATION);
        return;
    }
    const List *names = (const List *)object;
    op.about.kind = abouts[found].kind;
    op.target = abouts[found].is_part ? node_owner_name(lower->arena, names)
                                      : node_list_name(lower->arena, names);
    if (abouts[found].is_part)
        op.about.name = arena_strdup(lower->arena, node_last_string(names));
    lower_add(lower, &op);
}

/* acl.h, ACL_ALL_RIGHTS_RELATION, and of columns too; others are of other objects.
 * As the server writes them. */
static const char *
privilege_of_other(const char *name)
{
    static const char *const others[][2] = {
        {"usage",     "USAGE"    },
        {"create",    "CREATE"   },
        {"connect",   "CONNECT"  },
        {"temporary", "TEMPORARY"},
        {"temp",      "TEMPORARY"},
        {"execute",   "EXECUTE"  },
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (name != NULL && strcmp(name, others[i][0]) == 0)
            return others[i][1];
    }
    return NULL;
}

static void
add_privileges(Lower *lower, const GrantStmt *grant, Op *op)
{
    op->grant.on_sequence = grant->objtype == OBJECT_SEQUENCE;
    EACH_NODE (AccessPriv, privilege, grant->privileges) {
        if (op->grant.of_other == NULL && !op->grant.on_sequence)
            op->grant.of_other = privilege_of_other(privilege->priv_name);
        EACH_NODE (String, column, privilege->cols) {
            const char *name = arena_strdup(lower->arena, node_string(column));
            LIST_APPEND(lower->arena, &op->grant.columns, name);
        }
    }
}

void
lower_grant(Lower *lower, Node *node)
{
    const GrantStmt *grant = (const GrantStmt *)node;
    bool on_relations = grant->objtype == OBJECT_TABLE || grant->objtype == OBJECT_SEQUENCE;

    if (!on_relations || grant->targtype == ACL_TARGET_DEFAULTS) {
        lower_add_plain(lower, OP_NO_RELATION);
        return;
    }
    EACH_NODE (Node, object, grant->objects) {
        Op *op = lower_new_op(lower, OP_GRANT);
        add_privileges(lower, grant, op);
        if (IsA(object, RangeVar))
            op->target = node_relation_name(lower->arena, (const RangeVar *)object);
        else if (IsA(object, String)) /* all tables of a schema */
            op->target.schema = arena_strdup(lower->arena, node_string(object));
    }
}

void
lower_create_statistics(Lower *lower, Node *node)
{
    const CreateStatsStmt *create = (const CreateStatsStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_STATISTICS);

    if (create->relations != NIL && IsA(linitial(create->relations), RangeVar))
        op->target = node_relation_name(lower->arena, linitial(create->relations));
    QualifiedName name = node_list_name(lower->arena, create->defnames);
    op->statistics.name = name.name;
    op->statistics.schema = name.schema;
    op->statistics.kinds = node_strings(lower->arena, create->stat_types);
    EACH_NODE (StatsElem, element, create->exprs) {
        const char *column = arena_strdup(lower->arena, element->name);
        if (column != NULL)
            LIST_APPEND(lower->arena, &op->statistics.columns, column);
        op->statistics.expressions += column == NULL;
    }
    op->if_exists = create->if_not_exists;
}

/* ---- foreign servers */

/* ALTER may give a handler or take it away; without the word it stays. */
void
lower_create_wrapper(Lower *lower, Node *node)
{
    const CreateFdwStmt *create = (const CreateFdwStmt *)node;
    const DefElem *handler = node_find_option(create->func_options, "handler");
    Op *op = lower_new_op(lower, OP_CREATE_WRAPPER);

    op->target.name = arena_strdup(lower->arena, create->fdwname);
    op->foreign.has_handler = handler != NULL && handler->arg != NULL;
}

void
lower_alter_wrapper(Lower *lower, Node *node)
{
    const AlterFdwStmt *alter = (const AlterFdwStmt *)node;
    const DefElem *handler = node_find_option(alter->func_options, "handler");
    Op *op = lower_new_op(lower, handler != NULL ? OP_CREATE_WRAPPER : OP_NO_RELATION);

    op->target.name = arena_strdup(lower->arena, alter->fdwname);
    op->foreign.has_handler = handler != NULL && handler->arg != NULL;
}

void
lower_create_server(Lower *lower, Node *node)
{
    const CreateForeignServerStmt *create = (const CreateForeignServerStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_SERVER);

    op->target.name = arena_strdup(lower->arena, create->servername);
    op->foreign.of = arena_strdup(lower->arena, create->fdwname);
}

/* Makes tables that nobody has seen; what is there is not touched. */
void
lower_import_foreign(Lower *lower, Node *node)
{
    Op *op = lower_new_op(lower, OP_IMPORT_FOREIGN);

    op->foreign.of =
        arena_strdup(lower->arena, ((const ImportForeignSchemaStmt *)node)->server_name);
}

/* ---- publications */

void
lower_create_publication(Lower *lower, Node *node)
{
    const CreatePublicationStmt *create = (const CreatePublicationStmt *)node;

    add_publication(lower, create->pubname, PUBLICATION_CREATE, create->pubobjects);
}

void
lower_alter_publication(Lower *lower, Node *node)
{
    static const PublicationAction actions[] = {
        [AP_AddObjects] = PUBLICATION_ADD,
        [AP_DropObjects] = PUBLICATION_DROP_TABLES,
        [AP_SetObjects] = PUBLICATION_SET,
    };
    const AlterPublicationStmt *alter = (const AlterPublicationStmt *)node;

    if (alter->pubobjects == NIL)
        lower_add_plain(lower, OP_NO_RELATION);
    else
        add_publication(lower, alter->pubname, actions[alter->action], alter->pubobjects);
}

static void
add_published_columns(Lower *lower, const List *objects, Op *op)
{
    SqlUses *filters = ARENA_NEW(lower->arena, SqlUses);
    SqlUses *listed = ARENA_NEW(lower->arena, SqlUses);

    EACH_NODE (PublicationObjSpec, object, objects) {
        const PublicationTable *table = object->pubtable;
        if (table == NULL)
            continue;
        EACH_NODE (String, column, table->columns)
            lower_add_use(lower, listed, table->relation, node_string(column));
        const SqlUses *uses = lower_uses(lower, table->whereClause, table->relation);
        if (uses == NULL)
            continue;
        foreach (use, &uses->columns)
            LIST_APPEND(lower->arena, &filters->columns, *use);
    }
    op->publication.filters = filters;
    op->publication.listed = listed;
}

static void
add_publication(Lower *lower, const char *name, PublicationAction action, const List *objects)
{
    Op op = lower_op(lower, OP_PUBLICATION);

    op.target.name = arena_strdup(lower->arena, name);
    op.publication.action = action;
    add_published_columns(lower, objects, &op);
    EACH_NODE (PublicationObjSpec, object, objects) {
        if (object->pubtable == NULL)
            continue;
        const RangeVar *relation = object->pubtable->relation;
        QualifiedName table = node_relation_name(lower->arena, relation);
        LIST_APPEND(lower->arena, &op.publication.tables, table);
        if (!relation->inh)
            LIST_APPEND(lower->arena, &op.publication.only, table);
    }
    lower_add(lower, &op);
}

/* ---- owners */

/* CURRENT_ROLE and its like are NULL: whoever runs the history. */
const char *
lower_role(const Lower *lower, const RoleSpec *role)
{
    return role != NULL && role->roletype == ROLESPEC_CSTRING
               ? arena_strdup(lower->arena, role->rolename)
               : NULL;
}

static StringList
role_names(Lower *lower, const List *roles)
{
    StringList names = {0};

    EACH_NODE (RoleSpec, role, roles) {
        const char *name = lower_role(lower, role);
        if (name != NULL)
            LIST_APPEND(lower->arena, &names, name);
    }
    return names;
}

void
lower_drop_owned(Lower *lower, Node *node)
{
    const DropOwnedStmt *drop = (const DropOwnedStmt *)node;
    Op *op = lower_new_op(lower, OP_DROP_OWNED);

    op->cascade = drop->behavior == DROP_CASCADE;
    op->owned.roles = role_names(lower, drop->roles);
}

void
lower_reassign_owned(Lower *lower, Node *node)
{
    const ReassignOwnedStmt *reassign = (const ReassignOwnedStmt *)node;
    Op *op = lower_new_op(lower, OP_REASSIGN_OWNED);

    op->owned.roles = role_names(lower, reassign->roles);
    op->owned.new_owner = lower_role(lower, reassign->newrole);
}

/* ALTER TABLE, INDEX or MATERIALIZED VIEW ALL IN TABLESPACE */
void
lower_move_all(Lower *lower, Node *node)
{
    const AlterTableMoveAllStmt *move = (const AlterTableMoveAllStmt *)node;
    Op *op = lower_new_op(lower, OP_MOVE_ALL);

    op->move_all.from = arena_strdup(lower->arena, move->orig_tablespacename);
    op->move_all.to = arena_strdup(lower->arena, move->new_tablespacename);
    op->move_all.owners = role_names(lower, move->roles);
    op->move_all.kind = move->objtype == OBJECT_INDEX     ? RELATION_INDEX
                        : move->objtype == OBJECT_MATVIEW ? RELATION_MATERIALIZED_VIEW
                                                          : RELATION_TABLE;
}
