/* SPDX-License-Identifier: MIT */
/*
 * The simulated catalog: what the database looks like at this point of the history. This is the
 * read side; src/schema/replay.h changes it.
 *
 * Objects are immutable: a change puts a changed copy in the old one's place. So a pointer that was
 * read stays valid and keeps telling what was true when it was read, and going back (ROLLBACK,
 * linting a down file between two ups) is putting the old pointers back. Relations refer to each
 * other by id, which survives renaming, as PostgreSQL's OIDs do.
 */
#ifndef LOCKSTEP_SCHEMA_H
#define LOCKSTEP_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/code.h"
#include "lockstep/list.h"
#include "lockstep/lock.h"
#include "lockstep/op.h"
#include "lockstep/text.h"

typedef struct Schema Schema;

/* Identifies a relation for as long as the schema lives; 0 is none. */
typedef uint32_t RelationId;

typedef struct SimColumn {
    const char *name;
    SqlType type;
    QualifiedName collation;
    bool not_null;
    const SqlExpr *default_value; /* NULL for none */
    GeneratedKind generated;
    RelationId sequence; /* from which the default takes its numbers; 0 for none */
    bool type_known;     /* false for a column that was only inferred */
    int inherited;       /* from how many parents */
    bool is_local;       /* for an inherited one: the table itself defines it too */
    uint32_t null_in;    /* the transaction that added it, if no row has got a value since */
} SimColumn;

typedef struct SimConstraint {
    ConstraintKind kind;
    const char *name; /* as the server would choose it where none was written */
    StringList columns;
    const SqlExpr *expression;
    RelationId referenced; /* FOREIGN KEY; 0 when the table is not known */
    QualifiedName referenced_name;
    StringList referenced_columns;
    ForeignKeyAction on_delete;
    ForeignKeyAction on_update;
    bool initially_deferred; /* checked at COMMIT */
    RelationId index;        /* UNIQUE, PRIMARY KEY, EXCLUDE */
    bool valid;
    bool enforced;
    bool no_inherit;
    bool deferrable;
    int inherited; /* from how many parents; a partition's own part of a key or foreign key too */
    bool is_local; /* for an inherited one: the table itself defines it too */
} SimConstraint;

typedef LIST(SimColumn) SimColumnList;
typedef LIST(SimConstraint) SimConstraintList;
typedef LIST(RelationId) RelationIdList;

/* A relation, or one column of it, on which something stands. */
typedef struct SimUse {
    RelationId relation;
    const char *column; /* NULL: the relation as a whole */
} SimUse;

typedef LIST(SimUse) SimUseList;

/* What a query, a condition or a body stands on. */
typedef struct SimUses {
    SimUseList columns;
    NameList functions; /* with their schemas where the history has them */
    TypeList types;
} SimUses;

typedef enum SimAttachedKind { SIM_TRIGGER, SIM_RULE, SIM_POLICY } SimAttachedKind;

/* What belongs to a table and has a name only there. */
typedef struct SimAttached {
    SimAttachedKind kind;
    const char *name;
    SimUses uses;
    QualifiedName function; /* triggers: what they call, and when */
    TriggerEvents events;
    bool for_each_row; /* triggers: on a partitioned table each partition has it too */
    bool is_constraint;
    bool is_deferrable;
    bool initially_deferred;
    bool has_when;
    bool has_transitions;
    bool is_clone; /* of a trigger of the table above */
} SimAttached;

typedef LIST(const SimAttached *) SimAttachedList;

/* What VACUUM would find. */
typedef enum SimPages {
    PAGES_UNKNOWN, /* nothing, or what the history did not write */
    PAGES_WRITTEN, /* rows that no VACUUM has seen */
    PAGES_VACUUMED
} SimPages;

