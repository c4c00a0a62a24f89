/* SPDX-License-Identifier: MIT */
#include "syntax_version.h"

#include <string.h>

#include "scan.h"
#include "syntax_refused.h"
#include "syntax_version_parts.h"

/* A node that is new as such has a version; one that may be needs a look. */
typedef struct NodeRow {
    int since;
    const char *what;
    SyntaxCheck *check;
} NodeRow;

/* An option of a statement that is written as a name and maybe a value. */
typedef struct OptionRow {
    NodeTag owner;
    const char *name;
    const char *value; /* NULL: whatever the value is */
    int since;
    const char *what;
} OptionRow;

static SyntaxCheck check_alter_operator, check_alter_publication, check_alter_statistics;
static SyntaxCheck check_alter_subscription, check_copy, check_create_database;
static SyntaxCheck check_create_publication, check_create_statistics, check_create_subscription;
static SyntaxCheck check_create_view, check_default_privileges, check_define, check_event_trigger;
static SyntaxCheck check_explain, check_grant, check_grant_role, check_reindex, check_sequence;
static SyntaxCheck check_vacuum;

static const NodeRow rows[] = {
    /* expressions and queries */
    [T_FuncCall] = {0,  NULL,                                    syntax_function_call       },
    [T_TypeCast] = {0,  NULL,                                    syntax_type_cast           },
    [T_RangeSubselect] = {0,  NULL,                                    syntax_subselect           },
    [T_JsonIsPredicate] = {16, "IS JSON",                               NULL                       },
    [T_JsonObjectConstructor] = {16, "JSON_OBJECT with keys and values",      NULL                       },
    [T_JsonArrayConstructor] = {16, "JSON_ARRAY",                            NULL                       },
    [T_JsonArrayQueryConstructor] = {16, "JSON_ARRAY of a query",                 NULL                       },
    [T_JsonObjectAgg] = {16, "JSON_OBJECTAGG",                        NULL                       },
    [T_JsonArrayAgg] = {16, "JSON_ARRAYAGG",                         NULL                       },
    [T_JsonParseExpr] = {0,  NULL,                                    syntax_json_parse          },
    [T_JsonScalarExpr] = {17, "JSON_SCALAR",                           NULL                       },
    [T_JsonSerializeExpr] = {17, "JSON_SERIALIZE",                        NULL                       },
    [T_JsonFuncExpr] = {17, "JSON_EXISTS, JSON_QUERY or JSON_VALUE", NULL                       },
    [T_JsonTable] = {17, "JSON_TABLE",                            NULL                       },
    [T_XmlSerialize] = {0,  NULL,                                    syntax_xml_serialize       },
    [T_CommonTableExpr] = {0,  NULL,                                    syntax_with_query          },
    [T_MergeWhenClause] = {0,  NULL,                                    syntax_merge_when          },
#if PG_VERSION_NUM >= 180000
    [T_ReturningClause] = {0,  NULL,                                    syntax_returning           },
#endif
    [T_InsertStmt] = {0,  NULL,                                    syntax_insert              },
    [T_UpdateStmt] = {0,  NULL,                                    syntax_update              },
    [T_DeleteStmt] = {0,  NULL,                                    syntax_delete              },
    [T_MergeStmt] = {15, "MERGE",                                 syntax_merge               },

    /* tables, columns, constraints, indexes */
    [T_CreateStmt] = {0,  NULL,                                    syntax_create_table        },
    [T_CreateForeignTableStmt] = {0,  NULL,                                    syntax_create_foreign_table},
    [T_ColumnDef] = {0,  NULL,                                    syntax_column              },
    [T_Constraint] = {0,  NULL,                                    syntax_constraint          },
    [T_AlterTableStmt] = {0,  NULL,                                    syntax_alter_table         },
    [T_AlterTableCmd] = {0,  NULL,                                    syntax_alter_command       },
    [T_AlterDomainStmt] = {0,  NULL,                                    syntax_alter_domain        },
    [T_IndexStmt] = {0,  NULL,                                    syntax_index               },

    /* the rest */
    [T_AlterDatabaseRefreshCollStmt] = {15, "REFRESH COLLATION VERSION",             NULL                       },
    [T_AlterDefaultPrivilegesStmt] = {0,  NULL,                                    check_default_privileges   },
    [T_AlterOperatorStmt] = {0,  NULL,                                    check_alter_operator       },
    [T_AlterPublicationStmt] = {0,  NULL,                                    check_alter_publication    },
    [T_AlterStatsStmt] = {0,  NULL,                                    check_alter_statistics     },
    [T_AlterSubscriptionStmt] = {0,  NULL,                                    check_alter_subscription   },
    [T_CopyStmt] = {0,  NULL,                                    check_copy                 },
    [T_CreateEventTrigStmt] = {0,  NULL,                                    check_event_trigger        },
    [T_CreatePublicationStmt] = {0,  NULL,                                    check_create_publication   },
    [T_CreateSeqStmt] = {0,  NULL,                                    check_sequence             },
    [T_CreateStatsStmt] = {0,  NULL,                                    check_create_statistics    },
    [T_CreateSubscriptionStmt] = {0,  NULL,                                    check_create_subscription  },
    [T_CreatedbStmt] = {0,  NULL,                                    check_create_database      },
    [T_DefineStmt] = {0,  NULL,                                    check_define               },
    [T_ExplainStmt] = {0,  NULL,                                    check_explain              },
    [T_GrantRoleStmt] = {0,  NULL,                                    check_grant_role           },
    [T_GrantStmt] = {0,  NULL,                                    check_grant                },
    [T_ReindexStmt] = {0,  NULL,                                    check_reindex              },
    [T_VacuumStmt] = {0,  NULL,                                    check_vacuum               },
    [T_ViewStmt] = {0,  NULL,                                    check_create_view          },
};

