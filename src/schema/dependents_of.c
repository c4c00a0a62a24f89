/* SPDX-License-Identifier: MIT */
/* What depends on functions, types and schemas, and what a DROP names. */
#include "schema/dependents_of.h"

#include <string.h>

#include "lockstep/call.h"

#include "schema/name_users.h"
#include "schema/type_catalog.h"

/* ---- functions */

/* What belongs to an extension is in a schema that is not known. */
static bool
is_function(const Schema *schema, QualifiedName written, QualifiedName function)
{
    const SimFunction *found = schema_find_function(schema, written);
    if (function.schema == NULL)
        return found == NULL && text_equals(written.name, function.name);
    return name_equals(found != NULL ? found->name : written, function);
}

static bool
names_function(const Schema *schema, const NameList *names, QualifiedName function)
{
    foreach (name, names) {
        if (is_function(schema, *name, function))
            return true;
    }
    return false;
}

bool
schema_expression_calls(const Schema *schema, const SqlExpr *expression, QualifiedName function)
{
    return expression != NULL && names_function(schema, &expression->functions, function);
}

/* How a question about one expression is asked of all expressions. */
typedef bool ExpressionTest(const Schema *schema, const SqlExpr *expression, QualifiedName object);

static bool
index_passes(const Schema *schema, const SimRelation *index, ExpressionTest *test,
             QualifiedName object)
{
    if (test(schema, index->index.predicate, object))
        return true;
    foreach (key, &index->index.keys) {
        if (test(schema, key->expression, object))
            return true;
    }
    return false;
}

bool
dependents_keep_generated(int pg_version)
{
    return pg_version >= 15;
}

/* The default of a generated column is the column. */
static void
put_expressions(Dependents *d, const SimRelation *relation, ExpressionTest *test,
                QualifiedName object)
{
    foreach (column, &relation->columns) {
        bool generated =
            column->generated == GENERATED_STORED || column->generated == GENERATED_VIRTUAL;
        if (test(d->schema, column->default_value, object))
            dependents_put_part(d, generated ? DEPENDENT_COLUMN : DEPENDENT_DEFAULT, relation->id,
                                column->name,
                                generated && !dependents_keep_generated(d->pg_version));
    }
    foreach (constraint, &relation->constraints) {
        if (test(d->schema, constraint->expression, object))
            dependents_put_part(d, DEPENDENT_CONSTRAINT, relation->id, constraint->name, false);
    }
    if (relation->index.table != 0 && !relation->index.is_constraint &&
        index_passes(d->schema, relation, test, object))
        dependents_put_relation(d, relation->id, false);
}

static void
function_of_relation(Dependents *d, const SimRelation *relation, QualifiedName function)
{
    put_expressions(d, relation, schema_expression_calls, function);
    if (names_function(d->schema, &relation->uses.functions, function))
        dependents_put_relation(d, relation->id, false);
    foreach (attached, &relation->attached) {
        if (names_function(d->schema, &(*attached)->uses.functions, function))
            dependents_put_attached(d, relation->id, *attached, false);
    }
}

/* Which of several functions of the name is called is not known. */
void
dependents_of_function(Dependents *d, QualifiedName function)
{
    const SimFunction *found = schema_find_function(d->schema, function);
    if (found != NULL && found->overload != NULL)
        return;
    const RelationIdList *users = schema_name_users(d->schema, function.name);
    foreach (id, users) {
        const SimRelation *relation = schema_relation_by_id(d->schema, *id);
        if (relation != NULL)
            function_of_relation(d, relation, function);
    }
}

/* ---- types */

/* The name of a type as the schema knows it. */
static QualifiedName
resolve_type(const Schema *schema, QualifiedName written)
{
    const SimDomain *domain = schema_find_domain(schema, written);
    const SimEnum *type = domain == NULL ? schema_find_enum(schema, written) : NULL;
    const SimComposite *composite = schema_find_composite(schema, written);
    if (domain != NULL)
        return domain->name;
    if (type != NULL)
        return type->name;
    if (composite != NULL)
        return composite->name;
    const SimRelation *relation =
        type_catalog_find(written) == NULL ? schema_find_relation(schema, written) : NULL;
    return relation != NULL ? relation->name : written;
}