/* A table, view, index or sequence: PostgreSQL keeps them in one name space, and so do we. */
typedef struct SimRelation {
    RelationId id;
    QualifiedName name; /* with its schema */
    RelationKind kind;
    Persistence persistence;
    uint32_t created_in; /* number of the transaction that made it; 0: before the history, or only
                            inferred */
    bool assumed; /* the history never created it: it is taken to exist, to be populated, and to
                     have columns that we do not know */
    bool columns_known; /* false: there may be more columns and constraints than we list */
    SimColumnList columns;
    SimConstraintList constraints;
    RelationId parent; /* the partitioned table or first inheritance parent */
    bool is_partition;
    bool is_default_partition;
    RelationIdList more_parents;    /* inheritance parents behind the first */
    const char *bound;              /* of a partition, as written; NULL for DEFAULT */
    const PartitionBound *limits;   /* the same, taken apart; NULL for what is no partition */
    SplitKey partition_key;         /* partitioned tables */
    bool is_typed;                  /* OF type */
    QualifiedName of_type;          /* the same; name NULL where the type is not known */
    RelationIdList reads;           /* views and materialized views */
    const SqlQuery *query;          /* the same; NULL where it reads nothing or is not known */
    RelationIdList query_relations; /* those of the query's sources, in their order; 0 for none */
    SimUses uses;                   /* of the same query */
    bool triggers_switched; /* some have been disabled or enabled: which fire is not known */
    bool triggers_off;      /* all of them, those of foreign keys too */
    bool unpopulated;       /* a materialized view that was made or refreshed WITH NO DATA */
    SimAttachedList attached;
    struct { /* indexes */
        RelationId table;
        IndexKeyList keys;
        StringList including;
        const SqlExpr *predicate;
        const char *method;
        bool unique;
        bool valid;
        bool is_constraint; /* belongs to a UNIQUE, PRIMARY KEY or EXCLUDE constraint */
        bool clusters;      /* the one that CLUSTER without USING goes by */
        bool identifies;    /* the one of REPLICA IDENTITY USING INDEX */
    } index;
    SimPages pages;            /* tables and materialized views */
    uint32_t truncated_in;     /* the last transaction that truncated it; 0 for none */
    const char *server;        /* foreign tables */
    const char *tablespace;    /* NULL: that of the database */
    const char *access_method; /* NULL: heap */
    const char *owner;         /* the role; NULL: the one that runs the history */
    RelationId owner_table;    /* sequences: the table whose column owns it */
    const char *owner_column;  /* and the column */
} SimRelation;

typedef struct SimDomain {
    QualifiedName name;
    SqlType base;
    bool not_null;
    const SqlExpr *default_value;
    SimConstraintList constraints;
} SimDomain;

typedef struct SimEnum {
    QualifiedName name;
    StringList values;
    bool values_known;   /* false: there may be more */
    uint32_t created_in; /* number of the transaction that made it; 0 where that is not known */
    uint32_t added_in;   /* the last one that added values to it */
    StringList added;    /* and these, by their present names */
} SimEnum;

typedef struct SimComposite {
    QualifiedName name;
    ColumnList attributes;
} SimComposite;

typedef struct SimPublication {
    QualifiedName name;    /* without a schema */
    RelationIdList tables; /* named one by one; dropped ones may be among them */
    SimUseList filters;    /* columns in a WHERE */
    SimUseList listed;     /* columns of a list of columns */
} SimPublication;

/* A foreign-data wrapper and a server; neither has a schema. */
typedef struct SimWrapper {
    const char *name;
    bool has_handler; /* without one, no query on its tables works */
} SimWrapper;

typedef struct SimServer {
    const char *name;
    const char *wrapper;
} SimServer;

typedef struct SimStatistics {
    QualifiedName name;
    RelationId table;
} SimStatistics;

typedef struct SimFunction {
    QualifiedName name;
    RoutineKind kind;
    Volatility volatility; /* of all overloads: the most volatile */
    const char *language;
    const char *body; /* of the last one; NULL where it is not known */
    const Code *code; /* the same, where it has been read already */
    TypeList types;   /* of its arguments and its result */
    Signature signature;
    SimUses uses; /* of a body between BEGIN ATOMIC and END, or behind RETURN */
    const struct SimFunction *overload; /* one of the same name that came before, or NULL */
} SimFunction;

bool column_is_identity(const SimColumn *column);

/* All find functions: NULL when there is none. A name without a schema is looked up along the
 * search_path that the history has set. */
const SimRelation *schema_find_relation(const Schema *schema, QualifiedName name);
const SimRelation *schema_relation_by_id(const Schema *schema, RelationId id);
const SimDomain *schema_find_domain(const Schema *schema, QualifiedName name);
const SimEnum *schema_find_enum(const Schema *schema, QualifiedName name);
const SimComposite *schema_find_composite(const Schema *schema, QualifiedName name);
/* Whether the history has a cast of its own. */
bool schema_has_casts(const Schema *schema);
const SimFunction *schema_find_function(const Schema *schema, QualifiedName name);
const SimPublication *schema_find_publication(const Schema *schema, QualifiedName name);
const SimWrapper *schema_find_wrapper(const Schema *schema, const char *name);
const SimServer *schema_find_server(const Schema *schema, const char *name);
/* Whether the history has made the schema; the second: or anything in it, now or before. */
bool schema_has_schema(const Schema *schema, const char *name);
bool schema_may_have_schema(const Schema *schema, const char *name);

