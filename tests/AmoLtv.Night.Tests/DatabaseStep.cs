namespace AmoLtv.Night;

/// <summary>Ways to have PostgreSQL, each when the one before it does not carry any more.</summary>
internal enum DatabaseStep
{
    /// <summary>One server beside the service.</summary>
    Own,

    /// <summary>A server of its own with a standby and backups by log.</summary>
    Managed,

    /// <summary>Spread over several by <c>account_id</c>.</summary>
    Spread,
}
