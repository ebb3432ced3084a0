using System.Text.RegularExpressions;
using AmoLtv.Host.CommandLine;
using Dapper;
using Npgsql;

namespace AmoLtv.Host.Database;

/// <summary>The rights of a role that does the service's work and can neither create, alter nor drop anything that lasts.</summary>
public sealed partial class RoleGrants(NpgsqlDataSource database)
{
    /// <summary>Makes the role where it is missing, without a password, and gives it its rights; safe to repeat after each migration.</summary>
    /// <exception cref="CommandFailedException">The name is not allowed, or this role may not make another.</exception>
    public async Task GrantAsync(string role, CancellationToken cancellationToken)
    {
        if (!RoleName().IsMatch(role))
        {
            throw new CommandFailedException($"--app-role: '{role}' is not allowed; lower-case letters, digits and underscores, at most 63.");
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(Sql(role), cancellationToken: cancellationToken));
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new CommandFailedException(
                $"--app-role: {refused.MessageText}. Run it as the owner of the tables; where that one may not create roles, as a superuser first: create role {role} login");
        }
    }

    /// <summary>
    /// Old days of the log of calls are emptied at once, which is a right of its own; which migrations there are is for reading. Temporary tables
    /// are a right of everybody's, and end with the session.
    /// </summary>
    private static string Sql(string role) =>
        $$"""
        do $$
        declare
            part text;
        begin
            if not exists (select from pg_roles where rolname = '{{role}}') then
                create role {{role}} login nosuperuser nocreatedb nocreaterole;
            end if;
            execute format('grant connect, temporary on database %I to {{role}}', current_database());
            for part in select inhrelid::regclass::text from pg_inherits where inhparent = 'crm_exchanges'::regclass loop
                execute format('grant truncate on %s to {{role}}', part);
            end loop;
        end $$;
        revoke create on schema public from public;
        grant usage on schema public to {{role}};
        grant select, insert, update, delete on all tables in schema public to {{role}};
        grant usage, select on all sequences in schema public to {{role}};
        revoke insert, update, delete on schema_migrations from {{role}};
        alter default privileges in schema public grant select, insert, update, delete on tables to {{role}};
        alter default privileges in schema public grant usage, select on sequences to {{role}};
        """;

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,62}\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex RoleName();
}