#define RELATION_OPTIONS T_CreateStmt

static const OptionRow options[] = {
    {RELATION_OPTIONS,         "security_invoker",                     NULL,       15, "security_invoker"                      },
    {RELATION_OPTIONS,         "autovacuum_vacuum_max_threshold",      NULL,       18,
     "autovacuum_vacuum_max_threshold"                                                                                         },
    {RELATION_OPTIONS,         "vacuum_max_eager_freeze_failure_rate", NULL,       18,
     "vacuum_max_eager_freeze_failure_rate"                                                                                    },
    {T_AlterOperatorStmt,      "commutator",                           NULL,       17, "ALTER OPERATOR SET (COMMUTATOR)"       },
    {T_AlterOperatorStmt,      "negator",                              NULL,       17, "ALTER OPERATOR SET (NEGATOR)"          },
    {T_AlterOperatorStmt,      "merges",                               NULL,       17, "ALTER OPERATOR SET (MERGES)"           },
    {T_AlterOperatorStmt,      "hashes",                               NULL,       17, "ALTER OPERATOR SET (HASHES)"           },
    {T_CopyStmt,               "header",                               "match",    15, "COPY with HEADER MATCH"                },
    {T_CopyStmt,               "default",                              NULL,       16, "COPY with DEFAULT"                     },
    {T_CopyStmt,               "on_error",                             NULL,       17, "COPY with ON_ERROR"                    },
    {T_CopyStmt,               "log_verbosity",                        NULL,       17, "COPY with LOG_VERBOSITY"               },
    {T_CopyStmt,               "log_verbosity",                        "silent",   18, "COPY with LOG_VERBOSITY silent"        },
    {T_CopyStmt,               "reject_limit",                         NULL,       18, "COPY with REJECT_LIMIT"                },
    {T_CreatePublicationStmt,  "publish_generated_columns",            NULL,       18, "publish_generated_columns"             },
    {T_CreateSubscriptionStmt, "two_phase",                            NULL,       15, "a subscription's two_phase"            },
    {T_CreateSubscriptionStmt, "disable_on_error",                     NULL,       15, "a subscription's disable_on_error"     },
    {T_CreateSubscriptionStmt, "origin",                               NULL,       16, "a subscription's origin"               },
    {T_CreateSubscriptionStmt, "password_required",                    NULL,       16, "a subscription's password_required"    },
    {T_CreateSubscriptionStmt, "run_as_owner",                         NULL,       16, "a subscription's run_as_owner"         },
    {T_CreateSubscriptionStmt, "streaming",                            "parallel", 16,
     "a subscription's streaming = parallel"                                                                                   },
    {T_CreateSubscriptionStmt, "failover",                             NULL,       17, "a subscription's failover"             },
    {T_CreatedbStmt,           "oid",                                  NULL,       15, "CREATE DATABASE with OID"              },
    {T_CreatedbStmt,           "strategy",                             NULL,       15, "CREATE DATABASE with STRATEGY"         },
    {T_CreatedbStmt,           "locale_provider",                      NULL,       15, "CREATE DATABASE with LOCALE_PROVIDER"  },
    {T_CreatedbStmt,           "icu_locale",                           NULL,       15, "CREATE DATABASE with ICU_LOCALE"       },
    {T_CreatedbStmt,           "collation_version",                    NULL,       15, "CREATE DATABASE with COLLATION_VERSION"},
    {T_CreatedbStmt,           "icu_rules",                            NULL,       16, "CREATE DATABASE with ICU_RULES"        },
    {T_CreatedbStmt,           "builtin_locale",                       NULL,       17, "CREATE DATABASE with BUILTIN_LOCALE"   },
    {T_DefineStmt,             "rules",                                NULL,       16, "a collation's rules"                   },
    {T_DefineStmt,             "provider",                             "builtin",  17, "a collation's builtin provider"        },
    {T_ExplainStmt,            "generic_plan",                         NULL,       16, "EXPLAIN (GENERIC_PLAN)"                },
    {T_ExplainStmt,            "serialize",                            NULL,       17, "EXPLAIN (SERIALIZE)"                   },
    {T_ExplainStmt,            "memory",                               NULL,       17, "EXPLAIN (MEMORY)"                      },
    {T_GrantRoleStmt,          "inherit",                              NULL,       16, "GRANT … WITH INHERIT"                  },
    {T_GrantRoleStmt,          "set",                                  NULL,       16, "GRANT … WITH SET"                      },
    {T_VacuumStmt,             "process_main",                         NULL,       16, "VACUUM (PROCESS_MAIN)"                 },
    {T_VacuumStmt,             "skip_database_stats",                  NULL,       16, "VACUUM (SKIP_DATABASE_STATS)"          },
    {T_VacuumStmt,             "only_database_stats",                  NULL,       16, "VACUUM (ONLY_DATABASE_STATS)"          },
    {T_VacuumStmt,             "buffer_usage_limit",                   NULL,       16, "BUFFER_USAGE_LIMIT"                    },
};