static bool
is_type(const Schema *schema, const SqlType *written, QualifiedName type)
{
    if (written->name.name == NULL || !text_equals(written->name.name, type.name))
        return false;
    QualifiedName found = resolve_type(schema, written->name);
    if (type.schema == NULL)
        return schema_find_domain(schema, found) == NULL &&
               schema_find_enum(schema, found) == NULL &&
               schema_find_composite(schema, found) == NULL;
    return name_equals(found, type);
}

static bool
names_type(const Schema *schema, const TypeList *types, QualifiedName type)
{
    foreach (written, types) {
        if (is_type(schema, written, type))
            return true;
    }
    return false;
}

static bool
expression_casts(const Schema *schema, const SqlExpr *expression, QualifiedName type)
{
    return expression != NULL && names_type(schema, &expression->casts, type);
}

static void
type_of_relation(Dependents *d, const SimRelation *relation, QualifiedName type)
{
    foreach (column, &relation->columns) {
        bool is_view =
            relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED_VIEW;
        if (is_type(d->schema, &column->type, type))
            dependents_put_part(d, DEPENDENT_COLUMN, relation->id, column->name, false);
        if (is_view && is_type(d->schema, &column->type, type))
            dependents_put_relation(d, relation->id, false);
    }
    if (relation->is_typed && relation->of_type.name != NULL &&
        name_equals(relation->of_type, type))
        dependents_put_relation(d, relation->id, false);
    put_expressions(d, relation, expression_casts, type);
    if (names_type(d->schema, &relation->uses.types, type))
        dependents_put_relation(d, relation->id, false);
    foreach (attached, &relation->attached) {
        if (names_type(d->schema, &(*attached)->uses.types, type))
            dependents_put_attached(d, relation->id, *attached, false);
    }
}

static void
type_of_domain(Dependents *d, const SimDomain *domain, QualifiedName type)
{
    if (is_type(d->schema, &domain->base, type))
        dependents_put(d, (Dependent){.kind = DEPENDENT_TYPE, .object = domain->name});
}

static void
type_of_function(Dependents *d, const SimFunction *function, QualifiedName type)
{
    if (names_type(d->schema, &function->types, type))
        dependents_put(d, (Dependent){.kind = DEPENDENT_FUNCTION, .object = function->name});
}

void
dependents_of_type(Dependents *d, QualifiedName type)
{
    const RelationIdList *users = schema_name_users(d->schema, type.name);
    foreach (id, users) {
        const SimRelation *relation = schema_relation_by_id(d->schema, *id);
        if (relation != NULL)
            type_of_relation(d, relation, type);
    }
    foreach (typed, schema_type_users(d->schema, type.name)) {
        const NameSlot *slot = *typed;
        if (slot->value != NULL && slot->key.space == NAMES_DOMAIN)
            type_of_domain(d, slot->value, type);
        if (slot->value != NULL && slot->key.space == NAMES_FUNCTION)
            type_of_function(d, slot->value, type);
    }
}

/* ---- schemas */

static DependentKind
kind_in(NameSpace space)
{
    return space == NAMES_FUNCTION ? DEPENDENT_FUNCTION : DEPENDENT_TYPE;
}

