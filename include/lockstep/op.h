/* SPDX-License-Identifier: MIT */
/*
 * What a migration does, independent of how it is written: a text becomes a Script of Statements, a
 * statement becomes Ops.
 * This is the language in which src/parse speaks to everybody else. It is plain data in the arena
 * that was given to parse_script(); names are as PostgreSQL folds them; nothing points into the
 * parser's memory. Spans are bytes of the file's text.
 */
#ifndef LOCKSTEP_OP_H
#define LOCKSTEP_OP_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/expression.h"
#include "lockstep/limit.h"
#include "lockstep/list.h"
#include "lockstep/lock.h"
#include "lockstep/metadata.h"
#include "lockstep/query.h"
#include "lockstep/signature.h"
#include "lockstep/text.h"

typedef enum OpKind {
#define OP(constant, words) OP_##constant,
#include "lockstep/op_kinds.def"
#undef OP
    OP_KIND_COUNT
} OpKind;

typedef enum ConstraintKind {
    CONSTRAINT_CHECK,
    CONSTRAINT_NOT_NULL,
    CONSTRAINT_UNIQUE,
    CONSTRAINT_PRIMARY_KEY,
    CONSTRAINT_FOREIGN_KEY,
    CONSTRAINT_EXCLUDE
} ConstraintKind;

/* What a foreign key does to the rows that refer to one which goes or gets another key. */
typedef enum ForeignKeyAction {
    FOREIGN_KEY_NO_ACTION,
    FOREIGN_KEY_RESTRICT,
    FOREIGN_KEY_CASCADE,
    FOREIGN_KEY_SET_NULL,
    FOREIGN_KEY_SET_DEFAULT
} ForeignKeyAction;

/* One key of an index. */
typedef struct IndexKey {
    const char *column; /* NULL for an expression */
    const SqlExpr *expression;
    QualifiedName collation;
    QualifiedName opclass;
    bool descending;
    bool nulls_first;
} IndexKey;

typedef LIST(IndexKey) IndexKeyList;

/* A constraint as written, in a table, in a column or in ADD CONSTRAINT. */
typedef struct ConstraintDefinition {
    ConstraintKind kind;
    Span span;
    const char *name; /* NULL: the server chooses one */
    StringList
        columns; /* key, referencing or not-null columns; for CHECK those of the expression */
    const SqlExpr *expression; /* CHECK, or the predicate of EXCLUDE */
    IndexKeyList excluded;     /* EXCLUDE */
    StringList operators;      /* of each, as SQL: "&&", "OPERATOR(app.&&)" */
    QualifiedName referenced;  /* FOREIGN KEY */
    StringList referenced_columns;
    ForeignKeyAction on_delete;
    ForeignKeyAction on_update;
    const char *using_index; /* USING INDEX, or NULL */
    StringList including;
    bool not_valid;
    bool not_enforced;
    bool no_inherit;
    bool deferrable;
    bool initially_deferred;
    bool nulls_not_distinct;
    bool without_overlaps; /* WITHOUT OVERLAPS or PERIOD, from 18 on */
    struct {               /* ALTER CONSTRAINT: what it speaks of */
        bool deferrability;
        bool enforcement;
        bool inheritance;
    } alters;
} ConstraintDefinition;

typedef LIST(ConstraintDefinition) ConstraintList;

typedef enum GeneratedKind {
    GENERATED_NOT,
    GENERATED_IDENTITY_ALWAYS,
    GENERATED_IDENTITY_BY_DEFAULT,
    GENERATED_STORED,
    GENERATED_VIRTUAL
} GeneratedKind;

/* A column as written. NOT NULL and DEFAULT are fields; every other column constraint is in
 * `constraints` with this column as its only one. */
typedef struct ColumnDefinition {
    Span span;
    const char *name;
    SqlType type; /* name.name is NULL in a typed table's or partition's column options */
    QualifiedName collation;
    bool not_null; /* NOT NULL, or implied by PRIMARY KEY, identity or serial */
    const SqlExpr *default_value;
    GeneratedKind generated;
    const SqlExpr *generated_as;
    ConstraintList constraints;
} ColumnDefinition;

