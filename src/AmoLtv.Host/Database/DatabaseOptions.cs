namespace AmoLtv.Host.Database;

/// <summary>Where PostgreSQL is (section <c>Database</c>).</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Npgsql connection string; a unix socket folder as <c>Host</c> needs no password.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>How long a start waits for a server that does not answer yet, seconds (0 to 600).</summary>
    public int WaitSeconds { get; init; } = 30;

    /// <summary>
    /// Whether <c>serve</c> brings the schema up to date when it starts. False where its role may not create tables: <c>amoltv migrate</c> does
    /// it then, as the owner, and the service refuses to start while something is missing.
    /// </summary>
    public bool ProvisionSchema { get; init; } = true;
}