/* Indexes and owned sequences come with their tables. */
void
dependents_of_schema(Dependents *d, const char *name)
{
    foreach (member, schema_members(d->schema, name)) {
        const NameSlot *slot = *member;
        if (slot->value == NULL)
            continue;
        switch (slot->key.space) {
        case NAMES_RELATION: {
            const SimRelation *relation = ((const RelationSlot *)slot->value)->current;
            if (relation != NULL && relation->index.table == 0)
                dependents_put_relation(d, relation->id, false);
            break;
        }
        case NAMES_DOMAIN:
        case NAMES_ENUM:
        case NAMES_COMPOSITE:
        case NAMES_FUNCTION:
            dependents_put(d, (Dependent){
                                  .kind = kind_in(slot->key.space),
                                  .object = {slot->key.schema, slot->key.name}
            });
            break;
        case NAMES_CAST:
        case NAMES_STATISTICS:
        case NAMES_WRAPPER:
        case NAMES_SERVER:
        case NAMES_SCHEMA:
        case NAMES_EXTENSION:
        case NAMES_PUBLICATION:
        case NAMES_SETTING:
        case NAMES_LOCAL_SETTING:
        case NAMES_DEFAULT_SETTING:
        case NAMES_COMING_SETTING:
            break;
        }
    }
}

/* ---- foreign servers, wrappers and collations */

void
dependents_of_server(Dependents *d, const char *name)
{
    foreach (slot, &d->schema->relations) {
        const SimRelation *table = (*slot)->current;
        if (table != NULL && table->server != NULL && text_equals(table->server, name))
            dependents_put_relation(d, table->id, false);
    }
}

void
dependents_of_wrapper(Dependents *d, const char *name)
{
    foreach (slot, &d->schema->servers) {
        const SimServer *server = (*slot)->value;
        if (server != NULL && server->wrapper != NULL && text_equals(server->wrapper, name))
            dependents_put(d, (Dependent){
                                  .kind = DEPENDENT_SERVER, .object = {NULL, server->name}
            });
    }
}

static bool
is_collation(QualifiedName written, QualifiedName collation)
{
    bool same_schema = written.schema == NULL || collation.schema == NULL ||
                       text_equals(written.schema, collation.schema);
    return written.name != NULL && same_schema && text_equals(written.name, collation.name);
}

void
dependents_of_collation(Dependents *d, QualifiedName name)
{
    foreach (slot, &d->schema->relations) {
        const SimRelation *relation = (*slot)->current;
        if (relation == NULL)
            continue;
        foreach (column, &relation->columns) {
            if (is_collation(column->collation, name))
                dependents_put_part(d, DEPENDENT_COLUMN, relation->id, column->name, false);
        }
        foreach (key, &relation->index.keys) {
            if (is_collation(key->collation, name))
                dependents_put_relation(d, relation->id, false);
        }
    }
}

/* ---- extensions */

typedef enum MemberKind { MEMBER_TYPE, MEMBER_FUNCTION, MEMBER_OPCLASS } MemberKind;

typedef struct Member {
    MemberKind kind;
    const char *extension;
    const char *name;
} Member;

static const Member members[] = {
#define EXTENSION_TYPE(extension, name) {MEMBER_TYPE, extension, name},
#define EXTENSION_FUNCTION(extension, name) {MEMBER_FUNCTION, extension, name},
#define EXTENSION_OPCLASS(extension, name) {MEMBER_OPCLASS, extension, name},
#include "schema/extension_objects.def"
#undef EXTENSION_TYPE
#undef EXTENSION_FUNCTION
#undef EXTENSION_OPCLASS
};

static void
put_indexes_with(Dependents *d, const char *opclass)
{
    foreach (slot, &d->schema->relations) {
        const SimRelation *index = (*slot)->current;
        if (index == NULL || index->index.table == 0)
            continue;
        foreach (key, &index->index.keys) {
            if (key->opclass.name != NULL && text_equals(key->opclass.name, opclass))
                dependents_put_relation(d, index->id, false);
        }
    }
}

void
dependents_of_extension(Dependents *d, const char *name)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const Member *member = &members[i];
        if (!text_equals(member->extension, name))
            continue;
        if (member->kind == MEMBER_OPCLASS)
            put_indexes_with(d, member->name);
        else
            dependents_put(
                d, (Dependent){
                       .kind = member->kind == MEMBER_TYPE ? DEPENDENT_TYPE : DEPENDENT_FUNCTION,
                       .object = {NULL, member->name},
                       .automatic = true
            });
    }
}