void
syntax_version_judge(Lower *lower, const Node *node)
{
    size_t tag = (size_t)nodeTag(node);
    syntax_refused_node(lower, node);
    if (tag >= sizeof rows / sizeof *rows)
        return;
    if (rows[tag].what != NULL)
        syntax_version_note(lower, rows[tag].since, rows[tag].what);
    if (rows[tag].check != NULL)
        rows[tag].check(lower, node);
}

void
syntax_version_note(Lower *lower, int since, const char *what)
{
    if (since <= lower->statement->since)
        return;
    lower->statement->since = since;
    lower->statement->since_what = what;
}

/* ---- numbers */

/* 0x1F and 1_000 begin with a digit, as the numbers of older versions do, and go on otherwise. */
static bool
looks_new(const char *text, size_t length)
{
    bool has_base = length > 2 && text[0] == '0' && strchr("xXoObB", text[1]) != NULL;
    return has_base || memchr(text, '_', length) != NULL;
}

static bool
has_candidate(const char *text, Span span)
{
    for (size_t at = span.start + 1; at < span.end; at++) {
        unsigned char before = (unsigned char)text[at - 1];
        if (before >= '0' && before <= '9' && text[at] != '\0' &&
            strchr("_xXoObB", text[at]) != NULL)
            return true;
    }
    return false;
}

/*
 * scan.l of 14 reads the number and then a name, which makes no sense but as the alias of a
 * column; that of 15 refuses.
 */
void
syntax_version_numbers(Lower *lower, const Node *node)
{
    Span span = lower->statement->span;
    if (IsA(node, SelectStmt) || lower->statement->since >= 16 || !has_candidate(lower->text, span))
        return;
    ScanToken token = scan_token(lower->text, span.start, span.end);
    for (; token.kind != TOKEN_END; token = scan_token(lower->text, token.span.end, span.end)) {
        if (token.kind != TOKEN_NUMBER)
            continue;
        size_t length = token.span.end - token.span.start;
        if (looks_new(lower->text + token.span.start, length)) {
            syntax_version_note(lower, 16, "a number with a base or underscores");
            return;
        }
    }
}

