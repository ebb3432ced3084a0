using AmoLtv.Host.Database;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.CommandLine.Doctor;

/// <summary>Whether the service's role may do what the service does, and not much more.</summary>
internal sealed class PrivilegesCheck(NpgsqlDataSource database, IOptions<DatabaseOptions> options) : ICheck
{
    public const string Name = "privileges";

    private const int Shown = 5;

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (role, isSuperuser, mayCreate) = await connection.QuerySingleAsync<(string Role, bool IsSuperuser, bool MayCreate)>(new CommandDefinition(
            """
            select r.rolname::text, r.rolsuper, coalesce(has_schema_privilege(current_schema(), 'create'), false)
            from pg_roles r
            where r.rolname = current_user
            """,
            cancellationToken: cancellationToken));
        var missing = await connection.QueryAsync<string>(new CommandDefinition(
            """
            select wanted.privilege || ' on ' || wanted.relname
            from (
                select c.oid, c.relname, p.privilege
                from pg_class c
                cross join unnest(array['select', 'insert', 'update', 'delete']) p(privilege)
                where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                  and not (c.relname = 'schema_migrations' and p.privilege <> 'select')
                union all
                select i.inhrelid, i.inhrelid::regclass::text, 'truncate'
                from pg_inherits i
                where i.inhparent = to_regclass('crm_exchanges')) wanted
            where not has_table_privilege(wanted.oid, wanted.privilege)
            order by wanted.relname, wanted.privilege
            """,
            cancellationToken: cancellationToken));
        return [Judge(role, isSuperuser, mayCreate, options.Value.ProvisionSchema, [.. missing])];
    }

    /// <param name="mayCreate">Whether the role may make tables.</param>
    /// <param name="isProvisioned">Whether the service migrates when it starts.</param>
    /// <param name="missing">What the role lacks, each as <c>update on leads</c>.</param>
    internal static Finding Judge(string role, bool isSuperuser, bool mayCreate, bool isProvisioned, IReadOnlyList<string> missing)
    {
        var grant = $"Run deploy/install.sh again, or as the owner of the tables: amoltv migrate --app-role {role}";
        if (missing.Count > 0)
        {
            var more = missing.Count > Shown ? $", and {missing.Count - Shown} more" : "";
            return Finding.Failed(Name, $"Role {role} lacks {string.Join(", ", missing.Take(Shown))}{more}.", grant);
        }

        if (isProvisioned && !mayCreate)
        {
            return Finding.Failed(Name, $"Role {role} may not create tables, and Database:ProvisionSchema is true.", "Set Database:ProvisionSchema to false.");
        }

        return isSuperuser
            ? Finding.Warning(
                Name, $"Role {role} is a superuser of the database.",
                "Let the service connect as a role of its own: amoltv migrate --app-role amoltv_app, then Username=amoltv_app and Database:ProvisionSchema=false.")
            : Finding.Ok(Name, $"Role {role} may do the service's work{(mayCreate ? " and bring the schema up to date" : " and nothing else")}.");
    }
}
