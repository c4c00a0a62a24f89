-- rewrite is not complete: the server does not have the table
CLUSTER orders USING orders_pkey;
