\restrict abc
COPY t (a) FROM stdin;
1	é
\N	;
\.
SELECT 1;
  \connect - x
copy u from stdin; -- c
\.
\unrestrict abc