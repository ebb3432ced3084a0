namespace AmoLtv.Host.Database;

/// <summary>PostgreSQL did not answer in the time allowed; the message says where it was looked for and what to check.</summary>
public sealed class DatabaseUnreachableException : Exception
{
    public DatabaseUnreachableException(string address, TimeSpan waited, Exception cause)
        : base($"PostgreSQL did not answer at {address} within {waited.TotalSeconds:0} s ({cause.Message}). " +
               "Check that it runs and that Database:ConnectionString names it.", cause)
    {
    }
}
