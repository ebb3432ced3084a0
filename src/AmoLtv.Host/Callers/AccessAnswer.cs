namespace AmoLtv.Host.Callers;

/// <summary>Who may see analytics of the whole account. Names of users are the CRM's to tell.</summary>
/// <param name="Version">To be sent back with a change; 0 before the first.</param>
/// <param name="ChangedBy">User who changed it last; null before the first change, as <paramref name="ChangedAt"/> is.</param>
/// <param name="Users">Active users as last listed, by id, and whoever was named and is not among them.</param>
public sealed record AccessAnswer(int Version, long? ChangedBy, DateTimeOffset? ChangedAt, IReadOnlyList<AccessAnswer.AccessUser> Users)
{
    /// <param name="MayAnalyse">True of every administrator.</param>
    public sealed record AccessUser(long Id, bool IsAdmin, bool MayAnalyse);
}