typedef LIST(ColumnDefinition) ColumnList;

typedef enum Persistence {
    PERSISTENCE_PERMANENT,
    PERSISTENCE_UNLOGGED,
    PERSISTENCE_TEMPORARY
} Persistence;

/* PARTITION BY …; an expression of the key has no column. */
typedef struct SplitKey {
    SplitStrategy strategy;
    IndexKeyList keys;
} SplitKey;

typedef enum TransactionControl {
    TRANSACTION_BEGIN,
    TRANSACTION_COMMIT,
    TRANSACTION_ROLLBACK,
    TRANSACTION_SAVEPOINT,
    TRANSACTION_RELEASE,
    TRANSACTION_ROLLBACK_TO,
    TRANSACTION_PREPARE,
    TRANSACTION_COMMIT_PREPARED,
    TRANSACTION_ROLLBACK_PREPARED
} TransactionControl;

/* What ALTER TYPE does to an attribute of a composite type. */
typedef enum AttributeAction {
    ATTRIBUTE_ADD,
    ATTRIBUTE_DROP,
    ATTRIBUTE_TYPE,
    ATTRIBUTE_RENAME
} AttributeAction;

/*
 * One thing that a statement does. `target` is the relation or object that it names first; a member
 * of the union is meaningful only for the kinds that stand beside it.
 */
