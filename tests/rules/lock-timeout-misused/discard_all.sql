-- lockstep: no-transaction
DISCARD ALL;