bool
schema_knows_extension(const char *name)
{
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (text_equals(members[i].extension, name))
            return true;
    }
    return false;
}

/* ---- what a DROP names */

/* Children lose it where they have it from this table only (tablecmds.c, ATExecDropColumn). */
static void
add_columns(Arena *arena, const Schema *schema, const Op *op, const SimRelation *table,
            DependentList *out)
{
    RelationIdList losing = {0};
    LIST_APPEND(arena, &losing, table->id);
    for (size_t i = 0; i < losing.count; i++) {
        LIST_APPEND(arena, out,
                    (Dependent){.kind = DEPENDENT_COLUMN,
                                .relation = losing.items[i],
                                .name = op->column.column});
        RelationIdList children = {0};
        if (!op->only)
            children = schema_children_of(arena, schema, losing.items[i]);
        foreach (id, &children) {
            const SimColumn *column =
                relation_find_column(schema_relation_by_id(schema, *id), op->column.column);
            if (column != NULL && column->inherited <= 1 && !column->is_local)
                LIST_APPEND(arena, &losing, *id);
        }
    }
}

static void
add_relation_or_part(Arena *arena, const Schema *schema, const Op *op, const SimRelation *relation,
                     DependentList *out)
{
    if (relation == NULL)
        return;
    if (op->kind == OP_DROP_COLUMN)
        add_columns(arena, schema, op, relation, out);
    else if (op->kind == OP_DROP_CONSTRAINT)
        LIST_APPEND(arena, out,
                    (Dependent){.kind = DEPENDENT_CONSTRAINT,
                                .relation = relation->id,
                                .name = op->constraint.name});
    else
        LIST_APPEND(arena, out, (Dependent){.kind = DEPENDENT_RELATION, .relation = relation->id});
}

static void
add_owned(Arena *arena, const Schema *schema, const StringList *roles, DependentList *out)
{
    foreach (role, roles) {
        RelationIdList owned = schema_relations_of_owner(arena, schema, *role);
        foreach (id, &owned)
            LIST_APPEND(arena, out, (Dependent){.kind = DEPENDENT_RELATION, .relation = *id});
    }
}

DependentList
schema_dropped(Arena *arena, const Schema *schema, const Op *op, const SimRelation *target)
{
    DependentList out = {0};
    if (op->kind == OP_DROP_OWNED) {
        add_owned(arena, schema, &op->owned.roles, &out);
    } else if (op->kind == OP_DROP_SCHEMA) {
        LIST_APPEND(arena, &out, (Dependent){.kind = DEPENDENT_SCHEMA, .object = op->target});
    } else if (op->kind == OP_DROP_EXTENSION) {
        LIST_APPEND(arena, &out, (Dependent){.kind = DEPENDENT_EXTENSION, .object = op->target});
    } else if (op->kind == OP_DROP_OBJECT) {
        static const DependentKind kinds[] = {
            [DROPPED_SERVER] = DEPENDENT_SERVER,
            [DROPPED_WRAPPER] = DEPENDENT_WRAPPER,
            [DROPPED_COLLATION] = DEPENDENT_COLLATION,
        };
        LIST_APPEND(arena, &out, (Dependent){.kind = kinds[op->dropped], .object = op->target});
    } else if (op->kind == OP_DROP_TYPE) {
        QualifiedName name = resolve_type(schema, op->target);
        LIST_APPEND(arena, &out, (Dependent){.kind = DEPENDENT_TYPE, .object = name});
    } else if (op->kind == OP_DROP_FUNCTION) {
        const SimFunction *function = schema_find_function(schema, op->target);
        /* With other arguments there is none, unless a type has two names. */
        if (op->if_exists && function != NULL && !call_has(function, &op->function.signature))
            return out;
        QualifiedName name = function != NULL ? function->name : op->target;
        LIST_APPEND(arena, &out, (Dependent){.kind = DEPENDENT_FUNCTION, .object = name});
    } else {
        add_relation_or_part(arena, schema, op, target, &out);
    }
    return out;
}