/* Whether the history has made a relation of this name, and dropped or renamed it since. */
bool schema_was_dropped(const Schema *schema, QualifiedName name);
bool schema_has_extension(const Schema *schema, const char *name);
const SimStatistics *schema_find_statistics(const Schema *schema, QualifiedName name);

const SimColumn *relation_find_column(const SimRelation *relation, const char *name);
const SimConstraint *relation_find_constraint(const SimRelation *relation, const char *name);
const SimAttached *relation_find_attached(const SimRelation *relation, SimAttachedKind kind,
                                          const char *name);
const SimConstraint *relation_primary_key(const SimRelation *relation);

/* Whether an index can be the part of `model` in a partition (index.c, CompareIndexInfo). */
bool relation_index_matches(const SimRelation *index, const SimRelation *model);

bool relation_has_parent(const SimRelation *relation, RelationId parent);

/* Whether the column is in the key of this partitioned table, an expression of it included. */
bool relation_partitions_by(const SimRelation *relation, const char *column);

/* The role that owns it, as far as the history tells: who owns what it makes and never gives away
 * is taken to be the superuser that initdb makes. */
const char *relation_owner(const SimRelation *relation);

/* NULL is the default tablespace, here and in the relation. */
bool relation_is_in_tablespace(const SimRelation *relation, const char *tablespace);

/* The relations that belong to one, in the order of their creation; the lists live in `arena`. */
RelationIdList schema_indexes_of(Arena *arena, const Schema *schema, RelationId table);
RelationIdList schema_children_of(Arena *arena, const Schema *schema,
                                  RelationId table); /* direct */
/* Each once, though inheritance may lead to it on several ways. */
RelationIdList schema_descendants_of(Arena *arena, const Schema *schema, RelationId table);
RelationIdList schema_referencing(Arena *arena, const Schema *schema,
                                  RelationId table); /* tables with a foreign key to it */

RelationIdList schema_readers_of(Arena *arena, const Schema *schema,
                                 RelationId relation); /* views */
/* Relations whose query, triggers, rules or policies stand on this one; itself not. */
RelationIdList schema_users_of(Arena *arena, const Schema *schema, RelationId relation);
RelationIdList schema_sequences_of(Arena *arena, const Schema *schema,
                                   RelationId table); /* owned */
/* Everything in a schema, NULL for all schemas; looks at every relation. */
RelationIdList schema_relations_in(Arena *arena, const Schema *schema, const char *name);
typedef LIST(const SimPublication *) SimPublicationList;

/* Those that name the table; looks at every publication. */
SimPublicationList schema_publications_of(Arena *arena, const Schema *schema, RelationId table);
/* Everything that one role owns; looks at every relation. */
RelationIdList schema_relations_of_owner(Arena *arena, const Schema *schema, const char *role);
/* Tables with a column of this type, a domain or an enum; looks at every relation. */
RelationIdList schema_tables_with_type(Arena *arena, const Schema *schema, QualifiedName type);

/* Number of the transaction in which the replay stands; a relation with the same created_in is new
 * in it. */
uint32_t schema_transaction(const Schema *schema);
bool relation_is_new(const Schema *schema, const SimRelation *relation);

/* Whether the transaction has truncated it and put no row into it since. */
bool relation_is_emptied(const Schema *schema, const SimRelation *relation);

/* Whether the transaction has added the column, and each row that the table had is NULL there. */
bool column_is_all_null(const Schema *schema, const SimColumn *column);

/* Whether a constraint trigger of the relation certainly waits for the end of the transaction. */
bool schema_has_pending_events(const Schema *schema, const SimRelation *relation);

/* Whether a check of the constraint waits for the end of the transaction, as far as the history
 * tells. */
bool schema_constraint_waits(const Schema *schema, const SimConstraint *constraint);

/* Whether the transaction has done nothing but work on rows, so that each relation has the storage
 * that it had before. */
bool schema_is_unchanged(const Schema *schema);

/* Whether the transaction has a savepoint of this name. */
bool schema_has_savepoint(const Schema *schema, const char *name);

/* Whether writing to the relation fires the triggers of its foreign keys, and its own. */
bool schema_fires_triggers(const Schema *schema, const SimRelation *relation);

/* The value that the history has SET for the session ("timezone", "search_path"), or NULL. */
const char *schema_setting(const Schema *schema, const char *name);

/* The name with the schema that it would resolve to: the relation's own, else the first of the
 * search path. */
QualifiedName schema_resolve(const Schema *schema, QualifiedName name);

/* The same of a name that schema_find_relation() has not found. */
QualifiedName schema_resolve_missing(const Schema *schema, QualifiedName name);

/* The schema and name that a new object gets. */
QualifiedName schema_new_name(const Schema *schema, QualifiedName name, Persistence kept);

#endif
