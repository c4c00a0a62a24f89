SELECT E'\'', U&'d\0061t', U&"a" , $a$ $b$ ; $a$, B'01', X'ff', N'x', 'a''b' 
 'c', "q""q", a$b, 1..2, $1