namespace AmoLtv.Host.Syncing;

/// <summary>Section <c>Syncing</c>: what one account may take of the machine.</summary>
public sealed class SyncingOptions
{
    public const string Section = "Syncing";

    /// <summary>
    /// Leads of one account, 250 or more. A larger account is not read to its end and its run fails saying so: memory and disk of a run grow
    /// with the leads (about 0.8 GB of memory at a million), and belong to everybody's nights.
    /// </summary>
    public int MaxLeads { get; set; } = 3_000_000;
}
