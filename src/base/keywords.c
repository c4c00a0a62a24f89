/* SPDX-License-Identifier: MIT */
#include "base/keywords.h"

#include <string.h>

typedef struct Word {
    unsigned char length; /* 0 behind the last */
    const char text[19];
} Word;

#define W(text) {sizeof(text) - 1, text}

/* PostgreSQL 18: kwlist.h, all but the UNRESERVED ones, by their first letter; the longest first,
 * so that those that are longer than the name are all passed, and for a long name there are none.
 */
/* clang-format off */
static const Word *const words['z' - 'a' + 1] = {
    ['a' - 'a'] = (const Word[]){W("authorization"), W("asymmetric"), W("analyse"), W("analyze"),
        W("array"), W("all"), W("and"), W("any"), W("asc"), W("as"), {0}},
    ['b' - 'a'] = (const Word[]){W("between"), W("boolean"), W("bigint"), W("binary"), W("both"),
        W("bit"), {0}},
    ['c' - 'a'] = (const Word[]){W("current_timestamp"), W("current_catalog"), W("current_schema"),
        W("concurrently"), W("current_date"), W("current_role"), W("current_time"),
        W("current_user"), W("constraint"), W("character"), W("collation"), W("coalesce"),
        W("collate"), W("column"), W("create"), W("check"), W("cross"), W("case"), W("cast"),
        W("char"), {0}},
    ['d' - 'a'] = (const Word[]){W("deferrable"), W("distinct"), W("decimal"), W("default"),
        W("desc"), W("dec"), W("do"), {0}},
    ['e' - 'a'] = (const Word[]){W("extract"), W("except"), W("exists"), W("else"), W("end"), {0}},
    ['f' - 'a'] = (const Word[]){W("foreign"), W("freeze"), W("false"), W("fetch"), W("float"),
        W("from"), W("full"), W("for"), {0}},
    ['g' - 'a'] = (const Word[]){W("greatest"), W("grouping"), W("grant"), W("group"), {0}},
    ['h' - 'a'] = (const Word[]){W("having"), {0}},
    ['i' - 'a'] = (const Word[]){W("initially"), W("intersect"), W("interval"), W("integer"),
        W("isnull"), W("ilike"), W("inner"), W("inout"), W("into"), W("int"), W("in"), W("is"),
        {0}},
    ['j' - 'a'] = (const Word[]){W("json_objectagg"), W("json_serialize"), W("json_arrayagg"),
        W("json_exists"), W("json_object"), W("json_scalar"), W("json_array"), W("json_query"),
        W("json_table"), W("json_value"), W("join"), W("json"), {0}},
    ['l' - 'a'] = (const Word[]){W("localtimestamp"), W("localtime"), W("lateral"), W("leading"),
        W("least"), W("limit"), W("left"), W("like"), {0}},
    ['m' - 'a'] = (const Word[]){W("merge_action"), {0}},
    ['n' - 'a'] = (const Word[]){W("normalize"), W("national"), W("natural"), W("notnull"),
        W("numeric"), W("nullif"), W("nchar"), W("none"), W("null"), W("not"), {0}},
    ['o' - 'a'] = (const Word[]){W("overlaps"), W("overlay"), W("offset"), W("order"), W("outer"),
        W("only"), W("out"), W("on"), W("or"), {0}},
    ['p' - 'a'] = (const Word[]){W("precision"), W("position"), W("placing"), W("primary"), {0}},
    ['r' - 'a'] = (const Word[]){W("references"), W("returning"), W("right"), W("real"), W("row"),
        {0}},
    ['s' - 'a'] = (const Word[]){W("session_user"), W("system_user"), W("substring"),
        W("symmetric"), W("smallint"), W("similar"), W("select"), W("setof"), W("some"), {0}},
    ['t' - 'a'] = (const Word[]){W("tablesample"), W("timestamp"), W("trailing"), W("table"),
        W("treat"), W("then"), W("time"), W("trim"), W("true"), W("to"), {0}},
    ['u' - 'a'] = (const Word[]){W("unique"), W("union"), W("using"), W("user"), {0}},
    ['v' - 'a'] = (const Word[]){W("variadic"), W("varchar"), W("verbose"), W("values"), {0}},
    ['w' - 'a'] = (const Word[]){W("window"), W("where"), W("when"), W("with"), {0}},
    ['x' - 'a'] = (const Word[]){W("xmlattributes"), W("xmlnamespaces"), W("xmlserialize"),
        W("xmlelement"), W("xmlconcat"), W("xmlexists"), W("xmlforest"), W("xmlparse"),
        W("xmltable"), W("xmlroot"), W("xmlpi"), {0}},
};
/* clang-format on */

#undef W

bool
keyword_needs_quotes(const char *word, size_t length)
{
    const Word *known = *word >= 'a' && *word <= 'z' ? words[*word - 'a'] : NULL;
    if (known == NULL)
        return false;
    while (known->length > length)
        known++;
    for (; known->length == length; known++) {
        if (memcmp(known->text, word, length) == 0)
            return true;
    }
    return false;
}
