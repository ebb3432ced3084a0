namespace AmoLtv.Core.Syncing;

/// <summary>What earlier syncs of an account left.</summary>
/// <param name="LeadsUntil">Leads are known up to this change, by the CRM's clock.</param>
/// <param name="EventsUntil">Events are known up to this one, by the CRM's clock.</param>
/// <param name="WholeAt">End of the last whole scan, by our clock; null before the first.</param>
/// <param name="IsWholeAsked">Whether a person asked for a whole scan.</param>
public sealed record SyncState(DateTimeOffset LeadsUntil, DateTimeOffset EventsUntil, DateTimeOffset? WholeAt, bool IsWholeAsked)
{
    /// <summary>An account is looked at whole once a week; a little less, so that it stays the same night of the week.</summary>
    public static readonly TimeSpan WholeEvery = TimeSpan.FromDays(6.5);

    /// <summary>Before the first scan: what changes while it runs has to be read after it.</summary>
    /// <param name="newestLead">The newest change of a lead in the CRM at this moment; null where there is none.</param>
    /// <param name="now">By our clock.</param>
    public static SyncState Begin(DateTimeOffset? newestLead, DateTimeOffset now)
    {
        var dayBefore = now.AddDays(-1);
        var leads = newestLead is { } newest && newest < now ? newest : now;
        // Events bear the CRM's clock too: the newest lead tells it, unless nothing happened for long.
        return new SyncState(newestLead is null ? dayBefore : leads, leads > dayBefore && newestLead is not null ? leads : dayBefore, null, false);
    }

    /// <summary>Whether what changed can be told from what is stored: after a whole scan that kept the fields that are wanted now.</summary>
    /// <param name="areFieldsStored">Whether the values of all wanted custom fields are stored.</param>
    public bool CanFollow(bool areFieldsStored) => WholeAt is not null && areFieldsStored;

    /// <summary>Whether the account is to be looked at whole.</summary>
    /// <param name="isScanLeft">Whether an interrupted scan waits to be ended.</param>
    /// <param name="areFieldsStored">Whether the values of all wanted custom fields are stored.</param>
    /// <param name="now">By our clock; one set back by more than a day makes the last scan worth nothing.</param>
    public bool IsWholeDue(bool isScanLeft, bool areFieldsStored, DateTimeOffset now) =>
        isScanLeft || IsWholeAsked || !CanFollow(areFieldsStored) || now - WholeAt >= WholeEvery || WholeAt - now > TimeSpan.FromDays(1);
}