typedef struct Op {
    OpKind kind;
    Span span; /* the subcommand, or the statement where there is none */
    QualifiedName target;
    bool if_exists;        /* or IF NOT EXISTS, or OR REPLACE */
    bool target_if_exists; /* ALTER TABLE IF EXISTS, where if_exists is the subcommand's own */
    bool only;             /* ONLY: do not recurse */
    bool cascade;
    bool concurrently;
    TargetWord word; /* ALTER VIEW, DROP FOREIGN TABLE, … */
    bool guarded;    /* in a branch, loop or exception block of code: it may not run, and what the
                        server says against it may be caught */
    union {
        struct {
            Persistence persistence;
            ColumnList columns;
            ConstraintList
                constraints; /* those of the table; those of columns are in the columns */
            NameList inherits;
            NameList like;              /* LIKE, in order */
            bool like_indexes;          /* some LIKE … INCLUDING INDEXES or ALL */
            bool like_checks;           /* the same: CONSTRAINTS */
            bool like_defaults;         /* the same: DEFAULTS */
            bool like_generated;        /* the same: GENERATED or IDENTITY */
            QualifiedName partition_of; /* name NULL when not a partition */
            PartitionBound bound;
            bool is_partitioned;
            SplitKey partition_key; /* where is_partitioned */
            bool is_foreign;
            QualifiedName of_type;
            const char *server;     /* of a foreign table */
            const char *tablespace; /* NULL: the default one, here and elsewhere */
            const char *access_method;
        } create_table;
        struct {
            Persistence persistence;
            const SqlQuery *query; /* NULL where it names no relation */
            SequenceUseList sequences;
            NameList functions; /* that it calls; not of views */
            StringList columns;
            bool with_no_data;
            const SqlUses *uses;    /* of the query, as far as it is kept: views */
            QueryColumnList result; /* of the query */
            const char *tablespace;
            const char *access_method;
        } create_as; /* CREATE_TABLE_AS, CREATE_MATERIALIZED_VIEW, CREATE_VIEW */
        ColumnDefinition add_column;
        ConstraintDefinition
            add_constraint; /* ADD_CONSTRAINT; ALTER_CONSTRAINT (name, deferrable, not_enforced) */
        struct {
            const char *column;
            SqlType type;
            QualifiedName collation;
            const SqlExpr *using;
        } alter_type;
        struct {
            const char *column;
            const SqlExpr *value; /* SET_DEFAULT, SET_EXPRESSION */
            const char *setting;  /* SET_STORAGE, SET_COMPRESSION: the word; NULL for a number;
                                     SET_IDENTITY: "generated", NULL where only the sequence changes
                                   */
        } column;                 /* every other kind that names one column */
        struct {
            const char *name; /* VALIDATE_CONSTRAINT, DROP_CONSTRAINT */
        } constraint;
        struct {
            const char
                *old_name; /* column or constraint; NULL where the target itself is renamed */
            const char *new_name;   /* RENAME_*, or the new schema in SET_SCHEMA */
            const char *new_schema; /* RENAME_TYPE: of the two, the one that is said */
        } rename;
        struct {
            QualifiedName partition; /* ATTACH, DETACH; INHERIT and NO_INHERIT: the parent */
            PartitionBound bound;
            bool finalize;
        } partition;
        struct {
            const char *name; /* NULL: the server chooses one */
            IndexKeyList keys;
            StringList including;
            const SqlExpr *predicate;
            const char *method;
            bool unique;
            bool nulls_not_distinct;
            const char *tablespace;
        } create_index; /* target is the table */
        struct {
            bool is_index; /* REINDEX INDEX: target is the index; else the table */
            bool is_whole; /* SCHEMA (target.schema), DATABASE: every table of it */
        } reindex;
        struct {
            const char *name; /* tablespace, access method or role; NULL for DEFAULT */
        } assigned;           /* SET_TABLESPACE, SET_ACCESS_METHOD, SET_OWNER */
        struct {
            StorageOptionList options;
            bool is_reset;
        } storage; /* SET_TABLE_OPTIONS, SET_INDEX_OPTIONS */
        struct {
            const char *from;
            const char *to;
            StringList owners; /* OWNED BY; empty: whoever owns it */
            RelationKind kind; /* table, index or materialized view */
        } move_all;            /* ALTER … ALL IN TABLESPACE */
        struct {
            StringList roles;
            const char *new_owner; /* REASSIGN */
        } owned;                   /* DROP_OWNED, REASSIGN_OWNED */
        struct {
            PublicationAction action;
            NameList tables;        /* those that it names */
            NameList only;          /* those of them with ONLY */
            const SqlUses *filters; /* of each WHERE; NULL for none */
            const SqlUses *listed;  /* each list of columns; NULL for none */
        } publication;              /* target is the publication */
        struct {
            const char *of;   /* the wrapper of a server; IMPORT_FOREIGN: the server */
            bool has_handler; /* CREATE_WRAPPER */
        } foreign;
        struct {
            const char *name; /* NULL: the server chooses one */
            const char *schema;
            StringList kinds;
            StringList columns;
            int expressions;
        } statistics; /* CREATE_STATISTICS */
        struct {
            bool valid; /* SET_INDEX_VALIDITY: target is the index */
        } index_state;
        struct {
            LockLevel level;
            bool nowait;
        } lock_table;
        DroppedKind dropped; /* DROP_OBJECT */
        struct {
            bool restarts; /* RESTART IDENTITY */
        } truncate;
        struct {
            const SqlQuery *query; /* the target included; NULL where it names no other relation */
            SequenceUseList sequences;
            DataPhase phase;
            bool has_where;      /* UPDATE, DELETE */
            bool is_always_true; /* and it is constant: WHERE true, WHERE 1 = 1 */
            bool is_limited;     /* a LIMIT bounds the rows: in WHERE, or of INSERT … SELECT */
            int64_t limit;       /* the least of them; 0 where none is a plain number */
            const char *ranged;  /* UPDATE, DELETE: a column between two numbers, or NULL */
            int64_t range;       /* and how many whole numbers are between them */
            StringList fixed;    /* UPDATE, DELETE: columns that are one of some constants */
            NameList from;       /* tables of its FROM or USING; INSERT: those of its SELECT */
            StringList columns;  /* INSERT: as listed, empty for all; UPDATE and MERGE: those that
                                    get a value which may differ from the old one */
            int value_count;     /* INSERT: values of a row; -1 where that is not known */
            uint64_t defaulted;  /* bit n: value n of INSERT, of column n of UPDATE, is DEFAULT */
            bool overrides_user; /* INSERT … OVERRIDING USER VALUE */
            bool overrides_system;
            InsertRowList rows; /* INSERT … VALUES, as long as they are few; UPDATE: the one that
                                   all get, its values in the order of `columns` */
            bool all_rows;      /* `rows` are all of them */
            bool is_partial;    /* INSERT: some column gets a value of a part (a[1], b.x), or some
                                   value stands for several (t.*): they cannot be counted */
            const char *twice;  /* INSERT, UPDATE: a column that is listed again, or NULL */
            StringList conflict_columns;     /* ON CONFLICT (…) of nothing but columns */
            const char *conflict_constraint; /* ON CONFLICT ON CONSTRAINT, or NULL */
            bool adds_row;      /* INSERT: at least one row, whatever the tables hold */
            bool freezes;       /* COPY … FREEZE */
            bool is_empty;      /* COPY FROM stdin without a row */
            bool inserts;       /* MERGE: some WHEN does; INSERT always */
            bool deletes;       /* the same */
            bool from_stdin;    /* COPY FROM stdin */
            NameList functions; /* functions that it calls by name, each once */
        } data;                 /* SELECT (target unset), INSERT, UPDATE, DELETE, MERGE, COPY */
        struct {
            SqlType type;           /* AS; name.name NULL where it is not written */
            QualifiedName owned_by; /* the table; name NULL where it is not written, or NONE */
            const char *owned_column;
            bool owned_by_none;
            bool sets_persistence; /* SET LOGGED, SET UNLOGGED */
            bool is_temporary;     /* CREATE TEMPORARY */
        } sequence;                /* CREATE_SEQUENCE, ALTER_SEQUENCE */
        struct {
            StringList values; /* CREATE_ENUM; ADD and RENAME_ENUM_VALUE: the new one */
            const char *other; /* BEFORE and AFTER, or the one that is renamed; NULL for none */
        } enumeration;
        struct {
            bool is_composite;     /* CREATE_TYPE: AS (…) */
            ColumnList attributes; /* CREATE_TYPE: all; ADD and TYPE: the one */
            AttributeAction action;
            const char *attribute; /* DROP, TYPE, RENAME */
            const char *new_name;
        } composite; /* CREATE_TYPE, ALTER_ATTRIBUTE */
        struct {
            QualifiedName type; /* name NULL: NOT OF */
        } of_type;
        struct {
            SqlType base;
            bool not_null;
            const SqlExpr *default_value;
            ConstraintList constraints;
            DomainAction action;    /* ALTER_DOMAIN */
            const char *constraint; /* VALIDATE, DROP, RENAME */
            const char *new_name;
        } domain; /* CREATE_DOMAIN; ALTER_DOMAIN: constraints holds the one added, if any */
        struct {
            RoutineKind kind; /* DROP: what it is taken for */
            Volatility volatility;
            const char *language; /* NULL: the server's default */
            const char *body;
            TypeList types;          /* of its arguments and its result; DROP: none */
            const SqlUses *uses;     /* of a body that is no string; NULL for none */
            const struct Code *code; /* the body, read: of DO and of functions in SQL; NULL else */
            bool is_atomic;        /* BEGIN ATOMIC or RETURN: the server keeps the body as a tree */
            bool runs_as_owner;    /* SECURITY DEFINER */
            bool sets_search_path; /* SET search_path …, for as long as it runs */
            Signature signature;   /* CREATE, DROP and RENAME */
            const char *new_name;  /* RENAME_FUNCTION: of the two, the one that is said */
            const char *new_schema; /* the same */
        } function;
        struct {
            AboutKind kind;
            const char *name; /* of the column, constraint, trigger, rule or policy; NULL else */
        } about;              /* COMMENT, EXTENSION_MEMBER */
        struct {
            bool on_sequence;     /* ON SEQUENCE */
            StringList columns;   /* SELECT (a, b) */
            const char *of_other; /* a privilege that no table has; NULL for none */
        } grant;
        struct {
            const char *name;
            const char *new_name; /* ALTER … RENAME TO; NULL else */
            const SqlUses *uses;  /* of its condition and its body; NULL where none is written */
            QualifiedName from;   /* CREATE CONSTRAINT TRIGGER … FROM */
            QualifiedName function;
            bool for_each_row;
            bool is_constraint;
            bool is_deferrable;
            bool initially_deferred;
            bool has_when;
            bool has_transitions; /* REFERENCING */
            TriggerEvents events; /* of a trigger or rule */
            TriggerTiming timing;
            TriggerSwitch switches; /* SWITCH_TRIGGER */
        } attached;                 /* triggers, rules and policies of the target */
        struct {
            const char *name; /* "search_path", "timezone", folded; NULL for RESET ALL */
            StringList
                values; /* constants as text; empty for RESET, DEFAULT and what is not constant */
            bool is_local;
            bool is_reset;
        } set;
        struct {
            bool deferred;
            StringList names; /* empty for ALL */
        } set_constraints;
        struct {
            TransactionControl control;
            const char *savepoint;
        } transaction;
        struct {
            bool full;         /* VACUUM FULL */
            bool analyzes;     /* VACUUM (ANALYZE) */
            bool without_main; /* VACUUM (PROCESS_MAIN off) */
            bool parallel;     /* VACUUM (PARALLEL n), n above 0 */
            bool all_pages;    /* VACUUM (DISABLE_PAGE_SKIPPING) */
            StringList columns;
        } vacuum;
    };
} Op;

