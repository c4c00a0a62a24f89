CREATE INDEX i ON t (lower(a) text_pattern_ops DESC, (b || 'x)'), s.f(c, (d)), coalesce(e, 1));
CREATE INDEX i ON t (((a))), u (b);
CREATE INDEX i ON t ((data ->> 'k'), current_date);
