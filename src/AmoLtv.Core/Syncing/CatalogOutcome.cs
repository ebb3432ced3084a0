namespace AmoLtv.Core.Syncing;

/// <summary>What the CRM said of an account's lists.</summary>
public enum CatalogOutcome
{
    /// <summary>There is a list of goods.</summary>
    Found,

    /// <summary>There is none.</summary>
    None,

    /// <summary>The plan has no lists, or who granted the access may not read them.</summary>
    Refused,
}
