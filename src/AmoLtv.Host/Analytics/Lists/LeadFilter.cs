namespace AmoLtv.Host.Analytics.Lists;

/// <summary>Which leads are listed, as the query says.</summary>
public sealed record LeadFilter
{
    /// <summary>
    /// <c>won</c> or <c>lost</c> in the twelve months of the analyses; or what is missing on leads of today: noAmount, noDate,
    /// noCustomer, noCompany, noCost, otherPipeline, returned, excludedByHand.
    /// </summary>
    public string? List { get; init; }

    /// <summary>Number of the lead's responsible user; <c>-</c>: nobody.</summary>
    public string? Manager { get; init; }

    /// <summary>Stage a lost lead was lost from: pipeline:status; <c>-</c>: nobody saw.</summary>
    public string? Stage { get; init; }

    /// <summary>Number of the loss reason; <c>-</c>: none was given.</summary>
    public string? LossReason { get; init; }
}