typedef LIST(Op) OpList;

/* A built-in function that not every version has. */
typedef struct VersionedFunction {
    QualifiedName name; /* as written */
    int since;          /* the first major version that has it; 0 for all that we know */
    int until;          /* the last one; 0 where it is still there */
} VersionedFunction;

typedef LIST(VersionedFunction) VersionedFunctionList;

/* How a statement stands to transactions. */
typedef enum TransactionUse {
    TRANSACTION_USE_ANY,           /* runs inside and outside of one */
    TRANSACTION_USE_MAYBE_OUTSIDE, /* the server refuses it inside one if what it names is
                                      partitioned, which its text does not tell */
    TRANSACTION_USE_OUTSIDE,       /* the server refuses it inside a transaction block
                                      (PreventInTransactionBlock) */
    TRANSACTION_USE_CONTROL        /* BEGIN, COMMIT, ROLLBACK, …: its one op is OP_TRANSACTION */
} TransactionUse;

/* A string that the server reads as a value of a type when it analyzes the statement. */
typedef struct LabelUse {
    const char *text;
    SqlType type;     /* name.name NULL: that of the column */
    ColumnUse column; /* it is compared with, or put into, this one */
    int position;     /* column.name NULL: the one at this place of the table, from 1 on */
} LabelUse;

