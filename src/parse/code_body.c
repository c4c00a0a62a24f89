/* SPDX-License-Identifier: MIT */
#include "code_body.h"

#include <string.h>

ScanToken
code_next_token(const CodeBody *body)
{
    return scan_token(code_text(body), body->at, body->end);
}

bool
code_take_word(CodeBody *body, const char *word)
{
    ScanToken token = code_next_token(body);

    if (!code_is_word(body, token, word))
        return false;
    body->at = token.span.end;
    return true;
}

Span
code_take_until(CodeBody *body, const char *word)
{
    size_t depth = 0;
    ScanToken token = code_next_token(body);
    Span taken = {token.span.start, token.span.start};

    for (; token.kind != TOKEN_END;
         token = scan_token(code_text(body), token.span.end, body->end)) {
        bool outside = depth == 0;
        if (outside && (token.kind == TOKEN_SEMICOLON ||
                        (word != NULL && scan_is_word(code_text(body), token, word))))
            break;
        if (token.kind == TOKEN_OPEN)
            depth++;
        else if (token.kind == TOKEN_CLOSE && depth > 0)
            depth--;
        taken.end = token.span.end;
    }
    body->at = token.span.end;
    return taken;
}

/* The part in front of INTO and USING, which stand behind a text that is executed. */
static Span
cut_variables(const CodeBody *body, Span span)
{
    size_t depth = 0;
    ScanToken token = scan_token(code_text(body), span.start, span.end);
    Span part = {span.start, span.start};

    for (; token.kind != TOKEN_END; token = scan_token(code_text(body), token.span.end, span.end)) {
        if (depth == 0 && (code_is_word(body, token, "into") || code_is_word(body, token, "using")))
            break;
        if (token.kind == TOKEN_OPEN)
            depth++;
        else if (token.kind == TOKEN_CLOSE && depth > 0)
            depth--;
        part.end = token.span.end;
    }
    return part;
}

/* ---- frames */

void
code_open_frame(CodeBody *body, CodeFrameKind kind)
{
    CodeFrame frame = {.kind = kind,
                       .guards = kind != FRAME_BLOCK,
                       .first = body->reader->code->statements.count,
                       .around = body->branch};

    LIST_APPEND(body->reader->scratch, &body->frames, frame);
    body->guards += frame.guards;
}

CodeFrame *
code_top_frame(CodeBody *body)
{
    return body->frames.count == 0 ? NULL : &body->frames.items[body->frames.count - 1];
}

void
code_close_frame(CodeBody *body)
{
    const CodeFrame *frame = code_top_frame(body);

    if (frame == NULL)
        return;
    body->guards -= frame->guards;
    body->branch = frame->around;
    body->frames.count--;
}

void
code_guard_from(CodeBody *body, size_t first)
{
    for (size_t i = first; i < body->reader->code->statements.count; i++) {
        foreach (op, &body->reader->code->statements.items[i].statement.ops)
            op->guarded = true;
    }
}

/* What was added since `first` stands where the body stands. */
static void
guard_added(CodeBody *body, size_t first)
{
    if (body->guards > 0 || body->may_have_left)
        code_guard_from(body, first);
    for (size_t i = first; i < body->reader->code->statements.count; i++)
        body->reader->code->statements.items[i].branch = body->branch;
}

void
code_body_expression(CodeBody *body, Span span)
{
    size_t first = body->reader->code->statements.count;

    code_add_expression(body->reader, span);
    guard_added(body, first);
}

void
code_body_statement(CodeBody *body, Span span)
{
    size_t first = body->reader->code->statements.count;

    code_add_statement(body->reader, span);
    guard_added(body, first);
}

/* `span` begins behind EXECUTE and may go on with INTO and USING, in either order. */
void
code_body_dynamic(CodeBody *body, Span span, size_t start)
{
    size_t first = body->reader->code->statements.count;

    code_add_dynamic(body->reader, cut_variables(body, span), (Span){start, span.end});
    guard_added(body, first);
}
