using System.ComponentModel.DataAnnotations;

namespace AmoLtv.Host.Database;

/// <summary>Where PostgreSQL is (section <c>Database</c>).</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Npgsql connection string; a unix socket folder as <c>Host</c> needs no password.</summary>
    [Required]
    public required string ConnectionString { get; init; }

    /// <summary>How long a start waits for a server that does not answer yet, seconds (0 to 600).</summary>
    [Range(0, 600)]
    public int WaitSeconds { get; init; } = 30;
}