/* ---- options */

/* A bare word is read as the name of a type. */
static const char *
option_word(const Node *value)
{
    if (value == NULL)
        return NULL;
    if (IsA(value, TypeName))
        return node_last_string(((const TypeName *)value)->names);
    return IsA(value, String) ? node_string(value) : NULL;
}

static bool
option_fits(const OptionRow *row, NodeTag owner, const DefElem *option)
{
    if (row->owner != owner || strcmp(row->name, option->defname) != 0)
        return false;
    const char *word = row->value != NULL ? option_word(option->arg) : NULL;
    return row->value == NULL || (word != NULL && strcasecmp(word, row->value) == 0);
}

void
syntax_version_options(Lower *lower, NodeTag owner, const List *list)
{
    EACH_NODE (DefElem, option, list) {
        if (!IsA(option, DefElem))
            continue;
        for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
            if (option_fits(&options[i], owner, option))
                syntax_version_note(lower, options[i].since, options[i].what);
        }
    }
}

#define OPTIONS_CHECK(name, Type, member)                                                          \
    static void name(Lower *lower, const Node *node)                                               \
    {                                                                                              \
        syntax_version_options(lower, T_##Type, ((const Type *)node)->member);                     \
    }
OPTIONS_CHECK(check_alter_operator, AlterOperatorStmt, options)
OPTIONS_CHECK(check_create_database, CreatedbStmt, options)
OPTIONS_CHECK(check_create_subscription, CreateSubscriptionStmt, options)
OPTIONS_CHECK(check_explain, ExplainStmt, options)

static void
check_create_view(Lower *lower, const Node *node)
{
    syntax_version_options(lower, RELATION_OPTIONS, ((const ViewStmt *)node)->options);
}

static void
check_define(Lower *lower, const Node *node)
{
    const DefineStmt *define = (const DefineStmt *)node;
    if (define->kind == OBJECT_COLLATION)
        syntax_version_options(lower, T_DefineStmt, define->definition);
}

/* copy.c, ProcessCopyOptions() */
static void
check_copy(Lower *lower, const Node *node)
{
    const CopyStmt *copy = (const CopyStmt *)node;
    const DefElem *header = node_find_option(copy->options, "header");
    const DefElem *format = node_find_option(copy->options, "format");
    bool is_text = format == NULL || (format->arg != NULL && IsA(format->arg, String) &&
                                      strcmp(node_string(format->arg), "text") == 0);
    syntax_version_options(lower, T_CopyStmt, copy->options);
    if (header != NULL && node_option_is_on(header) && is_text)
        syntax_version_note(lower, 15, "HEADER in COPY's text format");
    EACH_NODE (DefElem, option, copy->options) {
        bool takes_columns = strcmp(option->defname, "force_null") == 0 ||
                             strcmp(option->defname, "force_not_null") == 0;
        if (takes_columns && option->arg != NULL && IsA(option->arg, A_Star))
            syntax_version_note(lower, 17,
                                "COPY with FORCE_NULL or FORCE_NOT_NULL for all columns");
    }
}

static void
check_vacuum(Lower *lower, const Node *node)
{
    const VacuumStmt *vacuum = (const VacuumStmt *)node;
    syntax_version_options(lower, T_VacuumStmt, vacuum->options);
    EACH_NODE (VacuumRelation, relation, vacuum->rels) {
        if (relation->relation != NULL && !relation->relation->inh)
            syntax_version_note(lower, 18, "ONLY in VACUUM and ANALYZE");
    }
}

/* ---- publications and subscriptions */

static void
check_publication_objects(Lower *lower, const List *objects)
{
    EACH_NODE (PublicationObjSpec, object, objects) {
        if (object->pubobjtype == PUBLICATIONOBJ_TABLES_IN_SCHEMA ||
            object->pubobjtype == PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA)
            syntax_version_note(lower, 15, "TABLES IN SCHEMA");
        if (object->pubtable == NULL)
            continue;
        if (object->pubtable->whereClause != NULL)
            syntax_version_note(lower, 15, "a publication's row filter");
        if (object->pubtable->columns != NIL)
            syntax_version_note(lower, 15, "a publication's column list");
        (void)lower_expression(lower, object->pubtable->whereClause, lower->statement->span);
    }
}

static void
check_create_publication(Lower *lower, const Node *node)
{
    const CreatePublicationStmt *create = (const CreatePublicationStmt *)node;
    check_publication_objects(lower, create->pubobjects);
    syntax_version_options(lower, T_CreatePublicationStmt, create->options);
}

static void
check_alter_publication(Lower *lower, const Node *node)
{
    const AlterPublicationStmt *alter = (const AlterPublicationStmt *)node;
    check_publication_objects(lower, alter->pubobjects);
    syntax_version_options(lower, T_CreatePublicationStmt, alter->options);
}

static void
check_alter_subscription(Lower *lower, const Node *node)
{
    const AlterSubscriptionStmt *alter = (const AlterSubscriptionStmt *)node;
    if (alter->kind == ALTER_SUBSCRIPTION_SKIP)
        syntax_version_note(lower, 15, "ALTER SUBSCRIPTION SKIP");
    syntax_version_options(lower, T_CreateSubscriptionStmt, alter->options);
    if (node_find_option(alter->options, "two_phase") != NULL)
        syntax_version_note(lower, 18, "ALTER SUBSCRIPTION SET (two_phase)");
}

/* ---- roles and rights */

static void
check_grant(Lower *lower, const Node *node)
{
    const GrantStmt *grant = (const GrantStmt *)node;
    if (grant->objtype == OBJECT_PARAMETER_ACL)
        syntax_version_note(lower, 15, "GRANT on a parameter");
    if (grant->targtype == ACL_TARGET_DEFAULTS && grant->objtype == OBJECT_LARGEOBJECT)
        syntax_version_note(lower, 18, "default privileges on large objects");
    EACH_NODE (AccessPriv, privilege, grant->privileges) {
        if (privilege->priv_name != NULL && strcmp(privilege->priv_name, "maintain") == 0)
            syntax_version_note(lower, 17, "the privilege MAINTAIN");
    }
}

static void
check_default_privileges(Lower *lower, const Node *node)
{
    const AlterDefaultPrivilegesStmt *alter = (const AlterDefaultPrivilegesStmt *)node;
    if (alter->action != NULL)
        check_grant(lower, (const Node *)alter->action);
}

/* The grammar gives WITH ADMIN OPTION and WITH ADMIN TRUE the same tree, unlike ADMIN FALSE. */
static void
check_grant_role(Lower *lower, const Node *node)
{
    const GrantRoleStmt *grant = (const GrantRoleStmt *)node;
    const DefElem *admin = node_find_option(grant->opt, "admin");
    syntax_version_options(lower, T_GrantRoleStmt, grant->opt);
    if (list_length(grant->opt) > 1)
        syntax_version_note(lower, 16, "GRANT with several options");
    if (grant->is_grant && admin != NULL && !node_option_is_on(admin))
        syntax_version_note(lower, 16, "GRANT … WITH ADMIN FALSE");
}

/* ---- what is left */

static void
check_create_statistics(Lower *lower, const Node *node)
{
    if (((const CreateStatsStmt *)node)->defnames == NIL)
        syntax_version_note(lower, 16, "CREATE STATISTICS without a name");
}

static void
check_alter_statistics(Lower *lower, const Node *node)
{
    if (((const AlterStatsStmt *)node)->stxstattarget == NULL)
        syntax_version_note(lower, 17, "SET STATISTICS DEFAULT");
}

static void
check_event_trigger(Lower *lower, const Node *node)
{
    const char *event = ((const CreateEventTrigStmt *)node)->eventname;
    if (event != NULL && strcmp(event, "login") == 0)
        syntax_version_note(lower, 17, "the event login");
}

static void
check_reindex(Lower *lower, const Node *node)
{
    const ReindexStmt *reindex = (const ReindexStmt *)node;
    bool of_database =
        reindex->kind == REINDEX_OBJECT_DATABASE || reindex->kind == REINDEX_OBJECT_SYSTEM;
    if (of_database && reindex->name == NULL)
        syntax_version_note(lower, 16, "REINDEX DATABASE without a name");
}

static void
check_sequence(Lower *lower, const Node *node)
{
    const CreateSeqStmt *create = (const CreateSeqStmt *)node;
    if (create->sequence != NULL && node_persistence(create->sequence) == PERSISTENCE_UNLOGGED)
        syntax_version_note(lower, 15, "an unlogged sequence");
}
