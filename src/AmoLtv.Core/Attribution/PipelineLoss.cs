using AmoLtv.Core.Settings;

namespace AmoLtv.Core.Attribution;

/// <summary>Lost leads of one stage, one reason, or both. Money in the account's currency.</summary>
public sealed record PipelineLoss
{
    /// <summary>Where they were lost from; null where nobody saw, and where the list is by reason alone.</summary>
    public StageKey? Stage { get; init; }

    /// <summary>Number of the loss reason; null where none was given, and where the list is by stage alone.</summary>
    public long? Reason { get; init; }

    public required int Leads { get; init; }

    /// <summary>Amounts that were entered on them.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Different clients with an LTV among theirs.</summary>
    public required int Clients { get; init; }

    /// <summary>LTV of those clients, each once in this row; a client lost from two stages stands in both.</summary>
    public required decimal ClientsValue { get; init; }

    /// <summary>
    /// The LTV of each client divided over its lost leads: over all rows it sums to the LTV of the clients that lost leads,
    /// so a client that refuses ten offers weighs no more than one of the same LTV that refuses one.
    /// </summary>
    public required decimal Weight { get; init; }

    /// <summary>Share of the weight of all lost leads, 0 to 1; 0 where none has weight.</summary>
    public required double Share { get; init; }
}
