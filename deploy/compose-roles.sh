#!/usr/bin/env bash
# Run once by the database's container, when its cluster is made: one role owns the tables, the other does the service's work.
set -euo pipefail

make_role() {
  # psql reads the password itself: what stands in its command line is seen by whoever lists processes.
  psql -X -q -v ON_ERROR_STOP=1 --username postgres --dbname amoltv -v role="$1" <<SQL
\\set password \`cut -d: -f5 /run/secrets/$2\`
create role :"role" login nosuperuser nocreatedb nocreaterole password :'password';
SQL
}

make_role amoltv_owner owner-pgpass
make_role amoltv service-pgpass
psql -X -q -v ON_ERROR_STOP=1 --username postgres --dbname amoltv \
  -c 'alter database amoltv owner to amoltv_owner' -c 'revoke all on database amoltv from public'
