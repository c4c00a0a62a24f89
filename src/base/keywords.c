/* SPDX-License-Identifier: MIT */
#include "base/keywords.h"

#include <string.h>

typedef struct Word {
    unsigned char length; /* 0 behind the last */
    const char text[19];
} Word;

#define W(text) {sizeof(text) - 1, text}

/* PostgreSQL 18: kwlist.h, all but the UNRESERVED ones, by their first letter. */
/* clang-format off */
static const Word *const words['z' - 'a' + 1] = {
    ['a' - 'a'] = (const Word[]){W("all"), W("analyse"), W("analyze"), W("and"), W("any"),
        W("array"), W("as"), W("asc"), W("asymmetric"), W("authorization"), {0}},
    ['b' - 'a'] = (const Word[]){W("between"), W("bigint"), W("binary"), W("bit"), W("boolean"),
        W("both"), {0}},
    ['c' - 'a'] = (const Word[]){W("case"), W("cast"), W("char"), W("character"), W("check"),
        W("coalesce"), W("collate"), W("collation"), W("column"), W("concurrently"),
        W("constraint"), W("create"), W("cross"), W("current_catalog"), W("current_date"),
        W("current_role"), W("current_schema"), W("current_time"), W("current_timestamp"),
        W("current_user"), {0}},
    ['d' - 'a'] = (const Word[]){W("dec"), W("decimal"), W("default"), W("deferrable"), W("desc"),
        W("distinct"), W("do"), {0}},
    ['e' - 'a'] = (const Word[]){W("else"), W("end"), W("except"), W("exists"), W("extract"), {0}},
    ['f' - 'a'] = (const Word[]){W("false"), W("fetch"), W("float"), W("for"), W("foreign"),
        W("freeze"), W("from"), W("full"), {0}},
    ['g' - 'a'] = (const Word[]){W("grant"), W("greatest"), W("group"), W("grouping"), {0}},
    ['h' - 'a'] = (const Word[]){W("having"), {0}},
    ['i' - 'a'] = (const Word[]){W("ilike"), W("in"), W("initially"), W("inner"), W("inout"),
        W("int"), W("integer"), W("intersect"), W("interval"), W("into"), W("is"), W("isnull"),
        {0}},
    ['j' - 'a'] = (const Word[]){W("join"), W("json"), W("json_array"), W("json_arrayagg"),
        W("json_exists"), W("json_object"), W("json_objectagg"), W("json_query"), W("json_scalar"),
        W("json_serialize"), W("json_table"), W("json_value"), {0}},
    ['l' - 'a'] = (const Word[]){W("lateral"), W("leading"), W("least"), W("left"), W("like"),
        W("limit"), W("localtime"), W("localtimestamp"), {0}},
    ['m' - 'a'] = (const Word[]){W("merge_action"), {0}},
    ['n' - 'a'] = (const Word[]){W("national"), W("natural"), W("nchar"), W("none"), W("normalize"),
        W("not"), W("notnull"), W("null"), W("nullif"), W("numeric"), {0}},
    ['o' - 'a'] = (const Word[]){W("offset"), W("on"), W("only"), W("or"), W("order"), W("out"),
        W("outer"), W("overlaps"), W("overlay"), {0}},
    ['p' - 'a'] = (const Word[]){W("placing"), W("position"), W("precision"), W("primary"), {0}},
    ['r' - 'a'] = (const Word[]){W("real"), W("references"), W("returning"), W("right"), W("row"),
        {0}},
    ['s' - 'a'] = (const Word[]){W("select"), W("session_user"), W("setof"), W("similar"),
        W("smallint"), W("some"), W("substring"), W("symmetric"), W("system_user"), {0}},
    ['t' - 'a'] = (const Word[]){W("table"), W("tablesample"), W("then"), W("time"), W("timestamp"),
        W("to"), W("trailing"), W("treat"), W("trim"), W("true"), {0}},
    ['u' - 'a'] = (const Word[]){W("union"), W("unique"), W("user"), W("using"), {0}},
    ['v' - 'a'] = (const Word[]){W("values"), W("varchar"), W("variadic"), W("verbose"), {0}},
    ['w' - 'a'] = (const Word[]){W("when"), W("where"), W("window"), W("with"), {0}},
    ['x' - 'a'] = (const Word[]){W("xmlattributes"), W("xmlconcat"), W("xmlelement"),
        W("xmlexists"), W("xmlforest"), W("xmlnamespaces"), W("xmlparse"), W("xmlpi"), W("xmlroot"),
        W("xmlserialize"), W("xmltable"), {0}},
};
/* clang-format on */

#undef W

bool
keyword_needs_quotes(const char *word, size_t length)
{
    const Word *known = *word >= 'a' && *word <= 'z' ? words[*word - 'a'] : NULL;
    for (; known != NULL && known->length != 0; known++) {
        if (known->length == length && memcmp(known->text, word, length) == 0)
            return true;
    }
    return false;
}
