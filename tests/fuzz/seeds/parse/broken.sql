SELECT 1; SELECT 2 FORM x y; CREATE TABLE t (a int;
SELECT 3; SELECT 'é ö' FROM FROM x; #{x}; {{ y }}; SELECT :v; SELECT ${a};
SELECT 'abc
$$ x