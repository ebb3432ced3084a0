using System.Globalization;

namespace AmoLtv.Host.Running;

/// <summary>Who holds an account at this moment.</summary>
/// <param name="Holder">The holder's presence: backend pid and start, separated by a slash.</param>
/// <param name="RunId">Its run, null between the claim and the first row.</param>
/// <param name="Cause">One of <see cref="RunCause"/>.</param>
/// <param name="StartedAt">Start of that run.</param>
public sealed record AccountHolder(string Holder, long? RunId, string? Cause, DateTime? StartedAt)
{
    /// <summary>A sentence part for people: which run, why it began, since when.</summary>
    public override string ToString() => RunId is null
        ? $"another process (database backend {Pid})"
        : string.Create(CultureInfo.InvariantCulture, $"run {RunId} ({Cause}, since {StartedAt:yyyy-MM-dd HH:mm:ss} UTC, database backend {Pid})");

    private string Pid => Holder.Split('/')[0];
}
