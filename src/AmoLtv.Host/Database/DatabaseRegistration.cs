using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AmoLtv.Host.Database;

/// <summary>Registers the pool, the migrator and the options of this slice.</summary>
public static class DatabaseRegistration
{
    /// <summary>
    /// Connections of one process unless the connection string says otherwise. Npgsql's own 100 is all that PostgreSQL serves by
    /// default: one busy process would shut out the next.
    /// </summary>
    private const int DefaultPoolSize = 30;

    private const string PoolName = "amoltv";

    /// <summary>Seconds for a statement unless the connection string says otherwise: one over a million leads outlasts Npgsql's own 30.</summary>
    private const int DefaultCommandTimeout = 900;

    public static IServiceCollection AddDatabase(this IServiceCollection services)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsCheck>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DatabaseOptions>>().Value;
            // Without a name of its own the pool would be measured under its connection string.
            var builder = new NpgsqlDataSourceBuilder(options.ConnectionString) { Name = PoolName };
            // One name for all connections of this process: how a successor finds what a frozen one still holds open.
            builder.ConnectionStringBuilder.ApplicationName = $"amoltv-{Guid.NewGuid():N}";
            if (!builder.ConnectionStringBuilder.ShouldSerialize("Maximum Pool Size"))
            {
                builder.ConnectionStringBuilder.MaxPoolSize = DefaultPoolSize;
            }

            if (!builder.ConnectionStringBuilder.ShouldSerialize("Command Timeout"))
            {
                builder.ConnectionStringBuilder.CommandTimeout = DefaultCommandTimeout;
            }

            builder.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
            return builder.Build();
        });
        services.AddSingleton(provider => InteractivePool.Create(
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString,
            new NpgsqlConnectionStringBuilder(provider.GetRequiredService<NpgsqlDataSource>().ConnectionString).ApplicationName!,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<Migrator>();
        services.AddSingleton<RoleGrants>();
        services.AddSingleton<DatabaseStart>();
        return services;
    }
}