typedef LIST(LabelUse) LabelUseList;

typedef struct Statement {
    Span span;        /* from its first word to its last, without the semicolon */
    Span leading;     /* blanks and comments between the previous statement and this one */
    const char *kind; /* the command tag: "ALTER TABLE" */
    OpList ops;       /* at least one */
    TransactionUse use;
    const char *outside_why; /* for OUTSIDE: "CREATE INDEX CONCURRENTLY" */
    int since;               /* the first major version that takes it as it is written; 0: all */
    const char *since_what;  /* what is new in that version: "NOT ENFORCED" */
    const char *refused; /* what every version says against it, as it is written; NULL: nothing */
    VersionedFunctionList versioned_functions; /* those that it calls */
    LabelUseList labels; /* those that are plain, if the text adds a value to an enum before */
    Span copy_data;      /* the data lines after COPY … FROM stdin, without the \. line; or empty */
} Statement;

typedef LIST(Statement) StatementList;

/* A place that PostgreSQL's grammar does not accept. */
typedef struct SyntaxError {
    Span span;           /* the token at which it stopped; empty at the end of the text */
    const char *message; /* the server's own words */
    bool is_connect;     /* psql's \connect: from here on it is about another database */
    bool is_template;    /* somebody else fills it in; it was read as if a name stood there */
} SyntaxError;

typedef LIST(SyntaxError) SyntaxErrorList;

/* A text, parsed. On a syntax error `errors` is not empty and `statements` holds those that could
 * be parsed. */
typedef struct Script {
    StatementList statements;
    SyntaxErrorList errors;
    SpanList left_out;  /* the command words of lines that only psql minds: \restrict, \echo … */
    Span trailing;      /* blanks and comments after the last statement */
    const char *filled; /* the text as read, names for templates; NULL where there are none */
} Script;

#endif
